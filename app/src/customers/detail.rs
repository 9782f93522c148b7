use calliyo_domain::settings::SectionKey;
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_params_map;

use super::{
    CustomerDetail, CustomerRow,
    events::Events,
    read_customer,
    table::{Person, Tags},
};
use crate::{
    Fault,
    live::Live,
    not_found::NotFound,
    ui::{FaultNote, MomentView, PageHead, set_status, shown},
};

/// `/customers/:id`: one customer with everything that happened.
#[component]
pub fn CustomerDetailPage() -> impl IntoView {
    let params = use_params_map();
    let live = Live::current();
    let detail = Resource::new(
        move || {
            let id = params.with(|params| params.get("id").unwrap_or_default());
            (id, live.leads(), live.saves(SectionKey::ShowCustomer))
        },
        |(id, ..)| read_customer(id),
    );
    let content = async move {
        let shown = shown(detail, detail.await);
        move || match shown.get() {
            Ok(detail) => view! { <Detail detail /> }.into_any(),
            Err(fault) => view! { <Refused fault /> }.into_any(),
        }
    };
    view! { <Transition fallback=Skeleton>{Suspend::new(content)}</Transition> }.into_any()
}

#[component]
fn Detail(detail: CustomerDetail) -> impl IntoView {
    let CustomerDetail { customer, source, converted, created, events, time_zone } = detail;
    let CustomerRow { name, phone, email, converter, owner, tags, .. } = customer;
    let (call, write) = (format!("tel:{phone}"), format!("mailto:{email}"));
    let title = name.clone();
    view! {
        <Title text=title />
        <div class="page-head">
            <p>
                <a href="/customers">"Customers"</a>
            </p>
            <h1>{name}</h1>
        </div>
        <section class="card" aria-label="Details">
            <dl class="facts">
                <Fact name="Phone">
                    <a href=call>{phone}</a>
                </Fact>
                <Fact name="Email">
                    {if email.is_empty() {
                        view! { <Absent /> }.into_any()
                    } else {
                        view! { <a href=write>{email}</a> }.into_any()
                    }}
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
                    {if tags.is_empty() { view! { <Absent /> }.into_any() } else { view! { <Tags tags /> }.into_any() }}
                </Fact>
                <Fact name="Source">
                    {if source.is_empty() { view! { <Absent /> }.into_any() } else { source.into_any() }}
                </Fact>
                <Fact name="Created">
                    <MomentView moment=created />
                </Fact>
            </dl>
        </section>
        <Events events />
        <p class="zone">{format!("Times are in {time_zone}.")}</p>
    }
    .into_any()
}

#[component]
fn Fact(name: &'static str, children: Children) -> impl IntoView {
    view! {
        <div>
            <dt>{name}</dt>
            <dd>{children()}</dd>
        </div>
    }
    .into_any()
}

#[component]
fn Absent() -> impl IntoView {
    view! { <span class="nobody">"None"</span> }
}

#[component]
fn Refused(fault: Fault) -> impl IntoView {
    match fault {
        // Whether it isn't there or isn't for this viewer is the same answer.
        Fault::NotFound => {
            set_status(404);
            return view! { <NotFound /> }.into_any();
        }
        Fault::Forbidden => set_status(403),
        Fault::SignedOut => {}
        _ => set_status(503),
    }
    view! {
        <Title text="Customer" />
        <PageHead title="Customer" purpose="" />
        <FaultNote fault />
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
