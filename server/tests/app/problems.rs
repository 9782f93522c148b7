//! All that is wrong with a form is told at once, by script and by redirect, and nothing is stored.

use axum::http::{StatusCode, header};
use serde_json::Value;

use crate::{
    calls::{LOG, add_lead},
    support::{Answer, PASSWORD, SAVE, TestApp, section},
    users::form as user_form,
};

const ADD_LEAD: &str = "/api/leads/add";
const EDIT_LEAD: &str = "/api/lead/edit";

/// The fields that an answer names, in order.
fn told(answer: &Answer) -> String {
    let json = answer.json();
    let (first, also) = match (&json["invalid"], &json["taken"]) {
        (Value::Null, taken) => (Some("phone"), &taken["also"]),
        (invalid, _) => (invalid["field"].as_str(), &invalid["also"]),
    };
    let also = also.as_array().into_iter().flatten().filter_map(|problem| problem["field"].as_str());
    first.into_iter().chain(also).collect::<Vec<_>>().join(" ")
}

/// Whether each of these fields of a page is marked, and described by its problem, which the page says.
#[track_caller]
fn marked(page: &str, problems: &[(&str, &str)]) {
    for (id, said) in problems {
        let input = page.split("<input").find(|part| part.contains(&format!(" id=\"{id}\""))).expect(id);
        let input = input.split('>').next().unwrap();
        assert!(input.contains("aria-invalid=\"true\""), "{id}: {input}");
        assert!(input.contains(&format!("{id}-problem")), "{id}: {input}");
        let problem = page.split(&format!("id=\"{id}-problem\"")).nth(1).expect(id);
        assert!(problem[..problem.find("</p>").unwrap()].contains(said), "{id}: {problem}");
    }
    assert_eq!(page.matches("class=\"field-problem\"").count(), problems.len(), "{page}");
}

#[tokio::test]
async fn of_a_lead_every_field_is_told() {
    let app = TestApp::new().await;
    let manager = app.signed_in("Manager").await;
    app.leads(2).await;
    let long = "x".repeat(121);
    let fields = |changes: &[(&'static str, &'static str)]| {
        let usual = [("lead[first_name]", "Asha"), ("lead[last_name]", ""), ("lead[phone]", "98765 43210")];
        let others = [("lead[email]", ""), ("lead[tags]", ""), ("lead[source]", ""), ("lead[owner]", "")];
        let all = usual.into_iter().chain(others);
        all.map(|field| *changes.iter().find(|change| change.0 == field.0).unwrap_or(&field)).collect::<Vec<_>>()
    };
    let (first, phone, email) = (("lead[first_name]", " "), ("lead[phone]", "hello"), ("lead[email]", "asha"));
    let taken = ("lead[phone]", "+18725550001");
    for (changes, expected, edited) in [
        (vec![first, phone], "first_name phone", "first_name phone"),
        (vec![email, phone, ("lead[owner]", "77")], "phone email owner", "phone email"),
        (vec![first, taken], "phone first_name", "phone first_name"),
        (vec![taken, ("lead[owner]", "x")], "phone owner", "phone"),
        (vec![first, email, ("lead[phone]", "+18725550000")], "phone first_name email", "first_name email"),
    ] {
        let form = fields(&changes);
        let answer = app.post(ADD_LEAD, &form, &manager).await;
        assert_eq!(told(&answer), expected, "{changes:?}");
        let edit = [&form[..], &[("id", "1"), ("version", "1")]].concat();
        let answer = app.post(EDIT_LEAD, &edit, &manager).await;
        assert_eq!(told(&answer), edited, "{changes:?}");
    }
    let mut all = fields(&[first, phone, email]);
    for field in ["lead[last_name]", "lead[source]"] {
        all.iter_mut().filter(|(name, _)| *name == field).for_each(|(_, value)| *value = &long);
    }
    let answer = app.post(ADD_LEAD, &all, &manager).await;
    assert_eq!(told(&answer), "first_name last_name phone email source");
    let json = answer.json();
    assert_eq!(json["invalid"]["message"], "The first name is required.");
    assert_eq!(json["invalid"]["also"][2]["message"], "The email must look like name@example.com.");
    assert_eq!(app.get("/api/leads", &manager).await.json()["rows"].as_array().map(Vec::len), Some(2));
}

#[tokio::test]
async fn of_a_lead_every_field_is_marked_without_javascript() {
    let app = TestApp::new().await;
    let manager = app.signed_in("Manager").await;
    app.leads(1).await;
    let long = "x".repeat(61);
    let form = [
        ("lead[first_name]", ""),
        ("lead[last_name]", "Rao"),
        ("lead[phone]", "hello"),
        ("lead[email]", "asha"),
        ("lead[tags]", long.as_str()),
        ("lead[source]", ""),
    ];
    let answer = app.post_plain(ADD_LEAD, &form, &manager).await;
    let page = app.page(answer.header(header::LOCATION), &manager).await.body;
    let said = [
        ("first_name", "The first name is required."),
        ("phone", "The phone"),
        ("email", "The email must look like name@example.com."),
        ("tags", "Each tag may have 60 characters at most."),
    ];
    marked(&page, &said);
    assert!(page.contains("value=\"Rao\"") && page.contains("value=\"hello\""), "what was typed is there: {page}");
    let taken = form.map(|field| if field.0 == "lead[phone]" { ("lead[phone]", "+18725550000") } else { field });
    let answer = app.post_plain(ADD_LEAD, &taken, &manager).await;
    let page = app.page(answer.header(header::LOCATION), &manager).await.body;
    marked(&page, &[said[0], ("phone", "Lead 0 has this phone already."), said[2], said[3]]);
    assert!(page.contains("href=\"/leads/1\""), "{page}");
}

#[tokio::test]
async fn of_a_user_every_field_is_told() {
    let app = TestApp::new().await;
    let admin = app.signed_in("Company Admin").await;
    app.user("asha@example.com", "Agent", 5).await;
    let (name, phone, cap) = (("user[name]", " "), ("user[phone]", "hello"), ("user[lead_cap]", "many"));
    for (changes, expected) in [
        (vec![name, phone], "name phone"),
        (vec![("user[email]", "asha"), cap, ("password", "short")], "email lead_cap password"),
        (vec![name, ("user[email]", "ASHA@example.com")], "name email"),
        (vec![("user[role]", "77"), cap], "role lead_cap"),
        (vec![("user[role]", "77"), ("user[lead_cap]", ""), phone], "phone role"),
        (vec![phone, ("user[email]", "ASHA@example.com"), ("password", "           ")], "email phone password"),
    ] {
        let changes = [&changes[..], &[("user[email]", "ravi@example.com")]].concat();
        let answer = app.post("/api/users/add", &user_form(&changes), &admin).await;
        assert_eq!(told(&answer), expected, "{changes:?}");
    }
    let lost = [name, ("user[email]", "x"), ("user[role]", "3"), cap, ("id", "1"), ("version", "0")];
    let answer = app.post("/api/users/edit", &user_form(&lost), &admin).await;
    assert_eq!(told(&answer), "name email role lead_cap", "{answer:?}");
    let own = [name, ("user[email]", "asha@example.com"), ("id", "2"), ("version", "0")];
    let answer = app.post("/api/users/edit", &user_form(&own), &admin).await;
    assert_eq!(told(&answer), "name", "the own email is nobody else's: {answer:?}");
    assert_eq!(app.get("/api/users/record?id=1", &admin).await.json()["role"], "Company Admin", "nothing was stored");
    let plain = app.post_plain("/api/users/add", &user_form(&[name, phone, cap, ("password", "short")]), &admin).await;
    let page = app.page(plain.header(header::LOCATION), &admin).await.body;
    let password = ("password", "The password needs 10 characters");
    // That email is taken too.
    let email = ("email", "asha@example.com is another user");
    marked(
        &page,
        &[("name", "The name is required"), email, ("phone", "The phone"), ("lead_cap", "The lead cap"), password],
    );
    assert!(!page.contains("short"), "no password is brought back");
}

#[tokio::test]
async fn of_a_role_the_name_and_the_permissions_are_told() {
    let app = TestApp::new().await;
    let admin = app.signed_in("Company Admin").await;
    let edit = async |name: &str, version: &str| {
        let form = [("id", "1"), ("version", version), ("role[name]", name), ("role[permissions][reports]", "true")];
        app.post("/api/roles/edit", &form, &admin).await
    };
    for (name, expected) in [("", "name permissions"), ("manager", "name permissions"), ("Boss", "permissions")] {
        assert_eq!(told(&edit(name, "0").await), expected, "{name:?}");
    }
    assert_eq!(told(&edit("", "7").await), "name");
    assert_eq!(edit("Boss", "7").await.body, "\"changed\"");
    let role = app.get("/api/roles/record?id=1", &admin).await.json();
    assert_eq!((&role["name"], &role["version"]), (&"Company Admin".into(), &0.into()));
}

#[tokio::test]
async fn of_a_call_every_field_is_told() {
    let app = TestApp::new().await;
    let agent = app.signed_in("Agent").await;
    add_lead(&app, 1, 2, Some(1)).await;
    for (form, expected) in [
        (vec![("call[duration]", "soon")], "status duration"),
        (
            vec![("call[status]", "follow_up"), ("call[follow_up]", "soon"), ("call[duration]", "soon")],
            "follow_up duration",
        ),
        (
            vec![("call[status]", "busy"), ("call[duration]", "soon"), ("call[lead_status]", "77")],
            "duration lead_status",
        ),
        (
            vec![("call[status]", "busy"), ("call[duration]", "soon"), ("call[lead_status]", "1")],
            "duration lead_status",
        ),
    ] {
        let form = [&form[..], &[("id", "1")]].concat();
        assert_eq!(told(&app.post(LOG, &form, &agent).await), expected, "{form:?}");
        let answer = app.post_plain(LOG, &form, &agent).await;
        let page = app.page(answer.header(header::LOCATION), &agent).await.body;
        assert_eq!(page.matches("class=\"field-problem\"").count(), 2, "{page}");
    }
}

#[tokio::test]
async fn of_a_section_every_field_is_told_but_only_to_whose_password_is_right() {
    let app = TestApp::new().await;
    let admin = app.signed_in("Company Admin").await;
    let wrong = [("enabled", "true"), ("days", "0"), ("at", "25:00")];
    let form = section("auto_removal", "1", &wrong, PASSWORD);
    let answer = app.post(SAVE, &form, &admin).await;
    assert_eq!((answer.status, told(&answer).as_str()), (StatusCode::UNPROCESSABLE_ENTITY, "statuses days at"));
    let answer = app.post_plain(SAVE, &form, &admin).await;
    let page = app.page(answer.header(header::LOCATION), &admin).await.body;
    for said in [
        "Select at least one status, or switch Auto removal off.",
        "After days is a whole number from 1 to 365.",
        "Remove at is a time of day from 00:00 to 23:59, such as 09:00.",
    ] {
        assert_eq!(page.matches(said).count(), 1, "{said}: {page}");
    }
    let form = section("general", "1", &[("country", "XX")], PASSWORD);
    assert_eq!(told(&app.post(SAVE, &form, &admin).await), "company country time_zone");
    let form = section("auto_removal", "1", &wrong, "not the password");
    assert_eq!(app.post(SAVE, &form, &admin).await.body, "\"wrong_password\"");
    let answer = app.post_plain(SAVE, &form, &admin).await;
    assert!(answer.header(header::LOCATION).ends_with("problem=%22wrong_password%22#auto_removal"), "{answer:?}");
}

#[tokio::test]
async fn of_the_first_admin_every_field_is_told() {
    let app = TestApp::new().await;
    let form = [("name", ""), ("email", "admin"), ("password", "short")];
    assert_eq!(told(&app.post("/api/create-first-admin", &form, "").await), "name email password");
    let answer = app.post_plain("/api/create-first-admin", &form, "").await;
    let page = app.page(answer.header(header::LOCATION), "").await.body;
    let said = [("name", "The name is required"), ("email", "The email must"), ("password", "The password needs")];
    marked(&page, &said);
}

#[tokio::test]
async fn of_a_question_every_part_is_told() {
    let app = TestApp::new().await;
    let manager = app.signed_in("Manager").await;
    let report = app.get("/api/reports?from=soon&to=later&agent=77", &manager).await.json();
    let problem = &report["asked"]["problem"];
    assert_eq!((&problem["field"], &problem["also"][0]["field"]), (&"from".into(), &"to".into()), "{report}");
    assert_eq!(problem["also"][1]["field"], "agent");
    let page = app.page("/leads?days=x&status=x", &manager).await.body;
    assert!(page.contains("Choose statuses from the list. Days on the status must be a whole number"), "{page}");
    let form = [("name", ""), ("filter[days]", "x"), ("ids[]", ""), ("status", "x")];
    let view = app.post("/api/leads/views/save", &form, &manager).await;
    assert_eq!(told(&view), "name days", "{view:?}");
    let bulk = app.post("/api/leads/status", &[("status", "x")], &manager).await;
    assert_eq!(told(&bulk), "ids status", "{bulk:?}");
    let bulk = app.post("/api/leads/assign", &[("place", "list")], &manager).await;
    assert_eq!(told(&bulk), "ids agents", "{bulk:?}");
}
