use axum::http::{StatusCode, header};
use calliyo_db::settings;
use calliyo_domain::settings::{AutoAssignment, DailyTarget};

use crate::support::{PASSWORD, SAVE, TestApp, section};

fn form<'a>(version: &'a str, at: &'a str, password: &'a str) -> Vec<(String, &'a str)> {
    let values = [("enabled", "true"), ("statuses", "1"), ("statuses", "8"), ("at", at)];
    section("auto_assignment", version, &values, password)
}

async fn saved(app: &TestApp) -> settings::Current<AutoAssignment> {
    settings::get(&mut app.services.db.read().await.unwrap()).await.unwrap()
}

#[tokio::test]
async fn saving_takes_the_permission_then_the_password_then_sound_values() {
    let app = TestApp::new().await;
    let (admin, agent) = (app.signed_in("Company Admin").await, app.signed_in("Agent").await);
    let fresh = saved(&app).await;
    let refused = async |form: Vec<(String, &str)>, cookie: &str| app.post(SAVE, &form, cookie).await.json();

    assert_eq!(refused(form("0", "25:00", "wrong"), &agent).await, "forbidden");
    assert_eq!(refused(form("0", "25:00", "wrong"), &admin).await, "wrong_password");
    assert_eq!(refused(form("0", "25:00", PASSWORD), &admin).await["invalid"]["field"], "at");
    let none = section("auto_assignment", "0", &[("enabled", "true"), ("at", "09:00")], PASSWORD);
    assert_eq!(refused(none, &admin).await["invalid"]["field"], "statuses");
    let customer = section("auto_assignment", "0", &[("statuses", "4"), ("at", "09:00")], PASSWORD);
    assert_eq!(refused(customer, &admin).await["invalid"]["field"], "statuses");
    assert_eq!(saved(&app).await, fresh, "nothing was changed");

    let answer = app.post(SAVE, &form("0", "08:30", PASSWORD), &admin).await;
    assert_eq!(answer.status, StatusCode::OK, "{answer:?}");
    assert_eq!(answer.json()["version"], 1);
    let now = saved(&app).await;
    assert_eq!(
        (now.value.enabled, now.value.statuses, now.value.at.to_string()),
        (true, vec![1, 8], "08:30".to_owned())
    );
}

#[tokio::test]
async fn a_stale_form_is_told_who_saved_meanwhile() {
    let app = TestApp::new().await;
    let admin = app.signed_in("Company Admin").await;
    app.post(SAVE, &form("0", "08:30", PASSWORD), &admin).await;
    let stale = app.post(SAVE, &form("0", "07:00", PASSWORD), &admin).await.json();
    assert_eq!(stale["stale"]["by"], "company.admin");
    assert_eq!(stale["stale"]["at"], "2026-05-11 09:00 IST");
    assert_eq!(saved(&app).await.value.at.to_string(), "08:30");
}

#[tokio::test]
async fn saving_what_is_stored_already_writes_nothing_and_says_so() {
    let app = TestApp::new().await;
    let admin = app.signed_in("Company Admin").await;
    let mut changes = app.services.hub.subscribe();
    let target = |version, calls| section("daily_target", version, &[("calls", calls)], PASSWORD);
    let same = app.post(SAVE, &target("0", "0100"), &admin).await.json();
    assert_eq!((&same["version"], &same["values"]["calls"][0]), (&0.into(), &"100".into()));
    let plain = app.post_plain(SAVE, &target("0", "100"), &admin).await;
    let location = plain.header(header::LOCATION);
    assert_eq!(location, "/settings?tab=configurations&unchanged=daily_target#daily_target");
    let page = app.page(location.split('#').next().unwrap(), &admin).await.body;
    assert!(page.contains("Nothing was saved: all of it is stored already."), "{page}");
    assert!(changes.try_recv().is_err(), "nobody is told of what did not happen");
    let mut tx = app.services.db.read().await.unwrap();
    assert_eq!(settings::history::<DailyTarget>(&mut tx).await.unwrap(), []);
    drop(tx);

    let other = app.post(SAVE, &target("0", "0080"), &admin).await.json();
    assert_eq!((&other["version"], &other["values"]["calls"][0]), (&1.into(), &"80".into()), "what is stored");
    let stale = app.post(SAVE, &target("0", "80"), &admin).await.json();
    assert_eq!(stale["stale"]["by"], "company.admin");
}

#[tokio::test]
async fn guessing_the_password_at_a_save_is_stopped_as_at_the_sign_in() {
    let app = TestApp::new().await;
    let admin = app.signed_in("Company Admin").await;
    app.pass(1000);
    for _ in 0..5 {
        app.post(SAVE, &form("0", "08:30", "wrong"), &admin).await;
    }
    assert_eq!(app.post(SAVE, &form("0", "08:30", PASSWORD), &admin).await.json()["too_many_tries"]["seconds"], 900);
}

#[tokio::test]
async fn without_scripts_the_page_comes_back_with_what_was_typed() {
    let app = TestApp::new().await;
    let admin = app.signed_in("Company Admin").await;
    let answer = app.post_plain(SAVE, &form("0", "07:45", "wrong"), &admin).await;
    let location = answer.header(header::LOCATION).to_owned();
    assert!(location.starts_with("/settings?tab=configurations&section=auto_assignment&draft="), "{location}");
    let page = app.page(location.split('#').next().unwrap(), &admin).await;
    assert_eq!(page.status, StatusCode::OK);
    assert!(page.body.contains("value=\"07:45\""), "the typed time is there");
    assert!(page.body.contains("That isn&#x27;t your password") || page.body.contains("That isn't your password"));

    let answer = app.post_plain(SAVE, &form("0", "07:45", PASSWORD), &admin).await;
    assert_eq!(answer.header(header::LOCATION), "/settings?tab=configurations&saved=auto_assignment#auto_assignment");
}
