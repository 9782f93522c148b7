use leptos::{html, prelude::*, server_fn::ServerFn};

use super::{SetPassword, UserRecord, record::PASSWORD_SET};
use crate::ui::{Card, FaultNote, InputField, Refusal, SubmitButton, from_here, post};

/// Gives the user a new password; one's own is changed on the account page, where the present one is asked.
#[component]
pub fn PasswordForm(
    record: RwSignal<UserRecord>,
    done: RwSignal<Option<String>>,
    /// Reads the record again.
    reread: impl Fn() + Copy + Send + Sync + 'static,
) -> impl IntoView {
    let set = ServerAction::<SetPassword>::new();
    let refusal = Refusal::of_form("password", set.value().into());
    let form = NodeRef::<html::Form>::new();
    Effect::new(move |_| match set.value().get() {
        Some(Ok(())) => {
            if let Some(form) = form.get_untracked() {
                form.reset();
            }
            done.set(Some(PASSWORD_SET.to_owned()));
            reread();
        }
        Some(Err(_)) => done.set(None),
        None => {}
    });
    let content = if record.with_untracked(|record| record.own) {
        view! {
            <p>
                "Change your own password on "
                <a href="/account">"your account page"</a> "."
            </p>
        }
        .into_any()
    } else {
        view! {
            <form method="post" action=from_here(SetPassword::url()) node_ref=form class="stack" novalidate on:submit=post(set)>
                <input type="hidden" name="id" value=move || record.with(|record| record.id) />
                <InputField
                    id="password"
                    name="password"
                    label="New password"
                    kind="password"
                    autocomplete="new-password"
                    help="10 characters at least. Tell it to them; they can change it on their account page."
                    problem=refusal.at("password")
                />
                {move || refusal.elsewhere(&["password"]).map(|fault| view! { <FaultNote fault /> })}
                <div class="form-buttons">
                    <SubmitButton label="Set password" busy="Setting…" pending=set.pending() />
                </div>
            </form>
        }
        .into_any()
    };
    view! {
        <Card id="password-card" title="Set a new password" purpose="All sessions of the user end at once.">
            {content}
        </Card>
    }
    .into_any()
}
