//! How fast it is, on both databases: the jobs' runs beside the bare statements that any run needs, and each page over
//! a million leads. Prints; asserts nothing.

mod pages;
mod rows_read;
mod runs;
mod site;
mod statements;

use anyhow::Context as _;
use calliyo_db::Db;
use clap::Parser;
use statements::Statements;
use tempfile::TempDir;
use tracing_subscriber::{layer::SubscriberExt as _, util::SubscriberInitExt as _};

/// Without arguments: runs of all sizes, then the pages
#[derive(Parser)]
enum Bench {
    /// Runs of Auto lead assignment
    Runs {
        /// LEADS,AGENTS,ROUNDS
        sizes: Vec<runs::Size>,
    },
    /// The server's time for each page
    Pages {
        #[command(flatten)]
        size: pages::Size,
    },
}

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    let statements = Statements::default();
    tracing_subscriber::registry().with(statements.clone()).init();
    if std::env::args().len() == 1 {
        runs::measure(&runs::SIZES, &statements).await?;
        return pages::measure(&pages::Size::default(), &statements).await;
    }
    match Bench::parse() {
        Bench::Runs { sizes } if sizes.is_empty() => runs::measure(&runs::SIZES, &statements).await,
        Bench::Runs { sizes } => runs::measure(&sizes, &statements).await,
        Bench::Pages { size } => pages::measure(&size, &statements).await,
    }
}

/// An empty database of each kind: its name and address. PostgreSQL is left out where the environment names none.
async fn databases(folder: &TempDir) -> anyhow::Result<Vec<(&'static str, String)>> {
    let mut databases = vec![("SQLite", format!("sqlite:{}", folder.path().join("bench.db").display()))];
    if let Ok(url) = std::env::var("CALLIYO_TEST_POSTGRES") {
        let Db::Postgres(server) = Db::connect(&url).await? else { anyhow::bail!("{url} is no PostgreSQL") };
        sqlx::raw_sql("DROP DATABASE IF EXISTS calliyo_bench WITH (FORCE)").execute(&server).await?;
        sqlx::raw_sql("CREATE DATABASE calliyo_bench").execute(&server).await?;
        let (base, _) = url.rsplit_once('/').context("CALLIYO_TEST_POSTGRES names no database")?;
        databases.push(("PostgreSQL", format!("{base}/calliyo_bench")));
    }
    Ok(databases)
}

/// What the database's planner knows is brought up to date.
async fn analyze(db: &Db) -> anyhow::Result<()> {
    match db {
        Db::Sqlite { writer, .. } => sqlx::raw_sql("ANALYZE").execute(writer).await.map(|_| ())?,
        Db::Postgres(pool) => sqlx::raw_sql("VACUUM ANALYZE").execute(pool).await.map(|_| ())?,
    }
    Ok(())
}
