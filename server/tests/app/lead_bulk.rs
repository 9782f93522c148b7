//! Many leads changed at once.

use axum::http::StatusCode;
use calliyo_db::{check, demo};
use calliyo_domain::status::{ASSIGNED, CUSTOMER, UNASSIGNED};

use crate::support::{Answer, TestApp, sql};

pub const ASSIGN: &str = "/api/leads/assign";
pub const SET_STATUS: &str = "/api/leads/status";
pub const BUSY: i64 = 7;

pub async fn assign(app: &TestApp, leads: &[i64], agents: &[i64], cookie: &str) -> Answer {
    let field = |name, ids: &[i64]| ids.iter().map(|id| (name, id.to_string())).collect::<Vec<_>>();
    let fields = [field("ids[]", leads), field("agents[]", agents)].concat();
    let form: Vec<_> = fields.iter().map(|(name, id)| (*name, id.as_str())).collect();
    app.post(ASSIGN, &form, cookie).await
}

/// The set of the leads that match, as the list tells it; `query` is the list's.
pub async fn set_of(app: &TestApp, query: &str, cookie: &str) -> String {
    let list = app.get(&format!("/api/leads{query}"), cookie).await.json();
    list["found"]["set"].as_str().unwrap().to_owned()
}

/// What is said of an assignment of which `full` and `away` received nothing, or nothing more.
fn assigned(counts: [u64; 4], full: &[&str], away: &[&str]) -> serde_json::Value {
    let [leads, agents, kept, left] = counts;
    let people = |names: &[&str]| serde_json::json!({"names": names, "more": 0});
    serde_json::json!({
        "kind": "assigned", "leads": leads, "agents": agents, "kept": kept, "left": left,
        "full": people(full), "away": people(away), "meanwhile": 0,
    })
}

/// What is said of leads that are put on a status.
fn put(leads: u64, status: i64, same: u64, ownerless: u64) -> serde_json::Value {
    serde_json::json!({
        "kind": "status", "leads": leads, "status": status, "same": same, "ownerless": ownerless,
        "customers": 0, "meanwhile": 0,
    })
}

/// Owner and status of each lead.
pub async fn leads(app: &TestApp) -> Vec<(i64, Option<i64>, i64)> {
    let mut tx = app.services.db.read().await.unwrap();
    let calliyo_db::Tx::Sqlite(tx) = &mut tx else { panic!("these tests are on SQLite") };
    sqlx::query_as("SELECT id, owner_id, status_id FROM leads ORDER BY id").fetch_all(&mut **tx).await.unwrap()
}

/// How many leads an agent has on Assigned.
async fn queue(app: &TestApp, agent: i64) -> usize {
    leads(app).await.iter().filter(|(_, owner, status)| *owner == Some(agent) && *status == ASSIGNED).count()
}

pub async fn clean(app: &TestApp) {
    let findings = check::run(&mut app.services.db.read().await.unwrap()).await.unwrap();
    let broken: Vec<_> = findings.iter().filter(|finding| finding.broken > 0).collect();
    assert!(broken.is_empty(), "{broken:?}");
}

#[tokio::test]
async fn leads_are_dealt_evenly_and_to_nobody_above_the_cap() {
    let app = TestApp::new().await;
    let manager = app.signed_in("Manager").await;
    let (asha, ravi) =
        (app.user("asha@example.com", "Agent", 2).await, app.user("ravi@example.com", "Agent", 10).await);
    app.leads(7).await;
    let answer = assign(&app, &[1, 2, 3, 4, 5, 6], &[asha, ravi], &manager).await;
    assert_eq!(answer.json(), assigned([6, 2, 0, 0], &[], &[]));
    assert_eq!((queue(&app, asha).await, queue(&app, ravi).await), (2, 4));
    assert_eq!(leads(&app).await[6], (7, None, UNASSIGNED), "what wasn't chosen is as it was");
    clean(&app).await;
}

#[tokio::test]
async fn what_nobody_has_room_for_is_said_and_left() {
    let app = TestApp::new().await;
    let manager = app.signed_in("Manager").await;
    let asha = app.user("asha@example.com", "Agent", 2).await;
    app.leads(5).await;
    assign(&app, &[1], &[asha], &manager).await;
    let answer = assign(&app, &[1, 2, 3, 4], &[asha], &manager).await;
    assert_eq!(answer.json(), assigned([1, 1, 1, 2], &["asha"], &[]));
    assert_eq!(queue(&app, asha).await, 2);
    let ravi = app.user("ravi@example.com", "Agent", 10).await;
    let answer = assign(&app, &[3, 4], &[asha, ravi], &manager).await;
    assert_eq!(answer.json(), assigned([2, 1, 0, 0], &["asha"], &[]), "who got none for want of room is named");
    clean(&app).await;
}

#[tokio::test]
async fn who_receives_no_leads_is_passed_over_and_named() {
    let app = TestApp::new().await;
    let manager = app.signed_in("Manager").await;
    let asha = app.user("asha@example.com", "Agent", 10).await;
    let bela = app.user("bela@example.com", "Agent", 10).await;
    let chand = app.user("chand@example.com", "Agent", 10).await;
    app.leads(2).await;
    sql(&app, "UPDATE users SET receiving = 0 WHERE email = 'bela@example.com'").await;
    sql(&app, "UPDATE users SET banned = 1 WHERE email = 'chand@example.com'").await;
    let offered = async |path: &str, list: &str| app.get(path, &manager).await.json().pointer(list).cloned();
    let only_asha = serde_json::json!([{ "id": asha, "name": "asha", "load": 0, "cap": 10 }]);
    for (path, list) in
        [("/api/leads", "/choices/receivers"), ("/api/leads/new", "/owners"), ("/api/lead?id=1", "/choices/receivers")]
    {
        assert_eq!(offered(path, list).await.as_ref(), Some(&only_asha), "{path}");
    }
    let owners = offered("/api/leads", "/choices/owners").await.unwrap();
    assert_eq!(owners.as_array().map(Vec::len), Some(3), "one filters by any of them");
    let answer = assign(&app, &[1, 2], &[asha, bela, chand], &manager).await;
    assert_eq!(answer.json(), assigned([2, 1, 0, 0], &[], &["bela", "chand"]));
    let refused = assign(&app, &[1, 2], &[bela, chand], &manager).await;
    assert!(refused.body.contains("bela and chand receive no leads now. Choose one agent"), "{refused:?}");
    clean(&app).await;
}

#[tokio::test]
async fn all_that_match_are_changed_and_no_others() {
    let app = TestApp::new().await;
    let manager = app.signed_in("Manager").await;
    let asha = app.user("asha@example.com", "Agent", 100).await;
    app.leads(60).await;
    assign(&app, &(1..=55).collect::<Vec<_>>(), &[asha], &manager).await;
    let busy = BUSY.to_string();
    let set = set_of(&app, "?filter[status][]=2", &manager).await;
    let form = [("filter[status][]", "2"), ("all", "true"), ("set", &*set), ("status", busy.as_str())];
    let answer = app.post(SET_STATUS, &form, &manager).await;
    assert_eq!(answer.json(), put(55, BUSY, 0, 0));
    let busy = leads(&app).await.iter().filter(|lead| lead.2 == BUSY).count();
    assert_eq!((busy, leads(&app).await[59]), (55, (60, None, UNASSIGNED)));
    clean(&app).await;
}

#[tokio::test]
async fn a_status_that_needs_an_owner_leaves_those_without_alone() {
    let app = TestApp::new().await;
    let manager = app.signed_in("Manager").await;
    let asha = app.user("asha@example.com", "Agent", 100).await;
    app.leads(4).await;
    assign(&app, &[1, 2], &[asha], &manager).await;
    let set = async |status: i64| {
        let status = status.to_string();
        let form = [("ids[]", "1"), ("ids[]", "3"), ("status", status.as_str())];
        app.post(SET_STATUS, &form, &manager).await.json()
    };
    assert_eq!(set(BUSY).await, put(1, BUSY, 0, 1));
    assert_eq!(set(CUSTOMER).await, put(2, CUSTOMER, 0, 0));
    assert_eq!(set(CUSTOMER).await, put(0, CUSTOMER, 2, 0));
    let mut tx = app.services.db.read().await.unwrap();
    let converter = calliyo_db::lead_changes::by_id(&mut tx, 1).await.unwrap().unwrap().converter_id;
    assert_eq!(converter, Some(asha), "the owner has converted it");
    drop(tx);
    clean(&app).await;
    assert_eq!(set(UNASSIGNED).await, put(2, UNASSIGNED, 0, 0));
    assert_eq!(leads(&app).await[0], (1, None, UNASSIGNED));
    clean(&app).await;
}

#[tokio::test]
async fn what_is_missing_is_named_and_nothing_is_changed() {
    let app = TestApp::new().await;
    let manager = app.signed_in("Manager").await;
    let asha = app.user("asha@example.com", "Agent", 100).await;
    app.leads(2).await;
    let before = leads(&app).await;
    sql(&app, "UPDATE users SET receiving = 0 WHERE email = 'asha@example.com'").await;
    for (answer, field) in [
        (assign(&app, &[], &[asha], &manager).await, "ids"),
        (assign(&app, &[99], &[asha], &manager).await, "ids"),
        (assign(&app, &[1], &[], &manager).await, "agents"),
        // On leave.
        (assign(&app, &[1], &[asha], &manager).await, "agents"),
        (app.post(SET_STATUS, &[("ids[]", "1"), ("status", "")], &manager).await, "status"),
        (app.post(SET_STATUS, &[("ids[]", "1"), ("status", "99")], &manager).await, "status"),
    ] {
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{answer:?}");
        assert!(answer.body.contains(&format!("\"field\":\"{field}\"")), "{field}: {answer:?}");
    }
    assert_eq!(leads(&app).await, before);
}

#[tokio::test]
async fn a_plain_form_comes_back_to_the_list_and_says_what_was_done() {
    let app = TestApp::new().await;
    let manager = app.signed_in("Manager").await;
    let asha = app.user("asha@example.com", "Agent", 100).await.to_string();
    app.leads(2).await;
    let form = [("filter[status][]", "1"), ("ids[]", "1"), ("ids[]", "2"), ("agents[]", asha.as_str())];
    let answer = app.post_plain(ASSIGN, &form, &manager).await;
    assert!(answer.header("location").starts_with("/leads?status=1&changed="), "{answer:?}");
    let page = app.page(answer.header("location"), &manager).await;
    assert!(page.body.contains("2 leads assigned to 1 agent."), "{}", page.body);
    let refused = app.post_plain(ASSIGN, &form[..3], &manager).await;
    let page = app.page(refused.header("location").split('#').next().unwrap(), &manager).await;
    assert!(page.body.contains("Choose one agent or several who receive leads."), "{}", page.body);
}

#[tokio::test]
async fn one_lead_is_changed_from_its_page() {
    let app = TestApp::new().await;
    let manager = app.signed_in("Manager").await;
    let asha = app.user("asha@example.com", "Agent", 100).await.to_string();
    let agent = app.sign_in("asha@example.com").await;
    app.leads(2).await;
    let form = [("ids[]", "1"), ("place", "lead"), ("agents[]", asha.as_str())];
    let answer = app.post_plain(ASSIGN, &form, &manager).await;
    assert!(answer.header("location").starts_with("/leads/1?changed="), "{answer:?}");
    let page = app.page(answer.header("location"), &manager).await;
    assert!(page.body.contains("1 lead assigned to 1 agent."), "{}", page.body);
    assert_eq!(leads(&app).await[1], (2, None, UNASSIGNED), "the other is as it was");
    let refused = app.post_plain(SET_STATUS, &[("ids[]", "1"), ("place", "lead"), ("status", "")], &manager).await;
    let (page, fragment) = refused.header("location").split_once('#').unwrap();
    assert!(page.starts_with("/leads/1?") && fragment == "bulk", "{refused:?}");
    assert!(app.page(page, &manager).await.body.contains("Choose a status from the list."));
    let own = app.get("/api/lead?id=1", &agent).await.json();
    assert!(own["choices"].is_null(), "who only owns it is offered nothing: {own}");
    assert!(!app.page("/leads/1", &agent).await.body.contains("Owner and status"));
    clean(&app).await;
}

#[tokio::test]
async fn who_is_no_customer_any_more_is_shown_as_a_lead() {
    let app = TestApp::new().await;
    let manager = app.signed_in("Manager").await;
    let asha = app.user("asha@example.com", "Agent", 100).await;
    app.leads(1).await;
    assign(&app, &[1], &[asha], &manager).await;
    let set = async |status: i64| {
        let status = status.to_string();
        let form = [("ids[]", "1"), ("place", "customer"), ("status", status.as_str())];
        app.post_plain(SET_STATUS, &form, &manager).await.header("location").to_owned()
    };
    let page = set(CUSTOMER).await;
    assert!(page.starts_with("/customers/1?changed="), "{page}");
    assert!(app.page(&page, &manager).await.body.contains("1 lead put on Customer."));
    let page = set(BUSY).await;
    assert!(page.starts_with("/leads/1?changed="), "{page}");
    assert!(app.page(&page, &manager).await.body.contains("1 lead put on Busy."));
    assert_eq!(app.page("/customers/1", &manager).await.status, StatusCode::NOT_FOUND);
    clean(&app).await;
}

#[tokio::test]
async fn a_status_that_is_gone_means_no_lead() {
    let app = TestApp::new().await;
    let manager = app.signed_in("Manager").await;
    let asha = app.user("asha@example.com", "Agent", 100).await.to_string();
    app.leads(3).await;
    let before = leads(&app).await;
    let gone = [("filter[status][]", "99"), ("all", "true")];
    for (path, more) in [(ASSIGN, ("agents[]", asha.as_str())), (SET_STATUS, ("status", "7"))] {
        let answer = app.post(path, &[&gone[..], &[more]].concat(), &manager).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{path}: {answer:?}");
    }
    assert_eq!(leads(&app).await, before);
}

#[tokio::test]
async fn more_than_can_be_changed_at_once_is_refused_whole() {
    let app = TestApp::new().await;
    let manager = app.signed_in("Manager").await;
    let asha = app.user("asha@example.com", "Agent", 100_000).await.to_string();
    let lead = |id| demo::DemoLead {
        id,
        first_name: "Lead".to_owned(),
        last_name: String::new(),
        phone: format!("+999{id:09}"),
        email: String::new(),
        tag: "many".to_owned(),
        status: UNASSIGNED,
        since: id,
        owner: None,
        created_at: id,
        assigned_at: None,
    };
    let mut tx = app.services.db.write().await.unwrap();
    demo::add_leads(&mut tx, &(1..=50_001).map(lead).collect::<Vec<_>>()).await.unwrap();
    tx.commit().await.unwrap();
    let answer = app.post(ASSIGN, &[("all", "true"), ("agents[]", asha.as_str())], &manager).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{answer:?}");
    assert!(answer.body.contains("At most 50,000 leads"), "{answer:?}");
    let count = app.get("/api/leads/count", &manager).await.json();
    assert_eq!((&count["count"], &count["more"]), (&50_000.into(), &true.into()));
    assert!(leads(&app).await.iter().all(|lead| lead.1.is_none()));
}
