use axum::http::{StatusCode, header};
use calliyo_app::live::LiveEvent;
use calliyo_db::{
    Tx, check,
    demo::{self, DemoLead},
    statuses,
};
use calliyo_domain::{
    settings::SectionKey,
    status::{self, Status},
};
use serde_json::json;

use crate::support::{PASSWORD, TestApp, sql};

const ADD: &str = "/api/statuses/add";
const RENAME: &str = "/api/statuses/rename";
const QUEUE: &str = "/api/statuses/queue";
const MOVE: &str = "/api/statuses/move";
const DELETE: &str = "/api/statuses/delete";
const TAB: &str = "/settings?tab=status";

async fn read(app: &TestApp) -> Tx {
    app.services.db.read().await.unwrap()
}

async fn pipeline(app: &TestApp) -> Vec<Status> {
    statuses::list(&mut read(app).await).await.unwrap()
}

async fn broken(app: &TestApp) -> Vec<check::Finding> {
    let findings = check::run(&mut read(app).await).await.unwrap();
    findings.into_iter().filter(|finding| finding.broken > 0).collect()
}

/// Leads on a status, owned by a new agent.
async fn leads_on(app: &TestApp, status: i64, ids: std::ops::Range<i64>) {
    let owner = app.user(&format!("agent{status}@example.com"), "Agent", 50).await;
    let lead = |id| DemoLead {
        id,
        first_name: format!("Lead {id}"),
        last_name: String::new(),
        phone: format!("+1872555{id:04}"),
        email: String::new(),
        tag: "tag".to_owned(),
        status,
        since: 20,
        owner: Some(owner),
        created_at: 5,
        assigned_at: Some(10),
    };
    let mut tx = app.services.db.write().await.unwrap();
    demo::add_leads(&mut tx, &ids.map(lead).collect::<Vec<_>>()).await.unwrap();
    tx.commit().await.unwrap();
}

#[tokio::test]
async fn customers_are_counted_as_far_as_they_may_be_seen() {
    let app = TestApp::new().await;
    let admin = app.signed_in("Company Admin").await;
    sql(&app, "INSERT INTO roles (name, management, tasks, reports, users, settings) VALUES ('Keeper', 0, 0, 0, 0, 1)")
        .await;
    let keeper = app.signed_in("Keeper").await;
    leads_on(&app, 4, 1..4).await;
    for (cookie, customers) in [(&admin, json!(3)), (&keeper, json!(null))] {
        let statuses = app.get("/api/statuses", cookie).await.json()["statuses"].clone();
        let count =
            |id: i64| statuses.as_array().unwrap().iter().find(|status| status["id"] == id).unwrap()["leads"].clone();
        assert_eq!((count(4), count(2)), (customers, json!(0)));
    }
}

#[tokio::test]
async fn only_who_manages_settings_edits_and_reads() {
    let app = TestApp::new().await;
    let shipped = pipeline(&app).await;
    for role in ["Manager", "Agent"] {
        let cookie = app.signed_in(role).await;
        // Permission comes before what is wrong with the form.
        for (path, form) in [
            (ADD, vec![("name", "")]),
            (ADD, vec![("name", "Call back")]),
            (RENAME, vec![("id", "7"), ("name", "Engaged")]),
            (QUEUE, vec![("id", "7")]),
            (MOVE, vec![("id", "7"), ("up", "true")]),
            (DELETE, vec![("id", "7")]),
        ] {
            let answer = app.post(path, &form, &cookie).await;
            assert_eq!(
                (answer.status, answer.body.as_str()),
                (StatusCode::FORBIDDEN, "\"forbidden\""),
                "{role} {path}"
            );
        }
        assert_eq!(app.get("/api/statuses", &cookie).await.body, "\"forbidden\"", "{role}");
        assert_eq!(app.page(TAB, &cookie).await.status, StatusCode::FORBIDDEN, "{role}");
    }
    assert_eq!(pipeline(&app).await, shipped);
}

#[tokio::test]
async fn what_is_refused_changes_nothing() {
    let app = TestApp::new().await;
    let admin = app.signed_in("Company Admin").await;
    leads_on(&app, 7, 1..3).await;
    let shipped = pipeline(&app).await;
    let mut changes = app.services.hub.subscribe();
    let long = "a".repeat(61);
    for (path, form, field) in [
        (ADD, vec![("name", " ")], "name"),
        (ADD, vec![("name", long.as_str())], "name"),
        (ADD, vec![("name", "a\tb")], "name"),
        (ADD, vec![("name", "not PICKED")], "name"),
        (RENAME, vec![("id", "7"), ("name", "missed")], "name"),
        (RENAME, vec![("id", "7"), ("name", long.as_str())], "name"),
        (RENAME, vec![("id", "1"), ("name", "New")], "name"),
        (RENAME, vec![("id", "3"), ("name", "Later")], "name"),
        (RENAME, vec![("id", "99"), ("name", "Later")], ""),
        (QUEUE, vec![("id", "1"), ("on_queue", "true"), ("password", PASSWORD)], "on_queue"),
        (QUEUE, vec![("id", "2"), ("password", PASSWORD)], "on_queue"),
        (MOVE, vec![("id", "99")], ""),
        (DELETE, vec![("id", "1"), ("to", "7")], "to"),
        (DELETE, vec![("id", "2"), ("to", "7")], "to"),
        (DELETE, vec![("id", "7")], "to"),
        (DELETE, vec![("id", "7"), ("to", "7")], "to"),
        (DELETE, vec![("id", "7"), ("to", "4")], "to"),
        (DELETE, vec![("id", "7"), ("to", "99")], "to"),
        (DELETE, vec![("id", "99"), ("to", "7")], ""),
    ] {
        let answer = app.post(path, &form, &admin).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{path} {form:?}");
        assert_eq!(answer.json()["invalid"]["field"], field, "{path} {form:?}");
    }
    assert_eq!(pipeline(&app).await, shipped);
    assert!(changes.try_recv().is_err(), "nobody is told of what did not happen");
    let homeless = app.post(DELETE, &[("id", "7")], &admin).await.json();
    assert_eq!(homeless["invalid"]["message"], "2 leads are on Busy. Choose the status they go to.");
}

#[tokio::test]
async fn no_name_is_cut_while_it_is_typed() {
    let app = TestApp::new().await;
    let admin = app.signed_in("Company Admin").await;
    assert!(!app.page(TAB, &admin).await.body.contains("maxlength"), "what is too long is refused and kept");
}

#[tokio::test]
async fn the_way_to_a_statuses_leads_is_for_those_who_see_leads() {
    let app = TestApp::new().await;
    let admin = app.signed_in("Company Admin").await;
    app.post("/api/roles/add", &[("role[name]", "Settler"), ("role[permissions][settings]", "true")], &admin).await;
    let settler = app.signed_in("Settler").await;
    let link = "href=\"/leads?status=7\"";
    assert!(app.page(TAB, &admin).await.body.contains(link));
    let page = app.page(TAB, &settler).await.body;
    assert!(page.contains("0 leads") && !page.contains(link), "{page}");
}

#[tokio::test]
async fn each_edit_answers_with_the_pipeline_and_tells_open_pages() {
    let app = TestApp::new().await;
    let admin = app.signed_in("Company Admin").await;
    let mut changes = app.services.hub.subscribe();
    let edit = async |path: &str, form: &[(&str, &str)]| app.post(path, form, &admin).await.json();

    let added = edit(ADD, &[("name", " Call back "), ("on_queue", "true")]).await;
    let new = added["pipeline"]["statuses"][10].clone();
    assert_eq!((&new["name"], &new["on_queue"], &new["leads"]), (&json!("Call back"), &json!(true), &json!(0)));
    let renamed = edit(RENAME, &[("id", "2"), ("name", "Given")]).await;
    assert_eq!(renamed["change"]["renamed"], json!({"from": "Assigned", "to": "Given"}));
    let queued = edit(QUEUE, &[("id", "3"), ("password", PASSWORD)]).await;
    assert_eq!(queued["pipeline"]["statuses"][2]["on_queue"], false);
    let moved = edit(MOVE, &[("id", "7"), ("up", "true")]).await;
    assert_eq!(moved["pipeline"]["statuses"][4]["name"], "Busy");
    assert_eq!(moved["change"]["moved"], json!({"name": "Busy", "place": 5, "of": 11}));
    for _ in 0..4 {
        assert_eq!(changes.try_recv().unwrap(), LiveEvent::Statuses);
    }
    for (path, form) in [
        (RENAME, vec![("id", "2"), ("name", "Given")]),
        (QUEUE, vec![("id", "3"), ("password", PASSWORD)]),
        (MOVE, vec![("id", "1"), ("up", "true")]),
    ] {
        assert!(edit(path, &form).await["change"].is_null(), "{path}: all is so already");
    }
    assert!(changes.try_recv().is_err());
}

#[tokio::test]
async fn the_queue_is_changed_with_the_password_by_who_knows_what_it_does() {
    let app = TestApp::new().await;
    let admin = app.signed_in("Company Admin").await;
    leads_on(&app, 5, 1..53).await;
    let page = app.page(TAB, &admin).await.body;
    assert!(page.contains("52 leads of 1 agent count toward the lead cap then, and are listed as tasks."), "{page}");
    assert!(page.contains("Over their lead cap: agent5 (52 of 50)."), "{page}");

    let before = pipeline(&app).await;
    for password in ["", "another password"] {
        let form = [("id", "5"), ("on_queue", "true"), ("password", password)];
        let answer = app.post(QUEUE, &form, &admin).await;
        assert_eq!((answer.status, answer.body.as_str()), (StatusCode::FORBIDDEN, "\"wrong_password\""));
        let location = app.post_plain(QUEUE, &form, &admin).await.header(header::LOCATION).to_owned();
        assert!(location.ends_with("#status-5") && !location.contains("another"), "{location}");
        let page = app.page(location.split('#').next().unwrap(), &admin).await.body;
        assert!(page.contains("That isn't your password. Nothing was saved."), "{page}");
    }
    assert_eq!(pipeline(&app).await, before);
    let form = [("id", "5"), ("on_queue", "true"), ("password", PASSWORD)];
    assert_eq!(app.post(QUEUE, &form, &admin).await.json()["change"]["queued"]["on_queue"], true);
    let page = app.page(TAB, &admin).await.body;
    assert!(page.contains("52 leads of 1 agent no longer count toward the lead cap"), "{page}");
}

#[tokio::test]
async fn deleting_moves_the_leads_and_cleans_the_settings() {
    let app = TestApp::new().await;
    let admin = app.signed_in("Company Admin").await;
    leads_on(&app, 9, 1..4).await;
    let row = app.get("/api/statuses", &admin).await.json()["statuses"][7].clone();
    assert_eq!((&row["name"], &row["leads"]), (&json!("Missed"), &json!(3)));
    assert_eq!(row["selected_in"], json!(["auto_assignment", "auto_removal"]));
    let mut changes = app.services.hub.subscribe();

    let deleted = app.post(DELETE, &[("id", "9"), ("to", "1")], &admin).await.json();
    assert_eq!(deleted["change"]["deleted"]["leads"], 3);
    assert_eq!(deleted["change"]["deleted"]["home"], "Unassigned");
    assert_eq!(deleted["pipeline"]["statuses"][0]["leads"], 3);
    assert!(pipeline(&app).await.iter().all(|status| status.id != 9));
    let heard: Vec<_> = std::iter::from_fn(|| changes.try_recv().ok()).collect();
    assert_eq!(
        heard,
        [
            LiveEvent::Statuses,
            LiveEvent::Leads,
            LiveEvent::Settings { section: SectionKey::AutoAssignment },
            LiveEvent::Settings { section: SectionKey::AutoRemoval },
        ]
    );
    let section = app.get("/api/settings/section?section=auto_removal", &admin).await.json();
    assert_eq!((&section["version"], &section["values"]["statuses"]), (&json!(1), &json!(["8"])));
    assert_eq!(section["saved"]["name"], "company.admin");
    assert_eq!(broken(&app).await, []);
    let again = app.post(DELETE, &[("id", "9"), ("to", "1")], &admin).await.json();
    assert_eq!(again["invalid"]["message"], "This status no longer exists: somebody deleted it meanwhile.");
}

#[tokio::test]
async fn without_scripts_each_form_comes_back_to_the_tab() {
    let app = TestApp::new().await;
    let admin = app.signed_in("Company Admin").await;
    let page = async |path: &str, form: &[(&str, &str)]| {
        let location = app.post_plain(path, form, &admin).await.header(header::LOCATION).to_owned();
        assert!(location.starts_with("/settings?tab=status&"), "{location}");
        let page = app.page(location.split('#').next().unwrap(), &admin).await;
        assert_eq!(page.status, StatusCode::OK);
        page.body
    };
    assert!(page(ADD, &[("name", "Call back")]).await.contains("Call back was added at the end of the pipeline."));
    let refused = page(RENAME, &[("id", "7"), ("name", "call BACK")]).await;
    assert!(refused.contains("value=\"call BACK\""), "what was typed is there");
    assert!(refused.contains("There is a status named \"call BACK\" already."), "{refused}");
    assert!(page(MOVE, &[("id", "7"), ("up", "true")]).await.contains("Busy is now number 5 of 11."));
    assert!(page(DELETE, &[("id", "7")]).await.contains("Busy was deleted."));
}

#[tokio::test]
async fn the_page_shows_what_is_protected() {
    let app = TestApp::new().await;
    let admin = app.signed_in("Company Admin").await;
    let page = app.page(TAB, &admin).await;
    assert_eq!(page.status, StatusCode::OK);
    assert_eq!(page.body.matches(">Protected<").count(), 3);
    for id in 1..=10 {
        let (rename, delete) = (format!("id=\"rename-{id}\""), format!("id=\"delete-{id}-summary\""));
        assert_eq!(page.body.contains(&rename), !status::is_protected(id), "{id}");
        assert_eq!(page.body.contains(&delete), status::may_delete(id), "{id}");
    }
}
