use axum::http::{StatusCode, header};

use crate::support::TestApp;

#[tokio::test]
async fn a_page_allows_its_own_script_and_nothing_else() {
    let app = TestApp::new().await;
    app.user("admin@example.com", "Company Admin", 0).await;
    let page = app.page("/sign-in", "").await;
    assert_eq!(page.status, StatusCode::OK);
    let policy = page.header(header::CONTENT_SECURITY_POLICY);
    let nonce = policy.split("'nonce-").nth(1).and_then(|rest| rest.split('\'').next()).expect("a nonce");
    assert!(page.body.contains(&format!("nonce=\"{nonce}\"")), "the page's script carries the policy's nonce");
    let early = page.body.find(&format!("<script nonce=\"{nonce}\">")).expect("a script that runs at once");
    let program = page.body.find("<script type=\"module\"").expect("the program");
    assert!(page.body[early..program].contains("addEventListener(\"popstate\""), "Back may come before the program");
    assert!(!policy.contains("unsafe-inline") && policy.contains("frame-ancestors 'none'"), "{policy}");
    assert!(!page.body.contains(" style=\"") && !page.body.contains(" onclick="), "nothing inline");
    let other = app.page("/sign-in", "").await;
    assert_ne!(other.header(header::CONTENT_SECURITY_POLICY), policy, "each page has its own nonce");
}

#[tokio::test]
async fn every_answer_has_the_usual_headers() {
    let app = TestApp::new().await;
    for path in ["/sign-in", "/api/session", "/health", "/nowhere", "/live"] {
        let answer = app.page(path, "").await;
        assert_eq!(answer.header(header::X_CONTENT_TYPE_OPTIONS), "nosniff", "{path}");
        assert_eq!(answer.header(header::X_FRAME_OPTIONS), "DENY", "{path}");
        assert_eq!(answer.header(header::REFERRER_POLICY), "same-origin", "{path}");
        assert!(!answer.header(header::CONTENT_SECURITY_POLICY).is_empty(), "{path}");
    }
}

#[tokio::test]
async fn who_is_not_signed_in_is_led_to_the_sign_in_and_back() {
    let app = TestApp::new().await;
    app.user("admin@example.com", "Company Admin", 0).await;
    let answer = app.page("/leads?status=8", "").await;
    assert!(answer.status.is_redirection(), "{answer:?}");
    assert_eq!(answer.header(header::LOCATION), "/sign-in?next=%2Fleads%3Fstatus%3D8");
}

#[tokio::test]
async fn unknown_pages_and_forbidden_ones_are_proper_pages() {
    let app = TestApp::new().await;
    let (admin, agent) = (app.signed_in("Company Admin").await, app.signed_in("Agent").await);
    for (path, cookie, status) in [
        ("/nowhere", &admin, StatusCode::NOT_FOUND),
        ("/settings?tab=nowhere", &admin, StatusCode::NOT_FOUND),
        ("/settings?tab=configurations", &agent, StatusCode::FORBIDDEN),
        ("/settings?tab=configurations", &admin, StatusCode::OK),
        ("/settings?tab=status", &admin, StatusCode::OK),
        ("/leads", &agent, StatusCode::OK),
    ] {
        let answer = app.page(path, cookie).await;
        assert_eq!(answer.status, status, "{path}");
        assert!(answer.body.contains("<h1"), "{path} has a heading");
    }
}

#[tokio::test]
async fn the_server_says_that_it_is_well() {
    let app = TestApp::new().await;
    let answer = app.get("/health", "").await;
    assert!(answer.body.starts_with("ok, SQLite 3."), "{answer:?}");
}
