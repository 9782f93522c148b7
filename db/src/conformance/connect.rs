use std::collections::BTreeSet;

use super::{fixtures::*, harness::another};
use crate::{ConnectError, Db};

on_both!(
    says_its_version,
    reads_see_one_state,
    readers_write_nothing,
    a_dropped_transaction_leaves_nothing,
    who_goes_away_while_it_begins_leaves_nothing_open,
    writers_take_turns,
    what_can_be_written_is_tried,
    the_jobs_have_connections_of_their_own
);

async fn says_its_version(db: &Db) {
    let version = db.version().await.expect("a version");
    let kind = if matches!(db, Db::Sqlite { .. }) { "SQLite 3." } else { "PostgreSQL " };
    assert!(version.starts_with(kind), "{version}");
}

async fn reads_see_one_state(db: &Db) {
    let mut before = read(db).await;
    assert_eq!(number(&mut before, "SELECT count(*) FROM users").await, 0);
    let mut tx = write(db).await;
    agent(&mut tx, "Asha", 5).await;
    tx.commit().await.expect("commits");
    assert_eq!(
        number(&mut before, "SELECT count(*) FROM users").await,
        0,
        "the reader's state is the one it began with"
    );
    assert_eq!(number(&mut read(db).await, "SELECT count(*) FROM users").await, 1);
}

async fn readers_write_nothing(db: &Db) {
    let mut tx = read(db).await;
    let written = execute(&mut tx, "UPDATE settings SET version = 7").await;
    assert!(written.is_err());
    drop(tx);
    assert_eq!(number(&mut read(db).await, "SELECT max(version) FROM settings").await, 0);
}

async fn a_dropped_transaction_leaves_nothing(db: &Db) {
    let mut tx = write(db).await;
    agent(&mut tx, "Asha", 5).await;
    drop(tx);
    assert_eq!(number(&mut read(db).await, "SELECT count(*) FROM users").await, 0);
}

/// A browser may leave the page at any moment of a request.
async fn who_goes_away_while_it_begins_leaves_nothing_open(db: &Db) {
    for patience in 0..300 {
        let mut begins = Box::pin(db.read());
        for _ in 0..patience {
            if futures::poll!(&mut begins).is_ready() {
                break;
            }
            tokio::task::yield_now().await;
        }
    }
    // As many as there are connections, so that each is seen.
    let mut all = Vec::new();
    for _ in 0..if matches!(db, Db::Sqlite { .. }) { 1 } else { 16 } {
        let mut tx = write(db).await;
        execute(&mut tx, "UPDATE settings SET version = version WHERE section = 'none'").await.expect("writes");
        all.push(tx);
    }
}

async fn what_can_be_written_is_tried(db: &Db) {
    let before = number(&mut read(db).await, "SELECT count(*) FROM settings").await;
    db.try_write().await.expect("writes");
    let at_work = write(db).await;
    db.try_write().await.expect("who is writing isn't waited for");
    drop(at_work);
    db.try_write().await.expect("writes again");
    assert_eq!(number(&mut read(db).await, "SELECT count(*) FROM settings").await, before);
}

/// However many requests wait for what a run has locked; SQLite's one writer is everybody's.
async fn the_jobs_have_connections_of_their_own(db: &Db) {
    let jobs = db.for_jobs();
    if let Db::Postgres(pool) = db {
        let mut all = Vec::new();
        for _ in 0..pool.options().get_max_connections() {
            all.push(write(db).await);
        }
        assert_eq!(number(&mut write(&jobs).await, "SELECT count(*) FROM users").await, 0);
        jobs.close().await;
    }
}

/// Twenty transactions of two servers that each read and then write: none fails, and no write is lost.
async fn writers_take_turns(db: &Db) {
    let other = another(db).await;
    let add = async |server: &Db| {
        let mut tx = write(server).await;
        let seen = number(&mut tx, "SELECT version FROM settings WHERE section = 'general'").await;
        execute(&mut tx, "UPDATE settings SET version = version + 1 WHERE section = 'general'").await.expect("writes");
        tx.commit().await.expect("commits");
        seen
    };
    let seen = futures::future::join_all((0..20).map(|n| add(if n % 2 == 0 { db } else { &other }))).await;
    other.close().await;
    assert_eq!(number(&mut read(db).await, "SELECT version FROM settings WHERE section = 'general'").await, 20);
    if matches!(db, Db::Sqlite { .. }) {
        assert_eq!(seen.into_iter().collect::<BTreeSet<_>>().len(), 20, "SQLite's writers are alone");
    }
}

#[tokio::test]
async fn other_databases_are_refused_by_name() {
    for url in
        ["mysql://asha:secret@localhost/calliyo", "postgers://asha:secret@localhost/x", "calliyo.db", "secret", ""]
    {
        let error = Db::connect(url).await.expect_err(url);
        assert!(matches!(error, ConnectError::Scheme), "{error}");
        assert_eq!(error.to_string(), "DATABASE_URL must start with sqlite: or postgres:", "a password isn't repeated");
    }
    for url in ["sqlite::memory:", "sqlite:", "sqlite:x.db?mode=memory"] {
        assert!(matches!(Db::connect(url).await, Err(ConnectError::InMemory)), "{url}");
    }
    for url in
        ["postgres://asha:secret@127.0.0.1:not-a-port/x", "postgres://asha:secret@", "postgres://asha:se/cret@x:1/y"]
    {
        let error = Db::connect(url).await.expect_err(url);
        assert!(matches!(error, ConnectError::Url(_)), "{error}");
        assert!(!error.to_string().contains("cret"), "{error}");
    }
}

mod sqlite_only {
    use std::{
        fs,
        os::unix::{self, fs::PermissionsExt as _},
        path::Path,
    };

    use sqlx::{Sqlite, pool::PoolConnection};

    use crate::{
        ConnectError, Db,
        conformance::{fixtures::*, harness::on_sqlite},
    };

    #[tokio::test]
    async fn the_file_is_its_owners_alone() {
        let around = tempfile::tempdir().expect("a temporary folder");
        let folder = around.path().join("new/one");
        let file = folder.join("calliyo.db");
        let mode = |path: &Path| fs::metadata(path).expect("is there").permissions().mode() & 0o777;
        let db = Db::connect(&format!("sqlite:{}", file.display())).await.expect("connects");
        db.migrate().await.expect("migrates");
        assert_eq!((mode(&folder), mode(folder.parent().expect("a folder"))), (0o700, 0o700));
        let made: Vec<_> = fs::read_dir(&folder).expect("lists").map(|entry| entry.expect("an entry").path()).collect();
        assert!(made.len() > 1, "side files are there too: {made:?}");
        assert!(made.iter().all(|file| mode(file) == 0o600), "{made:?}");
        assert!(!db.is_open_to_others());
        fs::set_permissions(&file, fs::Permissions::from_mode(0o644)).expect("changes");
        assert!(db.is_open_to_others());
        db.close().await;
    }

    #[tokio::test]
    async fn one_server_has_the_file_by_whatever_name() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let path = |name: &str| folder.path().join(name);
        let open = async |name: &str| Db::connect(&format!("sqlite:{}", path(name).display())).await.expect("connects");
        let first = open("calliyo.db").await;
        let alone = first.claim().expect("nobody has it");
        unix::fs::symlink(path("calliyo.db"), path("symbolic.db")).expect("links");
        fs::hard_link(path("calliyo.db"), path("hard.db")).expect("links");
        for name in ["calliyo.db", "symbolic.db", "hard.db"] {
            let second = open(name).await;
            assert!(matches!(second.claim(), Err(ConnectError::InUse(_))), "{name}");
            second.close().await;
        }
        first.close().await;
        drop(alone);
        let next = open("calliyo.db").await;
        assert!(next.claim().is_ok());
        next.close().await;
    }

    #[tokio::test]
    async fn every_connection_is_durable_and_checks_references() {
        on_sqlite(async |db| {
            let Db::Sqlite { reader, writer, .. } = db else { panic!("SQLite") };
            // All of them at once: what one connection was told says nothing about the next.
            let mut all: Vec<PoolConnection<Sqlite>> = vec![writer.acquire().await.expect("the writer")];
            for _ in 0..reader.options().get_max_connections() {
                all.push(reader.acquire().await.expect("a reader"));
            }
            for (n, connection) in all.iter_mut().enumerate() {
                for (pragma, wanted) in [("synchronous", 2), ("foreign_keys", 1), ("query_only", i64::from(n > 0))] {
                    let sql = sqlx::AssertSqlSafe(format!("PRAGMA {pragma}"));
                    let found: i64 = sqlx::query_scalar(sql).fetch_one(&mut **connection).await.expect(pragma);
                    assert_eq!(found, wanted, "{pragma} of connection {n}");
                }
                let mode: String =
                    sqlx::query_scalar("PRAGMA journal_mode").fetch_one(&mut **connection).await.expect("mode");
                assert_eq!(mode, "wal", "connection {n}");
                let wait: i64 =
                    sqlx::query_scalar("PRAGMA busy_timeout").fetch_one(&mut **connection).await.expect("wait");
                assert!(wait >= 5_000, "connection {n} waits {wait} ms");
            }
        })
        .await;
    }

    /// A limit to the pages is a disk without space: SQLite ends the transaction by itself.
    #[tokio::test]
    async fn a_full_disk_stops_nothing_once_there_is_space() {
        on_sqlite(async |db| {
            let Db::Sqlite { writer, .. } = db else { panic!("SQLite") };
            let mut tx = write(db).await;
            execute(&mut tx, "CREATE TABLE much (x BLOB)").await.expect("makes");
            tx.commit().await.expect("commits");
            for round in 0..3 {
                let mut tx = write(db).await;
                // As far as the file goes now: for this connection alone, so that the next has space again.
                execute(&mut tx, "PRAGMA max_page_count = 1").await.expect("limits");
                let filled = execute(&mut tx, "INSERT INTO much VALUES (zeroblob(10000000))").await;
                let error = filled.expect_err("there is no space").to_string();
                assert!(error.contains("full"), "{error}");
                match round {
                    0 => drop(tx),
                    1 => drop(tx.commit().await.expect_err("it is over")),
                    _ => {
                        execute(&mut tx, "UPDATE settings SET version = version").await.ok();
                        drop(tx);
                    }
                }
                let mut tx = write(db).await;
                agent(&mut tx, &format!("Asha{round}"), 5).await;
                tx.commit().await.expect("writes as before");
                db.try_write().await.expect("and says so");
                assert_eq!(number(&mut read(db).await, "SELECT count(*) FROM users").await, round + 1);
                assert_eq!(writer.size(), 1);
            }
        })
        .await;
    }

    #[tokio::test]
    async fn one_connection_writes() {
        on_sqlite(async |db| {
            let Db::Sqlite { writer, .. } = db else { panic!("SQLite") };
            assert_eq!(writer.options().get_max_connections(), 1);
        })
        .await;
    }

    #[tokio::test]
    async fn makes_the_folder_and_leaves_one_file() {
        let folder = tempfile::tempdir().expect("a folder");
        let file = folder.path().join("deep/er/calliyo.db");
        let db = Db::connect(&format!("sqlite:{}", file.display())).await.expect("connects");
        db.migrate().await.expect("migrates");
        assert_eq!(number(&mut read(&db).await, "SELECT count(*) FROM users").await, 0);
        db.close().await;
        let side = |suffix: &str| Path::new(&format!("{}{suffix}", file.display())).exists();
        assert!(side(""));
        assert!(!side("-wal") && !side("-shm"), "closing puts everything into the one file");
    }

    #[tokio::test]
    async fn a_folder_that_cannot_be_made_is_named() {
        let folder = tempfile::tempdir().expect("a folder");
        std::fs::write(folder.path().join("file"), "").expect("a file");
        let url = format!("sqlite:{}", folder.path().join("file/sub/calliyo.db").display());
        let error = Db::connect(&url).await.expect_err("a file is no folder").to_string();
        assert!(error.starts_with("can't create the folder ") && error.contains("file/sub"), "{error}");
    }

    #[tokio::test]
    async fn references_are_kept() {
        on_sqlite(async |db| {
            assert!(refuses(db, "INSERT INTO lead_tags (lead_id, tag) VALUES (7, 'a')").await);
        })
        .await;
    }
}

#[tokio::test]
async fn a_file_that_is_not_there_is_made_only_where_that_is_meant() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let file = folder.path().join("none.db");
    let url = format!("sqlite:{}", file.display());
    let refused = Db::connect_to_existing(&url).await.expect_err("there is none");
    assert!(matches!(&refused, ConnectError::Missing(path) if *path == file), "{refused}");
    assert!(!file.exists(), "nothing was made");
    Db::connect(&url).await.expect("makes it").close().await;
    Db::connect_to_existing(&url).await.expect("is there").close().await;
}
