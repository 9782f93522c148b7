use calliyo_domain::settings::SectionKey;

use crate::settings::{
    CONFIGURATIONS,
    sections::{Field, Kind, SectionForm},
};

pub static DAILY_TARGET: SectionForm = SectionForm {
    key: SectionKey::DailyTarget,
    title: "Daily call target",
    purpose: "The number of calls each agent is expected to make per day.",
    fields: &[Field {
        name: "calls",
        label: "Daily call target",
        help: "Shown:\n• At the top of the Agent dashboard as a progress bar.\n• In Reports as the baseline for the day’s call coverage.",
        kind: Kind::Number("calls per agent and day"),
    }],
    notes: &["This is a soft target — Calliyo doesn’t block agents who exceed it. It’s a goal, not a cap."],
    takes_effect: "The target counts from now on.",
    page: CONFIGURATIONS,
    job: None,
};
