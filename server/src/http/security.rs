//! What every answer carries, and what no request may do.

use axum::{
    extract::{Request, State},
    http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, header},
    middleware::Next,
    response::{IntoResponse, Response},
};
use calliyo_app::server::forms::local_path;
use leptos::{nonce::use_nonce, prelude::use_context};
use leptos_axum::ResponseOptions;

use super::AppState;

/// Refuses writes that another site's page caused: by Sec-Fetch-Site, or where a browser doesn't send it, by Origin
/// (OWASP CSRF Prevention Cheat Sheet, "Fetch Metadata"). Programs send neither and have no cookies to borrow. What server
/// functions read is for the site's own pages too.
pub async fn same_origin(mut request: Request, next: Next) -> Response {
    let is_function = request.uri().path().starts_with("/api/");
    let reads = matches!(*request.method(), Method::GET | Method::HEAD | Method::OPTIONS);
    if (reads && !is_function) || is_same_origin(request.headers()) {
        // leptos leads a plain form back to wherever the request says that it came from.
        if is_function && (reads || !is_own_referer(request.headers())) {
            request.headers_mut().remove(header::REFERER);
        }
        // What is read is answered, wherever the address was typed.
        if is_function && reads {
            request.headers_mut().insert(header::ACCEPT, HeaderValue::from_static("application/json"));
        }
        next.run(request).await
    } else {
        (StatusCode::FORBIDDEN, "This request came from another site and was refused.\n").into_response()
    }
}

fn is_same_origin(headers: &HeaderMap) -> bool {
    let text = |name: HeaderName| headers.get(name).map(|value| value.to_str().unwrap_or("?"));
    if let Some(site) = text(HeaderName::from_static("sec-fetch-site")) {
        return matches!(site, "same-origin" | "none");
    }
    let Some(origin) = text(header::ORIGIN) else { return true };
    let host = origin.split_once("://").map(|(_, host)| host);
    host.is_some() && host == text(header::HOST)
}

/// Whether a page of this very host caused the request, by its own word.
fn is_own_referer(headers: &HeaderMap) -> bool {
    let text = |name: HeaderName| headers.get(name).and_then(|value| value.to_str().ok());
    own_address(text(header::REFERER), text(header::HOST)).is_some()
}

/// What follows the host in an address of `host`.
fn own_address<'a>(address: Option<&'a str>, host: Option<&str>) -> Option<&'a str> {
    let (scheme, rest) = address?.split_once("://")?;
    let rest = rest.strip_prefix(host.filter(|host| !host.is_empty())?)?;
    (matches!(scheme, "http" | "https") && rest.starts_with('/')).then_some(rest)
}

/// Leads nowhere but to this site: where a page's answer says where to go on, it is a redirect, whatever the request
/// accepts; and where a server function leads back to the page that called it, it does so by its path alone.
pub async fn redirects(request: Request, next: Next) -> Response {
    let is_function = request.uri().path().starts_with("/api/");
    let host = request.headers().get(header::HOST).and_then(|host| host.to_str().ok()).map(str::to_owned);
    let mut response = next.run(request).await;
    let Some(location) = response.headers().get(header::LOCATION) else { return response };
    let location = location.to_str().unwrap_or_default();
    let own = own_address(Some(location), host.as_deref()).unwrap_or(location);
    if let Ok(local) = HeaderValue::from_str(local_path(own)) {
        response.headers_mut().insert(header::LOCATION, local);
    }
    if !is_function && !response.status().is_redirection() {
        *response.status_mut() = StatusCode::FOUND;
        response.headers_mut().remove(REDIRECT_HEADER);
    }
    response
}

/// By this leptos tells its own script to go on, with an answer of 200.
const REDIRECT_HEADER: HeaderName = HeaderName::from_static("serverfnredirect");

const FIXED: [(HeaderName, &str); 6] = [
    (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (header::REFERRER_POLICY, "same-origin"),
    (header::X_FRAME_OPTIONS, "DENY"),
    (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
    (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
    (HeaderName::from_static("permissions-policy"), "camera=(), geolocation=(), microphone=(), payment=()"),
];

/// For a year, as RFC 6797 has it; where people reach the site by https.
const BY_HTTPS: HeaderValue = HeaderValue::from_static("max-age=31536000");

/// The headers of every answer. A page brings its own policy, with its nonce; all else may load nothing.
pub async fn headers(State(state): State<AppState>, request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    for (name, value) in FIXED {
        headers.insert(name, HeaderValue::from_static(value));
    }
    if state.services.secure {
        headers.insert(header::STRICT_TRANSPORT_SECURITY, BY_HTTPS);
    }
    headers
        .entry(header::CONTENT_SECURITY_POLICY)
        .or_insert(HeaderValue::from_static("default-src 'none'; frame-ancestors 'none'"));
    response
}

/// Gives the page being rendered its policy: only its own files, and the one script that carries its nonce.
pub fn allow_nonce() {
    let (Some(nonce), Some(response)) = (use_nonce(), use_context::<ResponseOptions>()) else { return };
    let policy = format!(
        "default-src 'none'; script-src 'self' 'nonce-{nonce}' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self' data:; \
         connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    );
    if let Ok(policy) = HeaderValue::from_str(&policy) {
        response.insert_header(header::CONTENT_SECURITY_POLICY, policy);
        response.insert_header(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headers(pairs: &[(&'static str, &'static str)]) -> HeaderMap {
        pairs.iter().map(|(name, value)| (HeaderName::from_static(name), HeaderValue::from_static(value))).collect()
    }

    #[test]
    fn only_the_sites_own_pages_write() {
        assert!(is_same_origin(&headers(&[("sec-fetch-site", "same-origin")])));
        assert!(!is_same_origin(&headers(&[("sec-fetch-site", "cross-site"), ("host", "a"), ("origin", "http://a")])));
        assert!(!is_same_origin(&headers(&[("sec-fetch-site", "same-site")])));
        assert!(is_same_origin(&headers(&[("origin", "https://crm.example"), ("host", "crm.example")])));
        assert!(!is_same_origin(&headers(&[("origin", "https://evil.example"), ("host", "crm.example")])));
        assert!(!is_same_origin(&headers(&[("origin", "null"), ("host", "crm.example")])));
        assert!(is_same_origin(&headers(&[("host", "crm.example")])));
    }

    #[test]
    fn only_the_hosts_own_addresses_are_its_own() {
        let cases = [
            ("http://crm.example/leads?x=1", Some("/leads?x=1")),
            ("https://crm.example/", Some("/")),
            ("https://crm.example.evil.example/", None),
            ("https://crm.example@evil.example/", None),
            ("https://crm.example:81/", None),
            ("https://crm.example", None),
            ("ftp://crm.example/", None),
            ("https://evil.example/https://crm.example/", None),
            ("", None),
        ];
        for (address, path) in cases {
            assert_eq!(own_address(Some(address), Some("crm.example")), path, "{address}");
        }
        assert_eq!(own_address(Some("http:///x"), Some("")), None);
        assert_eq!(own_address(Some("http://crm.example/"), None), None);
    }
}
