use calliyo_domain::queue_switch::Owned;

use crate::{Result, Tx};

// Each owner's part is counted in an index by itself: no lead is read.
pub(crate) const OWNED: &str = "SELECT p.id, p.name, p.lead_cap, p.status_id, CAST(sum(p.leads) AS bigint) AS leads FROM \
     (SELECT u.id, u.name, u.name_order, u.lead_cap, s.id AS status_id, \
        (SELECT count(*) FROM leads l WHERE l.owner_id = u.id AND l.status_id = s.id) AS leads \
      FROM users u CROSS JOIN statuses s) AS p \
     WHERE p.leads > 0 GROUP BY p.id, p.name, p.name_order, p.lead_cap, p.status_id \
     ORDER BY p.name_order, p.id, p.status_id";

/// How many leads each owner has on each status, by the owners' names.
pub async fn owned(tx: &mut Tx) -> Result<Vec<Owned>> {
    let rows: Vec<(i64, String, i64, i64, i64)> = on!(tx, conn => sqlx::query_as(OWNED).fetch_all(conn).await?);
    Ok(rows.into_iter().map(|(owner, name, cap, status, leads)| Owned { owner, name, cap, status, leads }).collect())
}
