use leptos::{form::ActionForm, html, prelude::*};
use leptos_meta::Title;
use wasm_bindgen::JsCast;
use web_sys::HtmlInputElement;

use super::SignIn;
use crate::{
    Fault,
    ui::{FaultNote, InputField, parameter, problem_in_address},
};

/// Email and password; leads back to the page that asked for them.
#[component]
pub fn SignInForm() -> impl IntoView {
    let sign_in = ServerAction::<SignIn>::new();
    let refusal = Refusal::of(sign_in.value().into());
    let email = parameter("email").unwrap_or_default();
    let next = parameter("next").unwrap_or_default();
    // Stays so after success, until the next page has loaded.
    let busy = move || sign_in.pending().get() || sign_in.value().with(|value| matches!(value, Some(Ok(()))));

    let form = NodeRef::<html::Form>::new();
    Effect::new(move |_| {
        if sign_in.value().with(|value| matches!(value, Some(Err(_)))) {
            type_password_anew(form);
        }
    });

    view! {
        <Title text="Sign in" />
        <h1>"Sign in"</h1>
        <ActionForm action=sign_in node_ref=form attr:class="stack" attr:novalidate=true>
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
            <button class="button" data-kind="primary" type="submit" aria-disabled=move || busy().then_some("true")>
                {move || if busy() { "Signing in…" } else { "Sign in" }}
            </button>
        </ActionForm>
    }
    .into_any()
}

fn type_password_anew(form: NodeRef<html::Form>) {
    let input = form.get_untracked().and_then(|form| form.query_selector("[name=password]").ok().flatten());
    if let Some(input) = input.and_then(|input| input.dyn_into::<HtmlInputElement>().ok()) {
        input.set_value("");
        // The message is there whether or not the input takes the focus.
        let _ = input.focus();
    }
}

/// Why a form of this page was refused: by the action, or before that by way of the address.
#[derive(Clone, Copy)]
pub(super) struct Refusal(Memo<Option<Fault>>);

impl Refusal {
    pub(super) fn of(answer: Signal<Option<Result<(), Fault>>>) -> Self {
        let in_address = problem_in_address();
        Self(Memo::new(move |_| answer.get().map_or_else(|| in_address.clone(), Result::err)))
    }

    /// The message beside `field`.
    pub(super) fn at(self, field: &'static str) -> Signal<Option<String>> {
        Signal::derive(move || {
            self.0.with(|fault| fault.as_ref().filter(|fault| fault.field() == Some(field)).map(ToString::to_string))
        })
    }

    /// What belongs to none of `fields`.
    pub(super) fn elsewhere(self, fields: &[&str]) -> Option<Fault> {
        self.0.get().filter(|fault| !fault.field().is_some_and(|field| fields.contains(&field)))
    }
}
