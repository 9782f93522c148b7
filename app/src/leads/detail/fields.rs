use leptos::prelude::*;

use super::LeadDetail;
use crate::ui::{Fact, MomentView, Tags, absent};

/// What is known of a lead.
#[component]
pub fn LeadFields(lead: LeadDetail) -> impl IntoView {
    let LeadDetail { owner, since, assigned, converted, email, tags, source, created, .. } = lead;
    let owner = owner.map_or_else(|| view! { <span class="nobody">"Nobody"</span> }.into_any(), IntoAny::into_any);
    let converted = converted.map(|(at, by)| {
        let by = by.map(|name| format!(" by {name}"));
        view! {
            <Fact name="Customer since">
                <MomentView moment=at />
                {by}
            </Fact>
        }
    });
    let write = format!("mailto:{email}");
    view! {
        <dl class="facts">
            <Fact name="Owner">{owner}</Fact>
            <Fact name="On this status since">
                <MomentView moment=since />
            </Fact>
            {assigned.map(|at| view! { <Fact name="Assigned"><MomentView moment=at /></Fact> })}
            {converted}
            <Fact name="Email">
                {if email.is_empty() { absent() } else { view! { <a href=write>{email}</a> }.into_any() }}
            </Fact>
            <Fact name="Tags">
                <Tags tags />
            </Fact>
            <Fact name="Source">{if source.is_empty() { absent() } else { source.into_any() }}</Fact>
            <Fact name="Created">
                <MomentView moment=created />
            </Fact>
        </dl>
    }
    .into_any()
}
