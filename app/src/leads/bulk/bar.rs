use calliyo_domain::counted::grouped;
use leptos::{prelude::*, server_fn::ServerFn};

use super::{
    AssignLeads, Changed, Chosen, Draft, FORM, MOST_AT_ONCE, Meant,
    choose::CHOOSE_ALL,
    counted::too_many,
    fields::{Actions, Agents},
    form::BulkForm,
    send::Press,
};
use crate::{
    leads::{Choices, Filter, Found, form_fields::FilterFields},
    ui::{FaultNote, count, focus_field, from_here},
};

/// What can be done with the leads that are ticked, or with all that match. With JavaScript it shows itself once one is
/// ticked, and asks before it changes more than one sees.
#[component]
pub fn BulkBar(
    filter: Memo<Filter>,
    choices: Memo<Choices>,
    found: Memo<Found>,
    chosen: Chosen,
    /// To be called when leads have been changed.
    #[prop(into)]
    changed: Callback<Changed>,
    /// Reads the list again.
    reread: Callback<()>,
) -> impl IntoView {
    let bulk = BulkForm::of(filter, choices, found, chosen, changed, reread);
    let BulkForm { all, found, pressed, fault, agents, .. } = bulk;
    Effect::new(move |_| bulk.look());
    let offers_all = Memo::new(move |_| !found.with(too_many));
    let busy = Signal::derive(move || pressed.get().is_some());
    let Draft { set: brought, status, .. } = Draft::of_address();
    let set = move || found.with(|found| found.set).or(brought);
    view! {
        <form
            class="bulk"
            id=FORM
            method="post"
            action=from_here(AssignLeads::url())
            aria-label="Change the chosen leads"
            node_ref=bulk.form
            on:change=move |_| bulk.look()
            on:reset=move |_| agents.set(Vec::new())
            data-idle=move || bulk.is_idle().then_some("true")
        >
            <FilterFields filter />
            {move || set().map(|set| view! { <input type="hidden" name="set" value=set.to_string() /> })}
            <p class="bulk-count" role="status">
                {move || if all.get() { found.with(every) } else { format!("{} chosen", count(chosen.len() as u64, "lead")) }}
            </p>
            // Without JavaScript it resets the ticks themselves. With it the bar goes, and the focus to where one chooses.
            <button
                class="button"
                data-kind="link"
                type="reset"
                on:click=move |_| {
                    bulk.clear();
                    focus_field(CHOOSE_ALL);
                }
            >
                "Choose none"
            </button>
            {move || if offers_all.get() {
                view! {
                    <label class="option">
                        <input
                            type="checkbox"
                            name="all"
                            value="true"
                            checked=all.get_untracked()
                            prop:checked=all
                            on:change=move |event| all.set(event_target_checked(&event))
                        />
                        {move || found.with(every)}
                    </label>
                }
                .into_any()
            } else {
                let most = grouped(MOST_AT_ONCE);
                view! {
                    <p>{format!("More than {most} leads match. At most {most} can be changed at once: narrow the filter down to change all that match.")}</p>
                }
                .into_any()
            }}
            <Actions choices busy status pressed=move |what| bulk.press(what)>
                <Agents choices ticked=agents />
            </Actions>
            {move || fault.get().map(|fault| view! { <FaultNote fault /> })}
        </form>
        <Question bulk />
    }
    .into_any()
}

/// Asks before all that match are changed.
#[component]
fn Question(bulk: BulkForm) -> impl IntoView {
    let BulkForm { filter, found, pressed, purpose, .. } = bulk;
    let spares_customers = move || {
        let meant = Meant { filter: filter.get(), all: true, ..Meant::default() };
        pressed.get() == Some(Press::SetStatus) && meant.spares_customers()
    };
    view! {
        <dialog class="dialog" node_ref=bulk.question aria-labelledby="bulk-question" on:close=move |_| bulk.answered()>
            <h2 id="bulk-question">{move || format!("{}: {}?", found.with(every), purpose.get())}</h2>
            <p>
                "Also those that are on other pages of the list."
                {move || spares_customers().then_some(" Customers among them stay customers.")}
            </p>
            <form class="dialog-buttons" method="dialog">
                <button class="button" type="submit" value="no">
                    "Cancel"
                </button>
                <button class="button" data-kind="primary" type="submit" value="yes">
                    "Change them"
                </button>
            </form>
        </dialog>
    }
    .into_any()
}

/// All that match, by number.
fn every(found: &Found) -> String {
    let number = grouped(found.count.unsigned_abs());
    match found.count {
        _ if found.more => format!("All leads that match, more than {number}"),
        1 => "The one lead that matches".to_owned(),
        _ => format!("All {number} leads that match"),
    }
}
