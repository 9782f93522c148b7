use axum::http::StatusCode;
use calliyo_db::{
    imports::{self, ImportFile},
    ledger,
};
use calliyo_domain::job::{Job, Trigger};
use calliyo_server::jobs::{self, Comparer};
use chrono::NaiveDate;
use serde_json::Value;

use crate::support::{ASSIGNMENT, PASSWORD, RUN, SAVE, TestApp, section};

const MINUTE: i64 = 60 * 1000;
const DAY: i64 = 24 * 60 * MINUTE;

/// An admin's cookie, four agents with cap 20, and 70 unassigned leads that are assigned at 09:05.
async fn company(app: &TestApp) -> String {
    let admin = app.signed_in("Company Admin").await;
    for n in 0..4 {
        app.user(&format!("agent{n}@example.com"), "Agent", 20).await;
    }
    app.leads(70).await;
    save(app, &admin, "0", "09:05").await;
    admin
}

async fn save(app: &TestApp, admin: &str, version: &str, at: &str) {
    let values = [("enabled", "true"), ("statuses", "1"), ("at", at)];
    let answer = app.post(SAVE, &section("auto_assignment", version, &values, PASSWORD), admin).await;
    assert_eq!(answer.status, StatusCode::OK, "{answer:?}");
}

async fn run_now(app: &TestApp, admin: &str) -> i64 {
    let run = app.post(RUN, &ASSIGNMENT, admin).await.json()["started"]["run"].as_i64().unwrap();
    assert!(jobs::take_up(&app.services, run).await.unwrap());
    run
}

fn ids(page: &Value) -> Vec<i64> {
    page["rows"].as_array().unwrap().iter().map(|row| row["id"].as_i64().unwrap()).collect()
}

/// Dates of two jobs that went by, of one more than of the other.
async fn missed_dates(app: &TestApp, number: usize) {
    let mut tx = app.services.db.write().await.unwrap();
    let first = NaiveDate::from_ymd_opt(2025, 1, 1).unwrap();
    for (n, date) in first.iter_days().take(number).enumerate() {
        ledger::miss(&mut tx, Job::TopUp, date, n as i64).await.unwrap();
        if n % 2 == 0 {
            ledger::miss(&mut tx, Job::AutoRemoval, date, n as i64).await.unwrap();
        }
    }
    tx.commit().await.unwrap();
}

#[tokio::test]
async fn only_for_those_who_see_to_the_settings() {
    let app = TestApp::new().await;
    let admin = company(&app).await;
    let run = run_now(&app, &admin).await;
    for role in ["Manager", "Agent"] {
        let cookie = app.signed_in(role).await;
        // An unknown run too: who may not see runs doesn't learn which there are.
        for path in ["runs".to_owned(), format!("runs/run?id={run}"), "runs/run?id=999".to_owned()] {
            let answer = app.get(&format!("/api/{path}"), &cookie).await;
            assert_eq!(
                (answer.status, answer.body.as_str()),
                (StatusCode::FORBIDDEN, "\"forbidden\""),
                "{role}, {path}"
            );
        }
        for path in ["/settings/runs".to_owned(), format!("/settings/runs/{run}"), "/settings/runs/999".to_owned()] {
            let page = app.page(&path, &cookie).await;
            assert_eq!(page.status, StatusCode::FORBIDDEN, "{role}, {path}");
            assert!(!page.body.contains("leads assigned") && !page.body.contains("Run Now by"), "{role}, {path}");
        }
    }
    for path in ["/settings/runs".to_owned(), format!("/settings/runs/{run}")] {
        assert_eq!(app.page(&path, &admin).await.status, StatusCode::OK, "{path}");
    }
}

#[tokio::test]
async fn the_list_is_paged_and_filtered() {
    let app = TestApp::new().await;
    let admin = app.signed_in("Company Admin").await;
    let none = app.page("/settings/runs", &admin).await.body;
    assert!(none.contains("No runs yet") && none.contains("Switch a job on, or press Run Now, in "), "{none}");
    missed_dates(&app, 80).await;
    for (job, expected) in [("", 120), ("top_up", 80), ("auto_removal", 40), ("auto_assignment", 0), ("nonsense", 120)]
    {
        let (mut before, mut seen) = (String::new(), Vec::new());
        loop {
            let page = app.get(&format!("/api/runs?job={job}&before={before}"), &admin).await.json();
            assert!(ids(&page).len() <= 50);
            assert!(page["rows"].as_array().unwrap().iter().all(|row| expected == 120 || row["job"] == job), "{page}");
            seen.extend(ids(&page));
            match page["next"].as_i64() {
                Some(next) => before = next.to_string(),
                None => break,
            }
        }
        assert_eq!(seen.len(), expected, "{job}");
        assert!(seen.is_sorted_by(|a, b| a > b), "newest first, each once: {seen:?}");
    }
    let first = app.page("/settings/runs?job=top_up", &admin).await.body;
    assert_eq!(first.matches("data-column=\"when\"").count(), 50);
    let next = app.get("/api/runs?job=top_up", &admin).await.json()["next"].as_i64().unwrap();
    assert!(first.contains(&format!("href=\"/settings/runs?job=top_up&amp;before={next}\"")), "{first}");
    let second = app.page(&format!("/settings/runs?job=top_up&before={next}"), &admin).await.body;
    assert_eq!(second.matches("data-column=\"when\"").count(), 30);
    assert!(!second.contains("Next page") && second.contains("First page"));
    assert!(app.page("/settings/runs?before=1", &admin).await.body.contains("No more runs"));
    assert!(
        app.page("/settings/runs?job=auto_assignment", &admin)
            .await
            .body
            .contains("No runs of Auto lead assignment yet")
    );
}

#[tokio::test]
async fn a_run_in_detail() {
    let app = TestApp::new().await;
    let admin = company(&app).await;
    let run = run_now(&app, &admin).await;
    let read = format!("/api/runs/run?id={run}");
    let detail = app.get(&read, &admin).await.json();
    assert_eq!((&detail["run"]["by"], &detail["run"]["settings_version"]), (&"company.admin".into(), &1.into()));
    assert!(detail["active"].is_null() && detail["file"].is_null());
    let given = |detail: &Value| -> i64 {
        detail["shares"].as_array().unwrap().iter().map(|share| share["share"]["given"].as_i64().unwrap()).sum()
    };
    assert_eq!(given(&detail), 70);

    let rows = |detail: &Value| detail["moved"]["rows"].as_array().unwrap().clone();
    let next = detail["moved"]["next"].as_i64().unwrap();
    let rest = app.get(&format!("{read}&after={next}"), &admin).await.json();
    assert_eq!((rows(&detail).len(), rows(&rest).len()), (50, 20));
    assert!(rest["moved"]["next"].is_null());
    assert_eq!(rows(&detail)[0]["from"], serde_json::json!({ "status": "Unassigned", "owner": null }));
    assert_eq!(rows(&rest)[0]["to"]["status"], "Assigned");
    assert!(rows(&rest)[0]["to"]["owner"].as_str().unwrap().starts_with("agent"));

    let page = app.page(&format!("/settings/runs/{run}"), &admin).await.body;
    for text in ["70 leads assigned across 4 agents.", "Run Now by company.admin", "2026-05-11 09:00 IST", "Lead 0"] {
        assert!(page.contains(text), "{text} in {page}");
    }
    assert_eq!(page.matches("class=\"share-bar\"").count(), 4);
    assert!(!page.contains(" style=\""), "the page's policy allows no inline style");
    assert!(page.contains(&format!("href=\"/settings/runs/{run}?after={next}\"")), "{page}");
    assert!(app.page("/settings/runs", &admin).await.body.contains(&format!("href=\"/settings/runs/{run}\"")));
}

#[tokio::test]
async fn a_run_that_is_not_there() {
    let app = TestApp::new().await;
    let admin = app.signed_in("Company Admin").await;
    for id in ["999", "x", "-1", "99999999999999999999"] {
        assert_eq!(app.get(&format!("/api/runs/run?id={id}"), &admin).await.status, StatusCode::NOT_FOUND, "{id}");
        let page = app.page(&format!("/settings/runs/{id}"), &admin).await;
        assert_eq!(page.status, StatusCode::NOT_FOUND, "{id}");
        assert!(page.body.contains("There is no such run"), "{page:?}");
    }
}

#[tokio::test]
async fn a_server_that_was_down_over_the_time_of_day_caught_up() {
    let app = TestApp::new().await;
    let admin = company(&app).await;
    app.pass(60 * MINUTE);
    let clock = Comparer::new(app.services.clone());
    clock.compare().await;
    clock.compare().await;
    let waits = app.page("/settings/runs", &admin).await.body;
    assert!(waits.contains("waiting") && waits.contains("Not started yet."), "{waits}");
    let detail = app.page("/settings/runs/1", &admin).await.body;
    assert!(detail.contains("<progress") && detail.contains("Waiting to start"), "{detail}");
    assert!(jobs::take_up(&app.services, 1).await.unwrap());
    app.pass(60 * MINUTE);
    clock.compare().await;
    let page = app.page("/settings/runs", &admin).await.body;
    assert_eq!(page.matches("Catch-up").count(), 1, "once: {page}");
    assert!(page.contains("2026-05-11 10:00 IST") && page.contains("70 leads assigned across 4 agents."), "{page}");
    assert!(!page.contains("Missed"), "{page}");
}

#[tokio::test]
async fn a_server_that_was_down_to_the_end_of_the_day_missed_it() {
    let app = TestApp::new().await;
    company(&app).await;
    app.pass(DAY);
    let admin = app.sign_in("company.admin@example.com").await;
    let clock = Comparer::new(app.services.clone());
    clock.compare().await;
    // What was set at that time counts, whatever is set since.
    app.pass(MINUTE);
    save(&app, &admin, "1", "17:30").await;
    clock.compare().await;
    let words = "Missed: no server was running from 09:05 to the end of that day. Nothing was changed.";
    for path in ["/settings/runs", "/settings/runs?job=auto_assignment", "/settings/runs/1"] {
        let page = app.page(path, &admin).await.body.replace("<!>", "");
        assert!(page.contains(words) && page.contains("<time>2026-05-11</time>"), "{path}: {page}");
        assert!(!page.contains("leads assigned"), "{path}: {page}");
    }
}

#[tokio::test]
async fn a_failed_run_gives_its_reason() {
    let app = TestApp::new().await;
    let admin = company(&app).await;
    let run = app.post(RUN, &ASSIGNMENT, &admin).await.json()["started"]["run"].as_i64().unwrap();
    let mut tx = app.services.db.write().await.unwrap();
    let now = app.services.clock.now();
    let claim = calliyo_db::runs::claim(&mut tx, run, now).await.unwrap().unwrap();
    assert!(calliyo_db::runs::fail(&mut tx, run, claim.fence, "the disk is full", now + 65 * 1000).await.unwrap());
    tx.commit().await.unwrap();
    for path in ["/settings/runs".to_owned(), format!("/settings/runs/{run}")] {
        let page = app.page(&path, &admin).await.body;
        assert!(page.contains("data-kind=\"failed\""), "{path}: {page}");
        assert!(page.contains("failed: the disk is full. Nothing was changed."), "{path}: {page}");
        assert!(page.contains("1 min 5 s"), "{path}: {page}");
    }
}

#[tokio::test]
async fn an_import_shows_its_file_and_counts() {
    let app = TestApp::new().await;
    let admin = app.signed_in("Company Admin").await;
    let content = b"FirstName,LastName,Phone,Email,Status,Tags\nAsha,,+18725550001,,,\n".to_vec();
    let file = ImportFile { file: "may.csv".to_owned(), content, columns: None, reading: String::new(), by: None };
    let mut tx = app.services.db.write().await.unwrap();
    let run = imports::request(&mut tx, &file, Trigger::Command, app.services.clock.now()).await.unwrap();
    tx.commit().await.unwrap();
    assert!(jobs::take_up(&app.services, run).await.unwrap());
    let detail = app.get(&format!("/api/runs/run?id={run}"), &admin).await.json();
    assert_eq!((&detail["file"], detail["moved"]["rows"].as_array().map(Vec::len)), (&"may.csv".into(), Some(0)));
    let page = app.page(&format!("/settings/runs/{run}"), &admin).await.body;
    assert!(page.contains("may.csv") && page.contains("1 lead imported."), "{page}");
    assert!(!page.contains("Leads moved"), "{page}");
}
