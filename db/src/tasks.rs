//! An agent's queue as a list of what to do.

use calliyo_domain::{call::RETRY_AFTER, due::Due, search::Search};
use sqlx::FromRow;

use crate::{Result, Tx, leads::sought, statuses::StatusCount};

/// A lead on an agent's queue. Times are unix ms.
#[derive(Clone, Debug, PartialEq, Eq, FromRow)]
pub struct Task {
    pub id: i64,
    pub first_name: String,
    pub last_name: String,
    pub phone: String,
    pub status_id: i64,
    pub status: String,
    pub status_since: i64,
    /// When its open follow-up is due.
    pub due_at: Option<i64>,
    /// When its last call began, undone ones aside.
    pub called_at: Option<i64>,
    /// 0: a follow-up that is due, 1: no follow-up, 2: a follow-up on a later day.
    pub rank: i64,
    /// What orders leads of the same rank: when the follow-up is due, or since when the lead waits.
    pub waits: i64,
}

impl Task {
    /// Its place in the list: the next page begins after it.
    #[must_use]
    pub fn place(&self) -> Place {
        Place { rank: self.rank, waits: self.waits, id: self.id }
    }
}

/// A place in the list.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    pub rank: i64,
    pub waits: i64,
    pub id: i64,
}

impl Place {
    /// Before the first.
    pub const START: Self = Self { rank: -1, waits: 0, id: 0 };
}

// The queue of one agent, which the lead cap bounds, is read as a whole and put in order.
macro_rules! select_tasks {
    ($end:literal) => {
        concat!(
            "SELECT id, first_name, last_name, phone, status_id, status, status_since, due_at, called_at, rank, waits FROM ( \
               SELECT q.*, CAST(CASE WHEN due_at IS NULL THEN 1 WHEN due_at < $2 THEN 0 ELSE 2 END AS bigint) AS rank, \
                 coalesce(due_at, status_since) AS waits FROM ( \
                 SELECT l.id, l.first_name, l.last_name, l.phone, l.status_id, s.name AS status, l.status_since, \
                   (SELECT min(f.due_at) FROM follow_ups f WHERE f.lead_id = l.id AND f.resolved_at IS NULL) AS due_at, \
                   (SELECT max(c.started_at) FROM calls c WHERE c.lead_id = l.id AND c.undone_at IS NULL) AS called_at \
                 FROM leads l JOIN statuses s ON s.id = l.status_id AND s.on_queue WHERE l.owner_id = $1) AS q) AS t ",
            $end
        )
    };
}

macro_rules! select_page {
    ($found:literal) => {
        concat!(
            select_tasks!(
                "WHERE (rank, waits, id) > ($3, $4, $5) AND (status_id = $7 OR $7 = 0) AND rank BETWEEN $8 AND $9 \
                   AND coalesce(due_at, 0) < $10 "
            ),
            $found,
            "ORDER BY rank, waits, id LIMIT $6"
        )
    };
}

pub(crate) const PAGE: &str = select_page!("");
pub(crate) const FOUND_SQLITE: &str =
    select_page!("AND id IN (SELECT w.rowid FROM lead_words w WHERE w.lead_words MATCH $11) ");
pub(crate) const FOUND_POSTGRES: &str =
    select_page!("AND (SELECT w.words FROM lead_words w WHERE w.lead_id = t.id) @@ CAST($11 AS tsquery) ");

/// Leads on a queue but for those whose call is agreed for later, with their last call and the last that reached them.
macro_rules! select_callable {
    ($columns:literal, $end:literal) => {
        concat!(
            "SELECT ",
            $columns,
            " FROM (SELECT t.*, coalesce(called_at, -1) AS called, \
               coalesce((SELECT max(c.started_at) FROM calls c WHERE c.lead_id = t.id AND c.undone_at IS NULL \
                           AND c.status NOT IN ('busy', 'no_answer', 'missed')), -1) AS reached \
             FROM (",
            select_tasks!(""),
            ") AS t WHERE id <> $3 AND (due_at IS NULL OR due_at <= $5)) AS n ",
            $end
        )
    };
}

pub(crate) const NEXT: &str = select_callable!(
    "id, first_name, last_name, phone, status_id, status, status_since, due_at, called_at, rank, waits",
    "WHERE due_at IS NOT NULL OR called < $4 OR (reached < $4 AND called <= $6) \
     ORDER BY CASE WHEN due_at IS NOT NULL THEN 0 WHEN called < $4 THEN 1 ELSE 2 END, \
       CASE WHEN due_at IS NULL AND called >= $4 THEN called ELSE waits END, id LIMIT 1"
);
pub(crate) const RETRY: &str =
    select_callable!("min(called)", "WHERE due_at IS NULL AND called >= $4 AND reached < $4 AND called > $6");

/// Tasks that meet all that is asked; what is left at its default asks for nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TaskFilter {
    pub status: Option<i64>,
    pub due: Due,
    pub search: Option<Search>,
}

/// What of the queue of `owner` follows `after`: follow-ups due by the end of `today`, then who has waited longest,
/// then follow-ups of later days.
pub async fn page(
    tx: &mut Tx,
    owner: i64,
    today: Today,
    filter: &TaskFilter,
    after: Place,
    limit: i64,
) -> Result<Vec<Task>> {
    let words = match &filter.search {
        // Nothing was typed that a lead could be found by.
        Some(search) if search.words.is_empty() => return Ok(Vec::new()),
        search => search.as_ref().map(|search| sought(search, tx)),
    };
    let sql = match (&words, &*tx) {
        (None, _) => PAGE,
        (Some(_), Tx::Sqlite(_)) => FOUND_SQLITE,
        (Some(_), Tx::Postgres(_)) => FOUND_POSTGRES,
    };
    let (first_rank, last_rank) = match filter.due {
        Due::Any => (0, 2),
        Due::Today | Due::Overdue => (0, 0),
        Due::Open => (1, 1),
        Due::Later => (2, 2),
    };
    let due_before = if filter.due == Due::Overdue { today.now } else { i64::MAX };
    Ok(on!(tx, conn => {
        let mut query = sqlx::query_as(sql)
            .bind(owner)
            .bind(today.ends)
            .bind(after.rank)
            .bind(after.waits)
            .bind(after.id)
            .bind(limit)
            .bind(filter.status.unwrap_or(0))
            .bind(first_rank)
            .bind(last_rank)
            .bind(due_before);
        if let Some(words) = words {
            query = query.bind(words);
        }
        query.fetch_all(conn).await?
    }))
}

/// The instants of a company day, in unix ms.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Today {
    pub begins: i64,
    pub now: i64,
    pub ends: i64,
}

/// The lead to call next: whose follow-up is due by now; else who waits longest of those whom nobody called today; else
/// whom the calls of today did not reach, and the last of them longest ago ([`RETRY_AFTER`] at least). Who is to be
/// called later isn't among them, nor is `besides` (0 for none).
pub async fn next(tx: &mut Tx, owner: i64, today: Today, besides: i64) -> Result<Option<Task>> {
    Ok(on!(tx, conn => {
        sqlx::query_as(NEXT)
            .bind(owner)
            .bind(today.ends)
            .bind(besides)
            .bind(today.begins)
            .bind(today.now)
            .bind(today.now - RETRY_AFTER)
            .fetch_optional(conn)
            .await?
    }))
}

/// When the first of those whom the calls of today did not reach may be called again, if that is still to come (unix
/// ms): nobody is next until then, where [`next`] finds nobody.
pub async fn next_retry(tx: &mut Tx, owner: i64, today: Today) -> Result<Option<i64>> {
    let called: Option<i64> = on!(tx, conn => {
        sqlx::query_scalar(RETRY)
            .bind(owner)
            .bind(today.ends)
            .bind(0_i64)
            .bind(today.begins)
            .bind(today.now)
            .bind(today.now - RETRY_AFTER)
            .fetch_one(conn)
            .await?
    });
    Ok(called.map(|called| called + RETRY_AFTER))
}

pub(crate) const BY_STATUS: &str = "SELECT s.id AS status_id, s.name AS status, \
       (SELECT count(*) FROM leads l WHERE l.owner_id = $1 AND l.status_id = s.id) AS leads \
     FROM statuses s WHERE s.on_queue ORDER BY s.position, s.id";

/// An agent's queue by status, in pipeline order, empty ones included.
pub async fn by_status(tx: &mut Tx, owner: i64) -> Result<Vec<StatusCount>> {
    Ok(on!(tx, conn => sqlx::query_as(BY_STATUS).bind(owner).fetch_all(conn).await?))
}
