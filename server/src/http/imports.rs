//! What imports need beside their pages: the file that comes in, and the rows that weren't taken in going out.

use std::fmt::Display;

use axum::{
    Json,
    extract::{DefaultBodyLimit, FromRequest as _, Multipart, Path, Request, State, multipart::MultipartError},
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Redirect, Response},
};
use calliyo_app::{
    Fault,
    leads::import::{IMPORT, draft_path},
    server::{
        Services, forms, imports,
        leads_csv::{self, FileError, Table},
        request::{voucher, whose},
    },
};
use calliyo_domain::{
    Invalid,
    import::{self, Reading},
};
use tokio::task::spawn_blocking;

use super::{
    AppState, bad_rows_csv,
    csv_file::{file, refused},
};

/// How much of a file that is too large is read all the same, in bytes: a browser shows no answer that comes before
/// it has sent everything.
pub const PATIENCE: usize = 64 * 1024 * 1024;

/// The limit of the upload's route; the file's own is [`import::MAX_BYTES`].
pub fn body_limit() -> DefaultBodyLimit {
    DefaultBodyLimit::max(PATIENCE)
}

/// Keeps a file and leads to the page that shows what it holds; a refusal leads a browser back to the form.
///
/// A route of its own, since leptos' multipart codec panics on a request that is no multipart form.
pub async fn upload(State(state): State<AppState>, request: Request) -> Response {
    let is_browser = forms::asks_for_page(request.headers());
    let person = whose(request.headers(), state.services.secure).unwrap_or_default();
    match take(&state.services, request).await {
        Ok(draft) => Redirect::to(&draft_path(draft)).into_response(),
        // The page itself leads on to the sign-in.
        Err(Fault::SignedOut) if is_browser => Redirect::to(IMPORT).into_response(),
        Err(fault) if is_browser => {
            let form = forms::refusal(IMPORT, &[], &fault, "");
            let voucher = voucher(&form, &person, state.services.secure).map(|cookie| [(header::SET_COOKIE, cookie)]);
            (voucher, Redirect::to(&form)).into_response()
        }
        Err(fault) => (fault.status(), Json(fault)).into_response(),
    }
}

async fn take(services: &Services, request: Request) -> Result<i64, Fault> {
    let user = imports::importer(services, request.headers()).await?;
    let (name, content) = file_of(request).await?;
    let content = spawn_blocking(move || check(&content).map(|()| content)).await.map_err(|error| {
        tracing::error!(%error, "a file could not be looked at");
        Fault::Unavailable
    })??;
    imports::keep(services, &user, &name, content).await
}

/// Whether the file can be a list at all. What its bytes or its first line leave open can be chosen in the next step.
fn check(content: &[u8]) -> Result<(), Invalid> {
    let reading = Reading::default();
    let text = match leads_csv::decode(content, &reading) {
        Ok(text) => text,
        Err(FileError::NotUtf8 { .. }) => return Ok(()),
        Err(error) => return Err(error.into()),
    };
    import::check_rows(leads_csv::count_rows(&Table::open(&text, None)?))
}

/// The name and content of the form's file. No more is kept of it than may be imported.
async fn file_of(request: Request) -> Result<(String, Vec<u8>), Fault> {
    let mut form = Multipart::from_request(request, &()).await.map_err(|_| incomplete())?;
    while let Some(mut field) = form.next_field().await.map_err(refusal)? {
        let name = field.file_name().unwrap_or_default().to_owned();
        if field.name() != Some(import::FIELD) {
            continue;
        }
        let (mut size, mut content) = (0, Vec::new());
        while let Some(chunk) = field.chunk().await.map_err(refusal)? {
            size += chunk.len();
            if size <= import::MAX_BYTES {
                content.extend_from_slice(&chunk);
            }
        }
        // A browser sends a nameless file where none was chosen.
        if name.is_empty() && size == 0 {
            break;
        }
        import::check_size(size)?;
        return Ok((name, content));
    }
    Err(import::missing().into())
}

fn refusal(error: MultipartError) -> Fault {
    if error.status() == StatusCode::PAYLOAD_TOO_LARGE { import::too_large().into() } else { incomplete() }
}

fn incomplete() -> Fault {
    Invalid::new("", "The file did not arrive as a whole. Nothing was imported; try again.").into()
}

/// The rows that an import did not take in, as a CSV file.
pub async fn bad_rows(State(state): State<AppState>, headers: HeaderMap, Path(run): Path<String>) -> Response {
    match try_bad_rows(&state.services, &headers, &run).await {
        Ok(text) => file(&format!("import-{run}-rows-not-taken-in.csv"), text),
        Err(fault) => refused(&fault),
    }
}

async fn try_bad_rows(services: &Services, headers: &HeaderMap, run: &str) -> Result<Vec<u8>, Fault> {
    let user = imports::importer(services, headers).await?;
    let run = run.parse().map_err(|_| Fault::NotFound)?;
    let rows = imports::left_out(services, &user, run).await?;
    let unwritten = |error: &dyn Display| {
        tracing::error!(%error, run, "the rows could not be written");
        Fault::Unavailable
    };
    let written = spawn_blocking(move || bad_rows_csv::write(&rows)).await.map_err(|error| unwritten(&error))?;
    written.map_err(|error| unwritten(&error))
}
