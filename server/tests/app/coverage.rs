use calliyo_domain::call::CallStatus;
use serde_json::Value;

use crate::{
    reports::{add, number},
    support::{TestApp, sql},
};

const DAY: i64 = 24 * 3_600_000;

#[tokio::test]
async fn coverage_is_about_the_calls_of_agents_who_were_there() {
    let app = TestApp::new().await;
    let manager = app.signed_in("Manager").await;
    let agents = [app.user("asha@example.com", "Agent", 10).await, app.user("bela@example.com", "Agent", 10).await];
    let (now, called) = (app.services.clock.now(), CallStatus::Called);
    sql(&app, "UPDATE users SET created_at = 1").await;
    let [asha, bela] = agents.map(|agent| (agent, now - DAY, true, 60, called));
    // The manager, who has the first id, calls too.
    add(&app, agents[0], &[asha, asha, bela, (1, now - DAY, true, 60, called)]).await;
    let report =
        async || app.get("/api/reports?from=2026-05-09&to=2026-05-10", &manager).await.json()["counted"].clone();
    let days = |counted: &Value, field: &str| {
        counted["days"].as_array().unwrap().iter().map(|day| number(day, field)).collect::<Vec<_>>()
    };

    let counted = report().await;
    assert_eq!((days(&counted, "attempts"), days(&counted, "toward")), (vec![0, 4], vec![0, 3]));
    assert_eq!((number(&counted["total"], "toward"), number(&counted["total"], "coverage")), (3, 0));
    assert_eq!(days(&counted, "expected"), [200, 200]);
    sql(&app, "UPDATE users SET banned = 1 WHERE email = 'bela@example.com'").await;
    let counted = report().await;
    assert_eq!(days(&counted, "expected"), [100, 200], "a ban changes nothing of a day on which they called");
    assert_eq!(days(&counted, "toward"), [0, 3]);
    let file = app.get("/reports/report.csv?from=2026-05-10&to=2026-05-10", &manager).await.body;
    let baseline: Vec<_> = file.lines().skip(1).filter_map(|line| line.split(',').nth(3)).collect();
    assert_eq!(baseline, ["100", "100", "0"], "{file}");
}
