use leptos::{ev::MouseEvent, prelude::*, server_fn::ServerFn};

use super::{
    SetLeadStatus,
    send::{Press, agents},
};
use crate::{
    leads::{Choices, Owner},
    ui::{Menu, from_here},
};

/// What can be done, each with its choice and its button: the fields for the agents are the children.
#[component]
pub fn Actions(
    choices: Memo<Choices>,
    /// While what was pressed is done, nothing else is.
    #[prop(into)]
    busy: Signal<bool>,
    /// The status that is chosen at first, by id.
    status: String,
    pressed: impl Fn(Press) + Copy + 'static,
    children: Children,
) -> impl IntoView {
    let press = move |what: Press| {
        move |event: MouseEvent| {
            event.prevent_default();
            if !busy.get_untracked() {
                pressed(what);
            }
        }
    };
    let disabled = move || busy.get().then_some("true");
    view! {
        <div class="bulk-action">
            {children()}
            <button class="button" type="submit" aria-disabled=disabled on:click=press(Press::Assign)>
                "Assign"
            </button>
        </div>
        <div class="bulk-action">
            <Statuses choices chosen=status />
            <button class="button" type="submit" formaction=from_here(SetLeadStatus::url()) aria-disabled=disabled on:click=press(Press::SetStatus)>
                "Set status"
            </button>
        </div>
    }
    .into_any()
}

/// The agents to assign to, as many as one likes.
#[component]
pub fn Agents(
    choices: Memo<Choices>,
    /// Those who are ticked.
    ticked: RwSignal<Vec<i64>>,
) -> impl IntoView {
    let label = Signal::derive(move || ticked.with(|ticked| choices.with(|choices| said(ticked, choices))));
    view! {
        <Menu label purpose="Agents to assign to" kind="choice">
            <fieldset>
                <legend class="visually-hidden">"Agents to assign to"</legend>
                <For each=move || receivers(choices) key=|agent| agent.id let:agent>
                    <label class="menu-option">
                        <input type="checkbox" name="agents[]" value=agent.id checked=ticked.with_untracked(|ticked| ticked.contains(&agent.id)) />
                        {queue(choices, agent.id)}
                    </label>
                </For>
            </fieldset>
        </Menu>
    }
    .into_any()
}

/// What the closed menu says: one or two by name, several by number.
fn said(ticked: &[i64], choices: &Choices) -> String {
    match ticked.len() {
        0 => "Agents…".to_owned(),
        1 | 2 => agents(ticked, choices).named().unwrap_or_else(|| "Agents…".to_owned()),
        several => format!("{several} agents"),
    }
}

/// One agent to assign to. The first option is no agent's id, so that it chooses nobody.
#[component]
pub fn OneAgent(
    choices: Memo<Choices>,
    /// Who is chosen at first.
    chosen: Option<i64>,
) -> impl IntoView {
    view! {
        <label class="visually-hidden" for="bulk-agent">
            "Agent to assign to"
        </label>
        <select id="bulk-agent" name="agents[]">
            <option value="0">"Agent…"</option>
            <For each=move || receivers(choices) key=|agent| agent.id let:agent>
                <option value=agent.id selected=chosen == Some(agent.id)>{queue(choices, agent.id)}</option>
            </For>
        </select>
    }
    .into_any()
}

fn receivers(choices: Memo<Choices>) -> Vec<Owner> {
    choices.with(|choices| choices.receivers.clone())
}

/// Name and queue, as they are now: an option stays, and chosen, while its agent's queue grows.
fn queue(choices: Memo<Choices>, agent: i64) -> impl Fn() -> Option<String> + Copy {
    move || choices.with(|choices| choices.receivers.iter().find(|owner| owner.id == agent).map(Owner::label))
}

#[component]
fn Statuses(choices: Memo<Choices>, chosen: String) -> impl IntoView {
    let statuses = move || choices.with(|choices| choices.statuses.clone());
    let chosen = StoredValue::new(chosen);
    let is_chosen = move |id: i64| chosen.with_value(|chosen| *chosen == id.to_string());
    view! {
        <label class="visually-hidden" for="bulk-status">
            "Status to set"
        </label>
        <select id="bulk-status" name="status">
            <option value="">"Status…"</option>
            <For each=statuses key=|status| (status.id, status.name.clone()) let:status>
                <option value=status.id selected=is_chosen(status.id)>{status.name}</option>
            </For>
        </select>
    }
    .into_any()
}
