use leptos::{html, prelude::*, server_fn::ServerFn};

use super::ChangePassword;
use crate::ui::{Card, FaultNote, InputField, Refusal, SubmitButton, from_here, post};

pub(super) const CHANGED: &str = "Your password is changed. You are signed out everywhere else.";

/// Changes the own password.
#[component]
pub fn PasswordForm(
    email: Memo<String>,
    done: RwSignal<Option<String>>,
    /// Reads the account again.
    reread: impl Fn() + Copy + Send + Sync + 'static,
) -> impl IntoView {
    let change = ServerAction::<ChangePassword>::new();
    let refusal = Refusal::of_form("password", change.value().into());
    let form = NodeRef::<html::Form>::new();
    Effect::new(move |_| match change.value().get() {
        Some(Ok(())) => {
            if let Some(form) = form.get_untracked() {
                form.reset();
            }
            done.set(Some(CHANGED.to_owned()));
            reread();
        }
        Some(Err(_)) => done.set(None),
        None => {}
    });
    view! {
        <Card id="password-card" title="Change password" purpose="All your other sessions end; this one stays.">
            <form method="post" action=from_here(ChangePassword::url()) node_ref=form class="stack" novalidate on:submit=post(change)>
                // For password managers: whose password it is.
                <input type="hidden" autocomplete="username" value=email />
                <InputField
                    id="password"
                    name="password"
                    label="Present password"
                    kind="password"
                    autocomplete="current-password"
                    problem=refusal.at("password")
                />
                <InputField
                    id="new_password"
                    name="new_password"
                    label="New password"
                    kind="password"
                    autocomplete="new-password"
                    help="10 characters at least. A few words in a row are easy to keep in mind."
                    problem=refusal.at("new_password")
                />
                {move || refusal.elsewhere(&["password", "new_password"]).map(|fault| view! { <FaultNote fault /> })}
                <div class="form-buttons">
                    <SubmitButton label="Change password" busy="Changing…" pending=change.pending() />
                </div>
            </form>
        </Card>
    }
    .into_any()
}
