//! Files that are no list of leads.

use axum::{
    body::Body,
    http::{Request, StatusCode, header},
};
use calliyo_db::imports::{self, ImportFile};
use calliyo_domain::job::Trigger;
use calliyo_server::jobs;

use super::{IMPORT, form, import, refusal, report, upload, written};
use crate::support::{FOR, TestApp, whose};

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
    assert!(refusal(&app, form("leads.csv", "FirstName\na\n"), &manager).await.contains("only one column"));
    assert!(refusal(&app, form("leads.csv", "[{\"a\":1}]"), &manager).await.contains("The file is JSON, not a list"));
    assert!(
        refusal(&app, form("leads.csv", b"\xff\xfe\0\0a\0\0\0"), &manager).await.contains("The file is in UTF-32.")
    );
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
