use calliyo_domain::settings::SectionKey;
use leptos::prelude::*;

use crate::settings::sections::{SectionCard, UnsavedSections};

/// The tab's content.
#[component]
pub fn Configurations() -> impl IntoView {
    UnsavedSections::provide();
    view! {
        <div class="intro">
            <p>
                "This tab controls the automated side of Calliyo: how leads flow to agents each day, the daily call target, and when stale leads get cleaned up."
            </p>
            <p>
                "Each section on this tab requires you to confirm your password before saving. This is intentional — these settings affect every agent’s queue and shouldn’t change accidentally."
            </p>
        </div>
        <SectionCard section=SectionKey::DailyTarget />
        <SectionCard section=SectionKey::ShowCustomer />
        <SectionCard section=SectionKey::AutoAssignment />
        <SectionCard section=SectionKey::TopUp />
        <SectionCard section=SectionKey::AutoRemoval />
    }
    .into_any()
}
