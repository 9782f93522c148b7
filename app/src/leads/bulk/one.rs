use leptos::{html, prelude::*, server_fn::ServerFn, task::spawn_local};
use leptos_router::hooks::use_navigate;

use super::{
    AssignLeads, Draft, FORM, Meant, Outcome, Place, Ticked, changed_before,
    fields::{Actions, OneAgent},
    outcome_of,
    send::{Press, Typed, send},
};
use crate::{
    leads::Choices,
    ui::{FaultNote, from_here, problem_of_form, with_query},
};

/// A card on the page of one lead, by which a holder of `management` gives it another owner or status, as many are
/// changed on the list. There is none for others.
#[component]
pub fn ChangeLead(
    lead: i64,
    /// As the page shows it.
    #[prop(into)]
    version: Signal<i64>,
    /// Its owner's name.
    #[prop(into)]
    owner: Signal<Option<String>>,
    place: Place,
    /// Nothing for who may not change it.
    #[prop(into)]
    choices: Signal<Option<Choices>>,
    /// To be called when the lead has been changed and the page is still its page.
    #[prop(into)]
    changed: Callback<()>,
) -> impl IntoView {
    let may = Memo::new(move |_| choices.with(Option::is_some));
    let choices = Memo::new(move |_| choices.get().unwrap_or_default());
    let done = RwSignal::new(choices.with_untracked(changed_before));
    let lead = Signal::derive(move || Ticked::at(lead, version.get()));
    move || {
        may.get().then(|| {
            view! {
                <section class="card" aria-labelledby="change-lead-title">
                    <div class="card-head">
                        <h2 id="change-lead-title">"Owner and status"</h2>
                        <p>{move || owner.with(|owner| format!("Owned by {}.", owner.as_deref().unwrap_or("nobody")))}</p>
                    </div>
                    <p
                        class="note"
                        data-kind=move || done.with(|done| done.as_ref().map_or("done", |done| done.kind))
                        role="status"
                        hidden=move || done.with(Option::is_none)
                    >
                        {move || done.get().map(|done| done.said)}
                    </p>
                    <ChangeForm lead place choices done changed />
                </section>
            }
            .into_any()
        })
    }
}

#[component]
fn ChangeForm(
    lead: Signal<Ticked>,
    place: Place,
    choices: Memo<Choices>,
    done: RwSignal<Option<Outcome>>,
    changed: Callback<()>,
) -> impl IntoView {
    let form = NodeRef::<html::Form>::new();
    let busy = RwSignal::new(false);
    let fault = RwSignal::new(problem_of_form(FORM));
    let navigate = StoredValue::new(use_navigate());
    let Draft { agents, status, .. } = Draft::of_address();
    let chosen = agents.into_iter().next();
    let pressed = move |press: Press| {
        let Some(form) = form.get_untracked() else { return };
        busy.set(true);
        done.set(None);
        let meant = Meant { ids: vec![lead.get_untracked()], ..Meant::default() };
        let typed = Typed::of(&form);
        let navigate = navigate.get_value();
        spawn_local(async move {
            let answer = send(press, meant.clone(), typed, place).await;
            // The page may hear of the change before the answer comes, and be gone.
            busy.try_set(false);
            fault.try_set(answer.as_ref().err().cloned());
            let Ok(answer) = answer else { return };
            let next = place.after(&answer);
            if next == place {
                done.try_set(choices.try_with_untracked(|choices| outcome_of(&answer, choices)));
                if answer.did_something() {
                    form.reset();
                }
                changed.try_run(());
            } else if let Ok(said) = serde_json::to_string(&answer) {
                let page = next.address(&meant);
                navigate(&with_query(&page, &[("changed", &said)]), Default::default());
            }
        });
    };
    view! {
        <form class="change-lead" id=FORM method="post" action=from_here(AssignLeads::url()) autocomplete="off" data-own-keys node_ref=form>
            <input type="hidden" name="ids[]" value=move || lead.get().to_string() />
            <input type="hidden" name="place" value=place.key() />
            <Actions choices busy status pressed>
                <OneAgent choices chosen />
            </Actions>
            {move || fault.get().map(|fault| view! { <FaultNote fault /> })}
        </form>
    }
    .into_any()
}
