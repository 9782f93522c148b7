use std::time::Duration;

use calliyo_domain::job::{Job, RunState};
use tokio::time::sleep;

use crate::{
    company::found,
    hand::Hand,
    lost::{Lock, number},
    world::{World, on_postgres},
};

const DAY: i64 = 24 * 60 * 60 * 1000;

/// A run at work belongs to its server as long as that one lives, whatever another server's clock says of the last
/// sign of life.
#[tokio::test]
async fn a_server_whose_clock_is_ahead_takes_no_run_from_another() {
    on_postgres(async |world: &World| {
        found(&world.db, world.hand.now()).await;
        let _server = world.server().await;
        let mut lock = Lock::take(world).await;
        let run = world.run_now(Job::TopUp).await;
        lock.until_waited_for().await;
        let ahead = Hand::new(world.hand.file.with_extension("ahead"));
        ahead.set(world.hand.now() + DAY);
        let _other = world.server_by(&world.url, &ahead).await;
        // The other one looks for abandoned runs every two seconds.
        sleep(Duration::from_secs(5)).await;
        lock.release().await;
        assert!(matches!(world.outcome(run).await, RunState::Done { .. }));
        assert_eq!(number(world, "SELECT fence FROM runs WHERE id = $1", run).await, 1, "it was claimed once");
        world.assert_clean().await;
    })
    .await;
}
