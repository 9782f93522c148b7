use leptos::prelude::*;
use leptos_meta::{Title, provide_meta_context};
use leptos_router::{
    SsrMode,
    components::{ParentRoute, Route, Router, Routes},
    path,
};

use crate::{
    account::AccountPage,
    calls::{LastLog, today::CallsTodayPage},
    customers::{CustomerDetailPage, CustomersPage},
    dashboard::DashboardPage,
    frame::{FramedPage, Theme},
    leads::{
        LeadPageView, LeadsPage,
        edit::{EditLeadPage, NewLeadPage},
        import::{ImportDraftPage, ImportLeadsPage, ImportRunPage},
    },
    live::Live,
    not_found::NotFoundPage,
    reports::ReportsPage,
    roles::{NewRolePage, RolePage, RolesPage},
    settings::{
        SettingsPage,
        runs::{RunHistoryPage, RunPage},
    },
    sign_in::{Session, SignInPage, keep_in_step},
    start::StartPage,
    tasks::TasksPage,
    ui::{LeaveGuard, as_text},
    users::{NewUserPage, UserPage, UsersPage},
};

/// Every page. Each is rendered as a whole before it is sent (`SsrMode::Async`), so that it is complete, with the
/// right status, for those who have no JavaScript.
#[component]
pub fn App() -> impl IntoView {
    provide_meta_context();
    let session = Session::provide();
    load_redirects_afresh(session);
    keep_in_step(session);
    Live::provide(session);
    LastLog::provide();
    LeaveGuard::provide();
    Theme::provide();
    mark_hydrated();

    view! {
        <Title formatter=|title: String| format!("{} · Calliyo", as_text(&title)) />
        <Router>
            <Routes fallback=NotFoundPage>
                <Route path=path!("/") view=StartPage ssr=SsrMode::Async />
                <Route path=path!("/sign-in") view=SignInPage ssr=SsrMode::Async />
                <ParentRoute path=path!("") view=FramedPage ssr=SsrMode::Async>
                    <Route path=path!("/dashboard") view=DashboardPage ssr=SsrMode::Async />
                    <Route path=path!("/tasks") view=TasksPage ssr=SsrMode::Async />
                    <Route path=path!("/calls") view=CallsTodayPage ssr=SsrMode::Async />
                    <Route path=path!("/leads") view=LeadsPage ssr=SsrMode::Async />
                    <Route path=path!("/leads/new") view=NewLeadPage ssr=SsrMode::Async />
                    <Route path=path!("/leads/import") view=ImportLeadsPage ssr=SsrMode::Async />
                    <Route path=path!("/leads/import/drafts/:id") view=ImportDraftPage ssr=SsrMode::Async />
                    <Route path=path!("/leads/import/:run") view=ImportRunPage ssr=SsrMode::Async />
                    <Route path=path!("/users") view=UsersPage ssr=SsrMode::Async />
                    <Route path=path!("/users/new") view=NewUserPage ssr=SsrMode::Async />
                    <Route path=path!("/users/:id") view=UserPage ssr=SsrMode::Async />
                    <Route path=path!("/roles") view=RolesPage ssr=SsrMode::Async />
                    <Route path=path!("/roles/new") view=NewRolePage ssr=SsrMode::Async />
                    <Route path=path!("/roles/:id") view=RolePage ssr=SsrMode::Async />
                    <Route path=path!("/account") view=AccountPage ssr=SsrMode::Async />
                    <Route path=path!("/customers") view=CustomersPage ssr=SsrMode::Async />
                    <Route path=path!("/customers/:id") view=CustomerDetailPage ssr=SsrMode::Async />
                    <Route path=path!("/reports") view=ReportsPage ssr=SsrMode::Async />
                    <Route path=path!("/leads/:id") view=LeadPageView ssr=SsrMode::Async />
                    <Route path=path!("/leads/:id/edit") view=EditLeadPage ssr=SsrMode::Async />
                    <Route path=path!("/settings") view=SettingsPage ssr=SsrMode::Async />
                    <Route path=path!("/settings/runs") view=RunHistoryPage ssr=SsrMode::Async />
                    <Route path=path!("/settings/runs/:id") view=RunPage ssr=SsrMode::Async />
                </ParentRoute>
            </Routes>
        </Router>
    }
}

/// Server functions redirect when somebody signs in or out: then nothing that a page knew is to stay in memory; but who
/// signs in where their page was hidden gets it back as it was. The first hook set is the one that counts, so this comes
/// before the router's own.
fn load_redirects_afresh(session: Session) {
    #[cfg(not(feature = "hydrate"))]
    let _ = session;
    #[cfg(feature = "hydrate")]
    {
        let set = leptos::server_fn::redirect::set_redirect_hook(move |path| {
            if !session.is_open() {
                session.check();
            } else if let Err(error) = window().location().set_href(path) {
                leptos::logging::error!("could not go to {path}: {error:?}");
            }
        });
        if set.is_err() {
            leptos::logging::warn!("another redirect hook was there first");
        }
    }
}

/// Lets the page's early script, and the browser tests, know when the program has taken over.
fn mark_hydrated() {
    Effect::new(move |_| {
        if let Some(html) = document().document_element()
            && let Err(error) = html.set_attribute("data-hydrated", "true")
        {
            leptos::logging::warn!("the document can't be marked: {error:?}");
        }
    });
}
