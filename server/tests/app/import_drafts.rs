use axum::http::{StatusCode, header};
use calliyo_server::jobs;

use crate::{
    import::{GOOD, IMPORT, START, bring, import, look, press, report, written},
    support::{TestApp, execute},
};

const DISCARD: &str = "/api/leads/import/discard";

/// Columns of other names, a row of each kind, and a phone that a lead has.
const OWN: &str = "\u{feff}Mobile,Full name,City,E-mail\n\
    98765 43210,Asha,Pune,asha@example.com\n\
    12,Ravi,Goa,\n\
    +91 98765 43210,Twin,,\n\
    +18725550000,There,,\n";

#[tokio::test]
async fn columns_are_guessed_and_the_rows_shown_as_they_would_be_taken_in() {
    let app = TestApp::new().await;
    let manager = app.signed_in("Manager").await;
    app.leads(1).await;
    let draft = bring(&app, OWN, &manager).await;
    let page = look(&app, &draft, "", &manager).await;
    let taken: Vec<_> = page["columns"].as_array().unwrap().iter().map(|column| column["taken_as"].clone()).collect();
    assert_eq!(serde_json::json!(taken), serde_json::json!(["phone", "first_name", null, "email"]));
    assert_eq!((&page["columns"][2]["name"], &page["columns"][2]["sample"]), (&"City".into(), &"Pune".into()));
    let preview = &page["preview"];
    let counts = ["good", "bad", "there", "repeated"].map(|kind| preview[kind].as_i64().unwrap());
    assert_eq!(counts, [1, 1, 1, 1]);
    let rows = &preview["rows"];
    let cells = serde_json::json!(["Asha", "", "+919876543210", "asha@example.com", "Unassigned", ""]);
    assert_eq!((&rows[0]["line"], &rows[0]["cells"], &rows[0]["problem"]), (&2.into(), &cells, &().into()));
    assert!(rows[1]["problem"]["bad"].as_str().unwrap().starts_with("The phone is too short"));
    assert_eq!(rows[2]["problem"]["line"], 2);
    assert_eq!(rows[3]["problem"]["lead"], serde_json::json!({ "lead": 1, "name": "Lead 0" }));
    assert_eq!(written(&app).await, (1, 0), "nothing was imported");
    let html = app.page(&format!("/leads/import/drafts/{draft}"), &manager).await.body;
    assert!(html.contains("1 row is good, 1 is a duplicate of a lead, 1 repeats an earlier row"), "{html}");
    let listed = app.get("/api/leads/imports", &manager).await.json();
    assert_eq!(listed["drafts"][0]["file"], "leads.csv");
}

#[tokio::test]
async fn columns_are_taken_as_they_were_chosen() {
    let app = TestApp::new().await;
    let manager = app.signed_in("Manager").await;
    let draft = bring(&app, OWN, &manager).await;
    let chosen = ["phone", "first_name", "tags", "ignore"];
    let page = look(&app, &draft, &chosen.join(","), &manager).await;
    assert_eq!(
        page["preview"]["rows"][0]["cells"],
        serde_json::json!(["Asha", "", "+919876543210", "", "Unassigned", "Pune"])
    );
    for (columns, problem) in [
        (["phone", "last_name", "tags", "ignore"], "Choose which column is the first name."),
        (["ignore", "first_name", "tags", "ignore"], "Choose which column is the phone."),
        (["phone", "phone", "first_name", "ignore"], "Phone is chosen for two columns. Choose one of them."),
    ] {
        let page = look(&app, &draft, &columns.join(","), &manager).await;
        assert_eq!((&page["problem"]["message"], &page["preview"]), (&problem.into(), &().into()));
        let refused = press(&app, &draft, &columns, &manager).await;
        let page = app.page(refused.header(header::LOCATION), &manager).await.body;
        assert!(page.contains(problem), "{page}");
        assert!(page.contains("value=\"tags\" selected") || columns[2] != "tags", "the choice is kept: {page}");
    }
    let started = press(&app, &draft, &chosen, &manager).await;
    let run = started.header(header::LOCATION).strip_prefix("/leads/import/").unwrap().to_owned();
    assert!(jobs::take_next(&app.services).await.unwrap());
    let done = report(&app, run.parse().unwrap(), &manager).await;
    assert_eq!(done["import"]["state"]["outcome"], serde_json::json!({ "imported": 2, "duplicates": 1, "bad": 1 }));
    let rows = app.get("/api/leads", &manager).await.json()["rows"].clone();
    assert_eq!((&rows[1]["name"], &rows[1]["tags"]), (&"Asha".into(), &serde_json::json!(["Pune"])));
}

#[tokio::test]
async fn a_draft_is_its_bringers_alone_and_imported_once() {
    let app = TestApp::new().await;
    let (manager, admin) = (app.signed_in("Manager").await, app.signed_in("Company Admin").await);
    let agent = app.signed_in("Agent").await;
    let draft = bring(&app, GOOD, &manager).await;
    let path = format!("/leads/import/drafts/{draft}");
    assert_eq!(app.page(&path, &manager).await.status, StatusCode::OK);
    assert_eq!(app.page(&path, &admin).await.status, StatusCode::NOT_FOUND, "another manager's");
    assert_eq!(app.page(&path, &agent).await.status, StatusCode::FORBIDDEN);
    let form = [("id", draft.as_str()), ("columns[]", "phone"), ("columns[]", "first_name")];
    for (cookie, fault) in [(&admin, "\"not_found\""), (&agent, "\"forbidden\"")] {
        for action in [START, DISCARD] {
            assert_eq!(app.post(action, &form, cookie).await.body, fault, "{action}");
        }
        assert_ne!(app.get(&format!("/api/leads/import/draft?id={draft}"), cookie).await.status, StatusCode::OK);
    }
    assert_eq!(app.post(START, &form, &manager).await.status, StatusCode::OK);
    assert_eq!(app.post(START, &form, &manager).await.body, "\"not_found\"", "whoever comes second");
    assert_eq!(written(&app).await, (0, 1));
    let plain = press(&app, &draft, &["phone", "first_name"], &manager).await;
    let page = app.page(plain.header(header::LOCATION), &manager).await.body;
    assert!(page.contains("That file is gone: it was imported or discarded already."), "{page}");
}

#[tokio::test]
async fn a_draft_is_discarded() {
    let app = TestApp::new().await;
    let manager = app.signed_in("Manager").await;
    let draft = bring(&app, GOOD, &manager).await;
    let answer = app.post_plain(DISCARD, &[("id", draft.as_str())], &manager).await;
    assert_eq!(answer.header(header::LOCATION), IMPORT);
    let gone = app.page(&format!("/leads/import/drafts/{draft}"), &manager).await;
    assert_eq!(gone.status, StatusCode::NOT_FOUND);
    assert!(gone.body.contains("This file is gone: it was imported or discarded"), "{}", gone.body);
    assert_eq!(app.get("/api/leads/imports", &manager).await.json()["drafts"], serde_json::json!([]));
    assert_eq!(written(&app).await, (0, 0));
}

#[tokio::test]
async fn duplicates_are_shown_with_the_lead_that_has_the_phone() {
    let app = TestApp::new().await;
    let manager = app.signed_in("Manager").await;
    app.leads(1).await;
    let done = import(&app, OWN, &manager).await;
    assert_eq!(done["import"]["state"]["outcome"], serde_json::json!({ "imported": 1, "duplicates": 2, "bad": 1 }));
    let duplicates = &done["duplicates"];
    assert_eq!((&duplicates[0]["line"], &duplicates[0]["name"]), (&4.into(), &"Twin".into()));
    assert_eq!(duplicates[0]["lead_name"], "Asha", "which came earlier in the file");
    let there = serde_json::json!({
        "line": 5, "name": "There", "phone": "+18725550000", "lead": 1, "lead_name": "Lead 0",
        "status_id": 1, "status": "Unassigned", "on_queue": false, "owner": null,
    });
    assert_eq!(duplicates[1], there);
    let run = done["import"]["run"].as_i64().unwrap();
    let page = app.page(&format!("/leads/import/{run}"), &manager).await.body;
    assert!(page.contains("2 rows of the file skipped") && page.contains("href=\"/leads/1\""), "{page}");
    let file = app.get(&format!("/leads/import/{run}/bad-rows.csv"), &manager).await.body;
    let lines: Vec<_> = file.lines().collect();
    assert_eq!(lines.len(), 4, "{file}");
    assert_eq!(lines[0], "\u{feff}Line,Reason,Mobile,Full name,City,E-mail");
    assert!(lines[1].starts_with("3,\"The phone is too short") && lines[1].ends_with(",12,Ravi,Goa,"), "{file}");
    assert_eq!(lines[2], "4,Asha has this phone already.,'+91 98765 43210,Twin,,");
    assert_eq!(lines[3], "5,Lead 0 has this phone already.,'+18725550000,There,,");
}

#[tokio::test]
async fn many_duplicates_are_counted_and_the_first_listed() {
    let app = TestApp::new().await;
    let manager = app.signed_in("Manager").await;
    let done = import(&app, format!("{GOOD}{}", "+18725550001,Again,\n".repeat(130)), &manager).await;
    assert_eq!(done["duplicates"].as_array().map(Vec::len), Some(100));
    let run = done["import"]["run"].as_i64().unwrap();
    let page = app.page(&format!("/leads/import/{run}"), &manager).await.body;
    assert!(page.contains("130 rows of the file skipped") && page.contains("The first 100 are listed here."), "{page}");
}

#[tokio::test]
async fn a_spreadsheets_semicolons_blank_rows_and_own_phones_are_understood() {
    let app = TestApp::new().await;
    let manager = app.signed_in("Manager").await;
    app.leads(1).await;
    let mut tx = app.services.db.write().await.unwrap();
    execute(&mut tx, "UPDATE leads SET phone = '+999000000001'").await;
    tx.commit().await.unwrap();
    let file = "sep=;\r\nFirstName;Phone\r\nAsha;98765 43210\r\n;\r\nThere;+999000000001\r\nNobody;+999000000002\r\n";
    let draft = bring(&app, file, &manager).await;
    let preview = &look(&app, &draft, "", &manager).await["preview"];
    assert_eq!(["good", "bad", "there"].map(|kind| preview[kind].as_i64().unwrap()), [1, 1, 1]);
    assert_eq!(preview["rows"][0]["line"], 3);
    let done = import(&app, file, &manager).await;
    assert_eq!(done["import"]["state"]["outcome"], serde_json::json!({ "imported": 1, "duplicates": 1, "bad": 1 }));
    assert_eq!((&done["duplicates"][0]["line"], &done["bad"][0]["line"]), (&5.into(), &6.into()));
}
