use leptos::prelude::*;

use super::{EditView, KeepView, SavedView};
use crate::{Fault, leads::Filter, ui::problem_of_form};

/// Links to all leads and to each saved view.
#[component]
pub fn ViewRow(filter: Memo<Filter>, views: Memo<Vec<SavedView>>) -> impl IntoView {
    let link = move |name: String, to: Filter| {
        let href = to.address();
        let here = move || filter.with(|filter| *filter == to).then_some("page");
        view! {
            <li>
                <a href=href aria-current=here>
                    {name}
                </a>
            </li>
        }
    };
    let saved = move || views.get().into_iter().map(|view| link(view.name, view.filter)).collect_view();
    view! {
        <nav class="choices" data-kind="views" id="views" aria-label="Saved views" hidden=move || views.with(Vec::is_empty)>
            <ul>
                {link("All leads".to_owned(), Filter::default())}
                {saved}
            </ul>
        </nav>
    }
    .into_any()
}

/// Keeps the present filter under a name; where it is kept already, changes the name or drops it.
#[component]
pub fn ViewMenu(
    filter: Memo<Filter>,
    views: Memo<Vec<SavedView>>,
    /// What was done.
    done: RwSignal<Option<String>>,
    /// Reads the views again.
    reread: Callback<()>,
) -> impl IntoView {
    let here = Memo::new(move |_| {
        filter.with(|filter| views.with(|views| views.iter().find(|view| view.filter == *filter).cloned()))
    });
    let narrows = Memo::new(move |_| filter.with(Filter::narrows));
    // Nothing stands for what isn't kept yet.
    let shown = move || match here.get() {
        Some(view) => vec![Some(view)],
        None if narrows.get() => vec![None],
        None => Vec::new(),
    };
    // Keyed, so that a menu is built anew, and closed, once it has done its work.
    let key = |view: &Option<SavedView>| view.as_ref().map(|view| (view.id, view.name.clone()));
    let menu = move |view| match view {
        Some(view) => view! { <EditView filter view done reread /> }.into_any(),
        None => view! { <KeepView filter done reread /> }.into_any(),
    };
    view! {
        {not_done(here)}
        <For each=shown key=key children=menu />
    }
}

/// Says why a plain form changed no view, where there is none whose menu would.
fn not_done(here: Memo<Option<SavedView>>) -> Option<AnyView> {
    let fault = ["rename-view", "delete-view"].into_iter().find_map(problem_of_form)?;
    let why = match fault {
        Fault::NotFound => "That view is gone already.".to_owned(),
        fault => fault.to_string(),
    };
    let said =
        || view! { <p class="note" data-kind="problem" role="alert">{why} " No view was changed."</p> }.into_any();
    here.with_untracked(Option::is_none).then(said)
}
