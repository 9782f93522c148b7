use std::time::Duration;

use rand::{Rng as _, SeedableRng as _, rngs::StdRng};
use tokio::time::sleep;

use crate::{
    days::{assert_exactly_once, assert_on_time, lateness},
    journey::{Journey, TIMES},
    server::Server,
    world::{World, on_postgres, on_sqlite},
};

/// The seed of the moments at which the server is killed.
const SEED: u64 = 1;

#[tokio::test]
async fn four_servers_on_one_database_run_each_job_once_a_day() {
    on_postgres(async |world: &World| {
        let days = Journey::new(world).await;
        let mut looks = Vec::new();
        let servers =
            tokio::join!(world.hasty_server(), world.hasty_server(), world.hasty_server(), world.hasty_server());
        for (n, times) in TIMES.into_iter().enumerate() {
            for moment in days.part(world, n, times).await {
                world.hand.set(moment.at - 100);
                looks.push(world.until_ended(&moment.due).await);
            }
        }
        drop(servers);
        let (runs, moments) = (world.runs().await, days.moments());
        assert_exactly_once(&runs, &moments);
        world.assert_clean().await;
        let (judged, latest) = assert_on_time(&runs, &moments, &looks);
        println!(
            "PostgreSQL, 4 servers: {} runs, each once; at {judged} of {} instants the machine was free enough to judge \
             the delay: {latest} ms at most",
            runs.len(),
            moments.len()
        );
    })
    .await;
}

#[tokio::test]
async fn a_server_that_is_killed_again_and_again_runs_each_job_once_a_day() {
    on_sqlite(async |world: &World| {
        let days = Journey::new(world).await;
        let mut dice = StdRng::seed_from_u64(SEED);
        let (mut server, mut kills) = (world.hasty_server().await, 0);
        for (n, times) in TIMES.into_iter().enumerate() {
            for moment in days.part(world, n, times).await {
                world.hand.set(moment.at - 300);
                if dice.random_bool(0.25) {
                    server = killed_and_started(world, server, &mut dice).await;
                    kills += 1;
                }
                world.until_ended(&moment.due).await;
            }
        }
        drop(server);
        let (runs, moments) = (world.runs().await, days.moments());
        assert_exactly_once(&runs, &moments);
        let latest = moments.iter().map(|moment| lateness(&runs, moment)).max().unwrap();
        world.assert_clean().await;
        println!("SQLite, {kills} kills: {} runs, each once, the latest {latest} ms after its time", runs.len());
    })
    .await;
}

/// From before the instant until the runs are over; the wait is what is random.
async fn killed_and_started(world: &World, server: Server, dice: &mut StdRng) -> Server {
    sleep(Duration::from_millis(dice.random_range(0..900))).await;
    server.kill().await;
    sleep(Duration::from_millis(dice.random_range(0..400))).await;
    world.hasty_server().await
}
