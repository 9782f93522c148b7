//! Where a request comes from.

use std::net::{IpAddr, SocketAddr};

use axum::{
    extract::{ConnectInfo, Request, State},
    http::HeaderMap,
    middleware::Next,
    response::Response,
};
use calliyo_app::server::ClientAddress;

use super::AppState;

/// Proxies name the client in it, each behind what it was told.
const FORWARDED: &str = "x-forwarded-for";

/// Writes down where the request comes from. A proxy that nobody said is there would make everybody one client: the log
/// says so, once.
pub async fn address(State(state): State<AppState>, mut request: Request, next: Next) -> Response {
    let forwarded = state.behind_proxy.then(|| last_forwarded(request.headers())).flatten();
    if !state.behind_proxy && request.headers().contains_key(FORWARDED) {
        state.proxy_unsaid.call_once(|| {
            tracing::warn!("a request says that it came by a proxy, which is believed with --behind-proxy only");
        });
    }
    let direct = request.extensions().get::<ConnectInfo<SocketAddr>>().map(|info| info.0.ip());
    if let Some(address) = forwarded.or(direct) {
        request.extensions_mut().insert(ClientAddress(address.to_canonical()));
    }
    next.run(request).await
}

/// The proxy's own word is the last one.
fn last_forwarded(headers: &HeaderMap) -> Option<IpAddr> {
    let last = headers.get_all(FORWARDED).iter().next_back()?;
    read(last.to_str().ok()?.rsplit(',').next()?.trim())
}

/// An address, as proxies write it: bare, in brackets, and with a port (RFC 7239, 6). Nothing for `unknown` and names.
fn read(text: &str) -> Option<IpAddr> {
    let text = text.trim_matches('"');
    let bare = || text.strip_prefix('[')?.strip_suffix(']')?.parse().ok();
    text.parse().ok().or_else(|| text.parse::<SocketAddr>().ok().map(|address| address.ip())).or_else(bare)
}

#[cfg(test)]
mod tests {
    use axum::http::HeaderValue;

    use super::*;

    #[test]
    fn an_address_is_read_as_proxies_write_it() {
        for (text, expected) in [
            ("192.0.2.7", Some("192.0.2.7")),
            ("192.0.2.7:4711", Some("192.0.2.7")),
            ("2001:db8::7", Some("2001:db8::7")),
            ("[2001:db8::7]", Some("2001:db8::7")),
            ("[2001:db8::7]:4711", Some("2001:db8::7")),
            ("\"[2001:db8::7]:4711\"", Some("2001:db8::7")),
            ("::ffff:192.0.2.7", Some("::ffff:192.0.2.7")),
            ("unknown", None),
            ("_hidden", None),
            ("", None),
            ("192.0.2", None),
        ] {
            assert_eq!(read(text), expected.map(|text| text.parse().expect("an address")), "{text}");
        }
    }

    #[test]
    fn the_proxys_own_word_is_the_last_one() {
        let mut headers = HeaderMap::new();
        assert_eq!(last_forwarded(&headers), None);
        headers.append(FORWARDED, HeaderValue::from_static("203.0.113.9"));
        headers.append(FORWARDED, HeaderValue::from_static("10.0.0.1, 192.0.2.7:80"));
        assert_eq!(last_forwarded(&headers), "192.0.2.7".parse().ok());
        headers.append(FORWARDED, HeaderValue::from_static("192.0.2.7, unknown"));
        assert_eq!(last_forwarded(&headers), None, "what came before it may be anybody's word");
    }
}
