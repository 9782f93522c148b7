use calliyo_domain::lead::BY_HAND;
use leptos::{prelude::*, server_fn::ServerFn};

use super::{
    AddLead, LeadDraft, NewLeadForm,
    fields::{FIELDS, LeadFieldInputs},
    read_new_lead,
};
use crate::{
    Fault,
    leads::Owner,
    live::Live,
    ui::{
        Card, FaultNote, FieldProblem, FormButtons, FormPage, Refusal, described_by, followed, from_here, guard_typed,
        json_parameter, leaving, made_under, post,
    },
};

/// `/leads/new`
#[component]
pub fn NewLeadPage() -> impl IntoView {
    let live = Live::current();
    let start = Resource::new(move || live.company(), |_| read_new_lead());
    view! {
        <FormPage
            title="Add a lead"
            purpose="One lead, typed in. Whole lists are imported as a file."
            back=("/leads", "All leads")
            start
            form=move |form| view! { <AddForm form read=start /> }
        />
    }
}

#[component]
fn AddForm(
    form: NewLeadForm,
    /// What reads it again.
    read: Resource<Result<NewLeadForm, Fault>>,
) -> impl IntoView {
    let add = ServerAction::<AddLead>::new();
    let refusal = Refusal::of(add.value().into());
    let blank = LeadDraft { source: BY_HAND.to_owned(), ..LeadDraft::default() };
    let brought = json_parameter::<LeadDraft>("draft");
    let touched = RwSignal::new(brought.is_some());
    let start = brought.unwrap_or(blank);
    let (owner, owners) = (start.owner.clone(), form.owners.clone());
    let form = followed(form, read);
    let country = Signal::derive(move || form.with(|form| form.country.clone()));
    let code = Signal::derive(move || country.with(|country| country.code.clone()));
    let made = made_under(code.get_untracked(), code, touched.into(), refusal);
    let busy = leaving(add.pending(), add.value().into());
    let guard = guard_typed(busy);
    let typed = move |event| {
        touched.set(true);
        guard(event);
    };
    view! {
        <Card id="lead" title="Lead" purpose="What is known of them. It can be edited later.">
            <form method="post" action=from_here(AddLead::url()) class="stack" novalidate autocomplete="off"
                on:input=typed on:submit=post(add)>
                <div class="field-pair">
                    <LeadFieldInputs start country made refusal />
                    <OwnerField owners chosen=owner problem=refusal.at("owner") />
                </div>
                {move || refusal.elsewhere(&FIELDS).map(|fault| view! { <FaultNote fault /> })}
                <FormButtons label="Add the lead" busy="Adding…" pending=busy cancel="/leads" />
            </form>
        </Card>
    }
    .into_any()
}

#[component]
fn OwnerField(owners: Vec<Owner>, chosen: String, problem: Signal<Option<String>>) -> impl IntoView {
    let options = owners.into_iter().map(|owner| {
        view! {
            <option value=owner.id selected=chosen == owner.id.to_string()>
                {owner.label()}
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
                "Agents who receive leads and have room. With nobody, the lead waits for the next top-up or assignment."
            </p>
            <FieldProblem id="owner" problem />
        </div>
    }
    .into_any()
}
