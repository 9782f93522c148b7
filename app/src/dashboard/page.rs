use calliyo_domain::settings::SectionKey;
use leptos::prelude::*;
use leptos_meta::Title;

use super::{Dashboard, agent::AgentDay, read_dashboard, team::TeamDay};
use crate::{
    Fault,
    live::Live,
    ui::{Refused, followed, in_time, taken_away},
};

/// `/dashboard`: it keeps itself up to date.
#[component]
pub fn DashboardPage() -> impl IntoView {
    let live = Live::current();
    let changes = move || {
        let settings = [SectionKey::DailyTarget, SectionKey::General, SectionKey::ShowCustomer];
        let settings: u32 = settings.map(|section| live.saves(section)).iter().sum();
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
    let state = followed(first, dashboard);
    in_time(Memo::new(move |_| state.with(|state| state.changes_at)), move || dashboard.refetch());
    let gone = taken_away(dashboard);
    let latest = Signal::derive(move || {
        let agent = dashboard.get().and_then(Result::ok).and_then(|dashboard| dashboard.agent);
        agent.and_then(|agent| agent.next).map(|next| next.call)
    });
    let is_agent = Memo::new(move |_| state.with(|state| state.agent.is_some()) && !gone.get());
    let has_team = Memo::new(move |_| state.with(|state| state.team.is_some()) && !gone.get());
    view! {
        {move || gone.get().then(|| view! { <Refused fault=Fault::Forbidden title="Dashboard" /> })}
        {move || is_agent.get().then(|| view! { <AgentDay state latest reread=move || dashboard.refetch() /> })}
        {move || has_team.get().then(|| view! { <TeamDay state heads=!is_agent.get_untracked() /> })}
    }
    .into_any()
}
