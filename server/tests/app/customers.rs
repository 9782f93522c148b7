use axum::http::StatusCode;
use calliyo_app::live::LiveEvent;
use calliyo_db::{
    demo::{self, DemoLead},
    roles,
};
use calliyo_domain::{settings::ShowCustomer, status::CUSTOMER};

use crate::{
    live::hear,
    support::{PASSWORD, SAVE, TestApp, execute, section},
};

/// Who converted them, as [`Viewer`] sees it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Mine,
    Anothers,
    /// Converted by me, and another's now.
    OnceMine,
    Nobodys,
}

const KINDS: [Kind; 4] = [Kind::Mine, Kind::Anothers, Kind::OnceMine, Kind::Nobodys];

/// Who looks. Each has customers of their own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Viewer {
    Admin,
    Manager,
    Agent,
    /// An agent whose role has `management` besides.
    Lead,
    /// An agent who may do nothing else.
    Banned,
    Anonymous,
}

/// A customer of each kind for the user `me`, with ids from `first` on.
pub fn customers(me: i64, another: i64, first: i64) -> Vec<DemoLead> {
    let customer = |n: i64, converter: Option<i64>| DemoLead {
        id: first + n,
        first_name: format!("{:?}", KINDS[n as usize]),
        last_name: format!("Of{me}"),
        phone: format!("+1872555{:04}", first + n),
        email: format!("c{}@example.com", first + n),
        tag: "tag".to_owned(),
        status: CUSTOMER,
        since: 1_778_000_000_000 + n,
        owner: converter,
        created_at: 1_777_000_000_000,
        assigned_at: converter.map(|_| 1_777_500_000_000),
    };
    vec![customer(0, Some(me)), customer(1, Some(another)), customer(2, Some(me)), customer(3, None)]
}

struct World {
    app: TestApp,
    /// Who looks, with id and cookie.
    viewers: Vec<(Viewer, i64, String)>,
    admin: String,
}

impl World {
    async fn new() -> Self {
        let app = TestApp::new().await;
        let mut tx = app.services.db.write().await.unwrap();
        execute(
            &mut tx,
            "INSERT INTO roles (id, name, management, tasks, reports, users, settings) VALUES (9, 'Team lead', 1, 1, 0, 0, 0)",
        )
        .await;
        tx.commit().await.unwrap();
        let another = app.user("another@example.com", "Agent", 10).await;
        let mut viewers = Vec::new();
        for (viewer, role) in [
            (Viewer::Admin, "Company Admin"),
            (Viewer::Manager, "Manager"),
            (Viewer::Agent, "Agent"),
            (Viewer::Lead, "Team lead"),
            (Viewer::Banned, "Agent"),
        ] {
            let email = format!("{viewer:?}@example.com").to_lowercase();
            let id = app.user(&email, role, 10).await;
            viewers.push((viewer, id, app.sign_in(&email).await));
        }
        viewers.push((Viewer::Anonymous, 0, String::new()));
        let mut tx = app.services.db.write().await.unwrap();
        for (_, me, _) in viewers.iter().filter(|(viewer, ..)| *viewer != Viewer::Anonymous) {
            let customers = customers(*me, another, me * 10);
            demo::add_leads(&mut tx, &customers).await.unwrap();
            execute(&mut tx, format!("UPDATE leads SET owner_id = {another} WHERE id = {}", customers[2].id)).await;
        }
        execute(&mut tx, "UPDATE users SET banned = 1 WHERE email = 'banned@example.com'").await;
        tx.commit().await.unwrap();
        let admin = viewers[0].2.clone();
        Self { app, viewers, admin }
    }

    async fn show_to(&self, setting: ShowCustomer, version: &str) {
        let values = [("show_customer", setting.key())];
        let form = section("show_customer", version, &values, PASSWORD);
        let answer = self.app.post(SAVE, &form, &self.admin).await;
        assert_eq!(answer.status, StatusCode::OK, "{answer:?}");
    }
}

/// Who sees which of them is tried in the table of who may see what.
#[tokio::test]
async fn the_list_counts_all_that_one_sees() {
    let world = World::new().await;
    for (setting, version) in [(ShowCustomer::AgentOnly, "0"), (ShowCustomer::All, "1")] {
        world.show_to(setting, version).await;
        // Five users have four customers each.
        for (viewer, _, cookie) in &world.viewers[..4] {
            let own = *viewer == Viewer::Agent || *viewer == Viewer::Lead && setting == ShowCustomer::AgentOnly;
            let whole = if own { 2 } else { 20 };
            let list = world.app.get("/api/customers", cookie).await.json();
            assert_eq!(list["rows"].as_array().map(Vec::len), Some(whole), "{viewer:?}, {setting:?}");
            assert_eq!((&list["count"], &list["own"]), (&whole.into(), &own.into()), "{viewer:?}, {setting:?}");
            let file = world.app.get("/customers/export.csv", cookie).await;
            assert_eq!(file.body.lines().count(), whole + 1, "{viewer:?}, {setting:?}");
        }
    }
}

#[tokio::test]
async fn who_has_neither_management_nor_tasks_is_refused() {
    let app = TestApp::new().await;
    let mut tx = app.services.db.write().await.unwrap();
    execute(
        &mut tx,
        "INSERT INTO roles (id, name, management, tasks, reports, users, settings) VALUES (9, 'Clerk', 0, 0, 1, 1, 1)",
    )
    .await;
    tx.commit().await.unwrap();
    let clerk = app.signed_in("Clerk").await;
    for path in ["/api/customers", "/api/customers/one?id=1", "/customers/export.csv"] {
        assert_eq!(app.get(path, &clerk).await.status, StatusCode::FORBIDDEN, "{path}");
    }
    let page = app.page("/customers", &clerk).await;
    assert_eq!(page.status, StatusCode::FORBIDDEN);
    assert!(!page.body.contains("href=\"/customers\""), "the navigation doesn't lead there");
}

#[tokio::test]
async fn the_timeline_is_the_leads_own_and_nothing_in_it_is_put_right() {
    let world = World::new().await;
    let app = &world.app;
    let [(_, _, manager), (_, me, agent), (_, _, lead)] = &world.viewers[1..4] else { panic!("who looks?") };
    let id = (me * 10).to_string();
    let form = [
        ("id", id.as_str()),
        ("call[status]", "follow_up"),
        ("call[direction]", "outgoing"),
        ("call[duration]", "1:05"),
        ("call[note]", "Wants a second one"),
        ("call[follow_up]", "2026-05-14T16:30"),
    ];
    assert_eq!(app.post("/api/calls/log", &form, agent).await.status, StatusCode::OK);
    let read = format!("/api/customers/one?id={id}");
    let customer = app.get(&read, agent).await.json();
    let entries = customer["timeline"].as_array().unwrap();
    let call = entries.iter().find_map(|entry| entry["what"].get("call")).unwrap();
    assert_eq!((&call["says"]["note"], &call["may_correct"]), (&"Wants a second one".into(), &false.into()));
    assert_eq!(entries.iter().filter(|entry| entry["what"].get("follow_up").is_some()).count(), 1);
    assert!(entries.is_sorted_by(|a, b| a["at"]["at"].as_i64() >= b["at"]["at"].as_i64()), "newest first");
    let leads = app.get(&format!("/api/lead?id={id}"), agent).await.json();
    assert_eq!(leads["timeline"].as_array().map(Vec::len), Some(entries.len()));
    let page = app.page(&format!("/customers/{id}"), agent).await.body;
    assert!(page.contains("Wants a second one") && !page.contains("correct-1"), "{page}");
    assert!(customer["choices"].is_null() && !page.contains("Owner and status"), "an agent changes no owners");
    for manages in [manager, lead] {
        assert!(app.page(&format!("/customers/{id}"), manages).await.body.contains("Owner and status"));
    }
}

#[tokio::test]
async fn the_lead_is_opened_by_who_may_see_its_page() {
    let world = World::new().await;
    let [(_, _, manager), (_, me, agent)] = &world.viewers[1..3] else { panic!("who looks?") };
    // Converted by the agent; the first is theirs as well.
    for (id, theirs) in [(me * 10, true), (me * 10 + 2, false)] {
        for (cookie, opens) in [(manager, true), (agent, theirs)] {
            let page = world.app.page(&format!("/customers/{id}"), cookie).await;
            assert_eq!(page.status, StatusCode::OK);
            assert_eq!(page.body.contains("Open the lead"), opens, "{id}");
            let lead = world.app.page(&format!("/leads/{id}"), cookie).await;
            assert_eq!(lead.status == StatusCode::OK, opens, "{id}");
        }
    }
}

#[tokio::test]
async fn a_save_of_show_customer_to_is_heard_by_those_it_is_about() {
    let world = World::new().await;
    let (_, _, agent) = &world.viewers[2];
    let mut stream = world.app.open("/live", agent).await.into_body().into_data_stream();
    world.app.services.hub.hear(LiveEvent::Runs);
    world.show_to(ShowCustomer::AgentOnly, "0").await;
    let heard = hear(&mut stream, "show_customer").await;
    assert!(!heard.contains("runs"), "{heard}");
}

#[tokio::test]
async fn a_role_that_changes_counts_at_once() {
    let world = World::new().await;
    let (_, id, cookie) = &world.viewers[1];
    assert_eq!(world.app.get("/api/customers", cookie).await.json()["count"], 20);
    let mut tx = world.app.services.db.write().await.unwrap();
    let agent = roles::by_name(&mut tx, "Agent").await.unwrap().unwrap();
    execute(&mut tx, format!("UPDATE users SET role_id = {agent} WHERE id = {id}")).await;
    tx.commit().await.unwrap();
    assert_eq!(world.app.get("/api/customers", cookie).await.json()["count"], 2);
}
