use calliyo_domain::settings::SectionKey;
use leptos::prelude::*;

use crate::settings::sections::{SectionCard, UnsavedSections};

/// The tab's content.
#[component]
pub fn Configurations() -> impl IntoView {
    UnsavedSections::provide();
    view! {
        <p class="intro">
            "The automated side of Calliyo: how leads flow to agents each day, the daily call target, and when stale leads are cleaned up. Each section asks for your password when you save it: these settings reach every agent's queue and shouldn't change by accident."
        </p>
        <SectionCard section=SectionKey::DailyTarget />
        <SectionCard section=SectionKey::ShowCustomer />
        <SectionCard section=SectionKey::AutoAssignment />
        <SectionCard section=SectionKey::TopUp />
        <SectionCard section=SectionKey::AutoRemoval />
    }
    .into_any()
}
