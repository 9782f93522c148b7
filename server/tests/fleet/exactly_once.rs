use std::time::Duration;

use calliyo_domain::{
    schedule::{instant_on, local_date},
    time_of_day::TimeOfDay,
};
use chrono::{Days, NaiveDate};
use rand::{Rng as _, SeedableRng as _, rngs::StdRng};
use tokio::time::sleep;

use crate::{
    company::{ZONE, found, switch_on},
    days::{Moment, assert_exactly_once, assert_on_time, lateness, moments},
    server::Server,
    world::{World, on_postgres, on_sqlite},
};

/// How many instants the plain test goes through.
const INSTANTS: usize = 45;

/// Removal, assignment, top-up: at times of their own, two together, all together.
const TIMES: [[&str; 3]; 3] = [["20:00", "09:00", "09:15"], ["09:00", "09:00", "14:30"], ["06:45", "06:45", "06:45"]];

/// Where one look into the database takes so long, the machine is too busy to hold the servers to their two seconds: a
/// run begins some thirty statements after its instant.
const BUSY: Duration = Duration::from_millis(60);

/// The seed of the moments at which the server is killed.
const SEED: u64 = 1;

#[tokio::test]
async fn four_servers_on_one_database_run_each_job_once_a_day() {
    on_postgres(async |world: &World| {
        let days = Journey::new(world).await;
        let mut looks = Vec::new();
        let servers = [world.server().await, world.server().await, world.server().await, world.server().await];
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
        let judged: Vec<_> = moments.iter().zip(looks).filter(|(_, look)| *look < BUSY).collect();
        let latest = assert_on_time(&runs, judged.iter().map(|(moment, _)| *moment));
        println!(
            "PostgreSQL, 4 servers: {} runs, each once; at {} of {} instants the machine was free enough to judge the \
             delay: {latest} ms at most",
            runs.len(),
            judged.len(),
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
        let (mut server, mut kills) = (world.server().await, 0);
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
    world.server().await
}

/// The days of a test in three parts, each with other times of day.
struct Journey {
    admin: i64,
    first: NaiveDate,
    /// Days per part.
    days: usize,
}

impl Journey {
    /// Founds the company; the days begin tomorrow.
    async fn new(world: &World) -> Self {
        let instants = std::env::var("CALLIYO_FLEET_INSTANTS").map_or(INSTANTS, |n| n.parse().expect("a number"));
        let now = world.hand.now();
        let first = local_date(ZONE, now).unwrap() + Days::new(1);
        Self { admin: found(&world.db, now).await, first, days: instants.div_ceil(3 * TIMES.len()) }
    }

    /// Saves the times of part `n` late on the day before it begins; gives its moments.
    async fn part(&self, world: &World, n: usize, times: [&str; 3]) -> Vec<Moment> {
        let eve = self.first_of(n) - Days::new(1);
        let late = instant_on(ZONE, time("23:00"), eve).unwrap();
        world.hand.set(late.max(world.hand.now()));
        switch_on(&world.db, self.admin, times.map(time), world.hand.now()).await;
        moments(times.map(time), self.first_of(n), self.days)
    }

    fn moments(&self) -> Vec<Moment> {
        let part = |(n, times): (usize, [&str; 3])| moments(times.map(time), self.first_of(n), self.days);
        TIMES.into_iter().enumerate().flat_map(part).collect()
    }

    fn first_of(&self, part: usize) -> NaiveDate {
        self.first + Days::new((part * self.days) as u64)
    }
}

fn time(text: &str) -> TimeOfDay {
    text.parse().unwrap()
}
