use std::{fs::File, time::Duration};

use calliyo_domain::{
    order::Order,
    status::{ASSIGNED, CUSTOMER, UNASSIGNED},
    user::NewUser,
    visibility::Customers,
};

use super::{
    fixtures::*,
    harness::{another, on_postgres, on_sqlite},
};
use crate::{
    Db, Tx, follow_ups, import_rows,
    leads::words::{self, Words},
    users,
};

on_both!(
    twice_changes_nothing,
    by_several_servers_at_once,
    customers_of_before_their_marks_are_marked,
    marking_goes_on_where_it_stood,
    leads_of_before_know_their_next_call,
    users_of_before_are_sorted_and_found,
    leads_of_before_know_their_import
);

async fn twice_changes_nothing(db: &Db) {
    let mut tx = write(db).await;
    agent(&mut tx, "Asha", 5).await;
    tx.commit().await.expect("commits");
    db.migrate().await.expect("migrates again");
    assert_eq!(number(&mut read(db).await, "SELECT count(*) FROM users").await, 1);
    assert_eq!(number(&mut read(db).await, "SELECT count(*) FROM statuses").await, 10);
}

/// On databases that nobody migrated yet: each of the four finds the schema or makes it.
async fn by_several_servers_at_once(db: &Db) {
    empty(db).await;
    let servers = [another(db).await, another(db).await, another(db).await, another(db).await];
    for result in futures::future::join_all(servers.iter().map(Db::migrate)).await {
        result.expect("migrates");
    }
    for server in &servers {
        assert_eq!(number(&mut read(server).await, "SELECT count(*) FROM statuses").await, 10);
        server.close().await;
    }
}

/// More customers than are marked in one transaction, and some leads that are none.
async fn customers_of_before_their_marks_are_marked(db: &Db) {
    unmarked(db, 5_100).await;
    let mut tx = write(db).await;
    for sql in ["DROP TABLE unmarked_customers", "DELETE FROM _sqlx_migrations WHERE version = 5"] {
        execute(&mut tx, sql).await.expect(sql);
    }
    tx.commit().await.expect("commits");
    let servers = [another(db).await, another(db).await];
    for result in futures::future::join_all(servers.iter().map(Db::migrate)).await {
        result.expect("migrates");
    }
    for server in &servers {
        server.close().await;
    }
    let mut tx = read(db).await;
    assert_eq!(marked(&mut tx, Customers::All).await.len(), 5_100);
    assert_customers_are_marked(&mut tx).await;
    assert_eq!(number(&mut tx, "SELECT count(*) FROM unmarked_customers").await, 0, "nothing is left to do");
}

async fn marking_goes_on_where_it_stood(db: &Db) {
    unmarked(db, 5).await;
    let mut tx = write(db).await;
    execute(&mut tx, "INSERT INTO unmarked_customers (after_id) VALUES (3)").await.expect("writes");
    tx.commit().await.expect("commits");
    for _ in 0..2 {
        db.migrate().await.expect("migrates");
        assert_eq!(marked(&mut read(db).await, Customers::All).await, ["4", "5"]);
    }
}

/// Lead 1 has two open follow-ups, the one of lead 2 was called off, lead 3 has none.
async fn leads_of_before_know_their_next_call(db: &Db) {
    let mut tx = write(db).await;
    let asha = agent(&mut tx, "Asha", 5).await;
    add_leads(&mut tx, &[1, 2, 3].map(|id| lead(id, ASSIGNED, Some(asha)))).await;
    for (lead, due) in [(1, NOW), (1, NOW - 1), (2, NOW)] {
        follow_ups::add(&mut tx, lead, asha, due, 1, None).await.expect("adds");
    }
    follow_ups::call_off(&mut tx, 2, asha, NOW).await.expect("calls off");
    let version_9 = if matches!(db, Db::Sqlite { .. }) {
        "DROP TRIGGER follow_ups_added; DROP TRIGGER follow_ups_changed; DROP TRIGGER follow_ups_removed; \
         DROP INDEX leads_due; DROP INDEX leads_queue"
    } else {
        "DROP FUNCTION keep_due_at CASCADE"
    };
    let rest = ["ALTER TABLE leads DROP COLUMN due_at", "DELETE FROM _sqlx_migrations WHERE version = 9"];
    for sql in version_9.split("; ").chain(rest) {
        execute(&mut tx, sql).await.expect(sql);
    }
    tx.commit().await.expect("commits");
    db.migrate().await.expect("migrates");
    let mut tx = write(db).await;
    let next = async |tx: &mut Tx| texts(tx, "SELECT coalesce(CAST(due_at AS TEXT), '') FROM leads ORDER BY id").await;
    assert_eq!(next(&mut tx).await, [(NOW - 1).to_string(), String::new(), String::new()]);
    follow_ups::add(&mut tx, 3, asha, NOW, 1, None).await.expect("adds");
    assert_eq!(next(&mut tx).await[2], NOW.to_string());
    // Nothing of the product's own moves or deletes one.
    execute(&mut tx, "UPDATE follow_ups SET lead_id = 2 WHERE lead_id = 3").await.expect("moves");
    assert_eq!(next(&mut tx).await[1..], [NOW.to_string(), String::new()]);
    execute(&mut tx, "DELETE FROM follow_ups WHERE lead_id < 3").await.expect("deletes");
    assert_eq!(next(&mut tx).await, [""; 3]);
}

async fn users_of_before_are_sorted_and_found(db: &Db) {
    let mut tx = write(db).await;
    for (n, name) in ["Zoë", "Agent 10", "Agent 9"].into_iter().enumerate() {
        let user = NewUser::new(name, &format!("{n}@example.com"), 5).expect("valid");
        users::add(&mut tx, &user, AGENT, "no hash", NOW).await.expect("added");
    }
    for sql in [
        "DROP INDEX users_in_order",
        "ALTER TABLE users DROP COLUMN name_order",
        "ALTER TABLE users DROP COLUMN sought",
        "DELETE FROM _sqlx_migrations WHERE version = 12",
    ] {
        execute(&mut tx, sql).await.expect(sql);
    }
    tx.commit().await.expect("commits");
    let servers = [another(db).await, another(db).await];
    for result in futures::future::join_all(servers.iter().map(Db::migrate)).await {
        result.expect("migrates");
    }
    for (search, names) in [("", &["Agent 9", "Agent 10", "Zoë"][..]), ("zoe", &["Zoë"]), ("10@", &[])] {
        let found = users::page(&mut read(&servers[0]).await, search, Order::default(), 0).await.expect("reads").users;
        assert_eq!(found.iter().map(|user| user.name.as_str()).collect::<Vec<_>>(), names, "{search}");
    }
    for server in &servers {
        server.close().await;
    }
}

/// Lead 1 came in with the first import, lead 2 with the second file of that name, lead 3 was added by hand between.
async fn leads_of_before_know_their_import(db: &Db) {
    let mut tx = write(db).await;
    add_leads(&mut tx, &[1, 2, 3].map(|id| lead(id, UNASSIGNED, None))).await;
    for sql in [
        "DROP INDEX leads_import",
        "ALTER TABLE leads DROP COLUMN import_run",
        "DROP INDEX import_rows_kind",
        "ALTER TABLE import_rows DROP COLUMN kind",
        "ALTER TABLE imports DROP COLUMN names",
        "ALTER TABLE imports DROP COLUMN reading",
        "DELETE FROM _sqlx_migrations WHERE version = 15",
        "INSERT INTO runs (id, job, trigger, requested_at, state, started_at, finished_at, outcome, heartbeat_at) \
         VALUES (7, 'lead_import', 'command', 1, 'done', 10, 20, '{\"imported\":1,\"duplicates\":0,\"bad\":0}', 20), \
         (8, 'lead_import', 'command', 1, 'done', 30, 40, '{\"imported\":1,\"duplicates\":0,\"bad\":0}', 40)",
        "INSERT INTO imports (run_id, file) VALUES (7, 'leads.csv'), (8, 'leads.csv')",
        "INSERT INTO import_rows (run_id, line, reason, cells) VALUES (7, 3, 'Bad.', '[]')",
        "UPDATE leads SET source = 'leads.csv', created_at = CASE id WHEN 1 THEN 15 WHEN 2 THEN 30 ELSE 25 END",
    ] {
        execute(&mut tx, sql).await.expect(sql);
    }
    tx.commit().await.expect("commits");
    db.migrate().await.expect("migrates");
    let mut tx = read(db).await;
    let runs = texts(&mut tx, "SELECT coalesce(CAST(import_run AS TEXT), '') FROM leads ORDER BY id").await;
    assert_eq!(runs, ["7", "8", ""]);
    assert_eq!(import_rows::bad(&mut tx, 7, 9).await.expect("reads")[0].reason, "Bad.", "as a row of before");
}

/// So many customers, and three leads after them, with the words that they had before customers had marks.
async fn unmarked(db: &Db, customers: i64) {
    let mut tx = write(db).await;
    let asha = agent(&mut tx, "Asha", 5).await;
    let of = |id| if id > customers { lead(id, UNASSIGNED, None) } else { lead(id, CUSTOMER, Some(asha)) };
    let leads: Vec<_> = (1..=customers + 3).map(of).collect();
    add_leads(&mut tx, &leads).await;
    let words = leads.iter().map(|lead| Words::of(&lead.first_name, "", &lead.phone, "", &[]));
    words::write(&mut tx, &words.collect::<Vec<_>>()).await.expect("writes");
    assert_eq!(marked(&mut tx, Customers::All).await, Vec::<String>::new());
    tx.commit().await.expect("commits");
}

/// Who finds the lock taken waits for it: here the lock is the test's, and a migration that is done sooner took none.
#[tokio::test]
async fn sqlite_migrations_wait_for_the_lock_file() {
    on_sqlite(async |db| {
        let Db::Sqlite { file, .. } = db else { panic!("SQLite") };
        let lock = File::create(file.with_extension("lock")).expect("the lock file");
        lock.lock().expect("locks");
        let mut migrating = tokio::spawn({
            let db = db.clone();
            async move { db.migrate().await }
        });
        let waited = tokio::time::timeout(Duration::from_millis(300), &mut migrating).await;
        assert!(waited.is_err(), "it did not wait");
        lock.unlock().expect("unlocks");
        migrating.await.expect("ends").expect("migrates");
    })
    .await;
}

/// A field or an index added to one schema is added to the other, the index of words aside, which each has in its own way.
#[tokio::test]
async fn both_schemas_are_the_same() {
    on_sqlite(async |sqlite| {
        on_postgres(async |postgres| {
            for (what, on_sqlite, on_postgres) in
                [("columns", SQLITE_COLUMNS, COLUMNS), ("indexes", SQLITE_INDEXES, INDEXES)]
            {
                let found = texts(&mut read(sqlite).await, on_sqlite).await;
                assert!(found.len() > 10, "{what}: {found:?}");
                assert_eq!(found, texts(&mut read(postgres).await, on_postgres).await, "{what}");
            }
        })
        .await;
    })
    .await;
}

async fn empty(db: &Db) {
    match db {
        Db::Sqlite { reader, writer, file } => {
            reader.close().await;
            writer.close().await;
            for suffix in ["", "-wal", "-shm"] {
                let _ = std::fs::remove_file(format!("{}{suffix}", file.display()));
            }
        }
        Db::Postgres(pool) => {
            for sql in ["DROP SCHEMA apalis CASCADE", "DROP SCHEMA public CASCADE", "CREATE SCHEMA public"] {
                sqlx::query(sql).execute(pool).await.expect(sql);
            }
        }
    }
}

const SQLITE_COLUMNS: &str = "SELECT m.name || '.' || c.name || CASE WHEN c.\"notnull\" = 1 OR c.pk > 0 THEN ' required' ELSE '' END \
    FROM sqlite_master m JOIN pragma_table_xinfo(m.name) c WHERE m.type = 'table' AND m.name NOT LIKE '\\_%' ESCAPE '\\' \
      AND m.name NOT LIKE 'sqlite%' AND m.name NOT IN ('Jobs', 'Workers') AND m.name NOT LIKE 'lead_words%' ORDER BY m.name, c.name";
const COLUMNS: &str = "SELECT table_name || '.' || column_name || CASE is_nullable WHEN 'NO' THEN ' required' ELSE '' END \
    FROM information_schema.columns WHERE table_schema = 'public' AND table_name NOT LIKE '\\_%' AND table_name <> 'lead_words' \
    ORDER BY table_name COLLATE \"C\", column_name COLLATE \"C\"";

/// With their tables; those that SQLite and PostgreSQL make for keys have names of their own.
const SQLITE_INDEXES: &str = "SELECT tbl_name || ' ' || name FROM sqlite_master WHERE type = 'index' AND name NOT LIKE 'sqlite%' \
      AND tbl_name NOT LIKE '\\_%' ESCAPE '\\' AND tbl_name NOT IN ('Jobs', 'Workers') AND tbl_name NOT LIKE 'lead_words%' ORDER BY 1";
const INDEXES: &str = "SELECT tablename || ' ' || indexname FROM pg_indexes WHERE schemaname = 'public' \
      AND tablename NOT LIKE '\\_%' AND tablename <> 'lead_words' AND indexname NOT LIKE '%_pkey' AND indexname NOT LIKE '%_key' ORDER BY (tablename || ' ' || indexname) COLLATE \"C\"";

/// A database of before, whose newest run is gone: what refers to it keeps its meaning.
#[tokio::test]
async fn sqlite_ids_of_before_are_not_used_again() {
    on_sqlite(async |db| {
        let mut tx = write(db).await;
        let asha = agent(&mut tx, "Asha", 5).await;
        add_leads(&mut tx, &[lead(1, ASSIGNED, Some(asha))]).await;
        for sql in [
            "DELETE FROM sqlite_sequence WHERE name = 'runs'",
            "INSERT INTO lead_events (lead_id, at, run_id, to_status_id, why) VALUES (1, 1, 41, 2, 'Run')",
            "INSERT INTO roles (id, name, management, tasks, reports, users, settings) VALUES (9, 'Old', 1, 0, 0, 0, 0)",
            "DELETE FROM _sqlx_migrations WHERE version IN (11, 13)",
        ] {
            execute(&mut tx, sql).await.expect(sql);
        }
        tx.commit().await.expect("commits");
        let server = another(db).await;
        server.migrate().await.expect("migrates");
        let mut tx = write(&server).await;
        assert_eq!(number(&mut tx, "SELECT count(*) FROM users JOIN roles ON roles.id = role_id").await, 1);
        assert_eq!(number(&mut tx, "SELECT count(*) FROM pragma_foreign_key_check").await, 0);
        assert_eq!(number(&mut tx, "PRAGMA foreign_keys").await, 1);
        for (sql, id) in [
            ("INSERT INTO runs (job, trigger, requested_at, state, heartbeat_at) \
              VALUES ('top_up', 'command', 1, 'queued', 1) RETURNING id", 42),
            ("INSERT INTO roles (name, management, tasks, reports, users, settings) \
              VALUES ('New', 1, 0, 0, 0, 0) RETURNING id", 10),
        ] {
            assert_eq!(number(&mut tx, sql).await, id, "{sql}");
        }
        drop(tx);
        server.close().await;
    })
    .await;
}
