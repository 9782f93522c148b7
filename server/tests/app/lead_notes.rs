use axum::http::{StatusCode, header};
use calliyo_db::lead_notes;
use calliyo_domain::status::{ASSIGNED, UNASSIGNED};

use crate::{
    calls::{LOG, add_lead, check, events, stored},
    live::hear,
    support::{NOTHING, TestApp},
};

pub const NOTE: &str = "/api/leads/note";

async fn notes(app: &TestApp, lead: i64) -> Vec<String> {
    let notes = lead_notes::of_lead(&mut app.services.db.read().await.unwrap(), lead, 99).await.unwrap();
    notes.into_iter().map(|note| note.note).collect()
}

#[tokio::test]
async fn a_note_stands_in_the_timeline_and_is_no_call() {
    let app = TestApp::new().await;
    let (agent, manager) = (app.signed_in("Agent").await, app.signed_in("Manager").await);
    add_lead(&app, 1, ASSIGNED, Some(1)).await;
    let before = (stored(&app, 1).await, events(&app, 1).await);
    let answer = app.post(NOTE, &[("id", "1"), ("note", " Wrote\r\nan <b>email</b> ")], &agent).await;
    assert_eq!((answer.status, answer.json()["said"].clone()), (StatusCode::OK, "Noted on Lead 1.".into()));
    app.pass(1000);
    app.post(NOTE, &[("id", "1"), ("note", "Read it")], &manager).await;
    assert_eq!(notes(&app, 1).await, ["Read it", "Wrote\nan <b>email</b>"]);
    assert_eq!((stored(&app, 1).await, events(&app, 1).await), before, "the lead stays as it is");

    let timeline = app.get("/api/lead?id=1", &agent).await.json()["timeline"].clone();
    assert_eq!(
        (&timeline[0]["what"]["note"]["note"], &timeline[0]["by"]["person"]),
        (&"Read it".into(), &"manager".into())
    );
    assert_eq!(timeline[0]["at"]["text"], "2026-05-11 09:00 IST");
    let page = app.page("/leads/1", &agent).await.body;
    assert!(page.contains("an &lt;b>email") || page.contains("an &lt;b&gt;email"), "{page}");
    let day = app.get("/api/dashboard", &agent).await.json()["agent"].clone();
    assert_eq!(day["calls"], 0, "no call was made");
    check(&app).await;
}

#[tokio::test]
async fn what_is_no_note_is_refused_and_nothing_is_written() {
    let app = TestApp::new().await;
    let agent = app.signed_in("Agent").await;
    add_lead(&app, 1, ASSIGNED, Some(1)).await;
    let long = "ä".repeat(2001);
    for (note, said) in [
        ("", "Write something down first."),
        (" \r\n ", "Write something down first."),
        ("\u{7}", "A note may hold no control characters."),
        (&*long, "A note may have 2000 characters at most."),
    ] {
        let answer = app.post(NOTE, &[("id", "1"), ("note", note)], &agent).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
        let invalid = &answer.json()["invalid"];
        assert_eq!((&invalid["field"], &invalid["message"]), (&"note".into(), &said.into()));
    }
    assert_eq!(app.post(NOTE, &[("id", "1")], &agent).await.json()["invalid"]["field"], "note");
    assert_eq!(notes(&app, 1).await, [""; 0]);
    assert_eq!(app.post(NOTE, &[("id", "1"), ("note", &long[2..])], &agent).await.status, StatusCode::OK);
}

#[tokio::test]
async fn whoever_may_see_the_lead_may_note_something() {
    let app = TestApp::new().await;
    let (agent, manager) = (app.signed_in("Agent").await, app.signed_in("Manager").await);
    let other = app.user("other@example.com", "Agent", 5).await;
    add_lead(&app, 1, ASSIGNED, Some(other)).await;
    add_lead(&app, 2, UNASSIGNED, None).await;
    for id in ["1", "2", "99"] {
        // Neither does it say whether the note would have done.
        for note in ["Wrote an email", ""] {
            let answer = app.post(NOTE, &[("id", id), ("note", note)], &agent).await;
            assert_eq!((answer.status, answer.body.as_str()), (StatusCode::NOT_FOUND, "\"not_found\""), "lead {id}");
        }
    }
    assert_eq!(app.post(NOTE, &[("id", "1"), ("note", "x")], "").await.body, "\"signed_out\"");
    assert_eq!((notes(&app, 1).await, notes(&app, 2).await), (vec![], vec![]));
    for id in ["1", "2"] {
        assert_eq!(app.post(NOTE, &[("id", id), ("note", "x")], &manager).await.status, StatusCode::OK, "lead {id}");
    }
}

#[tokio::test]
async fn a_call_can_still_be_undone_and_the_owner_hears_of_the_note() {
    let app = TestApp::new().await;
    let (agent, manager) = (app.signed_in("Agent").await, app.signed_in("Manager").await);
    add_lead(&app, 1, ASSIGNED, Some(1)).await;
    app.post(LOG, &[("id", "1"), ("call[status]", "busy")], &agent).await;
    let mut stream = app.open("/live", &agent).await.into_body().into_data_stream();
    app.post(NOTE, &[("id", "1"), ("note", "Wrote an email")], &manager).await;
    hear(&mut stream, r#""kind":"calls""#).await;
    assert_eq!(app.post("/api/calls/undo", &NOTHING, &agent).await.status, StatusCode::OK);
    assert_eq!(notes(&app, 1).await, ["Wrote an email"]);
}

#[tokio::test]
async fn without_scripts_the_form_comes_back() {
    let app = TestApp::new().await;
    let agent = app.signed_in("Agent").await;
    add_lead(&app, 1, ASSIGNED, Some(1)).await;
    let typed = "</textarea>\u{7}twice & went";
    let answer = app.post_plain(NOTE, &[("id", "1"), ("place", "tasks"), ("note", typed)], &agent).await;
    let location = answer.header(header::LOCATION).to_owned();
    assert!(location.starts_with("/leads/1?from=tasks&form=lead-note&note="), "{location}");
    assert!(location.ends_with("#lead-note"), "{location}");
    let page = app.page(location.split('#').next().unwrap(), &agent).await.body;
    assert!(page.contains("A note may hold no control characters."), "{page}");
    assert!(page.contains("twice &amp; went</textarea>"), "{page}");
    for (place, to) in [("lead", "/leads/1?noted=1#timeline"), ("tasks", "/leads/1?from=tasks&noted=1#timeline")] {
        let answer = app.post_plain(NOTE, &[("id", "1"), ("place", place), ("note", "x")], &agent).await;
        assert_eq!(answer.header(header::LOCATION), to);
    }
    assert!(app.page("/leads/1?noted=1", &agent).await.body.contains("The note was added."));
}
