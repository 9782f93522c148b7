use calliyo_domain::status;

use crate::{Result, Tx};

/// Returns all leads of `owner` to Unassigned, customers aside, with one event each; gives how many. Who calls it has
/// locked the owner's row, so that no run gives them leads meanwhile.
pub async fn release(tx: &mut Tx, owner: i64, actor: i64, why: &str, now: i64) -> Result<u64> {
    match tx {
        // First the events, from the leads as they are; then the leads.
        Tx::Sqlite(tx) => {
            sqlx::query(
                "INSERT INTO lead_events (lead_id, at, actor_id, from_status_id, to_status_id, from_owner_id, why) \
                 SELECT id, $2, $3, status_id, $4, owner_id, $5 FROM leads WHERE owner_id = $1 AND status_id <> $6",
            )
            .bind(owner)
            .bind(now)
            .bind(actor)
            .bind(status::UNASSIGNED)
            .bind(why)
            .bind(status::CUSTOMER)
            .execute(&mut **tx)
            .await?;
            let leads = sqlx::query(
                "UPDATE leads SET status_id = $3, status_since = $2, owner_id = NULL, assigned_at = NULL, \
                   last_owner_id = owner_id, version = version + 1 WHERE owner_id = $1 AND status_id <> $4",
            )
            .bind(owner)
            .bind(now)
            .bind(status::UNASSIGNED)
            .bind(status::CUSTOMER)
            .execute(&mut **tx)
            .await?;
            Ok(leads.rows_affected())
        }
        // Both in one statement; the leads are locked first, so that the events start from what is true by then.
        Tx::Postgres(tx) => {
            let moved = sqlx::query(
                "WITH held AS ( \
                   SELECT id, status_id FROM leads WHERE owner_id = $1 AND status_id <> $6 ORDER BY id FOR NO KEY UPDATE), \
                 moved AS ( \
                   UPDATE leads l SET status_id = $4, status_since = $2, owner_id = NULL, assigned_at = NULL, \
                     last_owner_id = $1, version = l.version + 1 \
                   FROM held WHERE l.id = held.id RETURNING l.id, held.status_id AS from_status) \
                 INSERT INTO lead_events (lead_id, at, actor_id, from_status_id, to_status_id, from_owner_id, why) \
                 SELECT id, $2, $3, from_status, $4, $1, $5 FROM moved",
            )
            .bind(owner)
            .bind(now)
            .bind(actor)
            .bind(status::UNASSIGNED)
            .bind(why)
            .bind(status::CUSTOMER)
            .execute(&mut **tx)
            .await?;
            Ok(moved.rows_affected())
        }
    }
}
