//! The lead to call next.

use calliyo_domain::call::RETRY_AFTER;

use super::{Place, Stretch, Task, Today, Wanted, queue};
use crate::{Result, Tx};

/// The lead to call next: whose follow-up is due by now; else who waits longest of those whom nobody called today; else
/// whom the calls of today did not reach, and the last of them longest ago ([`RETRY_AFTER`] at least). Who is to be
/// called later isn't among them, nor is `besides` (0 for none).
pub async fn next(tx: &mut Tx, owner: i64, today: Today, besides: i64) -> Result<Option<Task>> {
    let queue = queue(tx).await?;
    let after = Place::START;
    let due = (Stretch::Due { after, before: today.now.saturating_add(1) }, Wanted::Besides(besides));
    let waiting = (Stretch::Waiting { after }, Wanted::Uncalled { besides, since: today.begins });
    for (stretch, wanted) in [due, waiting] {
        if let Some(task) = stretch.read(tx, owner, &queue, &wanted, 1).await?.pop() {
            return Ok(Some(task));
        }
    }
    again(tx, owner, today, besides).await
}

/// Leads on the queue without a follow-up that were called today and not reached, with the last of those calls. Who was
/// called last is in no index: where all were called, the queue is read as a whole, which the lead cap bounds.
macro_rules! select_unreached {
    ($columns:literal, $end:literal) => {
        concat!(
            "SELECT ",
            $columns,
            " FROM (SELECT ",
            task!(),
            ", coalesce((SELECT max(c.started_at) FROM calls c WHERE c.lead_id = l.id AND c.undone_at IS NULL \
                             AND c.status NOT IN ('busy', 'no_answer', 'missed')), -1) AS reached \
               FROM leads l JOIN statuses s ON s.id = l.status_id AND s.on_queue \
               WHERE l.owner_id = $1 AND l.due_at IS NULL) AS n \
             WHERE called_at >= $2 AND reached < $2 AND ",
            $end
        )
    };
}

pub(crate) const AGAIN: &str = select_unreached!(
    "id, first_name, last_name, phone, status_id, status, status_since, due_at, called_at",
    "called_at <= $3 AND id <> $4 ORDER BY called_at, id LIMIT 1"
);
pub(crate) const RETRY: &str = select_unreached!("min(called_at)", "called_at > $3");

async fn again(tx: &mut Tx, owner: i64, today: Today, besides: i64) -> Result<Option<Task>> {
    let latest = today.now - RETRY_AFTER;
    Ok(on!(tx, conn => {
        sqlx::query_as(AGAIN).bind(owner).bind(today.begins).bind(latest).bind(besides).fetch_optional(conn).await?
    }))
}

/// When the first of those whom the calls of today did not reach may be called again, if that is still to come (unix
/// ms): nobody is next until then, where [`next`] finds nobody.
pub async fn next_retry(tx: &mut Tx, owner: i64, today: Today) -> Result<Option<i64>> {
    let latest = today.now - RETRY_AFTER;
    let called: Option<i64> = on!(tx, conn => {
        sqlx::query_scalar(RETRY).bind(owner).bind(today.begins).bind(latest).fetch_one(conn).await?
    });
    Ok(called.map(|called| called + RETRY_AFTER))
}
