//! Who may import, and see what came of it.

use std::sync::{
    Arc,
    atomic::{AtomicBool, Ordering},
};

use axum::{
    body::{Body, Bytes},
    http::{StatusCode, header},
};

use super::{GOOD, IMPORT, form, import, request, upload, written};
use crate::support::{Answer, TestApp};

#[tokio::test]
async fn who_may_not_import_is_refused_before_the_file_is_read() {
    let app = TestApp::new().await;
    let agent = app.signed_in("Agent").await;
    for (cookie, status, fault) in
        [(agent.as_str(), StatusCode::FORBIDDEN, "\"forbidden\""), ("", StatusCode::UNAUTHORIZED, "\"signed_out\"")]
    {
        let read = Arc::new(AtomicBool::new(false));
        let seen = read.clone();
        let content = futures::stream::once(async move {
            seen.store(true, Ordering::Relaxed);
            Ok::<_, std::io::Error>(Bytes::from(form("leads.csv", GOOD)))
        });
        let answer = app.send(request(Body::from_stream(content), "application/json", cookie)).await;
        assert_eq!((answer.status, answer.body.as_str()), (status, fault));
        assert!(!read.load(Ordering::Relaxed), "not a byte was read");
    }
    let to_form = upload(&app, GOOD, &agent).await;
    assert_eq!(to_form.header(header::LOCATION), "/leads/import?problem=%22forbidden%22");
    assert_eq!(upload(&app, GOOD, "").await.header(header::LOCATION), IMPORT, "the page leads on to the sign-in");
    assert_eq!(written(&app).await, (0, 0));
}

#[tokio::test]
async fn another_sites_form_is_refused() {
    let app = TestApp::new().await;
    let manager = app.signed_in("Manager").await;
    let mut request = request(form("leads.csv", GOOD), "text/html", &manager);
    request.headers_mut().insert("sec-fetch-site", "cross-site".parse().unwrap());
    assert_eq!(app.send(request).await.status, StatusCode::FORBIDDEN);
    assert_eq!(written(&app).await, (0, 0));
}

#[tokio::test]
async fn an_import_is_for_holders_of_management() {
    let app = TestApp::new().await;
    let (manager, agent) = (app.signed_in("Manager").await, app.signed_in("Agent").await);
    let run = import(&app, GOOD, &manager).await["import"]["run"].as_i64().unwrap();
    for path in [IMPORT.to_owned(), format!("/leads/import/{run}"), format!("/leads/import/{run}/bad-rows.csv")] {
        assert_eq!(app.page(&path, &manager).await.status, StatusCode::OK, "{path}");
        assert_eq!(app.page(&path, &agent).await.status, StatusCode::FORBIDDEN, "{path}");
        let anonymous = app.page(&path, "").await;
        assert!(anonymous.status.is_redirection() || anonymous.status == StatusCode::UNAUTHORIZED, "{path}");
        assert!(!anonymous.body.contains("imported") && !anonymous.body.contains("Reason"), "{path}");
    }
    for path in ["/api/leads/imports".to_owned(), format!("/api/leads/import?run={run}")] {
        assert_eq!(app.get(&path, &agent).await.body, "\"forbidden\"", "{path}");
    }
    let of = |page: &Answer| page.body.contains("Import leads");
    assert!(of(&app.page("/leads", &manager).await) && !of(&app.page("/leads", &agent).await));
}

#[tokio::test]
async fn what_is_no_import_is_not_found() {
    let app = TestApp::new().await;
    let admin = app.signed_in("Company Admin").await;
    let other =
        app.post(crate::support::RUN, &crate::support::ASSIGNMENT, &admin).await.json()["started"]["run"].clone();
    for run in [other.to_string(), "4711".to_owned(), "x".to_owned()] {
        for path in [format!("/leads/import/{run}"), format!("/leads/import/{run}/bad-rows.csv")] {
            assert_eq!(app.page(&path, &admin).await.status, StatusCode::NOT_FOUND, "{path}");
        }
    }
}
