use std::time::Duration;

use calliyo_app::{live::LiveEvent, server::Services};
use calliyo_db::{Db, notify::CHANNEL};
use sqlx::postgres::PgListener;
use tokio::time::sleep;

/// Hears what other servers of the same database changed, and passes it on to this server's pages. Nothing to do on
/// SQLite, which has one server.
pub async fn listen(services: Services) {
    let Db::Postgres(pool) = services.db.clone() else { return };
    loop {
        match PgListener::connect_with(&pool).await {
            Ok(mut listener) => {
                if let Err(error) = hear(&services, &mut listener).await {
                    tracing::warn!(%error, "lost the other servers' word");
                }
            }
            Err(error) => tracing::warn!(%error, "can't hear the other servers"),
        }
        sleep(Duration::from_secs(1)).await;
    }
}

async fn hear(services: &Services, listener: &mut PgListener) -> sqlx::Result<()> {
    listener.listen(CHANNEL).await?;
    // What was said while nobody listened is unknown: the pages read again.
    for event in LiveEvent::everything() {
        services.hub.hear(event);
    }
    loop {
        let Some(word) = listener.try_recv().await? else {
            return Ok(());
        };
        match serde_json::from_str(word.payload()) {
            Ok(event) => services.hub.hear(event),
            Err(error) => tracing::warn!(%error, "another server said what this one doesn't know"),
        }
    }
}
