use axum::http::{StatusCode, header};
use calliyo_db::follow_ups;
use calliyo_domain::status::{ASSIGNED, FOLLOWUPS};
use serde_json::Value;

use crate::{
    calls::{LOG, add_lead},
    support::TestApp,
};

const HOUR: i64 = 3_600_000;

fn ids(page: &Value) -> Vec<i64> {
    page["rows"].as_array().unwrap().iter().map(|row| row["id"].as_i64().unwrap()).collect()
}

#[tokio::test]
async fn tasks_by_status_time_and_words() {
    let app = TestApp::new().await;
    let agent = app.signed_in("Agent").await;
    for id in 1..=4 {
        add_lead(&app, id, if id == 4 { FOLLOWUPS } else { ASSIGNED }, Some(1)).await;
    }
    // Tomorrow, and in two hours.
    for (id, at) in [("2", "2026-05-12T10:00"), ("3", "2026-05-11T11:00")] {
        let log = [("id", id), ("call[status]", "follow_up"), ("call[follow_up]", at)];
        app.post(LOG, &log, &agent).await;
    }
    app.pass(3 * HOUR);
    for (query, expected) in [
        ("", vec![3, 4, 1, 2]),
        ("status=3", vec![3, 4, 2]),
        ("status=2", vec![1]),
        ("due=today", vec![3]),
        ("due=overdue", vec![3]),
        ("due=open", vec![4, 1]),
        ("due=later&status=3", vec![2]),
        ("q=nobody", vec![]),
        ("status=99", vec![]),
    ] {
        let page = app.get(&format!("/api/tasks?{query}"), &agent).await.json();
        assert_eq!(ids(&page), expected, "{query}");
        assert_eq!(page["problem"], Value::Null, "{query}");
        let queue: i64 = page["queue"].as_array().unwrap().iter().map(|part| part["leads"].as_i64().unwrap()).sum();
        assert_eq!(queue, 4, "{query}: the whole queue, whatever is asked for");
    }
    for (query, field) in [("status=busy", "status"), ("due=soon", "due")] {
        let page = app.get(&format!("/api/tasks?{query}"), &agent).await.json();
        assert_eq!((&page["problem"]["field"], ids(&page)), (&field.into(), vec![]), "{query}");
        let page = app.page(&format!("/tasks?{query}"), &agent).await;
        assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY, "{query}");
        assert!(page.body.contains("from the list."), "{query}");
    }
    let page = app.page("/tasks?due=later&status=2", &agent).await.body;
    assert!(page.contains("No task matches") && page.contains("Followups (3)"), "{page}");
}

/// What is due today at the same time, who waits, and what is due tomorrow: three pages, of which the first and the
/// second end in the midst of those.
#[tokio::test]
async fn tasks_by_page() {
    let app = TestApp::new().await;
    let agent = app.signed_in("Agent").await;
    for id in 1..=120 {
        add_lead(&app, id, ASSIGNED, Some(1)).await;
    }
    let now = app.services.clock.now();
    let mut tx = app.services.db.write().await.unwrap();
    for (leads, due) in [(1..=55, now + HOUR), (111..=120, now + 24 * HOUR)] {
        for lead in leads {
            follow_ups::add(&mut tx, lead, 1, due, now, None).await.unwrap();
        }
    }
    tx.commit().await.unwrap();
    let (mut seen, mut after, mut pages) = (Vec::new(), String::new(), 0);
    while pages == 0 || !after.is_empty() {
        let page = app.get(&format!("/api/tasks?after={after}"), &agent).await.json();
        seen.extend(ids(&page));
        after = page["next"].as_str().unwrap_or_default().to_owned();
        pages += 1;
    }
    let longest_first = [1..=55, 56..=110, 111..=120].into_iter().flat_map(Iterator::rev);
    assert_eq!((seen, pages), (longest_first.collect(), 3));
}

#[tokio::test]
async fn a_lead_leads_back_to_the_tasks_that_it_was_found_in() {
    let app = TestApp::new().await;
    let agent = app.signed_in("Agent").await;
    add_lead(&app, 1, ASSIGNED, Some(1)).await;
    let tasks = app.page("/tasks?status=2&q=lead", &agent).await.body;
    assert!(tasks.contains(r#"href="/leads/1?from=tasks&amp;status=2&amp;q=lead""#), "{tasks}");
    let back = |page: &str| {
        let (before, _) = page.split_once(">Back to the tasks<").unwrap();
        before[before.rfind("href=\"").unwrap() + 6..].trim_end_matches('"').replace("&amp;", "&")
    };
    for (from, to) in [
        ("from=tasks", "/tasks"),
        ("from=tasks&status=2&q=lead", "/tasks?status=2&q=lead"),
        ("from=tasks&due=//evil&next=/settings", "/tasks?due=%2F%2Fevil"),
    ] {
        let page = app.page(&format!("/leads/1?{from}"), &agent).await.body;
        assert_eq!(back(&page), to, "{from}");
    }
}

#[tokio::test]
async fn the_next_lead_is_one_of_those_that_were_asked_for() {
    let app = TestApp::new().await;
    let agent = app.signed_in("Agent").await;
    for (id, status) in [(1, 7), (2, ASSIGNED), (3, 7), (4, ASSIGNED)] {
        add_lead(&app, id, status, Some(1)).await;
    }
    let page = app.page("/leads/3?from=tasks&status=7&q=lead&after=1.0.5.6", &agent).await.body;
    for (name, value) in [("status", "7"), ("q", "lead"), ("after", "1.0.5.6")] {
        assert!(page.contains(&format!("name=\"tasks[{name}]\" value=\"{value}\"")), "{name}: {page}");
    }
    assert!(!page.contains("tasks[due]") && !app.page("/leads/3", &agent).await.body.contains("tasks["));
    let log = async |lead: &str, asked: &[(&str, &str)]| {
        let call = [("id", lead), ("place", "tasks"), ("call[status]", "busy")];
        app.post_plain(LOG, &[&call, asked].concat(), &agent).await.header(header::LOCATION).to_owned()
    };
    let busy = [("tasks[status]", "7"), ("tasks[q]", "lead")];
    assert_eq!(log("3", &busy).await, "/leads/1?from=tasks&status=7&q=lead&logged=1", "4 is older");
    let after = [&busy[..], &[("tasks[after]", "1.0.5.6")]].concat();
    assert_eq!(log("1", &after).await, "/tasks?status=7&q=lead&after=1.0.5.6&logged=2", "no other is busy");
    assert_eq!(log("1", &[]).await, "/leads/4?from=tasks&logged=3");
    assert_eq!(log("1", &[("tasks[due]", "nonsense")]).await, "/leads/4?from=tasks&due=nonsense&logged=4");
    assert_eq!(log("1", &[("tasks[due]", "later")]).await, "/tasks?due=later&logged=5");
    // Sent again, since its answer was lost.
    let once = [&busy[..], &[("call[once]", "abc")]].concat();
    let first = log("4", &once).await;
    assert_eq!(first, "/tasks?status=7&q=lead&logged=6");
    assert_eq!(log("4", &once).await, first);
    let refused = app.post_plain(LOG, &[&[("id", "2"), ("place", "tasks")], &busy[..]].concat(), &agent).await;
    let location = refused.header(header::LOCATION);
    assert!(location.starts_with("/leads/2?from=tasks&status=7&q=lead&call_on=2&call="), "{location}");
}
