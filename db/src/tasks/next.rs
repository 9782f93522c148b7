//! The lead to call next.

use calliyo_domain::{call::RETRY_AFTER, due::Due};

use super::{Place, Stretch, Task, TaskFilter, Today, Wanted};
use crate::{Result, Tx};

/// The lead to call next: whose follow-up is due by now; else who waits longest of those whom nobody called today; else
/// whom the calls of today did not reach, and the last of them longest ago ([`RETRY_AFTER`] at least). Who is to be
/// called later isn't among them, nor is `besides`.
pub async fn next(tx: &mut Tx, owner: i64, today: Today, besides: Option<i64>) -> Result<Option<Task>> {
    match next_of(tx, owner, today, &TaskFilter::default(), besides).await? {
        Some(task) => Ok(Some(task)),
        None => again(tx, owner, today, besides).await,
    }
}

/// The lead to call next of those that `filter` leaves, in the order of their list: whose follow-up is due by now, and
/// whom nobody called today. Who is to be called later is among them where that is asked for.
pub async fn next_of(
    tx: &mut Tx,
    owner: i64,
    today: Today,
    filter: &TaskFilter,
    besides: Option<i64>,
) -> Result<Option<Task>> {
    let Some(found) = filter.wanted(tx) else { return Ok(None) };
    let queue = filter.queue(tx).await?;
    let wanted = Wanted { besides, ..found };
    let uncalled = Wanted { uncalled_since: Some(today.begins), ..wanted.clone() };
    let due = |due, before| Stretch::Due { after: Place { due, ..Place::START }, before };
    let by_now = (due(i64::MIN, today.now.saturating_add(1)), &wanted);
    let waiting = (Stretch::Waiting { after: Place::START }, &uncalled);
    let stretches = match filter.due {
        Due::Any => vec![by_now, waiting],
        Due::Overdue => vec![(due(i64::MIN, today.now), &wanted)],
        Due::Today => vec![by_now, (due(today.now, today.ends), &uncalled)],
        Due::Open => vec![waiting],
        Due::Later => vec![(due(today.ends, i64::MAX), &uncalled)],
    };
    for (stretch, wanted) in stretches {
        if let Some(task) = stretch.read(tx, owner, &queue, wanted, 1).await?.pop() {
            return Ok(Some(task));
        }
    }
    Ok(None)
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

async fn again(tx: &mut Tx, owner: i64, today: Today, besides: Option<i64>) -> Result<Option<Task>> {
    let latest = today.now - RETRY_AFTER;
    Ok(on!(tx, conn => {
        sqlx::query_as(AGAIN).bind(owner).bind(today.begins).bind(latest).bind(besides.unwrap_or(0)).fetch_optional(conn).await?
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
