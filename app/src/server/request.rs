use std::net::IpAddr;

use axum_extra::extract::cookie::{Cookie, CookieJar, SameSite};
use http::{HeaderMap, HeaderValue, header, request::Parts};
use leptos::prelude::use_context;
use leptos_axum::ResponseOptions;
use sha2::{Digest, Sha256};

use super::Services;

/// Where the request comes from; the router puts it there, knowing which proxies to believe.
#[derive(Clone, Copy, Debug)]
pub struct ClientAddress(pub IpAddr);

/// How long a session lives, however much it is used: 30 days, in milliseconds.
pub const SESSION_LIFE: i64 = 30 * 24 * 60 * 60 * 1000;

/// The client's address and browser, as sessions show them.
pub(super) fn client() -> (String, String) {
    let Some(parts) = use_context::<Parts>() else { return Default::default() };
    let address = parts.extensions.get::<ClientAddress>().map(|address| address.0.to_string()).unwrap_or_default();
    let browser = parts.headers.get(header::USER_AGENT).and_then(|value| value.to_str().ok()).unwrap_or_default();
    (address, browser.chars().take(300).collect())
}

/// The digest of the request's session token, if it brought one.
pub(super) fn session_digest(secure: bool) -> Option<String> {
    use_context::<Parts>().and_then(|parts| digest_in(&parts.headers, secure))
}

/// The digest of the session token among these headers.
#[must_use]
pub fn digest_in(headers: &HeaderMap, secure: bool) -> Option<String> {
    CookieJar::from_headers(headers).get(cookie_name(secure)).map(|cookie| digest(cookie.value()))
}

/// SHA-256 in hex. Session tokens have 256 random bits, so that a plain digest can't be turned back.
#[must_use]
pub fn digest(text: &str) -> String {
    hex(&Sha256::digest(text.as_bytes()))
}

pub(super) fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// `__Host-` binds the cookie to this host and to https (RFC 6265bis, 4.1.3.2).
const fn cookie_name(secure: bool) -> &'static str {
    if secure { "__Host-calliyo" } else { "calliyo" }
}

/// Gives the browser a session token, or with nothing takes it away.
pub(super) fn set_session_cookie(services: &Services, token: Option<String>) {
    let life = if token.is_some() { SESSION_LIFE / 1000 } else { 0 };
    let mut cookie = Cookie::new(cookie_name(services.secure), token.unwrap_or_default());
    cookie.set_http_only(true);
    cookie.set_same_site(SameSite::Lax);
    cookie.set_path("/");
    cookie.set_secure(services.secure);
    let value = format!("{cookie}; Max-Age={life}");
    if let (Some(response), Ok(value)) = (use_context::<ResponseOptions>(), HeaderValue::from_str(&value)) {
        response.append_header(header::SET_COOKIE, value);
    }
}
