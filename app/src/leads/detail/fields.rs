use leptos::prelude::*;

use super::LeadDetail;
use crate::ui::MomentView;

/// What is known of a lead.
#[component]
pub fn LeadFields(lead: LeadDetail) -> impl IntoView {
    let converted = lead.converted.map(|(at, by)| {
        let by = by.map(|name| format!(" by {name}"));
        view! {
            <MomentView moment=at />
            {by}
        }
        .into_any()
    });
    let owner = lead.owner.map_or_else(|| view! { <span class="nobody">"Nobody"</span> }.into_any(), IntoAny::into_any);
    let tags = lead.tags.into_iter().map(|tag| view! { <span class="tag">{tag}</span> }).collect_view();
    let email = (!lead.email.is_empty())
        .then(|| view! { <a href=format!("mailto:{}", lead.email)>{lead.email.clone()}</a> }.into_any());
    let source = (!lead.source.is_empty()).then(|| lead.source.into_any());
    view! {
        <dl class="facts">
            <Fact name="Owner" value=owner />
            <Fact name="On this status since" value=view! { <MomentView moment=lead.since /> }.into_any() />
            {lead.assigned.map(|at| view! { <Fact name="Assigned" value=view! { <MomentView moment=at /> }.into_any() /> })}
            {converted.map(|value| view! { <Fact name="Customer since" value /> })}
            <Fact name="Email" value=email.unwrap_or_else(none) />
            <Fact name="Tags" value=tags.into_any() />
            <Fact name="Source" value=source.unwrap_or_else(none) />
            <Fact name="Created" value=view! { <MomentView moment=lead.created /> }.into_any() />
        </dl>
    }
    .into_any()
}

fn none() -> AnyView {
    view! { <span class="nobody">"None"</span> }.into_any()
}

#[component]
fn Fact(name: &'static str, value: AnyView) -> impl IntoView {
    view! {
        <div>
            <dt>{name}</dt>
            <dd>{value}</dd>
        </div>
    }
}
