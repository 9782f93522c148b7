use calliyo_domain::settings::SectionKey;
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_params_map;

use super::{CustomerDetail, CustomerRow, read_customer};
use crate::{
    Fault, calls,
    leads::{
        ChangeLead, Place,
        detail::{Timeline, shown_of_address},
    },
    live::Live,
    ui::{Fact, MomentView, PageHead, Person, Refused, Tags, absent, shown},
};

/// `/customers/:id`: one customer with everything that happened.
#[component]
pub fn CustomerDetailPage() -> impl IntoView {
    let params = use_params_map();
    let id = Memo::new(move |_| params.with(|params| params.get("id").unwrap_or_default()));
    // Another customer is another page, even where the router stays on this one.
    move || view! { <OneCustomer id=id.get() /> }.into_any()
}

#[component]
fn OneCustomer(id: String) -> impl IntoView {
    let live = Live::current();
    let entries = shown_of_address();
    let detail = Resource::new(
        move || (entries.get(), live.leads(), live.calls(), live.saves(SectionKey::ShowCustomer) + live.company()),
        move |(entries, ..)| read_customer(id.clone(), entries),
    );
    let content = async move {
        let shown = shown(detail, detail.await);
        let refused = Memo::new(move |_| shown.with(|detail| detail.as_ref().err().cloned()));
        let reread = Callback::new(move |()| detail.refetch());
        move || match refused.get() {
            None => view! { <Detail shown reread /> }.into_any(),
            Some(fault) => view! { <Refused fault title="Customer" /> }.into_any(),
        }
    };
    view! { <Transition fallback=Skeleton>{Suspend::new(content)}</Transition> }.into_any()
}

/// The form stays as it is while what stands around it is read again.
#[component]
fn Detail(shown: RwSignal<Result<CustomerDetail, Fault>>, reread: Callback<()>) -> impl IntoView {
    let detail = move || shown.with(|detail| detail.as_ref().ok().cloned());
    let lead = shown.with_untracked(|detail| detail.as_ref().map_or(0, |detail| detail.customer.id));
    let version = Signal::derive(move || shown.with(|detail| detail.as_ref().map_or(0, |detail| detail.version)));
    let owner = Signal::derive(move || detail().and_then(|detail| detail.customer.owner));
    let choices = Signal::derive(move || detail().and_then(|detail| detail.choices));
    view! {
        {move || detail().map(|detail| view! { <Head detail /> })}
        {move || detail().map(|detail| view! { <Facts detail /> })}
        <ChangeLead lead version owner place=Place::Customer choices changed=reread />
        <History shown lead />
    }
    .into_any()
}

#[component]
fn Head(detail: CustomerDetail) -> impl IntoView {
    let CustomerRow { id, name, .. } = detail.customer;
    let title = name.clone();
    view! {
        <Title text=title />
        <p class="back">
            <a href="/customers">"Customers"</a>
        </p>
        <div class="page-head lead-head">
            <h1>{name}</h1>
            {detail.opens.then(|| view! { <a class="button" href=format!("/leads/{id}")>"Open the lead"</a> })}
        </div>
    }
    .into_any()
}

#[component]
fn Facts(detail: CustomerDetail) -> impl IntoView {
    let CustomerDetail { customer, source, created, .. } = detail;
    let CustomerRow { phone, email, converter, converted, owner, tags, .. } = customer;
    let (call, write) = (format!("tel:{phone}"), format!("mailto:{email}"));
    view! {
        <section class="card" aria-label="Details">
            <dl class="facts">
                <Fact name="Phone">
                    <a href=call>{phone}</a>
                </Fact>
                <Fact name="Email">
                    {if email.is_empty() { absent() } else { view! { <a href=write>{email}</a> }.into_any() }}
                </Fact>
                <Fact name="Converted by">
                    <Person name=converter nobody="Nobody: it came in as a customer" />
                </Fact>
                <Fact name="Converted">
                    <MomentView moment=converted />
                </Fact>
                <Fact name="Owner">
                    <Person name=owner nobody="Nobody" />
                </Fact>
                <Fact name="Tags">
                    {if tags.is_empty() { absent() } else { view! { <Tags tags /> }.into_any() }}
                </Fact>
                <Fact name="Source">
                    {if source.is_empty() { absent() } else { source.into_any() }}
                </Fact>
                <Fact name="Created">
                    <MomentView moment=created />
                </Fact>
            </dl>
        </section>
    }
    .into_any()
}

/// The history stays in place while it grows. In none of it is there anything to be put right here.
#[component]
fn History(shown: RwSignal<Result<CustomerDetail, Fault>>, lead: i64) -> impl IntoView {
    let entries = Signal::derive(move || {
        shown.with(|detail| detail.as_ref().map_or_else(|_| Vec::new(), |detail| detail.timeline.clone()))
    });
    let older = Signal::derive(move || shown.with(|detail| detail.as_ref().is_ok_and(|detail| detail.older)));
    let zone =
        move || shown.with(|detail| detail.as_ref().map(|detail| format!("Times are in {}.", detail.time_zone)).ok());
    let page = format!("/customers/{lead}");
    view! {
        <section class="card" id="timeline" aria-labelledby="timeline-title">
            <div class="card-head">
                <h2 id="timeline-title">"Timeline"</h2>
                <p>"What happened, newest first."</p>
            </div>
            <Timeline lead page entries older place=calls::Place::Lead corrected=|_| () />
        </section>
        <p class="zone">{zone}</p>
    }
    .into_any()
}

#[component]
fn Skeleton() -> impl IntoView {
    view! {
        <PageHead title="Customer" purpose="" />
        <div class="skeleton" data-kind="list" role="status">
            <span class="visually-hidden">"Reading the customer…"</span>
        </div>
    }
}
