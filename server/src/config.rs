use std::{net::SocketAddr, path::PathBuf};

use clap::Args;

/// Which database to use.
#[derive(Args, Clone, Debug)]
pub struct DatabaseArgs {
    /// The database: sqlite:FILE or postgres://USER:PASSWORD@HOST/NAME (PostgreSQL 15 or later)
    #[arg(long, env = "DATABASE_URL", default_value = "sqlite:var/calliyo.db", hide_env_values = true, global = true)]
    pub database_url: String,
}

/// How the site is reached.
#[derive(Args, Clone, Debug)]
pub struct ServeArgs {
    /// Where to listen: ADDRESS:PORT
    #[arg(long, env = "CALLIYO_LISTEN", default_value = "127.0.0.1:3000")]
    pub listen: SocketAddr,
    /// People reach the site by https, through a proxy: cookies are bound to the host and to https
    #[arg(long, env = "CALLIYO_HTTPS")]
    pub https: bool,
    /// A proxy in front adds the client's address as the last one of X-Forwarded-For
    #[arg(long, env = "CALLIYO_BEHIND_PROXY")]
    pub behind_proxy: bool,
    /// For tests: a file with the milliseconds that the clock is ahead of the system's
    #[arg(long, env = "CALLIYO_TEST_CLOCK", hide = true)]
    pub test_clock: Option<PathBuf>,
}
