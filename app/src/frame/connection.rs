use leptos::prelude::*;

use crate::live::Live;

/// Says when the server can't be reached, and since when what the page shows is no longer kept up to date. It stays in
/// sight.
#[component]
pub fn ConnectionNote() -> impl IntoView {
    let server = Live::current().server();
    let said = Memo::new(move |_| said(server.away().as_deref(), server.lacks()));
    view! {
        <div class="connection" role="status">
            {move || said.get().map(|said| view! { <p class="note" data-kind="warning">{said}</p> })}
        </div>
    }
    .into_any()
}

fn said(since: Option<&str>, lacks: bool) -> Option<String> {
    let (now, later) = match (since, lacks) {
        (None, false) => return None,
        (None, true) => return Some("Not everything could be read just now. It is read again by itself.".to_owned()),
        (Some(""), _) => ("Reconnecting: this page may be out of date.".to_owned(), lacks),
        (Some(since), _) => (format!("Reconnecting: figures of {since}."), lacks),
    };
    let later = if later { " What you asked for last comes once the server answers." } else { "" };
    Some(now + later)
}

#[cfg(test)]
mod tests {
    use super::said;

    #[test]
    fn since_when() {
        let text = |since, lacks| said(since, lacks).unwrap_or_default();
        assert_eq!(said(None, false), None);
        assert_eq!(text(Some("05:58"), false), "Reconnecting: figures of 05:58.");
        assert_eq!(text(Some(""), false), "Reconnecting: this page may be out of date.");
        assert_eq!(
            text(Some("05:58"), true),
            "Reconnecting: figures of 05:58. What you asked for last comes once the server answers."
        );
        assert_eq!(text(None, true), "Not everything could be read just now. It is read again by itself.");
    }
}
