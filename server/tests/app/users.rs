use axum::http::{StatusCode, header};
use calliyo_db::users;

use crate::support::{PASSWORD, TestApp, execute};

pub type Form<'a> = Vec<(&'a str, &'a str)>;

/// What an admin types about a user, with some of it replaced.
pub fn form<'a>(changes: &[(&'a str, &'a str)]) -> Form<'a> {
    let fields = [
        ("user[name]", "Asha Rao"),
        ("user[email]", "Asha@Example.com"),
        ("user[phone]", "98765 43210"),
        ("user[employee_code]", "E-7"),
        ("user[role]", "3"),
        ("user[lead_cap]", "37"),
        ("user[receiving]", "true"),
        ("password", PASSWORD),
    ];
    let changed = |name: &str| changes.iter().find(|(changed, _)| *changed == name);
    fields
        .iter()
        .map(|field| *changed(field.0).unwrap_or(field))
        .chain(changes.iter().filter(|(name, _)| ["id", "version"].contains(name)).copied())
        .collect()
}

/// All that is stored about users and what hangs on them.
pub async fn state(app: &TestApp) -> String {
    let mut tx = app.services.db.read().await.unwrap();
    let calliyo_db::Tx::Sqlite(conn) = &mut tx else { panic!("on SQLite") };
    let rows: Vec<String> = sqlx::query_scalar(
        "SELECT json_array(name, email, phone, employee_code, role_id, password_hash, lead_cap, banned, receiving) FROM users \
         UNION ALL SELECT json_array(id, user_id) FROM sessions UNION ALL SELECT json_array(id, owner_id, version) FROM leads \
         UNION ALL SELECT json_array(id, name, management, tasks, reports, users, settings) FROM roles",
    )
    .fetch_all(&mut **conn)
    .await
    .unwrap();
    rows.join("\n")
}

#[tokio::test]
async fn users_are_for_those_who_manage_them() {
    let app = TestApp::new().await;
    let admin = app.signed_in("Company Admin").await;
    for role in ["Manager", "Agent"] {
        let cookie = app.signed_in(role).await;
        let before = state(&app).await;
        for path in ["/api/users", "/api/users/new", "/api/users/record?id=1", "/api/roles", "/api/roles/record?id=1"] {
            assert_eq!(app.get(path, &cookie).await.body, "\"forbidden\"", "{role} at {path}");
        }
        for path in [
            "/api/users/add",
            "/api/users/edit",
            "/api/users/password",
            "/api/users/ban",
            "/api/users/unban",
            "/api/users/sessions/revoke",
            "/api/roles/add",
            "/api/roles/edit",
            "/api/roles/delete",
        ] {
            let answer = app.post(path, &form(&[("id", "1")]), &cookie).await;
            assert_eq!(answer.body, "\"forbidden\"", "{role} at {path}");
        }
        for path in ["/users", "/users/new", "/users/1", "/roles", "/roles/new", "/roles/1"] {
            assert_eq!(app.page(path, &cookie).await.status, StatusCode::FORBIDDEN, "{role} at {path}");
        }
        assert_eq!(state(&app).await, before);
    }
    for path in ["/users", "/users/new", "/users/1", "/roles", "/roles/new", "/roles/1"] {
        assert_eq!(app.page(path, &admin).await.status, StatusCode::OK, "{path}");
    }
    for path in ["/users/77", "/users/nobody", "/roles/77", "/roles/none"] {
        assert_eq!(app.page(path, &admin).await.status, StatusCode::NOT_FOUND, "{path}");
    }
}

#[tokio::test]
async fn an_added_user_signs_in_in_any_case() {
    let app = TestApp::new().await;
    let admin = app.signed_in("Company Admin").await;
    let added = app.post("/api/users/add", &form(&[]), &admin).await;
    assert_eq!(added.status, StatusCode::OK, "{added:?}");
    let record = app.get("/api/users/record?id=2", &admin).await.json();
    assert_eq!(record["saved"]["email"], "asha@example.com");
    assert_eq!(record["saved"]["phone"], "+919876543210");
    assert_eq!(record["saved"]["lead_cap"], "37");
    assert_eq!(record["role"], "Agent");
    let cookie = app.sign_in("ASHA@example.com").await;
    assert_eq!(app.get("/api/session", &cookie).await.json()["signed_in"]["name"], "Asha Rao");
    let list = app.get("/api/users?search=rao", &admin).await.json();
    assert_eq!(list["total"], 1);
    assert_eq!(list["rows"][0]["lead_cap"], 37);
    for found in ["98765%2043210", "43210", "e-7"] {
        assert_eq!(app.get(&format!("/api/users?search={found}"), &admin).await.json()["total"], 1, "{found}");
    }
    let long = app.get(&format!("/api/users?search={}", "x".repeat(50_000)), &admin).await;
    assert_eq!((long.status, &long.json()["total"]), (StatusCode::OK, &0.into()), "longer than any name");
}

#[tokio::test]
async fn a_lead_cap_is_required_of_those_who_work_a_queue() {
    let app = TestApp::new().await;
    let admin = app.signed_in("Company Admin").await;
    let page = app.page("/users/new", &admin).await.body;
    assert!(page.contains("value=\"3\" selected"), "{page}");
    assert!(!page.contains("Choose a role"), "{page}");
    let agent = |cap| form(&[("user[lead_cap]", cap)]);
    let refused = app.post("/api/users/add", &agent(""), &admin).await.json();
    assert_eq!(refused["invalid"]["message"], "The lead cap is a whole number from 0 to 100000.");
    assert_eq!(app.post("/api/users/add", &agent("0"), &admin).await.status, StatusCode::OK, "0, when it is typed");
    let manager = form(&[("user[lead_cap]", ""), ("user[role]", "2"), ("user[email]", "meera@example.com")]);
    assert_eq!(app.post("/api/users/add", &manager, &admin).await.status, StatusCode::OK);
    assert_eq!(app.get("/api/users/record?id=3", &admin).await.json()["saved"]["lead_cap"], "0");
}

#[tokio::test]
async fn no_role_that_administers_is_chosen_unasked() {
    let app = TestApp::new().await;
    let admin = app.signed_in("Company Admin").await;
    let stronger = [
        ("id", "3"),
        ("role[name]", "Agent"),
        ("role[permissions][tasks]", "true"),
        ("role[permissions][users]", "true"),
    ];
    assert_eq!(app.post("/api/roles/edit", &stronger, &admin).await.status, StatusCode::OK);
    let page = app.page("/users/new", &admin).await.body;
    assert!(page.contains("value=\"0\" selected") && page.contains("Choose a role"), "{page}");
    let answer = app.post("/api/users/add", &form(&[("user[role]", "0")]), &admin).await;
    assert_eq!(answer.json()["invalid"]["field"], "role", "{answer:?}");
}

#[tokio::test]
async fn what_somebody_else_changed_meanwhile_is_not_written_over() {
    let app = TestApp::new().await;
    let admin = app.signed_in("Company Admin").await;
    let id = app.user("bela@example.com", "Agent", 5).await.to_string();
    let first = form(&[("id", &id), ("version", "0"), ("user[email]", "bela@example.com")]);
    assert_eq!(app.post("/api/users/edit", &first, &admin).await.status, StatusCode::OK);
    let before = state(&app).await;
    let late = form(&[("id", &id), ("version", "0"), ("user[name]", "Late"), ("user[lead_cap]", "9")]);
    let answer = app.post("/api/users/edit", &late, &admin).await;
    assert_eq!((answer.status, answer.body.as_str()), (StatusCode::CONFLICT, "\"changed\""));
    let answer = app.post_plain("/api/users/edit", &late, &admin).await;
    let page = app.page(answer.header(header::LOCATION).split('#').next().unwrap(), &admin).await.body;
    for text in ["Somebody changed this user after you opened the form.", "Stored now", "value=\"Late\"", "Asha Rao"] {
        assert!(page.contains(text), "{text} is on the page");
    }
    assert!(page.contains("name=\"version\" value=\"1\""), "the next save is made on what is stored now: {page}");
    assert_eq!(state(&app).await, before);
    let again = form(&[("id", &id), ("version", "1"), ("user[name]", "Late"), ("user[lead_cap]", "9")]);
    assert_eq!(app.post("/api/users/edit", &again, &admin).await.status, StatusCode::OK);
    assert_eq!(app.get(&format!("/api/users/record?id={id}"), &admin).await.json()["saved"]["name"], "Late");
}

#[tokio::test]
async fn a_phone_that_is_left_as_it_is_is_not_judged() {
    let app = TestApp::new().await;
    let admin = app.signed_in("Company Admin").await;
    let id = app.user("bela@example.com", "Agent", 5).await.to_string();
    let mut tx = app.services.db.write().await.unwrap();
    execute(&mut tx, "UPDATE users SET phone = '+999000000001' WHERE email = 'bela@example.com'").await;
    tx.commit().await.unwrap();
    let edit =
        |phone| form(&[("id", &id), ("version", "0"), ("user[email]", "bela@example.com"), ("user[phone]", phone)]);
    let refused = app.post("/api/users/edit", &edit("+999000000002"), &admin).await;
    assert_eq!(refused.json()["invalid"]["field"], "phone");
    assert_eq!(app.post("/api/users/edit", &edit("+999000000001"), &admin).await.status, StatusCode::OK);
}

#[tokio::test]
async fn every_refusal_names_its_field_and_changes_nothing() {
    let app = TestApp::new().await;
    let admin = app.signed_in("Company Admin").await;
    let id = app.user("bela@example.com", "Agent", 5).await.to_string();
    let before = state(&app).await;
    for (field, value, blamed) in [
        ("user[name]", " ", "name"),
        ("user[email]", "asha", "email"),
        ("user[email]", "Company.Admin@example.com", "email"),
        ("user[phone]", "hello", "phone"),
        ("user[role]", "77", "role"),
        ("user[lead_cap]", "100001", "lead_cap"),
        ("user[lead_cap]", "-1", "lead_cap"),
        ("user[lead_cap]", "many", "lead_cap"),
        ("user[lead_cap]", " ", "lead_cap"),
        ("password", "short", "password"),
    ] {
        let answer = app.post("/api/users/add", &form(&[(field, value)]), &admin).await;
        assert_eq!(answer.json()["invalid"]["field"], blamed, "{field} {value:?}");
        if field != "password" {
            let answer = app.post("/api/users/edit", &form(&[(field, value), ("id", &id)]), &admin).await;
            assert_eq!(answer.json()["invalid"]["field"], blamed, "{field} {value:?}");
        }
    }
    assert_eq!(app.post("/api/users/edit", &form(&[("id", "77")]), &admin).await.body, "\"not_found\"");
    for path in ["/api/users/ban", "/api/users/unban", "/api/users/password"] {
        assert_eq!(
            app.post(path, &[("id", "77"), ("password", PASSWORD)], &admin).await.body,
            "\"not_found\"",
            "{path}"
        );
    }
    let short = app.post("/api/users/password", &[("id", id.as_str()), ("password", "short")], &admin).await;
    assert_eq!(short.json()["invalid"]["field"], "password");
    assert_eq!(state(&app).await, before);
}

#[tokio::test]
async fn without_scripts_a_refusal_comes_back_with_what_was_typed() {
    let app = TestApp::new().await;
    let admin = app.signed_in("Company Admin").await;
    let answer = app.post_plain("/api/users/add", &form(&[("user[lead_cap]", "many")]), &admin).await;
    let page = answer.header(header::LOCATION).to_owned();
    assert!(page.starts_with("/users/new?form=details&draft="), "{page}");
    let page = app.page(&page, &admin).await.body;
    for text in ["Asha Rao", "98765 43210", "many", "The lead cap is a whole number from 0 to 100000."] {
        assert!(page.contains(text), "{text} is on the page");
    }
    assert!(!page.contains(PASSWORD));
    let answer = app.post_plain("/api/users/add", &form(&[]), &admin).await;
    assert_eq!(answer.header(header::LOCATION), "/users/2?done=added");
}

#[tokio::test]
async fn a_new_password_ends_the_users_sessions() {
    let app = TestApp::new().await;
    let admin = app.signed_in("Company Admin").await;
    let agent = app.signed_in("Agent").await;
    let new = [("id", "2"), ("password", "another password")];
    assert_eq!(app.post("/api/users/password", &new, &admin).await.status, StatusCode::OK);
    assert_eq!(app.get("/api/session", &agent).await.body, "\"signed_out\"");
    let old = [("email", "agent@example.com"), ("password", PASSWORD)];
    assert_eq!(app.post("/api/sign-in", &old, "").await.body, "\"wrong_sign_in\"");
    let new = [("email", "agent@example.com"), ("password", "another password")];
    assert_eq!(app.post("/api/sign-in", &new, "").await.status, StatusCode::OK);
    let own = app.post("/api/users/password", &[("id", "1"), ("password", "another password")], &admin).await;
    assert_eq!(own.json()["invalid"]["field"], "password", "one's own asks for the present one");
}

#[tokio::test]
async fn a_users_session_is_revoked() {
    let app = TestApp::new().await;
    let admin = app.signed_in("Company Admin").await;
    let first = app.signed_in("Agent").await;
    let second = app.sign_in("agent@example.com").await;
    let record = app.get("/api/users/record?id=2", &admin).await.json();
    let sessions: Vec<_> = record["sessions"].as_array().unwrap().iter().map(|s| s["id"].as_i64().unwrap()).collect();
    assert_eq!(sessions.len(), 2);
    let oldest = sessions.iter().min().unwrap().to_string();
    app.post("/api/users/sessions/revoke", &[("id", "1"), ("session", oldest.as_str())], &admin).await;
    assert!(app.get("/api/session", &first).await.body.contains("signed_in"), "it isn't user 1's");
    app.post("/api/users/sessions/revoke", &[("id", "2"), ("session", oldest.as_str())], &admin).await;
    assert_eq!(app.get("/api/session", &first).await.body, "\"signed_out\"");
    assert!(app.get("/api/session", &second).await.body.contains("signed_in"));
}

#[tokio::test]
async fn changed_users_are_heard_by_those_whom_it_concerns() {
    let app = TestApp::new().await;
    let (admin, manager, agent) =
        (app.signed_in("Company Admin").await, app.signed_in("Manager").await, app.signed_in("Agent").await);
    let mut streams = Vec::new();
    for cookie in [&admin, &manager, &agent] {
        streams.push(app.open("/live", cookie).await.into_body().into_data_stream());
    }
    app.post("/api/users/edit", &form(&[("id", "3"), ("user[email]", "agent@example.com")]), &admin).await;
    app.services.hub.hear(calliyo_app::live::LiveEvent::Statuses);
    for (stream, hears) in streams.iter_mut().zip([true, true, false]) {
        let mut heard = String::new();
        while !heard.contains("statuses") {
            let chunk = futures::StreamExt::next(stream).await.unwrap().unwrap();
            heard.push_str(&String::from_utf8_lossy(&chunk));
        }
        assert_eq!(heard.contains("\"users\""), hears, "{heard}");
    }
    let mut tx = app.services.db.read().await.unwrap();
    assert_eq!(users::record(&mut tx, 3).await.unwrap().unwrap().lead_cap, 37);
}
