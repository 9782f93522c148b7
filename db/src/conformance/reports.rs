use std::collections::BTreeMap;

use calliyo_domain::{
    call::{CallStatus, Direction, Record},
    report::{Figures, Range, Stretch, stretches},
    status::CUSTOMER,
};
use chrono::{DateTime, Timelike as _};
use chrono_tz::{America::New_York, Tz};

use super::fixtures::*;
use crate::{Db, Tx, calls, reports};

on_both!(sums_are_those_of_the_single_calls, the_ends_of_a_day_are_exact, people_are_agents_or_not);

const HOUR: i64 = 3_600_000;

/// A call as the test remembers it: agent, start, outgoing, seconds, status.
type Call = (i64, i64, bool, i64, CallStatus);

/// The days around the one on which New York's clocks go back.
fn range() -> Range {
    Range { from: "2026-10-30".parse().expect("a date"), to: "2026-11-02".parse().expect("a date") }
}

async fn add_calls(tx: &mut Tx, calls: &[Call]) {
    for (agent, at, outgoing, duration_seconds, status) in calls.iter().copied() {
        let direction = if outgoing { Direction::Outgoing } else { Direction::Incoming };
        let call = Record { status, direction, duration_seconds, note: String::new() };
        calls::add(tx, 1, agent, at, &call).await.expect("adds");
    }
}

fn clocks(zone: Tz, at: i64) -> chrono::NaiveDateTime {
    DateTime::from_timestamp_millis(at).expect("an instant").with_timezone(&zone).naive_local()
}

async fn sums_are_those_of_the_single_calls(db: &Db) {
    let mut tx = write(db).await;
    let agents = [agent(&mut tx, "Asha", 50).await, agent(&mut tx, "Bela", 50).await];
    let found = stretches(New_York, range());
    assert_eq!(found.len(), 2, "the clocks change");
    // From a day before to a day after, every 37 minutes.
    let (first, last) = (found[0].start - 24 * HOUR, found[1].end + 24 * HOUR);
    let calls: Vec<Call> = (0..(last - first) / (37 * 60_000))
        .map(|n| {
            let seconds = if n % 3 == 0 { 0 } else { n };
            (agents[(n % 2) as usize], first + n * 37 * 60_000, n % 5 != 0, seconds, CallStatus::ALL[(n % 7) as usize])
        })
        .collect();
    let customers = (1..=40).map(|id| {
        let mut lead = lead(id, CUSTOMER, (id % 4 > 0).then(|| agents[(id % 2) as usize]));
        lead.since = first + id * 3 * HOUR;
        lead
    });
    let customers: Vec<_> = customers.collect();
    add_leads(&mut tx, &customers).await;
    add_calls(&mut tx, &calls).await;

    for agent in [None, Some(agents[0]), Some(99)] {
        let mut days: BTreeMap<_, Figures> = BTreeMap::new();
        let mut outcomes: BTreeMap<(i64, usize), i64> = BTreeMap::new();
        for (by, at, outgoing, seconds, status) in &calls {
            let shown = clocks(New_York, *at);
            if !(range().from..=range().to).contains(&shown.date()) || agent.is_some_and(|agent| agent != *by) {
                continue;
            }
            let figures = days.entry((shown.date(), Some(*by))).or_default();
            if *outgoing {
                figures.attempts += 1;
                figures.connected += i64::from(*seconds > 0);
                figures.talk += seconds;
                let which = CallStatus::ALL.iter().position(|known| known == status).expect("known");
                *outcomes.entry((shown.hour().into(), which)).or_default() += 1;
            } else {
                figures.incoming += 1;
            }
        }
        for customer in &customers {
            let date = clocks(New_York, customer.since).date();
            if (range().from..=range().to).contains(&date) && agent.is_none_or(|agent| customer.owner == Some(agent)) {
                days.entry((date, customer.owner)).or_default().conversions += 1;
            }
        }
        let mut read: BTreeMap<_, Figures> = BTreeMap::new();
        for tally in reports::tallies(&mut tx, &found, agent).await.expect("counts") {
            let date = calliyo_domain::report::date(tally.day).expect("a date");
            *read.entry((date, tally.person)).or_default() += tally.figures;
        }
        assert_eq!(read, days, "{agent:?}");
        let mut read = BTreeMap::new();
        for found in reports::hours(&mut tx, &found, agent).await.expect("counts") {
            for (which, calls) in found.calls.into_iter().enumerate().filter(|(_, calls)| *calls > 0) {
                *read.entry((found.hour, which)).or_default() += calls;
            }
        }
        assert_eq!(read, outcomes, "{agent:?}");
    }
}

async fn the_ends_of_a_day_are_exact(db: &Db) {
    let mut tx = write(db).await;
    let asha = agent(&mut tx, "Asha", 50).await;
    add_leads(&mut tx, &[lead(1, BUSY, Some(asha))]).await;
    let stretch = Stretch { start: NOW, end: NOW + HOUR / 4, offset: 0 };
    let calls = [NOW - 1, NOW, NOW + HOUR / 4 - 1, NOW + HOUR / 4].map(|at| (asha, at, true, 1, CallStatus::Called));
    add_calls(&mut tx, &calls).await;
    let tallies = reports::tallies(&mut tx, &[stretch], None).await.expect("counts");
    assert_eq!(tallies.iter().map(|tally| tally.figures.attempts).sum::<i64>(), 2);
    assert!(reports::tallies(&mut tx, &[], None).await.expect("counts").is_empty());
    assert!(reports::hours(&mut tx, &[], None).await.expect("counts").is_empty());
}

async fn people_are_agents_or_not(db: &Db) {
    let mut tx = write(db).await;
    agent(&mut tx, "Bela", 50).await;
    agent(&mut tx, "Asha", 0).await;
    user(&mut tx, "Mo", MANAGER, 0).await;
    let chand = agent(&mut tx, "Chand", 50).await;
    let banned = if matches!(tx, Tx::Sqlite(_)) { "1" } else { "TRUE" };
    execute(&mut tx, format!("UPDATE users SET banned = {banned} WHERE id = {chand}")).await.expect("bans");
    let people = reports::people(&mut tx).await.expect("lists");
    assert!(people.iter().all(|person| person.created_at == NOW));
    let found: Vec<_> = people.iter().map(|person| (person.name.as_str(), person.agent, person.banned)).collect();
    assert_eq!(found, [("Asha", true, false), ("Bela", true, false), ("Chand", true, true), ("Mo", false, false)]);
}
