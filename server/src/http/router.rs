use axum::{
    Router,
    body::{Body, to_bytes},
    extract::{FromRef, Request, State},
    http::{HeaderValue, StatusCode, header},
    middleware,
    response::{IntoResponse, Response},
    routing::{any, get},
};
use calliyo_app::{App, Fault, server::Services, shell};
use leptos::prelude::{LeptosOptions, provide_context, use_context};
use leptos_axum::{
    LeptosRoutes, ResponseOptions, generate_route_list, handle_server_fns_with_context, render_app_async_with_context,
};
use tokio::sync::watch;
use tower_http::trace::TraceLayer;

use super::{live, security, site::site};

/// What the handlers share.
#[derive(Clone)]
pub struct AppState {
    pub services: Services,
    /// Whether to believe the last address of X-Forwarded-For.
    pub behind_proxy: bool,
    /// Turns true when the server is to stop: streams end then.
    pub stopping: watch::Receiver<bool>,
    options: LeptosOptions,
}

impl AppState {
    #[must_use]
    pub fn new(services: Services, behind_proxy: bool, stopping: watch::Receiver<bool>) -> Self {
        let options = LeptosOptions::builder().output_name("calliyo").build();
        Self { services, behind_proxy, stopping, options }
    }
}

impl FromRef<AppState> for LeptosOptions {
    fn from_ref(state: &AppState) -> Self {
        state.options.clone()
    }
}

/// Every address the server answers.
pub fn router(state: AppState) -> Router {
    let (files, assets) = site();
    let services = state.services.clone();
    let context = move || provide_context(services.clone());
    let page = move || {
        security::allow_nonce();
        shell(assets.clone())
    };
    Router::new()
        .route("/health", get(health))
        .route("/live", get(live::stream))
        .route("/api/{*function}", any(server_function))
        .leptos_routes_with_context(&state, generate_route_list(App), context.clone(), page.clone())
        .with_state(state.clone())
        .merge(files)
        .fallback(render_app_async_with_context(context, page))
        .layer(middleware::from_fn(security::same_origin))
        .layer(middleware::from_fn(security::headers))
        .layer(middleware::from_fn_with_state(state, security::client_address))
        .layer(TraceLayer::new_for_http())
}

async fn server_function(State(state): State<AppState>, request: Request<Body>) -> Response {
    let services = state.services.clone();
    let context = move || {
        provide_context(services.clone());
        // What a server function answers is for this person, now.
        if let Some(response) = use_context::<ResponseOptions>() {
            response.insert_header(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
        }
    };
    restate(handle_server_fns_with_context(context, request).await.into_response()).await
}

/// Leptos answers every error with status 500; a fault knows its own.
async fn restate(response: Response) -> Response {
    if response.status() != StatusCode::INTERNAL_SERVER_ERROR {
        return response;
    }
    let (mut parts, body) = response.into_parts();
    let body = to_bytes(body, 64 * 1024).await.unwrap_or_default();
    if let Ok(fault) = serde_json::from_slice::<Fault>(&body) {
        parts.status = fault.status();
    }
    Response::from_parts(parts, Body::from(body))
}

/// For whoever watches the server: it answers, and its database does.
async fn health(State(state): State<AppState>) -> Response {
    match state.services.db.version().await {
        Ok(version) => format!("ok, {version}\n").into_response(),
        Err(error) => {
            tracing::error!(%error, "the database does not answer");
            (StatusCode::SERVICE_UNAVAILABLE, "the database does not answer\n").into_response()
        }
    }
}
