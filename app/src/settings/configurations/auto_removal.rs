use calliyo_domain::{job::Job, settings::SectionKey};

use crate::settings::{
    CONFIGURATIONS,
    sections::{Field, Kind, SectionForm},
};

pub static AUTO_REMOVAL: SectionForm = SectionForm {
    key: SectionKey::AutoRemoval,
    title: "Auto removal",
    purpose: "For housekeeping. Removes leads from agents’ queues if they’ve been sitting on a chosen status for too long.",
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
            help: "Statuses eligible for removal.",
            kind: Kind::Statuses(Job::AutoRemoval),
        },
        Field {
            name: "days",
            label: "After days",
            help: "Number of days a lead must have been on that status to qualify. Minimum 1.",
            kind: Kind::Number("days, from 1 to 365"),
        },
        Field { name: "at", label: "Remove at", help: "Time of day the job runs.", kind: Kind::Time },
    ],
    notes: &[
        "“Removal” here means the lead is unassigned (sent back to Unassigned) and becomes eligible for re-distribution. Lead data is not deleted.",
    ],
    takes_effect: "Applies from the next run.",
    page: CONFIGURATIONS,
    job: Some(Job::AutoRemoval),
};
