use calliyo_domain::{job::Job, settings::SectionKey};

use crate::settings::{
    CONFIGURATIONS,
    sections::{Field, Kind, SectionForm},
};

pub static AUTO_REMOVAL: SectionForm = SectionForm {
    key: SectionKey::AutoRemoval,
    title: "Auto removal",
    purpose: "Takes leads off agents' queues that have sat on a status for too long. They go back to Unassigned and can be given out again; no lead data is deleted.",
    fields: &[
        Field {
            name: "enabled",
            label: "Auto removal",
            help: "On: runs every day at the time below. Off: runs only when somebody presses Run Now.",
            kind: Kind::Switch,
        },
        Field {
            name: "statuses",
            label: "Auto remove leads with status",
            help: "Leads on any of these statuses are eligible for removal.",
            kind: Kind::Statuses(Job::AutoRemoval),
        },
        Field {
            name: "days",
            label: "After days",
            help: "How many days a lead must have been on that status to qualify. Minimum 1.",
            kind: Kind::Number("days, from 1 to 365"),
        },
        Field { name: "at", label: "Remove at", help: "Time of day the job runs.", kind: Kind::Time },
    ],
    takes_effect: "Applies from the next run.",
    page: CONFIGURATIONS,
    job: Some(Job::AutoRemoval),
};
