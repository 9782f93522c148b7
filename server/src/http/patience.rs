use std::time::Duration;

use axum::{body::Body, extract::Request, http::Method, middleware::Next, response::Response};
use tokio::time::timeout;

/// How long a page may take before it is asked for anew.
const PATIENCE: Duration = Duration::from_secs(10);

/// Asks once more for a page that doesn't come. Rendering can lose the wake-up that it waits for (seen with leptos 0.8,
/// about once in some thousand pages), and the browser would wait for ever.
pub async fn ask_again(request: Request, next: Next) -> Response {
    let path = request.uri().path();
    let other = path.starts_with("/api/") || path.ends_with(".csv") || ["/live", "/health"].contains(&path);
    let is_page = *request.method() == Method::GET && !other;
    if !is_page {
        return next.run(request).await;
    }
    let (parts, body) = request.into_parts();
    let again = Request::from_parts(parts.clone(), Body::empty());
    match timeout(PATIENCE, next.clone().run(Request::from_parts(parts, body))).await {
        Ok(response) => response,
        Err(_) => {
            tracing::warn!(path = again.uri().path(), "the page did not come and is asked for again");
            next.run(again).await
        }
    }
}
