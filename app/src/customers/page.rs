use calliyo_domain::settings::SectionKey;
use leptos::prelude::*;
use leptos_meta::Title;

use super::{CustomerPage, list_customers, place::Place, search::SearchForm, table::CustomerTable};
use crate::{
    Fault,
    live::Live,
    ui::{Empty, ListHint, PageHead, Pages, Refused, awaited, count, outdated, shown},
};

/// `/customers`: one page of the customers that the viewer may see.
#[component]
pub fn CustomersPage() -> impl IntoView {
    let place = Place::of_address();
    let live = Live::current();
    let page = Resource::new(
        move || (place.get(), live.saves(SectionKey::ShowCustomer) + live.company()),
        |(Place { q, after, before }, _)| list_customers(q, after, before),
    );
    let outdated = outdated(page);
    let awaited = awaited(place, page);
    let content = async move {
        let shown = shown(page, page.await);
        let refused = Memo::new(move |_| shown.with(|page| page.as_ref().err().cloned()));
        let reread = Callback::new(move |()| page.refetch());
        move || match refused.get() {
            None => view! { <Listing place shown outdated reread awaited /> }.into_any(),
            Some(fault) => view! { <Refused fault title="Customers" /> }.into_any(),
        }
    };
    view! {
        <Title text="Customers" />
        <Transition fallback=Skeleton>{Suspend::new(content)}</Transition>
    }
    .into_any()
}

/// The head and the search stay as they are while what they lead to is read again.
#[component]
fn Listing(
    place: Memo<Place>,
    shown: RwSignal<Result<CustomerPage, Fault>>,
    outdated: RwSignal<bool>,
    reread: Callback<()>,
    awaited: Signal<bool>,
) -> impl IntoView {
    let page = move || shown.with(|page| page.as_ref().ok().cloned());
    let own = Memo::new(move |_| shown.with(|page| page.as_ref().is_ok_and(|page| page.own)));
    let found = move || {
        let n = page()?.count;
        let what = match place.with(Place::searches) {
            false => "",
            true if n > 1 => " found, newest lead first",
            true => " found",
        };
        Some(format!("{}{what}", count(n.unsigned_abs(), "customer")))
    };
    let may_export = move || shown.with(|page| page.as_ref().is_ok_and(|page| page.count > 0));
    view! {
        <PageHead title="Customers" purpose=Signal::derive(move || purpose(own.get()).to_owned()) />
        <ListHint outdated says="Customers may have changed." reread />
        <SearchForm place awaited />
        <div class="list-tools">
            <p role="status">{found}</p>
            {move || may_export().then(|| {
                // The router would look for a page there: `external` leaves the link to the browser.
                view! {
                    <a class="button" href=move || place.get().export() download rel="external">
                        "Download CSV"
                    </a>
                }
            })}
        </div>
        {move || page().map(|page| view! { <List place page /> })}
    }
    .into_any()
}

fn purpose(own: bool) -> &'static str {
    if own {
        "The customers you converted, newest first. They stay here whoever looks after them now."
    } else {
        "Every customer of the company, newest first."
    }
}

#[component]
fn List(place: Memo<Place>, page: CustomerPage) -> impl IntoView {
    let CustomerPage { rows, previous, next, own, time_zone, .. } = page;
    let previous =
        Memo::new(move |_| previous.as_ref().map(|previous| place.with(|place| place.previous(previous).address())));
    let first =
        Signal::derive(move || previous.with(Option::is_some).then(|| place.with(|place| place.first().address())));
    let next = Signal::derive(move || next.as_ref().map(|next| place.with(|place| place.next(next).address())));
    let table = if rows.is_empty() {
        view! { <Nothing place own /> }.into_any()
    } else {
        view! { <CustomerTable rows /> }.into_any()
    };
    view! {
        {table}
        <Pages first previous next time_zone />
    }
    .into_any()
}

/// What to do when there is nothing to list.
#[component]
fn Nothing(place: Memo<Place>, own: bool) -> impl IntoView {
    move || {
        let place = place.get();
        let (title, text) = if place.searches() {
            let title = format!("No customers match “{}”", place.q.trim());
            let link = view! { <a href="/customers">"show all customers"</a> };
            (title, view! { "Search for the beginning of a name, phone number or email, or " {link} "." }.into_any())
        } else if place != place.first() {
            let link = view! { <a href="/customers">"Go to the first page"</a> };
            ("No more customers".to_owned(), view! { "The list ended on the page before. " {link} "." }.into_any())
        } else if own {
            let link = view! { <a href="/leads">"your leads"</a> };
            let text = view! { "A lead of yours that takes the status Customer is listed here. See " {link} "." };
            ("No conversions yet".to_owned(), text.into_any())
        } else {
            let link = view! { <a href="/leads">"the leads"</a> };
            let text = view! { "A lead that takes the status Customer is listed here. See " {link} "." };
            ("No customers yet".to_owned(), text.into_any())
        };
        view! { <Empty title>{text}</Empty> }
    }
}

/// Holds the page's place while it is read for the first time.
#[component]
fn Skeleton() -> impl IntoView {
    view! {
        <PageHead title="Customers" purpose="" />
        <div class="skeleton" data-kind="list" role="status">
            <span class="visually-hidden">"Reading customers…"</span>
        </div>
    }
}
