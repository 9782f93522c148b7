use leptos::{html, prelude::*, server_fn::ServerFn};
use wasm_bindgen::JsCast;
use web_sys::HtmlInputElement;

use super::SignIn;
use crate::{
    Fault,
    ui::{FaultNote, InputField, Refusal, SubmitButton, leaving, parameter, post},
};

/// Email and password.
#[component]
pub fn SignInForm(
    /// Where it leads.
    next: String,
    /// Why it was refused when it was posted without JavaScript.
    in_address: Option<Fault>,
) -> impl IntoView {
    let sign_in = ServerAction::<SignIn>::new();
    let email = in_address.as_ref().and_then(|_| parameter("email")).unwrap_or_default();
    let refusal = Refusal::since(in_address, sign_in.value().into());
    let pending = leaving(sign_in.pending(), sign_in.value().into());

    let form = NodeRef::<html::Form>::new();
    let send = post(sign_in);
    Effect::new(move |_| {
        if sign_in.value().with(|value| matches!(value, Some(Err(_)))) {
            // After the form has got the focus to its refusal.
            request_animation_frame(move || type_password_anew(form));
        }
    });

    view! {
        <form method="post" action=SignIn::url() node_ref=form class="stack" novalidate on:submit=send>
            <input type="hidden" name="next" value=next />
            <InputField
                id="email"
                name="email"
                label="Email"
                kind="email"
                autocomplete="username"
                value=Signal::stored(email)
                problem=refusal.at("email")
            />
            <InputField
                id="password"
                name="password"
                label="Password"
                kind="password"
                autocomplete="current-password"
                problem=refusal.at("password")
            />
            {move || refusal.elsewhere(&["email", "password"]).map(|fault| view! { <FaultNote fault /> })}
            <SubmitButton label="Sign in" busy="Signing in…" pending />
        </form>
    }
    .into_any()
}

fn type_password_anew(form: NodeRef<html::Form>) {
    let input =
        form.try_get_untracked().flatten().and_then(|form| form.query_selector("[name=password]").ok().flatten());
    if let Some(input) = input.and_then(|input| input.dyn_into::<HtmlInputElement>().ok()) {
        input.set_value("");
        // The message is there whether or not the input takes the focus.
        let _ = input.focus();
    }
}
