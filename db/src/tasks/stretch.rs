//! Leads of a queue that follow each other, read in the order of an index, and no further than they are given.
//!
//! The index holds an owner's leads status by status. Each status of the queue is a part of the statement by itself,
//! and the parts are merged.

use sqlx::AssertSqlSafe;

use super::{Place, Task};
use crate::{
    Result, Tx,
    leads::has_words,
    merge::merged,
    value::{Value, Values},
};

const TASK: &str = task!();
const CALLED: &str = called!();

/// Times are unix ms.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Stretch {
    /// A follow-up is due before `before`, and the lead stands after `after`.
    Due { after: Place, before: i64 },
    /// No follow-up is agreed on, and the lead stands after `after`.
    Waiting { after: Place },
}

/// Which of the leads: those that meet all of it.
#[derive(Clone, Debug, Default)]
pub(crate) struct Wanted {
    /// They have the words, in the database's own.
    pub found: Option<String>,
    /// Any but this one.
    pub besides: Option<i64>,
    /// None that was called since then (unix ms).
    pub uncalled_since: Option<i64>,
}

impl Stretch {
    /// The first `limit` leads of `owner` on the statuses of the `queue`.
    pub(super) async fn read(
        self,
        tx: &mut Tx,
        owner: i64,
        queue: &[i64],
        wanted: &Wanted,
        limit: i64,
    ) -> Result<Vec<Task>> {
        if queue.is_empty() {
            return Ok(Vec::new());
        }
        let (sql, values) = self.statement(tx, owner, queue, wanted, limit);
        Ok(on!(tx, conn => sqlx::query_as_with(AssertSqlSafe(sql), Values(values)).fetch_all(conn).await?))
    }

    /// What [`Self::read`] asks, and what to bind.
    pub(crate) fn statement(
        self,
        tx: &Tx,
        owner: i64,
        queue: &[i64],
        wanted: &Wanted,
        limit: i64,
    ) -> (String, Vec<Value>) {
        let mut values = vec![owner.into(), limit.into()];
        let stretch = self.conditions(&mut values);
        let (of_lead, of_found) = wanted.conditions(tx, &mut values);
        let part = |status: &i64| {
            format!(
                "SELECT l.id, l.due_at, l.status_since FROM leads l \
                 WHERE l.owner_id = $1 AND l.status_id = {status} AND {stretch}{of_lead}"
            )
        };
        let parts: Vec<_> = queue.iter().map(part).collect();
        // What is taken out of the leads that are found can't be counted before.
        let end = if of_found.is_empty() { "LIMIT $2" } else { "" };
        let sql = format!(
            "SELECT {TASK} FROM ({}) AS stretch JOIN leads l ON l.id = stretch.id JOIN statuses s ON s.id = l.status_id{of_found} \
             ORDER BY stretch.due_at, stretch.status_since, stretch.id LIMIT $2",
            merged(tx, &parts, &format!("ORDER BY due_at, status_since, id {end}"))
        );
        (sql, values)
    }

    fn conditions(self, values: &mut Vec<Value>) -> String {
        match self {
            Self::Due { after: Place { due, since, id, .. }, before } => {
                let [due, since, id, before] = [due, since, id, before].map(|value| bind(values, value));
                format!("(l.due_at, l.status_since, l.id) > ({due}, {since}, {id}) AND l.due_at < {before}")
            }
            Self::Waiting { after: Place { since, id, .. } } => {
                let [since, id] = [since, id].map(|value| bind(values, value));
                format!("l.due_at IS NULL AND (l.status_since, l.id) > ({since}, {id})")
            }
        }
    }
}

impl Wanted {
    /// What is asked of each lead, and what of those that are found.
    fn conditions(&self, tx: &Tx, values: &mut Vec<Value>) -> (String, String) {
        let (mut of_lead, mut of_found) = (String::new(), String::new());
        if let Some(words) = &self.found {
            let words = bind(values, words.as_str());
            match tx {
                // Asked of each part, SQLite would search all leads for the words once for each.
                Tx::Sqlite(_) => of_found = format!(" WHERE {}", has_words(tx, "stretch.id", &words)),
                Tx::Postgres(_) => of_lead += &format!(" AND {}", has_words(tx, "l.id", &words)),
            }
        }
        if let Some(besides) = self.besides {
            of_lead += &format!(" AND l.id <> {}", bind(values, besides));
        }
        if let Some(since) = self.uncalled_since {
            of_lead += &format!(" AND coalesce({CALLED}, -1) < {}", bind(values, since));
        }
        (of_lead, of_found)
    }
}

/// What stands for the value in the statement.
fn bind(values: &mut Vec<Value>, value: impl Into<Value>) -> String {
    values.push(value.into());
    format!("${}", values.len())
}
