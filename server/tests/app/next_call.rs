use axum::http::{StatusCode, header};
use calliyo_db::follow_ups;
use calliyo_domain::status::{ASSIGNED, CUSTOMER, FOLLOWUPS, UNASSIGNED};
use futures::StreamExt as _;
use serde_json::Value;

use crate::{
    calls::{LOG, add_lead, check, events, stored},
    support::{Answer, NOTHING, TestApp},
};

pub const NEXT: &str = "/api/leads/next-call";

const DROP: (&str, &str) = ("drop", "true");
const TUESDAY: (&str, &str) = ("follow_up", "2026-05-12T10:00");
const FRIDAY: (&str, &str) = ("follow_up", "2026-05-15T16:30");

/// By somebody who sees what stands.
async fn set(app: &TestApp, id: &str, wish: (&str, &str), cookie: &str) -> Answer {
    app.post(NEXT, &[("id", id), ("seen", &seen(app, id).await), wish], cookie).await
}

/// The next call that the lead's page shows.
async fn seen(app: &TestApp, id: &str) -> String {
    open(app, id.parse().unwrap()).await.first().map(ToString::to_string).unwrap_or_default()
}

/// When the lead's open follow-ups are due.
async fn open(app: &TestApp, id: i64) -> Vec<i64> {
    follow_ups::open(&mut app.services.db.read().await.unwrap(), id).await.unwrap()
}

async fn read(app: &TestApp, id: i64, cookie: &str) -> Value {
    app.get(&format!("/api/lead?id={id}"), cookie).await.json()
}

/// Each follow-up of the timeline: when it is due, and what became of it.
fn agreed(lead: &Value) -> Vec<(String, String)> {
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let entries = lead["timeline"].as_array().unwrap().iter().map(|entry| &entry["what"]["follow_up"]);
    entries.filter(|entry| entry.is_object()).map(|f| (text(&f["due"]["text"]), text(&f["ended"]["how"]))).collect()
}

fn as_text(pairs: &[(&str, &str)]) -> Vec<(String, String)> {
    pairs.iter().map(|(due, how)| ((*due).to_owned(), (*how).to_owned())).collect()
}

#[tokio::test]
async fn it_is_set_moved_and_dropped_without_a_call() {
    let app = TestApp::new().await;
    let (agent, manager) = (app.signed_in("Agent").await, app.signed_in("Manager").await);
    add_lead(&app, 1, ASSIGNED, Some(1)).await;
    let answer = set(&app, "1", TUESDAY, &agent).await;
    assert_eq!(answer.status, StatusCode::OK, "{answer:?}");
    assert_eq!(answer.json()["said"], "Next call with Lead 1: 2026-05-12 10:00 IST.");
    let lead = read(&app, 1, &agent).await;
    assert_eq!((stored(&app, 1).await.status_id, events(&app, 1).await), (FOLLOWUPS, 3));
    assert_eq!(lead["follow_up"]["due"]["text"], "2026-05-12 10:00 IST");
    assert_eq!(answer.json()["due"], lead["follow_up"]["due"]["at"]);
    let moved =
        lead["timeline"].as_array().unwrap().iter().find(|entry| entry["what"]["change"]["why"] == "Next call agreed");
    assert_eq!(moved.unwrap()["by"]["person"], "agent");

    app.pass(1000);
    let before = stored(&app, 1).await;
    assert_eq!(set(&app, "1", FRIDAY, &manager).await.status, StatusCode::OK);
    let lead = read(&app, 1, &agent).await;
    let texts = ["2026-05-15 16:30 IST", "2026-05-12 10:00 IST"];
    assert_eq!(agreed(&lead), as_text(&[(texts[0], ""), (texts[1], "moved")]));
    assert_eq!(events(&app, 1).await, 3, "no event without a change");
    let after = stored(&app, 1).await;
    assert_eq!((after.status_id, after.version), (FOLLOWUPS, before.version + 1));

    app.pass(1000);
    let answer = set(&app, "1", DROP, &agent).await.json();
    assert_eq!(answer["said"], "No call is agreed on with Lead 1 any more.");
    assert!(answer["due"].is_null());
    let lead = read(&app, 1, &agent).await;
    assert_eq!(agreed(&lead), as_text(&[(texts[0], "dropped"), (texts[1], "moved")]));
    assert!(lead["follow_up"].is_null());
    assert_eq!((stored(&app, 1).await.status_id, events(&app, 1).await), (FOLLOWUPS, 3), "the status stays");
    assert_eq!(app.get("/api/dashboard", &agent).await.json()["agent"]["calls"], 0, "no call was made");

    app.pass(1000);
    set(&app, "1", FRIDAY, &agent).await;
    app.post(LOG, &[("id", "1"), ("call[status]", "rescheduled"), ("call[follow_up]", "2026-05-18T10:00")], &agent)
        .await;
    let last = ("2026-05-18 10:00 IST", "");
    assert_eq!(agreed(&read(&app, 1, &agent).await)[..2], as_text(&[last, (texts[0], "done")]));
    let page = app.page("/leads/1", &agent).await.body;
    for part in ["moved", "dropped", "done"] {
        assert!(page.contains(&format!(", {part} ")), "{part}: {page}");
    }
    check(&app).await;
}

#[tokio::test]
async fn what_can_not_be_is_refused_and_nothing_is_written() {
    let app = TestApp::new().await;
    let (agent, manager) = (app.signed_in("Agent").await, app.signed_in("Manager").await);
    add_lead(&app, 1, ASSIGNED, Some(1)).await;
    add_lead(&app, 2, UNASSIGNED, None).await;
    add_lead(&app, 3, CUSTOMER, Some(1)).await;
    let before = stored(&app, 1).await;
    for (typed, said) in [
        ("", "Give the date and time of the next call."),
        ("soon", "Give the date and time of the next call."),
        ("2026-05-11T08:59", "The next call must be ahead: choose a later time."),
    ] {
        let answer = set(&app, "1", ("follow_up", typed), &agent).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
        let invalid = &answer.json()["invalid"];
        assert_eq!((&invalid["field"], &invalid["message"]), (&"follow_up".into(), &said.into()), "{typed:?}");
    }
    let invalid = set(&app, "1", DROP, &agent).await.json()["invalid"].clone();
    assert_eq!(invalid["message"], "No call is agreed on with this lead. Nothing was changed.");
    let invalid = set(&app, "2", TUESDAY, &manager).await.json()["invalid"].clone();
    assert!(invalid["message"].as_str().unwrap().starts_with("Nobody owns this lead"), "{invalid}");
    assert_eq!((stored(&app, 1).await, stored(&app, 2).await.version), (before, 1));
    assert_eq!((open(&app, 1).await, open(&app, 2).await), (vec![], vec![]));

    assert_eq!(set(&app, "3", TUESDAY, &agent).await.status, StatusCode::OK);
    assert_eq!(stored(&app, 3).await.status_id, CUSTOMER, "a customer stays one");
    let invalid = set(&app, "3", TUESDAY, &agent).await.json()["invalid"].clone();
    assert_eq!(invalid["message"], "That is the next call already. Nothing was changed.");
    check(&app).await;
}

#[tokio::test]
async fn what_another_agreed_on_meanwhile_stays() {
    let app = TestApp::new().await;
    let (agent, manager) = (app.signed_in("Agent").await, app.signed_in("Manager").await);
    add_lead(&app, 1, ASSIGNED, Some(1)).await;
    set(&app, "1", TUESDAY, &agent).await;
    let tuesday = seen(&app, "1").await;
    set(&app, "1", FRIDAY, &manager).await;
    let before = (stored(&app, 1).await, open(&app, 1).await);
    for (seen, wish) in [(tuesday.as_str(), DROP), ("", TUESDAY), ("x", DROP)] {
        let answer = app.post(NEXT, &[("id", "1"), ("seen", seen), wish], &agent).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{answer:?}");
        assert!(answer.body.contains("The next call was changed meanwhile"), "{answer:?}");
    }
    assert_eq!((stored(&app, 1).await, open(&app, 1).await), before);
}

#[tokio::test]
async fn who_may_not_see_the_lead_finds_none() {
    let app = TestApp::new().await;
    let agent = app.signed_in("Agent").await;
    let other = app.user("other@example.com", "Agent", 5).await;
    add_lead(&app, 1, ASSIGNED, Some(other)).await;
    add_lead(&app, 2, UNASSIGNED, None).await;
    for id in ["1", "2", "99"] {
        for wish in [TUESDAY, DROP, ("follow_up", "soon")] {
            let answer = set(&app, id, wish, &agent).await;
            assert_eq!((answer.status, answer.body.as_str()), (StatusCode::NOT_FOUND, "\"not_found\""), "lead {id}");
        }
    }
    assert_eq!(set(&app, "1", TUESDAY, "").await.body, "\"signed_out\"");
    assert_eq!((open(&app, 1).await, open(&app, 2).await), (vec![], vec![]));
}

#[tokio::test]
async fn a_call_logged_before_is_not_undone_any_more() {
    let app = TestApp::new().await;
    let agent = app.signed_in("Agent").await;
    add_lead(&app, 1, ASSIGNED, Some(1)).await;
    for wish in [FRIDAY, DROP] {
        app.post(LOG, &[("id", "1"), ("call[status]", "follow_up"), ("call[follow_up]", TUESDAY.1)], &agent).await;
        assert_eq!(set(&app, "1", wish, &agent).await.status, StatusCode::OK);
        let before = (stored(&app, 1).await, open(&app, 1).await);
        let refused = app.post("/api/calls/undo", &NOTHING, &agent).await.json();
        assert_eq!(refused["invalid"]["message"], "The lead has changed since the call was logged, so the call stays.");
        assert_eq!((stored(&app, 1).await, open(&app, 1).await), before, "nothing was changed");
        app.pass(1000);
    }
    check(&app).await;
}

#[tokio::test]
async fn the_owner_hears_of_it() {
    let app = TestApp::new().await;
    let (agent, manager) = (app.signed_in("Agent").await, app.signed_in("Manager").await);
    add_lead(&app, 1, FOLLOWUPS, Some(1)).await;
    let mut stream = app.open("/live", &agent).await.into_body().into_data_stream();
    for wish in [TUESDAY, DROP] {
        assert_eq!(set(&app, "1", wish, &manager).await.status, StatusCode::OK);
        // The day and the list of tasks are told apart.
        let mut heard = String::new();
        while ![r#""kind":"calls""#, r#""kind":"leads_of""#].iter().all(|kind| heard.contains(kind)) {
            heard.push_str(&String::from_utf8_lossy(&stream.next().await.unwrap().unwrap()));
        }
    }
}

#[tokio::test]
async fn without_scripts_the_form_comes_back() {
    let app = TestApp::new().await;
    let agent = app.signed_in("Agent").await;
    add_lead(&app, 1, ASSIGNED, Some(1)).await;
    let past = [("id", "1"), ("place", "tasks"), ("follow_up", "2026-05-11T08:00")];
    let location = app.post_plain(NEXT, &past, &agent).await.header(header::LOCATION).to_owned();
    assert!(
        location.starts_with("/leads/1?from=tasks&form=next-call&follow_up=2026-05-11T08%3A00&problem="),
        "{location}"
    );
    let page = app.page(location.split('#').next().unwrap(), &agent).await.body;
    for part in ["The next call must be ahead", "value=\"2026-05-11T08:00\""] {
        assert!(page.contains(part), "{part}: {page}");
    }
    assert!(!page.contains("Cancel the next call"), "there is none to drop");
    for (wish, place, to, said) in [
        (TUESDAY, "lead", "/leads/1?next_call=set", "The next call is agreed on."),
        (DROP, "tasks", "/leads/1?from=tasks&next_call=dropped", "No call is agreed on any more."),
    ] {
        let shown = seen(&app, "1").await;
        let answer = app.post_plain(NEXT, &[("id", "1"), ("place", place), ("seen", &shown), wish], &agent).await;
        assert_eq!(answer.header(header::LOCATION), format!("{to}#next-call"));
        let page = app.page(to, &agent).await.body;
        assert!(page.contains(said), "{said}: {page}");
        assert_eq!(page.contains("Cancel the next call"), wish == TUESDAY);
    }
}
