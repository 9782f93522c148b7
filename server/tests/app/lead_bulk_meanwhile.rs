//! Many leads changed at once, from a list that is no longer as it was shown.

use axum::http::StatusCode;
use calliyo_domain::status::{ASSIGNED, CUSTOMER, UNASSIGNED};

use crate::{
    lead_bulk::{ASSIGN, BUSY, SET_STATUS, assign, clean, leads},
    support::{Answer, TestApp},
};

const MISSED: i64 = 9;

/// The ticks of these leads as the list shows them now.
async fn ticks(app: &TestApp, ids: &[i64], cookie: &str) -> Vec<String> {
    let list = app.get("/api/leads", cookie).await.json();
    let tick = |id: &i64| {
        let row = list["rows"].as_array().unwrap().iter().find(|row| row["id"] == *id).unwrap();
        format!("{id}.{}", row["version"])
    };
    ids.iter().map(tick).collect()
}

/// Posts these ticks, with what else there is.
async fn post(app: &TestApp, path: &str, ticks: &[String], field: (&str, i64), cookie: &str) -> Answer {
    let value = field.1.to_string();
    let mut form: Vec<_> = ticks.iter().map(|tick| ("ids[]", tick.as_str())).collect();
    form.push((field.0, value.as_str()));
    app.post(path, &form, cookie).await
}

async fn set_status(app: &TestApp, ticks: &[String], status: i64, cookie: &str) -> serde_json::Value {
    post(app, SET_STATUS, ticks, ("status", status), cookie).await.json()
}

#[tokio::test]
async fn who_became_a_customer_after_the_tick_stays_one() {
    let app = TestApp::new().await;
    let manager = app.signed_in("Manager").await;
    let asha = app.user("asha@example.com", "Agent", 100).await;
    app.leads(3).await;
    assign(&app, &[1, 2, 3], &[asha], &manager).await;
    let shown = ticks(&app, &[1, 2, 3], &manager).await;
    set_status(&app, &["1".to_owned()], CUSTOMER, &manager).await;
    let answer = set_status(&app, &shown, MISSED, &manager).await;
    assert_eq!((&answer["leads"], &answer["meanwhile"]), (&2.into(), &1.into()));
    let now: Vec<i64> = leads(&app).await.iter().map(|lead| lead.2).collect();
    assert_eq!(now, [CUSTOMER, MISSED, MISSED]);
    let answer = set_status(&app, &shown, BUSY, &manager).await;
    assert_eq!((&answer["leads"], &answer["meanwhile"]), (&0.into(), &3.into()));
    let seen = ticks(&app, &[1], &manager).await;
    assert_eq!(set_status(&app, &seen, BUSY, &manager).await["leads"], 1, "who sees the customer may turn it back");
    clean(&app).await;
}

#[tokio::test]
async fn a_lead_given_out_after_the_tick_stays_with_its_agent() {
    let app = TestApp::new().await;
    let manager = app.signed_in("Manager").await;
    let (asha, ravi) = (app.user("asha@example.com", "Agent", 9).await, app.user("ravi@example.com", "Agent", 9).await);
    app.leads(2).await;
    let shown = ticks(&app, &[1, 2], &manager).await;
    assign(&app, &[1], &[asha], &manager).await;
    let answer = post(&app, ASSIGN, &shown, ("agents[]", ravi), &manager).await.json();
    assert_eq!((&answer["leads"], &answer["meanwhile"]), (&1.into(), &1.into()));
    assert_eq!(leads(&app).await, [(1, Some(asha), ASSIGNED), (2, Some(ravi), ASSIGNED)]);
    clean(&app).await;
}

#[tokio::test]
async fn plain_forms_carry_what_was_shown() {
    let app = TestApp::new().await;
    let manager = app.signed_in("Manager").await;
    let asha = app.user("asha@example.com", "Agent", 9).await;
    app.leads(2).await;
    for (page, field) in [("/leads", "name=\"ids[]\""), ("/leads/2", "name=\"ids[]\"")] {
        let page = app.page(page, &manager).await.body;
        assert!(page.contains(field) && page.contains("value=\"2.1\""), "{page}");
    }
    assert!(app.page("/leads", &manager).await.body.contains("name=\"count\" value=\"2\""));
    assign(&app, &[2], &[asha], &manager).await;
    let busy = BUSY.to_string();
    let form = [("ids[]", "2.1"), ("place", "lead"), ("status", busy.as_str())];
    let answer = app.post_plain(SET_STATUS, &form, &manager).await;
    let page = app.page(answer.header("location"), &manager).await.body;
    assert!(page.contains("No lead was changed. 1 changed meanwhile and was left as it is."), "{page}");
    assert_eq!(leads(&app).await[1], (2, Some(asha), ASSIGNED));
}

#[tokio::test]
async fn of_all_that_match_customers_are_changed_only_where_they_are_asked_for() {
    let app = TestApp::new().await;
    let manager = app.signed_in("Manager").await;
    let asha = app.user("asha@example.com", "Agent", 100).await;
    app.leads(4).await;
    assign(&app, &[1, 2, 3, 4], &[asha], &manager).await;
    set_status(&app, &["1".to_owned(), "2".to_owned()], CUSTOMER, &manager).await;
    let (busy, customer) = (BUSY.to_string(), CUSTOMER.to_string());
    let answer = app.post(SET_STATUS, &[("all", "true"), ("status", busy.as_str())], &manager).await.json();
    assert_eq!((&answer["leads"], &answer["customers"]), (&2.into(), &2.into()));
    let now: Vec<i64> = leads(&app).await.iter().map(|lead| lead.2).collect();
    assert_eq!(now, [CUSTOMER, CUSTOMER, BUSY, BUSY]);
    let form = [("filter[status][]", customer.as_str()), ("all", "true"), ("status", busy.as_str())];
    let answer = app.post(SET_STATUS, &form, &manager).await.json();
    assert_eq!((&answer["leads"], &answer["customers"]), (&2.into(), &0.into()));
    let answer = app.post(SET_STATUS, &[("all", "true"), ("status", customer.as_str())], &manager).await.json();
    assert_eq!((&answer["leads"], &answer["customers"]), (&4.into(), &0.into()), "becoming one is no reversal");
    clean(&app).await;
}

#[tokio::test]
async fn another_number_than_was_said_is_refused_whole() {
    let app = TestApp::new().await;
    let manager = app.signed_in("Manager").await;
    let asha = app.user("asha@example.com", "Agent", 100).await.to_string();
    app.leads(3).await;
    let before = leads(&app).await;
    let all = |count, filter| [("filter[status][]", filter), ("all", "true"), ("count", count), ("agents[]", &*asha)];
    for (path, count, filter, says) in [
        (ASSIGN, "2", "1", "Now 3 leads match, not 2: look at them again. Nothing was changed."),
        (ASSIGN, "1200", "9", "Now no lead matches, not 1,200: look at them again."),
        (SET_STATUS, "4", "1", "Now 3 leads match, not 4: look at them again."),
    ] {
        let refused = app.post(path, &all(count, filter), &manager).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{refused:?}");
        assert!(refused.body.contains(says) && refused.body.contains("\"field\":\"all\""), "{refused:?}");
    }
    let refused = app.post_plain(ASSIGN, &all("2", "1"), &manager).await;
    let page = app.page(refused.header("location").split('#').next().unwrap(), &manager).await.body;
    assert!(page.contains("Now 3 leads match, not 2") && page.contains("name=\"count\" value=\"3\""), "{page}");
    assert_eq!(leads(&app).await, before);
    let form = [("ids[]", "1"), ("count", "9"), ("agents[]", &*asha)];
    assert_eq!(app.post(ASSIGN, &form, &manager).await.json()["leads"], 1, "ticks are no count");
    assert_eq!(app.post(ASSIGN, &all("2", "1"), &manager).await.json()["leads"], 2);
    assert!(leads(&app).await.iter().all(|lead| lead.2 != UNASSIGNED));
    clean(&app).await;
}
