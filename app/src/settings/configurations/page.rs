use calliyo_domain::{job::Job, settings::SectionKey};
use leptos::prelude::*;

use crate::settings::{
    jobs::PanelOf,
    sections::{SectionCard, UnsavedSections},
};

/// The tab's content.
#[component]
pub fn Configurations() -> impl IntoView {
    UnsavedSections::provide();
    view! {
        <p class="intro">
            "The automated side of Calliyo: how leads flow to agents each day, the daily call target, and when stale leads are cleaned up. Each section asks for your password when you save it: these settings reach every agent's queue and shouldn't change by accident."
        </p>
        <SectionCard section=SectionKey::DailyTarget below=None />
        <SectionCard section=SectionKey::ShowCustomer below=None />
        <SectionCard
            section=SectionKey::AutoAssignment
            below=Some(|unsaved| view! { <PanelOf job=Job::AutoAssignment unsaved /> }.into_any())
        />
        <SectionCard
            section=SectionKey::TopUp
            below=Some(|unsaved| view! { <PanelOf job=Job::TopUp unsaved /> }.into_any())
        />
        <SectionCard
            section=SectionKey::AutoRemoval
            below=Some(|unsaved| view! { <PanelOf job=Job::AutoRemoval unsaved /> }.into_any())
        />
    }
    .into_any()
}
