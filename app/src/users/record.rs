use leptos::{prelude::*, server_fn::ServerFn};
use leptos_meta::Title;
use leptos_router::hooks::use_params_map;

use super::{RevokeUserSession, UserRecord, ban::BanCard, details::DetailsForm, password::PasswordForm, read_user};
use crate::{
    Fault,
    account::SessionList,
    live::Live,
    ui::{Card, DoneNote, FaultNote, Refused, count, followed, parameter, problem_of_form},
};

/// `/users/:id`: everything about one user.
#[component]
pub fn UserPage() -> impl IntoView {
    let params = use_params_map();
    let live = Live::current();
    // What is no number is nobody's.
    let id = Memo::new(move |_| params.with(|params| params.get("id")?.parse::<i64>().ok()).unwrap_or_default());
    let user = Resource::new(move || (id.get(), live.users() + live.company()), |(id, _)| read_user(id));
    // Not in a closure: later loads are followed, and don't throw away what is typed.
    let content = async move {
        match user.await {
            Ok(first) => view! { <RecordView first user /> }.into_any(),
            Err(fault) => view! { <Refused fault title="User" /> }.into_any(),
        }
    };
    view! {
        <p class="back"><a href="/users">"All users"</a></p>
        <Transition fallback=|| view! { <div class="skeleton" data-kind="section"></div> }>
            {Suspend::new(content)}
        </Transition>
    }
    .into_any()
}

#[component]
fn RecordView(first: UserRecord, user: Resource<Result<UserRecord, Fault>>) -> impl IntoView {
    let record = followed(first, user);
    let done = RwSignal::new(done_before());
    let id = Memo::new(move |_| record.with(|record| record.id));
    let name = Memo::new(move |_| record.with(|record| record.saved.name.clone()));
    let banned = Memo::new(move |_| record.with(|record| record.banned));
    let sessions = Memo::new(move |_| record.with(|record| record.sessions.clone()));
    view! {
        <Title text=name />
        <div class="page-head">
            <h1>{name}</h1>
            <p>
                {move || record.with(|record| record.saved.email.clone())} " · "
                {move || record.with(|record| record.role.clone())} " "
                {move || banned.get().then(|| view! { <span class="pill" data-kind="banned">"Banned"</span> })}
            </p>
        </div>
        <DoneNote text=done />
        <DetailsForm record user done />
        <PasswordForm record done reread=move || user.refetch() />
        <Card id="sessions" title="Signed in" purpose="Where the user is signed in now. Who is signed out can sign in again, unless banned.">
            {problem_of_form("sessions").map(|fault| view! { <FaultNote fault /> })}
            {move || {
                let id = id.get();
                view! { <SessionList sessions=sessions.get() action=RevokeUserSession::url() user=id /> }
            }}
        </Card>
        <BanCard record />
    }
    .into_any()
}

/// What a form of this page did before the page was loaded.
fn done_before() -> Option<String> {
    let text = match parameter("done")?.as_str() {
        "added" => "Added. They can sign in now with their email and the password you chose.",
        "saved" => SAVED,
        "password" => PASSWORD_SET,
        "revoked" => "That session has ended.",
        "unbanned" => "The ban is lifted. They can sign in again.",
        "banned" => return Some(banned(parameter("leads").and_then(|leads| leads.parse().ok()).unwrap_or_default())),
        _ => return None,
    };
    Some(text.to_owned())
}

fn banned(returned: u64) -> String {
    let mut text = "Banned, and signed out everywhere.".to_owned();
    if returned > 0 {
        text.push_str(&format!(" {} returned to Unassigned.", count(returned, "lead")));
    }
    text
}

pub(super) const SAVED: &str = "Saved.";
pub(super) const PASSWORD_SET: &str = "The new password is set, and the user is signed out everywhere.";
