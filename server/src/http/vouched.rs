//! What an address says beside the page is shown only where this server, or another of the same site, has led there:
//! whoever makes such an address and sends it to somebody must not speak in the site's name.

use axum::{
    extract::{Request, State},
    http::Method,
    middleware::Next,
    response::{IntoResponse as _, Redirect, Response},
};
use calliyo_app::server::{
    forms::{FOREIGN_SAYINGS, SAYINGS, local_path},
    request::is_vouched_for,
};

use super::AppState;

/// Leads to the same page without what nobody vouches for.
pub async fn addresses(State(state): State<AppState>, request: Request, next: Next) -> Response {
    let uri = request.uri();
    let asks_for_page = matches!(*request.method(), Method::GET | Method::HEAD) && !uri.path().starts_with("/api/");
    if asks_for_page
        && let Some(query) = uri.query()
        && let Some(rest) = without_sayings(query)
        && !is_vouched_for(request.headers(), &format!("{}?{query}", uri.path()), state.services.secure)
    {
        let joint = if rest.is_empty() { "" } else { "?" };
        return Redirect::to(local_path(&format!("{}{joint}{rest}", uri.path()))).into_response();
    }
    next.run(request).await
}

/// The query without what says something in words of its own; nothing where it says nothing. A plain word such as
/// `saved` can only choose among the page's own sentences.
fn without_sayings(query: &str) -> Option<String> {
    let says = |pair: &&str| {
        form_urlencoded::parse(pair.as_bytes()).any(|(name, value)| {
            let is_word = value.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_".contains(&byte));
            let name = name.as_ref();
            FOREIGN_SAYINGS.contains(&name) || (SAYINGS.contains(&name) && !is_word)
        })
    };
    let pairs: Vec<&str> = query.split('&').collect();
    let rest: Vec<&str> = pairs.iter().copied().filter(|pair| !says(pair)).collect();
    (rest.len() < pairs.len()).then(|| rest.join("&"))
}

#[cfg(test)]
mod tests {
    use super::without_sayings;

    #[test]
    fn only_words_of_its_own_are_taken_out() {
        assert_eq!(without_sayings("tab=status&page=2&done=view-saved"), None);
        assert_eq!(without_sayings("problem=%22forbidden%22").as_deref(), Some(""));
        assert_eq!(without_sayings("tab=status&done=%7B%7D&form=a").as_deref(), Some("tab=status&form=a"));
        assert_eq!(without_sayings("tab=status&__path=%2Fapi&__err=QUJD").as_deref(), Some("tab=status"));
        assert_eq!(without_sayings("%70roblem=a+b&draft={}&q=%22").as_deref(), Some("q=%22"));
    }
}
