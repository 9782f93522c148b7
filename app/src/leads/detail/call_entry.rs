use calliyo_domain::call::Direction;
use leptos::prelude::*;

use super::{Correction, Says, What};
use crate::{
    calls::{CorrectCallForm, CorrectedCall, Place, TypedCall, clock, talk},
    ui::{Moment, MomentView},
};

/// What has times of its own in the entry of a call.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CallTimes {
    corrections: Vec<Correction>,
    undone: Option<Moment>,
}

impl CallTimes {
    pub fn of(what: &What) -> Self {
        match what {
            What::Call { corrections, undone, .. } => Self { corrections: corrections.clone(), undone: undone.clone() },
            _ => Self::default(),
        }
    }
}

/// A call in the timeline: what the log says of it, what it said before, and the form that puts it right.
#[component]
pub fn CallEntry(
    id: i64,
    says: Says,
    /// As the company's clocks show them now.
    times: Signal<CallTimes>,
    may_correct: bool,
    lead: i64,
    place: Place,
    corrected: impl Fn(CorrectedCall) + Copy + Send + Sync + 'static,
) -> impl IntoView {
    let typed = typed(&says);
    let Says { status, direction, duration_seconds, note } = says;
    view! {
        <p class:undone=move || times.with(|times| times.undone.is_some())>
            {way(direction)} ": " <strong>{status.title()}</strong> ", " {talk(duration_seconds)}
        </p>
        {said_note(note)}
        {move || times.get().undone.map(|at| {
            view! { <p class="timeline-why">"Undone " <MomentView moment=at /> ", so it counts nowhere."</p> }
        })}
        {move || times.get().corrections.into_iter().map(correction).collect_view()}
        {may_correct.then(|| view! { <CorrectCallForm id says=typed lead place corrected /> })}
    }
    .into_any()
}

fn way(direction: Direction) -> &'static str {
    if direction == Direction::Incoming { "Incoming call" } else { "Call" }
}

fn said_note(note: String) -> Option<AnyView> {
    (!note.is_empty()).then(|| view! { <p class="timeline-note">{note}</p> }.into_any())
}

fn correction(correction: Correction) -> AnyView {
    let Correction { at, by, said } = correction;
    let before = format!("{}: {}, {}", way(said.direction), said.status.title(), talk(said.duration_seconds));
    view! {
        <p class="timeline-why">"Corrected at " <MomentView moment=at /> " by " {by} ", from: " {before} "."</p>
        {said_note(said.note)}
    }
    .into_any()
}

/// What the form starts with.
fn typed(says: &Says) -> TypedCall {
    TypedCall {
        status: says.status.key().to_owned(),
        direction: says.direction.key().to_owned(),
        duration: clock(says.duration_seconds),
        note: says.note.clone(),
        ..TypedCall::default()
    }
}
