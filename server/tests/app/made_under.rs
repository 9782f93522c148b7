//! What is typed under one zone or country of the company is not read under another.

use axum::http::{StatusCode, header};
use calliyo_domain::status::ASSIGNED;
use calliyo_server::jobs;

use crate::{
    calls::{LOG, add_lead},
    import::{START, bring},
    next_call::NEXT,
    support::{Answer, PASSWORD, SAVE, TestApp, section},
};

/// A form of a page that shows one lead, one user and one waiting file, and reads a time or a phone.
struct Writer {
    path: &'static str,
    form: &'static [(&'static str, &'static str)],
    /// By what name the form says what it was made under.
    mark: &'static str,
    /// The field that is to blame.
    field: &'static str,
    /// Where a refusal leads without JavaScript, and what of the form is in that page then.
    back: (&'static str, &'static str),
}

const WRITERS: [Writer; 8] = [
    Writer {
        path: LOG,
        form: &[
            ("id", "1"),
            ("call[status]", "rescheduled"),
            ("call[note]", "typed words"),
            ("call[follow_up]", "2026-05-12T18:00"),
        ],
        mark: "call[time_zone]",
        field: "follow_up",
        back: ("/leads/1?", "typed words"),
    },
    Writer {
        path: NEXT,
        form: &[("id", "1"), ("follow_up", "2026-05-12T18:00")],
        mark: "time_zone",
        field: "follow_up",
        back: ("/leads/1?", "2026-05-12T18:00"),
    },
    Writer {
        path: SAVE,
        form: &[("section", "top_up"), ("version", "0"), ("values[at][]", "18:00"), ("password", PASSWORD)],
        mark: "time_zone",
        field: "at",
        back: ("/settings?tab=configurations&", "18:00"),
    },
    Writer {
        path: "/api/leads/add",
        form: &[("lead[first_name]", "Asha"), ("lead[phone]", "98765 43210")],
        mark: "country",
        field: "phone",
        back: ("/leads/new?", "98765 43210"),
    },
    Writer {
        path: "/api/lead/edit",
        form: &[("id", "1"), ("version", "1"), ("lead[first_name]", "Asha"), ("lead[phone]", "98765 43210")],
        mark: "country",
        field: "phone",
        back: ("/leads/1/edit?", "98765 43210"),
    },
    Writer {
        path: "/api/users/add",
        form: &[
            ("user[name]", "Bela"),
            ("user[email]", "bela@example.com"),
            ("user[phone]", "98765 43210"),
            ("user[role]", "3"),
            ("user[lead_cap]", "9"),
            ("password", PASSWORD),
        ],
        mark: "country",
        field: "phone",
        back: ("/users/new?", "98765 43210"),
    },
    Writer {
        path: "/api/users/edit",
        form: &[
            ("id", "2"),
            ("version", "0"),
            ("user[name]", "Bela"),
            ("user[email]", "bela@example.com"),
            ("user[phone]", "98765 43210"),
            ("user[role]", "3"),
            ("user[lead_cap]", "9"),
        ],
        mark: "country",
        field: "phone",
        back: ("/users/2?", "98765 43210"),
    },
    Writer {
        path: START,
        form: &[("id", "1"), ("columns[]", "first_name"), ("columns[]", "phone"), ("columns[]", "tags")],
        mark: "country",
        field: "",
        back: ("/leads/import/drafts/1?", "98765 43210"),
    },
];

const FILE: &str = "FirstName,Phone,City\nAsha,98765 43210,Pune\n";

/// The admin, user 1, with an agent, user 2, who has lead 1, and a file; the company is Indian.
async fn world() -> (TestApp, String) {
    let app = TestApp::new().await;
    let admin = app.signed_in("Company Admin").await;
    app.user("agent@example.com", "Agent", 9).await;
    add_lead(&app, 1, ASSIGNED, Some(2)).await;
    assert_eq!(bring(&app, FILE, &admin).await, "1");
    (app, admin)
}

/// All that the writers may write.
async fn state(app: &TestApp) -> String {
    let mut tx = app.services.db.read().await.unwrap();
    let calliyo_db::Tx::Sqlite(conn) = &mut tx else { panic!("on SQLite") };
    sqlx::query_scalar(
        "SELECT json_array((SELECT json_group_array(phone || ' ' || version) FROM leads), \
           (SELECT json_group_array(phone || ' ' || version) FROM users), (SELECT count(*) FROM calls), \
           (SELECT json_group_array(due_at) FROM follow_ups), (SELECT json_group_array(value) FROM settings), \
           (SELECT count(*) FROM import_drafts), (SELECT count(*) FROM runs))",
    )
    .fetch_one(&mut **conn)
    .await
    .unwrap()
}

fn with<'a>(form: &[(&'a str, &'a str)], more: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a str)> {
    let kept = form.iter().filter(|(name, _)| !more.iter().any(|(changed, _)| changed == name));
    kept.chain(more).copied().collect()
}

fn other(mark: &str) -> (&'static str, &'static str, &'static str) {
    if mark == "country" {
        ("CA", "IN", "This page was made for Canada, and the company&#x27;s country is India now.")
    } else {
        (
            "America/Vancouver",
            "Asia/Kolkata",
            "This page was made for America/Vancouver, and the company&#x27;s time zone is Asia/Kolkata now.",
        )
    }
}

fn plain(text: &str) -> String {
    text.replace("&#x27;", "'").replace("&#39;", "'")
}

#[tokio::test]
async fn a_form_made_under_another_setting_is_refused_and_kept() {
    for Writer { path, form, mark, field, back } in WRITERS {
        let (app, admin) = world().await;
        let before = state(&app).await;
        let (made, now, said) = other(mark);
        let answer = app.post(path, &with(form, &[(mark, made)]), &admin).await;
        assert_eq!(answer.status, StatusCode::CONFLICT, "{path}: {answer:?}");
        let told = &answer.json()["made_under"];
        assert_eq!((&told["field"], &told["mark"]), (&field.into(), &now.into()), "{path}");

        let answer = app.post_plain(path, &with(form, &[(mark, made)]), &admin).await;
        let page = answer.header(header::LOCATION).to_owned();
        assert!(page.starts_with(back.0), "{path}: {page}");
        let page = plain(&app.page(&page, &admin).await.body);
        for part in [plain(said).as_str(), back.1, &format!("name=\"{mark}\" value=\"{now}\"")] {
            assert!(page.contains(part), "{path}: {part} in {page}");
        }
        assert_eq!(state(&app).await, before, "{path}");

        let answer = app.post(path, &with(form, &[(mark, now)]), &admin).await;
        assert_eq!(answer.status, StatusCode::OK, "{path}: {answer:?}");
        assert_ne!(state(&app).await, before, "{path}");
    }
}

#[tokio::test]
async fn programs_say_nothing_and_go_on() {
    for Writer { path, form, .. } in WRITERS {
        let (app, admin) = world().await;
        let before = state(&app).await;
        let answer = app.post(path, form, &admin).await;
        assert_eq!(answer.status, StatusCode::OK, "{path}: {answer:?}");
        assert_ne!(state(&app).await, before, "{path}");
    }
}

/// What means the same under the setting as it is now, or isn't read at all.
#[tokio::test]
async fn what_is_not_read_otherwise_is_taken() {
    let cases: [(usize, &[(&str, &str)]); 8] = [
        // No next call is asked for, whatever time the form offered.
        (0, &[("call[status]", "called")]),
        // As a number pressed in the tasks: the default of the company's zone.
        (0, &[("call[follow_up]", "")]),
        (2, &[("values[at][]", "10:15")]),
        (3, &[("lead[phone]", "+91 98765 43210")]),
        (4, &[("lead[phone]", "+91 98765 43210")]),
        // Stored already.
        (4, &[("lead[phone]", "+18725550001"), ("lead[first_name]", "Renamed")]),
        (5, &[("user[phone]", "")]),
        (6, &[("user[phone]", "+91 98765 43210")]),
    ];
    for (writer, changes) in cases {
        let Writer { path, form, mark, .. } = &WRITERS[writer];
        let (app, admin) = world().await;
        if *path == SAVE {
            // Nobody touches the time that is stored.
            let stored = section("top_up", "0", &[("at", "10:15")], PASSWORD);
            assert_eq!(app.post(SAVE, &stored, &admin).await.status, StatusCode::OK);
        }
        let version = if *path == SAVE { [("version", "1")].as_slice() } else { &[] };
        let form = with(&with(form, changes), version);
        let answer = app.post(path, &with(&form, &[(mark, other(mark).0)]), &admin).await;
        assert_eq!(answer.status, StatusCode::OK, "{path} {changes:?}: {answer:?}");
    }
}

#[tokio::test]
async fn a_next_call_is_dropped_under_any_zone() {
    let (app, admin) = world().await;
    assert_eq!(app.post(NEXT, WRITERS[1].form, &admin).await.status, StatusCode::OK);
    let seen = app.get("/api/lead?id=1", &admin).await.json()["follow_up"]["due"]["at"].to_string();
    let drop = [("id", "1"), ("drop", "true"), ("seen", &seen), ("time_zone", "America/Vancouver")];
    let answer = app.post(NEXT, &drop, &admin).await;
    assert_eq!(answer.status, StatusCode::OK, "{answer:?}");
}

async fn set_country(app: &TestApp, version: &str, country: &str, admin: &str) -> Answer {
    let values = [("company", "C"), ("country", country), ("time_zone", "Asia/Kolkata")];
    app.post(SAVE, &section("general", version, &values, PASSWORD), admin).await
}

#[tokio::test]
async fn an_import_reads_phones_by_the_country_that_was_shown() {
    let (app, admin) = world().await;
    let press = [("id", "1"), ("columns[]", "first_name"), ("columns[]", "phone"), ("columns[]", "tags")];
    let answer = app.post(START, &with(&press, &[("country", "IN")]), &admin).await;
    assert_eq!(answer.status, StatusCode::OK, "{answer:?}");
    // While it waits the company moves.
    assert_eq!(set_country(&app, "0", "GB", &admin).await.status, StatusCode::OK);
    assert!(jobs::take_next(&app.services).await.unwrap());
    assert!(state(&app).await.contains("+919876543210"));

    // A file of whole numbers is the same in every country.
    let whole = bring(&app, "FirstName,Phone,City\nBela,+91 98765 43211,\n", &admin).await;
    let answer = app.post(START, &with(&press, &[("id", &whole), ("country", "IN")]), &admin).await;
    assert_eq!(answer.status, StatusCode::OK, "{answer:?}");
}

/// Each form's page says what it was made under, so that browsers send it.
#[tokio::test]
async fn every_page_says_what_it_was_made_under() {
    let (app, admin) = world().await;
    let zone = "value=\"Asia/Kolkata\"";
    for (page, name, value) in [
        ("/leads/1", "call[time_zone]", zone),
        ("/leads/1", "time_zone", zone),
        ("/settings?tab=configurations", "time_zone", zone),
        ("/leads/new", "country", "value=\"IN\""),
        ("/leads/1/edit", "country", "value=\"IN\""),
        ("/users/new", "country", "value=\"IN\""),
        ("/users/2", "country", "value=\"IN\""),
        ("/leads/import/drafts/1", "country", "value=\"IN\""),
    ] {
        let html = app.page(page, &admin).await.body;
        assert!(html.contains(&format!("type=\"hidden\" name=\"{name}\" {value}")), "{page}: {html}");
    }
    let agent = app.sign_in("agent@example.com").await;
    let html = app.page("/dashboard", &agent).await.body;
    assert!(html.contains(&format!("name=\"call[time_zone]\" {zone}")), "{html}");
}
