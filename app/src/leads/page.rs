use calliyo_domain::{counted::grouped, lead_order::LeadOrder};
use leptos::prelude::*;
use leptos_meta::Title;

use super::{
    Choices, Filter, Found, LeadPage,
    bulk::{self, BulkBar, Changed, Chosen, Outcome, changed_before, outcome_of},
    chips::Chips,
    edit::NEW,
    empty::NoLeads,
    filter_form::FilterForm,
    import::IMPORT,
    list_leads,
    table::LeadTable,
    views::{SavedView, ViewMenu, ViewRow},
};
use crate::{
    Fault,
    live::Live,
    sign_in::Session,
    ui::{
        DoneNote, FaultNote, ListHint, PageHead, Pages, Refused, awaited, of_address, outdated, parameter,
        problem_of_form, set_status, shown,
    },
};

/// `/leads`: one page of the leads that the viewer may see.
#[component]
pub fn LeadsPage() -> impl IntoView {
    let filter = Filter::of_address();
    let (after, before) = (of_address(|text| text("after")), of_address(|text| text("before")));
    let (session, live) = (Session::current(), Live::current());
    let page = Resource::new(
        move || (filter.get(), after.get(), before.get(), live.company()),
        |(filter, after, before, _)| list_leads(filter, after, before),
    );
    let outdated = outdated(page);
    let awaited = awaited(filter, page);
    let content = async move {
        let shown = shown(page, page.await);
        let refused = Memo::new(move |_| shown.with(|page| page.as_ref().err().cloned()));
        let reread = Callback::new(move |()| page.refetch());
        move || match refused.get() {
            None => view! { <Listing filter after shown reread awaited /> }.into_any(),
            Some(fault) => view! { <Refused fault /> }.into_any(),
        }
    };
    view! {
        <Title text="Leads" />
        <Suspense fallback=|| view! { <PageHead title="Leads" purpose="" /> }>
            {move || session.visitor().map(|_| view! { <Head session /> })}
        </Suspense>
        <ListHint outdated says="Leads have changed." reread=move || page.refetch() />
        <Transition fallback=Skeleton>{Suspend::new(content)}</Transition>
    }
    .into_any()
}

#[component]
fn Head(session: Session) -> impl IntoView {
    let sees_all = session.viewer().is_some_and(|viewer| viewer.permissions.management);
    let import = sees_all.then(|| {
        view! {
            <a class="button" href=NEW>
                "Add a lead"
            </a>
            <a class="button" href=IMPORT>
                "Import leads"
            </a>
        }
    });
    let purpose = if sees_all { "Every lead of the company." } else { "The leads assigned to you." };
    view! {
        <PageHead title="Leads" purpose=purpose>
            {import}
        </PageHead>
    }
    .into_any()
}

/// The form and the views stay as they are while what they lead to is read again.
#[component]
fn Listing(
    filter: Memo<Filter>,
    after: Memo<String>,
    shown: RwSignal<Result<LeadPage, Fault>>,
    reread: Callback<()>,
    awaited: Signal<bool>,
) -> impl IntoView {
    let page = move || shown.with(|page| page.as_ref().ok().cloned());
    let choices = Memo::new(move |_| {
        shown.with(|page| page.as_ref().map_or_else(|_| Choices::default(), |page| page.choices.clone()))
    });
    let views =
        Memo::new(move |_| shown.with(|page| page.as_ref().map_or_else(|_| Vec::new(), |page| page.views.clone())));
    let manages = Memo::new(move |_| shown.with(|page| page.as_ref().is_ok_and(|page| page.manages)));
    let problem = Memo::new(move |_| shown.with(|page| page.as_ref().ok().and_then(|page| page.problem.clone())));
    let outcome = RwSignal::new(choices.with_untracked(changed_before));
    let said = |outcome: &Option<Outcome>| outcome.as_ref().map(|outcome| outcome.said.clone());
    let done = RwSignal::new(done_before().or_else(|| outcome.with_untracked(said)));
    let kind = Signal::derive(move || {
        outcome.with(|outcome| {
            outcome
                .as_ref()
                .filter(|outcome| done.get().as_ref() == Some(&outcome.said))
                .map_or("done", |outcome| outcome.kind)
        })
    });
    let chosen = Chosen::of_address();
    // The page's own: it is to say what was done even if nothing is left to be changed by then.
    let changed = Callback::new(move |changed: Changed| {
        outcome.set(Some(choices.with_untracked(|choices| outcome_of(&changed, choices))));
        done.set(outcome.with_untracked(said));
        reread.run(());
    });
    let found_now =
        Memo::new(move |_| shown.with(|page| page.as_ref().map_or_else(|_| Found::default(), |page| page.found)));
    // What was done was done to the view before.
    Effect::new(move |before: Option<Filter>| {
        let now = filter.get();
        if before.is_some_and(|before| before != now) {
            done.set(None);
        }
        now
    });
    let refused = problem_of_form(bulk::FORM).is_some();
    let changes_many = Memo::new(move |_| manages.get() && (refused || found_now.with(|found| found.count > 0)));
    view! {
        {move || manages.get().then(|| view! { <ViewRow filter views /> })}
        <FilterForm filter choices manages problem awaited />
        <Chips filter choices />
        <DoneNote text=done kind />
        {move || problem.get().map(|problem| {
            set_status(422);
            view! { <FaultNote fault=problem.into() /> }
        })}
        <div class="list-tools">
            <p role="status">{move || page().map(|page| filter.with(|filter| found(&page, filter)))}</p>
            {move || (manages.get() && problem.with(Option::is_none)).then(|| view! { <Tools filter shown views=views done reread /> })}
        </div>
        {move || page().map(|page| view! { <List filter after page chosen /> })}
        {move || changes_many.get().then(|| view! { <BulkBar filter choices found=found_now chosen changed reread /> })}
    }
    .into_any()
}

fn done_before() -> Option<String> {
    Some(match parameter("done")?.as_str() {
        "view-saved" => "View saved. It stands above the list.".to_owned(),
        "view-renamed" => "View renamed.".to_owned(),
        "view-deleted" => "View deleted. The leads are as they were.".to_owned(),
        _ => return None,
    })
}

fn found(page: &LeadPage, filter: &Filter) -> String {
    if page.problem.is_some() {
        return "No leads are listed.".to_owned();
    }
    let leads = match page.found.count.unsigned_abs() {
        1 => "1 lead".to_owned(),
        count => format!("{} leads", grouped(count)),
    };
    let more = if page.found.more { "More than " } else { "" };
    let order = match filter.order() {
        order if page.found.count > 1 && order != LeadOrder::Newest => format!(", {}", order.title().to_lowercase()),
        _ => String::new(),
    };
    let matches = match (filter.narrows(), page.found.count) {
        (false, _) => "",
        (true, 1) => " matches",
        (true, _) => " match",
    };
    format!("{more}{leads}{matches}{order}")
}

/// What can be done with the leads that match.
#[component]
fn Tools(
    filter: Memo<Filter>,
    shown: RwSignal<Result<LeadPage, Fault>>,
    views: Memo<Vec<SavedView>>,
    done: RwSignal<Option<String>>,
    reread: Callback<()>,
) -> impl IntoView {
    let any = Memo::new(move |_| shown.with(|page| page.as_ref().is_ok_and(|page| page.found.count > 0)));
    view! {
        <div class="tools">
            <ViewMenu filter views done reread />
            {move || any.get().then(|| {
                // The router would look for a page there: `external` leaves the link to the browser.
                view! {
                    <a class="button" href=move || filter.with(Filter::export) download rel="external">
                        "Download CSV"
                    </a>
                }
            })}
        </div>
    }
    .into_any()
}

#[component]
fn List(filter: Memo<Filter>, after: Memo<String>, page: LeadPage, chosen: Chosen) -> impl IntoView {
    let LeadPage { rows, previous, next, choices, manages, problem, time_zone, .. } = page;
    let previous = Memo::new(move |_| previous.as_ref().map(|previous| filter.with(|filter| filter.before(previous))));
    let first = Signal::derive(move || previous.with(Option::is_some).then(|| filter.with(Filter::address)));
    let next = Signal::derive(move || next.as_ref().map(|next| filter.with(|filter| filter.after(next))));
    let table = if !rows.is_empty() {
        let chosen = manages.then_some(chosen);
        let order = filter.with_untracked(Filter::order);
        view! { <LeadTable rows statuses=choices.statuses order chosen /> }.into_any()
    } else if problem.is_none() {
        let ended = after.with_untracked(|after| !after.is_empty());
        view! { <NoLeads filter ended manages /> }.into_any()
    } else {
        ().into_any()
    };
    view! {
        {table}
        <Pages first previous next time_zone />
    }
    .into_any()
}

/// Holds the list's place while it is read for the first time.
#[component]
fn Skeleton() -> impl IntoView {
    view! {
        <div class="skeleton" data-kind="list" role="status">
            <span class="visually-hidden">"Reading leads…"</span>
        </div>
    }
}
