use calliyo_domain::status::fixed_on_queue;
use leptos::{either::Either, ev::SubmitEvent, prelude::*, server_fn::ServerFn};

use super::{Edit, QueueStatus, editor::Editor, page::QUEUE_HELP};
use crate::ui::from_here;

/// The switch "on the queue"; for three statuses, what they always are.
#[component]
pub fn Queue(editor: Editor, id: i64, name: Memo<String>, on_queue: Memo<bool>) -> impl IntoView {
    let content = match fixed_on_queue(id) {
        Some(true) => Either::Left("Always on the queue"),
        Some(false) => Either::Left("Never on the queue"),
        None => Either::Right(view! { <Switch editor id name on_queue /> }),
    };
    view! { <div class="status-queue">{content}</div> }.into_any()
}

/// A submit button, so that one press does without JavaScript as well.
#[component]
fn Switch(editor: Editor, id: i64, name: Memo<String>, on_queue: Memo<bool>) -> impl IntoView {
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        editor.send(Edit::Queue { id, on_queue: !on_queue.get_untracked() });
    };
    view! {
        <form method="post" action=from_here(QueueStatus::url()) on:submit=submit>
            <input type="hidden" name="id" value=id />
            <input type="hidden" name="on_queue" value=move || (!on_queue.get()).to_string() />
            <button
                id=format!("status-{id}-queue")
                type="submit"
                role="switch"
                aria-checked=move || on_queue.get().to_string()
                aria-label=move || format!("{} on the queue", name.get())
                aria-describedby=QUEUE_HELP
            ></button>
            <span aria-hidden="true">"On the queue"</span>
        </form>
    }
    .into_any()
}
