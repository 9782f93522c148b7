use calliyo_domain::settings::SectionKey;
use leptos::prelude::*;
use leptos_meta::Title;

use super::{Dashboard, agent::AgentDay, day::read_again_in_time, read_dashboard, team::TeamDay};
use crate::{
    Fault,
    live::Live,
    ui::{Refused, follow},
};

/// `/dashboard`: it keeps itself up to date.
#[component]
pub fn DashboardPage() -> impl IntoView {
    let live = Live::current();
    let changes = move || {
        let settings = live.saves(SectionKey::DailyTarget) + live.saves(SectionKey::General);
        (live.calls(), live.leads(), live.runs() + live.users() + settings)
    };
    let dashboard = Resource::new(changes, |_| read_dashboard());
    // Not in a closure: later loads don't build the form anew, which would throw away what is typed.
    let content = async move {
        match dashboard.await {
            Ok(first) => view! { <Content first dashboard /> }.into_any(),
            Err(fault) => view! { <Refused fault title="Dashboard" /> }.into_any(),
        }
    };
    view! {
        <Title text="Dashboard" />
        <Transition fallback=|| view! { <div class="skeleton" data-kind="list"></div> }>
            {Suspend::new(content)}
        </Transition>
    }
    .into_any()
}

#[component]
fn Content(first: Dashboard, dashboard: Resource<Result<Dashboard, Fault>>) -> impl IntoView {
    let state = RwSignal::new(first);
    follow(dashboard, move |next| {
        if state.with_untracked(|state| *state != next) {
            state.set(next);
        }
    });
    read_again_in_time(state, move || dashboard.refetch());
    let is_agent = Memo::new(move |_| state.with(|state| state.agent.is_some()));
    let has_team = Memo::new(move |_| state.with(|state| state.team.is_some()));
    view! {
        {move || is_agent.get().then(|| view! { <AgentDay state reread=move || dashboard.refetch() /> })}
        {move || has_team.get().then(|| view! { <TeamDay state heads=!is_agent.get_untracked() /> })}
    }
    .into_any()
}
