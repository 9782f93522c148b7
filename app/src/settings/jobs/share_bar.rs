use calliyo_domain::job::AgentShare;
use leptos::prelude::*;

/// An agent's queue before and after a run, against the lead cap, `widest` being the full width. The numbers stand
/// beside it, so that screen readers pass it over. Sizes are attributes: the page's policy allows no inline style.
pub fn share_bar(share: &AgentShare, widest: i64) -> impl IntoView + use<> {
    let width = |leads: i64| format!("{:.2}", leads as f64 * 100.0 / widest as f64);
    let cap = width(share.cap);
    view! {
        <svg class="share-bar" viewBox="0 0 100 12" preserveAspectRatio="none" aria-hidden="true">
            <rect class="room" width=cap.clone() height="12" />
            <rect class="before" y="1" width=width(share.before) height="4" />
            <rect class="after" y="6" width=width(share.after) height="5" />
            <line class="cap" x1=cap.clone() x2=cap.clone() y1="0" y2="12" />
        </svg>
    }
}
