use calliyo_domain::{job::Job, settings::SectionKey};

use crate::settings::{
    CONFIGURATIONS,
    sections::{Field, Kind, SectionForm},
};

pub static TOP_UP: SectionForm = SectionForm {
    key: SectionKey::TopUp,
    title: "Daily lead top-up",
    purpose: "Fills each agent's queue up to their lead cap with fresh, unassigned leads, in place of those already worked. Leads carried over from yesterday stay on the queue first.",
    fields: &[
        Field {
            name: "enabled",
            label: "Daily lead top-up",
            help: "On: runs every day at the time below. Off: runs only when somebody presses Run Now.",
            kind: Kind::Switch,
        },
        Field {
            name: "at",
            label: "Top-up at",
            help: "Most teams switch on both, with top-up after assignment: assignment redistributes stale leads, top-up refills the queues.",
            kind: Kind::Time,
        },
    ],
    takes_effect: "Applies from the next run.",
    page: CONFIGURATIONS,
    job: Some(Job::TopUp),
};
