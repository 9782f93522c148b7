use axum::http::StatusCode;

use crate::support::{NOTHING, PASSWORD, TestApp};

#[tokio::test]
async fn everybody_has_an_account_page() {
    let app = TestApp::new().await;
    for role in ["Company Admin", "Manager", "Agent"] {
        let cookie = app.signed_in(role).await;
        let page = app.page("/account", &cookie).await;
        assert_eq!(page.status, StatusCode::OK, "{role}");
        assert!(page.body.contains(role));
        let sessions = app.get("/api/account", &cookie).await.json()["sessions"].as_array().unwrap().clone();
        assert_eq!(sessions.len(), 1);
        assert_eq!(sessions[0]["this"], true);
    }
}

#[tokio::test]
async fn a_new_password_ends_all_other_sessions() {
    let app = TestApp::new().await;
    let here = app.signed_in("Agent").await;
    let elsewhere = app.sign_in("agent@example.com").await;
    let wrong = [("password", "not the password"), ("new_password", "another password")];
    assert_eq!(app.post("/api/account/password", &wrong, &here).await.body, "\"wrong_password\"");
    let short = [("password", PASSWORD), ("new_password", "short")];
    assert_eq!(app.post("/api/account/password", &short, &here).await.json()["invalid"]["field"], "new_password");
    assert!(app.get("/api/session", &elsewhere).await.body.contains("signed_in"), "a refusal ends nothing");

    let right = [("password", PASSWORD), ("new_password", "another password")];
    assert_eq!(app.post("/api/account/password", &right, &here).await.status, StatusCode::OK);
    assert!(app.get("/api/session", &here).await.body.contains("signed_in"));
    assert_eq!(app.get("/api/session", &elsewhere).await.body, "\"signed_out\"");
    let old = [("email", "agent@example.com"), ("password", PASSWORD)];
    assert_eq!(app.post("/api/sign-in", &old, "").await.body, "\"wrong_sign_in\"");
    let new = [("email", "agent@example.com"), ("password", "another password")];
    assert_eq!(app.post("/api/sign-in", &new, "").await.status, StatusCode::OK);
}

#[tokio::test]
async fn guessing_the_present_password_is_stopped() {
    let app = TestApp::new().await;
    let cookie = app.signed_in("Agent").await;
    app.pass(1000);
    let wrong = [("password", "not the password"), ("new_password", "another password")];
    for _ in 0..5 {
        assert_eq!(app.post("/api/account/password", &wrong, &cookie).await.body, "\"wrong_password\"");
    }
    let right = [("password", PASSWORD), ("new_password", "another password")];
    let held = app.post("/api/account/password", &right, &cookie).await;
    assert_eq!(held.json()["too_many_tries"]["until"], "at 2026-05-11 09:16 IST");
}

#[tokio::test]
async fn own_sessions_are_revoked_and_nobody_elses() {
    let app = TestApp::new().await;
    let admin = app.signed_in("Company Admin").await;
    let here = app.signed_in("Agent").await;
    let (second, third) = (app.sign_in("agent@example.com").await, app.sign_in("agent@example.com").await);
    app.post("/api/account/sessions/revoke", &[("session", "1")], &here).await;
    assert!(app.get("/api/session", &admin).await.body.contains("signed_in"), "another's session stays");
    app.post("/api/account/sessions/revoke", &[("session", "3")], &here).await;
    assert_eq!(app.get("/api/session", &second).await.body, "\"signed_out\"");
    app.post("/api/account/sessions/revoke-others", &NOTHING, &here).await;
    assert_eq!(app.get("/api/session", &third).await.body, "\"signed_out\"");
    assert!(app.get("/api/session", &here).await.body.contains("signed_in"));
    assert!(app.get("/api/session", &admin).await.body.contains("signed_in"));
}
