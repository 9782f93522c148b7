use crate::{Result, Tx};

macro_rules! count_full {
    ($among:literal) => {
        concat!(
            "SELECT count(*) FROM (SELECT u.id, u.lead_cap AS cap, ",
            load!(),
            " FROM users u JOIN roles r ON r.id = u.role_id AND r.tasks WHERE u.receiving AND NOT u.banned) AS a ",
            "WHERE a.load = a.cap AND EXISTS (SELECT 1 FROM leads l JOIN statuses s ON s.id = l.status_id AND s.on_queue ",
            "WHERE l.owner_id = a.id AND l.status_id ",
            $among,
            " AND l.id NOT IN (SELECT lead_id FROM follow_ups WHERE resolved_at IS NULL AND due_at > $2))"
        )
    };
}

pub(crate) const FULL_SQLITE: &str = count_full!("IN (SELECT value FROM json_each($1))");
pub(crate) const FULL_POSTGRES: &str = count_full!("= ANY($1)");

/// Whether leads would change hands where no receiver has room. Then nobody gains a lead but who loses one (PRODUCT.md,
/// R3), and whoever is above the cap gains none (R1): it takes two receivers at their very cap, each with an eligible lead
/// that counts toward it. No plan is made, which among a hundred thousand leads would take a second.
pub async fn would_swap(tx: &mut Tx, statuses: &[i64], now: i64) -> Result<bool> {
    let full: i64 = match tx {
        Tx::Sqlite(tx) => {
            sqlx::query_scalar(FULL_SQLITE)
                .bind(serde_json::to_string(statuses)?)
                .bind(now)
                .fetch_one(&mut **tx)
                .await?
        }
        Tx::Postgres(tx) => sqlx::query_scalar(FULL_POSTGRES).bind(statuses).bind(now).fetch_one(&mut **tx).await?,
    };
    Ok(full >= 2)
}
