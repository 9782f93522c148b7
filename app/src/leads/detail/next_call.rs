use leptos::{html, prelude::*, server_fn::ServerFn};

use super::{LeadDetail, NextCall, SetNextCall};
use crate::{
    calls::{NotDone, Place},
    ui::{
        DoneNote, FieldProblem, MomentView, Refusal, company_time, described_by, focus_field, from_here, made_under,
        parameter, post, problem_of_form,
    },
};

/// How addresses call the form, which is its card's id as well.
const FORM: &str = "next-call";
const FIELD: &str = "next-call-follow_up";

/// A card that says when the next call with the lead is agreed on, and changes that without a call.
#[component]
pub fn NextCallCard(
    lead: RwSignal<LeadDetail>,
    place: Place,
    /// Called when it was changed.
    changed: impl Fn() + Copy + Send + Sync + 'static,
) -> impl IntoView {
    let next = Memo::new(move |_| lead.with(|lead| lead.follow_up.clone()));
    let done = RwSignal::new(done_before());
    view! {
        <section class="card" id=FORM aria-labelledby="next-call-title">
            <div class="card-head">
                <h2 id="next-call-title">"Next call"</h2>
                <p>{move || said(next.get())}</p>
            </div>
            <DoneNote id="next-call-done" text=done />
            <Form lead place next done changed />
        </section>
    }
    .into_any()
}

/// What the form did before the page was loaded.
fn done_before() -> Option<String> {
    match parameter("next_call").as_deref() {
        Some("set") => Some("The next call is agreed on.".to_owned()),
        Some("dropped") => Some("No call is agreed on any more.".to_owned()),
        _ => None,
    }
}

fn said(next: Option<NextCall>) -> AnyView {
    let Some(NextCall { due, overdue }) = next else {
        return "No call is agreed on. To agree on one, choose a time and save it.".into_any();
    };
    view! {
        <MomentView moment=due />
        {overdue.then(|| view! { " " <span class="overdue">"overdue"</span> })}
    }
    .into_any()
}

#[component]
fn Form(
    lead: RwSignal<LeadDetail>,
    place: Place,
    next: Memo<Option<NextCall>>,
    done: RwSignal<Option<String>>,
    changed: impl Fn() + Copy + Send + Sync + 'static,
) -> impl IntoView {
    let action = ServerAction::<SetNextCall>::new();
    let pending = action.pending();
    let refusal = Refusal::of_form(FORM, action.value().into());
    let problem = refusal.at("follow_up");
    let id = lead.with_untracked(|lead| lead.id);
    let now = Signal::derive(move || lead.with(|lead| lead.call.time_zone.clone()));
    let brought = problem_of_form(FORM).and_then(|_| parameter("follow_up"));
    let touched = RwSignal::new(brought.is_some());
    let made = made_under(now.get_untracked(), now, touched.into(), refusal);
    let zone = company_time(now, made);
    // What is agreed on, or else what is offered.
    let start = Memo::new(move |_| {
        let agreed = next.get().map(|next| next.due.for_field());
        agreed.unwrap_or_else(|| lead.with(|lead| lead.call.follow_up.clone()))
    });
    let typed = brought.unwrap_or_else(|| start.get_untracked());
    let field = NodeRef::<html::Input>::new();
    follow(field, start);
    let due = move || next.with(|next| next.as_ref().map(|next| next.due.at));
    let agreed = StoredValue::new(untrack(due));
    Effect::new(move |_| match action.value().get() {
        Some(Ok(answer)) => {
            agreed.set_value(answer.due);
            if answer.due.is_some() {
                touched.set(false);
            }
            done.set(Some(answer.said));
            changed();
        }
        Some(Err(fault)) => {
            done.set(None);
            if fault.field() == Some("follow_up") {
                focus_field(FIELD);
            }
        }
        None => {}
    });
    // What was done is said no longer once another did something else.
    Effect::new(move |before: Option<Option<i64>>| {
        let now = due();
        if before.is_some_and(|before| before != now) && agreed.get_value() != now {
            done.set(None);
        }
        now
    });
    let busy = move || pending.get().then_some("true");
    view! {
        <form class="next-call" method="post" action=from_here(SetNextCall::url()) novalidate autocomplete="off"
            data-own-keys on:input=move |_| touched.set(true) on:submit=post(action)>
            <input type="hidden" name="id" value=id />
            <input type="hidden" name="place" value=place.key() />
            <input type="hidden" name="time_zone" value=move || made.get() />
            <input type="hidden" name="seen" value=move || next.get().map(|next| next.due.at) />
            <div class="field">
                <label for=FIELD>"Date and time"</label>
                <div class="field-line">
                    <input id=FIELD name="follow_up" type="datetime-local" value=typed node_ref=field
                        aria-describedby=move || described_by(FIELD, true, problem.with(Option::is_some))
                        aria-invalid=move || problem.with(Option::is_some).then_some("true") />
                    <button class="button" type="submit" aria-disabled=busy>"Save"</button>
                    {move || next.with(Option::is_some).then(|| view! {
                        <button class="button" type="submit" name="drop" value="true" aria-disabled=busy>
                            "Cancel the next call"
                        </button>
                    })}
                </div>
                <p class="field-help" id=format!("{FIELD}-help")>{zone}</p>
                <FieldProblem id=FIELD problem />
            </div>
            {move || refusal.elsewhere(&["follow_up"]).map(|fault| view! { <NotDone fault what="nothing was changed" /> })}
        </form>
    }
    .into_any()
}

/// Has the field follow `value` as long as nothing else is typed.
fn follow(field: NodeRef<html::Input>, value: Memo<String>) {
    Effect::new(move |before: Option<String>| {
        let value = value.get();
        if let (Some(before), Some(field)) = (before, field.get_untracked())
            && field.value() == before
        {
            field.set_value(&value);
        }
        value
    });
}
