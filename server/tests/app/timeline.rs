use std::collections::BTreeSet;

use calliyo_db::{calls, follow_ups, lead_notes};
use calliyo_domain::{
    call::{CallStatus, Direction, Record},
    status::{ASSIGNED, CUSTOMER},
};
use serde_json::Value;

use crate::{
    calls::add_lead,
    support::{ASSIGNMENT, RUN, TestApp, execute, sql},
};

const HOUR: i64 = 3_600_000;

/// 120 calls, follow-ups, notes and edits each, in turn, beside the three events that the lead came with.
async fn fill(app: &TestApp, lead: i64) {
    let now = app.services.clock.now();
    let call =
        Record { status: CallStatus::Busy, direction: Direction::Outgoing, duration_seconds: 30, note: String::new() };
    let mut tx = app.services.db.write().await.unwrap();
    for n in 1..=120 {
        let at = now - HOUR + n * 20_000;
        calls::add(&mut tx, lead, 1, at - 30_000, &call).await.unwrap();
        follow_ups::add(&mut tx, lead, 1, now + n, at + 1, None).await.unwrap();
        lead_notes::add(&mut tx, lead, 1, at + 2, &format!("Note {n}")).await.unwrap();
        let at = at + 3;
        let event = "INSERT INTO lead_events (lead_id, at, from_status_id, to_status_id, why)";
        execute(&mut tx, format!("{event} VALUES ({lead}, {at}, 2, 2, 'Edited')")).await;
    }
    tx.commit().await.unwrap();
}

/// Each entry: its time and what tells it from the others.
fn entries(page: &Value) -> Vec<(i64, String)> {
    let entries = page["timeline"].as_array().unwrap().iter();
    let kind = |entry: &Value| entry["what"].as_object().unwrap().keys().next().unwrap().clone();
    entries.map(|entry| (entry["at"]["at"].as_i64().unwrap(), format!("{} {}", kind(entry), entry["id"]))).collect()
}

#[tokio::test]
async fn older_entries_follow_without_a_gap() {
    let app = TestApp::new().await;
    let agent = app.signed_in("Agent").await;
    add_lead(&app, 1, CUSTOMER, Some(1)).await;
    fill(&app, 1).await;
    let all = entries(&app.get("/api/lead?id=1&shown=5000", &agent).await.json());
    assert_eq!(all.len(), 4 * 120 + 3);
    assert!(all.is_sorted_by(|a, b| a.0 >= b.0), "newest first");
    assert_eq!(all.iter().map(|(_, name)| name).collect::<BTreeSet<_>>().len(), all.len(), "each once");
    for (shown, expected) in
        [("", 100), ("&shown=0", 100), ("&shown=-9", 100), ("&shown=300", 300), ("&shown=483", 483)]
    {
        for read in ["/api/lead?id=1", "/api/customers/one?id=1"] {
            let page = app.get(&format!("{read}{shown}"), &agent).await.json();
            assert_eq!(entries(&page), all[..expected], "{read}{shown}");
            assert_eq!(page["older"], expected < all.len(), "{read}{shown}");
        }
    }
    assert_eq!(entries(&app.get("/api/lead?id=1&shown=999999", &agent).await.json()).len(), all.len());
}

#[tokio::test]
async fn a_link_leads_to_older_entries() {
    let app = TestApp::new().await;
    let agent = app.signed_in("Agent").await;
    add_lead(&app, 1, CUSTOMER, Some(1)).await;
    fill(&app, 1).await;
    for (page, next) in [
        ("/leads/1", Some("/leads/1?shown=300#timeline-")),
        ("/leads/1?from=tasks", Some("/leads/1?from=tasks&amp;shown=300#timeline-")),
        ("/leads/1?from=tasks&shown=300", Some("/leads/1?from=tasks&amp;shown=500#timeline-")),
        ("/leads/1?shown=soon", Some("/leads/1?shown=300#timeline-")),
        ("/leads/1?shown=500", None),
        ("/customers/1", Some("/customers/1?shown=300#timeline-")),
        ("/customers/1?shown=500", None),
    ] {
        let body = app.page(page, &agent).await.body;
        assert_eq!(body.contains("Show older"), next.is_some(), "{page}");
        if let Some(next) = next {
            assert!(body.contains(&format!("href=\"{next}")), "{page}: {body}");
            let place = body.split(next).nth(1).unwrap().split('"').next().unwrap();
            assert!(body.contains(&format!("id=\"timeline-{place}\"")), "{page} has no {place}");
        }
    }
}

#[tokio::test]
async fn corrections_come_with_the_calls_that_are_shown() {
    let app = TestApp::new().await;
    let agent = app.signed_in("Agent").await;
    add_lead(&app, 1, ASSIGNED, Some(1)).await;
    fill(&app, 1).await;
    sql(
        &app,
        "INSERT INTO call_corrections (call_id, at, user_id, direction, status, duration_seconds, note) \
         SELECT id, 1, 1, 'outgoing', 'missed', 0, 'said of ' || id FROM calls",
    )
    .await;
    let page = app.get("/api/lead?id=1", &agent).await.json();
    let calls: Vec<&Value> =
        page["timeline"].as_array().unwrap().iter().filter(|entry| entry["what"]["call"].is_object()).collect();
    assert_eq!(calls.len(), 25);
    for call in calls {
        let corrections = call["what"]["call"]["corrections"].as_array().unwrap();
        assert_eq!(corrections.len(), 1);
        assert_eq!(corrections[0]["said"]["note"], format!("said of {}", call["id"]));
    }
}

#[tokio::test]
async fn a_run_is_called_by_its_job_as_long_as_it_is_kept() {
    let app = TestApp::new().await;
    let admin = app.signed_in("Company Admin").await;
    add_lead(&app, 1, ASSIGNED, Some(1)).await;
    let run = app.post(RUN, &ASSIGNMENT, &admin).await.json()["started"]["run"].as_i64().unwrap();
    let mut tx = app.services.db.write().await.unwrap();
    for run in [run, 4711] {
        let event = "INSERT INTO lead_events (lead_id, at, run_id, from_status_id, to_status_id, why)";
        execute(&mut tx, format!("{event} VALUES (1, 9, {run}, 2, 2, 'Moved')")).await;
    }
    tx.commit().await.unwrap();
    let page = app.page("/leads/1", &admin).await.body;
    for part in [format!("Auto lead assignment, run {run}<"), "Run 4711<".to_owned()] {
        assert!(page.contains(&part), "{part}: {page}");
    }
}
