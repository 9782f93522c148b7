use axum::http::StatusCode;
use calliyo_app::{live::LiveEvent, server::session};
use calliyo_domain::job::{Job, Phase, Progress};
use futures::StreamExt as _;

use crate::support::{ASSIGNMENT, NOTHING, RUN, TestApp};

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
