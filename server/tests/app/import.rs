use std::sync::{
    Arc,
    atomic::{AtomicBool, Ordering},
};

use axum::{
    body::{Body, Bytes},
    http::{Request, StatusCode, header},
};
use calliyo_app::live::LiveEvent;
use calliyo_db::{
    check,
    imports::{self, ImportFile},
    leads, queue,
};
use calliyo_domain::job::{Job, Phase, Progress, Trigger};
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

#[tokio::test]
async fn who_may_not_import_is_refused_before_the_file_is_read() {
    let app = TestApp::new().await;
    let agent = app.signed_in("Agent").await;
    for (cookie, status, fault) in
        [(agent.as_str(), StatusCode::FORBIDDEN, "\"forbidden\""), ("", StatusCode::UNAUTHORIZED, "\"signed_out\"")]
    {
        let read = Arc::new(AtomicBool::new(false));
        let seen = read.clone();
        let content = futures::stream::once(async move {
            seen.store(true, Ordering::Relaxed);
            Ok::<_, std::io::Error>(Bytes::from(form("leads.csv", GOOD)))
        });
        let answer = app.send(request(Body::from_stream(content), "application/json", cookie)).await;
        assert_eq!((answer.status, answer.body.as_str()), (status, fault));
        assert!(!read.load(Ordering::Relaxed), "not a byte was read");
    }
    let to_form = upload(&app, GOOD, &agent).await;
    assert_eq!(to_form.header(header::LOCATION), "/leads/import?problem=%22forbidden%22");
    assert_eq!(upload(&app, GOOD, "").await.header(header::LOCATION), IMPORT, "the page leads on to the sign-in");
    assert_eq!(written(&app).await, (0, 0));
}

#[tokio::test]
async fn another_sites_form_is_refused() {
    let app = TestApp::new().await;
    let manager = app.signed_in("Manager").await;
    let mut request = request(form("leads.csv", GOOD), "text/html", &manager);
    request.headers_mut().insert("sec-fetch-site", "cross-site".parse().unwrap());
    assert_eq!(app.send(request).await.status, StatusCode::FORBIDDEN);
    assert_eq!(written(&app).await, (0, 0));
}

#[tokio::test]
async fn a_file_waits_runs_and_is_taken_in() {
    let app = TestApp::new().await;
    let manager = app.signed_in("Manager").await;
    let run = ask(&app, GOOD, &manager).await;
    assert_eq!(written(&app).await, (0, 1), "the run and its task are one");
    let waiting = report(&app, run, &manager).await;
    assert_eq!(
        (&waiting["import"]["state"]["state"], &waiting["import"]["file"]),
        (&"queued".into(), &"leads.csv".into())
    );
    assert_eq!((&waiting["active"]["by"], &waiting["active"]["progress"]), (&"manager".into(), &().into()));
    let progress = Progress { run, job: Job::LeadImport, phase: Phase::Adding, done: 1, total: 2 };
    app.services.hub.hear(LiveEvent::Progress { progress });
    assert_eq!(report(&app, run, &manager).await["active"]["progress"]["done"], 1);

    assert!(jobs::take_next(&app.services).await.unwrap());
    let done = report(&app, run, &manager).await;
    let outcome = serde_json::json!({ "imported": 2, "duplicates": 0, "bad": 0 });
    assert_eq!((&done["import"]["state"]["outcome"], &done["active"]), (&outcome, &().into()));
    let page = app.page(&format!("/leads/import/{run}"), &manager).await;
    assert_eq!(page.status, StatusCode::OK);
    assert!(page.body.contains("2 leads imported."), "without JavaScript too");
    assert!(page.body.contains(&format!("href=\"/leads?import={run}\"")), "the leads of this file: {}", page.body);
    let rows = app.get("/api/leads", &manager).await.json()["rows"].clone();
    assert_eq!((&rows[1]["name"], &rows[1]["tags"]), (&"Asha".into(), &serde_json::json!(["a", "b"])));
    let latest = app.get("/api/leads/imports", &manager).await.json()["latest"].clone();
    assert_eq!((&latest[0]["file"], &latest[0]["by"]), (&"leads.csv".into(), &"manager".into()));
}

#[tokio::test]
async fn what_can_not_be_a_list_is_refused_at_the_field() {
    let app = TestApp::new().await;
    let manager = app.signed_in("Manager").await;
    assert_eq!(refusal(&app, form("", ""), &manager).await, "Choose a CSV file.");
    assert_eq!(refusal(&app, b"--frontier--\r\n".to_vec(), &manager).await, "Choose a CSV file.");
    assert!(refusal(&app, form("leads.csv", ""), &manager).await.contains("empty"));
    let rows = "FirstName,Phone\n".to_owned() + &"a,1\n".repeat(100_001);
    assert!(refusal(&app, form("leads.csv", rows), &manager).await.contains("100,000 rows"));
    assert!(refusal(&app, form("leads.csv", "%PDF-1.7\n"), &manager).await.contains("The file is a PDF, not a list"));
    assert!(refusal(&app, form("leads.csv", "\n , \n"), &manager).await.contains("The file is empty."));
    assert!(refusal(&app, form("leads.csv", "FirstName,Phone\n"), &manager).await.contains("no rows"));
    assert!(refusal(&app, form("leads.csv", "FirstName|Phone\na|1\n"), &manager).await.contains("only one column"));
    let plain = upload(&app, "", &manager).await;
    let page = app.page(plain.header(header::LOCATION), &manager).await;
    assert!(page.body.contains("id=\"import-file-problem\""), "the page says so at the field");
    let other = Request::post(IMPORT)
        .header(header::COOKIE, &manager)
        .header(FOR, whose(&manager))
        .body(Body::from("file=x"))
        .unwrap();
    assert_eq!(app.send(other).await.status, StatusCode::UNPROCESSABLE_ENTITY, "no multipart form");
    assert_eq!(written(&app).await, (0, 0));
}

#[tokio::test]
async fn ten_megabytes_are_taken_and_not_one_more_byte() {
    let app = TestApp::new().await;
    let manager = app.signed_in("Manager").await;
    let limit = calliyo_domain::import::MAX_BYTES;
    let full = format!("FirstName,Phone,Note\nAsha,+18725550001,{}", "x".repeat(limit));
    assert!(refusal(&app, form("leads.csv", &full[..=limit]), &manager).await.contains("larger than 10 MB"));
    // Beyond what is read in patience.
    let huge = vec![b'x'; 70 * 1024 * 1024];
    assert!(refusal(&app, form("leads.csv", huge), &manager).await.contains("larger than 10 MB"));
    assert_eq!(written(&app).await, (0, 0));
    let done = import(&app, &full[..limit], &manager).await;
    assert_eq!(done["import"]["state"]["outcome"]["imported"], 1, "{done}");
}

#[tokio::test]
async fn a_file_that_can_not_be_read_fails_and_says_why() {
    let app = TestApp::new().await;
    let manager = app.signed_in("Manager").await;
    for (content, reason) in [
        (&b"Asha,+18725550001\n"[..], "line 1, \"Asha, +18725550001\", names no columns, FirstName and Phone at least"),
        (b"FirstName,Phone\nAsha,+18725550001\n\xff,\n", "line 3 is not UTF-8"),
    ] {
        // As the command line asks for it, which judges no file beforehand.
        let file = ImportFile {
            file: "leads.csv".to_owned(),
            content: content.to_vec(),
            columns: None,
            reading: String::new(),
            by: None,
        };
        let mut tx = app.services.db.write().await.unwrap();
        let run = imports::request(&mut tx, &file, Trigger::Command, app.services.clock.now()).await.unwrap();
        tx.commit().await.unwrap();
        assert!(jobs::take_up(&app.services, run).await.unwrap());
        let failed = report(&app, run, &manager).await;
        assert_eq!(failed["import"]["state"]["state"], "failed");
        let page = app.page(&format!("/leads/import/{run}"), &manager).await.body;
        assert!(page.contains(&format!("The import failed: {reason}")), "{page}");
        assert!(page.contains("Nothing was taken in."));
        let rows = app.get(&format!("/leads/import/{run}/bad-rows.csv"), &manager).await;
        assert_eq!(rows.status, StatusCode::NOT_FOUND, "no row was judged");
    }
    assert_eq!(written(&app).await.0, 0);
}

#[tokio::test]
async fn two_imports_of_the_same_phones_wait_for_each_other() {
    let app = TestApp::new().await;
    let (manager, admin) = (app.signed_in("Manager").await, app.signed_in("Company Admin").await);
    let (first, second) =
        (ask(&app, GOOD, &manager).await, ask(&app, format!("{GOOD}+18725550003,Zoe,\n"), &admin).await);
    assert_eq!(written(&app).await, (0, 2));
    while jobs::take_next(&app.services).await.unwrap() {}
    let outcome = async |run| report(&app, run, &manager).await["import"]["state"]["outcome"].clone();
    assert_eq!(outcome(first).await, serde_json::json!({ "imported": 2, "duplicates": 0, "bad": 0 }));
    assert_eq!(outcome(second).await, serde_json::json!({ "imported": 1, "duplicates": 2, "bad": 0 }));
    assert_eq!(written(&app).await.0, 3);
    let findings = check::run(&mut app.services.db.read().await.unwrap()).await.unwrap();
    assert!(findings.iter().all(|finding| finding.broken == 0), "{findings:?}");
}

#[tokio::test]
async fn rows_that_are_not_taken_in_are_shown_and_can_be_fetched() {
    let app = TestApp::new().await;
    let manager = app.signed_in("Manager").await;
    // A quote amid a cell is the cell's own.
    let bad = "+12,=HYPERLINK(\"http://evil.example\"),\n".repeat(150);
    let done = import(&app, format!("{GOOD}{bad}"), &manager).await;
    assert_eq!(done["import"]["state"]["outcome"], serde_json::json!({ "imported": 2, "duplicates": 0, "bad": 150 }));
    assert_eq!(done["bad"].as_array().map(Vec::len), Some(100));
    assert_eq!(done["bad"][0]["line"], 4);
    let run = done["import"]["run"].as_i64().unwrap();
    let page = app.page(&format!("/leads/import/{run}"), &manager).await.body;
    assert!(page.contains("150 rows of the file could not be taken in. The first 100 are listed here."), "{page}");

    let file = app.get(&format!("/leads/import/{run}/bad-rows.csv"), &manager).await;
    assert_eq!(file.header(header::CONTENT_TYPE), "text/csv; charset=utf-8");
    assert!(file.header(header::CONTENT_DISPOSITION).starts_with("attachment; "));
    assert_eq!(file.header(header::CACHE_CONTROL), "no-store");
    let lines: Vec<_> = file.body.lines().collect();
    assert_eq!(lines.len(), 151);
    assert_eq!(lines[0], "\u{feff}Line,Reason,phone,FIRSTNAME,Tags");
    assert!(lines[1].starts_with("4,\"The phone is too short"), "{}", lines[1]);
    assert!(lines[1].ends_with(r#",'+12,"'=HYPERLINK(""http://evil.example"")","#), "{}", lines[1]);
}

#[tokio::test]
async fn an_import_is_for_holders_of_management() {
    let app = TestApp::new().await;
    let (manager, agent) = (app.signed_in("Manager").await, app.signed_in("Agent").await);
    let run = import(&app, GOOD, &manager).await["import"]["run"].as_i64().unwrap();
    for path in [IMPORT.to_owned(), format!("/leads/import/{run}"), format!("/leads/import/{run}/bad-rows.csv")] {
        assert_eq!(app.page(&path, &manager).await.status, StatusCode::OK, "{path}");
        assert_eq!(app.page(&path, &agent).await.status, StatusCode::FORBIDDEN, "{path}");
        let anonymous = app.page(&path, "").await;
        assert!(anonymous.status.is_redirection() || anonymous.status == StatusCode::UNAUTHORIZED, "{path}");
        assert!(!anonymous.body.contains("imported") && !anonymous.body.contains("Reason"), "{path}");
    }
    for path in ["/api/leads/imports".to_owned(), format!("/api/leads/import?run={run}")] {
        assert_eq!(app.get(&path, &agent).await.body, "\"forbidden\"", "{path}");
    }
    let of = |page: &Answer| page.body.contains("Import leads");
    assert!(of(&app.page("/leads", &manager).await) && !of(&app.page("/leads", &agent).await));
}

#[tokio::test]
async fn what_is_no_import_is_not_found() {
    let app = TestApp::new().await;
    let admin = app.signed_in("Company Admin").await;
    let other =
        app.post(crate::support::RUN, &crate::support::ASSIGNMENT, &admin).await.json()["started"]["run"].clone();
    for run in [other.to_string(), "4711".to_owned(), "x".to_owned()] {
        for path in [format!("/leads/import/{run}"), format!("/leads/import/{run}/bad-rows.csv")] {
            assert_eq!(app.page(&path, &admin).await.status, StatusCode::NOT_FOUND, "{path}");
        }
    }
}
