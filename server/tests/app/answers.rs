//! What holds of answers whatever they are of: where they lead, how they are sent, and what their pages know of.

use axum::{
    body::Body,
    http::{Request, StatusCode, header},
};
use calliyo_app::live::LiveEvent;
use calliyo_domain::settings::SectionKey;

use crate::{
    live::hear,
    support::{Answer, NOTHING, TestApp},
};

/// Asks with these headers besides.
async fn ask(app: &TestApp, path: &str, cookie: &str, headers: &[(&'static str, &str)]) -> Answer {
    let mut request = Request::get(path).header(header::HOST, "crm.example").header(header::COOKIE, cookie);
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    app.send(request.body(Body::empty()).unwrap()).await
}

#[tokio::test]
async fn a_page_leads_on_whatever_the_request_accepts() {
    let app = TestApp::new().await;
    app.user("admin@example.com", "Company Admin", 0).await;
    for accept in [None, Some("*/*"), Some("application/json"), Some("text/html,*/*;q=0.8")] {
        for (path, to) in [("/", "/sign-in"), ("/leads?status=8", "/sign-in?next=%2Fleads%3Fstatus%3D8")] {
            let headers: Vec<_> = accept.iter().map(|accept| ("accept", *accept)).collect();
            let answer = ask(&app, path, "", &headers).await;
            assert_eq!((answer.status, answer.header(header::LOCATION)), (StatusCode::FOUND, to), "{path} {accept:?}");
            assert!(answer.headers.get("serverfnredirect").is_none());
        }
    }
}

#[tokio::test]
async fn no_address_leads_to_another_site() {
    let app = TestApp::new().await;
    app.user("admin@example.com", "Company Admin", 0).await;
    let hostile = [
        "//evil.example/?problem=a.b",
        "///evil.example/?problem=a.b",
        "/.//evil.example/?problem=a.b",
        "/..//evil.example?done=%7B%7D",
        "/%5Cevil.example/?problem=a.b",
        "/%2e//evil.example/?__err=abc",
        "//evil.example/?__path=abc&__err=abc",
    ];
    for path in hostile {
        let answer = ask(&app, path, "", &[("accept", "text/html")]).await;
        let to = answer.header(header::LOCATION);
        assert!(to == "/" || to.starts_with("/sign-in"), "{path} leads to {to:?}");
    }
    let answer = ask(&app, "/sign-in?__path=%2Fapi%2Fsign-in&__err=QUJD", "", &[("accept", "text/html")]).await;
    assert_eq!(answer.header(header::LOCATION), "/sign-in", "what leptos would say is taken out");
}

#[tokio::test]
async fn server_functions_lead_nowhere_by_a_foreign_word_and_are_not_read_by_other_sites() {
    let app = TestApp::new().await;
    let admin = app.signed_in("Company Admin").await;
    for referer in ["https://evil.example/x", "https://crm.example.evil.example/", "http://crm.example/settings"] {
        let answer = ask(&app, "/api/leads", &admin, &[("accept", "text/html"), ("referer", referer)]).await;
        assert!(answer.headers.get(header::LOCATION).is_none(), "{referer}: {:?}", answer.headers);
    }
    let cross = ask(&app, "/api/leads", &admin, &[("sec-fetch-site", "cross-site")]).await;
    assert_eq!(cross.status, StatusCode::FORBIDDEN);
    for site in ["same-origin", "none"] {
        assert_eq!(ask(&app, "/api/leads", &admin, &[("sec-fetch-site", site)]).await.status, StatusCode::OK, "{site}");
    }
    let page = ask(&app, "/leads", &admin, &[("sec-fetch-site", "cross-site"), ("accept", "text/html")]).await;
    assert_eq!(page.status, StatusCode::OK, "a link from elsewhere leads to a page");
}

#[tokio::test]
async fn answers_are_compressed_but_for_what_was_typed_and_what_is_live() {
    let app = TestApp::new().await;
    let admin = app.signed_in("Company Admin").await;
    app.leads(30).await;
    let cases = [
        ("/settings?tab=configurations", "br, gzip", "br"),
        ("/settings?tab=configurations", "gzip", "gzip"),
        ("/settings?tab=configurations", "identity", ""),
        ("/leads", "gzip, deflate, br, zstd", "br"),
        ("/leads?q=asha", "br, gzip", ""),
        ("/leads?status=1", "br, gzip", "br"),
        ("/api/leads", "br, gzip", "br"),
        ("/api/leads?q=asha", "br, gzip", ""),
        ("/leads/export.csv?q=Lead", "br, gzip", ""),
    ];
    for (path, accept, encoding) in cases {
        let answer = ask(&app, path, &admin, &[("accept-encoding", accept), ("accept", "text/html")]).await;
        assert_eq!(answer.status, StatusCode::OK, "{path}");
        assert_eq!(answer.header(header::CONTENT_ENCODING), encoding, "{path} for {accept}");
    }
    let stream = app.open("/live", &admin).await;
    assert!(stream.headers().get(header::CONTENT_ENCODING).is_none());
}

/// A page whose mark is the present one isn't told of anything, so that it reads nothing again.
#[tokio::test]
async fn the_stream_begins_with_what_changed_since_the_page_was_made() {
    let app = TestApp::new().await;
    let admin = app.signed_in("Company Admin").await;
    let page = app.page("/settings?tab=configurations", &admin).await.body;
    let (_, rest) = page.split_once("name=\"calliyo-heard\" content=\"").expect("the page's mark");
    let mark = rest.split('"').next().expect("its end");
    let address = format!("/live?since={mark}");
    let mut stream = app.open(&address, &admin).await.into_body().into_data_stream();
    assert!(!hear(&mut stream, "clock").await.contains("kind"), "nothing has changed");
    app.services.hub.hear(LiveEvent::Settings { section: SectionKey::TopUp });
    let mut stream = app.open(&address, &admin).await.into_body().into_data_stream();
    hear(&mut stream, "top_up").await;
    let mut stream = app.open("/live?since=another-3", &admin).await.into_body().into_data_stream();
    let heard = hear(&mut stream, "clock").await;
    assert!(heard.contains("statuses") && heard.contains("runs"), "all may have: {heard}");
    drop(app.post("/api/sign-out", &NOTHING, &admin).await);
}
