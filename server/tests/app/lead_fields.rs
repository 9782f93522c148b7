use axum::http::{StatusCode, header};
use calliyo_db::check;

use crate::support::{Answer, TestApp, execute};

const ADD: &str = "/api/leads/add";
const EDIT: &str = "/api/lead/edit";

/// What somebody types about a lead, with some of it replaced or added.
fn form<'a>(changes: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a str)> {
    let fields = [
        ("lead[first_name]", "Asha"),
        ("lead[last_name]", "Rao"),
        ("lead[phone]", "98765 43210"),
        ("lead[email]", "asha@example.com"),
        ("lead[tags]", "web; hot"),
        ("lead[source]", "Added by hand"),
    ];
    let kept = fields.into_iter().filter(|(name, _)| !changes.iter().any(|(changed, _)| changed == name));
    kept.chain(changes.iter().copied()).collect()
}

async fn add(app: &TestApp, changes: &[(&str, &str)], cookie: &str) -> Answer {
    app.post(ADD, &form(changes), cookie).await
}

async fn sound(app: &TestApp) {
    let findings = check::run(&mut app.services.db.read().await.unwrap()).await.unwrap();
    assert!(findings.iter().all(|finding| finding.broken == 0), "{findings:?}");
}

#[tokio::test]
async fn a_lead_is_added_by_hand() {
    let app = TestApp::new().await;
    let manager = app.signed_in("Manager").await;
    let start = app.get("/api/leads/new", &manager).await.json();
    assert_eq!((&start["country"]["name"], &start["owners"]), (&"India".into(), &serde_json::json!([])));
    assert_eq!(add(&app, &[], &manager).await.status, StatusCode::OK);
    let lead = app.get("/api/lead?id=1", &manager).await.json();
    assert_eq!((&lead["name"], &lead["phone"]), (&"Asha Rao".into(), &"+919876543210".into()));
    assert_eq!((&lead["status"], &lead["source"]), (&"Unassigned".into(), &"Added by hand".into()));
    assert_eq!(lead["tags"], serde_json::json!(["hot", "web"]));
    assert_eq!(lead["timeline"][0]["by"]["person"], "manager");
    assert_eq!(lead["timeline"][0]["what"]["change"]["why"], "Added by hand");
    sound(&app).await;
}

#[tokio::test]
async fn an_owner_is_given_as_far_as_the_cap_has_room() {
    let app = TestApp::new().await;
    let manager = app.signed_in("Manager").await;
    let agent = app.user("asha@example.com", "Agent", 1).await.to_string();
    let full = app.user("bela@example.com", "Agent", 0).await.to_string();
    let start = app.get("/api/leads/new", &manager).await.json();
    assert_eq!(start["owners"], serde_json::json!([{ "id": 2, "name": "asha", "load": 0, "cap": 1 }]));
    for owner in [full.as_str(), "1", "77", "x"] {
        let answer = add(&app, &[("lead[owner]", owner)], &manager).await;
        assert_eq!(answer.json()["invalid"]["field"], "owner", "{owner}");
    }
    assert_eq!(add(&app, &[("lead[owner]", &agent)], &manager).await.status, StatusCode::OK);
    let lead = app.get("/api/lead?id=1", &manager).await.json();
    assert_eq!((&lead["status"], &lead["owner"]), (&"Assigned".into(), &"asha".into()));
    let second = add(&app, &[("lead[owner]", &agent), ("lead[phone]", "98765 43211")], &manager).await;
    assert!(second.body.contains("asha has no room: 1 of 1 leads."), "{second:?}");
    sound(&app).await;
}

#[tokio::test]
async fn every_refusal_names_its_field() {
    let app = TestApp::new().await;
    let manager = app.signed_in("Manager").await;
    assert_eq!(add(&app, &[("lead[phone]", "+91 90000 00001")], &manager).await.status, StatusCode::OK);
    for (field, value, blamed) in [
        ("lead[first_name]", " ", "first_name"),
        ("lead[last_name]", &"x".repeat(121), "last_name"),
        ("lead[phone]", "", "phone"),
        ("lead[phone]", "hello", "phone"),
        ("lead[email]", "asha", "email"),
        ("lead[tags]", &"x".repeat(61), "tags"),
        ("lead[source]", &"x".repeat(121), "source"),
    ] {
        let answer = add(&app, &[(field, value)], &manager).await;
        assert_eq!(answer.json()["invalid"]["field"], blamed, "{field} {value:?}");
        let answer = app.post(EDIT, &form(&[(field, value), ("id", "1"), ("version", "1")]), &manager).await;
        assert_eq!(answer.json()["invalid"]["field"], blamed, "{field} {value:?}");
    }
    assert_eq!(app.get("/api/leads", &manager).await.json()["rows"].as_array().map(Vec::len), Some(1));
    assert_eq!(app.get("/api/lead/record?id=1", &manager).await.json()["version"], 1, "nothing was stored");
}

#[tokio::test]
async fn a_phone_that_is_taken_leads_to_the_lead_that_has_it() {
    let app = TestApp::new().await;
    let manager = app.signed_in("Manager").await;
    add(&app, &[], &manager).await;
    let again = add(&app, &[("lead[phone]", "+919876543210"), ("lead[first_name]", "Twin")], &manager).await;
    assert_eq!(again.status, StatusCode::CONFLICT);
    assert_eq!(again.json()["taken"], serde_json::json!({ "lead": 1, "name": "Asha Rao" }));
    let plain = app.post_plain(ADD, &form(&[("lead[first_name]", "Twin")]), &manager).await;
    let page = plain.header(header::LOCATION).to_owned();
    assert!(page.starts_with("/leads/new?draft="), "{page}");
    let page = app.page(&page, &manager).await.body;
    assert!(page.contains("Asha Rao has this phone already.") && page.contains("href=\"/leads/1\""), "{page}");
    assert!(page.contains("Twin"), "what was typed is there");
    let fresh = app.post_plain(ADD, &form(&[("lead[phone]", "98765 43211")]), &manager).await;
    assert_eq!(fresh.header(header::LOCATION), "/leads/2?done=added");
    let edited = app.post(EDIT, &form(&[("id", "2"), ("version", "1")]), &manager).await;
    assert_eq!(edited.json()["taken"]["lead"], 1);
}

#[tokio::test]
async fn an_edit_is_kept_and_told() {
    let app = TestApp::new().await;
    let manager = app.signed_in("Manager").await;
    add(&app, &[], &manager).await;
    let start = app.get("/api/lead/record?id=1", &manager).await.json();
    assert_eq!((&start["stored"]["tags"], &start["version"]), (&"hot; web".into(), &1.into()));
    let edit = [("id", "1"), ("version", "1"), ("lead[first_name]", "Aisha"), ("lead[phone]", "98765 43212")];
    let saved = app.post_plain(EDIT, &form(&edit), &manager).await;
    assert_eq!(saved.header(header::LOCATION), "/leads/1?done=saved");
    let page = app.page("/leads/1?done=saved", &manager).await.body;
    assert!(page.contains("Aisha Rao") && page.contains("Saved."));
    assert!(page.contains("Edited: first name Asha → Aisha; phone +919876543210 → +919876543212"), "{page}");

    let stale = app.post(EDIT, &form(&edit), &manager).await;
    assert_eq!((stale.status, stale.body.as_str()), (StatusCode::CONFLICT, "\"changed\""));
    let plain = app.post_plain(EDIT, &form(&edit), &manager).await;
    let page = app.page(plain.header(header::LOCATION), &manager).await.body;
    assert!(page.contains("Somebody changed this lead") && page.contains("Stored now"), "{page}");
    assert!(page.contains("name=\"version\" value=\"2\""), "the next try is on what is stored now: {page}");
    sound(&app).await;
}

#[tokio::test]
async fn an_agent_edits_their_own_leads_and_sees_no_others() {
    let app = TestApp::new().await;
    let (manager, agent) = (app.signed_in("Manager").await, app.signed_in("Agent").await);
    add(&app, &[("lead[owner]", "2")], &manager).await;
    add(&app, &[("lead[phone]", "98765 43211")], &manager).await;
    assert_eq!(app.page("/leads/new", &agent).await.status, StatusCode::FORBIDDEN);
    assert_eq!(app.get("/api/leads/new", &agent).await.body, "\"forbidden\"");
    assert_eq!(add(&app, &[("lead[phone]", "98765 43213")], &agent).await.body, "\"forbidden\"");
    let own = app.post(EDIT, &form(&[("id", "1"), ("version", "2"), ("lead[last_name]", "Iyer")]), &agent).await;
    assert_eq!(own.status, StatusCode::OK, "{own:?}");
    let taken = form(&[("id", "1"), ("version", "3"), ("lead[phone]", "98765 43211")]);
    let taken = app.post(EDIT, &taken, &agent).await;
    assert_eq!(taken.json()["invalid"]["message"], "Another lead has this phone already.", "whose isn't said");
    let other = form(&[("id", "2"), ("version", "1"), ("lead[last_name]", "Iyer")]);
    assert_eq!(app.post(EDIT, &other, &agent).await.body, "\"not_found\"");
    for path in ["/leads/2/edit", "/leads/77/edit", "/leads/x/edit"] {
        assert_eq!(app.page(path, &agent).await.status, StatusCode::NOT_FOUND, "{path}");
    }
    assert_eq!(app.page("/leads/1/edit", &agent).await.status, StatusCode::OK);
    let mut tx = app.services.db.write().await.unwrap();
    execute(&mut tx, "UPDATE roles SET tasks = 0 WHERE id = 3").await;
    tx.commit().await.unwrap();
    assert_eq!(app.page("/leads/1/edit", &agent).await.status, StatusCode::FORBIDDEN);
    sound(&app).await;
}

#[tokio::test]
async fn a_phone_that_is_left_as_it_is_is_not_judged() {
    let app = TestApp::new().await;
    let manager = app.signed_in("Manager").await;
    add(&app, &[], &manager).await;
    let mut tx = app.services.db.write().await.unwrap();
    execute(&mut tx, "UPDATE leads SET phone = '+999000000001'").await;
    tx.commit().await.unwrap();
    let edit = async |version: &str, name: &str, phone: &str| {
        let changes = [("id", "1"), ("version", version), ("lead[first_name]", name), ("lead[phone]", phone)];
        app.post(EDIT, &form(&changes), &manager).await
    };
    let version = app.get("/api/lead/record?id=1", &manager).await.json()["version"].to_string();
    assert_eq!(edit(&version, "Uma", "+999000000002").await.json()["invalid"]["field"], "phone");
    assert_eq!(edit(&version, "Uma", "+999000000001").await.status, StatusCode::OK);
    let lead = app.get("/api/lead?id=1", &manager).await.json();
    assert_eq!((&lead["name"], &lead["phone"]), (&"Uma Rao".into(), &"+999000000001".into()));
    sound(&app).await;
}
