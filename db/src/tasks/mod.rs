//! An agent's queue as a list of what to do.

/// When the last call on lead `l` began, undone ones aside.
macro_rules! called {
    () => {
        "(SELECT max(c.started_at) FROM calls c WHERE c.lead_id = l.id AND c.undone_at IS NULL)"
    };
}

/// What a [`Task`] is read from: lead `l` and its status `s`.
macro_rules! task {
    () => {
        concat!(
            "l.id, l.first_name, l.last_name, l.phone, l.status_id, s.name AS status, l.status_since, l.due_at, ",
            called!(),
            " AS called_at"
        )
    };
}

mod next;
mod stretch;

use calliyo_domain::{due::Due, search::Search};
use sqlx::FromRow;

use crate::{
    Result, Tx,
    leads::sought,
    statuses::{self, StatusCount},
};

#[cfg(test)]
pub(crate) use next::{AGAIN, RETRY};
pub use next::{next, next_of, next_retry};
pub(crate) use stretch::{Stretch, Wanted};

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
}

impl Task {
    /// Its place in the list of `today`: the next page begins after it.
    #[must_use]
    pub fn place(&self, today: Today) -> Place {
        let rank = match self.due_at {
            Some(due) if due < today.ends => Rank::Today,
            Some(_) => Rank::Later,
            None => Rank::Waiting,
        };
        Place { rank, due: self.due_at.unwrap_or(0), since: self.status_since, id: self.id }
    }
}

/// The parts of the list, in its order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Rank {
    /// A follow-up is due by the end of today.
    Today,
    /// No follow-up is agreed on.
    Waiting,
    /// A follow-up is due on a later day.
    Later,
}

impl Rank {
    /// In the list's order.
    pub const ALL: [Self; 3] = [Self::Today, Self::Waiting, Self::Later];

    /// Those that hold what is asked for.
    fn of(due: Due) -> &'static [Self] {
        match due {
            Due::Any => &Self::ALL,
            Due::Today | Due::Overdue => &[Self::Today],
            Due::Open => &[Self::Waiting],
            Due::Later => &[Self::Later],
        }
    }
}

/// A place in the list. What is due at the same time stands by its time on its status, and then by its id.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    pub rank: Rank,
    /// Unix ms; 0 for who waits.
    pub due: i64,
    /// Since when the lead is on its status, in unix ms.
    pub since: i64,
    pub id: i64,
}

impl Place {
    /// Before the first.
    pub const START: Self = Self { rank: Rank::Today, due: i64::MIN, since: i64::MIN, id: 0 };
}

/// The instants of a company day, in unix ms.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Today {
    pub begins: i64,
    pub now: i64,
    pub ends: i64,
}

/// Tasks that meet all that is asked; what is left at its default asks for nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TaskFilter {
    pub status: Option<i64>,
    pub due: Due,
    pub search: Option<Search>,
}

impl TaskFilter {
    /// Nothing where what was typed is nothing that a lead could be found by.
    fn wanted(&self, tx: &Tx) -> Option<Wanted> {
        let found = match &self.search {
            Some(search) if search.words.is_empty() => return None,
            search => search.as_ref().map(|search| sought(search, tx)),
        };
        Some(Wanted { found, ..Wanted::default() })
    }

    /// The statuses that are on the queue and asked for.
    async fn queue(&self, tx: &mut Tx) -> Result<Vec<i64>> {
        let statuses = statuses::list(tx).await?.into_iter().filter(|status| status.on_queue).map(|status| status.id);
        Ok(statuses.filter(|status| self.status.is_none_or(|asked| asked == *status)).collect())
    }
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
    let Some(wanted) = filter.wanted(tx) else { return Ok(Vec::new()) };
    let queue = filter.queue(tx).await?;
    let mut tasks = Vec::new();
    for rank in Rank::of(filter.due).iter().filter(|rank| **rank >= after.rank) {
        let left = limit - tasks.len() as i64;
        tasks.extend(stretch(*rank, filter.due, today, after).read(tx, owner, &queue, &wanted, left).await?);
        if tasks.len() as i64 == limit {
            break;
        }
    }
    Ok(tasks)
}

/// What of a rank follows `after`.
fn stretch(rank: Rank, asked: Due, today: Today, after: Place) -> Stretch {
    let begins = if rank == Rank::Later { today.ends } else { i64::MIN };
    let after = after.max(Place { rank, due: begins, ..Place::START });
    match rank {
        Rank::Waiting => Stretch::Waiting { after },
        Rank::Today if asked == Due::Overdue => Stretch::Due { after, before: today.now },
        Rank::Today => Stretch::Due { after, before: today.ends },
        Rank::Later => Stretch::Due { after, before: i64::MAX },
    }
}

pub(crate) const BY_STATUS: &str = "SELECT s.id AS status_id, s.name AS status, \
       (SELECT count(*) FROM leads l WHERE l.owner_id = $1 AND l.status_id = s.id) AS leads \
     FROM statuses s WHERE s.on_queue ORDER BY s.position, s.id";

/// An agent's queue by status, in pipeline order, empty ones included.
pub async fn by_status(tx: &mut Tx, owner: i64) -> Result<Vec<StatusCount>> {
    Ok(on!(tx, conn => sqlx::query_as(BY_STATUS).bind(owner).fetch_all(conn).await?))
}
