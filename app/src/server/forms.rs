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

/// The parameters by which leptos brings a server function's error back to a page, in an encoding of its own. None of
/// our forms needs them: they are taken out of every address.
pub const FOREIGN_SAYINGS: [&str; 2] = ["__path", "__err"];

/// Whether the browser posted the form itself, and so shows whatever page comes back.
pub(super) fn is_plain_form() -> bool {
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
    query.append_pair("problem", &short(problem.clone()));
    let joint = if page.contains('?') { '&' } else { '?' };
    format!("{page}{joint}{}{fragment}", query.finish())
}

/// So long may the problems be in an address, in bytes; proxies refuse long ones.
const PROBLEMS: usize = 4096;

/// A problem as one parameter of an address; where there are too many, the first of them.
fn short(mut problem: Fault) -> String {
    loop {
        let text = json(&problem);
        let escaped: usize = form_urlencoded::byte_serialize(text.as_bytes()).map(str::len).sum();
        if escaped <= PROBLEMS || !problem.shorten() {
            return text;
        }
    }
}

/// A value as one parameter of an address.
pub(super) fn json(value: &impl Serialize) -> String {
    serde_json::to_string(value).unwrap_or_default()
}

/// `address` if it leads to a page of this site, else the start page. Every redirect to an address that came from outside
/// asks here.
///
/// Browsers read more as the name of another host than `//`: they turn `\\` into `/`, drop tabs and line ends, and resolve
/// `.` and `..`, written as `%2e` too (URL Standard, "path state"). A path that holds any of these is no path of ours.
#[must_use]
pub fn local_path(address: &str) -> &str {
    if is_local(address) { address } else { "/" }
}

fn is_local(address: &str) -> bool {
    let path = address.split(['?', '#']).next().unwrap_or_default();
    let Some(path) = path.strip_prefix('/') else { return false };
    let path = path.strip_suffix('/').unwrap_or(path);
    let lower = path.to_ascii_lowercase();
    let is_plain = |segment: &str| !matches!(segment.replace("%2e", ".").as_str(), "" | "." | "..");
    address.bytes().all(|byte| byte.is_ascii_graphic() || byte == b' ')
        && !path.contains(' ')
        && !["\\", "%5c", "%2f", "%00", "%0", "%7f"].iter().any(|part| lower.contains(part))
        && (address == "/" || path.is_empty() && !address.starts_with("//") || lower.split('/').all(is_plain))
}

#[cfg(test)]
mod tests {
    use calliyo_domain::Invalid;

    use super::{PROBLEMS, local_path, refusal};
    use crate::Fault;

    #[test]
    fn problems_make_no_address_too_long() {
        let said = |field: usize, text: &str| Invalid::new(&field.to_string(), text.repeat(100));
        for (text, told) in [("a", 10), ("ü", 6), ("\u{1f600}", 3)] {
            let all = (0..10).map(|field| said(field, text)).reduce(Invalid::and).unwrap();
            let address = refusal("/", &[], &Fault::Invalid(all.clone()), "");
            let (_, problem) = form_urlencoded::parse(&address.as_bytes()[2..]).next().unwrap();
            let shown: Fault = serde_json::from_str(&problem).unwrap();
            assert!(address.len() <= PROBLEMS + 20, "{}", address.len());
            assert_eq!(shown.fields().count(), told, "{text}");
            assert!(shown.fields().eq(all.problems().take(told).map(|problem| problem.field.as_str())));
        }
        let long = Fault::Invalid(said(0, &"a".repeat(100)));
        assert!(refusal("/", &[], &long, "").contains(&"a".repeat(10_000)), "one is told whatever its length");
    }

    #[test]
    fn only_paths_of_this_site_are_followed() {
        let own = [
            "/",
            "/leads",
            "/leads/",
            "/leads?q=a b",
            "/leads?status=3",
            "/?tab=a",
            "/leads/1?q=a//b#top",
            "/leads?q=a%5Cb",
            "/a.b/.c",
        ];
        for path in own {
            assert_eq!(local_path(path), path);
        }
        let others = [
            "",
            "leads",
            "?next=/",
            "//evil.example",
            "///evil.example",
            "//evil.example/?problem=a.b",
            "https://evil.example",
            "javascript:alert(1)",
            "/\\evil.example",
            "\\\\evil.example",
            "/leads/\\evil.example",
            "/%5Cevil.example",
            "/%5cevil.example",
            "/%2F/evil.example",
            "/.//evil.example",
            "/..//evil.example",
            "/leads/..//evil.example",
            "/leads/../..//evil.example",
            "/%2e//evil.example",
            "/%2E%2e//evil.example",
            "/.%2e/leads",
            "/./leads",
            "/leads//evil.example",
            "/leads//",
            "/\t/evil.example",
            "/\n/evil.example",
            "/%09/evil.example",
            "/%0d%0aSet-Cookie:x",
            "/a\r\nSet-Cookie: x",
            " //evil.example",
            "/ /evil.example",
            "/\u{2f}\u{2044}evil.example",
            "/leads?q=\u{2028}",
        ];
        for path in others {
            assert_eq!(local_path(path), "/", "{path:?}");
        }
    }
}
