use calliyo_domain::{permission::Permissions, visibility::may_see_customers};
use leptos::prelude::*;
use leptos_router::hooks::use_location;

use super::company::company;
use crate::{
    dashboard::DASHBOARD,
    settings::CONFIGURATIONS,
    sign_in::Session,
    start::start_path,
    tasks::TASKS,
    ui::{Icon, Symbol},
};

/// The brand and the links to what the viewer may see.
#[component]
pub fn Navigation() -> impl IntoView {
    let session = Session::current();
    let links = move || {
        session.viewer().map(|viewer| {
            let permissions = viewer.permissions;
            view! {
                <a class="brand" href=start_path(&permissions)>
                    <img src="/favicon.svg" alt="" width="24" height="24" />
                    <span class="brand-names">"Calliyo " {company(viewer.company)}</span>
                </a>
                <nav class="navigation" aria-label="Main">
                    <ul>{destinations(permissions).map(|to| view! { <Link to /> }).collect_view()}</ul>
                </nav>
            }
        })
    };
    view! { <Suspense>{links}</Suspense> }.into_any()
}

/// A page that the navigation leads to.
#[derive(Clone, Copy)]
struct Destination {
    name: &'static str,
    path: &'static str,
    symbol: Symbol,
}

fn destinations(permissions: Permissions) -> impl Iterator<Item = Destination> {
    let leads = permissions.management || permissions.tasks;
    let customers = may_see_customers(&permissions);
    [
        (leads, Destination { name: "Dashboard", path: DASHBOARD, symbol: Symbol::Dashboard }),
        (permissions.tasks, Destination { name: "Tasks", path: TASKS, symbol: Symbol::Tasks }),
        (leads, Destination { name: "Leads", path: "/leads", symbol: Symbol::Leads }),
        (customers, Destination { name: "Customers", path: "/customers", symbol: Symbol::Customers }),
        (permissions.reports, Destination { name: "Reports", path: "/reports", symbol: Symbol::Reports }),
        (permissions.users, Destination { name: "Users", path: "/users", symbol: Symbol::Users }),
        (permissions.settings, Destination { name: "Settings", path: CONFIGURATIONS, symbol: Symbol::Settings }),
    ]
    .into_iter()
    .filter_map(|(may_see, to)| may_see.then_some(to))
}

#[component]
fn Link(to: Destination) -> impl IntoView {
    let here = use_location().pathname;
    let path = to.path.split('?').next().unwrap_or(to.path);
    view! {
        <li>
            <a href=to.path aria-current=move || here.with(|here| leads_to(path, here)).then_some("page")>
                <Icon symbol=to.symbol />
                {to.name}
            </a>
        </li>
    }
}

/// Whether `here` is the page `path`, one below it, or its neighbour's: roles stand beside users, and one's calls of
/// today belong to the dashboard.
fn leads_to(path: &str, here: &str) -> bool {
    let below = |path: &str| here.strip_prefix(path).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'));
    below(path) || (path == "/users" && below("/roles")) || (path == "/dashboard" && below("/calls"))
}
