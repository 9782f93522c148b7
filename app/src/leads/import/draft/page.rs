use calliyo_domain::import::Mapping;
use leptos::{either::EitherOf3, prelude::*, server_fn::ServerFn};
use leptos_meta::Title;
use leptos_router::hooks::{use_params_map, use_query_map};

use super::{
    DiscardImport, DraftChoice, DraftPage, StartImport, preview::PreviewTable, read_import_draft, reading::ReadingForm,
};
use crate::{
    Fault,
    leads::import::IMPORT,
    live::Live,
    ui::{FaultNote, PageHead, Refused, count, follow, from_here, problem_in_address, set_status},
};

/// The form that says what the columns are; the button that imports stands outside of it.
pub const FORM: &str = "import-columns";

/// `/leads/import/drafts/:id`: what the file holds and what would become of it.
#[component]
pub fn ImportDraftPage() -> impl IntoView {
    let params = use_params_map();
    let query = use_query_map();
    let live = Live::current();
    // What is no number is nobody's.
    let id = Memo::new(move |_| params.with(|params| params.get("id")?.parse::<i64>().ok()).unwrap_or_default());
    let columns = Memo::new(move |_| {
        let chosen = query.with(|query| query.get_all("columns[]")).unwrap_or_default();
        Mapping::chosen(chosen.iter().map(String::as_str)).text()
    });
    let choice = Memo::new(move |_| query.with(|query| DraftChoice::of(|name| query.get(name))));
    let draft = Resource::new(
        move || (id.get(), columns.get(), choice.get(), live.company()),
        |(id, columns, choice, _)| read_import_draft(id, columns, choice),
    );
    // Not in a closure: the choices stay as they are while what they lead to is read.
    let content = async move {
        match draft.await {
            Ok(first) => EitherOf3::A(view! { <Content first draft /> }),
            Err(Fault::NotFound) => EitherOf3::B(view! { <Gone /> }),
            Err(fault) => EitherOf3::C(view! { <Refused fault title="Import leads" /> }),
        }
    };
    view! {
        <Title text="Import leads" />
        <p class="back"><a href=IMPORT>"All imports"</a></p>
        <Transition fallback=|| view! { <PageHead title="Look at the file" purpose="" /> }>{Suspend::new(content)}</Transition>
    }
    .into_any()
}

/// Where one comes who goes back after Import or Discard.
#[component]
fn Gone() -> impl IntoView {
    set_status(404);
    view! {
        <PageHead title="Import leads" purpose="" />
        <p class="note" data-kind="problem" role="alert">
            "This file is gone: it was imported or discarded, or it waited for more than a day. "
            <a href=IMPORT>"See the imports, or choose a file"</a>
        </p>
    }
    .into_any()
}

#[component]
fn Content(first: DraftPage, draft: Resource<Result<DraftPage, Fault>>) -> impl IntoView {
    let DraftPage { id, file, .. } = first.clone();
    let state = RwSignal::new(first);
    follow(draft, move |next| state.set(next));
    let problem = Signal::derive(move || state.with(|state| state.problem.as_ref().map(ToString::to_string)));
    let preview = Memo::new(move |_| state.with(|state| state.preview.clone()));
    let refusal = problem_in_address().and_then(|fault| fault.elsewhere(|field| ["columns", "file"].contains(&field)));
    let good = move || preview.with(|preview| preview.as_ref().map_or(0, |preview| preview.good));
    let label = move || if good() == 0 { "Import".to_owned() } else { format!("Import {}", count(good(), "lead")) };
    view! {
        <PageHead title="Look at the file" purpose=file />
        {refusal.map(|fault| view! { <FaultNote fault /> })}
        <div class="import">
            <ReadingForm id state problem />
            {move || preview.get().map(|preview| view! { <PreviewTable preview /> })}
            <div class="form-buttons">
                <button class="button" data-kind="primary" type="submit" form=FORM formmethod="post" formaction=from_here(StartImport::url())>
                    {label}
                </button>
                <form method="post" action=from_here(DiscardImport::url())>
                    <input type="hidden" name="id" value=id />
                    <button class="button" type="submit">
                        "Discard the file"
                    </button>
                </form>
            </div>
        </div>
    }
    .into_any()
}
