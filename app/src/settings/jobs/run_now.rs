use calliyo_domain::job::Job;
use leptos::{ev::SubmitEvent, html, prelude::*, server_fn::ServerFn};

use super::{RunJobNow, RunNow, confirm_run::ConfirmRun};
use crate::ui::{FaultNote, from_here, parameter, problem_in_address};

/// Run Now: asks first where there is JavaScript, posts by itself where there is none.
#[component]
pub fn RunNowForm(
    job: Job,
    /// Whether a run waits or is at work.
    under_way: Signal<bool>,
    /// Whether the section's form has unsaved changes.
    unsaved: Signal<bool>,
    /// Set once a run is asked for, until the panel has been read again.
    asked: RwSignal<bool>,
    /// Reads the panel again.
    reread: impl Fn() + Copy + Send + Sync + 'static,
) -> impl IntoView {
    let run = ServerAction::<RunJobNow>::new();
    let dialog = NodeRef::<html::Dialog>::new();
    let asking = RwSignal::new(false);
    let busy = Signal::derive(move || under_way.get() || run.pending().get());

    let in_address = (parameter("job").as_deref() == Some(job.key())).then(problem_in_address).flatten();
    let refusal = move || match run.value().get() {
        Some(answer) => answer.err(),
        None => in_address.clone(),
    };
    let was_under_way = move || run.value().with(|answer| matches!(answer, Some(Ok(RunNow::UnderWay { .. }))));

    Effect::new(move |_| {
        if run.value().with(|answer| matches!(answer, Some(Ok(_)))) {
            asked.set(true);
            reread();
        }
    });
    let ask = move |event: SubmitEvent| {
        event.prevent_default();
        if let Some(dialog) = dialog.get_untracked()
            && !busy.get_untracked()
        {
            asking.set(true);
            if let Err(error) = dialog.show_modal() {
                leptos::logging::error!("the dialog can't be opened: {error:?}");
            }
        }
    };

    view! {
        <form class="run-now" method="post" action=from_here(RunJobNow::url()) on:submit=ask>
            <input type="hidden" name="job" value=job.key() />
            <button class="button" type="submit" aria-disabled=move || busy.get().then_some("true")>
                {move || if busy.get() { "Run under way" } else { "Run Now" }}
            </button>
            <p class="field-help">
                "Click Run Now to trigger the job immediately." {move || unsaved.get().then_some(" It uses the saved settings.")}
            </p>
        </form>
        {move || (was_under_way() && under_way.get()).then(|| {
            view! {
                <p class="note" role="status">
                    "A run was under way already, so no second one was started."
                </p>
            }
        })}
        {move || refusal().map(|fault| view! { <FaultNote fault /> })}
        <ConfirmRun job dialog asking confirm=move || { run.dispatch(RunJobNow { job }); } />
    }
    .into_any()
}
