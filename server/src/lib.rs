//! The server: wiring of the pages, the jobs and the command line. How a page looks is the business of `app`.

pub mod cli;
pub mod clock;
pub mod config;
pub mod http;
pub mod jobs;
pub mod log;
pub mod random;
pub mod start;
