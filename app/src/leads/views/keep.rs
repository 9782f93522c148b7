use leptos::{prelude::*, server_fn::ServerFn};

use super::SaveView;
use crate::{
    leads::{Filter, form_fields::FilterFields},
    ui::{FaultNote, InputField, Menu, Refusal, SubmitButton, from_here, parameter, post, problem_of_form},
};

/// Keeps the present filter under a name.
#[component]
pub fn KeepView(filter: Memo<Filter>, done: RwSignal<Option<String>>, reread: Callback<()>) -> impl IntoView {
    let save = ServerAction::<SaveView>::new();
    let refusal = Refusal::of_form("save-view", save.value().into());
    let refused = problem_of_form("save-view").is_some();
    let typed = refused.then(|| parameter("name")).flatten().unwrap_or_default();
    Effect::new(move |_| match save.value().get() {
        Some(Ok(())) => {
            done.set(Some("View saved. It stands above the list.".to_owned()));
            reread.run(());
        }
        Some(Err(_)) => done.set(None),
        None => {}
    });
    view! {
        <Menu open=refused label=Signal::stored("Save view".to_owned())>
            <form method="post" action=from_here(SaveView::url()) class="stack" novalidate autocomplete="off" on:submit=post(save)>
                <FilterFields filter />
                <InputField
                    id="view-name"
                    name="name"
                    label="Name of the view"
                    help="These filters under a name, for you alone."
                    value=Signal::stored(typed)
                    problem=refusal.at("name")
                />
                {move || refusal.elsewhere(&["name"]).map(|fault| view! { <FaultNote fault /> })}
                <SubmitButton label="Save" busy="Saving…" pending=save.pending() />
            </form>
        </Menu>
    }
    .into_any()
}
