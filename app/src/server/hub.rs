use std::sync::{Arc, Mutex, PoisonError};

use calliyo_domain::job::Progress;
use tokio::sync::broadcast;

use crate::live::LiveEvent;

/// Passes what changed on to this server's open pages, and remembers how far the run under way is.
#[derive(Clone, Debug)]
pub struct Hub {
    sender: broadcast::Sender<LiveEvent>,
    progress: Arc<Mutex<Option<Progress>>>,
}

/// Events a slow page may lag behind before it is told to read everything again.
const BACKLOG: usize = 256;

impl Default for Hub {
    fn default() -> Self {
        Self { sender: broadcast::channel(BACKLOG).0, progress: Arc::default() }
    }
}

impl Hub {
    /// Something changed, here or on another server.
    pub fn hear(&self, event: LiveEvent) {
        if let LiveEvent::Progress { progress } = event {
            *self.progress.lock().unwrap_or_else(PoisonError::into_inner) = Some(progress);
        }
        // Without a page open there is nobody to tell.
        let _ = self.sender.send(event);
    }

    /// What changes from now on.
    #[must_use]
    pub fn subscribe(&self) -> broadcast::Receiver<LiveEvent> {
        self.sender.subscribe()
    }

    /// How far `run` is, if it has said so.
    #[must_use]
    pub fn progress_of(&self, run: i64) -> Option<Progress> {
        self.progress.lock().unwrap_or_else(PoisonError::into_inner).filter(|progress| progress.run == run)
    }
}
