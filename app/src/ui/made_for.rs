//! For whom a page was made. Each write carries it, and the server refuses what another's session sends
//! (`server/src/http/whose.rs`): one browser's tabs share their cookies.

#[cfg(not(feature = "ssr"))]
use leptos::prelude::document;

/// For whom this document was made, as sessions name their people; nobody is empty.
pub fn made_for() -> String {
    #[cfg(feature = "ssr")]
    return crate::server::request::whose_document().unwrap_or_default();
    #[cfg(not(feature = "ssr"))]
    document().document_element().and_then(|html| html.get_attribute("data-for")).unwrap_or_default()
}

/// Where a form of this page posts to by itself; scripts say for whom in a header (`shell.rs`).
pub fn from_here(address: &str) -> String {
    format!("{address}?{}={}", crate::FOR, made_for())
}
