use calliyo_app::{live::LiveEvent, server::Services};
use calliyo_db::runs::Claim;
use calliyo_domain::job::{Job, Phase, Progress};
use tokio::sync::watch;

/// Tells the pages how far a run is. What the job says is kept only as the newest word, and sent from a task of its
/// own: a slow page or database never holds the job up.
pub struct Reporter {
    run: i64,
    job: Job,
    newest: watch::Sender<Option<Progress>>,
}

impl Reporter {
    /// Starts to report on the claimed run; ends when it is dropped.
    #[must_use]
    pub fn start(services: Services, Claim { run, job, .. }: Claim) -> Self {
        let (newest, mut words) = watch::channel(None);
        tokio::spawn(async move {
            while words.changed().await.is_ok() {
                let word: Option<Progress> = *words.borrow_and_update();
                if let Some(progress) = word
                    && let Err(error) = tell(&services, progress).await
                {
                    tracing::warn!(run, %error, "progress could not be told");
                }
            }
        });
        Self { run, job, newest }
    }

    /// `done` of `total` leads in this phase.
    pub fn say(&self, phase: Phase, done: u64, total: u64) {
        self.newest.send_replace(Some(Progress { run: self.run, job: self.job, phase, done, total }));
    }
}

async fn tell(services: &Services, progress: Progress) -> calliyo_db::Result<()> {
    let event = LiveEvent::Progress { progress };
    match &services.db {
        // SQLite's one writer is the run's own: the word goes to this server's pages directly.
        calliyo_db::Db::Sqlite { .. } => {
            services.hub.hear(event);
            Ok(())
        }
        calliyo_db::Db::Postgres(_) => services.commit(services.db.write().await?, &[event]).await,
    }
}
