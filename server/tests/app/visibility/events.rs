use super::{World, table::lines};
use crate::live::hear;
use axum::http::StatusCode;
use calliyo_app::live::LiveEvent;
use calliyo_domain::{
    job::{Job, Phase, Progress},
    settings::SectionKey,
};

/// An event of the table, about the viewer `me` or `another`.
fn event(name: &str, me: i64, another: i64) -> LiveEvent {
    let (kind, of) = name.split_once('/').unwrap_or((name, ""));
    let user = match of {
        "me" => me,
        "another" => another,
        _ => LiveEvent::ANYBODY,
    };
    match kind {
        "settings" => LiveEvent::Settings { section: SectionKey::from_key(of).unwrap() },
        "progress" => {
            let job = Job::from_key(of).unwrap();
            LiveEvent::Progress { progress: Progress { run: 1, job, phase: Phase::Moving, done: 1, total: 2 } }
        }
        "statuses" => LiveEvent::Statuses,
        "runs" => LiveEvent::Runs,
        "leads" => LiveEvent::Leads,
        "leads-of" => LiveEvent::LeadsOf { agents: vec![user] },
        "users" => LiveEvent::Users,
        "sessions" => LiveEvent::Sessions { user },
        "calls" => LiveEvent::Calls { agent: user },
        kind => panic!("what is {kind}?"),
    }
}

#[tokio::test]
async fn each_hears_of_what_they_may_see() {
    let world = World::new().await;
    for (n, person) in world.people.iter().enumerate() {
        let answer = world.app.open("/live", &person.cookie).await;
        if lines(&["event"]).any(|line| line.expected[n] == "401") {
            assert!(lines(&["event"]).all(|line| line.expected[n] == "401"), "{:?}", person.viewer);
            assert_eq!(answer.status(), StatusCode::UNAUTHORIZED, "{:?}", person.viewer);
            continue;
        }
        let mut stream = answer.into_body().into_data_stream();
        for line in lines(&["event"]) {
            let event = event(line.subject, person.id, world.another);
            world.app.services.hub.hear(event.clone());
            // Everybody hears of the pipeline: it comes after whatever was heard before.
            world.app.services.hub.hear(LiveEvent::Statuses);
            let marker = r#"{"kind":"statuses"}"#;
            let heard = hear(&mut stream, marker).await;
            if event == LiveEvent::Statuses {
                // Its own marker has come; the second is still to come.
                hear(&mut stream, marker).await;
                continue;
            }
            let text = serde_json::to_string(&event).unwrap();
            assert_eq!(heard.contains(&text), line.expected[n] == "hears", "{:?} of {text}: {heard}", person.viewer);
        }
    }
}
