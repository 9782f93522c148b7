use axum::http::{StatusCode, header};

use crate::support::TestApp;

#[tokio::test]
async fn a_role_is_added_changed_and_deleted() {
    let app = TestApp::new().await;
    let admin = app.signed_in("Company Admin").await;
    let auditor = [("role[name]", "Auditor"), ("role[permissions][reports]", "true")];
    assert_eq!(app.post("/api/roles/add", &auditor, &admin).await.status, StatusCode::OK);
    let roles = app.get("/api/roles", &admin).await.json();
    let added = &roles.as_array().unwrap()[3];
    assert_eq!((added["name"].as_str(), added["users"].as_i64()), (Some("Auditor"), Some(0)));
    assert_eq!(added["permissions"]["reports"], true);
    assert_eq!(added["permissions"]["management"], false);
    let id = added["id"].to_string();
    let changed = [("id", id.as_str()), ("role[name]", "Chief auditor"), ("role[permissions][management]", "true")];
    assert_eq!(app.post("/api/roles/edit", &changed, &admin).await.status, StatusCode::OK);
    let role = app.get(&format!("/api/roles/record?id={id}"), &admin).await.json();
    assert_eq!(role["name"], "Chief auditor");
    assert_eq!((&role["permissions"]["reports"], &role["permissions"]["management"]), (&false.into(), &true.into()));
    let deleted = app.post_plain("/api/roles/delete", &[("id", id.as_str())], &admin).await;
    assert_eq!(deleted.header(header::LOCATION), "/roles?done=deleted");
    assert_eq!(app.get(&format!("/api/roles/record?id={id}"), &admin).await.body, "\"not_found\"");
}

#[tokio::test]
async fn a_change_counts_with_the_next_request() {
    let app = TestApp::new().await;
    let (admin, agent) = (app.signed_in("Company Admin").await, app.signed_in("Agent").await);
    assert_eq!(app.get("/api/leads", &agent).await.status, StatusCode::OK);
    let without = [("id", "3"), ("role[name]", "Agent"), ("role[permissions][users]", "true")];
    app.post("/api/roles/edit", &without, &admin).await;
    assert_eq!(app.get("/api/leads", &agent).await.body, "\"forbidden\"");
    assert_eq!(app.get("/api/users", &agent).await.status, StatusCode::OK);
}

#[tokio::test]
async fn what_somebody_else_changed_meanwhile_is_not_written_over() {
    let app = TestApp::new().await;
    let admin = app.signed_in("Company Admin").await;
    let edit =
        |version, name, permission| [("id", "2"), ("version", version), ("role[name]", name), (permission, "true")];
    let first = edit("0", "Team lead", "role[permissions][management]");
    assert_eq!(app.post("/api/roles/edit", &first, &admin).await.status, StatusCode::OK);
    let before = app.get("/api/roles", &admin).await.body;
    let late = edit("0", "Late", "role[permissions][settings]");
    let answer = app.post("/api/roles/edit", &late, &admin).await;
    assert_eq!((answer.status, answer.body.as_str()), (StatusCode::CONFLICT, "\"changed\""));
    let answer = app.post_plain("/api/roles/edit", &late, &admin).await;
    let page = app.page(answer.header(header::LOCATION).split('#').next().unwrap(), &admin).await.body;
    for text in ["Somebody changed this role after you opened the form.", "Stored now", "value=\"Late\"", "Team lead"] {
        assert!(page.contains(text), "{text} is on the page");
    }
    assert_eq!(ticked(&page), ["settings"], "what was typed is kept: {page}");
    assert!(page.contains("name=\"version\" value=\"1\""), "the next save is made on what is stored now: {page}");
    assert_eq!(app.get("/api/roles", &admin).await.body, before);
    let again = edit("1", "Late", "role[permissions][settings]");
    assert_eq!(app.post("/api/roles/edit", &again, &admin).await.status, StatusCode::OK);
    let role = app.get("/api/roles/record?id=2", &admin).await.json();
    assert_eq!((&role["name"], &role["version"]), (&"Late".into(), &2.into()));
    assert_eq!(app.post("/api/roles/delete", &[("id", "2")], &admin).await.status, StatusCode::OK, "of any version");
}

/// The permissions whose boxes are ticked on the page.
fn ticked(page: &str) -> Vec<&str> {
    let boxes = page.split("name=\"role[permissions][").skip(1);
    let ticked = boxes.filter(|rest| rest.split('>').next().unwrap().contains("checked"));
    ticked.map(|rest| rest.split(']').next().unwrap()).collect()
}

#[tokio::test]
async fn refusals_change_nothing() {
    let app = TestApp::new().await;
    let admin = app.signed_in("Company Admin").await;
    app.user("agent@example.com", "Agent", 5).await;
    let before = app.get("/api/roles", &admin).await.body;
    let long = "x".repeat(61);
    for name in ["", "AGENT", long.as_str()] {
        let answer = app.post("/api/roles/add", &[("role[name]", name)], &admin).await;
        assert_eq!(answer.json()["invalid"]["field"], "name", "{name:?}");
        let answer = app.post("/api/roles/edit", &[("id", "2"), ("role[name]", name)], &admin).await;
        assert_eq!(answer.json()["invalid"]["field"], "name", "{name:?}");
    }
    let in_use = app.post("/api/roles/delete", &[("id", "3")], &admin).await;
    assert!(in_use.body.contains("There are users with this role."), "{in_use:?}");
    for path in ["/api/roles/edit", "/api/roles/delete"] {
        let answer = app.post(path, &[("id", "77"), ("role[name]", "Nobody's")], &admin).await;
        assert_eq!(answer.body, "\"not_found\"", "{path}");
    }
    assert_eq!(app.get("/api/roles", &admin).await.body, before);
}
