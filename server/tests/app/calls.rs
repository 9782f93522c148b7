use axum::http::{StatusCode, header};
use calliyo_db::{
    demo::{self, DemoLead},
    follow_ups,
    lead_changes::{self, Lead},
};
use calliyo_domain::status::{ASSIGNED, CUSTOMER, FOLLOWUPS, UNASSIGNED};

use crate::support::TestApp;

pub const LOG: &str = "/api/calls/log";

const INTERESTED: i64 = 5;
const HOUR: i64 = 3_600_000;

/// Adds a lead that took its status an hour ago.
pub async fn add_lead(app: &TestApp, id: i64, status: i64, owner: Option<i64>) {
    let since = app.services.clock.now() - HOUR - id;
    let lead = DemoLead {
        id,
        first_name: format!("Lead {id}"),
        last_name: String::new(),
        phone: format!("+1872555{id:04}"),
        email: String::new(),
        tag: "tag".to_owned(),
        status,
        since,
        owner,
        created_at: since - HOUR,
        assigned_at: owner.map(|_| since - 1000),
    };
    let mut tx = app.services.db.write().await.unwrap();
    demo::add_leads(&mut tx, &[lead]).await.unwrap();
    tx.commit().await.unwrap();
}

pub async fn stored(app: &TestApp, id: i64) -> Lead {
    lead_changes::by_id(&mut app.services.db.read().await.unwrap(), id).await.unwrap().unwrap()
}

pub async fn events(app: &TestApp, id: i64) -> usize {
    lead_changes::events(&mut app.services.db.read().await.unwrap(), id, 99).await.unwrap().len()
}

pub async fn check(app: &TestApp) {
    let findings = calliyo_db::check::run(&mut app.services.db.read().await.unwrap()).await.unwrap();
    assert!(findings.iter().all(|finding| finding.broken == 0), "{findings:?}");
}

#[tokio::test]
async fn a_call_that_is_sent_again_is_logged_once() {
    let app = TestApp::new().await;
    let agent = app.signed_in("Agent").await;
    add_lead(&app, 1, ASSIGNED, Some(1)).await;
    let log = async |once: &str| {
        let form = [("id", "1"), ("call[status]", "busy"), ("call[note]", "line engaged"), ("call[once]", once)];
        app.post(LOG, &form, &agent).await.json()
    };
    let first = log("3fd1").await;
    let before = stored(&app, 1).await;
    let again = log("3fd1").await;
    assert_eq!((&again["call"], &again["lead"]), (&first["call"], &1.into()));
    assert_eq!(again["said"], "Logged: Busy for Lead 1.");
    assert_eq!(stored(&app, 1).await, before, "nothing was changed");
    // What has no name can't be told from a second call; odd names are none.
    let mut calls = vec![first["call"].to_string()];
    for once in ["3fd2", "", "", "\0", "a'b", "a'b"] {
        calls.push(log(once).await["call"].to_string());
    }
    calls.dedup();
    assert_eq!(calls.len(), 7);
    check(&app).await;
}

#[tokio::test]
async fn agents_log_on_their_own_leads_and_managers_on_any() {
    let app = TestApp::new().await;
    let (agent, manager) = (app.signed_in("Agent").await, app.signed_in("Manager").await);
    let other = app.user("other@example.com", "Agent", 5).await;
    add_lead(&app, 1, ASSIGNED, Some(1)).await;
    add_lead(&app, 2, ASSIGNED, Some(other)).await;
    add_lead(&app, 3, UNASSIGNED, None).await;
    let log = async |id: &str, cookie: &str| app.post(LOG, &[("id", id), ("call[status]", "busy")], cookie).await;
    for id in ["2", "3", "99"] {
        let answer = log(id, &agent).await;
        assert_eq!((answer.status, answer.body.as_str()), (StatusCode::NOT_FOUND, "\"not_found\""), "lead {id}");
        assert_eq!(app.get(&format!("/api/lead?id={id}"), &agent).await.body, "\"not_found\"");
        assert_eq!(app.page(&format!("/leads/{id}"), &agent).await.status, StatusCode::NOT_FOUND);
    }
    assert_eq!(log("1", &agent).await.status, StatusCode::OK);
    for id in ["1", "2", "3"] {
        assert_eq!(log(id, &manager).await.status, StatusCode::OK, "lead {id}");
        assert_eq!(app.page(&format!("/leads/{id}"), &manager).await.status, StatusCode::OK);
    }
    assert_eq!(log("99", &manager).await.body, "\"not_found\"");
    assert_eq!(app.page("/leads/nonsense", &manager).await.status, StatusCode::NOT_FOUND);
    assert_eq!(log("1", "").await.body, "\"signed_out\"");
    check(&app).await;
}

#[tokio::test]
async fn who_is_banned_or_works_with_no_leads_logs_nothing() {
    let app = TestApp::new().await;
    let agent = app.signed_in("Agent").await;
    add_lead(&app, 1, ASSIGNED, Some(1)).await;
    let mut tx = app.services.db.write().await.unwrap();
    let calliyo_db::Tx::Sqlite(conn) = &mut tx else { panic!("SQLite") };
    sqlx::query("UPDATE users SET banned = 1 WHERE id = 1").execute(&mut **conn).await.unwrap();
    sqlx::query(
        "INSERT INTO roles (id, name, management, tasks, reports, users, settings) VALUES (9, 'Reader', 0, 0, 1, 0, 0)",
    )
    .execute(&mut **conn)
    .await
    .unwrap();
    tx.commit().await.unwrap();
    let reader = app.signed_in("Reader").await;
    let form = [("id", "1"), ("call[status]", "busy")];
    assert_eq!(app.post(LOG, &form, &agent).await.body, "\"signed_out\"");
    assert_eq!(app.post(LOG, &form, &reader).await.body, "\"forbidden\"");
    assert_eq!(app.get("/api/dashboard", &reader).await.body, "\"forbidden\"");
    assert_eq!(app.page("/dashboard", &reader).await.status, StatusCode::FORBIDDEN);
    assert_eq!(app.get("/api/tasks", &reader).await.body, "\"forbidden\"");
    assert_eq!(events(&app, 1).await, 2);
}

#[tokio::test]
async fn busy_changes_nothing_and_a_follow_up_moves_the_lead() {
    let app = TestApp::new().await;
    let agent = app.signed_in("Agent").await;
    add_lead(&app, 1, ASSIGNED, Some(1)).await;
    let before = stored(&app, 1).await;
    app.post(LOG, &[("id", "1"), ("call[status]", "no_answer")], &agent).await;
    let after = stored(&app, 1).await;
    assert_eq!((after.status_id, after.status_since), (ASSIGNED, before.status_since));
    assert!(after.version > before.version, "a plan made before must leave it alone");
    assert_eq!(events(&app, 1).await, 2, "no event without a change");

    let past = [("id", "1"), ("call[status]", "follow_up"), ("call[follow_up]", "2026-05-11T08:00")];
    assert_eq!(app.post(LOG, &past, &agent).await.json()["invalid"]["field"], "follow_up");
    assert_eq!(stored(&app, 1).await, after, "nothing was changed");
    let said = app.post(LOG, &[("id", "1"), ("call[status]", "follow_up")], &agent).await.json();
    assert_eq!(said["said"], "Logged: Follow up for Lead 1, next call 2026-05-12 10:00 IST.");
    assert_eq!(stored(&app, 1).await.status_id, FOLLOWUPS);
    assert_eq!(events(&app, 1).await, 3);
    let lead = app.get("/api/lead?id=1", &agent).await.json();
    assert_eq!(lead["follow_up"]["due"]["text"], "2026-05-12 10:00 IST");
    let kinds: Vec<_> = lead["timeline"]
        .as_array()
        .unwrap()
        .iter()
        .map(|e| e["what"].as_object().unwrap().keys().next().unwrap().clone())
        .collect();
    assert_eq!(kinds, ["change", "call", "call", "follow_up", "change", "change"]);
    check(&app).await;
}

#[tokio::test]
async fn a_call_resolves_what_is_due_that_day() {
    let app = TestApp::new().await;
    let agent = app.signed_in("Agent").await;
    add_lead(&app, 1, FOLLOWUPS, Some(1)).await;
    add_lead(&app, 2, FOLLOWUPS, Some(1)).await;
    let midnight = app.services.clock.now() + 15 * HOUR;
    let mut tx = app.services.db.write().await.unwrap();
    follow_ups::add(&mut tx, 1, 1, midnight - 1, 1, None).await.unwrap();
    follow_ups::add(&mut tx, 2, 1, midnight, 1, None).await.unwrap();
    tx.commit().await.unwrap();
    for id in ["1", "2"] {
        app.post(LOG, &[("id", id), ("call[status]", "busy")], &agent).await;
    }
    let open = async |id: i64| app.get(&format!("/api/lead?id={id}"), &agent).await.json()["follow_up"].clone();
    assert!(open(1).await.is_null(), "due today");
    assert!(!open(2).await.is_null(), "due at midnight, which is tomorrow");
    app.post(LOG, &[("id", "2"), ("call[status]", "rescheduled"), ("call[follow_up]", "2026-05-14T16:30")], &agent)
        .await;
    assert_eq!(open(2).await["due"]["text"], "2026-05-14 16:30 IST", "the new date stands in place of the old");
}

#[tokio::test]
async fn customers_are_converted_and_back_and_managers_take_leads_away() {
    let app = TestApp::new().await;
    let (agent, manager) = (app.signed_in("Agent").await, app.signed_in("Manager").await);
    add_lead(&app, 1, INTERESTED, Some(1)).await;
    let log = async |status: &str, cookie: &str| {
        app.post(
            LOG,
            &[("id", "1"), ("call[status]", "called"), ("call[lead_status]", status), ("call[duration]", "2:30")],
            cookie,
        )
        .await
    };
    assert_eq!(log("4", &agent).await.status, StatusCode::OK);
    let customer = stored(&app, 1).await;
    assert_eq!((customer.status_id, customer.converter_id), (CUSTOMER, Some(1)));
    assert_eq!(customer.converted_at, Some(app.services.clock.now()));
    assert_eq!(log("5", &agent).await.status, StatusCode::OK);
    let back = stored(&app, 1).await;
    assert_eq!((back.status_id, back.converter_id, back.converted_at), (INTERESTED, None, None));
    assert_eq!(log("1", &agent).await.json()["invalid"]["field"], "lead_status");
    assert_eq!(log("77", &agent).await.json()["invalid"]["field"], "lead_status");
    assert_eq!(log("1", &manager).await.status, StatusCode::OK);
    let taken = stored(&app, 1).await;
    assert_eq!((taken.status_id, taken.owner_id), (UNASSIGNED, None));
    assert_eq!(log("5", &manager).await.json()["invalid"]["field"], "lead_status", "nobody owns it");
    assert_eq!(log("1", &agent).await.body, "\"not_found\"", "it is no longer theirs");
    check(&app).await;
}

#[tokio::test]
async fn a_page_that_is_behind_takes_no_customer_away() {
    let app = TestApp::new().await;
    let agent = app.signed_in("Agent").await;
    add_lead(&app, 1, INTERESTED, Some(1)).await;
    let log = async |form: &[(&str, &str)]| {
        app.post(LOG, &[&[("id", "1"), ("call[status]", "called")], form].concat(), &agent).await
    };
    assert!(app.get("/leads/1", &agent).await.body.contains(r#"name="call[seen_status]" value="5""#));
    assert_eq!(log(&[("call[lead_status]", "4"), ("call[seen_status]", "5")]).await.status, StatusCode::OK);
    let behind = log(&[("call[lead_status]", "7"), ("call[seen_status]", "5")]).await;
    assert_eq!(behind.json()["invalid"]["field"], "lead_status");
    let customer = stored(&app, 1).await;
    assert_eq!((customer.status_id, customer.converter_id), (CUSTOMER, Some(1)));
    let mut tx = app.services.db.read().await.unwrap();
    assert_eq!(calliyo_db::calls::of_agent(&mut tx, 1, 0, 9).await.unwrap().len(), 1, "nothing is half written");
    drop(tx);
    assert_eq!(log(&[("call[lead_status]", "7"), ("call[seen_status]", "4")]).await.status, StatusCode::OK);
    check(&app).await;
}

#[tokio::test]
async fn without_scripts_the_form_comes_back() {
    let app = TestApp::new().await;
    let agent = app.signed_in("Agent").await;
    add_lead(&app, 1, ASSIGNED, Some(1)).await;
    add_lead(&app, 2, ASSIGNED, Some(1)).await;
    let refused = [("id", "1"), ("place", "tasks"), ("call[note]", "rang </textarea><b>twice & went")];
    let answer = app.post_plain(LOG, &refused, &agent).await;
    let location = answer.header(header::LOCATION).to_owned();
    assert!(location.starts_with("/leads/1?from=tasks&call_on=1&call="), "{location}");
    let page = app.page(location.split('#').next().unwrap(), &agent).await;
    assert_eq!(page.status, StatusCode::OK);
    assert!(page.body.contains("Choose how the call went."), "{}", page.body);
    assert!(page.body.contains("rang &lt;/textarea>&lt;b>twice &amp; went</textarea>"), "{}", page.body);
    for (place, to) in
        [("lead", "/leads/1?logged=1"), ("dashboard", "/dashboard?logged=2"), ("tasks", "/leads/2?from=tasks&logged=3")]
    {
        let answer = app.post_plain(LOG, &[("id", "1"), ("call[status]", "busy"), ("place", place)], &agent).await;
        assert_eq!(answer.header(header::LOCATION), to);
    }
    let answer = app.post_plain(LOG, &[("id", "2"), ("call[status]", "busy"), ("place", "tasks")], &agent).await;
    assert_eq!(answer.header(header::LOCATION), "/tasks?logged=4", "everybody was called");
}
