use std::sync::{Arc, Once};

use axum::{
    Router,
    extract::{FromRef, State},
    http::StatusCode,
    middleware,
    response::{IntoResponse, Response},
    routing::{get, post},
};
use calliyo_app::{
    App,
    leads::EXPORT,
    server::{Services, session::Caller},
    shell,
};
use leptos::prelude::{LeptosOptions, provide_context};
use leptos_axum::{LeptosRoutes, generate_route_list, render_app_async_with_context};
use tokio::sync::watch;
use tower_http::trace::TraceLayer;

use super::{answer, client, compressed, download, imports, live, patience, security, site::site, vouched, whose};

/// What the handlers share.
#[derive(Clone)]
pub struct AppState {
    pub services: Services,
    /// Whether to believe the last address of X-Forwarded-For.
    pub behind_proxy: bool,
    /// Whether the log has said that a proxy may be in front that nobody spoke of.
    pub proxy_unsaid: Arc<Once>,
    /// Turns true when the server is to stop: streams end then.
    pub stopping: watch::Receiver<bool>,
    options: LeptosOptions,
}

impl AppState {
    #[must_use]
    pub fn new(services: Services, behind_proxy: bool, stopping: watch::Receiver<bool>) -> Self {
        let options = LeptosOptions::builder().output_name("calliyo").build();
        Self { services, behind_proxy, proxy_unsaid: Arc::new(Once::new()), stopping, options }
    }
}

impl FromRef<AppState> for LeptosOptions {
    fn from_ref(state: &AppState) -> Self {
        state.options.clone()
    }
}

/// Every address the server answers. The pages bring the server functions along, below `/api`.
pub fn router(state: AppState) -> Router {
    let (files, assets) = site();
    let services = state.services.clone();
    let context = move || {
        provide_context(services.for_request());
        provide_context(Caller::default());
    };
    let page = move || {
        security::allow_nonce();
        shell(assets.clone())
    };
    Router::new()
        .route("/health", get(health))
        .route("/live", get(live::stream))
        .route("/leads/import", post(imports::upload).layer(imports::body_limit()))
        .route("/leads/import/{run}/bad-rows.csv", get(imports::bad_rows))
        .route(EXPORT, get(download::leads))
        .route("/customers/export.csv", get(download::customers))
        .route("/reports/report.csv", get(download::report))
        .route("/reports/funnel.csv", get(download::funnel))
        .leptos_routes_with_context(&state, generate_route_list(App), context.clone(), page.clone())
        .layer(middleware::from_fn(answer::restate))
        .with_state(state.clone())
        .merge(files.layer(middleware::map_response(compressed::as_it_is)))
        .fallback(render_app_async_with_context(context, page))
        .layer(middleware::from_fn(patience::ask_again))
        .layer(middleware::from_fn_with_state(state.clone(), vouched::addresses))
        .layer(middleware::from_fn_with_state(state.clone(), whose::writes))
        .layer(middleware::from_fn(security::same_origin))
        .layer(middleware::from_fn(security::redirects))
        .layer(middleware::from_fn_with_state(state.clone(), security::headers))
        .layer(middleware::from_fn_with_state(state, client::address))
        .layer(middleware::from_fn(compressed::judge))
        .layer(compressed::layer())
        .layer(TraceLayer::new_for_http())
}

/// For whoever watches the server: it answers, and its database does, and takes what is written. Which versions these
/// are is none of theirs.
async fn health(State(state): State<AppState>) -> Response {
    if let Err(error) = state.services.db.version().await {
        tracing::error!(%error, "the database does not answer");
        return (StatusCode::SERVICE_UNAVAILABLE, "the database does not answer\n").into_response();
    }
    if let Err(error) = state.services.db.try_write().await {
        tracing::error!(%error, "nothing can be written to the database");
        return (StatusCode::SERVICE_UNAVAILABLE, "nothing can be written to the database\n").into_response();
    }
    "ok\n".into_response()
}
