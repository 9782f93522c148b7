//! Which runs are due when, and whether they came about as they should.

use std::{collections::BTreeMap, time::Duration};

use calliyo_db::runs::Run;
use calliyo_domain::{
    job::{Job, RunState},
    schedule::instant_on,
};
use chrono::NaiveDate;

use crate::company::{Times, ZONE};

/// "Starting within two seconds of it."
pub const ON_TIME: i64 = 2000;

/// Where one look into the database takes so long, the machine is too busy to hold the servers to their two seconds: a
/// run begins some thirty statements after its instant.
const BUSY: Duration = Duration::from_millis(60);

/// An instant at which jobs are due, in the order in which they are to run.
pub struct Moment {
    pub at: i64,
    pub due: Vec<(Job, String)>,
}

/// The moments of so many days from `first` on, in order.
pub fn moments(times: Times, first: NaiveDate, days: usize) -> Vec<Moment> {
    let mut moments: BTreeMap<i64, Vec<(Job, String)>> = BTreeMap::new();
    for date in first.iter_days().take(days) {
        for (job, time) in Job::DAILY.into_iter().zip(times) {
            moments.entry(instant_on(ZONE, time, date).unwrap()).or_default().push((job, date.to_string()));
        }
    }
    moments.into_iter().map(|(at, due)| Moment { at, due }).collect()
}

/// Exactly one run per job and date, all done, none overlapping another, in order where due together.
pub fn assert_exactly_once(runs: &[Run], moments: &[Moment]) {
    let count = |job: Job, date: &str| runs.iter().filter(|run| is_of(run, job, date)).count();
    for (job, date) in moments.iter().flat_map(|moment| &moment.due) {
        assert_eq!(count(*job, date), 1, "{} on {date}", job.title());
    }
    assert_eq!(runs.len(), moments.iter().map(|moment| moment.due.len()).sum::<usize>(), "and no other runs");
    assert!(runs.iter().all(|run| matches!(run.state, RunState::Done { .. })), "{runs:#?}");

    let mut in_order: Vec<&Run> = runs.iter().collect();
    in_order.sort_by_key(|run| (run.started_at, run.id));
    for pair in in_order.windows(2) {
        assert!(pair[0].finished_at <= pair[1].started_at, "{pair:#?} overlap");
    }
    for moment in moments {
        let started = moment.due.iter().map(|(job, date)| run_of(runs, *job, date).id);
        let started: Vec<_> = started.map(|id| in_order.iter().position(|run| run.id == id)).collect();
        assert!(started.is_sorted(), "{:?} ran in the order {started:?}", moment.due);
    }
}

/// How late the runs of a moment began, the latest of them; never before it.
pub fn lateness(runs: &[Run], moment: &Moment) -> i64 {
    let late = moment.due.iter().map(|(job, date)| run_of(runs, *job, date).started_at.unwrap() - moment.at);
    late.inspect(|late| assert!(*late >= 0, "{:?} ran too early", moment.due)).max().unwrap()
}

/// All runs of the moments that can be judged began in time; gives how many these are, and how many milliseconds after
/// its instant the latest of their runs did. `looks` are the slowest ones at each of the moments.
pub fn assert_on_time(runs: &[Run], moments: &[Moment], looks: &[Duration]) -> (usize, i64) {
    let judged = moments.iter().zip(looks).filter(|(_, look)| **look < BUSY);
    let late: Vec<_> = judged.map(|(moment, _)| (lateness(runs, moment), &moment.due)).collect();
    let too_late: Vec<_> = late.iter().filter(|(late, _)| *late > ON_TIME).collect();
    assert!(too_late.is_empty(), "{} of {} began too late: {too_late:?}", too_late.len(), late.len());
    let latest = late.iter().map(|(late, _)| *late).max();
    (late.len(), latest.expect("the machine is free enough now and then"))
}

fn is_of(run: &Run, job: Job, date: &str) -> bool {
    run.job == job && run.local_date.as_deref() == Some(date)
}

fn run_of<'a>(runs: &'a [Run], job: Job, date: &str) -> &'a Run {
    runs.iter().find(|run| is_of(run, job, date)).unwrap()
}
