use calliyo_domain::permission::Permission;
use leptos::prelude::*;
use leptos_meta::Title;

use super::auto_assignment::AutoAssignmentSection;
use crate::{
    Fault,
    settings::CONFIGURATIONS,
    sign_in::Session,
    ui::{FaultNote, PageHead, set_status},
};

/// The tab, for those whose role allows it.
#[component]
pub fn Configurations() -> impl IntoView {
    let session = Session::current();
    // Not in a closure: it is to run once only, since it makes resources.
    let content = async move {
        match session.allows(Permission::Settings).await {
            Ok(true) => view! { <Sections /> }.into_any(),
            Ok(false) => {
                set_status(403);
                view! { <FaultNote fault=Fault::Forbidden /> }.into_any()
            }
            Err(fault) => view! { <FaultNote fault /> }.into_any(),
        }
    };
    view! {
        <Title text="Configurations" />
        <PageHead title="Settings" purpose="How Calliyo works for your whole company." />
        <Suspense>{Suspend::new(content)}</Suspense>
    }
}

#[component]
fn Sections() -> impl IntoView {
    view! {
        <nav class="tabs" aria-label="Settings">
            <a href=CONFIGURATIONS aria-current="page">
                "Configurations"
            </a>
        </nav>
        <p class="intro">
            "The automated side of Calliyo: how leads reach your agents without anybody moving them. Every section asks for your password when you save it, because a change reaches every agent's queue."
        </p>
        <AutoAssignmentSection />
    }
}
