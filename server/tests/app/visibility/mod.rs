//! Who may see and do what: every page, server function, download and event of the live stream, by whoever asks.
//! One table is the whole truth; each of its cells is tried, and what is refused has written nothing.

mod addresses;
mod events;
mod leads;
mod runs;
mod table;

use calliyo_db::Db;

use crate::support::{TestApp, execute};

/// Who asks, in the order of the table's columns.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Viewer {
    Admin,
    Manager,
    Agent,
    /// An agent whose role has `management` besides.
    Lead,
    /// An agent with a session from before the ban.
    Banned,
    Anonymous,
}

const VIEWERS: [Viewer; 6] =
    [Viewer::Admin, Viewer::Manager, Viewer::Agent, Viewer::Lead, Viewer::Banned, Viewer::Anonymous];

struct Person {
    viewer: Viewer,
    /// 0 for nobody.
    id: i64,
    cookie: String,
}

struct World {
    app: TestApp,
    people: Vec<Person>,
    /// An agent who isn't among the viewers.
    another: i64,
}

impl World {
    async fn new() -> Self {
        let app = TestApp::new().await;
        let role = "INSERT INTO roles (id, name, management, tasks, reports, users, settings) VALUES (9, 'Team lead', 1, 1, 0, 0, 0)";
        write(&app, role).await;
        let another = app.user("another@example.com", "Agent", 100).await;
        let mut people = Vec::new();
        for viewer in VIEWERS {
            let role = match viewer {
                Viewer::Admin => "Company Admin",
                Viewer::Manager => "Manager",
                Viewer::Agent | Viewer::Banned => "Agent",
                Viewer::Lead => "Team lead",
                Viewer::Anonymous => {
                    people.push(Person { viewer, id: 0, cookie: String::new() });
                    continue;
                }
            };
            let email = format!("{viewer:?}@example.com").to_lowercase();
            let id = app.user(&email, role, 100).await;
            people.push(Person { viewer, id, cookie: app.sign_in(&email).await });
        }
        // Not by the product's own ban, which ends the sessions: here one is left over.
        write(&app, "UPDATE users SET banned = 1 WHERE email = 'banned@example.com'").await;
        Self { app, people, another }
    }

    fn admin(&self) -> &str {
        &self.people[0].cookie
    }
}

async fn write(app: &TestApp, sql: impl Into<String>) {
    let mut tx = app.services.db.write().await.unwrap();
    execute(&mut tx, sql).await;
    tx.commit().await.unwrap();
}

/// How many rows have been written since the database was opened, what was undone included.
async fn written(app: &TestApp) -> i64 {
    let Db::Sqlite { writer, .. } = &app.services.db else { panic!("these tests are on SQLite") };
    sqlx::query_scalar("SELECT total_changes()").fetch_one(writer).await.unwrap()
}
