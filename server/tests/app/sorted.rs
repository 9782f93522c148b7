//! Lists that are sorted by their address.

use calliyo_db::{roles, users};
use calliyo_domain::{call::CallStatus, user::NewUser};

use crate::{
    reports::{HOUR, add, number},
    support::{TestApp, sql},
};

/// The ids of a page's rows.
fn ids(page: &serde_json::Value) -> Vec<i64> {
    page["rows"].as_array().unwrap().iter().map(|row| row["id"].as_i64().unwrap()).collect()
}

#[tokio::test]
async fn leads_are_sorted_and_paged_back() {
    let app = TestApp::new().await;
    let manager = app.signed_in("Manager").await;
    app.leads(120).await;
    // The higher the id, the longer on its status.
    sql(&app, "UPDATE leads SET status_since = status_since - id").await;
    let read = async |query: String| app.get(&format!("/api/leads?{query}"), &manager).await.json();
    for (sort, up) in [("newest", false), ("oldest", true), ("longest", false), ("latest", true), ("phone", false)] {
        let all: Vec<i64> = if up { (1..=120).collect() } else { (1..=120).rev().collect() };
        let sort = format!("filter[sort]={sort}");
        let first = read(sort.clone()).await;
        assert_eq!((ids(&first), &first["previous"]), (all[..50].to_vec(), &serde_json::Value::Null), "{sort}");
        let second = read(format!("{sort}&after={}", first["next"].as_str().unwrap())).await;
        let third = read(format!("{sort}&after={}", second["next"].as_str().unwrap())).await;
        assert_eq!((ids(&second), ids(&third)), (all[50..100].to_vec(), all[100..].to_vec()), "{sort}");
        assert_eq!(third["next"], serde_json::Value::Null);
        let back = read(format!("{sort}&before={}", third["previous"].as_str().unwrap())).await;
        assert_eq!(back["rows"], second["rows"], "{sort}");
        assert_eq!((&back["previous"], &back["next"]), (&second["previous"], &second["next"]), "{sort}");
        let begin = read(format!("{sort}&before={}", back["previous"].as_str().unwrap())).await;
        assert_eq!(begin, first, "{sort}: where the list begins is its first page");
    }
    let page = app.get("/leads?sort=oldest", &manager).await.body;
    assert!(page.contains("120 leads, oldest first") && page.contains("/leads?sort=oldest&amp;after="), "{page}");
    let file = app.get("/leads/export.csv?sort=oldest", &manager).await.body;
    assert!(file.lines().nth(1).is_some_and(|line| line.starts_with("Lead 0,")), "{file}");
}

#[tokio::test]
async fn users_are_sorted_and_their_list_ends_with_its_last_page() {
    let app = TestApp::new().await;
    let admin = app.signed_in("Company Admin").await;
    app.user("asha@example.com", "Agent", 5).await;
    for (sort, first, said) in
        [("", "Company Admin", "ascending"), ("role", "Agent", "ascending"), ("-role", "Company Admin", "descending")]
    {
        let list = app.get(&format!("/api/users?sort={sort}&page=6"), &admin).await.json();
        assert_eq!((&list["page"], &list["total"]), (&1.into(), &2.into()), "{sort}");
        assert_eq!(list["rows"].as_array().unwrap().len(), 2, "{sort}");
        if !sort.is_empty() {
            assert_eq!(list["rows"][0]["role"], first, "{sort}");
        }
        let page = app.page(&format!("/users?sort={sort}&page=6"), &admin).await.body;
        assert_eq!(page.matches("aria-sort=").count(), 1, "{sort}");
        assert!(page.contains(&format!("aria-sort=\"{said}\"")) && !page.contains("No user matches"), "{sort}");
    }
}

#[tokio::test]
async fn the_agents_of_a_report_are_sorted_until_the_day_ends() {
    let app = TestApp::new().await;
    let manager = app.signed_in("Manager").await;
    let agents = [app.user("asha@example.com", "Agent", 10).await, app.user("bela@example.com", "Agent", 10).await];
    let now = app.services.clock.now();
    add(&app, agents[1], &[(agents[1], now, true, 175, CallStatus::Called)]).await;
    sql(&app, "UPDATE leads SET converter_id = NULL").await;
    let mut tx = app.services.db.write().await.unwrap();
    for (id, name, email) in [(agents[0], "Agent 10", "asha@example.com"), (agents[1], "Agent 2", "bela@example.com")] {
        let user = NewUser::new(name, email, 10).unwrap();
        let role = roles::by_name(&mut tx, "Agent").await.unwrap().unwrap();
        assert!(users::update(&mut tx, id, 0, &user, role).await.unwrap());
    }
    tx.commit().await.unwrap();
    let rows = async |sort: &str| {
        let page = app.page(&format!("/reports?sort={sort}"), &manager).await.body;
        let table = page.split("id=\"by-agent\"").nth(1).unwrap().split("</tbody>").next().unwrap().to_owned();
        let mut names = ["Agent 2<", "Agent 10<", "Nobody (had no owner)<"];
        names.sort_by_key(|name| table.find(name).unwrap_or_else(|| panic!("{name} is in {table}")));
        assert!(page.contains("3 min a connected call"), "{page}");
        names
    };
    let [two, ten, nobody] = ["Agent 2<", "Agent 10<", "Nobody (had no owner)<"];
    assert_eq!(rows("").await, [two, ten, nobody]);
    assert_eq!(rows("-agent").await, [nobody, ten, two]);
    assert_eq!(rows("-conversions").await, [nobody, two, ten]);
    assert_eq!(rows("outgoing").await, [ten, nobody, two]);
    let report = app.get("/api/reports", &manager).await.json();
    let left = number(&report, "changes_at") - now;
    assert!(left > 0 && left <= 24 * HOUR, "{left}");
    app.pass(left);
    let manager = app.sign_in("manager@example.com").await;
    let report = app.get("/api/reports", &manager).await.json();
    assert_eq!(report["asked"]["to"], "2026-05-12", "a day later");
    assert_eq!(number(&report, "changes_at") - now, left + 24 * HOUR);
}
