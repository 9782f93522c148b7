use axum::{
    body::Body,
    http::{Request, StatusCode, header},
};
use calliyo_app::server::request;
use calliyo_db::{Tx, sessions};

use crate::support::{Answer, FOR, NOTHING, PASSWORD, TestApp, whose};

const MINUTE: i64 = 60 * 1000;
const HOUR: i64 = 60 * MINUTE;

#[tokio::test]
async fn the_right_password_opens_a_session_and_sign_out_ends_it() {
    let app = TestApp::new().await;
    let cookie = app.signed_in("Company Admin").await;
    assert_eq!(app.get("/api/session", &cookie).await.json()["signed_in"]["email"], "company.admin@example.com");
    let out = app.post("/api/sign-out", &NOTHING, &cookie).await;
    assert!(out.header(header::SET_COOKIE).contains("Max-Age=0"), "{out:?}");
    assert_eq!(out.header("clear-site-data"), "\"cache\"");
    assert_eq!(app.get("/api/session", &cookie).await.body, "\"signed_out\"");
}

#[tokio::test]
async fn unknown_emails_and_wrong_passwords_get_the_same_answer() {
    let app = TestApp::new().await;
    app.user("admin@example.com", "Company Admin", 0).await;
    for email in ["admin@example.com", "nobody@example.com"] {
        let answer = app.post("/api/sign-in", &[("email", email), ("password", "wrong")], "").await;
        assert_eq!((answer.status, answer.body.as_str()), (StatusCode::UNAUTHORIZED, "\"wrong_sign_in\""));
        assert_eq!(answer.cookie(), "");
    }
}

#[tokio::test]
async fn banned_users_are_out_at_once_and_stay_out() {
    let app = TestApp::new().await;
    let cookie = app.signed_in("Agent").await;
    let mut tx = app.services.db.write().await.unwrap();
    let Tx::Sqlite(conn) = &mut tx else { panic!("on SQLite") };
    sqlx::query("UPDATE users SET banned = 1").execute(&mut **conn).await.unwrap();
    tx.commit().await.unwrap();
    assert_eq!(app.get("/api/leads", &cookie).await.body, "\"signed_out\"");
    let again = app.post("/api/sign-in", &[("email", "agent@example.com"), ("password", PASSWORD)], "").await;
    assert_eq!(again.body, "\"wrong_sign_in\"");
}

#[tokio::test]
async fn guessing_is_stopped_and_starts_anew_after_a_while() {
    let app = TestApp::new().await;
    app.user("admin@example.com", "Company Admin", 0).await;
    let guess = [("email", "admin@example.com"), ("password", "wrong")];
    for _ in 0..5 {
        assert_eq!(app.post("/api/sign-in", &guess, "").await.body, "\"wrong_sign_in\"");
    }
    let right = [("email", "ADMIN@example.com"), ("password", PASSWORD)];
    let held = app.post("/api/sign-in", &right, "").await;
    assert_eq!((held.status, held.header(header::RETRY_AFTER)), (StatusCode::TOO_MANY_REQUESTS, "900"));
    assert_eq!(held.json()["too_many_tries"]["until"], "in 15 minutes");
    app.pass(16 * MINUTE);
    assert_eq!(app.post("/api/sign-in", &right, "").await.status, StatusCode::OK);
}

#[tokio::test]
async fn a_new_password_from_an_admin_ends_the_hold() {
    let app = TestApp::new().await;
    let admin = app.signed_in("Company Admin").await;
    let asha = app.user("asha@example.com", "Agent", 5).await;
    for _ in 0..5 {
        app.post("/api/sign-in", &[("email", "asha@example.com"), ("password", "wrong")], "").await;
    }
    let right = [("email", "asha@example.com"), ("password", "another good one")];
    assert_eq!(app.post("/api/sign-in", &right, "").await.status, StatusCode::TOO_MANY_REQUESTS);
    let set = [("id", asha.to_string()), ("password", "another good one".to_owned())];
    let set = set.each_ref().map(|(name, value)| (*name, value.as_str()));
    let answer = app.post("/api/users/password", &set, &admin).await;
    assert_eq!(answer.status, StatusCode::OK, "{answer:?}");
    assert_eq!(app.post("/api/sign-in", &right, "").await.status, StatusCode::OK);
}

/// All cookies of an answer, as a browser would send them back.
fn cookies(answer: &Answer) -> String {
    let all = answer.headers.get_all(header::SET_COOKIE).iter();
    let all: Vec<_> = all.filter_map(|cookie| cookie.to_str().ok()?.split(';').next()).collect();
    all.join("; ")
}

#[tokio::test]
async fn neighbours_hold_up_neither_who_is_signed_in_nor_their_browser() {
    let app = TestApp::new().await;
    app.user("admin@example.com", "Company Admin", 0).await;
    let right = [("email", "admin@example.com"), ("password", PASSWORD)];
    let signed_in = app.post("/api/sign-in", &right, "").await;
    let (session, all) = (signed_in.cookie(), cookies(&signed_in));
    let browser = all.split("; ").find(|cookie| cookie.starts_with("calliyo-browser=")).expect("is known from now on");
    app.pass(1000);
    for _ in 0..5 {
        app.post("/api/sign-in", &[("email", "admin@example.com"), ("password", "wrong")], "").await;
    }
    assert_eq!(
        app.post("/api/sign-in", &right, "").await.status,
        StatusCode::TOO_MANY_REQUESTS,
        "from the same office"
    );
    let change = [("password", PASSWORD), ("new_password", "quite another one")];
    assert_eq!(app.post("/api/account/password", &change, &session).await.status, StatusCode::OK);
    let now = [("email", "admin@example.com"), ("password", "quite another one")];
    assert_eq!(app.post("/api/sign-in", &now, browser).await.status, StatusCode::OK, "where they signed in before");
    // The new password has ended what held the account up.
    app.pass(1000);
    for _ in 0..5 {
        app.post("/api/sign-in", &[("email", "admin@example.com"), ("password", "wrong")], "").await;
    }
    let forged = format!("calliyo-browser={}", "0".repeat(64));
    assert_eq!(app.post("/api/sign-in", &now, &forged).await.status, StatusCode::TOO_MANY_REQUESTS);
    app.user("asha@example.com", "Agent", 5).await;
    let planted = app.post("/api/sign-in", &[("email", "asha@example.com"), ("password", PASSWORD)], &forged).await;
    assert!(!cookies(&planted).contains(&forged), "a token of nobody's is none of ours");
    // Who guesses there is counted there.
    for _ in 0..5 {
        app.post("/api/sign-in", &[("email", "admin@example.com"), ("password", "wrong")], browser).await;
    }
    assert_eq!(app.post("/api/sign-in", &now, browser).await.status, StatusCode::TOO_MANY_REQUESTS);
}

#[tokio::test]
async fn wrong_confirmations_count_against_their_session_alone() {
    let app = TestApp::new().await;
    app.user("asha@example.com", "Agent", 5).await;
    let (here, there) = (app.sign_in("asha@example.com").await, app.sign_in("asha@example.com").await);
    let change = |password| [("password", password), ("new_password", "quite another one")];
    for _ in 0..5 {
        assert_eq!(app.post("/api/account/password", &change("wrong"), &here).await.body, "\"wrong_password\"");
    }
    let held = app.post("/api/account/password", &change(PASSWORD), &here).await;
    assert_eq!((held.status, held.header(header::RETRY_AFTER)), (StatusCode::TOO_MANY_REQUESTS, "900"));
    app.sign_in("asha@example.com").await;
    assert_eq!(app.post("/api/account/password", &change(PASSWORD), &there).await.status, StatusCode::OK);
}

/// Nobody waits for it but this.
async fn use_is_noted(app: &TestApp, cookie: &str) {
    let digest = request::digest(cookie.trim_start_matches("calliyo="));
    loop {
        let seen = sessions::last_seen(&mut app.services.db.read().await.unwrap(), &digest).await.unwrap();
        if seen == Some(app.services.clock.now()) {
            return;
        }
        tokio::task::yield_now().await;
    }
}

#[tokio::test]
async fn sessions_end_by_themselves_unused_or_old() {
    let app = TestApp::new().await;
    let cookie = app.signed_in("Company Admin").await;
    for _ in 0..29 {
        app.pass(23 * HOUR);
        assert!(app.get("/api/session", &cookie).await.body.contains("signed_in"));
        use_is_noted(&app, &cookie).await;
    }
    app.pass(60 * HOUR);
    assert_eq!(app.get("/api/session", &cookie).await.body, "\"signed_out\"", "unused for more than a day");

    let cookie = app.sign_in("company.admin@example.com").await;
    for _ in 0..32 {
        app.pass(23 * HOUR);
        if app.get("/api/session", &cookie).await.body.contains("signed_in") {
            use_is_noted(&app, &cookie).await;
        }
    }
    assert_eq!(app.get("/api/session", &cookie).await.body, "\"signed_out\"", "older than thirty days");
}

#[tokio::test]
async fn a_users_sessions_are_listed_and_revoked() {
    let app = TestApp::new().await;
    let id = app.user("admin@example.com", "Company Admin", 0).await;
    let (first, second) = (app.sign_in("admin@example.com").await, app.sign_in("admin@example.com").await);
    let mut tx = app.services.db.write().await.unwrap();
    let listed = sessions::of_user(&mut tx, id).await.unwrap();
    assert_eq!(listed.len(), 2);
    assert_eq!(listed[0].address, "192.0.2.1");
    let oldest = listed.iter().map(|session| session.id).min().unwrap();
    assert!(sessions::revoke(&mut tx, id, oldest).await.unwrap());
    tx.commit().await.unwrap();
    assert_eq!(app.get("/api/session", &first).await.body, "\"signed_out\"");
    assert!(app.get("/api/session", &second).await.body.contains("signed_in"));
}

#[tokio::test]
async fn cookies_are_bound_to_https_where_the_site_is() {
    for (secure, start, flag) in [(true, "__Host-calliyo=", true), (false, "calliyo=", false)] {
        let app = TestApp::with(secure).await;
        app.user("admin@example.com", "Company Admin", 0).await;
        let form = [("email", "admin@example.com"), ("password", PASSWORD)];
        let answer = app.post("/api/sign-in", &form, "").await;
        let cookie = answer.header(header::SET_COOKIE);
        assert!(cookie.starts_with(start), "{cookie}");
        assert_eq!(cookie.contains("Secure"), flag, "{cookie}");
        assert!(
            cookie.contains("HttpOnly") && cookie.contains("SameSite=Lax") && cookie.contains("Path=/"),
            "{cookie}"
        );
    }
}

#[tokio::test]
async fn the_first_admin_is_made_once() {
    let app = TestApp::new().await;
    assert_eq!(app.get("/api/session", "").await.body, "\"first_run\"");
    let form = [("name", "Asha"), ("email", "asha@example.com"), ("password", PASSWORD)];
    let weak = app.post("/api/create-first-admin", &[form[0], form[1], ("password", "short")], "").await;
    assert_eq!(weak.json()["invalid"]["field"], "password");
    let made = app.post("/api/create-first-admin", &form, "").await;
    assert_eq!(app.get("/api/session", &made.cookie()).await.json()["signed_in"]["role"], "Company Admin");
    let late = [form[0], ("email", "b@example.com"), form[2]];
    let again = app.post("/api/create-first-admin", &late, "").await;
    assert_eq!((again.status, again.body.as_str()), (StatusCode::FORBIDDEN, "\"admin_exists\""));
    // Without scripts, a page opened before leads to the sign-in.
    let answer = app.post_plain("/api/create-first-admin", &late, "").await;
    let page = app.page(answer.header(header::LOCATION), "").await.body;
    assert!(page.contains("An admin was made already. Sign in, or ask them for an account."), "{page}");
    assert!(page.contains("action=\"/api/sign-in\"") && page.contains("value=\"b@example.com\""), "{page}");
}

#[tokio::test]
async fn an_address_says_only_what_the_site_has_said_to_this_browser() {
    const SAYING: &str = "Your account is locked. Call the number below.";
    let app = TestApp::new().await;
    let admin = app.signed_in("Company Admin").await;
    let mut query = form_urlencoded::Serializer::new(String::new());
    query.append_pair("problem", &format!("{{\"invalid\":{{\"field\":\"zzz\",\"message\":\"{SAYING}\"}}}}"));
    query.append_pair("section", "daily_target");
    query.append_pair("done", &format!("{{\"added\":{{\"name\":\"{SAYING}\"}}}}"));
    let said = query.finish();
    for (page, rest) in [
        ("/sign-in?", "/sign-in?section=daily_target"),
        ("/settings?tab=status&", "/settings?tab=status&section=daily_target"),
        ("/settings?tab=configurations&", "/settings?tab=configurations&section=daily_target"),
    ] {
        let answer = app.page(&format!("{page}{said}"), &admin).await;
        assert_eq!((answer.status, answer.header(header::LOCATION)), (StatusCode::SEE_OTHER, rest));
    }
    let wrong = [("email", "admin@example.com"), ("password", "wrong")];
    let refused = app.post_plain("/api/sign-in", &wrong, "").await;
    let cookie = refused.header(header::SET_COOKIE);
    assert!(
        cookie.contains("HttpOnly") && cookie.contains("SameSite=Lax") && cookie.contains("Max-Age=600"),
        "{cookie}"
    );
    let location = refused.header(header::LOCATION);
    assert!(app.page(location, "").await.body.contains("Email or password is wrong."));
    let other = app.page(&location.replace("wrong_sign_in", "too_many_tries"), "").await;
    assert_eq!(other.header(header::LOCATION), "/sign-in?email=admin%40example.com", "not what was said");
}

#[tokio::test]
async fn another_sites_page_can_not_write() {
    let app = TestApp::new().await;
    let cookie = app.signed_in("Company Admin").await;
    let attack = |name: &'static str, value: &'static str| {
        Request::post("/api/jobs/run")
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .header(header::COOKIE, &cookie)
            .header(FOR, whose(&cookie))
            .header(name, value)
            .body(Body::from("job=auto_assignment"))
            .unwrap()
    };
    assert_eq!(app.send(attack("sec-fetch-site", "cross-site")).await.status, StatusCode::FORBIDDEN);
    assert_eq!(app.send(attack("origin", "https://evil.example")).await.status, StatusCode::FORBIDDEN);
    assert_eq!(app.send(attack("sec-fetch-site", "same-origin")).await.status, StatusCode::OK);
}

#[tokio::test]
async fn without_scripts_a_refusal_comes_back_with_what_was_typed() {
    let app = TestApp::new().await;
    app.user("admin@example.com", "Company Admin", 0).await;
    let form = [("email", "admin@example.com"), ("password", "wrong"), ("next", "/leads")];
    let answer = app.post_plain("/api/sign-in", &form, "").await;
    assert_eq!(answer.status, StatusCode::FOUND);
    assert_eq!(
        answer.header(header::LOCATION),
        "/sign-in?email=admin%40example.com&next=%2Fleads&problem=%22wrong_sign_in%22"
    );
    let form = [("email", "admin@example.com"), ("password", PASSWORD), ("next", "//evil.example")];
    assert_eq!(app.post_plain("/api/sign-in", &form, "").await.header(header::LOCATION), "/");
}
