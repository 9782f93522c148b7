use std::net::IpAddr;

use axum_extra::extract::cookie::{Cookie, CookieJar, SameSite};
use calliyo_db::{Tx, sign_ins};
use calliyo_domain::sign_in;
use http::{HeaderMap, HeaderName, HeaderValue, Uri, header, request::Parts};
use leptos::prelude::use_context;
use leptos_axum::ResponseOptions;
use sha2::{Digest, Sha256};

use super::Services;
use crate::FOR;

/// Where the request comes from; the router puts it there, knowing which proxies to believe.
#[derive(Clone, Copy, Debug)]
pub struct ClientAddress(pub IpAddr);

/// How long a session lives, however much it is used: 30 days, in milliseconds.
pub const SESSION_LIFE: i64 = 30 * 24 * 60 * 60 * 1000;

/// As which address the client's wrong passwords count.
pub(super) fn network() -> String {
    let address = use_context::<Parts>().and_then(|parts| parts.extensions.get::<ClientAddress>().copied());
    address.map(|address| sign_in::network(address.0)).unwrap_or_default()
}

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

/// The header by which scripts say for whom their page was made.
const FOR_HEADER: &str = "calliyo-for";

/// Whose the session among these headers is, be it alive or not: what pages carry, so that each write says for whom its
/// page was made. It says the same for each session of one person. Nothing without a session.
#[must_use]
pub fn whose(headers: &HeaderMap, secure: bool) -> Option<String> {
    let cookies = CookieJar::from_headers(headers);
    let token = cookies.get(cookie_name(secure))?.value();
    let named = token.split_once('.').map(|(user, _)| user);
    let user = named.filter(|user| !user.is_empty() && user.bytes().all(|byte| byte.is_ascii_digit()));
    // Tokens of before name nobody: they stand for themselves.
    Some(user.map_or_else(|| digest(token)[..16].to_owned(), str::to_owned))
}

/// For whom the page was made that this request comes from, if it says so.
#[must_use]
pub fn made_for(headers: &HeaderMap, uri: &Uri) -> Option<String> {
    let said = headers.get(FOR_HEADER).and_then(|value| value.to_str().ok()).map(str::to_owned);
    said.or_else(|| {
        let mut pairs = form_urlencoded::parse(uri.query()?.as_bytes());
        pairs.find(|(name, _)| name == FOR).map(|(_, value)| value.into_owned())
    })
}

/// For whom the document that is being rendered is made.
pub(crate) fn whose_document() -> Option<String> {
    let services = use_context::<Services>()?;
    whose(&use_context::<Parts>()?.headers, services.secure)
}

/// A new session's token: whose it is, and 256 bits that nobody guesses.
pub(super) fn token(services: &Services, user: i64) -> String {
    format!("{user}.{}", hex(&services.random.bytes()))
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

/// As [`cookie_name`], of the cookie that vouches for an address.
const fn vouching_name(secure: bool) -> &'static str {
    if secure { "__Host-calliyo-said" } else { "calliyo-said" }
}

/// As [`cookie_name`], of the cookie by which a browser is known that has signed in before.
const fn browser_name(secure: bool) -> &'static str {
    if secure { "__Host-calliyo-browser" } else { "calliyo-browser" }
}

/// How long a browser is known from each sign-in on, in seconds: as long as sign-ins are kept.
const BROWSER_LIFE: i64 = 90 * 24 * 60 * 60;

/// Longer tokens are none of ours.
const TOKEN: usize = 64;

fn browser_cookie(secure: bool) -> Option<String> {
    let parts = use_context::<Parts>()?;
    let cookies = CookieJar::from_headers(&parts.headers);
    let token = cookies.get(browser_name(secure))?.value();
    (token.len() == TOKEN && token.bytes().all(|byte| byte.is_ascii_hexdigit())).then(|| token.to_owned())
}

/// What stands for this browser among the attempts to sign in, where it says that it has signed in before.
pub(super) fn browser(secure: bool) -> Option<String> {
    browser_cookie(secure).map(|token| digest(&token))
}

/// Writes down that this browser has signed in to the account (a digest); gives the token by which it is known. One that
/// nobody has signed in with isn't ours: whoever put it there would know it.
pub(super) async fn know_browser(services: &Services, tx: &mut Tx, account: &str) -> calliyo_db::Result<String> {
    let token = match browser_cookie(services.secure) {
        Some(token) if sign_ins::is_known(tx, &digest(&token)).await? => token,
        _ => hex(&services.random.bytes()),
    };
    sign_ins::remember(tx, account, &digest(&token), services.clock.now()).await?;
    Ok(token)
}

pub(super) fn set_browser_cookie(services: &Services, token: String) {
    set_cookie(cookie(browser_name(services.secure), token, BROWSER_LIFE, services.secure));
}

/// Has the browser forget the pages that it keeps. What was typed in a tab stays there, for the same person.
pub(super) fn clear_site_data() {
    if let Some(response) = use_context::<ResponseOptions>() {
        response.insert_header(HeaderName::from_static("clear-site-data"), HeaderValue::from_static("\"cache\""));
    }
}

/// How long an address is vouched for, in seconds.
const VOUCHED_FOR: i64 = 10 * 60;

/// Gives the browser a session token, or with nothing takes it away.
pub(super) fn set_session_cookie(services: &Services, token: Option<String>) {
    let life = if token.is_some() { SESSION_LIFE / 1000 } else { 0 };
    set_cookie(cookie(cookie_name(services.secure), token.unwrap_or_default(), life, services.secure));
}

/// Lets the browser show what `address` says, to the person whose form it was; the cookie holds the digest of both.
pub(super) fn vouch_for(services: &Services, address: &str) {
    let person = use_context::<Parts>()
        .and_then(|parts| made_for(&parts.headers, &parts.uri).or_else(|| whose(&parts.headers, services.secure)));
    set_cookie(voucher(address, &person.unwrap_or_default(), services.secure));
}

/// The cookie that vouches for what `address` says to `person`: what one typed isn't shown to whoever signs in after.
#[must_use]
pub fn voucher(address: &str, person: &str, secure: bool) -> Option<HeaderValue> {
    let sent = address.split('#').next().unwrap_or_default();
    cookie(vouching_name(secure), digest(&format!("{person} {sent}")), VOUCHED_FOR, secure)
}

/// Whether the request's cookies vouch for what `address` says.
#[must_use]
pub fn is_vouched_for(headers: &HeaderMap, address: &str, secure: bool) -> bool {
    let cookies = CookieJar::from_headers(headers);
    let person = whose(headers, secure).unwrap_or_default();
    cookies.get(vouching_name(secure)).is_some_and(|cookie| cookie.value() == digest(&format!("{person} {address}")))
}

/// A cookie that lives for `life` seconds.
fn cookie(name: &'static str, value: String, life: i64, secure: bool) -> Option<HeaderValue> {
    let mut cookie = Cookie::new(name, value);
    cookie.set_http_only(true);
    cookie.set_same_site(SameSite::Lax);
    cookie.set_path("/");
    cookie.set_secure(secure);
    HeaderValue::from_str(&format!("{cookie}; Max-Age={life}")).ok()
}

fn set_cookie(cookie: Option<HeaderValue>) {
    if let (Some(response), Some(cookie)) = (use_context::<ResponseOptions>(), cookie) {
        response.append_header(header::SET_COOKIE, cookie);
    }
}
