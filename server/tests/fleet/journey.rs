use calliyo_domain::{
    schedule::{instant_on, local_date},
    time_of_day::TimeOfDay,
};
use chrono::{Days, NaiveDate};

use crate::{
    company::{ZONE, found, switch_on},
    days::{Moment, moments},
    world::World,
};

/// How many instants the plain test goes through.
const INSTANTS: usize = 45;

/// Removal, assignment, top-up: at times of their own, two together, all together.
pub const TIMES: [[&str; 3]; 3] =
    [["20:00", "09:00", "09:15"], ["09:00", "09:00", "14:30"], ["06:45", "06:45", "06:45"]];

/// The days of a test in three parts, each with other times of day.
pub struct Journey {
    admin: i64,
    first: NaiveDate,
    /// Days per part.
    days: usize,
}

impl Journey {
    /// Through as many instants as are asked for.
    pub async fn new(world: &World) -> Self {
        let instants = std::env::var("CALLIYO_FLEET_INSTANTS").map_or(INSTANTS, |n| n.parse().expect("a number"));
        Self::of(world, instants.div_ceil(3 * TIMES.len())).await
    }

    /// Founds the company; the days begin tomorrow.
    pub async fn of(world: &World, days: usize) -> Self {
        let now = world.hand.now();
        let first = local_date(ZONE, now).unwrap() + Days::new(1);
        Self { admin: found(&world.db, now).await, first, days }
    }

    /// Saves the times of part `n` late on the day before it begins; gives its moments.
    pub async fn part(&self, world: &World, n: usize, times: [&str; 3]) -> Vec<Moment> {
        let eve = self.first_of(n) - Days::new(1);
        let late = instant_on(ZONE, time("23:00"), eve).unwrap();
        world.hand.set(late.max(world.hand.now()));
        switch_on(&world.db, self.admin, times.map(time), world.hand.now()).await;
        moments(times.map(time), self.first_of(n), self.days)
    }

    pub fn moments(&self) -> Vec<Moment> {
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
