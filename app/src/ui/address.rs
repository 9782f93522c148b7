//! What the page's address says besides the path.

use leptos::prelude::*;
use leptos_router::{
    hooks::{use_location, use_query_map},
    location::{Location, Url},
};
use serde::de::DeserializeOwned;

use crate::{Fault, sign_in::SIGN_IN};

/// Follows what the page's address asks for: `read` is given what each parameter says, or empty text. What else stands
/// here is read once, when a page is made.
pub fn of_address<T>(read: impl Fn(&dyn Fn(&str) -> String) -> T + Send + Sync + 'static) -> Memo<T>
where
    T: PartialEq + Send + Sync + 'static,
{
    let query = use_query_map();
    Memo::new(move |_| query.with(|query| read(&|name| query.get(name).unwrap_or_default())))
}

/// A parameter of the address as plain text.
pub fn parameter(name: &str) -> Option<String> {
    use_query_map().with_untracked(|query| query.get(name)).filter(|value| !value.is_empty())
}

/// A parameter of the address that holds JSON; nothing if it holds anything else.
pub fn json_parameter<T: DeserializeOwned>(name: &str) -> Option<T> {
    parameter(name).and_then(|text| serde_json::from_str(&text).ok())
}

/// Why a form posted without JavaScript was refused.
pub fn problem_in_address() -> Option<Fault> {
    json_parameter("problem")
}

/// Takes what a plain form brought out of the address of `page`, so that a reload doesn't bring it back.
pub fn forget_address(page: &str) {
    let forgotten = window().history().and_then(|history| history.replace_state_with_url(&"".into(), "", Some(page)));
    if let Err(error) = forgotten {
        leptos::logging::warn!("the address stays as it was: {error:?}");
    }
}

/// `path` with those parameters that say something.
pub fn with_query(path: &str, parameters: &[(&str, &str)]) -> String {
    // The server would escape the hyphens of a date and the like, which the browser leaves as they are.
    let plain = |value: &str| value.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-._".contains(&byte));
    let said = parameters.iter().filter(|(_, value)| !value.is_empty());
    let query: Vec<String> = said
        .map(|(name, value)| {
            let value = if plain(value) { (*value).to_owned() } else { Url::escape(value) };
            format!("{name}={value}")
        })
        .collect();
    if query.is_empty() { path.to_owned() } else { format!("{path}?{}", query.join("&")) }
}

/// The page's whole address.
pub fn here() -> Signal<String> {
    let Location { pathname, search, .. } = use_location();
    Signal::derive(move || {
        let (path, query) = (pathname.get(), search.get());
        if query.is_empty() { path } else { format!("{path}?{query}") }
    })
}

/// Where to sign in to come back to this very page.
pub fn sign_in_again() -> String {
    format!("{SIGN_IN}?next={}", Url::escape(&here().get_untracked()))
}
