use leptos::prelude::*;
use leptos_meta::Title;

use super::{NotRead, PageHead, set_status};
use crate::{Fault, not_found::NotFound};

/// Stands where a page would, with the status that its fault has. Whether something isn't there or isn't for this
/// viewer is the same answer.
#[component]
pub fn Refused(
    fault: Fault,
    /// The page's, where nothing else of it stands above.
    #[prop(optional)]
    title: &'static str,
) -> impl IntoView {
    match fault {
        Fault::NotFound => {
            set_status(404);
            return view! { <NotFound /> }.into_any();
        }
        Fault::Forbidden => set_status(403),
        // The frame leads on to the sign-in page, with a status of its own.
        Fault::SignedOut => {}
        _ => set_status(503),
    }
    let head = (!title.is_empty()).then(|| {
        view! {
            <Title text=title />
            <PageHead title purpose="" />
        }
    });
    view! {
        {head}
        <NotRead fault />
    }
    .into_any()
}
