use calliyo_domain::lead::BY_HAND;
use leptos::{form::ActionForm, prelude::*};
use leptos_meta::Title;

use super::{
    AddLead, LeadDraft, NewLeadForm,
    fields::{FIELDS, LeadFieldInputs},
    read_new_lead,
};
use crate::{
    leads::Owner,
    ui::{Card, FaultNote, FieldProblem, PageHead, Refusal, Refused, SubmitButton, described_by, json_parameter},
};

/// `/leads/new`
#[component]
pub fn NewLeadPage() -> impl IntoView {
    let form = Resource::new(|| (), |()| read_new_lead());
    // Not in a closure: the form is built once, so that nothing typed is lost.
    let content = async move {
        match form.await {
            Ok(form) => view! { <AddForm form /> }.into_any(),
            Err(fault) => view! { <Refused fault /> }.into_any(),
        }
    };
    view! {
        <Title text="Add a lead" />
        <p class="back"><a href="/leads">"All leads"</a></p>
        <PageHead title="Add a lead" purpose="One lead, typed in. Whole lists are imported as a file." />
        <Suspense fallback=|| view! { <div class="skeleton" data-kind="section"></div> }>{Suspend::new(content)}</Suspense>
    }
    .into_any()
}

#[component]
fn AddForm(form: NewLeadForm) -> impl IntoView {
    let add = ServerAction::<AddLead>::new();
    let refusal = Refusal::of(add.value().into());
    let blank = LeadDraft { source: BY_HAND.to_owned(), ..LeadDraft::default() };
    let start = json_parameter::<LeadDraft>("draft").unwrap_or(blank);
    let owner = start.owner.clone();
    // Stays so after success, until the next page has loaded.
    let busy = Signal::derive(move || add.pending().get() || add.value().with(|value| matches!(value, Some(Ok(())))));
    view! {
        <Card id="lead" title="Lead" purpose="What is known of them. It can be edited later.">
            <ActionForm action=add attr:class="stack" attr:novalidate=true attr:autocomplete="off">
                <div class="field-pair">
                    <LeadFieldInputs start country=form.country refusal />
                    <OwnerField owners=form.owners chosen=owner problem=refusal.at("owner") />
                </div>
                {move || refusal.elsewhere(&FIELDS).map(|fault| view! { <FaultNote fault /> })}
                <div class="form-buttons">
                    <SubmitButton label="Add the lead" busy="Adding…" pending=busy />
                    <a class="button" href="/leads">
                        "Cancel"
                    </a>
                </div>
            </ActionForm>
        </Card>
    }
    .into_any()
}

#[component]
fn OwnerField(owners: Vec<Owner>, chosen: String, problem: Signal<Option<String>>) -> impl IntoView {
    let options = owners.into_iter().map(|Owner { id, name, load, cap }| {
        view! {
            <option value=id selected=chosen == id.to_string()>
                {format!("{name} ({load} of {cap})")}
            </option>
        }
    });
    view! {
        <div class="field">
            <label for="owner">"Owner"</label>
            <select
                id="owner"
                name="lead[owner]"
                aria-describedby=move || described_by("owner", true, problem.with(Option::is_some))
                aria-invalid=move || problem.with(Option::is_some).then_some("true")
            >
                <option value="">"Nobody (unassigned)"</option>
                {options.collect_view()}
            </select>
            <p class="field-help" id="owner-help">
                "Agents whose queue has room. Nobody leaves the lead to the next top-up or assignment."
            </p>
            <FieldProblem id="owner" problem />
        </div>
    }
    .into_any()
}
