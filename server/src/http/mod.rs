//! The site: one router, the layers around it, the live stream and the embedded files.

mod answer;
mod bad_rows_csv;
mod client;
mod compressed;
mod csv_file;
mod download;
mod imports;
mod live;
mod patience;
mod router;
mod security;
mod site;
mod vouched;
mod whose;

pub use router::{AppState, router};
