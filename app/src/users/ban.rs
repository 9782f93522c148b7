use leptos::{prelude::*, server_fn::ServerFn};

use super::{BanUser, UnbanUser, UserRecord};
use crate::ui::{Card, ConfirmForm, FaultNote, count, from_here, problem_of_form};

/// Bans the user, or lifts the ban.
#[component]
pub fn BanCard(record: RwSignal<UserRecord>) -> impl IntoView {
    let (own, id) = record.with_untracked(|record| (record.own, record.id));
    let banned = Memo::new(move |_| record.with(|record| record.banned));
    let content = move || {
        if own {
            view! { <p>"You can't ban yourself. Somebody else who manages users can."</p> }.into_any()
        } else if banned.get() {
            view! { <Unban id /> }.into_any()
        } else {
            view! { <Ban record /> }.into_any()
        }
    };
    view! {
        <Card
            id="ban"
            title="Ban"
            purpose="A banned user can't sign in, is signed out everywhere at once, keeps the leads, and receives none."
        >
            {problem_of_form("ban").map(|fault| view! { <FaultNote fault /> })}
            {content}
        </Card>
    }
    .into_any()
}

#[component]
fn Unban(id: i64) -> impl IntoView {
    view! {
        <form class="stack" method="post" action=from_here(UnbanUser::url())>
            <input type="hidden" name="id" value=id />
            <p>"This user is banned."</p>
            <div class="form-buttons">
                <button class="button" type="submit">
                    "Lift the ban"
                </button>
            </div>
        </form>
    }
}

#[component]
fn Ban(record: RwSignal<UserRecord>) -> impl IntoView {
    let (id, name) = record.with_untracked(|record| (record.id, record.saved.name.clone()));
    let held = Memo::new(move |_| record.with(|record| record.held.unsigned_abs()));
    let leads = move || {
        match held.get() {
        0 => view! { <p>"No leads are assigned to them."</p> }.into_any(),
        held => view! {
            <p>{stay(held)}</p>
            <label class="option">
                <input type="checkbox" name="return_leads" value="true" />
                {format!("Return {} to Unassigned", if held == 1 { "this lead".to_owned() } else { format!("these {held} leads") })}
            </label>
        }
        .into_any(),
    }
    };
    view! {
        <ConfirmForm
            id="ban-user"
            page=format!("/users/{id}")
            opener="Ban…"
            question=format!("Ban {name}?")
            action=BanUser::url()
            confirm="Ban"
        >
            <input type="hidden" name="id" value=id />
            <p>"They are signed out everywhere at once and can't sign in."</p>
            {leads}
        </ConfirmForm>
    }
    .into_any()
}

/// What becomes of the leads unless something else is chosen.
fn stay(held: u64) -> String {
    let (them, verb) = if held == 1 { ("it", "stays") } else { ("them", "stay") };
    format!("Unless you return {them}, {} {verb} with them. Customers stay in any case.", count(held, "lead"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn says_how_many_leads_stay() {
        assert_eq!(stay(1), "Unless you return it, 1 lead stays with them. Customers stay in any case.");
        assert_eq!(stay(12), "Unless you return them, 12 leads stay with them. Customers stay in any case.");
    }
}
