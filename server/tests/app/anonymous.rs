use axum::{
    body::Body,
    http::{Method, Request, StatusCode, header},
};

use crate::support::TestApp;

/// What somebody who isn't signed in may call: signing in itself, and how the page looks.
const OPEN: [&str; 4] = ["/api/session", "/api/sign-in", "/api/create-first-admin", "/api/set-theme"];

#[tokio::test]
async fn every_server_function_refuses_the_anonymous_caller() {
    let app = TestApp::new().await;
    app.user("admin@example.com", "Company Admin", 0).await;
    let mut refused = 0;
    for (path, method) in leptos::server_fn::axum::server_fn_paths() {
        if OPEN.contains(&path) {
            continue;
        }
        // All arguments that any of them takes: it is the caller that must be refused, not the form.
        let form = "section=top_up&job=top_up&version=0&password=x&status=&owner=&before=&id=1&run=1&name=x";
        let (uri, body) = if method == Method::GET { (format!("{path}?{form}"), "") } else { (path.to_owned(), form) };
        let request = Request::builder()
            .method(method)
            .uri(uri)
            .header(header::ACCEPT, "application/json")
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .body(Body::from(body))
            .unwrap();
        let answer = app.send(request).await;
        assert_eq!(answer.body, "\"signed_out\"", "{path} answers {answer:?}");
        refused += 1;
    }
    assert!(refused >= 6, "only {refused} server functions are registered");
}

#[tokio::test]
async fn a_cookie_that_means_nothing_is_no_sign_in() {
    let app = TestApp::new().await;
    app.user("admin@example.com", "Company Admin", 0).await;
    let answer = app.get("/api/leads", "calliyo=0000").await;
    assert_eq!(answer.body, "\"signed_out\"");
}

/// Who isn't signed in is refused before a transaction is opened: one that waits for another of the same few would hold
/// up everybody.
#[tokio::test]
async fn many_strangers_at_once_hold_nobody_up() {
    let app = TestApp::new().await;
    let manager = app.signed_in("Manager").await;
    for path in ["/reports/report.csv", "/reports/funnel.csv", "/customers/export.csv", "/leads/export.csv"] {
        let strangers = (0..40).map(|_| app.get(path, "calliyo=0000"));
        for answer in futures::future::join_all(strangers).await {
            assert_eq!(answer.status, StatusCode::UNAUTHORIZED, "{path}: {answer:?}");
        }
        assert_eq!(app.get(path, &manager).await.status, StatusCode::OK, "{path}");
    }
}
