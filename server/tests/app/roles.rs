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
