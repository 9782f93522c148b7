//! Files as real people have them (`tests/data/trials`), by the page and by the command line, on both databases.

mod files;

use std::{path::PathBuf, process::Command};

use axum::http::{StatusCode, header};
use calliyo_db::{Tx, leads};
use calliyo_server::jobs;
use serde_json::Value;
use sqlx::{AssertSqlSafe, Connection as _, PgConnection};

use files::{REFUSED, TRIALS, Trial};

use crate::{
    import::{START, report, send_file},
    support::TestApp,
};

#[tokio::test(flavor = "multi_thread")]
async fn on_sqlite() {
    let app = TestApp::new().await;
    all(&app).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn on_postgres() {
    let server = std::env::var("CALLIYO_TEST_POSTGRES").expect("run through scripts/postgres");
    let name = format!("calliyo_trials_{}", std::process::id());
    let (base, _) = server.rsplit_once('/').expect("postgres://host/database");
    obey(&server, format!("CREATE DATABASE {name}")).await;
    let app = TestApp::on(&format!("{base}/{name}"), false).await;
    all(&app).await;
    app.services.db.close().await;
    obey(&server, format!("DROP DATABASE {name} WITH (FORCE)")).await;
}

async fn obey(server: &str, sql: String) {
    let mut connection = PgConnection::connect(server).await.expect("CALLIYO_TEST_POSTGRES answers");
    sqlx::query(AssertSqlSafe(sql)).execute(&mut connection).await.expect("the test server obeys");
}

async fn all(app: &TestApp) {
    let manager = app.signed_in("Manager").await;
    for trial in &TRIALS {
        be_of(app, trial.country).await;
        on_the_page(app, trial, &manager).await;
        on_the_command_line(app, trial).await;
    }
    for (file, said) in REFUSED {
        let (status, answer) = told_on_the_page(app, file, &manager).await;
        assert!(answer.contains(said), "{file}: {status} {answer}");
        let (done, told) = command(app, &[path(file).to_str().unwrap()]);
        assert!(!done && told.contains(said), "{file}: {told}");
    }
}

fn path(file: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/data/trials").join(file)
}

async fn on_the_page(app: &TestApp, trial: &Trial, manager: &str) {
    let Trial { file, header_line, leads, bad, .. } = trial;
    let answer = send_file(app, file, std::fs::read(path(file)).unwrap(), manager).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{file}: {answer:?}");
    let draft = answer.header(header::LOCATION).strip_prefix("/leads/import/drafts/").unwrap().to_owned();
    let looked =
        app.get(&format!("/api/leads/import/draft?id={draft}&choice[header]={header_line}"), manager).await.json();
    let (preview, columns) = (&looked["preview"], looked["columns"].as_array().unwrap());
    assert_eq!([&preview["good"], &preview["bad"]].map(Value::as_i64), [Some(*leads), Some(*bad)], "{file}: {looked}");
    let columns = columns.iter().map(|column| ("columns[]", column["taken_as"].as_str().unwrap_or("ignore")));
    let form: Vec<_> = [("id", draft.as_str()), ("header", header_line)].into_iter().chain(columns).collect();
    let started = app.post_plain(START, &form, manager).await;
    let run = started.header(header::LOCATION).strip_prefix("/leads/import/").unwrap().parse().unwrap();
    assert!(jobs::take_next(&app.services).await.unwrap());
    let done = report(app, run, manager).await;
    let outcome = &done["import"]["state"]["outcome"];
    let counts = ["imported", "duplicates", "bad"].map(|count| outcome[count].as_i64().unwrap());
    assert_eq!(counts, [*leads, trial.duplicates, *bad], "{file}: {done}");
    judge(trial, &done["bad"]);
    look_at_leads(app, trial).await;
    forget(app).await;
}

async fn on_the_command_line(app: &TestApp, trial: &Trial) {
    let (path, before) = (path(trial.file), stored(app).await);
    let mut arguments = vec!["--json", path.to_str().unwrap()];
    if !trial.header_line.is_empty() {
        arguments.extend(["--header-line", trial.header_line]);
    }
    let (done, told) = command(app, &arguments);
    assert!(done, "{}: {told}", trial.file);
    let told: Value = serde_json::from_str(told.lines().last().unwrap()).unwrap();
    let counts = ["imported", "duplicates", "bad_rows"].map(|count| told[count].as_i64().unwrap());
    assert_eq!(counts, [trial.leads, trial.duplicates, trial.bad], "{}: {told}", trial.file);
    assert!(told["bad"].as_array().unwrap().iter().all(|row| !row["cells"][0].is_null()), "as they stood: {told}");
    judge(trial, &told["bad"]);
    look_at_leads(app, trial).await;
    assert_eq!(stored(app).await - before, trial.leads, "{}", trial.file);
    forget(app).await;
}

fn judge(trial: &Trial, bad: &Value) {
    let listed: Vec<_> = bad.as_array().unwrap().iter().map(|row| row["line"].as_u64().unwrap()).collect();
    assert_eq!(listed, trial.listed.iter().map(|(line, _)| *line).collect::<Vec<_>>(), "{}: {bad}", trial.file);
    for (row, (_, said)) in bad.as_array().unwrap().iter().zip(trial.listed) {
        assert!(row["reason"].as_str().unwrap().contains(said), "{}: {row}", trial.file);
    }
}

/// Whether the leads of the file are stored as they should be.
async fn look_at_leads(app: &TestApp, trial: &Trial) {
    let sql = "SELECT trim(first_name || ' ' || last_name) || ' ' || trim(phone || ' ' || email) FROM leads \
               WHERE phone NOT LIKE '+000%' ORDER BY id";
    if !trial.stored.is_empty() {
        let stored: Vec<String> = rows(app, sql).await;
        assert_eq!(stored, trial.stored, "{}", trial.file);
    }
    for (phone, tags) in trial.tags {
        let sql = format!("SELECT t.tag FROM lead_tags t JOIN leads l ON l.id = t.lead_id WHERE l.phone = '{phone}'");
        let mut stored = rows(app, &sql).await;
        stored.sort();
        assert_eq!(&stored, tags, "{}: {phone}", trial.file);
    }
}

async fn rows(app: &TestApp, sql: &str) -> Vec<String> {
    let sql = AssertSqlSafe(sql.to_owned());
    match &mut app.services.db.read().await.unwrap() {
        Tx::Sqlite(tx) => sqlx::query_scalar(sql).fetch_all(&mut **tx).await.unwrap(),
        Tx::Postgres(tx) => sqlx::query_scalar(sql).fetch_all(&mut **tx).await.unwrap(),
    }
}

/// What the page says of a file, at the upload or after it.
async fn told_on_the_page(app: &TestApp, file: &str, manager: &str) -> (StatusCode, String) {
    let answer = send_file(app, file, std::fs::read(path(file)).unwrap(), manager).await;
    let location = answer.header(header::LOCATION).to_owned();
    let Some(draft) = location.strip_prefix("/leads/import/drafts/") else {
        return (answer.status, app.page(&location, manager).await.body.replace("&#x27;", "'"));
    };
    let looked = app.get(&format!("/api/leads/import/draft?id={draft}"), manager).await.json();
    (answer.status, looked["problem"]["message"].as_str().unwrap_or_default().to_owned())
}

/// Runs `calliyo import leads`; gives whether it did, and what it said.
fn command(app: &TestApp, arguments: &[&str]) -> (bool, String) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_calliyo"));
    let output = command.args(["--database-url", &app.url, "import", "leads"]).args(arguments).output().unwrap();
    let said = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    (output.status.success(), if output.status.success() { said(&output.stdout) } else { said(&output.stderr) })
}

/// Has the company be of this country.
async fn be_of(app: &TestApp, country: &str) {
    let value = format!(r#"{{"company":"My company","country":"{country}","time_zone":"Asia/Kolkata"}}"#);
    obey_here(app, format!("UPDATE settings SET value = '{value}' WHERE section = 'general'")).await;
}

/// Gives the leads other phones, so that no file's rows are duplicates of another's: nothing takes leads away. Tags are
/// spelled as they come first.
async fn forget(app: &TestApp) {
    obey_here(app, "UPDATE leads SET phone = '+000' || CAST(id AS TEXT)".to_owned()).await;
    for table in ["lead_tags", "tags"] {
        obey_here(app, format!("DELETE FROM {table}")).await;
    }
}

async fn obey_here(app: &TestApp, sql: String) {
    let mut tx = app.services.db.write().await.unwrap();
    match &mut tx {
        Tx::Sqlite(tx) => _ = sqlx::query(AssertSqlSafe(sql)).execute(&mut **tx).await.unwrap(),
        Tx::Postgres(tx) => _ = sqlx::query(AssertSqlSafe(sql)).execute(&mut **tx).await.unwrap(),
    }
    tx.commit().await.unwrap();
}

async fn stored(app: &TestApp) -> i64 {
    leads::count(&mut app.services.db.read().await.unwrap()).await.unwrap()
}
