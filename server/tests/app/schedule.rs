use std::{future::pending, time::Duration};

use calliyo_db::{Tx, queue};
use calliyo_server::jobs::{self, Comparer};
use tokio::time::{sleep, timeout};

use crate::support::{ASSIGNMENT, PASSWORD, RUN, SAVE, TestApp, section, sql};

const MINUTE: i64 = 60 * 1000;
const DAY: i64 = 24 * 60 * MINUTE;

/// An admin's cookie; the job is on, at this time of day. The clock stands at 09:00.
async fn switched_on(app: &TestApp, at: &str) -> String {
    let admin = app.signed_in("Company Admin").await;
    app.user("agent@example.com", "Agent", 5).await;
    app.leads(3).await;
    let values = [("enabled", "true"), ("statuses", "1"), ("at", at)];
    app.post(SAVE, &section("auto_assignment", "0", &values, PASSWORD), &admin).await;
    admin
}

/// Every run: how it came about, its date, its state.
async fn history(app: &TestApp) -> Vec<(String, Option<String>, String)> {
    let mut tx = app.services.db.read().await.unwrap();
    let Tx::Sqlite(conn) = &mut tx else { panic!("on SQLite") };
    sqlx::query_as("SELECT trigger, local_date, state FROM runs ORDER BY local_date")
        .fetch_all(&mut **conn)
        .await
        .unwrap()
}

fn run(trigger: &str, date: &str, state: &str) -> (String, Option<String>, String) {
    (trigger.to_owned(), Some(date.to_owned()), state.to_owned())
}

#[tokio::test]
async fn the_job_runs_at_its_time_once_a_day() {
    let app = TestApp::new().await;
    let admin = switched_on(&app, "09:05").await;
    let clock = Comparer::new(app.services.clone());
    clock.compare().await;
    assert_eq!(history(&app).await, [], "not before its time");
    assert_eq!(
        app.get("/api/jobs/panel?job=auto_assignment", &admin).await.json()["next"]["text"],
        "2026-05-11 09:05 IST"
    );
    app.pass(5 * MINUTE);
    clock.compare().await;
    clock.compare().await;
    assert_eq!(history(&app).await, [run("schedule", "2026-05-11", "queued")]);
    assert_eq!(queue::open_tasks(&mut app.services.db.read().await.unwrap()).await.unwrap(), 1);

    let under_way = app.post(RUN, &ASSIGNMENT, &admin).await.json();
    assert_eq!(under_way["under_way"]["run"], 1, "Run Now shows the scheduled run");
    assert!(jobs::take_up(&app.services, 1).await.unwrap());
    let panel = app.get("/api/jobs/panel?job=auto_assignment", &admin).await.json();
    assert_eq!(panel["line"], "Last run: 2026-05-11 09:05 IST — 3 leads assigned across 1 agent.");
    assert_eq!(panel["next"]["text"], "2026-05-12 09:05 IST");
    app.pass(DAY);
    clock.compare().await;
    assert_eq!(history(&app).await.last(), Some(&run("schedule", "2026-05-12", "queued")));
}

#[tokio::test]
async fn run_now_does_not_use_up_the_days_run() {
    let app = TestApp::new().await;
    let admin = switched_on(&app, "09:05").await;
    let clock = Comparer::new(app.services.clone());
    app.post(RUN, &ASSIGNMENT, &admin).await;
    app.pass(5 * MINUTE);
    clock.compare().await;
    assert_eq!(history(&app).await.last(), Some(&run("schedule", "2026-05-11", "queued")), "beside the open Run Now");
}

#[tokio::test]
async fn a_server_that_was_down_catches_up_on_the_same_date_only() {
    let app = TestApp::new().await;
    switched_on(&app, "09:05").await;
    app.pass(60 * MINUTE);
    Comparer::new(app.services.clone()).compare().await;
    assert_eq!(history(&app).await, [run("catch_up", "2026-05-11", "queued")]);

    let app = TestApp::new().await;
    switched_on(&app, "09:05").await;
    app.pass(DAY);
    Comparer::new(app.services.clone()).compare().await;
    assert_eq!(history(&app).await, [run("schedule", "2026-05-11", "missed")]);
}

#[tokio::test]
async fn switched_on_after_todays_time_it_starts_tomorrow() {
    let app = TestApp::new().await;
    let admin = switched_on(&app, "08:55").await;
    let clock = Comparer::new(app.services.clone());
    app.pass(MINUTE);
    clock.compare().await;
    assert_eq!(history(&app).await, []);
    assert_eq!(
        app.get("/api/jobs/panel?job=auto_assignment", &admin).await.json()["next"]["text"],
        "2026-05-12 08:55 IST"
    );
}

#[tokio::test]
async fn a_look_compares_once_a_minute_and_again_where_that_failed() {
    let app = TestApp::new().await;
    switched_on(&app, "09:05").await;
    let clock = Comparer::new(app.services.clone());
    clock.look().await;
    app.pass(5 * MINUTE);
    sql(&app, "ALTER TABLE settings_history RENAME TO hidden").await;
    clock.look().await;
    sql(&app, "ALTER TABLE hidden RENAME TO settings_history").await;
    assert_eq!(history(&app).await, [], "it could not be looked up");
    app.pass(1000);
    clock.look().await;
    assert_eq!(history(&app).await, [run("schedule", "2026-05-11", "queued")], "not a minute late");
    sql(&app, "DELETE FROM runs").await;
    app.pass(1000);
    clock.look().await;
    assert_eq!(history(&app).await, [], "once a minute");
}

/// Waits until there are so many runs.
async fn until_runs(app: &TestApp, count: usize, why: &str) {
    let come = async {
        while history(app).await.len() < count {
            sleep(Duration::from_millis(20)).await;
        }
    };
    timeout(Duration::from_secs(20), come).await.expect(why);
}

#[tokio::test]
async fn the_schedule_compares_at_its_start() {
    let app = TestApp::new().await;
    switched_on(&app, "09:05").await;
    app.pass(5 * MINUTE);
    // Stopped before it can tick.
    jobs::schedule(app.services.clone(), async {}).await;
    assert_eq!(history(&app).await, [run("schedule", "2026-05-11", "queued")]);
}

/// The clock stands still, so that a minute is looked at once.
#[tokio::test]
async fn the_schedule_compares_when_a_minute_has_begun_and_after_saves() {
    let app = TestApp::new().await;
    let admin = switched_on(&app, "09:05").await;
    let values = [("enabled", "true"), ("at", "09:10")];
    app.post(SAVE, &section("top_up", "0", &values, PASSWORD), &admin).await;
    app.pass(5 * MINUTE);
    let schedule = tokio::spawn(jobs::schedule(app.services.clone(), pending()));
    until_runs(&app, 1, "it is up").await;
    app.pass(5 * MINUTE);
    until_runs(&app, 2, "a tick saw that a minute has begun").await;
    let values = [("enabled", "true"), ("statuses", "2"), ("days", "1"), ("at", "09:10")];
    app.post(SAVE, &section("auto_removal", "0", &values, PASSWORD), &admin).await;
    until_runs(&app, 3, "the save was heard").await;
    schedule.abort();
}
