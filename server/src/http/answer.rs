use axum::{
    body::{Body, to_bytes},
    extract::Request,
    http::{HeaderValue, StatusCode, header},
    middleware::Next,
    response::Response,
};
use calliyo_app::Fault;

/// The longest fault there is, and some.
const LIMIT: usize = 64 * 1024;

/// What a server function answers is for this person, now; and where it is a fault, leptos says 500 of all of them,
/// while each has a status of its own.
pub async fn restate(request: Request, next: Next) -> Response {
    let is_function = request.uri().path().starts_with("/api/");
    let mut response = next.run(request).await;
    if !is_function {
        return response;
    }
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    if response.status() != StatusCode::INTERNAL_SERVER_ERROR {
        return response;
    }
    let (mut parts, body) = response.into_parts();
    let body = to_bytes(body, LIMIT).await.unwrap_or_default();
    if let Ok(fault) = serde_json::from_slice::<Fault>(&body) {
        parts.status = fault.status();
        if let Fault::TooManyTries { seconds, .. } = fault {
            parts.headers.insert(header::RETRY_AFTER, HeaderValue::from(seconds));
        }
    }
    Response::from_parts(parts, Body::from(body))
}
