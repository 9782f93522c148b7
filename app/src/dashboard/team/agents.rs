use leptos::prelude::*;

use super::{place::TeamPlace, search::TeamSearch, table::TeamTable};
use crate::{
    dashboard::{AgentRow, TeamToday},
    ui::{Empty, count},
};

/// The agents one by one, sorted and found as the address says.
#[component]
pub fn TeamAgents(team: Memo<TeamToday>, target: Memo<i64>) -> impl IntoView {
    let place = TeamPlace::of_address();
    let ids = Memo::new(move |_| team.with(|team| place.with(|place| place.ids(&team.agents))));
    let nobody = Memo::new(move |_| ids.with(Vec::is_empty));
    let said = move || team.with(|team| ids.with(|ids| said(&team.agents, ids.len())));
    view! {
        <section class="agents" aria-labelledby="agents-title">
            <div class="list-tools">
                <div>
                    <h2 id="agents-title">"Agents"</h2>
                    <p role="status">{said}</p>
                </div>
                <TeamSearch place />
            </div>
            {move || if nobody.get() {
                place.with(nobody_found)
            } else {
                view! { <TeamTable team target place ids /> }.into_any()
            }}
        </section>
    }
    .into_any()
}

/// How many there are or, of a search, were found; and who doesn't count in the target.
fn said(agents: &[AgentRow], found: usize) -> String {
    let all = count(agents.len() as u64, "agent");
    let away = agents.iter().filter(|agent| agent.is_on_leave() && !agent.is_expected()).count();
    match away {
        _ if found < agents.len() => format!("{found} of {all}"),
        0 => all,
        away => format!("{all}; the target leaves out {away} on leave"),
    }
}

fn nobody_found(place: &TeamPlace) -> AnyView {
    let (title, all) = (format!("No agent matches “{}”", place.q), place.finding("").address());
    let all = view! { <a href=all data-noscroll="">"show all agents"</a> };
    view! { <Empty title>"Look for a part of the name, or " {all} "."</Empty> }.into_any()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_is_left_out_is_said() {
        let agent = |receiving, calls| AgentRow { receiving, calls, ..AgentRow::default() };
        assert_eq!(said(&[agent(true, 0)], 1), "1 agent");
        assert_eq!(said(&[agent(true, 0), agent(false, 1)], 2), "2 agents", "who calls counts");
        let away = [agent(true, 0), agent(false, 0)];
        assert_eq!(said(&away, 2), "2 agents; the target leaves out 1 on leave");
        assert_eq!(said(&away, 1), "1 of 2 agents");
    }
}
