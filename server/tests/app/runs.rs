use calliyo_db::{check, queue, runs};
use calliyo_server::jobs;

use crate::support::{ASSIGNMENT, PASSWORD, RUN, SAVE, TestApp, section, sql};

/// An admin's cookie, four agents with cap 5, and 30 unassigned leads that are to be assigned.
async fn company(app: &TestApp) -> String {
    let admin = app.signed_in("Company Admin").await;
    for n in 0..4 {
        app.user(&format!("agent{n}@example.com"), "Agent", 5).await;
    }
    app.leads(30).await;
    let values = [("enabled", "true"), ("statuses", "1"), ("at", "09:00")];
    app.post(SAVE, &section("auto_assignment", "0", &values, PASSWORD), &admin).await;
    admin
}

async fn run_now(app: &TestApp, cookie: &str) -> i64 {
    let answer = app.post(RUN, &ASSIGNMENT, cookie).await.json();
    answer["started"]["run"].as_i64().unwrap_or_else(|| panic!("{answer}"))
}

async fn broken(app: &TestApp) -> Vec<check::Finding> {
    let findings = check::run(&mut app.services.db.read().await.unwrap()).await.unwrap();
    findings.into_iter().filter(|finding| finding.broken > 0).collect()
}

#[tokio::test]
async fn run_now_does_what_the_preview_said() {
    let app = TestApp::new().await;
    let admin = company(&app).await;
    assert_eq!(app.get("/api/jobs/panel?job=auto_assignment", &admin).await.json()["line"], "Not run yet.");
    let preview = app.get("/api/jobs/preview?job=auto_assignment", &admin).await.json();
    assert_eq!((&preview["assigned"], &preview["agents"], &preview["at_cap"]), (&20.into(), &4.into(), &10.into()));

    let run = run_now(&app, &admin).await;
    let mut tx = app.services.db.read().await.unwrap();
    assert_eq!(queue::open_tasks(&mut tx).await.unwrap(), 1, "the run and its task are one");
    drop(tx);
    let again = app.post(RUN, &ASSIGNMENT, &admin).await.json();
    assert_eq!(again["under_way"]["run"], run);
    // A run at work holds the one writer; who asks meanwhile doesn't wait for it.
    let writer = app.services.db.write().await.unwrap();
    assert_eq!(app.post(RUN, &ASSIGNMENT, &admin).await.json()["under_way"]["run"], run);
    drop(writer);
    assert_eq!(app.get("/api/jobs/panel?job=auto_assignment", &admin).await.json()["active"]["by"], "company.admin");

    assert!(jobs::take_up(&app.services, run).await.unwrap());
    let panel = app.get("/api/jobs/panel?job=auto_assignment", &admin).await.json();
    assert_eq!(
        panel["line"],
        "Last run: 2026-05-11 09:00 IST — 20 leads assigned across 4 agents, 10 unassigned (agents at cap)."
    );
    assert_eq!(panel["shares"].as_array().map(Vec::len), Some(4));
    assert!(panel["shares"].as_array().unwrap().iter().all(|s| s["share"]["after"] == 5));
    assert!(panel["active"].is_null());
    assert_eq!(broken(&app).await, []);
    assert!(!jobs::take_up(&app.services, run).await.unwrap(), "a run is taken up once");
}

/// All agents are at cap, but each lead that is taken from one frees a place in the same run.
#[tokio::test]
async fn warnings_and_counts_agree_with_what_a_run_would_do() {
    let app = TestApp::new().await;
    let admin = company(&app).await;
    let run = run_now(&app, &admin).await;
    assert!(jobs::take_up(&app.services, run).await.unwrap());
    let read = async |what: &str| app.get(&format!("/api/jobs/{what}?job=auto_assignment"), &admin).await.json();
    let warning = async || read("panel").await["warnings"][0].as_str().unwrap_or_default().to_owned();
    assert!(warning().await.contains("all agents are at cap"), "{}", warning().await);

    let both = [("enabled", "true"), ("statuses", "1"), ("statuses", "2"), ("at", "09:00")];
    app.post(SAVE, &section("auto_assignment", "1", &both, PASSWORD), &admin).await;
    let preview = read("preview").await;
    assert_eq!((&preview["assigned"], warning().await.as_str()), (&20.into(), ""), "{preview}");

    sql(&app, "UPDATE users SET receiving = 0 WHERE email LIKE 'agent%'").await;
    let preview = read("preview").await;
    let counts = ["assigned", "at_cap", "kept", "closed"].map(|name| preview[name].as_u64().unwrap());
    assert_eq!(counts, [0, 10, 20, 20], "only ownerless leads are unassigned");
    assert!(warning().await.contains("no agent receives leads"));
}

#[tokio::test]
async fn a_run_that_can_not_write_fails_with_a_reason_and_changes_nothing() {
    let app = TestApp::new().await;
    let admin = company(&app).await;
    sql(&app, "ALTER TABLE run_agents RENAME TO hidden").await;
    let run = run_now(&app, &admin).await;
    assert!(jobs::take_up(&app.services, run).await.unwrap());
    sql(&app, "ALTER TABLE hidden RENAME TO run_agents").await;
    let line = app.get("/api/jobs/panel?job=auto_assignment", &admin).await.json()["line"].clone();
    assert_eq!(line, "Last run: 2026-05-11 09:00 IST — failed: the database refused the change. Nothing was changed.");
    let leads = app.get("/api/leads?filter[owner]=none", &admin).await.json();
    assert_eq!(leads["rows"].as_array().map(Vec::len), Some(30), "all still without an owner");
    assert_eq!(broken(&app).await, []);

    let run = run_now(&app, &admin).await;
    assert!(jobs::take_up(&app.services, run).await.unwrap(), "the next run goes on");
    assert!(
        app.get("/api/jobs/panel?job=auto_assignment", &admin).await.json()["line"]
            .as_str()
            .unwrap()
            .contains("20 leads assigned")
    );
}

#[tokio::test]
async fn a_run_whose_server_died_is_put_back_and_given_up_in_the_end() {
    let app = TestApp::new().await;
    let admin = company(&app).await;
    let run = run_now(&app, &admin).await;
    for fence in 1..=runs::MAX_CLAIMS {
        let mut tx = app.services.db.write().await.unwrap();
        assert_eq!(runs::claim(&mut tx, run, app.services.clock.now()).await.unwrap().unwrap().fence, fence);
        let [last] = runs::open(&mut tx).await.unwrap()[..] else { panic!("one run is open") };
        app.pass(1);
        assert!(runs::put_back(&mut tx, last, app.services.clock.now()).await.unwrap());
        tx.commit().await.unwrap();
    }
    assert!(jobs::take_up(&app.services, run).await.unwrap());
    let line = app.get("/api/jobs/panel?job=auto_assignment", &admin).await.json()["line"].clone();
    assert!(
        line.as_str()
            .unwrap()
            .contains("failed: the server stopped each time it was at work on it. Nothing was changed."),
        "{line}"
    );
}
