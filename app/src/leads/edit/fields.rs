use leptos::prelude::*;

use super::LeadDraft;
use crate::{
    made_under::PhoneCountry,
    ui::{InputField, Refusal},
};

/// The fields' names, as refusals call them.
pub const FIELDS: [&str; 7] = ["first_name", "last_name", "phone", "email", "tags", "source", "owner"];

/// What is entered about a lead.
#[component]
pub fn LeadFieldInputs(
    /// What the fields start with.
    start: LeadDraft,
    /// The company's country as it is now.
    country: Signal<PhoneCountry>,
    /// The code of the country that the form is made under.
    made: RwSignal<String>,
    refusal: Refusal,
) -> impl IntoView {
    let LeadDraft { first_name, last_name, phone, email, tags, source, .. } = start;
    let dialled = Signal::derive(move || {
        let country = country.with(|country| country.name.clone());
        format!("With its country code (+…), or as dialled in {country}. No two leads have the same.")
    });
    view! {
        <input type="hidden" name="country" value=move || made.get() />
        <InputField id="first_name" name="lead[first_name]" label="First name" autocomplete="off"
            value=Signal::stored(first_name) problem=refusal.at("first_name") />
        <InputField id="last_name" name="lead[last_name]" label="Last name (optional)" autocomplete="off"
            may_be_empty=true value=Signal::stored(last_name) problem=refusal.at("last_name") />
        <InputField id="phone" name="lead[phone]" label="Phone" kind="tel" autocomplete="off"
            help=dialled
            value=Signal::stored(phone) problem=refusal.at("phone") leads_to=refusal.lead() />
        <InputField id="email" name="lead[email]" label="Email (optional)" kind="email" autocomplete="off"
            may_be_empty=true value=Signal::stored(email) problem=refusal.at("email") />
        <InputField id="tags" name="lead[tags]" label="Tags (optional)" autocomplete="off" may_be_empty=true
            help="Separated by semicolons: website; premium" value=Signal::stored(tags) problem=refusal.at("tags") />
        <InputField id="source" name="lead[source]" label="Source (optional)" autocomplete="off" may_be_empty=true
            help="Where the lead comes from." value=Signal::stored(source) problem=refusal.at("source") />
    }
    .into_any()
}
