//! A fresh, migrated database for each test, removed when the test ends, however it ends.

use std::{
    panic::{AssertUnwindSafe, resume_unwind},
    sync::atomic::{AtomicU32, Ordering},
};

use futures::FutureExt as _;
use sqlx::{AssertSqlSafe, Connection as _, PgConnection};

use crate::Db;

/// Turns each `async fn name(db: &Db)` into two tests: `sqlite::name` and `postgres::name`.
macro_rules! on_both {
    ($($name:ident),+ $(,)?) => {
        mod sqlite {
            $(#[tokio::test] async fn $name() { $crate::conformance::harness::on_sqlite(super::$name).await; })+
        }
        mod postgres {
            $(#[tokio::test] async fn $name() { $crate::conformance::harness::on_postgres(super::$name).await; })+
        }
    };
}

pub async fn on_sqlite(test: impl AsyncFnOnce(&Db)) {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let url = format!("sqlite:{}", folder.path().join("calliyo.db").display());
    run(&url, test).await;
}

pub async fn on_postgres(test: impl AsyncFnOnce(&Db)) {
    static NUMBER: AtomicU32 = AtomicU32::new(0);
    let server = std::env::var("CALLIYO_TEST_POSTGRES").expect("run through scripts/postgres");
    let name = format!("calliyo_test_{}_{}", std::process::id(), NUMBER.fetch_add(1, Ordering::Relaxed));
    execute(&server, format!("CREATE DATABASE {name}")).await;
    let (base, _) = server.rsplit_once('/').expect("postgres://host/database");
    let url = format!("{base}/{name}");
    let ended = AssertUnwindSafe(run(&url, test)).catch_unwind().await;
    execute(&server, format!("DROP DATABASE {name} WITH (FORCE)")).await;
    if let Err(panic) = ended {
        resume_unwind(panic);
    }
}

async fn run(url: &str, test: impl AsyncFnOnce(&Db)) {
    let db = Db::connect(url).await.expect("connects");
    db.migrate().await.expect("migrates");
    test(&db).await;
    db.close().await;
}

async fn execute(server: &str, sql: String) {
    let mut connection = PgConnection::connect(server).await.expect("CALLIYO_TEST_POSTGRES answers");
    sqlx::query(AssertSqlSafe(sql)).execute(&mut connection).await.expect("the test server obeys");
}

/// The same database, reached anew as another server would.
pub async fn another(db: &Db) -> Db {
    let url = match db {
        Db::Sqlite { file, .. } => format!("sqlite:{}", file.display()),
        Db::Postgres(pool) => {
            let server = std::env::var("CALLIYO_TEST_POSTGRES").expect("run through scripts/postgres");
            let (base, _) = server.rsplit_once('/').expect("postgres://host/database");
            let options = pool.connect_options();
            format!("{base}/{}", options.get_database().expect("a database of the test's own"))
        }
    };
    Db::connect(&url).await.expect("connects")
}
