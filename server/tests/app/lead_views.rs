use axum::http::{StatusCode, header};
use serde_json::Value;

use crate::support::TestApp;

const SAVE: &str = "/api/leads/views/save";
const RENAME: &str = "/api/leads/views/rename";
const DELETE: &str = "/api/leads/views/delete";

async fn views(app: &TestApp, cookie: &str) -> Vec<Value> {
    app.get("/api/leads", cookie).await.json()["views"].as_array().unwrap().clone()
}

fn busy(name: &str) -> [(&str, &str); 4] {
    [("name", name), ("filter[status][]", "7"), ("filter[status][]", "9"), ("filter[q]", "asha")]
}

#[tokio::test]
async fn a_view_is_kept_renamed_and_deleted() {
    let app = TestApp::new().await;
    let manager = app.signed_in("Manager").await;
    assert_eq!(app.post(SAVE, &busy(" Busy "), &manager).await.status, StatusCode::OK);
    let view = views(&app, &manager).await.remove(0);
    assert_eq!((view["name"].as_str(), view["filter"]["q"].as_str()), (Some("Busy"), Some("asha")));
    assert_eq!(view["filter"]["status"], serde_json::json!(["7", "9"]));
    let id = view["id"].to_string();
    assert_eq!(app.post(RENAME, &[("id", id.as_str()), ("name", "Later")], &manager).await.status, StatusCode::OK);
    assert_eq!(views(&app, &manager).await[0]["name"], "Later");
    assert_eq!(app.post(DELETE, &[("id", id.as_str())], &manager).await.status, StatusCode::OK);
    assert!(views(&app, &manager).await.is_empty());
    assert_eq!(app.post(DELETE, &[("id", id.as_str())], &manager).await.body, "\"not_found\"");
}

#[tokio::test]
async fn without_scripts_it_is_said_that_a_view_is_gone() {
    let app = TestApp::new().await;
    let manager = app.signed_in("Manager").await;
    for (path, more) in [(DELETE, &[][..]), (RENAME, &busy("Later"))] {
        let answer = app.post_plain(path, &[&[("id", "7")], more].concat(), &manager).await;
        let location = answer.header(header::LOCATION).split('#').next().unwrap().to_owned();
        let page = app.page(&location, &manager).await.body;
        assert!(page.contains("That view is gone already.") && page.contains("No view was changed."), "{path}: {page}");
    }
}

#[tokio::test]
async fn views_are_each_managers_own() {
    let app = TestApp::new().await;
    let (manager, admin) = (app.signed_in("Manager").await, app.signed_in("Company Admin").await);
    let agent = app.signed_in("Agent").await;
    app.post(SAVE, &busy("Busy"), &manager).await;
    let id = views(&app, &manager).await[0]["id"].to_string();
    assert!(views(&app, &admin).await.is_empty());
    assert_eq!(app.post(RENAME, &[("id", id.as_str()), ("name", "Mine")], &admin).await.body, "\"not_found\"");
    assert_eq!(app.post(DELETE, &[("id", id.as_str())], &admin).await.body, "\"not_found\"");
    for path in [SAVE, RENAME, DELETE] {
        let answer = app.post(path, &[("id", id.as_str()), ("name", "Mine")], &agent).await;
        assert_eq!(answer.body, "\"forbidden\"", "{path}");
    }
    assert!(views(&app, &agent).await.is_empty());
    assert_eq!(views(&app, &manager).await[0]["name"], "Busy");
}

#[tokio::test]
async fn refusals_name_the_field_and_keep_nothing() {
    let app = TestApp::new().await;
    let manager = app.signed_in("Manager").await;
    app.post(SAVE, &busy("Busy"), &manager).await;
    let other = [("name", "Other"), ("filter[days]", "3")];
    app.post(SAVE, &other, &manager).await;
    let id = views(&app, &manager).await[1]["id"].to_string();
    for name in ["", "BUSY", &"x".repeat(61), "a\nb"] {
        let saved = app.post(SAVE, &busy(name), &manager).await;
        let renamed = app.post(RENAME, &[("id", id.as_str()), ("name", name)], &manager).await;
        for answer in [saved, renamed] {
            assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
            assert_eq!(answer.json()["invalid"]["field"], "name", "{name:?}");
        }
    }
    let answer = app.post(SAVE, &[("name", "Soon"), ("filter[days]", "soon")], &manager).await;
    assert_eq!(answer.json()["invalid"]["field"], "days");
    assert_eq!(views(&app, &manager).await.len(), 2);
    for n in 2..30 {
        assert_eq!(app.post(SAVE, &busy(&format!("View {n}")), &manager).await.status, StatusCode::OK, "{n}");
    }
    let answer = app.post(SAVE, &busy("One more"), &manager).await;
    assert_eq!(answer.json()["invalid"]["message"], "You have 30 views, which is all there may be. Delete one first.");
}

#[tokio::test]
async fn forms_work_without_scripts() {
    let app = TestApp::new().await;
    let manager = app.signed_in("Manager").await;
    let saved = app.post_plain(SAVE, &busy("Busy"), &manager).await;
    let list = "/leads?status=7&status=9&q=asha";
    assert_eq!(saved.header(header::LOCATION), format!("{list}&done=view-saved#views"));
    let page = app.page(&format!("{list}&done=view-saved"), &manager).await.body;
    assert!(page.contains("View saved.") && page.contains("Edit view") && page.contains(">Busy"), "{page}");
    let refused = app.post_plain(SAVE, &busy("busy"), &manager).await;
    let to = refused.header(header::LOCATION);
    assert!(to.starts_with(&format!("{list}&form=save-view&name=busy&problem=")), "{to}");
    // That filter is kept already; the refused form is shown where it can still be saved.
    let other = [("name", "busy"), ("filter[q]", "ravi")];
    let refused = app.post_plain(SAVE, &other, &manager).await;
    let page = app.page(refused.header(header::LOCATION).split('#').next().unwrap(), &manager).await.body;
    assert!(page.contains("You have a view named busy already.") && page.contains("value=\"busy\""), "{page}");
    let id = views(&app, &manager).await[0]["id"].to_string();
    let form = [("id", id.as_str()), ("name", ""), ("filter[q]", "asha")];
    let refused = app.post_plain(RENAME, &form, &manager).await;
    assert!(refused.header(header::LOCATION).starts_with("/leads?q=asha&form=rename-view&problem="), "{refused:?}");
    let deleted = app.post_plain(DELETE, &[("id", id.as_str())], &manager).await;
    assert_eq!(deleted.header(header::LOCATION), "/leads?done=view-deleted#views");
}
