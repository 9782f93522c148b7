use axum::http::StatusCode;
use calliyo_db::demo::{self, DemoFollowUp, DemoLead};
use calliyo_domain::{
    settings::ShowCustomer::{self, AgentOnly, All},
    status,
};

use super::{Person, Viewer, World, table::lines, written};
use crate::support::{PASSWORD, SAVE, TestApp, execute, section};

/// A lead as the viewer sees it.
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
    /// It had no owner when it was converted.
    ConvertedByNobody,
}

/// As the table calls them.
const KINDS: [(Kind, &str); 9] = [
    (Kind::Own, "own"),
    (Kind::Anothers, "anothers"),
    (Kind::Unassigned, "unassigned"),
    (Kind::Reassigned, "reassigned"),
    (Kind::ConvertedByMe, "by-me"),
    (Kind::ConvertedByAnother, "by-another"),
    (Kind::ConvertedByMeOnce, "by-me-once"),
    (Kind::ConvertedByAnotherOnce, "by-another-once"),
    (Kind::ConvertedByNobody, "by-nobody"),
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
        Kind::ConvertedByNobody => (status::CUSTOMER, None),
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

/// A lead of each kind for each viewer.
async fn furnish(world: &World) {
    let mut tx = world.app.services.db.write().await.unwrap();
    for person in world.people.iter().filter(|person| person.viewer != Viewer::Anonymous) {
        let leads: Vec<_> = KINDS.map(|(kind, _)| lead(person, kind, world.another)).into();
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
async fn each_sees_the_leads_and_customers_that_the_table_says() {
    let world = World::new().await;
    furnish(&world).await;
    // Saved twice, so that what is read is what was saved.
    for (setting, version) in [(AgentOnly, "0"), (All, "1")] {
        show_to(&world.app, world.admin(), setting, version).await;
        for line in lines(&["lead", "customer"]).filter(|line| line.setting == Some(setting)) {
            for (person, expected) in world.people.iter().zip(&line.expected) {
                let at = format!("{:?}, {setting:?}, {} {}", person.viewer, line.kind, line.subject);
                let (kind, _) = KINDS.into_iter().find(|(_, name)| *name == line.subject).expect(&at);
                // Who is nobody has no leads: any will do.
                let whose = if person.viewer == Viewer::Anonymous { &world.people[0] } else { person };
                let DemoLead { id, status, .. } = lead(whose, kind, world.another);
                let lead = Seen { id, status, may: *expected == "sees" };
                match (line.kind, *expected) {
                    (_, "401") => lead.is_kept_from(&world, person, &at).await,
                    ("lead", "sees" | "-") => lead.is_a_lead(&world, person, &at).await,
                    ("customer", "sees" | "-") => lead.is_a_customer(&world, person, &at).await,
                    _ => panic!("{at}: what is {expected}?"),
                }
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
    async fn is_a_lead(&self, world: &World, person: &Person, at: &str) {
        self.on_lists(world, person, at).await;
        self.on_the_dashboard(world, person, at).await;
        self.on_its_page(world, person, at).await;
        self.is_called(world, person, at).await;
        self.is_noted_on(world, person, at).await;
        self.is_agreed_on(world, person, at).await;
        self.is_edited(world, person, at).await;
        self.is_changed_with_others(world, person, at).await;
    }

    /// On the customers' list, in its search, count and download, and on its page.
    async fn is_a_customer(&self, world: &World, person: &Person, at: &str) {
        let (app, id) = (&world.app, self.id);
        let list = app.get("/api/customers", &person.cookie).await.json();
        assert_eq!(list["rows"].as_array().unwrap().iter().any(|row| row["id"] == id), self.may, "{at}: the list");
        let page = app.page("/customers", &person.cookie).await;
        assert_eq!(page.body.contains(&format!("\"/customers/{id}\"")), self.may, "{at}: the page of the list");
        let file = app.get("/customers/export.csv", &person.cookie).await;
        assert_eq!(file.body.contains(&format!(",+1872555{id:04},")), self.may, "{at}: the download");
        for q in [format!("1872555{id:04}"), format!("lead{id}@example.com")] {
            let found = app.get(&format!("/api/customers?q={q}"), &person.cookie).await.json();
            assert_eq!(found["rows"].as_array().map(Vec::len), Some(usize::from(self.may)), "{at}: searched by {q}");
            assert_eq!(found["count"], i64::from(self.may), "{at}: counted by {q}");
            let file = app.get(&format!("/customers/export.csv?q={q}"), &person.cookie).await;
            assert_eq!(file.body.lines().count(), 1 + usize::from(self.may), "{at}: downloaded by {q}");
        }
        let expected = if self.may { StatusCode::OK } else { StatusCode::NOT_FOUND };
        let one = app.get(&format!("/api/customers/one?id={id}"), &person.cookie).await;
        assert_eq!((one.status, one.body.contains("timeline")), (expected, self.may), "{at}: {one:?}");
        let page = app.page(&format!("/customers/{id}"), &person.cookie).await;
        assert_eq!(page.status, expected, "{at}: the page");
        assert_eq!(page.body.contains(&format!("Of{}", person.id)), self.may, "{at}: the page");
    }

    /// From who isn't signed in: pages lead to the sign-in, all else is refused, and nothing is written.
    async fn is_kept_from(&self, world: &World, person: &Person, at: &str) {
        let (app, id, cookie) = (&world.app, self.id.to_string(), &person.cookie);
        let before = written(app).await;
        for page in ["/leads", "/customers", "/leads/{id}", "/leads/{id}/edit", "/customers/{id}"] {
            let answer = app.page(&page.replace("{id}", &id), cookie).await;
            assert!(answer.status.is_redirection(), "{at}: {page}");
            assert!(answer.header("location").starts_with("/sign-in"), "{at}: {page}");
        }
        for read in [
            "/api/leads?filter[q]=1872555{id}",
            "/api/customers?q=1872555{id}",
            "/api/lead?id={id}",
            "/api/lead/record?id={id}",
            "/api/customers/one?id={id}",
            "/leads/export.csv",
            "/customers/export.csv",
        ] {
            let answer = app.get(&read.replace("{id}", &id), cookie).await;
            assert_eq!(answer.status, StatusCode::UNAUTHORIZED, "{at}: {read}");
        }
        for (post, more) in [
            ("/api/calls/log", ("call[status]", "busy")),
            ("/api/leads/note", ("note", "Wrote an email")),
            ("/api/leads/next-call", ("follow_up", "2026-05-14T16:30")),
            ("/api/lead/edit", ("version", "1")),
            ("/api/leads/status", ("status", "5")),
            ("/api/leads/assign", ("agents[]", "1")),
        ] {
            let form = [("id", id.as_str()), ("ids[]", id.as_str()), more];
            let answer = app.post(post, &form, cookie).await;
            assert_eq!(answer.status, StatusCode::UNAUTHORIZED, "{at}: {post}");
        }
        assert_eq!(written(app).await, before, "{at}: what was written");
    }

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
        // That they saw it is no more than their word.
        let opened = world.app.services.clock.now().to_string();
        let form = [("id", id.as_str()), ("call[status]", "busy"), ("call[opened_at]", opened.as_str())];
        let answer = world.app.post("/api/calls/log", &form, &person.cookie).await;
        let expected = if self.may { StatusCode::OK } else { StatusCode::NOT_FOUND };
        assert_eq!(answer.status, expected, "{at}: {answer:?}");
        assert_eq!(written(&world.app).await != before, self.may, "{at}: what was written");
    }

    async fn is_noted_on(&self, world: &World, person: &Person, at: &str) {
        let before = written(&world.app).await;
        let id = self.id.to_string();
        let opened = world.app.services.clock.now().to_string();
        let form = [("id", id.as_str()), ("note", "Wrote an email"), ("opened_at", opened.as_str())];
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
