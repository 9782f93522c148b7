//! What becomes of a file that is taken in.

use axum::http::{StatusCode, header};
use calliyo_app::live::LiveEvent;
use calliyo_db::check;
use calliyo_domain::job::{Job, Phase, Progress};
use calliyo_server::jobs;

use super::{GOOD, ask, import, report, written};
use crate::support::TestApp;

#[tokio::test]
async fn a_file_waits_runs_and_is_taken_in() {
    let app = TestApp::new().await;
    let manager = app.signed_in("Manager").await;
    let run = ask(&app, GOOD, &manager).await;
    assert_eq!(written(&app).await, (0, 1), "the run and its task are one");
    let waiting = report(&app, run, &manager).await;
    assert_eq!(
        (&waiting["import"]["state"]["state"], &waiting["import"]["file"]),
        (&"queued".into(), &"leads.csv".into())
    );
    assert_eq!((&waiting["active"]["by"], &waiting["active"]["progress"]), (&"manager".into(), &().into()));
    let progress = Progress { run, job: Job::LeadImport, phase: Phase::Adding, done: 1, total: 2 };
    app.services.hub.hear(LiveEvent::Progress { progress });
    assert_eq!(report(&app, run, &manager).await["active"]["progress"]["done"], 1);

    assert!(jobs::take_next(&app.services).await.unwrap());
    let done = report(&app, run, &manager).await;
    let outcome = serde_json::json!({ "imported": 2, "duplicates": 0, "bad": 0 });
    assert_eq!((&done["import"]["state"]["outcome"], &done["active"]), (&outcome, &().into()));
    let page = app.page(&format!("/leads/import/{run}"), &manager).await;
    assert_eq!(page.status, StatusCode::OK);
    assert!(page.body.contains("2 leads imported."), "without JavaScript too");
    assert!(page.body.contains(&format!("href=\"/leads?import={run}\"")), "the leads of this file: {}", page.body);
    let rows = app.get("/api/leads", &manager).await.json()["rows"].clone();
    assert_eq!((&rows[1]["name"], &rows[1]["tags"]), (&"Asha".into(), &serde_json::json!(["a", "b"])));
    let latest = app.get("/api/leads/imports", &manager).await.json()["latest"].clone();
    assert_eq!((&latest[0]["file"], &latest[0]["by"]), (&"leads.csv".into(), &"manager".into()));
}

#[tokio::test]
async fn two_imports_of_the_same_phones_wait_for_each_other() {
    let app = TestApp::new().await;
    let (manager, admin) = (app.signed_in("Manager").await, app.signed_in("Company Admin").await);
    let (first, second) =
        (ask(&app, GOOD, &manager).await, ask(&app, format!("{GOOD}+18725550003,Zoe,\n"), &admin).await);
    assert_eq!(written(&app).await, (0, 2));
    while jobs::take_next(&app.services).await.unwrap() {}
    let outcome = async |run| report(&app, run, &manager).await["import"]["state"]["outcome"].clone();
    assert_eq!(outcome(first).await, serde_json::json!({ "imported": 2, "duplicates": 0, "bad": 0 }));
    assert_eq!(outcome(second).await, serde_json::json!({ "imported": 1, "duplicates": 2, "bad": 0 }));
    assert_eq!(written(&app).await.0, 3);
    let findings = check::run(&mut app.services.db.read().await.unwrap()).await.unwrap();
    assert!(findings.iter().all(|finding| finding.broken == 0), "{findings:?}");
}

#[tokio::test]
async fn rows_that_are_not_taken_in_are_shown_and_can_be_fetched() {
    let app = TestApp::new().await;
    let manager = app.signed_in("Manager").await;
    // A quote amid a cell is the cell's own.
    let bad = "+12,=HYPERLINK(\"http://evil.example\"),\n".repeat(150);
    let done = import(&app, format!("{GOOD}{bad}"), &manager).await;
    assert_eq!(done["import"]["state"]["outcome"], serde_json::json!({ "imported": 2, "duplicates": 0, "bad": 150 }));
    assert_eq!(done["bad"].as_array().map(Vec::len), Some(100));
    assert_eq!(done["bad"][0]["line"], 4);
    let run = done["import"]["run"].as_i64().unwrap();
    let page = app.page(&format!("/leads/import/{run}"), &manager).await.body;
    assert!(page.contains("150 rows of the file could not be taken in. The first 100 are listed here."), "{page}");

    let file = app.get(&format!("/leads/import/{run}/bad-rows.csv"), &manager).await;
    assert_eq!(file.header(header::CONTENT_TYPE), "text/csv; charset=utf-8");
    assert!(file.header(header::CONTENT_DISPOSITION).starts_with("attachment; "));
    assert_eq!(file.header(header::CACHE_CONTROL), "no-store");
    let lines: Vec<_> = file.body.lines().collect();
    assert_eq!(lines.len(), 151);
    assert_eq!(lines[0], "\u{feff}Line,Reason,phone,FIRSTNAME,Tags");
    assert!(lines[1].starts_with("4,\"The phone is too short"), "{}", lines[1]);
    assert!(lines[1].ends_with(r#",'+12,"'=HYPERLINK(""http://evil.example"")","#), "{}", lines[1]);
}
