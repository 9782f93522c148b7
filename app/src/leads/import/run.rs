use leptos::{either::Either, prelude::*};
use leptos_meta::Title;
use leptos_router::hooks::use_params_map;

use super::{outcome::Outcome, read_import};
use crate::{
    Fault,
    live::Live,
    ui::{PageHead, Refused},
};

/// `/leads/import/:run`: how far an import is, then what came of it.
#[component]
pub fn ImportRunPage() -> impl IntoView {
    let live = Live::current();
    let params = use_params_map();
    let run = Memo::new(move |_| params.with(|params| params.get("run").and_then(|run| run.parse::<i64>().ok())));
    let report = Resource::new(
        move || (run.get(), live.runs() + live.company()),
        |(run, _)| async move {
            match run {
                Some(run) => read_import(run).await,
                None => Err(Fault::NotFound),
            }
        },
    );
    let content = async move {
        match report.await {
            Ok(first) => Either::Left(view! { <Outcome first report /> }),
            Err(fault) => Either::Right(view! { <Refused fault title="Import leads" /> }),
        }
    };
    view! {
        <Title text="Lead import" />
        <Transition fallback=|| view! { <PageHead title="Lead import" purpose="" /> }>{Suspend::new(content)}</Transition>
    }
    .into_any()
}
