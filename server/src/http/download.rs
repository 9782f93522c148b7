//! CSV files, made as they are sent.

use std::io;

use axum::{
    body::Body,
    extract::{Query, RawQuery, State},
    http::HeaderMap,
    response::Response,
};
use calliyo_app::{
    Fault,
    server::{Part, customers, lead_export, reports, request::digest_in},
};
use futures::{StreamExt as _, stream};
use serde::Deserialize;

use super::{
    AppState,
    csv_file::{self, file, head, lines, refused},
};

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct CustomersAsked {
    q: String,
}

/// All customers that the viewer may see, or those that the search finds.
pub async fn customers(
    State(state): State<AppState>,
    headers: HeaderMap,
    Query(CustomersAsked { q }): Query<CustomersAsked>,
) -> Response {
    let services = state.services;
    let Some(digest) = digest_in(&headers, services.secure) else { return refused(&Fault::SignedOut) };
    let read = move |after| {
        let (services, digest, q) = (services.clone(), digest.clone(), q.clone());
        async move { customers::export(&services, &digest, &q, after).await }
    };
    in_parts("customers.csv", &customers::COLUMNS, read).await
}

/// The leads that the list's address asks for, of which this one has the query.
pub async fn leads(State(state): State<AppState>, headers: HeaderMap, RawQuery(query): RawQuery) -> Response {
    let services = state.services;
    let Some(digest) = digest_in(&headers, services.secure) else { return refused(&Fault::SignedOut) };
    let (query, at) = (query.unwrap_or_default(), services.clock.now());
    let read = move |after| {
        let (services, digest, query) = (services.clone(), digest.clone(), query.clone());
        async move { lead_export::export(&services, &digest, &query, at, after).await }
    };
    in_parts("leads.csv", &lead_export::COLUMNS, read).await
}

/// A file whose parts are read with `read`, each when the one before has been taken. If one is refused, the connection
/// breaks off, so that nobody takes the file for whole.
async fn in_parts<const N: usize, P, R>(
    name: &str,
    columns: &[&str; N],
    read: impl Fn(Option<P>) -> R + Send + 'static,
) -> Response
where
    P: Send + 'static,
    R: Future<Output = Result<Part<N, P>, Fault>> + Send + 'static,
{
    let first = match read(None).await {
        Ok(first) => first,
        Err(fault) => return refused(&fault),
    };
    let begin = head(columns).and_then(|head| Ok([head, lines(&first.rows)?]));
    let rest = stream::try_unfold((read, first.next), |(read, next)| async move {
        let Some(place) = next else { return Ok(None) };
        let part = read(Some(place)).await.map_err(io::Error::other)?;
        Ok::<_, io::Error>(Some((lines(&part.rows)?, (read, part.next))))
    });
    match begin {
        Ok(begin) => file(name, Body::from_stream(stream::iter(begin.map(Ok)).chain(rest))),
        Err(_) => refused(&Fault::Unavailable),
    }
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct ReportAsked {
    from: String,
    to: String,
    agent: String,
}

/// A report's figures by day and agent.
pub async fn report(State(state): State<AppState>, headers: HeaderMap, Query(asked): Query<ReportAsked>) -> Response {
    let rows = match digest_in(&headers, state.services.secure) {
        Some(digest) => reports::export(&state.services, &digest, asked.parts()).await,
        None => Err(Fault::SignedOut),
    };
    table("report.csv", &reports::COLUMNS, rows)
}

/// A report's funnel.
pub async fn funnel(State(state): State<AppState>, headers: HeaderMap, Query(asked): Query<ReportAsked>) -> Response {
    let rows = match digest_in(&headers, state.services.secure) {
        Some(digest) => reports::export_funnel(&state.services, &digest, asked.parts()).await,
        None => Err(Fault::SignedOut),
    };
    table("funnel.csv", &reports::FUNNEL_COLUMNS, rows)
}

impl ReportAsked {
    fn parts(&self) -> [&str; 3] {
        [&self.from, &self.to, &self.agent]
    }
}

fn table<const N: usize>(name: &str, columns: &[&str; N], rows: Result<Vec<[String; N]>, Fault>) -> Response {
    let rows = match rows {
        Ok(rows) => rows,
        Err(fault) => return refused(&fault),
    };
    match csv_file::table(columns, &rows) {
        Ok(body) => file(name, body),
        Err(_) => refused(&Fault::Unavailable),
    }
}
