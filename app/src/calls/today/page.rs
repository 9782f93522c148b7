use leptos::prelude::*;
use leptos_meta::Title;

use super::{CallToday, CallsToday, read_calls_today};
use crate::{
    Fault,
    calls::{CorrectedCall, Place},
    dashboard::DASHBOARD,
    leads::detail::{CallEntry, CallTimes, Entry, What},
    live::Live,
    tasks::TASKS,
    ui::{DoneNote, Empty, MomentView, PageHead, Refused, followed, parameter},
};

/// `/calls`: what the viewer logged today, to be looked at and put right.
#[component]
pub fn CallsTodayPage() -> impl IntoView {
    let live = Live::current();
    let calls = Resource::new(move || (live.calls(), live.leads() + live.company()), |_| read_calls_today());
    // Not in a closure: later loads leave a form that is open as it is.
    let content = async move {
        match calls.await {
            Ok(first) => view! { <Content first calls /> }.into_any(),
            Err(fault) => view! { <Refused fault title="Your calls today" /> }.into_any(),
        }
    };
    view! {
        <Title text="Your calls today" />
        <Transition fallback=|| view! { <div class="skeleton" data-kind="list"></div> }>
            {Suspend::new(content)}
        </Transition>
    }
    .into_any()
}

#[component]
fn Content(first: CallsToday, calls: Resource<Result<CallsToday, Fault>>) -> impl IntoView {
    let state = followed(first, calls);
    let done = RwSignal::new(parameter("corrected").map(|_| "The call was corrected.".to_owned()));
    let corrected = move |call: CorrectedCall| {
        done.set(Some(call.said));
        calls.refetch();
    };
    let none = Memo::new(move |_| state.with(|state| state.calls.is_empty()));
    view! {
        <p class="back"><a href=DASHBOARD>"Back to the dashboard"</a></p>
        <PageHead title="Your calls today" purpose=Signal::derive(move || state.with(|state| {
            format!("Newest first. A call can be put right until the day is over in {}.", state.time_zone)
        })) />
        <DoneNote text=done />
        {move || none.get().then(|| view! {
            <Empty title="No call yet today">"What you log stands here. " <a href=TASKS>"Open the tasks"</a> " to begin."</Empty>
        })}
        <section class="card" aria-label="Calls" hidden=none>
            <ol class="timeline calls-today">
                <For each=move || state.with(|state| state.calls.clone()) key=CallToday::timeless let:call>
                    <Call call state corrected />
                </For>
            </ol>
        </section>
        {move || state.with(|state| state.more).then(|| view! { <p class="card-empty">"These are the newest."</p> })}
    }
    .into_any()
}

#[component]
fn Call(
    call: CallToday,
    state: RwSignal<CallsToday>,
    corrected: impl Fn(CorrectedCall) + Copy + Send + Sync + 'static,
) -> impl IntoView {
    let CallToday { lead, name, entry } = call;
    let with = match name {
        Some(name) => view! { <a href=format!("/leads/{lead}")>{name}</a> }.into_any(),
        None => view! { <span class="nobody">"A lead that you may no longer see"</span> }.into_any(),
    };
    let Entry { id, at, what, .. } = entry;
    // Its times as the company's clocks show them now.
    let now = Memo::new(move |_| {
        state.with(|state| state.calls.iter().find(|call| call.entry.id == id).map(|call| call.entry.clone()))
    });
    let times = CallTimes::of(&what);
    let times = Signal::derive(move || {
        now.with(|now| now.as_ref().map_or_else(|| times.clone(), |now| CallTimes::of(&now.what)))
    });
    let at = Memo::new(move |_| now.with(|now| now.as_ref().map_or_else(|| at.clone(), |now| now.at.clone())));
    let What::Call { says, may_correct, .. } = what else { return ().into_any() };
    view! {
        <li data-kind="call">
            <p class="call-with">{with}</p>
            <div class="timeline-what">
                <CallEntry id says times may_correct lead place=Place::Calls corrected />
            </div>
            <p class="timeline-by">{move || view! { <MomentView moment=at.get() /> }}</p>
        </li>
    }
    .into_any()
}
