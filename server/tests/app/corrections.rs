use axum::http::{StatusCode, header};
use calliyo_domain::status::{ASSIGNED, CUSTOMER};
use serde_json::Value;

use crate::{
    calls::{LOG, add_lead, check, events, stored},
    support::{Answer, TestApp, sql},
};

const CORRECT: &str = "/api/calls/correct";
const HOUR: i64 = 3_600_000;

async fn log(app: &TestApp, more: &[(&str, &str)], cookie: &str) -> String {
    let form: Vec<_> = [("id", "1"), ("call[status]", "no_answer")].iter().chain(more).copied().collect();
    app.post(LOG, &form, cookie).await.json()["call"].to_string()
}

async fn correct(app: &TestApp, id: &str, more: &[(&str, &str)], cookie: &str) -> Answer {
    let form: Vec<_> = [("id", id), ("call[status]", "called")].iter().chain(more).copied().collect();
    app.post(CORRECT, &form, cookie).await
}

/// Why it was refused.
fn refusal(answer: &Answer) -> String {
    answer.json()["invalid"]["message"].as_str().unwrap_or_default().to_owned()
}

/// The call in the lead's timeline.
async fn shown(app: &TestApp, cookie: &str) -> Value {
    let timeline = app.get("/api/lead?id=1", cookie).await.json()["timeline"].clone();
    timeline.as_array().unwrap().iter().find(|entry| entry["what"]["call"].is_object()).unwrap()["what"]["call"].clone()
}

#[tokio::test]
async fn the_log_keeps_both_and_totals_count_what_is_right() {
    let app = TestApp::new().await;
    let (agent, manager) = (app.signed_in("Agent").await, app.signed_in("Manager").await);
    add_lead(&app, 1, ASSIGNED, Some(1)).await;
    let id = log(&app, &[("call[note]", "rang")], &agent).await;
    let before = (stored(&app, 1).await, events(&app, 1).await);
    app.pass(HOUR);
    let right = [("call[duration]", "2:05"), ("call[note]", "talked"), ("call[lead_status]", "4")];
    let answer = correct(&app, &id, &right, &agent).await.json();
    assert_eq!(answer["said"], "Corrected: Called, 2 min 5 s. Before: No Answer, no talk time.");
    assert_eq!((stored(&app, 1).await, events(&app, 1).await), before, "the lead stays as it is");
    let call = shown(&app, &manager).await;
    assert_eq!((&call["says"]["status"], &call["says"]["note"]), (&"called".into(), &"talked".into()));
    let kept = &call["corrections"][0];
    assert_eq!((&kept["said"]["status"], &kept["said"]["note"]), (&"no_answer".into(), &"rang".into()));
    assert_eq!((&kept["by"], &kept["at"]["text"]), (&"agent".into(), &"2026-05-11 10:00 IST".into()));
    let page = app.page("/leads/1", &manager).await.body;
    assert!(page.contains("Corrected at") && page.contains("Call: No Answer, no talk time"), "{page}");

    let counted = app.get("/api/reports", &manager).await.json()["counted"].clone();
    let total = &counted["total"];
    assert_eq!((&total["attempts"], &total["connected"], &total["talk"]), (&1.into(), &1.into(), &125.into()));
    assert_eq!(counted["outcomes"][0], serde_json::json!(["Called", 1]));
    assert_eq!(counted["outcomes"][2], serde_json::json!(["No Answer", 0]));
    correct(&app, &id, &[("call[direction]", "incoming")], &agent).await;
    let day = app.get("/api/dashboard", &agent).await.json()["agent"].clone();
    assert_eq!(day["calls"], 0, "an incoming call is none of the day's");
    assert_eq!(shown(&app, &agent).await["corrections"].as_array().unwrap().len(), 2);
    check(&app).await;
}

#[tokio::test]
async fn by_who_logged_it_and_on_the_same_day_alone() {
    let app = TestApp::new().await;
    let (agent, manager) = (app.signed_in("Agent").await, app.signed_in("Manager").await);
    app.user("other@example.com", "Agent", 5).await;
    let other = app.sign_in("other@example.com").await;
    add_lead(&app, 1, ASSIGNED, Some(1)).await;
    let id = log(&app, &[], &agent).await;
    let of_manager = log(&app, &[], &manager).await;
    assert_eq!(correct(&app, &id, &[], &other).await.body, "\"not_found\"", "it isn't theirs to see");
    assert_eq!(correct(&app, "99", &[], &agent).await.body, "\"not_found\"");
    assert_eq!(correct(&app, &id, &[], "").await.body, "\"signed_out\"");
    for (id, cookie) in [(&id, &manager), (&of_manager, &agent)] {
        let answer = correct(&app, id, &[], cookie).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert_eq!(refusal(&answer), "Only who logged the call can correct it. Nothing was changed.");
    }
    // 23:59:59 in Kolkata, and a second later.
    app.pass(15 * HOUR - 1000);
    assert_eq!(correct(&app, &id, &[], &agent).await.status, StatusCode::OK);
    assert_eq!(shown(&app, &agent).await["may_correct"], false, "the newest is the manager's");
    assert!(app.page("/leads/1", &agent).await.body.contains("Save correction"));
    app.pass(1000);
    let refused = refusal(&correct(&app, &id, &[("call[note]", "late")], &agent).await);
    assert_eq!(refused, "A call can be corrected on the day on which it was logged, and that is over.");
    assert!(!app.page("/leads/1", &agent).await.body.contains("Save correction"));
}

#[tokio::test]
async fn bad_input_undone_calls_and_nothing_at_all_are_refused() {
    let app = TestApp::new().await;
    let agent = app.signed_in("Agent").await;
    add_lead(&app, 1, ASSIGNED, Some(1)).await;
    let id = log(&app, &[], &agent).await;
    for (field, status, more) in [
        ("status", "x", ("call[note]", "")),
        ("duration", "called", ("call[duration]", "soon")),
        ("direction", "called", ("call[direction]", "up")),
    ] {
        let answer = app.post(CORRECT, &[("id", &*id), ("call[status]", status), more], &agent).await;
        assert_eq!(answer.json()["invalid"]["field"], field);
    }
    let same = [("id", &*id), ("call[status]", "no_answer")];
    let answer = app.post(CORRECT, &same, &agent).await;
    assert_eq!(refusal(&answer), "That is what the log says already. Nothing was changed.");
    app.post("/api/calls/undo", &[("id", &*id)], &agent).await;
    let refused = refusal(&correct(&app, &id, &[], &agent).await);
    assert_eq!(refused, "The call was undone and counts nowhere: there is nothing to correct.");
    assert_eq!(shown(&app, &agent).await["corrections"], serde_json::json!([]));
}

#[tokio::test]
async fn a_corrected_call_can_still_be_undone() {
    let app = TestApp::new().await;
    let agent = app.signed_in("Agent").await;
    add_lead(&app, 1, ASSIGNED, Some(1)).await;
    let id = log(&app, &[("call[lead_status]", "4")], &agent).await;
    correct(&app, &id, &[], &agent).await;
    assert_eq!(stored(&app, 1).await.status_id, CUSTOMER);
    assert_eq!(app.post("/api/calls/undo", &[("id", &*id)], &agent).await.status, StatusCode::OK);
    assert_eq!(stored(&app, 1).await.status_id, ASSIGNED);
    check(&app).await;
}

#[tokio::test]
async fn without_scripts_the_form_comes_back() {
    let app = TestApp::new().await;
    let agent = app.signed_in("Agent").await;
    add_lead(&app, 1, ASSIGNED, Some(1)).await;
    let id = log(&app, &[], &agent).await;
    let head = [("id", &*id), ("place", "tasks"), ("lead", "1"), ("call[status]", "busy")];
    let wrong = [&head[..], &[("call[duration]", "soon"), ("call[note]", "twice")]].concat();
    let location = app.post_plain(CORRECT, &wrong, &agent).await.header(header::LOCATION).to_owned();
    assert!(
        location.starts_with("/leads/1?from=tasks&form=correct-1&call=") && location.ends_with("#correct-1"),
        "{location}"
    );
    let page = app.page(location.split('#').next().unwrap(), &agent).await.body;
    for part in ["<details id=\"correct-1\" open", "Duration is seconds", ">twice</textarea>"] {
        assert!(page.contains(part), "{part}: {page}");
    }
    let answer = app.post_plain(CORRECT, &head, &agent).await;
    assert_eq!(answer.header(header::LOCATION), "/leads/1?from=tasks&corrected=1#timeline");
    assert!(app.page("/leads/1?from=tasks&corrected=1", &agent).await.body.contains("The call was corrected."));
}

#[tokio::test]
async fn a_call_of_today_can_be_put_right_whoever_has_the_lead() {
    let app = TestApp::new().await;
    let agent = app.signed_in("Agent").await;
    app.user("other@example.com", "Agent", 5).await;
    add_lead(&app, 1, ASSIGNED, Some(1)).await;
    let today = async || app.get("/api/calls/today", &agent).await.json()["calls"].clone();
    assert_eq!(today().await, serde_json::json!([]));
    let id = log(&app, &[], &agent).await;
    assert_eq!(today().await[0]["name"], "Lead 1");

    sql(&app, "UPDATE leads SET owner_id = 2 WHERE id = 1").await;
    assert_eq!(app.page("/leads/1", &agent).await.status, StatusCode::NOT_FOUND);
    let calls = today().await;
    assert!(calls[0]["name"].is_null(), "{calls}");
    assert_eq!(calls[0]["entry"]["what"]["call"]["may_correct"], true);
    let page = app.page("/calls", &agent).await.body;
    assert!(page.contains("A lead that you may no longer see") && !page.contains("Lead 1"), "{page}");

    let answer = correct(&app, &id, &[("place", "calls"), ("call[duration]", "20")], &agent).await;
    assert_eq!(answer.status, StatusCode::OK, "{answer:?}");
    let call = today().await[0]["entry"]["what"]["call"].clone();
    assert_eq!(
        (&call["says"]["status"], &call["corrections"][0]["said"]["status"]),
        (&"called".into(), &"no_answer".into())
    );
    let other = app.sign_in("other@example.com").await;
    assert_eq!(app.get("/api/calls/today", &other).await.json()["calls"], serde_json::json!([]), "each their own");
    app.pass(15 * HOUR);
    assert_eq!(today().await, serde_json::json!([]), "a new day");
}
