use calliyo_domain::{job::Job, settings::SectionKey};

use crate::settings::{
    CONFIGURATIONS,
    sections::{Field, Kind, SectionForm},
};

pub static AUTO_ASSIGNMENT: SectionForm = SectionForm {
    key: SectionKey::AutoAssignment,
    title: "Auto lead assignment",
    purpose: "Calliyo can automatically redistribute leads to agents on a schedule. Enable the toggle and configure:",
    fields: &[
        Field {
            name: "enabled",
            label: "Auto lead assignment",
            help: "On: runs every day at the time below. Off: runs only when somebody presses Run Now.",
            kind: Kind::Switch,
        },
        Field {
            name: "statuses",
            label: "Auto-reassign leads with status",
            help: "Leads on any of these statuses become eligible for reassignment. Typically: Unassigned, Not Picked, Missed.",
            kind: Kind::Statuses(Job::AutoAssignment),
        },
        Field {
            name: "at",
            label: "Reassign at",
            help: "Time of day (in your company timezone) the job runs. Pick a time before your agents start their day.",
            kind: Kind::Time,
        },
    ],
    notes: &[],
    takes_effect: "Applies from the next run.",
    page: CONFIGURATIONS,
    job: Some(Job::AutoAssignment),
};
