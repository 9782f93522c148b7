use leptos::prelude::*;

use super::{Filter, LEADS, NEXT_LEADS, import::IMPORT};
use crate::ui;

/// What to do when there is nothing to list.
#[component]
pub fn NoLeads(
    filter: Memo<Filter>,
    /// Whether the list ended on the page before.
    ended: bool,
    /// Whether the viewer sees all leads.
    manages: bool,
) -> impl IntoView {
    let narrows = filter.with_untracked(Filter::narrows);
    let (title, text) = if ended {
        let first = filter.with_untracked(Filter::address);
        let link = view! { <a href=first>"Go to the first page"</a> };
        ("No more leads", view! { "The list ended on the page before. " {link} "." }.into_any())
    } else if narrows {
        let link = view! { <a href=LEADS>"show all leads"</a> };
        let text = "Drop one of the filters above, search for the beginning of a name, phone number or email, or ";
        ("No leads match these filters", view! { {text} {link} "." }.into_any())
    } else if manages {
        let link = view! { <a href=IMPORT>"Import a list"</a> };
        ("No leads yet", view! { {link} " as a CSV file. What comes in is shown here." }.into_any())
    } else {
        ("No leads assigned to you", NEXT_LEADS.into_any())
    };
    view! {
        <ui::Empty title>{text}</ui::Empty>
    }
    .into_any()
}
