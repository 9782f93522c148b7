use calliyo_domain::job::Job;

use super::{Row, Run, select_run};
use crate::{Result, Tx};

macro_rules! current {
    ($job:literal) => {
        concat!(
            "(SELECT o.id FROM runs o WHERE o.job = ",
            $job,
            " AND o.state IN ('queued', 'running') ORDER BY o.state DESC, o.id LIMIT 1), ",
            "(SELECT e.id FROM runs e WHERE e.job = ",
            $job,
            " AND e.state IN ('done', 'failed') ORDER BY e.id DESC LIMIT 1)"
        )
    };
}

pub(crate) const CURRENT: &str =
    select_run!("WHERE r.id IN (", current!("$1"), ", ", current!("$2"), ", ", current!("$3"), ")");

/// The open run of a daily job and the last that ended, where a page reads those of all such jobs together.
pub(super) async fn current(tx: &mut Tx, job: Job) -> Result<Option<Vec<Run>>> {
    let Some(memo) = tx.memo().filter(|_| Job::DAILY.contains(&job)) else { return Ok(None) };
    let runs = memo.0.runs.get_or_try_init(|| all(tx)).await?;
    Ok(Some(runs.iter().filter(|run| run.job == job).cloned().collect()))
}

async fn all(tx: &mut Tx) -> Result<Vec<Run>> {
    let [first, second, third] = Job::DAILY.map(Job::key);
    let rows: Vec<Row> = on!(tx, conn => {
        sqlx::query_as(CURRENT).bind(first).bind(second).bind(third).fetch_all(conn).await?
    });
    rows.into_iter().map(Row::into_run).collect()
}
