use std::collections::BTreeSet;

use axum::http::StatusCode;
use calliyo_db::Tx;
use calliyo_domain::settings::ShowCustomer;
use calliyo_server::jobs;
use serde_json::Value;

use super::write;
use crate::support::{ASSIGNMENT, PASSWORD, RUN, SAVE, TestApp, section};

const LEADS: usize = 70;

/// What hides a lead, and a customer.
const LEAD: &str = "A lead you may not see";
const CUSTOMER: &str = "A customer of another agent";

/// Who looks, and which of the leads they may see under Agent Only.
const VIEWERS: [(&str, &str); 4] = [
    ("Company Admin", "$1 = $1"),
    ("Settler", "$1 <> $1"),
    ("Settling agent", "owner_id = $1 AND (status_id <> 4 OR converter_id = $1)"),
    ("Settling lead", "status_id <> 4 OR converter_id = $1"),
];

/// A run gave leads to four agents, two of whom see to the settings; then each tenth was converted by its owner.
async fn a_run(app: &TestApp, admin: &str) -> i64 {
    app.leads(LEADS).await;
    for (name, value) in [("auto_assignment", "1"), ("show_customer", ShowCustomer::AgentOnly.key())] {
        let values = match name {
            "show_customer" => vec![("show_customer", value)],
            _ => vec![("statuses", value), ("at", "09:05")],
        };
        let answer = app.post(SAVE, &section(name, "0", &values, PASSWORD), admin).await;
        assert_eq!(answer.status, StatusCode::OK, "{answer:?}");
    }
    let run = app.post(RUN, &ASSIGNMENT, admin).await.json()["started"]["run"].as_i64().unwrap();
    assert!(jobs::take_up(&app.services, run).await.unwrap());
    let convert =
        "UPDATE leads SET status_id = 4, converter_id = owner_id, converted_at = status_since WHERE id % 10 = 0";
    write(app, convert).await;
    // The last agent has a customer that the first converted.
    let another = "UPDATE leads SET converter_id = (SELECT min(owner_id) FROM leads), \
                   owner_id = (SELECT max(owner_id) FROM leads) WHERE id = 20";
    write(app, another).await;
    run
}

/// What is said of the leads that the run moved, on all pages.
async fn moved(app: &TestApp, run: i64, cookie: &str) -> Vec<Value> {
    let (mut after, mut rows) = (String::new(), Vec::new());
    loop {
        let page = app.get(&format!("/api/runs/run?id={run}&after={after}"), cookie).await.json()["moved"].clone();
        rows.extend(page["rows"].as_array().unwrap().clone());
        match page["next"].as_i64() {
            Some(next) => after = next.to_string(),
            None => return rows,
        }
    }
}

async fn names(app: &TestApp, which: &str, viewer: i64) -> BTreeSet<String> {
    let mut tx = app.services.db.read().await.unwrap();
    let Tx::Sqlite(conn) = &mut tx else { panic!("on SQLite") };
    let sql = sqlx::AssertSqlSafe(format!("SELECT first_name FROM leads WHERE {which}"));
    let found = sqlx::query_scalar(sql).bind(viewer).fetch_all(&mut **conn).await.unwrap();
    found.into_iter().collect()
}

#[tokio::test]
async fn a_run_names_the_leads_that_its_viewer_may_see() {
    let app = TestApp::new().await;
    write(
        &app,
        "INSERT INTO roles (id, name, management, tasks, reports, users, settings) \
         VALUES (9, 'Settler', 0, 0, 0, 0, 1), (10, 'Settling agent', 0, 1, 0, 0, 1), (11, 'Settling lead', 1, 1, 0, 0, 1)",
    )
    .await;
    for n in 0..2 {
        app.user(&format!("agent{n}@example.com"), "Agent", 20).await;
    }
    let mut viewers = Vec::new();
    for (n, (role, seen)) in VIEWERS.into_iter().enumerate() {
        let email = format!("viewer{n}@example.com");
        let id = app.user(&email, role, 20).await;
        viewers.push((role, seen, id, app.sign_in(&email).await));
    }
    let run = a_run(&app, &viewers[0].3).await;
    for (role, seen, id, cookie) in viewers {
        let rows = moved(&app, run, &cookie).await;
        assert_eq!(rows.len(), LEADS, "{role}: the count stays");
        let of = |name: &str| rows.iter().filter(|row| row["name"] == name).count();
        let expected = names(&app, seen, id).await;
        let hidden = names(&app, &format!("NOT ({seen})"), id).await;
        let customers = names(&app, &format!("NOT ({seen}) AND status_id = 4"), id).await;
        assert_eq!((of(CUSTOMER), of(LEAD)), (customers.len(), hidden.len() - customers.len()), "{role}");
        let said: BTreeSet<_> = rows.iter().filter_map(|row| row["name"].as_str()).map(str::to_owned).collect();
        assert_eq!(&said & &hidden, BTreeSet::new(), "{role}");
        assert!(said.is_superset(&expected), "{role}: {said:?}");
        for row in rows.iter().filter(|row| [LEAD, CUSTOMER].contains(&row["name"].as_str().unwrap())) {
            assert_eq!((&row["to"]["owner"], &row["from"]["owner"]), (&"An agent".into(), &Value::Null), "{role}");
        }
        let page = app.page(&format!("/settings/runs/{run}"), &cookie).await.body;
        assert!(page.contains("70 leads assigned across 4 agents."), "{role}: {page}");
        assert_eq!(page.contains(LEAD) || page.contains(CUSTOMER), !hidden.is_empty(), "{role}: {page}");
        for name in &hidden {
            let shown = [format!("{name}<"), format!("{name}\""), format!("{name}\\")];
            assert!(!shown.iter().any(|shown| page.contains(shown)), "{role}: {name} is in the page");
        }
    }
}
