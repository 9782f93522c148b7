use leptos::{prelude::*, server_fn::ServerFn};
use leptos_meta::Title;

use super::{CreateFirstAdmin, SIGN_IN};
use crate::{
    Fault,
    ui::{FaultNote, InputField, Refusal, SubmitButton, leaving, parameter, post},
};

/// Shown as long as there is no user: whoever sets Calliyo up becomes its first admin.
#[component]
pub fn FirstAdminForm() -> impl IntoView {
    let create = ServerAction::<CreateFirstAdmin>::new();
    let refusal = Refusal::of(create.value().into());
    let typed = |name| Signal::stored(parameter(name).unwrap_or_default());
    let pending = leaving(create.pending(), create.value().into());
    let late = move || create.value().with(|answer| matches!(answer, Some(Err(Fault::AdminExists))));
    // The address holds the sign-in by now: the browser is to load it anew.
    let sign_in = || view! { <p><a href=SIGN_IN rel="external">"Go to the sign-in"</a></p> };

    view! {
        <Title text="Create the first admin" />
        <h1>"Create the first admin"</h1>
        <p>"Nobody can sign in yet. This account may change every setting and make all the others."</p>
        <form method="post" action=CreateFirstAdmin::url() class="stack" novalidate on:submit=post(create)>
            <InputField
                id="name"
                name="name"
                label="Name"
                autocomplete="name"
                value=typed("name")
                problem=refusal.at("name")
            />
            <InputField
                id="email"
                name="email"
                label="Email"
                kind="email"
                autocomplete="username"
                help="You sign in with it."
                value=typed("email")
                problem=refusal.at("email")
            />
            <InputField
                id="password"
                name="password"
                label="Password"
                kind="password"
                autocomplete="new-password"
                help="10 characters at least. A few words in a row are easy to keep in mind."
                problem=refusal.at("password")
            />
            {move || refusal.elsewhere(&["name", "email", "password"]).map(|fault| view! { <FaultNote fault /> })}
            {move || late().then(sign_in)}
            <SubmitButton label="Create admin" busy="Creating…" pending />
        </form>
    }
    .into_any()
}
