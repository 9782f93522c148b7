use axum::Router;
use calliyo_app::Assets;
use memory_serve::{CacheControl, MemoryServe};

/// The files built into the server, and where the page finds them.
pub fn site() -> (Router, Assets) {
    let files: MemoryServe =
        memory_serve::load!().index_file(None).enable_hashed_routes(true).cache_control(CacheControl::NoCache);
    let manifest = files.manifest();
    let path = |plain: &str| manifest.get(plain).unwrap_or(plain).to_owned();
    let assets =
        Assets { css: path("/pkg/calliyo.css"), js: path("/pkg/calliyo.js"), wasm: path("/pkg/calliyo_bg.wasm") };
    (files.into_router(), assets)
}
