//! Many leads changed at once, from a list that is no longer as it was shown.

use axum::http::StatusCode;
use calliyo_domain::status::{ASSIGNED, CUSTOMER};

use crate::{
    lead_bulk::{ASSIGN, BUSY, SET_STATUS, assign, clean, leads, set_of},
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
    assert!(app.page("/leads", &manager).await.body.contains("name=\"set\" value=\"2."));
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
    let all = set_of(&app, "", &manager).await;
    let all = [("all", "true"), ("set", &*all)];
    let answer = app.post(SET_STATUS, &[&all[..], &[("status", busy.as_str())]].concat(), &manager).await.json();
    assert_eq!((&answer["leads"], &answer["customers"]), (&2.into(), &2.into()));
    let now: Vec<i64> = leads(&app).await.iter().map(|lead| lead.2).collect();
    assert_eq!(now, [CUSTOMER, CUSTOMER, BUSY, BUSY]);
    let customers = set_of(&app, "?filter[status][]=4", &manager).await;
    let form = [("filter[status][]", &*customer), ("all", "true"), ("set", &*customers), ("status", busy.as_str())];
    let answer = app.post(SET_STATUS, &form, &manager).await.json();
    assert_eq!((&answer["leads"], &answer["customers"]), (&2.into(), &0.into()));
    let answer = app.post(SET_STATUS, &[&all[..], &[("status", customer.as_str())]].concat(), &manager).await.json();
    assert_eq!((&answer["leads"], &answer["customers"]), (&4.into(), &0.into()), "becoming one is no reversal");
    clean(&app).await;
}

#[tokio::test]
async fn other_leads_than_were_shown_are_refused_whole() {
    let app = TestApp::new().await;
    let manager = app.signed_in("Manager").await;
    let asha = app.user("asha@example.com", "Agent", 100).await.to_string();
    app.leads(5).await;
    let customer = CUSTOMER.to_string();
    let shown = set_of(&app, "?filter[owner]=none", &manager).await;
    // One leaves and one comes back: as many match, but others.
    assign(&app, &[1], &[asha.parse().unwrap()], &manager).await;
    app.leads_from(5, 1).await;
    let before = leads(&app).await;
    let all = [("filter[owner]", "none"), ("all", "true")];
    let fewer = set_of(&app, "?filter[owner]=none&filter[q]=Lead%204", &manager).await;
    for (set, says) in [
        (Some(&shown), "Still 5 leads match, but not the same as were shown"),
        (Some(&fewer), "Now 5 leads match, not 1: look at them again. Nothing was changed."),
        (None, "5 leads match: look at them, then confirm that these are meant."),
    ] {
        for (path, more) in [(SET_STATUS, ("status", &*customer)), (ASSIGN, ("agents[]", &*asha))] {
            let mut form = [&all[..], &[more]].concat();
            form.extend(set.map(|set| ("set", &**set)));
            let refused = app.post(path, &form, &manager).await;
            assert_eq!(refused.status, StatusCode::CONFLICT, "{refused:?}");
            let page = app.post_plain(path, &form, &manager).await;
            let page = app.page(page.header("location").split('#').next().unwrap(), &manager).await.body;
            assert!(page.contains(says), "{says}: {page}");
        }
    }
    assert_eq!(leads(&app).await, before);
    // The page that came back vouches for what it shows, and is filled as before.
    let form = [&all[..], &[("set", &*shown), ("status", &*customer)]].concat();
    let back = app.post_plain(SET_STATUS, &form, &manager).await;
    let page = app.page(back.header("location").split('#').next().unwrap(), &manager).await.body;
    let now = set_of(&app, "?filter[owner]=none", &manager).await;
    assert!(page.contains(&format!("name=\"set\" value=\"{now}\"")), "{page}");
    let kept = page.split("name=\"all\"").nth(1).unwrap().split('>').next().unwrap();
    assert!(kept.contains("checked"), "{kept}");
    let form = [&all[..], &[("set", &*now), ("status", &*customer)]].concat();
    assert_eq!(app.post(SET_STATUS, &form, &manager).await.json()["leads"], 5);
    let form = [("ids[]", "1"), ("set", &*shown), ("status", "7")];
    assert_eq!(app.post(SET_STATUS, &form, &manager).await.json()["leads"], 1, "ticks are no set");
    clean(&app).await;
}

#[tokio::test]
async fn the_set_is_the_same_on_one_page_on_many_and_counted_alone() {
    let app = TestApp::new().await;
    let manager = app.signed_in("Manager").await;
    for leads in [3, 57] {
        app.leads_from(if leads == 3 { 0 } else { 3 }, leads).await;
        let listed = set_of(&app, "", &manager).await;
        assert_eq!(app.get("/api/leads/count", &manager).await.json()["set"], listed.as_str());
        let asha = app.user(&format!("asha{leads}@example.com"), "Agent", 100).await.to_string();
        let form = [("all", "true"), ("set", &*listed), ("agents[]", &*asha)];
        assert!(app.post(ASSIGN, &form, &manager).await.json()["leads"].as_u64() > Some(0));
    }
}
