use leptos::prelude::*;

use super::{OpenSession, browser::browser_name};
use crate::ui::{MomentView, from_here};

/// Where a user is signed in, each with a button that ends it.
#[component]
pub fn SessionList(
    sessions: Vec<OpenSession>,
    /// Where Revoke posts to.
    action: &'static str,
    /// Whose they are, where they aren't the viewer's own.
    #[prop(optional)]
    user: Option<i64>,
) -> impl IntoView {
    if sessions.is_empty() {
        return view! { <p class="nobody">"Nowhere."</p> }.into_any();
    }
    let items = sessions.into_iter().map(|session| view! { <Item session action user /> });
    view! { <ul class="sessions">{items.collect_view()}</ul> }.into_any()
}

#[component]
fn Item(session: OpenSession, action: &'static str, user: Option<i64>) -> impl IntoView {
    let OpenSession { id, address, browser, since, seen, this } = session;
    let name = browser_name(&browser);
    let whose = format!("Revoke {name}, {address}");
    view! {
        <li>
            <div>
                <p class="session-name">
                    <span title=browser>{name}</span>
                    {this.then(|| view! { <span class="pill" data-kind="queue">"This one"</span> })}
                </p>
                <p class="field-help">
                    {address} " · last used " <MomentView moment=seen zone=true /> " · signed in " <MomentView moment=since zone=true />
                </p>
            </div>
            {(!this).then(|| {
                view! {
                    <form method="post" action=from_here(action)>
                        {user.map(|user| view! { <input type="hidden" name="id" value=user /> })}
                        <input type="hidden" name="session" value=id />
                        <button class="button" type="submit" aria-label=whose>
                            "Revoke"
                        </button>
                    </form>
                }
            })}
        </li>
    }
}
