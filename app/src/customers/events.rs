use leptos::prelude::*;

use super::Event;
use crate::ui::MomentView;

/// Every change of status or owner, newest first.
#[component]
pub fn Events(events: Vec<Event>) -> impl IntoView {
    let items = events.into_iter().map(|event| {
        let Event { at, changes, by, why } = event;
        view! {
            <li>
                <p class="event-when">
                    <MomentView moment=at />
                    {by.map(|by| view! { " · " <span>{by}</span> })}
                </p>
                {changes.into_iter().map(|change| view! { <p class="event-what">{change}</p> }).collect_view()}
                <p class="event-why">{why}</p>
            </li>
        }
    });
    view! {
        <section class="card" aria-labelledby="events-title">
            <div class="card-head">
                <h2 id="events-title">"History"</h2>
                <p>"Every change of status or owner, newest first."</p>
            </div>
            <ol class="events">{items.collect_view()}</ol>
        </section>
    }
    .into_any()
}
