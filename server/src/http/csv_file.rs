//! CSV files as answers: lines end as RFC 4180 has it.

use std::io;

use axum::{
    body::{Body, Bytes},
    http::header,
    response::{IntoResponse, Response},
};
use calliyo_app::Fault;
use csv::{Terminator, WriterBuilder};

pub fn file(name: &str, body: impl Into<Body>) -> Response {
    let headers = [
        (header::CONTENT_TYPE, "text/csv; charset=utf-8".to_owned()),
        (header::CONTENT_DISPOSITION, format!("attachment; filename=\"{name}\"")),
        (header::CACHE_CONTROL, "no-store".to_owned()),
    ];
    (headers, body.into()).into_response()
}

pub fn refused(fault: &Fault) -> Response {
    (fault.status(), [(header::CACHE_CONTROL, "no-store")], format!("{fault}\n")).into_response()
}

/// A whole file.
pub fn table<R, C>(columns: &[&str], rows: &[R]) -> io::Result<Vec<u8>>
where
    R: AsRef<[C]>,
    C: AsRef<[u8]>,
{
    Ok([head(columns)?, lines(rows)?].concat())
}

/// The columns' names. The mark before them tells spreadsheets that the file is UTF-8.
pub fn head(columns: &[&str]) -> io::Result<Bytes> {
    let names = lines(&[columns])?;
    Ok([&b"\xef\xbb\xbf"[..], &names].concat().into())
}

pub fn lines<R, C>(rows: &[R]) -> io::Result<Bytes>
where
    R: AsRef<[C]>,
    C: AsRef<[u8]>,
{
    let mut lines = Vec::new();
    append(&mut lines, rows)?;
    Ok(lines.into())
}

/// Writes rows, one after another, behind what is there.
pub fn append<R, C>(file: &mut Vec<u8>, rows: impl IntoIterator<Item = R>) -> io::Result<()>
where
    R: AsRef<[C]>,
    C: AsRef<[u8]>,
{
    let mut writer = WriterBuilder::new().flexible(true).terminator(Terminator::CRLF).from_writer(file);
    for row in rows {
        writer.write_record(row.as_ref())?;
    }
    writer.flush()
}
