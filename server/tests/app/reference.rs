//! Settings → Configurations speaks in the words of the reference text.

use calliyo_server::jobs;

use crate::support::{ASSIGNMENT, RUN, TestApp};

const REFERENCE: &str = include_str!("../../../docs/configurations.txt");

/// Each of its sentences, but for those that describe its own tables.
const SENTENCES: [&str; 29] = [
    "This tab controls the automated side of Calliyo: how leads flow to agents each day, the daily call target, and when stale leads get cleaned up.",
    "Each section on this tab requires you to confirm your password before saving. This is intentional — these settings affect every agent’s queue and shouldn’t change accidentally.",
    "The number of calls each agent is expected to make per day.",
    "Shown:",
    "At the top of the Agent dashboard as a progress bar.",
    "In Reports as the baseline for the day’s call coverage.",
    "This is a soft target — Calliyo doesn’t block agents who exceed it. It’s a goal, not a cap.",
    "Who can see the Customers page?",
    "All — every user with the",
    "permission sees every customer.",
    "Agent Only — agents only see customers whose original lead was assigned to them.",
    "Pick Agent Only if you want agents to focus on their own conversions and not see the wider customer base.",
    "Calliyo can automatically redistribute leads to agents on a schedule. Enable the toggle and configure:",
    "Leads on any of these statuses become eligible for reassignment. Typically: Unassigned, Not Picked, Missed.",
    "Time of day (in your company timezone) the job runs. Pick a time before your agents start their day.",
    "Click Run Now to trigger the job immediately.",
    "“Agents at cap” means more leads were eligible but every agent already had their Lead cap worth of leads.",
    "Raise the cap (in the user record) to distribute more.",
    "Different problem from auto-assignment. Top-up runs every morning and fills each agent’s queue up to their lead cap — pulling in fresh, unassigned leads to replace ones they’ve already worked.",
    "Time of day the top-up job runs.",
    "Leads carried over from yesterday are kept on the agent’s queue first, then new leads top up to the cap.",
    "Auto-assignment and top-up can run on the same day. Auto-assignment redistributes stale leads; top-up refills queues.",
    "Most teams enable both, with top-up after assignment.",
    "For housekeeping. Removes leads from agents’ queues if they’ve been sitting on a chosen status for too long.",
    "tatuses eligible for removal.",
    "Number of days a lead must have been on that status to qualify. Minimum 1.",
    "Time of day the job runs.",
    "“Removal” here means the lead is unassigned (sent back to Unassigned) and becomes eligible for re-distribution.",
    "Lead data is not deleted.",
];

/// A page's text without its tags.
fn text(page: &str) -> String {
    page.split('<').map(|part| part.split_once('>').map_or(part, |(_, text)| text)).collect()
}

#[tokio::test]
async fn each_sentence_stands_on_the_tab_to_the_letter() {
    let app = TestApp::new().await;
    let admin = app.signed_in("Company Admin").await;
    app.user("agent@example.com", "Agent", 2).await;
    app.leads(3).await;
    let run = app.post(RUN, &ASSIGNMENT, &admin).await.json()["started"]["run"].as_i64().unwrap();
    assert!(jobs::take_up(&app.services, run).await.unwrap());
    let html = app.page("/settings?tab=configurations", &admin).await.body;
    let page = text(&html);
    for sentence in SENTENCES {
        assert!(REFERENCE.contains(sentence), "the reference says: {sentence}");
        assert!(page.contains(sentence), "the page says: {sentence}\n{page}");
    }
    assert!(page.contains("every user with the management permission sees every customer."));
    for section in ["auto_assignment", "top_up", "auto_removal"] {
        assert!(
            html.contains(&format!("id=\"{section}-at-unit\" class=\"field-unit\">Asia/Kolkata<")),
            "the zone stands beside the time"
        );
    }
}
