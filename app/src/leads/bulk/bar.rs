use calliyo_domain::counted::grouped;
use leptos::{ev::Event, html, prelude::*, server_fn::ServerFn, task::spawn_local};

use super::{
    AssignLeads, Changed, Chosen, FORM, Meant, Place,
    counted::counted,
    fields::{Actions, Agents},
    send::{Press, Typed, send},
};
use crate::{
    leads::{Choices, Filter, Found, form_fields::FilterFields},
    ui::{FaultNote, count, problem_of_form},
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
) -> impl IntoView {
    let form = NodeRef::<html::Form>::new();
    let question = NodeRef::<html::Dialog>::new();
    let all = RwSignal::new(false);
    // What is asked about belongs to the filter that it was asked of.
    Effect::new(move |_| {
        filter.track();
        all.set(false);
        chosen.clear();
    });
    let nothing = move || !all.get() && chosen.len() == 0;
    let press = RwSignal::new(None::<Press>);
    let fault = RwSignal::new(problem_of_form(FORM));
    let found = counted(filter, found, all, fault);
    let change = move || {
        let Some((form, pressed)) = form.get_untracked().zip(press.get_untracked()) else { return };
        let (filter, all_match) = (filter.get_untracked(), all.get_untracked());
        let meant = Meant { filter, all: all_match, count: found.with_untracked(Found::exact), ids: chosen.ids() };
        let typed = Typed::of(&form);
        spawn_local(async move {
            let answer = send(pressed, meant, typed, Place::List).await;
            press.set(None);
            fault.set(answer.as_ref().err().cloned());
            if let Ok(answer) = answer {
                chosen.clear();
                all.set(false);
                changed.run(answer);
            }
        });
    };
    let pressed = move |what: Press| {
        press.set(Some(what));
        match question.get_untracked().filter(|_| all.get_untracked()) {
            // It keeps its last answer when it is left by Escape.
            Some(dialog) => {
                dialog.set_return_value("");
                if let Err(error) = dialog.show_modal() {
                    leptos::logging::error!("the dialog can't be opened: {error:?}");
                    press.set(None);
                }
            }
            None => change(),
        }
    };
    let closed = move |_| match question.get_untracked() {
        Some(dialog) if dialog.return_value() == "yes" => change(),
        _ => press.set(None),
    };
    let busy = Signal::derive(move || press.get().is_some());
    view! {
        <form
            class="bulk"
            id=FORM
            method="post"
            action=AssignLeads::url()
            aria-label="Change the chosen leads"
            node_ref=form
            data-idle=move || (nothing() && fault.with(Option::is_none)).then_some("true")
        >
            <FilterFields filter />
            {move || found.with(Found::exact).map(|count| view! { <input type="hidden" name="count" value=count /> })}
            <p class="bulk-count" role="status">
                {move || if all.get() { found.with(every) } else { format!("{} chosen", count(chosen.len() as u64, "lead")) }}
            </p>
            <label class="option">
                <input
                    type="checkbox"
                    name="all"
                    value="true"
                    prop:checked=all
                    on:change=move |event| all.set(event_target_checked(&event))
                />
                {move || found.with(every)}
            </label>
            <Actions choices busy pressed>
                <Agents choices />
            </Actions>
            {move || fault.get().map(|fault| view! { <FaultNote fault /> })}
        </form>
        <Question question press filter found closed />
    }
    .into_any()
}

/// Asks before all that match are changed.
#[component]
fn Question(
    question: NodeRef<html::Dialog>,
    press: RwSignal<Option<Press>>,
    filter: Memo<Filter>,
    found: Memo<Found>,
    closed: impl Fn(Event) + 'static,
) -> impl IntoView {
    let spares_customers = move || {
        let meant = Meant { filter: filter.get(), all: true, ..Meant::default() };
        press.get() == Some(Press::SetStatus) && meant.spares_customers()
    };
    view! {
        <dialog class="dialog" node_ref=question aria-labelledby="bulk-question" on:close=closed>
            <h2 id="bulk-question">{move || question_of(press.get(), &found.get())}</h2>
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

fn question_of(press: Option<Press>, found: &Found) -> String {
    let what = every(found);
    match press {
        Some(Press::SetStatus) => format!("{what}: set their status?"),
        _ => format!("{what}: assign them?"),
    }
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
