use axum::http::{StatusCode, header};

use crate::support::{PASSWORD, SAVE, TestApp, section};

#[tokio::test]
async fn a_page_allows_its_own_script_and_nothing_else() {
    let app = TestApp::new().await;
    let admin = app.signed_in("Company Admin").await;
    let page = app.page("/account", &admin).await;
    assert_eq!(page.status, StatusCode::OK);
    let policy = page.header(header::CONTENT_SECURITY_POLICY);
    let nonce = policy.split("'nonce-").nth(1).and_then(|rest| rest.split('\'').next()).expect("a nonce");
    assert!(page.body.contains(&format!("nonce=\"{nonce}\"")), "the page's script carries the policy's nonce");
    let early = page.body.find(&format!("<script nonce=\"{nonce}\">")).expect("a script that runs at once");
    let program = page.body.find("<script type=\"module\"").expect("the program");
    assert!(page.body[early..program].contains("addEventListener(\"popstate\""), "Back may come before the program");
    assert!(!policy.contains("unsafe-inline") && policy.contains("frame-ancestors 'none'"), "{policy}");
    assert!(!page.body.contains(" style=\"") && !page.body.contains(" onclick="), "nothing inline");
    let other = app.page("/account", &admin).await;
    assert_ne!(other.header(header::CONTENT_SECURITY_POLICY), policy, "each page has its own nonce");
}

#[tokio::test]
async fn the_sign_in_starts_no_program() {
    let app = TestApp::new().await;
    for accounts in [0, 1] {
        if accounts > 0 {
            app.user("admin@example.com", "Company Admin", 0).await;
        }
        let page = app.page("/sign-in", "").await;
        assert!(page.body.contains("rel=\"prefetch\"") && page.body.contains("<form"), "{accounts}");
        assert!(!page.body.contains("hydrate") && !page.body.contains("preload"), "{accounts}");
    }
}

#[tokio::test]
async fn every_answer_has_the_usual_headers() {
    let app = TestApp::new().await;
    for path in ["/sign-in", "/api/session", "/health", "/nowhere", "/live"] {
        let answer = app.page(path, "").await;
        assert_eq!(answer.header(header::X_CONTENT_TYPE_OPTIONS), "nosniff", "{path}");
        assert_eq!(answer.header(header::X_FRAME_OPTIONS), "DENY", "{path}");
        assert_eq!(answer.header(header::REFERRER_POLICY), "same-origin", "{path}");
        assert_eq!(answer.header("cross-origin-resource-policy"), "same-origin", "{path}");
        assert_eq!(answer.header(header::STRICT_TRANSPORT_SECURITY), "", "{path}: people may reach it by http");
        assert!(!answer.header(header::CONTENT_SECURITY_POLICY).is_empty(), "{path}");
    }
}

#[tokio::test]
async fn by_https_everything_is_bound_to_it() {
    let app = TestApp::with(true).await;
    app.user("admin@example.com", "Company Admin", 0).await;
    assert_eq!(app.page("/sign-in", "").await.header(header::STRICT_TRANSPORT_SECURITY), "max-age=31536000");
    let form = [("email", "admin@example.com"), ("password", PASSWORD)];
    let signed_in = app.post("/api/sign-in", &form, "").await;
    let themed = app.post("/api/set-theme", &[("theme", "dark")], "").await;
    for answer in [signed_in, themed] {
        let cookies: Vec<_> =
            answer.headers.get_all(header::SET_COOKIE).iter().map(|it| it.to_str().unwrap()).collect();
        assert!(!cookies.is_empty() && cookies.iter().all(|cookie| cookie.contains("; Secure")), "{cookies:?}");
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
    for nowhere in [app.page("/nowhere", "").await, app.get("/nowhere", "").await] {
        let said = (nowhere.status, nowhere.header(header::LOCATION));
        assert_eq!(said, (StatusCode::FOUND, "/sign-in?next=%2Fnowhere"), "whatever is accepted");
    }
}

#[tokio::test]
async fn every_page_names_the_company() {
    let app = TestApp::new().await;
    let (admin, agent) = (app.signed_in("Company Admin").await, app.signed_in("Agent").await);
    let named = async |name: &str| {
        for (path, cookie) in [("/dashboard", &agent), ("/settings?tab=general", &admin)] {
            let page = app.page(path, cookie).await.body;
            assert!(page.contains(&format!("class=\"company\">{name}<")), "{path}: {page}");
        }
    };
    named("My company").await;
    let values = [("company", "Tele & Sons"), ("country", "IN"), ("time_zone", "Asia/Kolkata")];
    app.post(SAVE, &section("general", "0", &values, PASSWORD), &admin).await;
    named("Tele &amp; Sons").await;
    assert!(!app.page("/sign-in", "").await.body.contains("Tele"), "strangers aren't told");
}

#[tokio::test]
async fn where_nothing_is_listed_it_says_what_to_do() {
    let app = TestApp::new().await;
    let (admin, manager) = (app.signed_in("Company Admin").await, app.signed_in("Manager").await);
    app.post("/api/roles/add", &[("role[name]", "Settler"), ("role[permissions][settings]", "true")], &admin).await;
    let settler = app.signed_in("Settler").await;
    let (run, add) = ("press Run Now, in", "Add one in");
    let import = ">Import leads</a> from a file.";
    for (path, cookie, said, not_said) in [
        ("/dashboard", &admin, vec!["No job has run today.", run, "No agents yet", add], vec![]),
        ("/dashboard", &manager, vec!["No job has run today.", "No agents yet"], vec![run, add]),
        ("/settings/runs?job=lead_import", &admin, vec!["No imports yet", import], vec![]),
        ("/settings/runs?job=lead_import", &settler, vec!["No imports yet"], vec![import]),
    ] {
        let page = app.page(path, cookie).await.body.replace("<!>", "");
        assert!(said.iter().all(|text| page.contains(text)), "{path}: {page}");
        assert!(!not_said.iter().any(|text| page.contains(text)), "{path}: {page}");
    }
}

#[tokio::test]
async fn the_server_says_that_it_is_well() {
    let app = TestApp::new().await;
    let answer = app.get("/health", "").await;
    assert_eq!(answer.body, "ok\n", "and not which versions it is made of");
}

/// A server renders a page now on one thread, now on another: what only its own thread may drop would end the answer.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn pages_come_from_any_thread() {
    let app = TestApp::new().await;
    let admin = app.signed_in("Company Admin").await;
    for _ in 0..20 {
        for path in ["/sign-in", "/users/new", "/account", "/leads/new"] {
            let cookie = if path == "/sign-in" { "" } else { &admin };
            assert_eq!(app.page(path, cookie).await.status, StatusCode::OK, "{path}");
        }
    }
}
