use leptos::{prelude::*, server_fn::ServerFn};

use super::{DeleteView, RenameView, SavedView};
use crate::{
    leads::{Filter, form_fields::FilterFields},
    ui::{FaultNote, InputField, Menu, Refusal, SubmitButton, from_here, parameter, post, problem_of_form},
};

/// Gives the view that is shown another name, or deletes it.
#[component]
pub fn EditView(
    filter: Memo<Filter>,
    view: SavedView,
    done: RwSignal<Option<String>>,
    reread: Callback<()>,
) -> impl IntoView {
    let (rename, delete) = (ServerAction::<RenameView>::new(), ServerAction::<DeleteView>::new());
    let refusal = Refusal::of_form("rename-view", rename.value().into());
    let not_deleted = Refusal::of_form("delete-view", delete.value().into());
    let refused = problem_of_form("rename-view").is_some();
    let SavedView { id, name, .. } = view;
    let typed = refused.then(|| parameter("name")).flatten().unwrap_or(name);
    let said = move |text: &str| {
        done.set(Some(text.to_owned()));
        reread.run(());
    };
    Effect::new(move |_| match rename.value().get() {
        Some(Ok(())) => said("View renamed."),
        Some(Err(_)) => done.set(None),
        None => {}
    });
    Effect::new(move |_| match delete.value().get() {
        Some(Ok(())) => said("View deleted. The leads are as they were."),
        Some(Err(_)) => done.set(None),
        None => {}
    });
    view! {
        <Menu open=refused label=Signal::stored("Edit view".to_owned())>
            <form method="post" action=from_here(RenameView::url()) class="stack" novalidate autocomplete="off" on:submit=post(rename)>
                <input type="hidden" name="id" value=id />
                <FilterFields filter />
                <InputField
                    id="view-name"
                    name="name"
                    label="Name of the view"
                    value=Signal::stored(typed)
                    problem=refusal.at("name")
                />
                {move || refusal.elsewhere(&["name"]).map(|fault| view! { <FaultNote fault /> })}
                <SubmitButton label="Rename" busy="Renaming…" pending=rename.pending() />
            </form>
            <form method="post" action=from_here(DeleteView::url()) class="stack menu-apart" on:submit=post(delete)>
                <input type="hidden" name="id" value=id />
                {move || not_deleted.elsewhere(&[]).map(|fault| view! { <FaultNote fault /> })}
                <button class="button" data-kind="danger" type="submit">
                    "Delete view"
                </button>
            </form>
        </Menu>
    }
    .into_any()
}
