use leptos::{prelude::*, server_fn::ServerFn};
use leptos_meta::Title;
use leptos_router::hooks::use_params_map;

use super::{
    EditLead, LeadDraft, LeadRecord,
    fields::{FIELDS, LeadFieldInputs},
    read_lead_record,
};
use crate::{
    Fault,
    live::Live,
    ui::{
        Card, FormButtons, NotSaved, PageHead, Refusal, Refused, followed, from_here, guard_typed, json_parameter,
        leaving, made_under, post,
    },
};

/// `/leads/:id/edit`
#[component]
pub fn EditLeadPage() -> impl IntoView {
    let params = use_params_map();
    // What is no number is no lead's.
    let id = Memo::new(move |_| params.with(|params| params.get("id")?.parse::<i64>().ok()).unwrap_or_default());
    let live = Live::current();
    let record = Resource::new(move || (id.get(), live.company()), |(id, _)| read_lead_record(id));
    // Not in a closure: later loads are followed, and don't throw away what is typed.
    let content = async move {
        match record.await {
            Ok(first) => view! { <EditForm first record /> }.into_any(),
            Err(fault) => view! { <Refused fault title="Edit lead" /> }.into_any(),
        }
    };
    view! {
        <Title text="Edit lead" />
        <p class="back"><a href=move || format!("/leads/{}", id.get())>"Back to the lead"</a></p>
        <Transition fallback=|| view! { <div class="skeleton" data-kind="section"></div> }>
            {Suspend::new(content)}
        </Transition>
    }
    .into_any()
}

#[component]
fn EditForm(first: LeadRecord, record: Resource<Result<LeadRecord, Fault>>) -> impl IntoView {
    let edit = ServerAction::<EditLead>::new();
    let refusal = Refusal::of(edit.value().into());
    let LeadRecord { id, name, .. } = first.clone();
    let brought = json_parameter::<LeadDraft>("draft");
    let touched = RwSignal::new(brought.is_some());
    let start = brought.unwrap_or_else(|| first.stored.clone());
    // The next try is made on what is stored now, which is shown.
    let stored = followed(first, record);
    let country = Signal::derive(move || stored.with(|stored| stored.country.clone()));
    let code = Signal::derive(move || country.with(|country| country.code.clone()));
    let made = made_under(code.get_untracked(), code, touched.into(), refusal);
    let facts = Memo::new(move |_| stored.with(facts));
    Effect::new(move |_| {
        if edit.value().with(|value| matches!(value, Some(Err(Fault::Changed)))) {
            record.refetch();
        }
    });
    let busy = leaving(edit.pending(), edit.value().into());
    let guard = guard_typed(busy);
    let typed = move |event| {
        touched.set(true);
        guard(event);
    };
    view! {
        <PageHead title="Edit lead" purpose=name />
        <Card id="lead" title="Lead" purpose="What is known of them. The timeline keeps what was edited.">
            <form method="post" action=from_here(EditLead::url()) class="stack" novalidate autocomplete="off"
                on:input=typed on:submit=post(edit)>
                <input type="hidden" name="id" value=id />
                <input type="hidden" name="version" value=move || stored.with(|stored| stored.version) />
                <div class="field-pair">
                    <LeadFieldInputs start country made refusal />
                </div>
                <NotSaved refusal fields=&FIELDS what="lead" facts />
                <FormButtons label="Save" busy="Saving…" pending=busy cancel=format!("/leads/{id}") />
            </form>
        </Card>
    }
    .into_any()
}

/// What the lead is, for who typed on what it was.
fn facts(lead: &LeadRecord) -> Vec<(&'static str, String)> {
    let LeadDraft { first_name, last_name, phone, email, tags, source, .. } = lead.stored.clone();
    vec![
        ("First name", first_name),
        ("Last name", last_name),
        ("Phone", phone),
        ("Email", email),
        ("Tags", tags),
        ("Source", source),
    ]
}
