//! Files at the limits, and beyond: what pages say of them stays small.

use axum::http::{StatusCode, header};

use crate::{
    import::{bring, import, look, send_file},
    support::TestApp,
};

/// The most that a page may weigh, in bytes.
const PAGE: usize = 200 * 1024;

const HEAD: &str = "FirstName,LastName,Phone,Email,Status,Tags";

#[tokio::test]
async fn columns_beyond_all_measure_are_refused() {
    let app = TestApp::new().await;
    let manager = app.signed_in("Manager").await;
    for (columns, said) in
        [(101, "101 columns, and 100 are allowed"), (400_000, "more than 1,000 columns, and 100 are")]
    {
        let file = format!("{HEAD}{}\nAsha,,+919876543210\n", ",x".repeat(columns - 6));
        let answer = send_file(&app, "wide.csv", file, &manager).await;
        let page = app.page(answer.header(header::LOCATION), &manager).await;
        assert!(page.body.contains(said) && page.body.len() < PAGE, "{}", page.body);
    }
}

#[tokio::test]
async fn pages_stay_small_whatever_the_file_holds() {
    let app = TestApp::new().await;
    let manager = app.signed_in("Manager").await;
    let long = "x".repeat(10_000);
    let names: String = (0..94).map(|n| format!(",{n}{long}")).collect();
    for (what, file) in [
        ("a cell of megabytes", format!("{HEAD}\nAsha,{},+919876543210\n", "é".repeat(500_000))),
        ("a status of megabytes", format!("{HEAD}\nAsha,,+919876543210,,{}\n", "<".repeat(1_000_000))),
        ("a surplus cell of megabytes", format!("{HEAD}\nAsha,,+919876543210,,,,{}\n", "\"".repeat(1_000_000))),
        ("long names", format!("{HEAD}{names}\nAsha,,+919876543210\n")),
        ("long cells", format!("{HEAD}\n{}", format!("{long},,12,{long},{long},{long}\n").repeat(25))),
        ("bad rows", format!("{HEAD}\n{}", "Asha,,12,,<no such status at all & none like it>,\n".repeat(3_000))),
        (
            "bad emails",
            format!("{HEAD}\n{}", (0..3_000).map(|n| format!("A,,+9198{n:08},<{n}&,,\n")).collect::<String>()),
        ),
        ("duplicates", format!("{HEAD}\n{}", format!("{},,+919876543210\n", "<".repeat(90)).repeat(3_000))),
        ("a quote", format!("{HEAD}\n\"{}", "Asha,,+919876543210\n".repeat(3_000))),
    ] {
        let draft = bring(&app, &file, &manager).await;
        let page = app.page(&format!("/leads/import/drafts/{draft}"), &manager).await;
        assert_eq!(page.status, StatusCode::OK, "{what}");
        assert!(page.body.len() < PAGE, "{what}: the draft's page has {} bytes", page.body.len());
        let looked = look(&app, &draft, "", &manager).await;
        assert!(looked["preview"].is_object(), "{what}: {looked}");
        let done = import(&app, &file, &manager).await;
        assert_eq!(done["import"]["state"]["state"], "done", "{what}: {done}");
        let page = app.page(&format!("/leads/import/{}", done["import"]["run"]), &manager).await;
        assert!(page.body.len() < PAGE, "{what}: the run's page has {} bytes", page.body.len());
    }
}
