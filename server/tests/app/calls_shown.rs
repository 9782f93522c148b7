//! What pages show and hear of calls.

use axum::http::{StatusCode, header};
use calliyo_app::live::LiveEvent;
use calliyo_db::follow_ups;
use calliyo_domain::status::{ASSIGNED, FOLLOWUPS};
use futures::StreamExt as _;

use crate::{
    calls::{LOG, add_lead},
    support::{TestApp, sql},
};

const HOUR: i64 = 3_600_000;

/// A call that is refused where its lead isn't shown any more: who posted it is told so, with what was typed.
#[tokio::test]
async fn without_scripts_what_was_typed_outlives_its_lead() {
    let app = TestApp::new().await;
    let agent = app.signed_in("Agent").await;
    add_lead(&app, 1, ASSIGNED, Some(1)).await;
    add_lead(&app, 2, ASSIGNED, Some(1)).await;
    assert!(app.page("/dashboard", &agent).await.body.contains(r#"name="call[lead_name]" value="Lead 2""#));
    let post = async |place: &str, duration: &str| {
        let form = [
            ("id", "2"),
            ("place", place),
            ("call[status]", "called"),
            ("call[duration]", duration),
            ("call[note]", "wants <b>two</b>"),
            ("call[lead_name]", "Lead 2"),
        ];
        let location = app.post_plain(LOG, &form, &agent).await.header(header::LOCATION).to_owned();
        let page = app.page(location.split('#').next().unwrap(), &agent).await;
        assert_eq!(page.status, StatusCode::OK, "{location}");
        (location, page.body.replace("<!>", ""))
    };
    let beside = ["Your call with <b>Lead 2</b> was not logged.", "<blockquote>wants &lt;b>two&lt;/b></blockquote>"];
    let says = |page: &str| beside.map(|part| page.replace("&gt;", ">").contains(part));

    let (_, own) = post("dashboard", "soon").await;
    assert!(own.contains("Next: <a href=\"/leads/2\">Lead 2</a>") && says(&own) == [false; 2], "{own}");
    app.post(LOG, &[("id", "2"), ("call[status]", "called")], &agent).await;
    let (location, other) = post("dashboard", "soon").await;
    assert!(location.starts_with("/dashboard?call_on=2&") && location.ends_with("#log-call"), "{location}");
    assert!(other.contains("Next: <a href=\"/leads/1\">Lead 1</a>") && says(&other) == [true; 2], "{other}");
    assert!(other.contains("Duration is seconds") && other.contains("duration soon"), "{other}");
    assert!(other.contains(r#"href="/leads/2?call_on=2&amp;call="#), "{other}");

    sql(&app, "UPDATE leads SET owner_id = NULL, assigned_at = NULL, status_id = 1 WHERE id = 2").await;
    for (place, to) in [("dashboard", "/dashboard?"), ("lead", "/dashboard?"), ("tasks", "/tasks?")] {
        let (location, page) = post(place, "2:30").await;
        assert!(location.starts_with(to), "{location}");
        assert!(says(&page) == [true; 2] && page.contains("no longer assigned to you"), "{place}: {page}");
    }
}

/// The tasks are in the order of what is agreed on: whoever has them open elsewhere hears when that changes.
#[tokio::test]
async fn what_a_call_agrees_on_or_resolves_moves_its_lead() {
    let app = TestApp::new().await;
    let agent = app.signed_in("Agent").await;
    add_lead(&app, 1, FOLLOWUPS, Some(1)).await;
    let mut stream = app.open("/live", &agent).await.into_body().into_data_stream();
    let log = |status, at| [("id", "1"), ("call[status]", status), ("call[follow_up]", at)];
    let undo = ("/api/calls/undo", vec![]);
    for ((path, form), moves) in [
        ((LOG, log("busy", "").to_vec()), false),
        ((LOG, log("rescheduled", "2026-05-11T18:00").to_vec()), true),
        (undo.clone(), true),
        ((LOG, log("rescheduled", "2026-05-11T18:00").to_vec()), true),
        ((LOG, log("no_answer", "").to_vec()), true),
        (undo.clone(), true),
        ((LOG, log("rescheduled", "2026-05-12T18:00").to_vec()), true),
        ((LOG, log("no_answer", "").to_vec()), false),
        (undo, false),
    ] {
        assert_eq!(app.post(path, &form, &agent).await.status, StatusCode::OK, "{form:?}");
        // Everybody hears of the pipeline: it comes after whatever was heard before.
        app.services.hub.hear(LiveEvent::Statuses);
        let mut heard = String::new();
        while !heard.contains("statuses") {
            heard.push_str(&String::from_utf8_lossy(&stream.next().await.unwrap().unwrap()));
        }
        assert_eq!(heard.contains(r#""kind":"leads_of""#), moves, "{path} {form:?}: {heard}");
    }
}

#[tokio::test]
async fn a_call_has_one_time_wherever_it_is_shown_and_the_newest_is_first() {
    let app = TestApp::new().await;
    let agent = app.signed_in("Agent").await;
    add_lead(&app, 1, ASSIGNED, Some(1)).await;
    add_lead(&app, 2, ASSIGNED, Some(1)).await;
    let log = async |id, duration| {
        app.post(LOG, &[("id", id), ("call[status]", "no_answer"), ("call[duration]", duration)], &agent).await;
        app.services.clock.now()
    };
    let first = log("1", "").await;
    app.pass(60_000);
    // It began before the first.
    let second = log("2", "30:00").await;
    let ends: Vec<_> = app.get("/api/calls/today", &agent).await.json()["calls"]
        .as_array()
        .unwrap()
        .iter()
        .map(|call| call["entry"]["at"]["at"].as_i64().unwrap())
        .collect();
    assert_eq!(ends, [second, first]);
    app.pass(HOUR);
    let next = app.get("/api/dashboard", &agent).await.json()["agent"]["next"].clone();
    assert_eq!((&next["id"], &next["last"]["at"]["at"]), (&2.into(), &second.into()));
}

#[tokio::test]
async fn an_open_page_is_read_again_when_the_day_is_over_or_the_next_call_due() {
    let app = TestApp::new().await;
    let agent = app.signed_in("Agent").await;
    add_lead(&app, 1, FOLLOWUPS, Some(1)).await;
    let read = async || app.get("/api/lead?id=1", &agent).await.json();
    let midnight = app.services.clock.now() + 15 * HOUR;
    let lead = read().await;
    assert_eq!((&lead["changes_at"], &lead["call"]["follow_up"]), (&midnight.into(), &"2026-05-12T10:00".into()));
    app.pass(15 * HOUR);
    let lead = read().await;
    assert_eq!(
        (&lead["changes_at"], &lead["call"]["follow_up"]),
        (&(midnight + 24 * HOUR).into(), &"2026-05-13T10:00".into())
    );
    let due = app.services.clock.now() + HOUR;
    follow_up(&app, 1, due).await;
    assert_eq!(read().await["changes_at"], due);
    app.pass(HOUR + 1);
    let lead = read().await;
    assert_eq!((&lead["changes_at"], &lead["follow_up"]["overdue"]), (&(midnight + 24 * HOUR).into(), &true.into()));
}

async fn follow_up(app: &TestApp, lead: i64, due: i64) {
    let mut tx = app.services.db.write().await.unwrap();
    follow_ups::add(&mut tx, lead, 1, due, 1, None).await.unwrap();
    tx.commit().await.unwrap();
}
