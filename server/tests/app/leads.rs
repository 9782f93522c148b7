use calliyo_server::jobs;
use serde_json::Value;

use crate::support::{ASSIGNMENT, PASSWORD, RUN, SAVE, TestApp, section};

fn rows(page: &Value) -> usize {
    page["rows"].as_array().map_or(0, Vec::len)
}

#[tokio::test]
async fn managers_see_all_leads_and_agents_their_own() {
    let app = TestApp::new().await;
    let (admin, agent) = (app.signed_in("Company Admin").await, app.signed_in("Agent").await);
    app.user("other@example.com", "Agent", 3).await;
    app.leads(10).await;
    let values = [("statuses", "1"), ("at", "09:00")];
    app.post(SAVE, &section("auto_assignment", "0", &values, PASSWORD), &admin).await;
    let run = app.post(RUN, &ASSIGNMENT, &admin).await.json()["started"]["run"].as_i64().unwrap();
    assert!(jobs::take_up(&app.services, run).await.unwrap());

    assert_eq!(rows(&app.get("/api/leads", &admin).await.json()), 10);
    let own = app.get("/api/leads", &agent).await.json();
    assert_eq!(rows(&own), 7);
    assert!(own["rows"].as_array().unwrap().iter().all(|row| row["owner"] == "agent"));
    assert_eq!(own["owners"].as_array().map(Vec::len), Some(0), "who else there is isn't an agent's business");
    let others = app.get("/api/leads?owner=3", &agent).await.json();
    assert_eq!(others["rows"], own["rows"], "asking for another's leads gives one's own");
}

#[tokio::test]
async fn the_list_is_paged_and_filtered() {
    let app = TestApp::new().await;
    let manager = app.signed_in("Manager").await;
    app.leads(120).await;
    let (mut before, mut seen) = (String::new(), Vec::new());
    loop {
        let page = app.get(&format!("/api/leads?status=1&owner=none&before={before}"), &manager).await.json();
        seen.extend(page["rows"].as_array().unwrap().iter().map(|row| row["id"].as_i64().unwrap()));
        match page["next"].as_i64() {
            Some(next) => before = next.to_string(),
            None => break,
        }
    }
    assert_eq!(seen, (1..=120).rev().collect::<Vec<_>>());
    assert_eq!(rows(&app.get("/api/leads?status=8", &manager).await.json()), 0);
}

#[tokio::test]
async fn settings_are_not_for_managers_and_agents() {
    let app = TestApp::new().await;
    for role in ["Manager", "Agent"] {
        let cookie = app.signed_in(role).await;
        for path in [
            "/api/settings/section?section=auto_assignment",
            "/api/jobs/panel?job=auto_assignment",
            "/api/jobs/preview?job=auto_assignment",
        ] {
            assert_eq!(app.get(path, &cookie).await.body, "\"forbidden\"", "{role} at {path}");
        }
        assert_eq!(app.post(RUN, &ASSIGNMENT, &cookie).await.body, "\"forbidden\"");
    }
}
