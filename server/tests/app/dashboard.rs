use std::time::Duration;

use axum::http::{StatusCode, header};
use calliyo_app::live::LiveEvent;
use calliyo_domain::{
    settings::SectionKey,
    status::{ASSIGNED, CUSTOMER, FOLLOWUPS},
};
use futures::StreamExt as _;
use serde_json::Value;
use tokio::time::timeout;

use crate::{
    calls::{LOG, add_lead},
    support::{ASSIGNMENT, PASSWORD, RUN, SAVE, TestApp, section, sql},
};

const HOUR: i64 = 3_600_000;
const MINUTE: i64 = 60_000;

async fn today(app: &TestApp, cookie: &str) -> Value {
    app.get("/api/dashboard", cookie).await.json()["agent"].clone()
}

#[tokio::test]
async fn calls_count_by_the_companys_day() {
    let app = TestApp::new().await;
    let (agent, manager) = (app.signed_in("Agent").await, app.signed_in("Manager").await);
    add_lead(&app, 1, ASSIGNED, Some(1)).await;
    let log = async |direction: &str, duration: &str, cookie: &str| {
        let form =
            [("id", "1"), ("call[status]", "busy"), ("call[direction]", direction), ("call[duration]", duration)];
        assert_eq!(app.post(LOG, &form, cookie).await.status, StatusCode::OK);
    };
    log("outgoing", "", &agent).await;
    log("incoming", "", &agent).await;
    log("outgoing", "", &manager).await;
    assert_eq!(today(&app, &agent).await["calls"], 1, "their own outgoing ones");
    // 23:59 in Kolkata.
    app.pass(15 * HOUR - MINUTE);
    log("outgoing", "0", &agent).await;
    assert_eq!(today(&app, &agent).await["calls"], 2);
    app.pass(2 * MINUTE);
    assert_eq!(today(&app, &agent).await["calls"], 0, "a new day");
    log("outgoing", "0:30", &agent).await;
    assert_eq!(today(&app, &agent).await["calls"], 1);
    log("outgoing", "5:00", &agent).await;
    assert_eq!(today(&app, &agent).await["calls"], 1, "that one began yesterday");
    let team = app.get("/api/dashboard", &manager).await.json()["team"]["agents"].clone();
    assert_eq!((team[0]["name"].clone(), team[0]["calls"].clone()), ("agent".into(), 1.into()));
    assert_eq!(team.as_array().map(Vec::len), Some(1), "managers work no queue");
    assert_eq!(team[0]["connected"], 1);
    sql(&app, "UPDATE roles SET management = 1 WHERE name = 'Agent'").await;
    let both = app.get("/api/dashboard", &agent).await.json();
    assert_eq!((&both["agent"]["calls"], &both["team"]["agents"]), (&1.into(), &team), "an agent who manages");
}

#[tokio::test]
async fn todays_runs_are_on_the_teams_dashboard() {
    let app = TestApp::new().await;
    let (admin, manager) = (app.signed_in("Company Admin").await, app.signed_in("Manager").await);
    app.user("one@example.com", "Agent", 5).await;
    app.leads(3).await;
    app.post(SAVE, &section("auto_assignment", "0", &[("statuses", "1"), ("at", "09:00")], PASSWORD), &admin).await;
    let runs = async |cookie: &str| app.get("/api/dashboard", cookie).await.json()["team"].clone();
    assert_eq!(runs(&manager).await["runs"], serde_json::json!([]));
    let run = app.post(RUN, &ASSIGNMENT, &admin).await.json()["started"]["run"].as_i64().unwrap();
    let page = app.page("/dashboard", &manager).await.body;
    assert!(page.contains("Not started yet."), "{page}");
    assert!(calliyo_server::jobs::take_up(&app.services, run).await.unwrap());
    let address = format!("/settings/runs/{run}");
    for (cookie, may_open) in [(&manager, false), (&admin, true)] {
        let page = app.page("/dashboard", cookie).await.body;
        assert!(page.contains("3 leads assigned across 1 agent"), "{page}");
        assert_eq!(page.contains(&address), may_open);
    }
    app.pass(16 * HOUR);
    assert_eq!(runs(&manager).await["runs"], serde_json::json!([]), "that was yesterday");
}

#[tokio::test]
async fn the_pipeline_counts_the_customers_that_one_may_see() {
    let app = TestApp::new().await;
    let agent = app.signed_in("Agent").await;
    app.user("two@example.com", "Agent", 5).await;
    for (lead, owner) in [(1, 1), (2, 2), (3, 2)] {
        add_lead(&app, lead, CUSTOMER, Some(owner)).await;
    }
    sql(&app, "UPDATE roles SET management = 1 WHERE name = 'Agent'").await;
    let customers = async || {
        let team = app.get("/api/dashboard", &agent).await.json()["team"].clone();
        team["pipeline"].as_array().unwrap().last().unwrap()["leads"].clone()
    };
    assert_eq!(customers().await, 3);
    sql(&app, "UPDATE settings SET value = '\"agent_only\"' WHERE section = 'show_customer'").await;
    assert_eq!(customers().await, 1, "their own conversions");
}

#[tokio::test]
async fn the_target_is_soft() {
    let app = TestApp::new().await;
    let (admin, agent) = (app.signed_in("Company Admin").await, app.signed_in("Agent").await);
    add_lead(&app, 1, ASSIGNED, Some(2)).await;
    app.post(SAVE, &section("daily_target", "0", &[("calls", "8")], PASSWORD), &admin).await;
    for _ in 0..9 {
        let answer = app.post(LOG, &[("id", "1"), ("call[status]", "called")], &agent).await;
        assert_eq!(answer.status, StatusCode::OK, "nobody is blocked");
    }
    let page = app.page("/dashboard", &agent).await.body;
    assert!(page.contains("9 of 8 calls today") && page.contains("112 %"), "{page}");
    assert!(page.find("9 of 8 calls today") < page.find("<h1"), "at the very top");
}

#[tokio::test]
async fn the_day_of_an_agent() {
    let app = TestApp::new().await;
    let (admin, agent) = (app.signed_in("Company Admin").await, app.signed_in("Agent").await);
    add_lead(&app, 1, ASSIGNED, Some(2)).await;
    add_lead(&app, 2, FOLLOWUPS, Some(2)).await;
    app.leads_from(10, 3).await;
    let log = [("id", "2"), ("call[status]", "follow_up"), ("call[follow_up]", "2026-05-11T11:00")];
    app.post(LOG, &log, &agent).await;
    app.post(SAVE, &section("auto_assignment", "0", &[("statuses", "1"), ("at", "09:00")], PASSWORD), &admin).await;
    let run = app.post(RUN, &ASSIGNMENT, &admin).await.json()["started"]["run"].as_i64().unwrap();
    assert!(calliyo_server::jobs::take_up(&app.services, run).await.unwrap());
    let day = today(&app, &agent).await;
    assert_eq!(day["next"]["id"], 1);
    assert_eq!((day["due"][0]["lead"].clone(), day["due"][0]["overdue"].clone()), (2.into(), false.into()));
    let queue: Vec<_> = day["queue"].as_array().unwrap().iter().map(|part| part["leads"].as_i64().unwrap()).collect();
    assert_eq!(queue, [4, 1, 0, 0, 0]);
    assert_eq!((day["moved"][0]["run"].clone(), day["moved"][0]["brought"].clone()), (run.into(), 3.into()));
    app.pass(3 * HOUR);
    let day = today(&app, &agent).await;
    assert_eq!((day["due"][0]["overdue"].clone(), day["next"]["id"].clone()), (true.into(), 2.into()));
    assert_eq!(day["next"]["last"]["outcome"], "Follow up", "called today, and to be called again by now");
    let tasks = app.get("/api/tasks", &agent).await.json();
    let ids: Vec<_> = tasks["rows"].as_array().unwrap().iter().map(|row| row["id"].as_i64().unwrap()).collect();
    assert_eq!((ids.len(), ids[0], ids[1]), (5, 2, 1));
}

#[tokio::test]
async fn each_begins_where_their_work_is() {
    let app = TestApp::new().await;
    for (role, start) in
        [("Agent", "/dashboard"), ("Manager", "/dashboard"), ("Company Admin", "/settings?tab=configurations")]
    {
        let cookie = app.signed_in(role).await;
        assert_eq!(app.page("/", &cookie).await.header(header::LOCATION), start, "{role}");
    }
}

#[tokio::test]
async fn calls_are_heard_by_the_agent_the_converter_and_by_managers() {
    let app = TestApp::new().await;
    let (one, manager) = (app.signed_in("Agent").await, app.signed_in("Manager").await);
    app.user("two@example.com", "Agent", 5).await;
    let two = app.sign_in("two@example.com").await;
    add_lead(&app, 1, ASSIGNED, Some(1)).await;
    add_lead(&app, 2, CUSTOMER, Some(1)).await;
    sql(&app, "UPDATE leads SET converter_id = 3 WHERE id = 2").await;
    let mut streams = Vec::new();
    for cookie in [&one, &manager, &two] {
        streams.push(app.open("/live", cookie).await.into_body().into_data_stream());
    }
    app.post(LOG, &[("id", "1"), ("call[status]", "busy")], &one).await;
    app.post(LOG, &[("id", "2"), ("call[status]", "busy")], &manager).await;
    app.services.hub.hear(LiveEvent::Settings { section: SectionKey::DailyTarget });
    app.services.hub.hear(LiveEvent::Settings { section: SectionKey::TopUp });
    app.services.hub.hear(LiveEvent::Statuses);
    let mut heard = Vec::new();
    for stream in &mut streams {
        let mut text = String::new();
        while !text.contains("\"statuses\"") {
            let chunk = timeout(Duration::from_secs(5), stream.next()).await.unwrap().unwrap().unwrap();
            text.push_str(&String::from_utf8_lossy(&chunk));
        }
        assert!(text.contains("daily_target") && !text.contains("top_up"), "{text}");
        heard.push([1, 3].map(|agent| text.contains(&format!(r#"{{"kind":"calls","agent":{agent}}}"#))));
    }
    assert_eq!(heard, [[true, false], [true, true], [false, true]]);
}

#[tokio::test]
async fn the_pipeline_is_for_those_who_see_all_leads() {
    let app = TestApp::new().await;
    let (agent, manager) = (app.signed_in("Agent").await, app.signed_in("Manager").await);
    add_lead(&app, 1, ASSIGNED, Some(1)).await;
    app.leads_from(100, 3).await;
    assert_eq!(app.get("/api/dashboard", &agent).await.json()["team"], Value::Null);
    let parts = app.get("/api/dashboard", &manager).await.json()["team"]["pipeline"].clone();
    let parts = parts.as_array().unwrap();
    let some: Vec<_> = parts.iter().filter(|part| part["leads"] != 0).map(|part| part["status"].clone()).collect();
    assert_eq!((parts.len(), some), (10, vec!["Unassigned".into(), "Assigned".into()]));
    assert_eq!((&parts[0]["leads"], &parts[1]["leads"]), (&3.into(), &1.into()));
    let page = app.page("/dashboard", &manager).await.body;
    assert!(page.contains("4 leads by status.") && page.contains("75 %"), "{page}");
}

/// The ids of the agents in the order of the team's table.
fn rows(page: &str) -> Vec<i64> {
    let owner = "/leads?owner=";
    let id = |(at, _)| {
        let digits: String = page[at + owner.len()..].chars().take_while(char::is_ascii_digit).collect();
        digits.parse().unwrap()
    };
    page.match_indices(owner).map(id).collect()
}

#[tokio::test]
async fn the_team_is_sorted_and_found_as_the_address_says() {
    let app = TestApp::new().await;
    let manager = app.signed_in("Manager").await;
    for (name, cap) in [("dev", 100), ("asha", 100), ("chand", 100), ("bela", 2)] {
        app.user(&format!("{name}@example.com"), "Agent", cap).await;
    }
    let (dev, asha, chand, bela) = (2, 3, 4, 5);
    for (lead, owner) in [(1, dev), (2, dev), (3, bela), (4, chand)] {
        add_lead(&app, lead, ASSIGNED, Some(owner)).await;
    }
    for (agent, lead, calls) in [("dev", "1", 1), ("chand", "4", 2), ("bela", "3", 1)] {
        let cookie = app.sign_in(&format!("{agent}@example.com")).await;
        for _ in 0..calls {
            app.post(LOG, &[("id", lead), ("call[status]", "busy")], &cookie).await;
        }
    }
    for (query, order) in [
        ("", vec![asha, bela, chand, dev]),
        ("?sort=nonsense", vec![asha, bela, chand, dev]),
        ("?sort=-agent", vec![dev, chand, bela, asha]),
        ("?sort=-calls", vec![chand, bela, dev, asha]),
        ("?sort=calls", vec![asha, bela, dev, chand]),
        ("?sort=-queue", vec![bela, dev, chand, asha]),
        ("?sort=-calls&q=A", vec![chand, bela, asha]),
        ("?q=nobody", vec![]),
    ] {
        let page = app.page(&format!("/dashboard{query}"), &manager).await.body;
        assert_eq!(rows(&page), order, "{query}");
        assert!(page.contains("1 % of 400"), "the sums are the whole team's: {page}");
    }
    let page = app.page("/dashboard?sort=-calls", &manager).await.body;
    assert_eq!(page.matches("aria-sort").count(), 1);
    assert!(page.contains(r#"aria-sort="descending""#) && page.contains(r#"href="/dashboard?sort=calls""#), "{page}");
    let page = app.page("/dashboard?q=cha", &manager).await.body;
    assert!(page.contains("1 of 4 agents"), "{page}");
    assert!(app.page("/dashboard?q=nobody", &manager).await.body.contains("No agent matches"));
}

#[tokio::test]
async fn the_target_leaves_out_who_is_on_leave_unless_they_call() {
    let app = TestApp::new().await;
    let manager = app.signed_in("Manager").await;
    app.user("asha@example.com", "Agent", 5).await;
    app.user("bela@example.com", "Agent", 5).await;
    let bela = app.sign_in("bela@example.com").await;
    add_lead(&app, 1, ASSIGNED, Some(3)).await;
    let page = async || app.page("/dashboard", &manager).await.body;
    let at_work = page().await;
    assert!(at_work.contains("0 % of 200") && !at_work.contains("On leave"), "{at_work}");
    sql(&app, "UPDATE users SET receiving = 0 WHERE name = 'bela'").await;
    let away = page().await;
    assert!(away.contains("0 % of 100") && away.contains("On leave"), "{away}");
    assert!(away.contains("2 agents; the target leaves out 1 on leave"), "{away}");
    app.post(LOG, &[("id", "1"), ("call[status]", "busy")], &bela).await;
    let called = page().await;
    assert!(called.contains("0 % of 200") && called.contains("On leave"), "{called}");
    assert!(!called.contains("leaves out"), "{called}");
    sql(&app, "UPDATE users SET banned = 1 WHERE name = 'bela'").await;
    let banned = page().await;
    assert!(banned.contains("1 % of 100") && banned.contains("Banned") && !banned.contains("On leave"), "{banned}");
}

#[tokio::test]
async fn it_is_read_again_when_somebody_may_be_tried_again() {
    let app = TestApp::new().await;
    let agent = app.signed_in("Agent").await;
    add_lead(&app, 1, ASSIGNED, Some(1)).await;
    let read = async || app.get("/api/dashboard", &agent).await.json();
    let midnight = read().await["changes_at"].as_i64().unwrap();
    let form = [("id", "1"), ("call[status]", "busy"), ("call[direction]", "outgoing"), ("call[duration]", "")];
    assert_eq!(app.post(LOG, &form, &agent).await.status, StatusCode::OK);
    let called_at = app.services.clock.now();
    app.pass(MINUTE);
    let dashboard = read().await;
    assert!(dashboard["agent"]["next"].is_null());
    assert_eq!(dashboard["changes_at"], called_at + HOUR);
    app.pass(HOUR);
    let dashboard = read().await;
    assert_eq!(dashboard["agent"]["next"]["id"], 1);
    assert_eq!(dashboard["changes_at"], midnight);
}
