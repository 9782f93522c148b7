use axum::http::StatusCode;
use calliyo_app::live::LiveEvent;
use calliyo_domain::{
    call::{CallStatus, Direction, Record},
    settings::SectionKey,
    status::ASSIGNED,
};
use serde_json::Value;

use crate::{
    calls::{LOG, add_lead},
    live::hear,
    support::{PASSWORD, SAVE, TestApp, execute, section, sql},
};

const MINUTE: i64 = 60_000;
pub const HOUR: i64 = 60 * MINUTE;

/// A call: agent, start, outgoing, seconds, status.
pub type Call = (i64, i64, bool, i64, CallStatus);

pub async fn add(app: &TestApp, lead_owner: i64, calls: &[Call]) {
    let mut tx = app.services.db.write().await.unwrap();
    execute(
        &mut tx,
        format!(
            "INSERT INTO leads (id, first_name, phone, status_id, status_since, owner_id, converter_id, converted_at, created_at) \
             VALUES (1, 'A', '+18725550001', 4, 1778470200000, {lead_owner}, {lead_owner}, 1778470200000, 1)"
        ),
    )
    .await;
    for (agent, at, outgoing, duration_seconds, status) in calls.iter().copied() {
        let direction = if outgoing { Direction::Outgoing } else { Direction::Incoming };
        let call = Record { status, direction, duration_seconds, note: String::new() };
        calliyo_db::calls::add(&mut tx, 1, agent, at, &call).await.unwrap();
    }
    tx.commit().await.unwrap();
}

pub fn number(value: &Value, field: &str) -> i64 {
    value[field].as_i64().unwrap_or_else(|| panic!("no {field} in {value}"))
}

fn sum(rows: &Value, field: &str) -> i64 {
    rows.as_array().unwrap().iter().map(|row| number(row, field)).sum()
}

#[tokio::test]
async fn reports_are_for_those_whose_role_has_them() {
    let app = TestApp::new().await;
    for (role, status) in
        [("Company Admin", StatusCode::OK), ("Manager", StatusCode::OK), ("Agent", StatusCode::FORBIDDEN)]
    {
        let cookie = app.signed_in(role).await;
        for path in ["/api/reports", "/reports/report.csv", "/reports/funnel.csv"] {
            assert_eq!(app.get(path, &cookie).await.status, status, "{role} at {path}");
        }
        let page = app.page("/reports", &cookie).await;
        assert_eq!(page.status, status, "{role}");
        assert_eq!(page.body.contains("href=\"/reports\""), status == StatusCode::OK, "{role}: the navigation");
    }
    for path in ["/reports/report.csv", "/reports/funnel.csv"] {
        assert_eq!(app.get(path, "").await.status, StatusCode::UNAUTHORIZED, "{path}");
    }
}

#[tokio::test]
async fn sums_are_those_of_the_single_calls() {
    let app = TestApp::new().await;
    let manager = app.signed_in("Manager").await;
    let agents = [app.user("asha@example.com", "Agent", 10).await, app.user("bela@example.com", "Agent", 10).await];
    sql(&app, "UPDATE users SET created_at = 1").await;
    let now = app.services.clock.now();
    let statuses = [CallStatus::Called, CallStatus::Busy, CallStatus::NoAnswer, CallStatus::FollowUp];
    // From eight days ago on, every 43 minutes.
    let calls: Vec<Call> = (0..=8 * 24 * 60 / 43)
        .map(|n| (agents[(n % 2) as usize], now - n * 43 * MINUTE, n % 6 != 0, n % 4 * 30, statuses[(n % 4) as usize]))
        .collect();
    add(&app, agents[0], &calls).await;
    // 2026-05-05 00:00 in Kolkata, the first of the last seven days.
    let first = 1_777_919_400_000;
    let report = app.get("/api/reports", &manager).await.json();
    assert_eq!((&report["asked"]["from"], &report["asked"]["to"]), (&"2026-05-05".into(), &"2026-05-11".into()));
    let counted = &report["counted"];
    for agent in [None, Some(agents[0]), Some(agents[1])] {
        let address = format!("/api/reports?agent={}", agent.map(|id| id.to_string()).unwrap_or_default());
        let report = app.get(&address, &manager).await.json();
        let counted = &report["counted"];
        let within: Vec<_> =
            calls.iter().filter(|call| call.1 >= first && agent.is_none_or(|agent| agent == call.0)).collect();
        let outgoing: Vec<_> = within.iter().filter(|call| call.2).collect();
        let attempts = outgoing.len() as i64;
        let team = if agent.is_some() { 1 } else { 2 };
        assert_eq!(number(counted, "team"), team);
        let total = &counted["total"];
        assert_eq!(number(total, "attempts"), attempts);
        assert_eq!(number(total, "expected"), 100 * team * 7);
        assert_eq!(number(total, "coverage"), attempts * 100 / (100 * team * 7));
        assert_eq!(number(total, "connected"), outgoing.iter().filter(|call| call.3 > 0).count() as i64);
        assert_eq!(number(total, "talk"), outgoing.iter().map(|call| call.3).sum::<i64>());
        assert_eq!(number(total, "incoming"), (within.len() - outgoing.len()) as i64);
        assert_eq!(number(total, "conversions"), i64::from(agent != Some(agents[1])));
        for field in ["attempts", "connected", "talk", "incoming", "conversions", "expected"] {
            assert_eq!(sum(&counted["days"], field), number(total, field), "{field} by day");
            assert_eq!(sum(&counted["people"], field), number(total, field), "{field} by agent");
        }
        for rows in [&counted["outcomes"], &counted["hours"]] {
            let one = |row: &Value| row.as_i64().or_else(|| row[1].as_i64()).unwrap();
            assert_eq!(rows.as_array().unwrap().iter().map(one).sum::<i64>(), attempts);
        }
        let file = app.get(&address.replace("/api/reports", "/reports/report.csv"), &manager).await.body;
        let in_file = |line: &str| line.split(',').nth(2).and_then(|cell| cell.parse::<i64>().ok());
        assert_eq!(file.lines().filter_map(in_file).sum::<i64>(), attempts, "the download");
    }
    let days = counted["days"].as_array().unwrap();
    assert_eq!((days.len(), &days[6]["of"]), (7, &"Mon 2026-05-11".into()));
}

#[tokio::test]
async fn a_day_of_25_hours() {
    let app = TestApp::new().await;
    let (admin, agent) = (app.signed_in("Company Admin").await, app.user("asha@example.com", "Agent", 10).await);
    let values = [("company", "C"), ("country", "GB"), ("time_zone", "Europe/London")];
    app.post(SAVE, &section("general", "0", &values, PASSWORD), &admin).await;
    // 2025-10-26 00:00 in London; a call in the middle of each hour from the day before to the day after.
    let midnight = 1_761_433_200_000;
    let calls: Vec<Call> =
        (-24..49).map(|hour| (agent, midnight + hour * HOUR + 30 * MINUTE, true, 1, CallStatus::Called)).collect();
    add(&app, agent, &calls).await;
    let report = app.get("/api/reports?from=2025-10-25&to=2025-10-27", &admin).await.json();
    let by_day: Vec<i64> =
        report["counted"]["days"].as_array().unwrap().iter().map(|day| number(day, "attempts")).collect();
    assert_eq!(by_day, [24, 25, 24]);
    let report = app.get("/api/reports?from=2025-10-26&to=2025-10-26", &admin).await.json();
    let hours: Vec<i64> = report["counted"]["hours"].as_array().unwrap().iter().filter_map(Value::as_i64).collect();
    assert_eq!(hours.iter().sum::<i64>(), 25);
    assert_eq!(hours[1], 2, "from one to two came twice: {hours:?}");
}

#[tokio::test]
async fn what_is_no_question_is_said_beside_the_field() {
    let app = TestApp::new().await;
    let manager = app.signed_in("Manager").await;
    for (query, field) in [
        ("from=2026-05-12&to=2026-05-11", "to"),
        ("from=2026-05-12&to=2026-05-12", "to"),
        ("from=x&to=2026-05-11", "from"),
        ("from=2025-01-01&to=2026-05-11", "from"),
        ("from=2026-05-12", "from"),
        ("to=2026-05-12", "to"),
        ("from=x", "from"),
        ("to=x", "to"),
        ("agent=asha", "agent"),
        ("agent=77", "agent"),
    ] {
        let report = app.get(&format!("/api/reports?{query}"), &manager).await.json();
        assert_eq!(report["asked"]["problem"]["field"], field, "{query}");
        assert!(report["counted"].is_null(), "{query}");
        let page = app.page(&format!("/reports?{query}"), &manager).await;
        assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY, "{query}");
        assert!(page.body.contains("field-problem"), "{query}");
        let file = app.get(&format!("/reports/report.csv?{query}"), &manager).await;
        assert_eq!(file.status, StatusCode::UNPROCESSABLE_ENTITY, "{query}");
    }
}

#[tokio::test]
async fn the_daily_call_target_is_the_baseline_and_its_save_is_heard() {
    let app = TestApp::new().await;
    let (admin, manager) = (app.signed_in("Company Admin").await, app.signed_in("Manager").await);
    let agent = app.user("asha@example.com", "Agent", 10).await;
    let now = app.services.clock.now();
    let calls: Vec<Call> = (0..28).map(|n| (agent, now - n * MINUTE, true, 0, CallStatus::Busy)).collect();
    add(&app, agent, &calls).await;
    let today = "/api/reports?from=2026-05-11&to=2026-05-11";
    assert_eq!(number(&app.get(today, &manager).await.json()["counted"]["total"], "coverage"), 28);
    let mut stream = app.open("/live", &manager).await.into_body().into_data_stream();
    app.services.hub.hear(LiveEvent::Settings { section: SectionKey::TopUp });
    app.post(SAVE, &section("daily_target", "0", &[("calls", "25")], PASSWORD), &admin).await;
    let heard = hear(&mut stream, "daily_target").await;
    assert!(!heard.contains("top_up"), "{heard}");
    let counted = &app.get(today, &manager).await.json()["counted"];
    assert_eq!(counted["targets"], serde_json::json!([25]));
    assert_eq!(number(&counted["total"], "coverage"), 112, "soft: 112 % is 112 %");
}

#[tokio::test]
async fn each_day_has_its_own_target_and_agents_count_from_their_first() {
    let app = TestApp::new().await;
    let admin = app.signed_in("Company Admin").await;
    for email in ["asha@example.com", "bela@example.com"] {
        app.user(email, "Agent", 10).await;
    }
    sql(&app, "UPDATE users SET created_at = 1 WHERE email = 'asha@example.com'").await;
    sql(&app, "UPDATE users SET created_at = created_at + 86400000 WHERE email = 'bela@example.com'").await;
    app.post(SAVE, &section("daily_target", "0", &[("calls", "50")], PASSWORD), &admin).await;
    app.pass(24 * HOUR);
    let admin = app.sign_in("company.admin@example.com").await;
    app.post(SAVE, &section("daily_target", "1", &[("calls", "25")], PASSWORD), &admin).await;

    let days = "from=2026-05-10&to=2026-05-12";
    let counted = app.get(&format!("/api/reports?{days}"), &admin).await.json()["counted"].clone();
    assert_eq!(counted["targets"], serde_json::json!([100, 50, 25]));
    assert_eq!((number(&counted, "team"), number(&counted, "team_before")), (2, 1));
    let expected =
        |rows: &Value| rows.as_array().unwrap().iter().map(|row| number(row, "expected")).collect::<Vec<_>>();
    assert_eq!(expected(&counted["days"]), [100, 50, 50]);
    assert_eq!(expected(&counted["people"]), [175, 25]);
    assert_eq!(number(&counted["total"], "expected"), 200);
    let file = app.get(&format!("/reports/report.csv?{days}"), &admin).await.body;
    let baseline: Vec<_> = file.lines().skip(1).filter_map(|line| line.split(',').nth(3)).collect();
    assert_eq!(baseline, ["100", "50", "25", "25"], "{file}");
    let page = app.page(&format!("/reports?{days}"), &admin).await.body;
    assert!(
        page.contains("the Daily call target changed 2 times within these days, from 100 at first to 25"),
        "{page}"
    );
    let page = app.page("/reports?from=2026-05-12&to=2026-05-12", &admin).await.body;
    assert!(page.contains("Baseline: Daily call target 25 × 2 agents = 50 calls a day."), "{page}");
}

#[tokio::test]
async fn whoever_has_figures_in_the_range_can_be_chosen() {
    let app = TestApp::new().await;
    let manager = app.signed_in("Manager").await;
    let agents = [app.user("asha@example.com", "Agent", 10).await, app.user("bela@example.com", "Agent", 10).await];
    let yesterday = app.services.clock.now() - 24 * HOUR;
    add(&app, agents[1], &[(agents[1], yesterday, true, 60, CallStatus::Called)]).await;
    sql(&app, "UPDATE users SET banned = 1 WHERE email = 'bela@example.com'").await;
    let offered = async |query: &str| {
        let asked = app.get(&format!("/api/reports?{query}"), &manager).await.json()["asked"].clone();
        let ids: Vec<i64> = asked["agents"].as_array().unwrap().iter().filter_map(|agent| agent[0].as_i64()).collect();
        (ids, asked["agent"].as_str().unwrap().to_owned())
    };
    let (asha, both) = (vec![agents[0]], agents.to_vec());
    assert_eq!(offered("from=2026-05-10&to=2026-05-10").await.0, both, "banned, and has a call");
    assert_eq!(offered("from=2026-05-09&to=2026-05-09").await.0, asha, "and nothing on the day before");
    let chosen = format!("from=2026-05-10&to=2026-05-10&agent={}", agents[0]);
    assert_eq!(offered(&chosen).await, (both.clone(), agents[0].to_string()), "whoever is shown");
    let chosen = format!("from=2026-05-09&to=2026-05-09&agent={}", agents[1]);
    assert_eq!(offered(&chosen).await, (both, agents[1].to_string()), "who was asked for");
    assert_eq!(offered("agent=77").await, (asha, String::new()), "nobody is chosen for whom there is no user");
}

#[tokio::test]
async fn the_funnel_and_its_download_say_the_same() {
    let app = TestApp::new().await;
    let (manager, agent) = (app.signed_in("Manager").await, app.signed_in("Agent").await);
    for id in 1..=4 {
        add_lead(&app, id, ASSIGNED, Some(2)).await;
    }
    app.leads_from(100, 3).await;
    for (id, seconds, status) in [("1", "0", ""), ("2", "30", ""), ("3", "30", "4")] {
        let form = [("id", id), ("call[status]", "called"), ("call[duration]", seconds), ("call[lead_status]", status)];
        assert_eq!(app.post(LOG, &form, &agent).await.status, StatusCode::OK);
    }
    let days = "from=2026-05-11&to=2026-05-11";
    for (whose, first, steps) in [("", "Came in", [7, 3, 2, 1]), ("2", "Assigned", [4, 3, 2, 1])] {
        let report = app.get(&format!("/api/reports?{days}&agent={whose}"), &manager).await.json();
        let funnel = report["counted"]["funnel"].as_array().unwrap();
        assert_eq!(funnel.iter().map(|step| number(step, "leads")).collect::<Vec<_>>(), steps, "{whose}");
        assert_eq!(funnel[0]["name"], first);
        assert_eq!(number(&funnel[2], "of_before"), 66);
        assert!(funnel[3]["of_before"].is_null(), "leads are converted without a call, too");
        let file = app.get(&format!("/reports/funnel.csv?{days}&agent={whose}"), &manager).await.body;
        let expected = format!(
            "\u{feff}Step,Leads,PercentOfFirstStep,PercentOfStepBefore\r\n{first},{0},100,\r\nCalled,3,{1},{1}\r\n\
             Connected,2,{2},66\r\nConverted,1,{3},\r\n",
            steps[0],
            300 / steps[0],
            200 / steps[0],
            100 / steps[0]
        );
        assert_eq!(file, expected);
    }
    let none = app.get("/reports/funnel.csv?from=2026-05-09&to=2026-05-09", &manager).await.body;
    assert!(none.ends_with("Came in,0,,\r\nCalled,0,,\r\nConnected,0,,\r\nConverted,0,,\r\n"), "{none}");
    let refused = app.get("/reports/funnel.csv?from=x&to=2026-05-09", &manager).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
}
