//! Answers are compressed as they are sent, but for those whose length could give a secret away.
//!
//! Who can make somebody's browser ask for an address of their choice, and see how long the answer is, can guess what
//! stands on the page letter by letter: the guess that is there already compresses better (BREACH). No page holds a token,
//! the session is in a cookie alone, and the nonce is another each time; but lists hold names and phones beside the text
//! that was searched for (`?q=`), and a form that was refused without JavaScript what was typed beside the page. So an
//! address that holds anything but the choices of a page is answered as it is. What is posted comes from the site's own
//! pages alone (`security.rs`).
//!
//! The embedded files are compressed at build time, and the live stream must not wait for more to compress.

use axum::{
    extract::Request,
    http::{Extensions, HeaderMap, StatusCode, Version},
    middleware::Next,
    response::Response,
};
use tower_http::{
    CompressionLevel,
    compression::{
        CompressionLayer,
        predicate::{And, DefaultPredicate, Predicate},
    },
};

/// Brotli from 5 on takes far longer for little.
const QUALITY: CompressionLevel = CompressionLevel::Precise(4);

/// Parameters whose values choose among what a page has, and are shown as nothing else.
const CHOICES: [&str; 8] = ["tab", "status", "owner", "agent", "sort", "section", "job", "id"];

/// Longer than any choice.
const LONG: usize = 24;

/// An answer that is to be sent as it is.
#[derive(Clone, Copy)]
struct AsItIs;

type Allowed = fn(StatusCode, Version, &HeaderMap, &Extensions) -> bool;

pub fn layer() -> CompressionLayer<And<DefaultPredicate, Allowed>> {
    let allowed: Allowed = |_, _, _, extensions| extensions.get::<AsItIs>().is_none();
    CompressionLayer::new().br(true).gzip(true).quality(QUALITY).compress_when(DefaultPredicate::new().and(allowed))
}

/// Marks the answers to addresses that hold what was typed.
pub async fn judge(request: Request, next: Next) -> Response {
    let plain = request.uri().query().is_none_or(is_chosen);
    let response = next.run(request).await;
    if plain { response } else { as_it_is(response).await }
}

/// Marks an answer that is compressed already, or can't be.
pub async fn as_it_is(mut response: Response) -> Response {
    response.extensions_mut().insert(AsItIs);
    response
}

fn is_chosen(query: &str) -> bool {
    form_urlencoded::parse(query.as_bytes()).all(|(name, value)| {
        let is_word =
            value.len() <= LONG && value.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_".contains(&byte));
        CHOICES.contains(&name.as_ref()) && is_word
    })
}

#[cfg(test)]
mod tests {
    use super::is_chosen;

    #[test]
    fn what_was_typed_is_told_from_what_was_chosen() {
        for query in ["", "tab=configurations", "status=3&owner=7", "status=3&status=4"] {
            assert!(is_chosen(query), "{query}");
        }
        let typed =
            ["q=asha", "tab=status&problem=%22x%22", "next=%2Fleads", "status=%2B9198", "tab=a+b", "from=2026-05-11"];
        for query in typed {
            assert!(!is_chosen(query), "{query}");
        }
    }
}
