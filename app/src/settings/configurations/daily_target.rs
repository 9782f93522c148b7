use calliyo_domain::settings::SectionKey;

use crate::settings::{
    CONFIGURATIONS,
    sections::{Field, Kind, SectionForm},
};

pub static DAILY_TARGET: SectionForm = SectionForm {
    key: SectionKey::DailyTarget,
    title: "Daily call target",
    purpose: "The number of calls each agent is expected to make per day. It is a goal, not a cap: nobody is stopped from calling more.",
    fields: &[Field {
        name: "calls",
        label: "Daily call target",
        help: "Shown as a progress bar at the top of the Agent dashboard, and in Reports as the baseline for the day's call coverage.",
        kind: Kind::Number("calls per agent and day"),
    }],
    takes_effect: "The target counts from now on.",
    page: CONFIGURATIONS,
    job: None,
};
