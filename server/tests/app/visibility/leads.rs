use axum::http::StatusCode;
use calliyo_db::demo::{self, DemoFollowUp, DemoLead};
use calliyo_domain::{
    settings::ShowCustomer::{self, AgentOnly, All},
    status,
};

use super::{Person, Viewer, World, written};
use crate::support::{PASSWORD, SAVE, TestApp, execute, section};

/// A lead as the viewer sees it, in the order of the table's columns.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Own,
    Anothers,
    Unassigned,
    /// The viewer's once, another's now.
    Reassigned,
    ConvertedByMe,
    ConvertedByAnother,
    /// Converted by the viewer, another's now.
    ConvertedByMeOnce,
    /// Converted by another, the viewer's now.
    ConvertedByAnotherOnce,
}

const KINDS: [Kind; 8] = [
    Kind::Own,
    Kind::Anothers,
    Kind::Unassigned,
    Kind::Reassigned,
    Kind::ConvertedByMe,
    Kind::ConvertedByAnother,
    Kind::ConvertedByMeOnce,
    Kind::ConvertedByAnotherOnce,
];

/// Who sees which kinds: on the lists, in the search, in the download, on the lead's page and in what is logged there.
#[rustfmt::skip]
const TABLE: [(Viewer, ShowCustomer, &str); 8] = [
    (Viewer::Admin,   All,       "own anothers unassigned reassigned by-me by-another by-me-once by-another-once"),
    (Viewer::Admin,   AgentOnly, "own anothers unassigned reassigned by-me by-another by-me-once by-another-once"),
    (Viewer::Manager, All,       "own anothers unassigned reassigned by-me by-another by-me-once by-another-once"),
    (Viewer::Manager, AgentOnly, "own anothers unassigned reassigned by-me by-another by-me-once by-another-once"),
    (Viewer::Agent,   All,       "own    -        -          -       by-me    -          -             -        "),
    (Viewer::Agent,   AgentOnly, "own    -        -          -       by-me    -          -             -        "),
    (Viewer::Lead,    All,       "own anothers unassigned reassigned by-me by-another by-me-once by-another-once"),
    (Viewer::Lead,    AgentOnly, "own anothers unassigned reassigned by-me    -       by-me-once      -        "),
];

const START: i64 = 1_778_000_000_000;

fn lead(person: &Person, kind: Kind, another: i64) -> DemoLead {
    let number = person.id * 10 + kind as i64;
    let (status, owner) = match kind {
        Kind::Own | Kind::Reassigned => (status::ASSIGNED, Some(person.id)),
        Kind::Anothers => (status::ASSIGNED, Some(another)),
        Kind::Unassigned => (status::UNASSIGNED, None),
        Kind::ConvertedByMe | Kind::ConvertedByMeOnce => (status::CUSTOMER, Some(person.id)),
        Kind::ConvertedByAnother | Kind::ConvertedByAnotherOnce => (status::CUSTOMER, Some(another)),
    };
    DemoLead {
        id: number,
        first_name: format!("{kind:?}"),
        last_name: format!("Of{}", person.id),
        phone: format!("+1872555{number:04}"),
        email: format!("lead{number}@example.com"),
        tag: "tag".to_owned(),
        status,
        since: START,
        owner,
        created_at: START - 1000,
        assigned_at: owner.map(|_| START - 500),
    }
}

/// Eight leads for each viewer, and the setting.
async fn furnish(world: &World) {
    let mut tx = world.app.services.db.write().await.unwrap();
    for person in world.people.iter().filter(|person| person.viewer != Viewer::Anonymous) {
        let leads: Vec<_> = KINDS.map(|kind| lead(person, kind, world.another)).into();
        demo::add_leads(&mut tx, &leads).await.unwrap();
        let agreed = leads.iter().map(|lead| DemoFollowUp {
            lead: lead.id,
            agent: world.another,
            due_at: START,
            created_at: START,
        });
        demo::add_follow_ups(&mut tx, &agreed.collect::<Vec<_>>()).await.unwrap();
        for (kind, owner) in [
            (Kind::Reassigned, world.another),
            (Kind::ConvertedByMeOnce, world.another),
            (Kind::ConvertedByAnotherOnce, person.id),
        ] {
            let id = person.id * 10 + kind as i64;
            execute(&mut tx, format!("UPDATE leads SET owner_id = {owner} WHERE id = {id}")).await;
        }
    }
    tx.commit().await.unwrap();
}

async fn show_to(app: &TestApp, admin: &str, setting: ShowCustomer, version: &str) {
    let form = section("show_customer", version, &[("show_customer", setting.key())], PASSWORD);
    assert_eq!(app.post(SAVE, &form, admin).await.status, StatusCode::OK);
}

#[tokio::test]
async fn each_sees_the_leads_that_the_table_says() {
    let world = World::new().await;
    furnish(&world).await;
    // Saved twice, so that what is read is what was saved.
    for (setting, version) in [(AgentOnly, "0"), (All, "1")] {
        show_to(&world.app, world.admin(), setting, version).await;
        for (viewer, _, seen) in TABLE.iter().filter(|(_, of, _)| *of == setting) {
            let person = world.people.iter().find(|person| person.viewer == *viewer).unwrap();
            let words: Vec<&str> = seen.split_whitespace().collect();
            assert_eq!(words.len(), KINDS.len(), "{viewer:?}, {setting:?}");
            for (kind, word) in KINDS.iter().zip(words) {
                let DemoLead { id, status, .. } = lead(person, *kind, world.another);
                let lead = Seen { id, status, may: word != "-" };
                let at = format!("{viewer:?}, {setting:?}, {kind:?}");
                lead.on_lists(&world, person, &at).await;
                lead.on_the_dashboard(&world, person, &at).await;
                lead.on_its_page(&world, person, &at).await;
                lead.is_called(&world, person, &at).await;
                lead.is_noted_on(&world, person, &at).await;
                lead.is_agreed_on(&world, person, &at).await;
                lead.is_edited(&world, person, &at).await;
                lead.is_changed_with_others(&world, person, &at).await;
            }
        }
    }
}

/// A lead, and whether it is to be seen.
struct Seen {
    id: i64,
    status: i64,
    may: bool,
}

impl Seen {
    /// A call was agreed with each: the agent's own are due, but for customers that they may not see.
    async fn on_the_dashboard(&self, world: &World, person: &Person, at: &str) {
        let day = world.app.get("/api/dashboard", &person.cookie).await.json();
        let due = day["agent"]["due"].as_array().cloned().unwrap_or_default();
        let is_due = due.iter().any(|due| due["lead"] == self.id);
        assert!(self.may || !is_due, "{at}: what is due");
    }

    async fn on_lists(&self, world: &World, person: &Person, at: &str) {
        let app = &world.app;
        let list = app.get("/api/leads", &person.cookie).await.json();
        let ids: Vec<i64> = list["rows"].as_array().unwrap().iter().filter_map(|row| row["id"].as_i64()).collect();
        assert_eq!(ids.contains(&self.id), self.may, "{at}: the list");
        let page = app.page("/leads", &person.cookie).await;
        assert_eq!(page.body.contains(&format!("\"/leads/{}\"", self.id)), self.may, "{at}: the page of the list");
        for q in [format!("1872555{:04}", self.id), format!("lead{}@example.com", self.id)] {
            let found = app.get(&format!("/api/leads?filter[q]={q}"), &person.cookie).await.json();
            assert_eq!(found["rows"].as_array().map(Vec::len), Some(usize::from(self.may)), "{at}: searched by {q}");
            assert_eq!(found["found"]["count"], i64::from(self.may), "{at}: counted by {q}");
        }
        let file = app.get("/leads/export.csv", &person.cookie).await;
        let manages = person.viewer != Viewer::Agent;
        assert_eq!(file.status == StatusCode::OK, manages, "{at}: the download");
        let listed = file.body.contains(&format!(",+1872555{:04},", self.id));
        assert_eq!(listed, manages && self.may, "{at}: the download");
    }

    async fn on_its_page(&self, world: &World, person: &Person, at: &str) {
        let expected = if self.may { StatusCode::OK } else { StatusCode::NOT_FOUND };
        let page = world.app.page(&format!("/leads/{}", self.id), &person.cookie).await;
        assert_eq!(page.status, expected, "{at}: the page");
        assert_eq!(page.body.contains(&format!("Of{}", person.id)), self.may, "{at}: the page");
        let read = world.app.get(&format!("/api/lead?id={}", self.id), &person.cookie).await;
        assert_eq!(read.status, expected, "{at}: {read:?}");
        let edit = world.app.page(&format!("/leads/{}/edit", self.id), &person.cookie).await;
        assert_eq!(edit.status, expected, "{at}: the page to edit it");
        let record = world.app.get(&format!("/api/lead/record?id={}", self.id), &person.cookie).await;
        assert_eq!(record.status, expected, "{at}: {record:?}");
    }

    /// A line that is busy moves no lead.
    async fn is_called(&self, world: &World, person: &Person, at: &str) {
        let before = written(&world.app).await;
        let id = self.id.to_string();
        let form = [("id", id.as_str()), ("call[status]", "busy"), ("call[direction]", "outgoing")];
        let answer = world.app.post("/api/calls/log", &form, &person.cookie).await;
        let expected = if self.may { StatusCode::OK } else { StatusCode::NOT_FOUND };
        assert_eq!(answer.status, expected, "{at}: {answer:?}");
        assert_eq!(written(&world.app).await != before, self.may, "{at}: what was written");
    }

    async fn is_noted_on(&self, world: &World, person: &Person, at: &str) {
        let before = written(&world.app).await;
        let id = self.id.to_string();
        let form = [("id", id.as_str()), ("note", "Wrote an email")];
        let answer = world.app.post("/api/leads/note", &form, &person.cookie).await;
        let expected = if self.may { StatusCode::OK } else { StatusCode::NOT_FOUND };
        assert_eq!(answer.status, expected, "{at}: {answer:?}");
        assert_eq!(written(&world.app).await - before, i64::from(self.may), "{at}: what was written");
    }

    /// No date: who may agree on the next call is told so, and the lead stays where it is.
    async fn is_agreed_on(&self, world: &World, person: &Person, at: &str) {
        let before = written(&world.app).await;
        let id = self.id.to_string();
        let form = [("id", id.as_str()), ("follow_up", "")];
        let answer = world.app.post("/api/leads/next-call", &form, &person.cookie).await;
        let expected = if self.may { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::NOT_FOUND };
        assert_eq!(answer.status, expected, "{at}: {answer:?}");
        assert_eq!(written(&world.app).await, before, "{at}: what was written");
    }

    /// Another version than the form was opened with: who may edit it is told so.
    async fn is_edited(&self, world: &World, person: &Person, at: &str) {
        let before = written(&world.app).await;
        let id = self.id.to_string();
        let answer = world.app.post("/api/lead/edit", &[("id", id.as_str()), ("version", "999")], &person.cookie).await;
        let expected = if self.may { StatusCode::CONFLICT } else { StatusCode::NOT_FOUND };
        assert_eq!(answer.status, expected, "{at}: {answer:?}");
        assert_eq!(written(&world.app).await, before, "{at}: what was written");
    }

    /// The status that it has already: who may change it has nothing changed.
    async fn is_changed_with_others(&self, world: &World, person: &Person, at: &str) {
        let before = written(&world.app).await;
        let (id, status) = (self.id.to_string(), self.status.to_string());
        let form = [("ids[]", id.as_str()), ("status", status.as_str())];
        let answer = world.app.post("/api/leads/status", &form, &person.cookie).await;
        let expected = match (person.viewer, self.may) {
            (Viewer::Agent, _) => StatusCode::FORBIDDEN,
            (_, true) => StatusCode::OK,
            (_, false) => StatusCode::UNPROCESSABLE_ENTITY,
        };
        assert_eq!(answer.status, expected, "{at}: {answer:?}");
        assert_eq!(written(&world.app).await, before, "{at}: what was written");
    }
}
