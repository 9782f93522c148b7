use std::time::Duration;

use axum::http::StatusCode;
use calliyo_app::{live::LiveEvent, server::session};
use calliyo_domain::{
    job::{Job, Phase, Progress},
    settings::SectionKey,
};
use futures::StreamExt as _;
use tokio::time::timeout;

use crate::support::{ASSIGNMENT, NOTHING, PASSWORD, RUN, TestApp};

/// Reads the stream until `wanted` appears in it.
pub async fn hear(stream: &mut axum::body::BodyDataStream, wanted: &str) -> String {
    let mut heard = String::new();
    while !heard.contains(wanted) {
        let Some(Ok(chunk)) = stream.next().await else { panic!("the stream ended after {heard:?}") };
        heard.push_str(&String::from_utf8_lossy(&chunk));
    }
    heard
}

#[tokio::test]
async fn the_stream_is_for_the_signed_in() {
    let app = TestApp::new().await;
    app.user("admin@example.com", "Company Admin", 0).await;
    assert_eq!(app.open("/live", "").await.status(), StatusCode::UNAUTHORIZED);
    assert_eq!(app.open("/live", "calliyo=0000").await.status(), StatusCode::UNAUTHORIZED);
}

#[tokio::test]
async fn each_hears_what_their_role_may_see() {
    let app = TestApp::new().await;
    let (admin, agent) = (app.signed_in("Company Admin").await, app.signed_in("Agent").await);
    let mut to_admin = app.open("/live", &admin).await.into_body().into_data_stream();
    let mut to_agent = app.open("/live", &agent).await.into_body().into_data_stream();
    let progress = Progress { run: 1, job: Job::TopUp, phase: Phase::Moving, done: 5, total: 10 };
    app.services.hub.hear(LiveEvent::Progress { progress });
    app.services.hub.hear(LiveEvent::Leads);
    let heard = hear(&mut to_admin, "\"leads\"").await;
    assert!(heard.contains(r#""phase":"moving","done":5,"total":10"#), "{heard}");
    let heard = hear(&mut to_agent, "\"leads\"").await;
    assert!(!heard.contains("progress"), "runs are not for agents: {heard}");
}

#[tokio::test]
async fn everybody_hears_of_the_companys_clocks() {
    let app = TestApp::new().await;
    let admin = app.signed_in("Company Admin").await;
    app.post("/api/roles/add", &[("role[name]", "Keeper"), ("role[permissions][users]", "true")], &admin).await;
    let cookie = app.signed_in("Keeper").await;
    let mut stream = app.open("/live", &cookie).await.into_body().into_data_stream();
    app.services.hub.hear(LiveEvent::Settings { section: SectionKey::General });
    app.services.hub.hear(LiveEvent::Statuses);
    let heard = hear(&mut stream, r#"{"kind":"statuses"}"#).await;
    assert!(heard.contains("\"section\":\"general\""), "{heard}");
}

/// A page that is left open doesn't keep its session alive.
#[tokio::test]
async fn listening_is_no_use_of_a_session() {
    let app = TestApp::new().await;
    let admin = app.signed_in("Company Admin").await;
    let mut stream = app.open("/live", &admin).await.into_body().into_data_stream();
    app.pass(session::IDLE + 1);
    // Each such event has the session looked at.
    app.services.hub.hear(LiveEvent::Users);
    while stream.next().await.is_some() {}
    assert_eq!(app.get("/api/leads", &admin).await.body, "\"signed_out\"");
}

#[tokio::test]
async fn a_run_asked_for_is_heard() {
    let app = TestApp::new().await;
    let admin = app.signed_in("Company Admin").await;
    let mut stream = app.open("/live", &admin).await.into_body().into_data_stream();
    app.post(RUN, &ASSIGNMENT, &admin).await;
    hear(&mut stream, "\"runs\"").await;
}

/// Whoever signs in where somebody was signed in takes their browser from them: the session is over, and its pages hear
/// of it at once, as they do of a sign-out in another tab, a ban, and an admin who ends their sessions.
#[tokio::test]
async fn a_session_that_is_over_ends_its_streams_at_once() {
    let app = TestApp::new().await;
    let admin = app.signed_in("Company Admin").await;
    let agent = app.signed_in("Agent").await;
    let sign_in = [("email", "company.admin@example.com"), ("password", PASSWORD)];
    let banned = [("id", "2")];
    for end in 0..5 {
        let cookie = app.sign_in("agent@example.com").await;
        let mut stream = app.open("/live", &cookie).await.into_body().into_data_stream();
        let sessions = app.get("/api/account", &cookie).await.json()["sessions"].clone();
        let this =
            sessions.as_array().unwrap().iter().find(|session| session["this"] == true).unwrap()["id"].to_string();
        assert!(hear(&mut stream, "event: viewer\n").await.contains("data: 2\n"), "it says whose it is");
        match end {
            0 => app.post("/api/sign-in", &sign_in, &cookie).await,
            1 => app.post("/api/sign-out", &NOTHING, &cookie).await,
            2 => app.post("/api/account/sessions/revoke", &[("session", this.as_str())], &agent).await,
            3 => app.post("/api/account/sessions/revoke-others", &NOTHING, &agent).await,
            _ => app.post("/api/users/ban", &banned, &admin).await,
        };
        let rest = timeout(Duration::from_secs(3), async { while stream.next().await.is_some() {} }).await;
        assert_eq!(rest, Ok(()), "the stream of session {end} goes on");
        assert_eq!(app.open("/live", &cookie).await.status(), StatusCode::UNAUTHORIZED);
    }
}

/// A browser's own clock may be wrong.
#[tokio::test]
async fn the_stream_says_what_time_it_is() {
    let app = TestApp::new().await;
    let agent = app.signed_in("Agent").await;
    let mut stream = app.open("/live", &agent).await.into_body().into_data_stream();
    hear(&mut stream, &format!("event: clock\ndata: {}", app.services.clock.now())).await;
}

#[tokio::test]
async fn where_somebody_signs_in_or_out_their_own_pages_hear_of_it() {
    let app = TestApp::new().await;
    let agent = app.signed_in("Agent").await;
    let mut stream = app.open("/live", &agent).await.into_body().into_data_stream();
    let elsewhere = app.sign_in("agent@example.com").await;
    hear(&mut stream, r#"{"kind":"sessions","user":1}"#).await;
    app.post("/api/sign-out", &NOTHING, &elsewhere).await;
    hear(&mut stream, r#"{"kind":"sessions","user":1}"#).await;
}
