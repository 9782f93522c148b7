//! A write is for the person that its page was made for. One browser's tabs share their cookies: what one person typed
//! in a tab isn't to be stored as another's who has signed in beside it.

use axum::{
    Json,
    body::Body,
    extract::{Request, State},
    http::{HeaderMap, Method, Uri, header},
    middleware::Next,
    response::{IntoResponse as _, Redirect, Response},
};
use calliyo_app::{
    Fault,
    server::{
        Services, forms,
        request::{digest_in, made_for, voucher, whose},
        session::user_of,
    },
};

use futures::StreamExt as _;

use super::{AppState, imports::PATIENCE};

/// Where anybody may post to, whoever is signed in: they say themselves who they are, or concern nobody.
const ANYBODYS: [&str; 3] = ["/api/sign-in", "/api/create-first-admin", "/api/set-theme"];

/// Where a form posted without JavaScript leads when it is refused. What was typed isn't brought along.
const ACCOUNT: &str = "/account";

/// Refuses a write of a page that wasn't made for who is signed in. Who isn't signed in is refused by what answers;
/// programs without cookies are nobody's browser.
pub async fn writes(State(state): State<AppState>, request: Request, next: Next) -> Response {
    let reads = matches!(*request.method(), Method::GET | Method::HEAD | Method::OPTIONS);
    if reads || ANYBODYS.contains(&request.uri().path()) {
        return next.run(request).await;
    }
    match judge(&state.services, request.headers(), request.uri()).await {
        Ok(()) => next.run(request).await,
        Err(fault) => {
            let (head, body) = request.into_parts();
            hear_out(body).await;
            refuse(&state.services, &head.headers, fault)
        }
    }
}

/// Reads what is still sent, be it a file: a browser shows no answer that comes before it has sent everything.
async fn hear_out(body: Body) {
    let (mut parts, mut left) = (body.into_data_stream(), PATIENCE);
    while let Some(Ok(part)) = parts.next().await
        && left > part.len()
    {
        left -= part.len();
    }
}

async fn judge(services: &Services, headers: &HeaderMap, uri: &Uri) -> Result<(), Fault> {
    let Some(person) = whose(headers, services.secure) else { return Ok(()) };
    if made_for(headers, uri) == Some(person) {
        return Ok(());
    }
    let Some(digest) = digest_in(headers, services.secure) else { return Ok(()) };
    match user_of(services, &digest).await? {
        Some(user) => Err(Fault::AnotherPerson { name: user.name }),
        None => Ok(()),
    }
}

fn refuse(services: &Services, headers: &HeaderMap, fault: Fault) -> Response {
    if !forms::asks_for_page(headers) {
        return (fault.status(), Json(fault)).into_response();
    }
    let page = forms::refusal(ACCOUNT, &[("form", "whose".to_owned())], &fault, "");
    let person = whose(headers, services.secure).unwrap_or_default();
    let voucher = voucher(&page, &person, services.secure).map(|cookie| [(header::SET_COOKIE, cookie)]);
    (voucher, Redirect::to(&page)).into_response()
}
