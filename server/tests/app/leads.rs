use calliyo_server::jobs;
use serde_json::Value;

use crate::support::{ASSIGNMENT, PASSWORD, RUN, SAVE, TestApp, section, sql};

fn rows(page: &Value) -> usize {
    page["rows"].as_array().map_or(0, Vec::len)
}

#[tokio::test]
async fn managers_see_all_leads_and_agents_their_own() {
    let app = TestApp::new().await;
    let (admin, agent) = (app.signed_in("Company Admin").await, app.signed_in("Agent").await);
    app.user("other@example.com", "Agent", 3).await;
    app.leads(10).await;
    let values = [("statuses", "1"), ("at", "09:00")];
    app.post(SAVE, &section("auto_assignment", "0", &values, PASSWORD), &admin).await;
    let run = app.post(RUN, &ASSIGNMENT, &admin).await.json()["started"]["run"].as_i64().unwrap();
    assert!(jobs::take_up(&app.services, run).await.unwrap());

    assert_eq!(rows(&app.get("/api/leads", &admin).await.json()), 10);
    let own = app.get("/api/leads", &agent).await.json();
    assert_eq!(rows(&own), 7);
    assert!(own["rows"].as_array().unwrap().iter().all(|row| row["owner"] == "agent"));
    for what in ["owners", "receivers", "tags", "sources"] {
        assert_eq!(own["choices"][what], serde_json::json!([]), "{what}: what else there is isn't an agent's business");
    }
    assert_eq!((&own["manages"], &own["found"]["count"]), (&false.into(), &7.into()));
    let others = app.get("/api/leads?filter[owner]=3", &agent).await.json();
    assert_eq!(others["rows"], own["rows"], "asking for another's leads gives one's own");
}

#[tokio::test]
async fn the_list_is_paged_and_filtered() {
    let app = TestApp::new().await;
    let manager = app.signed_in("Manager").await;
    app.leads(120).await;
    // The higher the id, the longer on its status.
    sql(&app, "UPDATE leads SET status_since = status_since - 2 * 86400000 - id").await;
    for filter in ["filter[status][]=1&filter[owner]=none", "filter[days]=2"] {
        let (mut after, mut seen) = (String::new(), Vec::new());
        loop {
            let page = app.get(&format!("/api/leads?{filter}&after={after}"), &manager).await.json();
            seen.extend(page["rows"].as_array().unwrap().iter().map(|row| row["id"].as_i64().unwrap()));
            match page["next"].as_str() {
                Some(next) => after = next.to_owned(),
                None => break,
            }
        }
        assert_eq!(seen, (1..=120).rev().collect::<Vec<_>>(), "{filter}");
    }
    assert_eq!(rows(&app.get("/api/leads?filter[status][]=8", &manager).await.json()), 0);
}

#[tokio::test]
async fn statuses_asked_for_twice_or_in_masses_are_what_they_are() {
    let app = TestApp::new().await;
    let manager = app.signed_in("Manager").await;
    app.leads(3).await;
    let twice = app.get("/api/leads?filter[status][]=1&filter[status][]=1", &manager).await.json();
    assert_eq!((rows(&twice), &twice["found"]["count"]), (3, &3.into()));
    let none = app.get("/api/leads?filter[status][]=4711", &manager).await.json();
    assert_eq!((rows(&none), &none["found"]["count"]), (0, &0.into()), "not everything");
    let many: Vec<String> = (1..=700).map(|id| format!("status={id}")).collect();
    for path in ["/leads", "/leads/export.csv"] {
        let answer = app.get(&format!("{path}?{}", many.join("&")), &manager).await;
        assert_eq!(answer.status, axum::http::StatusCode::OK, "{path}");
    }
    assert_eq!(app.get("/leads/export.csv?tag=%00", &manager).await.status, axum::http::StatusCode::OK);
}

#[tokio::test]
async fn a_name_is_no_markup_in_the_title() {
    let app = TestApp::new().await;
    let manager = app.signed_in("Manager").await;
    app.leads(1).await;
    sql(&app, "UPDATE leads SET first_name = '</title><meta name=\"x\">&amp;'").await;
    let page = app.page("/leads/1", &manager).await;
    assert!(page.body.contains("<title>&lt;/title>&lt;meta name=\"x\">&amp;amp; "), "{}", page.body);
    assert!(!page.body.contains("</title><meta name"), "{}", page.body);
}

#[tokio::test]
async fn each_filter_leaves_out_what_it_says() {
    let app = TestApp::new().await;
    let manager = app.signed_in("Manager").await;
    app.leads(12).await;
    sql(
        &app,
        "UPDATE leads SET owner_id = 1, status_id = 7, status_since = status_since - 3 * 86400000 WHERE id <= 3;
         UPDATE leads SET source = 'Web' WHERE id <= 5; INSERT INTO tags (tag_key, tag) VALUES ('hot', 'hot');
         INSERT INTO lead_tags (lead_id, tag) VALUES (4, 'hot'), (5, 'hot')",
    )
    .await;
    for (query, n) in [
        ("filter[status][]=7", 3),
        ("filter[status][]=7&filter[status][]=1", 12),
        ("filter[owner]=1", 3),
        ("filter[owner]=none", 9),
        ("filter[tag]=hot", 2),
        ("filter[tag]=HOT%E2%80%8B", 2),
        ("filter[tag][]=hot&filter[tag][]=tag", 12),
        ("filter[tag][]=hot&filter[tag][]=nobody%27s", 2),
        ("filter[owner][]=1&filter[owner][]=none", 12),
        ("filter[owner][]=1&filter[owner][]=99", 3),
        ("filter[owner][0]=none&filter[tag][0]=hot&filter[tag][1]=cold", 2),
        ("filter[owner]=", 12),
        ("filter[source]=Web", 5),
        ("filter[days]=3", 3),
        ("filter[days]=4", 0),
        ("filter[q]=lead+11", 1),
        ("filter[q]=8725550011", 1),
        ("filter[q]=%25%25", 0),
        ("filter[source]=Web&filter[tag]=hot&filter[q]=lead&filter[owner]=none&filter[status][]=1", 2),
    ] {
        let page = app.get(&format!("/api/leads?{query}"), &manager).await.json();
        assert_eq!((rows(&page), &page["found"]["count"]), (n, &n.into()), "{query}");
    }
    let page = app.get("/api/leads", &manager).await.json();
    assert_eq!(page["choices"]["tags"], serde_json::json!(["hot", "tag"]));
    assert_eq!(page["choices"]["sources"], serde_json::json!(["test", "Web"]));
}

#[tokio::test]
async fn a_filter_that_can_not_be_read_lists_nothing_and_says_so() {
    let app = TestApp::new().await;
    let manager = app.signed_in("Manager").await;
    app.leads(3).await;
    for (query, field) in [("days=soon", "days"), ("days=0", "days"), ("owner=me", "owner"), ("status=busy", "status")]
    {
        let page = app.page(&format!("/leads?{query}"), &manager).await;
        assert_eq!(page.status, 422, "{query}");
        assert!(page.body.contains("role=\"alert\"") && !page.body.contains("Lead 0"), "{query}");
        let name = if field == "status" { "filter[status][]".to_owned() } else { format!("filter[{field}]") };
        let answer = app.get(&format!("/api/leads?{name}={}", query.split('=').nth(1).unwrap()), &manager).await.json();
        assert_eq!((answer["problem"]["field"].as_str(), rows(&answer)), (Some(field), 0), "{query}");
    }
}

#[tokio::test]
async fn many_leads_are_counted_so_far_and_no_further() {
    let app = TestApp::new().await;
    let manager = app.signed_in("Manager").await;
    app.leads(9_999).await;
    app.leads_from(100_000, 1).await;
    let found = app.get("/api/leads", &manager).await.json()["found"].clone();
    assert_eq!((&found["count"], &found["more"]), (&10_000.into(), &false.into()));
    app.leads_from(100_001, 1).await;
    assert!(app.page("/leads?q=lead", &manager).await.body.contains("More than 10,000 leads match"));
    // Whoever means them all is told how many they are.
    let all = app.get("/api/leads/count?filter[q]=lead", &manager).await.json();
    assert_eq!((&all["count"], &all["more"]), (&10_001.into(), &false.into()));
}

#[tokio::test]
async fn settings_are_not_for_managers_and_agents() {
    let app = TestApp::new().await;
    for role in ["Manager", "Agent"] {
        let cookie = app.signed_in(role).await;
        for path in [
            "/api/settings/section?section=auto_assignment",
            "/api/jobs/panel?job=auto_assignment",
            "/api/jobs/preview?job=auto_assignment",
        ] {
            assert_eq!(app.get(path, &cookie).await.body, "\"forbidden\"", "{role} at {path}");
        }
        assert_eq!(app.post(RUN, &ASSIGNMENT, &cookie).await.body, "\"forbidden\"");
    }
}
