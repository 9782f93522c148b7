use calliyo_domain::{job::Job, settings::SectionKey};

use crate::settings::{
    CONFIGURATIONS,
    sections::{Field, Kind, SectionForm},
};

pub static TOP_UP: SectionForm = SectionForm {
    key: SectionKey::TopUp,
    title: "Daily lead top-up",
    purpose: "Different problem from auto-assignment. Top-up runs every morning and fills each agent’s queue up to their lead cap — pulling in fresh, unassigned leads to replace ones they’ve already worked.",
    fields: &[
        Field {
            name: "enabled",
            label: "Daily lead top-up",
            help: "On: runs every day at the time below. Off: runs only when somebody presses Run Now.",
            kind: Kind::Switch,
        },
        Field { name: "at", label: "Top-up at", help: "Time of day the top-up job runs.", kind: Kind::Time },
    ],
    notes: &[
        "Leads carried over from yesterday are kept on the agent’s queue first, then new leads top up to the cap.",
        "Auto-assignment and top-up can run on the same day. Auto-assignment redistributes stale leads; top-up refills queues. Most teams enable both, with top-up after assignment.",
    ],
    takes_effect: "Applies from the next run.",
    page: CONFIGURATIONS,
    job: Some(Job::TopUp),
};
