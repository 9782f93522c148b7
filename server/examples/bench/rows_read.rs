//! How many rows of tables PostgreSQL reads, whether or not they are given: a row that a page looks at in vain counts.
//! Entries of an index that hold all that is asked don't count. SQLite keeps no such count.

use calliyo_db::Db;
use sqlx::PgPool;

/// All that were read since the database was made; nothing on SQLite.
pub async fn so_far(db: &Db) -> anyhow::Result<Option<i64>> {
    let Db::Postgres(pool) = db else { return Ok(None) };
    report(pool).await?;
    let read = sqlx::query_scalar(
        "SELECT coalesce(sum(seq_tup_read + coalesce(idx_tup_fetch, 0)), 0)::bigint FROM pg_stat_user_tables",
    );
    Ok(Some(read.fetch_one(pool).await?))
}

/// Each connection reports what it has read: it does so of its own accord only now and then.
async fn report(pool: &PgPool) -> anyhow::Result<()> {
    let mut connections = Vec::new();
    for _ in 0..pool.size() {
        connections.push(pool.acquire().await?);
    }
    for connection in &mut connections {
        sqlx::query("SELECT pg_stat_force_next_flush()").execute(&mut **connection).await?;
    }
    Ok(())
}
