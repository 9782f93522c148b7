use axum::http::{StatusCode, header};
use calliyo_domain::status::{ASSIGNED, CUSTOMER, FOLLOWUPS};
use serde_json::Value;

use crate::{
    calls::{LOG, add_lead, check, events, stored},
    support::{NOTHING, TestApp},
};

const UNDO: &str = "/api/calls/undo";

async fn log(app: &TestApp, lead: &str, more: &[(&str, &str)], cookie: &str) -> Value {
    let form: Vec<_> = [("id", lead), ("call[status]", "called")].iter().chain(more).copied().collect();
    let answer = app.post(LOG, &form, cookie).await;
    assert_eq!(answer.status, StatusCode::OK, "{answer:?}");
    answer.json()
}

/// Why the viewer's last call isn't undone; empty where it is.
async fn undo(app: &TestApp, cookie: &str) -> String {
    let answer = app.post(UNDO, &NOTHING, cookie).await.json();
    answer["invalid"]["message"].as_str().map(str::to_owned).unwrap_or_default()
}

#[tokio::test]
async fn ten_seconds_by_the_servers_clock() {
    let app = TestApp::new().await;
    let agent = app.signed_in("Agent").await;
    add_lead(&app, 1, ASSIGNED, Some(1)).await;
    let before = stored(&app, 1).await;
    let call = log(&app, "1", &[("call[lead_status]", "4"), ("call[duration]", "9")], &agent).await;
    assert_eq!(stored(&app, 1).await.status_id, CUSTOMER);
    app.pass(10_000);
    let answer = app.post(UNDO, &[("id", &*call["call"].to_string())], &agent).await.json();
    assert_eq!((&answer["said"], &answer["lead"]), (&"Undone: Called for Lead 1.".into(), &1.into()));
    let after = stored(&app, 1).await;
    assert_eq!((after.status_id, after.status_since, after.converter_id), (ASSIGNED, before.status_since, None));
    assert_eq!((after.assigned_at, after.converted_at), (before.assigned_at, None));
    assert_eq!(events(&app, 1).await, 4, "one event more, none less");
    assert_eq!(undo(&app, &agent).await, "Only the call that you logged last can be undone, and only once.");

    log(&app, "1", &[("call[lead_status]", "4")], &agent).await;
    app.pass(10_001);
    let after = stored(&app, 1).await;
    assert!(undo(&app, &agent).await.starts_with("The ten seconds in which a call can be undone have passed."));
    assert_eq!(stored(&app, 1).await, after, "nothing was changed");
    check(&app).await;
}

#[tokio::test]
async fn ones_own_last_call_alone_and_only_while_the_lead_is_as_it_left_it() {
    let app = TestApp::new().await;
    let (agent, manager) = (app.signed_in("Agent").await, app.signed_in("Manager").await);
    for id in [1, 2] {
        add_lead(&app, id, ASSIGNED, Some(1)).await;
    }
    let first = log(&app, "1", &[], &agent).await["call"].to_string();
    log(&app, "2", &[], &agent).await;
    let answer = app.post(UNDO, &[("id", &*first)], &agent).await.json();
    assert_eq!(answer["invalid"]["message"], "Only the call that you logged last can be undone, and only once.");
    assert!(undo(&app, &manager).await.starts_with("Only the call that you"), "they logged none");
    log(&app, "2", &[], &manager).await;
    assert_eq!(undo(&app, &agent).await, "The lead has changed since the call was logged, so the call stays.");
    assert_eq!(undo(&app, &manager).await, "", "that is theirs, and the last on the lead");
    assert!(undo(&app, &agent).await.starts_with("The lead has changed"), "undoing is a change too");
    let timeline = app.get("/api/lead?id=2", &manager).await.json()["timeline"].clone();
    let undone = timeline.as_array().unwrap().iter().filter(|entry| entry["what"]["call"]["undone"].is_object());
    assert_eq!(undone.count(), 1, "{timeline}");
    check(&app).await;
}

#[tokio::test]
async fn an_undone_call_counts_nowhere_and_the_lead_is_next_again() {
    let app = TestApp::new().await;
    let (agent, manager) = (app.signed_in("Agent").await, app.signed_in("Manager").await);
    add_lead(&app, 1, ASSIGNED, Some(1)).await;
    let today = async || app.get("/api/dashboard", &agent).await.json()["agent"].clone();
    let before = today().await;
    log(&app, "1", &[("call[duration]", "60"), ("call[lead_status]", "4")], &agent).await;
    assert_ne!(today().await, before);
    assert_eq!(undo(&app, &agent).await, "");
    assert_eq!(today().await, before, "the day is as it was");
    let total = app.get("/api/reports", &manager).await.json()["counted"]["total"].clone();
    for field in ["attempts", "connected", "talk", "conversions"] {
        assert_eq!(total[field], 0, "{field}");
    }
    let file = app.get("/reports/report.csv?from=2026-05-11&to=2026-05-11", &manager).await.body;
    assert!(file.contains("2026-05-11,agent,0,100,0,0,0,0,0"), "{file}");
    check(&app).await;
}

#[tokio::test]
async fn the_follow_up_is_taken_back_and_the_one_before_is_open_again() {
    let app = TestApp::new().await;
    let agent = app.signed_in("Agent").await;
    add_lead(&app, 1, ASSIGNED, Some(1)).await;
    let agree = async |day: &str| {
        let more = [("call[status]", "follow_up"), ("call[follow_up]", day)];
        app.post(LOG, &[&[("id", "1")], &more[..]].concat(), &agent).await.json()
    };
    agree("2026-05-12T10:00").await;
    agree("2026-05-13T11:00").await;
    let due = async || app.get("/api/lead?id=1", &agent).await.json()["follow_up"]["due"]["text"].clone();
    assert_eq!(due().await, "2026-05-13 11:00 IST");
    assert_eq!(undo(&app, &agent).await, "");
    assert_eq!(due().await, "2026-05-12 10:00 IST");
    assert_eq!(stored(&app, 1).await.status_id, FOLLOWUPS);
    let page = app.page("/leads/1", &agent).await.body;
    assert!(page.contains("taken back"), "{page}");
    check(&app).await;
}

#[tokio::test]
async fn without_scripts_the_notice_has_a_button() {
    let app = TestApp::new().await;
    let agent = app.signed_in("Agent").await;
    for id in [1, 2] {
        add_lead(&app, id, ASSIGNED, Some(1)).await;
    }
    let places = [
        ("lead", "/leads/1?logged=", "/leads/1", "/leads/1?undone=1"),
        ("dashboard", "/dashboard?logged=", "/dashboard", "/dashboard?undone=1"),
        ("tasks", "/leads/2?from=tasks&logged=", "/leads/2?from=tasks", "/leads/1?from=tasks&undone=1"),
    ];
    for (place, logged, here, undone) in places {
        let answer = app.post_plain(LOG, &[("id", "1"), ("call[status]", "busy"), ("place", place)], &agent).await;
        let location = answer.header(header::LOCATION).to_owned();
        let call = location.strip_prefix(logged).unwrap_or_else(|| panic!("{location}"));
        let page = app.page(&location, &agent).await.body;
        for part in [
            "The call was logged.".to_owned(),
            "action=\"/api/calls/undo?for=1\"".to_owned(),
            format!("value=\"{call}\""),
        ] {
            assert!(page.contains(&part), "{part}: {page}");
        }
        let form = [("id", call), ("place", place), ("here", here)];
        let answer = app.post_plain(UNDO, &form, &agent).await;
        assert_eq!(answer.header(header::LOCATION), undone);
        let page = app.page(undone, &agent).await.body;
        assert!(page.contains("The call was undone.") && !page.contains(">Undo<"), "{page}");
        let answer = app.post_plain(UNDO, &form, &agent).await;
        let refused = answer.header(header::LOCATION).to_owned();
        assert!(refused.starts_with(here), "{refused}");
        let page = app.page(&refused, &agent).await.body;
        assert!(page.contains("Only the call that you logged last can be undone"), "{page}");
    }
    let elsewhere = [("here", "https://evil.example")];
    let answer = app.post_plain(UNDO, &elsewhere, &agent).await;
    assert!(answer.header(header::LOCATION).starts_with("/?"), "{answer:?}");
}
