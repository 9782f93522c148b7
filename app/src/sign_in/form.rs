use leptos::{html, prelude::*, server_fn::ServerFn};
use leptos_meta::Title;
use wasm_bindgen::JsCast;
use web_sys::HtmlInputElement;

use super::SignIn;
use crate::ui::{FaultNote, InputField, Refusal, SubmitButton, leaving, parameter, post};

/// Email and password; leads back to the page that asked for them.
#[component]
pub fn SignInForm() -> impl IntoView {
    let sign_in = ServerAction::<SignIn>::new();
    let refusal = Refusal::of(sign_in.value().into());
    let email = parameter("email").unwrap_or_default();
    let next = parameter("next").unwrap_or_default();
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
        <Title text="Sign in" />
        <h1>"Sign in"</h1>
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
