//! Forms posted without JavaScript are answered by a redirect whose address holds what the page must show. Anybody can
//! make such an address and send it to somebody, so a cookie vouches for it: pages are shown with no other
//! (`server/src/http/vouched.rs`).

use http::{HeaderMap, header, request::Parts};
use leptos::prelude::use_context;
use serde::Serialize;

use super::{Services, request};
use crate::Fault;

/// The parameters of an address that hold what a page says, in words that may be anything.
pub const SAYINGS: [&str; 4] = ["problem", "done", "draft", "changed"];

/// Whether the browser posted the form itself, and so shows whatever page comes back.
fn is_plain_form() -> bool {
    use_context::<Parts>().is_some_and(|parts| asks_for_page(&parts.headers))
}

/// Whether whoever sent these headers shows the page that comes back.
#[must_use]
pub fn asks_for_page(headers: &HeaderMap) -> bool {
    headers
        .get(header::ACCEPT)
        .and_then(|accept| accept.to_str().ok())
        .is_some_and(|accept| accept.contains("text/html"))
}

/// Where a plain form leads on success; scripts stay where they are.
pub(super) fn done(location: &str) {
    if is_plain_form() {
        leptos_axum::redirect(location);
    }
}

/// Where a plain form leads on success, with what the page is to say of it (`said`, by name).
pub(super) fn done_saying(page: &str, said: &[(&str, String)], fragment: &str) {
    let mut query = form_urlencoded::Serializer::new(String::new());
    query.extend_pairs(said);
    let joint = if page.contains('?') { '&' } else { '?' };
    if is_plain_form() {
        lead_to(&format!("{page}{joint}{}{fragment}", query.finish()));
    }
}

/// Where a plain form leads when it is refused: `page`, with what was typed (`typed`, by name) and the problem.
pub(super) fn refused(page: &str, typed: &[(&str, String)], problem: &Fault, fragment: &str) {
    if is_plain_form() {
        lead_to(&refusal(page, typed, problem, fragment));
    }
}

/// Leads to `location`, and vouches for what it says.
fn lead_to(location: &str) {
    if let Ok(services) = Services::current() {
        request::vouch_for(&services, location);
    }
    leptos_axum::redirect(location);
}

/// The address of `page` that shows what was typed and the problem.
#[must_use]
pub fn refusal(page: &str, typed: &[(&str, String)], problem: &Fault, fragment: &str) -> String {
    let mut query = form_urlencoded::Serializer::new(String::new());
    query.extend_pairs(typed.iter().filter(|(_, value)| !value.is_empty()));
    query.append_pair("problem", &json(problem));
    let joint = if page.contains('?') { '&' } else { '?' };
    format!("{page}{joint}{}{fragment}", query.finish())
}

/// A value as one parameter of an address.
pub(super) fn json(value: &impl Serialize) -> String {
    serde_json::to_string(value).unwrap_or_default()
}

/// `path` if it leads to a page of this site, else the start page.
pub(super) fn local_path(path: &str) -> &str {
    let local = path.starts_with('/')
        && !path.starts_with("//")
        && !path.contains('\\')
        && path.is_ascii()
        && !path.chars().any(char::is_control);
    if local { path } else { "/" }
}

#[cfg(test)]
mod tests {
    use super::local_path;

    #[test]
    fn only_paths_of_this_site_are_followed() {
        assert_eq!(local_path("/leads?status=3"), "/leads?status=3");
        for path in ["", "//evil.example", "https://evil.example", "/\\evil.example", "/a\r\nSet-Cookie: x"] {
            assert_eq!(local_path(path), "/", "{path:?}");
        }
    }
}
