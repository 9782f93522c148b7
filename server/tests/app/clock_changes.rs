//! The clock changes of a year, in the company's zone: each date has exactly one run.

use calliyo_db::runs::{self, HistoryFilter};
use calliyo_server::jobs::{self, Comparer};
use chrono::{DateTime, SecondsFormat};

use crate::support::{PASSWORD, SAVE, TestApp, section};

const MINUTE: i64 = 60 * 1000;

/// The dates and starts of the runs of a job that is set to this time of day, its clock going from `from` on through
/// three days.
async fn runs_of_three_days(zone: &str, at: &str, from: &str) -> Vec<(String, String)> {
    let app = TestApp::new().await;
    app.pass(DateTime::parse_from_rfc3339(from).unwrap().timestamp_millis() - app.services.clock.now());
    let admin = app.signed_in("Company Admin").await;
    let general = [("company", "Calliyo"), ("country", "US"), ("time_zone", zone)];
    app.post(SAVE, &section("general", "0", &general, PASSWORD), &admin).await;
    let top_up = [("enabled", "true"), ("at", at)];
    app.post(SAVE, &section("top_up", "0", &top_up, PASSWORD), &admin).await;
    let clock = Comparer::new(app.services.clone());
    for _ in 0..3 * 24 * 6 {
        app.pass(10 * MINUTE);
        clock.look().await;
        while jobs::take_next(&app.services).await.unwrap() {}
    }
    let filter = HistoryFilter { job: None, before: None, limit: 100 };
    let mut runs = runs::list(&mut app.services.db.read().await.unwrap(), &filter).await.unwrap();
    runs.reverse();
    let start = |at| DateTime::from_timestamp_millis(at).unwrap().to_rfc3339_opts(SecondsFormat::Secs, true);
    runs.into_iter().map(|run| (run.local_date.unwrap(), start(run.started_at.unwrap()))).collect()
}

fn expected(runs: [(&str, &str); 3]) -> Vec<(String, String)> {
    runs.map(|(date, start)| (date.to_owned(), start.to_owned())).to_vec()
}

#[tokio::test]
async fn a_time_that_is_skipped_runs_at_the_end_of_the_gap() {
    assert_eq!(
        runs_of_three_days("America/New_York", "02:30", "2027-03-13T06:00:00Z").await,
        expected([
            ("2027-03-13", "2027-03-13T07:30:00Z"),
            ("2027-03-14", "2027-03-14T07:00:00Z"),
            ("2027-03-15", "2027-03-15T06:30:00Z")
        ])
    );
    assert_eq!(
        runs_of_three_days("Europe/London", "01:30", "2027-03-27T00:00:00Z").await,
        expected([
            ("2027-03-27", "2027-03-27T01:30:00Z"),
            ("2027-03-28", "2027-03-28T01:00:00Z"),
            ("2027-03-29", "2027-03-29T00:30:00Z")
        ])
    );
}

#[tokio::test]
async fn a_time_that_comes_twice_runs_the_first_time_only() {
    assert_eq!(
        runs_of_three_days("America/New_York", "01:30", "2027-11-06T05:00:00Z").await,
        expected([
            ("2027-11-06", "2027-11-06T05:30:00Z"),
            ("2027-11-07", "2027-11-07T05:30:00Z"),
            ("2027-11-08", "2027-11-08T06:30:00Z")
        ])
    );
    assert_eq!(
        runs_of_three_days("Europe/London", "01:30", "2027-10-30T00:00:00Z").await,
        expected([
            ("2027-10-30", "2027-10-30T00:30:00Z"),
            ("2027-10-31", "2027-10-31T00:30:00Z"),
            ("2027-11-01", "2027-11-01T01:30:00Z")
        ])
    );
}

/// The server's own clock, not the zone's: it is 200 days ahead for a minute.
#[tokio::test]
async fn a_clock_that_was_wrong_for_a_minute_costs_no_day() {
    const DAY: i64 = 24 * 60 * MINUTE;
    let app = TestApp::new().await;
    let admin = app.signed_in("Company Admin").await;
    let top_up = [("enabled", "true"), ("at", "10:00")];
    app.post(SAVE, &section("top_up", "0", &top_up, PASSWORD), &admin).await;
    let clock = Comparer::new(app.services.clone());
    let turn = async |by: i64| {
        app.pass(by);
        clock.look().await;
        while jobs::take_next(&app.services).await.unwrap() {}
    };
    turn(MINUTE).await;
    turn(200 * DAY).await;
    let filter = HistoryFilter { job: None, before: None, limit: 100 };
    let all = async || runs::list(&mut app.services.db.read().await.unwrap(), &filter).await.unwrap();
    let ahead = all().await;
    assert!(ahead.len() > 90, "days that haven't come are called missed: {}", ahead.len());
    turn(-200 * DAY).await;
    for _ in 0..4 * 24 {
        turn(DAY / 24).await;
    }
    let mut ran: Vec<_> = all().await.into_iter().filter(|run| run.started_at.is_some()).collect();
    ran.retain(|run| run.local_date.as_deref() < Some("2026-06-01"));
    assert_eq!(ran.len(), 4, "each day that has come has its run: {ran:?}");
    assert!(all().await.len() < 10, "and what never was is forgotten");
}
