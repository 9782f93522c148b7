use leptos::{prelude::*, server_fn::ServerFn};
use leptos_meta::Title;

use super::{
    OwnAccount, RevokeOtherSessions, RevokeSession, SessionList,
    password::{CHANGED, PasswordForm},
    read_account,
};
use crate::{
    Fault,
    live::Live,
    ui::{Card, DoneNote, Fact, FaultNote, PageHead, Refused, followed, from_here, parameter, problem_of_form},
};

/// `/account`: for everybody who is signed in.
#[component]
pub fn AccountPage() -> impl IntoView {
    let live = Live::current();
    let account = Resource::new(move || live.users() + live.sessions() + live.company(), |_| read_account());
    // Not in a closure: later loads are followed, and don't throw away what is typed.
    let content = async move {
        match account.await {
            Ok(first) => view! { <AccountView first account /> }.into_any(),
            Err(fault) => view! { <Refused fault /> }.into_any(),
        }
    };
    view! {
        <Title text="Your account" />
        <PageHead title="Your account" purpose="Who you are here, your password, and where you are signed in." />
        <Transition fallback=|| view! { <div class="skeleton" data-kind="section"></div> }>
            {Suspend::new(content)}
        </Transition>
    }
    .into_any()
}

#[component]
fn AccountView(first: OwnAccount, account: Resource<Result<OwnAccount, Fault>>) -> impl IntoView {
    let state = followed(first, account);
    let done = RwSignal::new(done_before());
    let email = Memo::new(move |_| state.with(|account| account.email.clone()));
    view! {
        {problem_of_form("whose").map(|fault| view! { <FaultNote fault /> })}
        <DoneNote text=done />
        <Card id="you" title="You" purpose="Somebody who manages users can change this.">
            <dl class="facts">
                <Fact name="Name">{move || state.with(|account| account.name.clone())}</Fact>
                <Fact name="Email">{email}</Fact>
                <Fact name="Role">{move || state.with(|account| account.role.clone())}</Fact>
            </dl>
        </Card>
        <PasswordForm email done reread=move || account.refetch() />
        <Sessions state />
    }
    .into_any()
}

#[component]
fn Sessions(state: RwSignal<OwnAccount>) -> impl IntoView {
    let sessions = Memo::new(move |_| state.with(|account| account.sessions.clone()));
    let elsewhere = move || {
        sessions.with(|sessions| sessions.len() > 1).then(|| {
            view! {
                <form method="post" action=from_here(RevokeOtherSessions::url())>
                    <button class="button" type="submit">
                        "Sign out everywhere else"
                    </button>
                </form>
            }
        })
    };
    view! {
        <Card id="sessions" title="Where you are signed in" purpose="Revoke what you don't know, and change your password.">
            {problem_of_form("sessions").map(|fault| view! { <FaultNote fault /> })}
            {move || view! { <SessionList sessions=sessions.get() action=RevokeSession::url() /> }}
            {elsewhere}
        </Card>
    }
    .into_any()
}

fn done_before() -> Option<String> {
    let text = match parameter("done")?.as_str() {
        "password" => CHANGED,
        "revoked" => "That session has ended.",
        "others" => "You are signed out everywhere else.",
        _ => return None,
    };
    Some(text.to_owned())
}
