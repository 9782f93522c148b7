use leptos::prelude::*;

use super::{agents::TeamAgents, figures::TeamFigures, pipeline::Pipeline, runs::TeamRuns};
use crate::{
    dashboard::{AgentRow, Dashboard},
    sign_in::Session,
    ui::{Empty, PageHead},
};

/// A manager's dashboard: the team's day, its runs, the pipeline, and then the agents, who may be many. What changes is
/// changed in place.
#[component]
pub fn TeamDay(
    state: RwSignal<Dashboard>,
    /// Whether it is all that the page shows, and so has the page's title.
    heads: bool,
) -> impl IntoView {
    let session = Session::current();
    let target = Memo::new(move |_| state.with(|state| state.target));
    let team = Memo::new(move |_| {
        let mut team = state.with(|state| state.team.clone().unwrap_or_default());
        team.agents.retain(AgentRow::matters);
        team
    });
    let nobody = Memo::new(move |_| team.with(|team| team.agents.is_empty()));
    let pipeline = Memo::new(move |_| team.with(|team| team.pipeline.clone()));
    let head = if heads {
        let purpose = move || state.with(|state| format!("The team today. Times are in {}.", state.time_zone));
        view! { <PageHead title="Dashboard" purpose=Signal::derive(purpose) /> }.into_any()
    } else {
        view! { <h2 class="team-title">"The team today"</h2> }.into_any()
    };
    view! {
        {head}
        {move || if nobody.get() {
            no_agents(session)
        } else {
            view! { <TeamFigures team target /> }.into_any()
        }}
        <div class="team-day">
            <div class="team-summary">
                <TeamRuns team />
                <Pipeline parts=pipeline />
            </div>
            {move || (!nobody.get()).then(|| view! { <TeamAgents team target /> })}
        </div>
    }
    .into_any()
}

fn no_agents(session: Session) -> AnyView {
    let add = session
        .viewer()
        .filter(|viewer| viewer.permissions.users)
        .map(|_| view! { " Add one in " <a href="/users">"Users"</a> "." });
    view! {
        <Empty title="No agents yet">
            "Users whose role works a queue are shown here with their calls of the day." {add}
        </Empty>
    }
    .into_any()
}
