//! Settings → General: the company.

use calliyo_domain::settings::SectionKey;
use leptos::prelude::*;

use super::{
    GENERAL_TAB,
    sections::{Field, Kind, SectionCard, SectionForm, UnsavedSections},
};

pub static GENERAL: SectionForm = SectionForm {
    key: SectionKey::General,
    title: "Company",
    purpose: "What holds for every page and every job.",
    fields: &[
        Field { name: "company", label: "Company name", help: "As your people know it.", kind: Kind::Text },
        Field {
            name: "country",
            label: "Country",
            help: "Phone numbers without a country code are read as numbers of this country.",
            kind: Kind::Country,
        },
        Field {
            name: "time_zone",
            label: "Time zone",
            help: "Every time of day and every date in Calliyo is in this zone. Type to search, for example a city. After a change no job runs a second time on a date it has run on.",
            kind: Kind::TimeZone,
        },
    ],
    notes: &[],
    takes_effect: "It holds on every page from now on.",
    page: GENERAL_TAB,
    job: None,
};

/// The tab's content.
#[component]
pub fn General() -> impl IntoView {
    UnsavedSections::provide();
    view! { <SectionCard section=SectionKey::General /> }
}
