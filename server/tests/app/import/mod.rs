//! Imports of leads, and what tests of them need.

mod access;
mod refused;
mod runs;

use axum::{
    body::Body,
    http::{Request, StatusCode, header},
};
use calliyo_db::{leads, queue};
use calliyo_server::jobs;

use crate::support::{Answer, FOR, TestApp, whose};

pub const IMPORT: &str = "/leads/import";
pub const START: &str = "/api/leads/import/start";
pub const GOOD: &str = "phone,FIRSTNAME,Tags\n+18725550001,Asha,a;b\n+18725550002,Ravi,\n";

/// The form as a browser posts it.
fn form(file: &str, content: impl AsRef<[u8]>) -> Vec<u8> {
    let head = format!("Content-Disposition: form-data; name=\"file\"; filename=\"{file}\"\r\nContent-Type: text/csv");
    let mut body = format!("--frontier\r\n{head}\r\n\r\n").into_bytes();
    body.extend_from_slice(content.as_ref());
    body.extend_from_slice(b"\r\n--frontier--\r\n");
    body
}

fn request(body: impl Into<Body>, accept: &str, cookie: &str) -> Request<Body> {
    Request::post(IMPORT)
        .header(header::COOKIE, cookie)
        .header(FOR, whose(cookie))
        .header(header::ACCEPT, accept)
        .header(header::CONTENT_TYPE, "multipart/form-data; boundary=frontier")
        .body(body.into())
        .unwrap()
}

async fn upload(app: &TestApp, content: impl AsRef<[u8]>, cookie: &str) -> Answer {
    send_file(app, "leads.csv", content, cookie).await
}

/// Sends a file as a browser does.
pub async fn send_file(app: &TestApp, name: &str, content: impl AsRef<[u8]>, cookie: &str) -> Answer {
    app.send(request(form(name, content), "text/html", cookie)).await
}

/// What refuses a file, as a script reads it.
async fn refusal(app: &TestApp, body: Vec<u8>, cookie: &str) -> String {
    let answer = app.send(request(body, "application/json", cookie)).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{answer:?}");
    assert_eq!(answer.json()["invalid"]["field"], "file");
    answer.json()["invalid"]["message"].as_str().unwrap().to_owned()
}

/// Brings a file and gives the draft.
pub async fn bring(app: &TestApp, content: impl AsRef<[u8]>, cookie: &str) -> String {
    let answer = upload(app, content, cookie).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{answer:?}");
    answer.header(header::LOCATION).strip_prefix("/leads/import/drafts/").unwrap().to_owned()
}

pub async fn look(app: &TestApp, draft: &str, columns: &str, cookie: &str) -> serde_json::Value {
    app.get(&format!("/api/leads/import/draft?id={draft}&columns={columns}"), cookie).await.json()
}

/// Presses Import as a browser without JavaScript does.
pub async fn press(app: &TestApp, draft: &str, columns: &[&str], cookie: &str) -> Answer {
    let columns = columns.iter().map(|column| ("columns[]", *column));
    let form: Vec<_> = [("id", draft)].into_iter().chain(columns).collect();
    app.post_plain(START, &form, cookie).await
}

/// Has a file taken in, its columns being what they are guessed to be, and gives the run.
async fn ask(app: &TestApp, content: impl AsRef<[u8]>, cookie: &str) -> i64 {
    let draft = bring(app, content, cookie).await;
    let page = look(app, &draft, "", cookie).await;
    let columns = page["columns"].as_array().unwrap().iter();
    let columns: Vec<_> = columns.map(|column| column["taken_as"].as_str().unwrap_or("ignore")).collect();
    let answer = press(app, &draft, &columns, cookie).await;
    answer.header(header::LOCATION).strip_prefix("/leads/import/").unwrap().parse().unwrap()
}

pub async fn import(app: &TestApp, content: impl AsRef<[u8]>, cookie: &str) -> serde_json::Value {
    let run = ask(app, content, cookie).await;
    assert!(jobs::take_next(&app.services).await.unwrap());
    report(app, run, cookie).await
}

pub async fn report(app: &TestApp, run: i64, cookie: &str) -> serde_json::Value {
    app.get(&format!("/api/leads/import?run={run}"), cookie).await.json()
}

pub async fn written(app: &TestApp) -> (i64, i64) {
    let mut tx = app.services.db.read().await.unwrap();
    (leads::count(&mut tx).await.unwrap(), queue::open_tasks(&mut tx).await.unwrap())
}
