use std::collections::BTreeSet;

use axum::http::header;
use calliyo_db::demo;

use crate::{
    customers::customers,
    support::{Answer, TestApp},
};

#[tokio::test]
async fn a_download_is_whole_and_nothing_in_it_is_carried_out() {
    let app = TestApp::new().await;
    let manager = app.signed_in("Manager").await;
    let mut leads: Vec<_> = (1..=2_105).flat_map(|n| customers(1, 1, n * 10).into_iter().take(1)).collect();
    (leads[0].first_name, leads[0].last_name) = ("=HYPERLINK(\"x\")".to_owned(), "-1".to_owned());
    (leads[0].email, leads[0].tag) = ("@x".to_owned(), "+tag".to_owned());
    for (n, lead) in leads.iter_mut().enumerate() {
        // Times that many share, on the edges of the parts as well.
        lead.since = 1_778_000_000_000 - (n as i64 / 300);
        lead.phone = format!("+1872{n:07}");
    }
    let mut tx = app.services.db.write().await.unwrap();
    demo::add_leads(&mut tx, &leads).await.unwrap();
    tx.commit().await.unwrap();
    let file = app.get("/customers/export.csv", &manager).await;
    assert_eq!(file.header(header::CONTENT_TYPE), "text/csv; charset=utf-8");
    assert_eq!(file.header(header::CONTENT_DISPOSITION), "attachment; filename=\"customers.csv\"");
    assert_eq!(file.header(header::CACHE_CONTROL), "no-store");
    let text = file.body.strip_prefix('\u{feff}').expect("says that it is UTF-8");
    let head = "FirstName,LastName,Phone,Email,Tags,Source,Owner,ConvertedBy,Converted";
    assert_eq!(text.lines().next(), Some(head));
    let phones: BTreeSet<_> = text.lines().skip(1).filter_map(|line| line.split(",+").nth(1)).collect();
    assert_eq!((text.lines().count(), phones.len()), (2_106, 2_105), "each customer once");
    let odd = "\"'=HYPERLINK(\"\"x\"\")\",'-1,+18720000000,'@x,'+tag,Demo,manager,manager,2026-05-05 22:23 IST";
    assert!(text.lines().any(|line| line == odd), "{:?}", text.lines().find(|line| line.contains("HYPER")));
}

#[tokio::test]
async fn pages_go_on_where_they_ended() {
    let app = TestApp::new().await;
    let manager = app.signed_in("Manager").await;
    let leads: Vec<_> = (1..=30).flat_map(|n| customers(1, 1, n * 10)).collect();
    let mut tx = app.services.db.write().await.unwrap();
    demo::add_leads(&mut tx, &leads).await.unwrap();
    tx.commit().await.unwrap();
    let (mut after, mut seen) = (String::new(), BTreeSet::new());
    for rows in [50, 50, 20] {
        let page = app.get(&format!("/api/customers?after={after}"), &manager).await.json();
        assert_eq!((page["rows"].as_array().map(Vec::len), &page["count"]), (Some(rows), &120.into()));
        seen.extend(page["rows"].as_array().unwrap().iter().map(|row| row["id"].as_i64().unwrap()));
        after = page["next"].as_str().unwrap_or_default().to_owned();
    }
    assert_eq!((seen.len(), after.as_str()), (120, ""));
    let first = app.get("/api/customers", &manager).await.json();
    let second = app.get(&format!("/api/customers?after={}", first["next"].as_str().unwrap()), &manager).await.json();
    let before = second["previous"].as_str().unwrap();
    let back = app.get(&format!("/api/customers?before={before}"), &manager).await.json();
    assert_eq!(back, first, "where the list begins is its first page");
    let odd: Answer = app.get("/api/customers?after=what", &manager).await;
    assert_eq!(odd.json()["rows"].as_array().map(Vec::len), Some(50), "what is no place is the first page");
}
