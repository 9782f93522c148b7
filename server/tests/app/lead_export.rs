use axum::http::{StatusCode, header};
use calliyo_app::server::leads_csv;
use calliyo_db::{import, leads, statuses};
use calliyo_domain::{import::Reading, lead::NewLead, status};
use futures::StreamExt as _;

use crate::support::{TestApp, sql};

const EXPORT: &str = "/leads/export.csv";

fn rows(text: &str) -> Vec<Vec<String>> {
    let text = text.strip_prefix('\u{feff}').expect("spreadsheets are told that it is UTF-8");
    let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(text.as_bytes());
    reader.records().map(|record| record.unwrap().iter().map(ToOwned::to_owned).collect()).collect()
}

/// Two leads whose texts a spreadsheet would stumble over.
async fn odd_leads(app: &TestApp) -> Vec<NewLead> {
    let odd = [
        NewLead::new("=1+1", "O'Neil, \"Ann\"", "+18725559001".to_owned(), "ann@example.com", "@hot; =x;b c").unwrap(),
        NewLead::new("Élodie 🦊", "-", "+918888888888".to_owned(), "", "").unwrap(),
    ];
    let incoming = |lead: &NewLead| import::Incoming {
        lead: lead.clone(),
        status: status::UNASSIGNED,
        why: "Imported".to_owned(),
    };
    let mut tx = app.services.db.write().await.unwrap();
    let now = app.services.clock.now();
    import::add(&mut tx, &odd.each_ref().map(incoming), "+Fair", None, now, |_| {}).await.unwrap();
    tx.commit().await.unwrap();
    odd.to_vec()
}

#[tokio::test]
async fn what_is_filtered_is_downloaded() {
    let app = TestApp::new().await;
    let manager = app.signed_in("Manager").await;
    app.leads(20).await;
    odd_leads(&app).await;
    sql(&app, "UPDATE leads SET owner_id = 1, status_id = 7 WHERE id <= 5").await;
    let all = app.get(EXPORT, &manager).await;
    assert_eq!(all.status, StatusCode::OK);
    assert_eq!(all.header(header::CONTENT_TYPE), "text/csv; charset=utf-8");
    assert_eq!(all.header(header::CONTENT_DISPOSITION), "attachment; filename=\"leads.csv\"");
    let all = rows(&all.body);
    assert_eq!(
        all[0],
        ["FirstName", "LastName", "Phone", "Email", "Status", "Tags", "Owner", "Source", "Created", "StatusSince"]
    );
    assert_eq!(all.len(), 23);
    let at = "2026-05-11 09:00 IST";
    let expected = [[
        "'=1+1",
        "O'Neil, \"Ann\"",
        "+18725559001",
        "ann@example.com",
        "Unassigned",
        "'=x;'@hot;b c",
        "",
        "'+Fair",
        at,
        at,
    ]];
    assert_eq!(all[2], expected[0]);
    assert_eq!(all[22][..8], ["Lead 0", "", "+18725550000", "", "Busy", "tag", "manager", "test"]);
    for (query, n) in [
        ("status=7", 5),
        ("status=7&status=1", 22),
        ("status=7&owner=none", 0),
        ("owner=1&tag=tag", 5),
        ("owner=1&owner=99&tag=tag&tag=other", 5),
        ("owner[]=99&tag[]=tag", 0),
        ("source=%2BFair", 2),
        ("q=elo", 1),
        ("q=lead+3", 1),
        ("days=1", 0),
        ("before=10&page=7", 22),
    ] {
        assert_eq!(rows(&app.get(&format!("{EXPORT}?{query}"), &manager).await.body).len(), n + 1, "{query}");
    }
}

#[tokio::test]
async fn what_is_downloaded_can_be_imported() {
    let app = TestApp::new().await;
    let manager = app.signed_in("Manager").await;
    let odd = odd_leads(&app).await;
    let file = app.get(EXPORT, &manager).await.body;
    let pipeline = statuses::list(&mut app.services.db.read().await.unwrap()).await.unwrap();
    let judge = leads_csv::Judge::new("IN".to_owned(), pipeline, false);
    let parsed = leads_csv::parse(file.as_bytes(), &Reading::default(), None, &judge).unwrap();
    assert_eq!(parsed.bad, []);
    let read: Vec<_> = parsed.leads.into_iter().rev().map(|incoming| incoming.lead).collect();
    let sorted = |mut lead: NewLead| {
        lead.tags.sort_unstable();
        lead
    };
    assert_eq!(read.into_iter().map(sorted).collect::<Vec<_>>(), odd.into_iter().map(sorted).collect::<Vec<_>>());
}

#[tokio::test]
async fn it_is_for_those_who_see_all_leads() {
    let app = TestApp::new().await;
    let (agent, manager) = (app.signed_in("Agent").await, app.signed_in("Manager").await);
    assert_eq!(app.get(EXPORT, "").await.status, StatusCode::UNAUTHORIZED);
    assert_eq!(app.get(EXPORT, &agent).await.status, StatusCode::FORBIDDEN);
    let answer = app.get(&format!("{EXPORT}?days=soon"), &manager).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(answer.body, "Days on the status must be a whole number from 1 to 3650.\n");
}

/// More than are read at a time, each once; a session that ends takes the download with it.
#[tokio::test]
async fn it_comes_in_parts() {
    let app = TestApp::new().await;
    let manager = app.signed_in("Manager").await;
    app.leads(2_500).await;
    let all = rows(&app.get(EXPORT, &manager).await.body);
    let mut phones: Vec<_> = all[1..].iter().map(|row| row[2].clone()).collect();
    phones.sort_unstable();
    phones.dedup();
    assert_eq!((all.len(), phones.len()), (2_501, 2_500));
    assert_eq!(leads::count(&mut app.services.db.read().await.unwrap()).await.unwrap(), 2_500);

    let mut parts = app.open(EXPORT, &manager).await.into_body().into_data_stream();
    assert!(parts.next().await.unwrap().is_ok(), "the head");
    assert!(parts.next().await.unwrap().is_ok(), "the first part");
    sql(&app, "UPDATE users SET banned = 1").await;
    assert!(parts.next().await.unwrap().is_err(), "nobody takes the file for whole");
}
