//! Which local dates a job has had its scheduled run on, or has missed; each date once (PRODUCT.md, "When they run").

use std::collections::BTreeSet;

use calliyo_domain::job::{Job, Trigger};
use chrono::NaiveDate;

use crate::{Result, Tx};

/// How far ahead of now a row may have been written, in milliseconds: servers' clocks differ by less.
const AHEAD: i64 = 60 * 60 * 1000;

/// The dates from `from` on that need no run any more. What was called missed by a clock that ran ahead of `now` (unix
/// ms) doesn't count: those days haven't come.
pub async fn dates(tx: &mut Tx, job: Job, from: NaiveDate, now: i64) -> Result<BTreeSet<NaiveDate>> {
    if let Some(memo) = tx.memo() {
        let noted = memo.0.ledger.get_or_try_init(|| noted(tx, from)).await?;
        if noted.from <= from {
            return Ok(noted.dates(job, from, now));
        }
    }
    let dates: Vec<String> = on!(tx, conn => {
        sqlx::query_scalar(
            "SELECT local_date FROM runs WHERE job = $1 AND local_date >= $2 AND NOT (state = 'missed' AND requested_at > $3)",
        )
            .bind(job.key())
            .bind(from.to_string())
            .bind(now + AHEAD)
            .fetch_all(conn)
            .await?
    });
    Ok(dates.iter().filter_map(|date| date.parse().ok()).collect())
}

/// What is written down for all jobs.
#[derive(Debug)]
pub(crate) struct Noted {
    from: NaiveDate,
    /// Job, date, state, and when it was requested.
    rows: Vec<(String, String, String, i64)>,
}

impl Noted {
    fn dates(&self, job: Job, from: NaiveDate, now: i64) -> BTreeSet<NaiveDate> {
        let counts = |state: &str, requested_at: i64| state != "missed" || requested_at <= now + AHEAD;
        let of_job = self.rows.iter().filter(|(key, ..)| key == job.key());
        let dates = of_job.filter(|(_, _, state, at)| counts(state, *at)).filter_map(|(_, date, ..)| date.parse().ok());
        dates.filter(|date| *date >= from).collect()
    }
}

/// From a day before `from` on: the jobs' times of day lie no further apart.
async fn noted(tx: &mut Tx, from: NaiveDate) -> Result<Noted> {
    let from = from.pred_opt().unwrap_or(from);
    let [first, second, third] = Job::DAILY.map(Job::key);
    let rows = on!(tx, conn => {
        sqlx::query_as(
            "SELECT job, local_date, state, requested_at FROM runs WHERE job IN ($1, $2, $3) AND local_date >= $4",
        )
        .bind(first)
        .bind(second)
        .bind(third)
        .bind(from.to_string())
        .fetch_all(conn)
        .await?
    });
    Ok(Noted { from, rows })
}

/// Takes out what a clock that ran ahead of `now` (unix ms) has called missed; gives how many dates that were. To be done
/// before dates are written down: each is there once.
pub async fn forget_ahead(tx: &mut Tx, job: Job, now: i64) -> Result<u64> {
    Ok(on!(tx, conn => {
        sqlx::query("DELETE FROM runs WHERE job = $1 AND state = 'missed' AND requested_at > $2")
            .bind(job.key())
            .bind(now + AHEAD)
            .execute(conn)
            .await?
            .rows_affected()
    }))
}

/// Makes the run of `date`; nothing where another server was first, or the job's scheduled run before it is still
/// open (then the next comparison tries again). Enqueue it in the same transaction with [`crate::queue::push`].
pub async fn schedule(tx: &mut Tx, job: Job, date: NaiveDate, trigger: Trigger, now: i64) -> Result<Option<i64>> {
    Ok(on!(tx, conn => {
        sqlx::query_scalar(
            "INSERT INTO runs (job, trigger, local_date, requested_at, state, heartbeat_at) \
             VALUES ($1, $2, $3, $4, 'queued', $4) ON CONFLICT DO NOTHING RETURNING id",
        )
        .bind(job.key())
        .bind(trigger.key())
        .bind(date.to_string())
        .bind(now)
        .fetch_optional(conn)
        .await?
    }))
}

/// Writes down that `date` went by without a run; false where that is known.
pub async fn miss(tx: &mut Tx, job: Job, date: NaiveDate, now: i64) -> Result<bool> {
    let written = on!(tx, conn => {
        sqlx::query(
            "INSERT INTO runs (job, trigger, local_date, requested_at, state, heartbeat_at, finished_at) \
             VALUES ($1, 'schedule', $2, $3, 'missed', $3, $3) ON CONFLICT DO NOTHING",
        )
        .bind(job.key())
        .bind(date.to_string())
        .bind(now)
        .execute(conn)
        .await?
        .rows_affected()
    });
    Ok(written == 1)
}
