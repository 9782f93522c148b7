use super::{Viewer, World};
use crate::live::hear;
use axum::http::StatusCode;
use calliyo_app::live::LiveEvent;
use calliyo_domain::{
    job::{Job, Phase, Progress},
    settings::SectionKey,
};

/// Who hears of it: admin, manager, agent, agent with management. The banned and the anonymous hear nothing.
fn table(another: i64) -> Vec<(LiveEvent, [bool; 4])> {
    let section = |section| LiveEvent::Settings { section };
    let progress =
        |job| LiveEvent::Progress { progress: Progress { run: 1, job, phase: Phase::Moving, done: 1, total: 2 } };
    vec![
        (section(SectionKey::General), [true, true, true, true]),
        (section(SectionKey::DailyTarget), [true, true, true, true]),
        (section(SectionKey::ShowCustomer), [true, true, true, true]),
        (section(SectionKey::AutoAssignment), [true, false, false, false]),
        (section(SectionKey::TopUp), [true, false, false, false]),
        (section(SectionKey::AutoRemoval), [true, false, false, false]),
        (LiveEvent::Statuses, [true, true, true, true]),
        (LiveEvent::Runs, [true, true, false, true]),
        (progress(Job::AutoAssignment), [true, false, false, false]),
        (progress(Job::TopUp), [true, false, false, false]),
        (progress(Job::AutoRemoval), [true, false, false, false]),
        (progress(Job::LeadImport), [true, true, false, true]),
        (LiveEvent::Leads, [true, true, true, true]),
        (LiveEvent::LeadsOf { agents: vec![another] }, [true, true, false, true]),
        (LiveEvent::Users, [true, true, false, true]),
        (LiveEvent::Sessions { user: another }, [false, false, false, false]),
        (LiveEvent::Calls { agent: another }, [true, true, false, true]),
        (LiveEvent::Calls { agent: LiveEvent::ANYBODY }, [true, true, true, true]),
    ]
}

#[tokio::test]
async fn each_hears_of_what_they_may_see() {
    let world = World::new().await;
    for (n, person) in world.people.iter().enumerate() {
        let answer = world.app.open("/live", &person.cookie).await;
        if matches!(person.viewer, Viewer::Banned | Viewer::Anonymous) {
            assert_eq!(answer.status(), StatusCode::UNAUTHORIZED, "{:?}", person.viewer);
            continue;
        }
        let mut stream = answer.into_body().into_data_stream();
        let table = table(world.another);
        for (event, hears) in table {
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
            assert_eq!(heard.contains(&text), hears[n], "{:?} of {text}: {heard}", person.viewer);
        }
    }
}

#[tokio::test]
async fn each_hears_of_their_own_day() {
    let world = World::new().await;
    let agent = &world.people[2];
    let mut stream = world.app.open("/live", &agent.cookie).await.into_body().into_data_stream();
    world.app.services.hub.hear(LiveEvent::Calls { agent: agent.id });
    hear(&mut stream, r#""kind":"calls""#).await;
}
