//! A lead that is taken from somebody who has its page open, perhaps on the phone with it: what happened can be written
//! down, and nothing of the lead is changed or told.

use axum::http::{StatusCode, header};
use calliyo_db::{follow_ups, lead_changes::Lead, lead_notes};
use calliyo_domain::status::{ASSIGNED, CUSTOMER};
use calliyo_server::jobs;
use serde_json::Value;

use crate::{
    calls::{LOG, add_lead, check, events, stored},
    lead_bulk::{ASSIGN, SET_STATUS},
    lead_notes::NOTE,
    support::{Answer, PASSWORD, RUN, SAVE, TestApp, section, sql},
};

const MINUTE: i64 = 60_000;
const HOUR: i64 = 60 * MINUTE;

const LEFT: &str = "The lead is no longer yours, so its status, next call and owner were left as they are.";

/// A company in which the agent, user 1, has lead 1, and where user 3 is another agent.
struct Company {
    app: TestApp,
    agent: String,
    admin: String,
}

impl Company {
    async fn new() -> Self {
        let app = TestApp::new().await;
        app.user("agent@example.com", "Agent", 100).await;
        app.user("company.admin@example.com", "Company Admin", 100).await;
        app.user("bela@example.com", "Agent", 5).await;
        add_lead(&app, 1, ASSIGNED, Some(1)).await;
        app.pass(25 * HOUR);
        let (agent, admin) = (app.sign_in("agent@example.com").await, app.sign_in("company.admin@example.com").await);
        Self { app, agent, admin }
    }

    /// Opens the lead's page, and has the lead taken an hour later; gives what the page's forms say of when it was opened.
    async fn opened_and_taken(&self, how: &str) -> String {
        let page = self.app.page("/leads/1", &self.agent).await;
        assert_eq!(page.status, StatusCode::OK);
        let opened = self.app.services.clock.now().to_string();
        for field in ["call[opened_at]", "opened_at"] {
            assert!(page.body.contains(&format!("name=\"{field}\" value=\"{opened}\"")), "{field}: {}", page.body);
        }
        self.app.pass(HOUR);
        self.take(how).await;
        self.app.pass(5 * MINUTE);
        opened
    }

    async fn take(&self, how: &str) {
        let assigned = [("ids[]", "1"), ("agents[]", "3")];
        let from_its_page = [&assigned[..], &[("place", "lead")]].concat();
        let unassigned = [("ids[]", "1"), ("status", "1")];
        match how {
            "an assignment" => self.run("auto_assignment", &[("statuses", "2"), ("at", "09:00")]).await,
            "a removal" => self.run("auto_removal", &[("statuses", "2"), ("days", "1"), ("at", "09:00")]).await,
            "the list of leads" => self.done(ASSIGN, &assigned).await,
            "the lead's page" => self.done(ASSIGN, &from_its_page).await,
            "a status" => self.done(SET_STATUS, &unassigned).await,
            _ => panic!("{how}?"),
        }
        assert_ne!(stored(&self.app, 1).await.owner_id, Some(1), "{how}");
    }

    async fn run(&self, job: &str, values: &[(&str, &str)]) {
        self.done(SAVE, &section(job, "0", values, PASSWORD)).await;
        let started = self.app.post(RUN, &[("job", job)], &self.admin).await.json();
        let run = started["started"]["run"].as_i64().unwrap_or_else(|| panic!("{started}"));
        assert!(jobs::take_up(&self.app.services, run).await.unwrap());
    }

    async fn done(&self, path: &str, form: &[(impl AsRef<str>, &str)]) {
        let answer = self.app.post(path, form, &self.admin).await;
        assert_eq!(answer.status, StatusCode::OK, "{answer:?}");
    }

    async fn log(&self, opened: &str, more: &[(&str, &str)]) -> Answer {
        self.app.post(LOG, &call(opened, more), &self.agent).await
    }

    async fn note(&self, opened: &str) -> Answer {
        self.app.post(NOTE, &[("id", "1"), ("note", "Wrote an email"), ("opened_at", opened)], &self.agent).await
    }

    /// The lead, how many events it has, and the calls that are agreed on.
    async fn lead(&self) -> (Lead, usize, Vec<i64>) {
        let agreed = follow_ups::open(&mut self.app.services.db.read().await.unwrap(), 1).await.unwrap();
        (stored(&self.app, 1).await, events(&self.app, 1).await, agreed)
    }

    /// The calls that count for the agent: on their dashboard, on the team's, and in reports.
    async fn counted(&self) -> [Value; 3] {
        let own = self.app.get("/api/dashboard", &self.agent).await.json()["agent"]["calls"].clone();
        let team = self.app.get("/api/dashboard", &self.admin).await.json()["team"]["agents"].clone();
        let agent = team.as_array().unwrap().iter().find(|agent| agent["id"] == 1).unwrap()["calls"].clone();
        let report = self.app.get("/api/reports?agent=1", &self.admin).await.json();
        [own, agent, report["counted"]["total"]["attempts"].clone()]
    }
}

fn call<'a>(opened: &'a str, more: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a str)> {
    let form = [
        ("id", "1"),
        ("call[status]", "follow_up"),
        ("call[duration]", "60"),
        ("call[note]", "Wants a demo"),
        ("call[lead_name]", "Lead 1"),
        ("call[opened_at]", opened),
    ];
    let form = form.into_iter().filter(|(name, _)| more.iter().all(|(other, _)| other != name));
    form.chain(more.iter().copied()).collect()
}

#[tokio::test]
async fn a_call_counts_for_who_held_the_lead_and_leaves_it_as_it_is() {
    for how in ["an assignment", "a removal", "the list of leads", "the lead's page", "a status"] {
        let company = Company::new().await;
        let opened = company.opened_and_taken(how).await;
        let before = company.lead().await;
        let wished = [("call[lead_status]", "4"), ("call[follow_up]", "2026-05-14T10:00"), ("call[once]", "3fd1")];
        let said = company.log(&opened, &wished).await.json();
        assert_eq!(said["said"], format!("Logged: Follow up for Lead 1. {LEFT}"), "{how}");
        assert_eq!(said["taken"], true);
        assert!(!said.to_string().contains("bela"), "whose it is by now isn't said: {said}");
        assert_eq!(company.log(&opened, &wished).await.json(), said, "{how}: sent again");
        assert_eq!(company.lead().await, before, "{how}: nothing of the lead was changed");
        assert_eq!(company.counted().await, [1, 1, 1], "{how}");
        let timeline = company.app.get("/api/lead?id=1", &company.admin).await.json()["timeline"].to_string();
        assert!(timeline.contains("Wants a demo"), "{how}: {timeline}");
        for (path, status) in [("/leads/1", StatusCode::NOT_FOUND), ("/calls", StatusCode::OK)] {
            assert_eq!(company.app.page(path, &company.agent).await.status, status, "{how}: {path}");
        }
        check(&company.app).await;
    }
}

#[tokio::test]
async fn such_a_call_is_corrected_and_undone_by_who_logged_it() {
    let company = Company::new().await;
    let (app, agent) = (&company.app, &company.agent);
    let opened = company.opened_and_taken("the list of leads").await;
    let before = company.lead().await;
    let id = company.log(&opened, &[]).await.json()["call"].to_string();
    let bela = app.sign_in("bela@example.com").await;
    let right = [("id", &*id), ("call[status]", "busy"), ("call[duration]", "0"), ("place", "lead"), ("lead", "1")];
    for other in [&bela, &company.admin] {
        assert_ne!(app.post("/api/calls/correct", &right, other).await.status, StatusCode::OK);
        assert_ne!(app.post("/api/calls/undo", &[("id", &*id)], other).await.status, StatusCode::OK);
    }
    let corrected = app.post_plain("/api/calls/correct", &right, agent).await;
    assert_eq!(corrected.header(header::LOCATION), format!("/calls?corrected={id}#timeline"));
    assert_eq!(company.counted().await, [1, 1, 1]);
    // Whatever becomes of the lead meanwhile.
    let changed = [("id", "1"), ("call[status]", "called"), ("call[lead_status]", "7")];
    assert_eq!(app.post(LOG, &changed, &bela).await.status, StatusCode::OK);
    let theirs = company.lead().await;
    assert_ne!(theirs, before);
    let undone = app.post("/api/calls/undo", &[("id", &*id)], agent).await.json();
    assert_eq!((&undone["said"], &undone["taken"]), (&"Undone: Busy.".into(), &true.into()));
    assert_eq!(company.lead().await, theirs);
    assert_eq!(company.counted().await, [0, 0, 0]);
    check(app).await;
}

#[tokio::test]
async fn a_note_alone_is_added_too() {
    let company = Company::new().await;
    let opened = company.opened_and_taken("a removal").await;
    let before = company.lead().await;
    let answer = company.note(&opened).await.json();
    assert_eq!(answer, serde_json::json!({ "said": format!("Noted. {LEFT}"), "taken": true }));
    let notes = lead_notes::of_lead(&mut company.app.services.db.read().await.unwrap(), 1, 9).await.unwrap();
    assert_eq!(notes.iter().map(|note| note.note.as_str()).collect::<Vec<_>>(), ["Wrote an email"]);
    assert_eq!(company.lead().await, before);
    assert_eq!(company.counted().await, [0, 0, 0], "no call was made");
    check(&company.app).await;
}

/// When the page was opened is whoever posts it's word alone: the lead must have been theirs to see then.
#[tokio::test]
async fn who_did_not_hold_the_lead_then_writes_nothing_down() {
    let company = Company::new().await;
    let app = &company.app;
    let opened = company.opened_and_taken("the list of leads").await;
    let before = company.lead().await;
    let now = app.services.clock.now();
    let refused = async |opened: &str, cookie: &str, why: &str| {
        let call = app.post(LOG, &call(opened, &[]), cookie).await;
        let note = app.post(NOTE, &[("id", "1"), ("note", ""), ("opened_at", opened)], cookie).await;
        for answer in [call, note] {
            assert_eq!((answer.status, answer.body.as_str()), (StatusCode::NOT_FOUND, "\"not_found\""), "{why}");
        }
    };
    for not_then in ["", "x", "-1", "99999999999999999999", &i64::MAX.to_string(), &i64::MIN.to_string()] {
        refused(not_then, &company.agent, not_then).await;
    }
    refused(&(now - 3 * MINUTE).to_string(), &company.agent, "lost before the page was opened").await;
    refused(&(now + HOUR).to_string(), &company.agent, "a time to come").await;
    refused(&(now - 13 * HOUR).to_string(), &company.agent, "no page is open for so long").await;

    let never = app.user("never@example.com", "Agent", 5).await;
    let never_held = app.sign_in("never@example.com").await;
    for ago in [0, MINUTE, 30 * MINUTE, 2 * HOUR, 11 * HOUR] {
        refused(&(now - ago).to_string(), &never_held, "they never held it").await;
    }
    app.pass(11 * HOUR);
    refused(&opened, &company.agent, "the page was opened twelve hours and five minutes ago").await;
    for how in ["given back", "and taken again"] {
        let to = if how == "given back" { "1" } else { "3" };
        company.done(ASSIGN, &[("ids[]", "1"), ("agents[]", to)]).await;
        app.pass(HOUR);
    }
    let between = app.services.clock.now() - 4 * HOUR;
    refused(&between.to_string(), &company.agent, "it was another's then, though theirs before and after").await;

    // They own that customer for a while, which another converted: they don't see it.
    add_lead(app, 2, CUSTOMER, Some(3)).await;
    for owner in ["1", &never.to_string()] {
        company.done(ASSIGN, &[("ids[]", "2"), ("agents[]", owner)]).await;
        app.pass(HOUR);
    }
    let hidden = (app.services.clock.now() - 90 * MINUTE).to_string();
    let hidden = [("id", "2"), ("call[status]", "busy"), ("call[opened_at]", &*hidden)];
    assert_eq!(stored(app, 2).await.owner_id, Some(never));
    assert_eq!(app.post(LOG, &hidden, &company.agent).await.body, "\"not_found\"");
    assert_eq!(company.counted().await[1..], [0, 0]);
    assert_ne!(company.lead().await, before, "it went to and fro");
    check(app).await;
}

#[tokio::test]
async fn who_may_log_no_calls_any_more_writes_nothing_down() {
    let company = Company::new().await;
    let opened = company.opened_and_taken("the list of leads").await;
    let before = company.lead().await;
    let reader = "INSERT INTO roles (id, name, management, tasks, reports, users, settings) VALUES (99, 'Reader', 0, 0, 1, 0, 0)";
    sql(&company.app, reader).await;
    sql(&company.app, "UPDATE users SET role_id = 99 WHERE id = 1").await;
    for answer in [company.log(&opened, &[]).await, company.note(&opened).await] {
        assert_eq!(answer.body, "\"forbidden\"");
    }
    company.done("/api/users/ban", &[("id", "1")]).await;
    for answer in [company.log(&opened, &[]).await, company.note(&opened).await] {
        assert_eq!(answer.body, "\"signed_out\"");
    }
    assert_eq!(company.lead().await, before);
}

/// A plain form leads to a page that they may see, which says what was done, and what not.
#[tokio::test]
async fn without_scripts_the_page_that_comes_back_says_so() {
    let company = Company::new().await;
    let (app, agent) = (&company.app, &company.agent);
    add_lead(app, 2, ASSIGNED, Some(1)).await;
    let opened = company.opened_and_taken("the list of leads").await;
    let before = company.lead().await;
    let follow = async |answer: Answer, to: &str, says: &[&str]| {
        let location = answer.header(header::LOCATION).to_owned();
        assert!(location.starts_with(to), "{location}");
        let page = app.page(location.split('#').next().unwrap(), agent).await;
        assert_eq!(page.status, StatusCode::OK, "{location}");
        let body = page.body.replace("<!>", "");
        for part in says {
            assert!(body.contains(part), "{location} says {part}: {body}");
        }
    };
    let done = format!("The call was logged. {LEFT}");
    let again = format!("name=\"call[opened_at]\" value=\"{opened}\"");
    for (place, to) in [("lead", "/dashboard?"), ("dashboard", "/dashboard?"), ("tasks", "/tasks?")] {
        let form = call(&opened, &[("place", place), ("call[duration]", "soon")]);
        let says = ["Your call with <b>Lead 1</b> was not logged.", "Wants a demo", "id=\"again-duration\"", &again];
        follow(app.post_plain(LOG, &form, agent).await, &format!("{to}call_on=1&"), &says).await;
        let to = if place == "tasks" { "/leads/2?from=tasks&logged=" } else { "/dashboard?logged=" };
        follow(app.post_plain(LOG, &call(&opened, &[("place", place)]), agent).await, to, &[&done]).await;
        let to = if place == "tasks" { "/tasks?undone=1" } else { "/dashboard?undone=1" };
        let undo = [("place", place), ("here", "/leads/1")];
        follow(app.post_plain("/api/calls/undo", &undo, agent).await, to, &["The call was undone."]).await;
        let to = if place == "tasks" { "/tasks?" } else { "/dashboard?" };
        let refused = app.post_plain("/api/calls/undo", &undo, agent).await;
        follow(refused, to, &["Only the call that you logged last can be undone"]).await;

        let note = |note| [("id", "1"), ("place", place), ("note", note), ("opened_at", opened.as_str())];
        let answer = app.post_plain(NOTE, &note("An email"), agent).await;
        follow(answer, &format!("{to}noted=1&taken=1"), &[&format!("The note was added. {LEFT}")]).await;
        let says = ["Your note was not added. A note may hold no control", "id=\"again-note\"", "An email"];
        follow(app.post_plain(NOTE, &note("An email\u{7}"), agent).await, to, &says).await;
        let unproven = [("id", "1"), ("place", place), ("note", "An email")];
        let says =
            ["Your note was not added. That lead is no longer assigned to you", "<blockquote>An email</blockquote>"];
        follow(app.post_plain(NOTE, &unproven, agent).await, to, &says).await;
    }
    assert_eq!(company.lead().await, before);
    check(app).await;
}
