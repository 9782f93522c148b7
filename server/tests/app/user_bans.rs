use axum::http::StatusCode;
use calliyo_db::agents;
use calliyo_domain::job::Job;

use crate::{
    support::{PASSWORD, TestApp},
    users::{form, state},
};

#[tokio::test]
async fn a_banned_user_is_out_with_the_next_request_and_stays_out() {
    let app = TestApp::new().await;
    let admin = app.signed_in("Company Admin").await;
    let agent = app.signed_in("Agent").await;
    let mut stream = app.open("/live", &agent).await.into_body().into_data_stream();
    assert_eq!(app.post("/api/users/ban", &[("id", "2")], &admin).await.body, "0");
    assert_eq!(app.get("/api/leads", &agent).await.body, "\"signed_out\"");
    let form = [("email", "agent@example.com"), ("password", PASSWORD)];
    assert_eq!(app.post("/api/sign-in", &form, "").await.body, "\"wrong_sign_in\"");
    let end = tokio::time::timeout(std::time::Duration::from_secs(5), async {
        while let Some(Ok(_)) = futures::StreamExt::next(&mut stream).await {}
    });
    assert!(end.await.is_ok(), "the live stream ends at once, not with its next pulse");
    app.post("/api/users/unban", &[("id", "2")], &admin).await;
    assert_eq!(app.get("/api/leads", &agent).await.body, "\"signed_out\"", "the old session stays gone");
    app.sign_in("agent@example.com").await;
}

#[tokio::test]
async fn a_ban_keeps_the_leads_or_returns_them() {
    let app = TestApp::new().await;
    let admin = app.signed_in("Company Admin").await;
    for email in ["asha@example.com", "bela@example.com"] {
        app.user(email, "Agent", 5).await;
    }
    app.leads(10).await;
    give_out(&app).await;
    assert_eq!(app.post("/api/users/ban", &[("id", "2")], &admin).await.body, "0");
    assert_eq!(app.get("/api/leads?filter[owner]=2", &admin).await.json()["rows"].as_array().unwrap().len(), 5);
    let banned = app.post("/api/users/ban", &[("id", "3"), ("return_leads", "true")], &admin).await;
    assert_eq!(banned.body, "5");
    assert_eq!(app.get("/api/leads?filter[owner]=none", &admin).await.json()["rows"].as_array().unwrap().len(), 5);
    let mut tx = app.services.db.read().await.unwrap();
    assert_eq!(agents::count_receivers(&mut tx).await.unwrap().agents, 0);
    let broken =
        calliyo_db::check::run(&mut tx).await.unwrap().into_iter().filter(|finding| finding.broken > 0).count();
    assert_eq!(broken, 0);
}

/// Runs Daily lead top-up.
async fn give_out(app: &TestApp) {
    let mut tx = app.services.db.write().await.unwrap();
    let now = app.services.clock.now();
    let asked = calliyo_db::runs::request(&mut tx, Job::TopUp, calliyo_domain::job::Trigger::RunNow, None, now).await;
    let calliyo_db::runs::Requested::New(run) = asked.unwrap() else { panic!("no run is under way") };
    calliyo_db::queue::push(&mut tx, run).await.unwrap();
    tx.commit().await.unwrap();
    assert!(calliyo_server::jobs::take_up(&app.services, run).await.unwrap());
}

#[tokio::test]
async fn somebody_who_manages_users_and_settings_remains() {
    let app = TestApp::new().await;
    let admin = app.signed_in("Company Admin").await;
    let other = app.user("bo@example.com", "Company Admin", 0).await.to_string();
    let own = app.post("/api/users/ban", &[("id", "1")], &admin).await;
    assert!(own.body.contains("You can't ban yourself."), "{own:?}");
    assert_eq!(app.post("/api/users/ban", &[("id", other.as_str())], &admin).await.status, StatusCode::OK);
    let before = state(&app).await;
    let demoted = form(&[("id", "1"), ("user[role]", "2"), ("user[email]", "company.admin@example.com")]);
    let answer = app.post("/api/users/edit", &demoted, &admin).await;
    assert_eq!(answer.json()["invalid"]["field"], "role", "{answer:?}");
    let weaker = [("id", "1"), ("role[name]", "Company Admin"), ("role[permissions][users]", "true")];
    let answer = app.post("/api/roles/edit", &weaker, &admin).await;
    assert_eq!(answer.json()["invalid"]["field"], "permissions", "{answer:?}");
    assert_eq!(state(&app).await, before);
    app.post("/api/users/unban", &[("id", other.as_str())], &admin).await;
    assert_eq!(app.post("/api/users/edit", &demoted, &admin).await.status, StatusCode::OK, "now there is another");
    assert_eq!(app.get("/api/users", &admin).await.body, "\"forbidden\"");
}

#[tokio::test]
async fn a_user_with_users_alone_can_not_ban_the_last_admin() {
    let app = TestApp::new().await;
    let admin = app.signed_in("Company Admin").await;
    let role = [("role[name]", "Office"), ("role[permissions][users]", "true")];
    assert_eq!(app.post("/api/roles/add", &role, &admin).await.status, StatusCode::OK);
    let office = app.signed_in("Office").await;
    let before = state(&app).await;
    let answer = app.post("/api/users/ban", &[("id", "1")], &office).await;
    assert!(answer.body.contains("Nobody would be left"), "{answer:?}");
    assert_eq!(state(&app).await, before);
    assert!(app.get("/api/session", &admin).await.body.contains("signed_in"));
}
