//! Counts of calls and conversions by company day. A stretch of a report's days is read at a time, calls from their sums
//! by agent and quarter of an hour; what the company's clocks show follows from the stretch's offset.

use calliyo_domain::{
    call::CallStatus,
    report::{Figures, Stretch, Tally, quarter},
};
use sqlx::FromRow;

use crate::{Result, Tx};

#[derive(FromRow)]
struct CallRow {
    day: i64,
    person: i64,
    attempts: i64,
    connected: i64,
    talk: i64,
    incoming: i64,
}

impl From<CallRow> for Tally {
    fn from(row: CallRow) -> Self {
        let CallRow { day, person, attempts, connected, talk, incoming } = row;
        let figures = Figures { attempts, connected, talk, incoming, conversions: 0 };
        Self { day, person: Some(person), figures }
    }
}

macro_rules! calls {
    ($agent:literal) => {
        concat!(
            "SELECT (s.quarter * 900000 + $3) / 86400000 AS day, s.agent_id AS person, CAST(sum(s.outgoing) AS BIGINT) AS attempts, \
               CAST(sum(s.connected) AS BIGINT) AS connected, CAST(sum(s.talk_seconds) AS BIGINT) AS talk, \
               CAST(sum(s.incoming) AS BIGINT) AS incoming \
             FROM call_sums s WHERE s.quarter >= $1 AND s.quarter < $2 ",
            $agent,
            "GROUP BY 1, 2 HAVING sum(s.outgoing + s.incoming) > 0 ORDER BY 1, 2"
        )
    };
}

macro_rules! conversions {
    ($agent:literal) => {
        concat!(
            "SELECT (l.converted_at + $3) / 86400000, l.converter_id, count(*) FROM leads l \
             WHERE l.converted_at IS NOT NULL AND l.converted_at >= $1 AND l.converted_at < $2 ",
            $agent,
            "GROUP BY 1, 2 ORDER BY 1, 2"
        )
    };
}

macro_rules! hours {
    ($agent:literal) => {
        concat!(
            "SELECT (s.quarter * 900000 + $3) / 3600000 % 24 AS hour, \
               CAST(sum(s.called) AS BIGINT) AS called, CAST(sum(s.busy) AS BIGINT) AS busy, \
               CAST(sum(s.no_answer) AS BIGINT) AS no_answer, CAST(sum(s.missed) AS BIGINT) AS missed, \
               CAST(sum(s.in_progress) AS BIGINT) AS in_progress, CAST(sum(s.follow_up) AS BIGINT) AS follow_up, \
               CAST(sum(s.rescheduled) AS BIGINT) AS rescheduled \
             FROM call_sums s WHERE s.quarter >= $1 AND s.quarter < $2 ",
            $agent,
            "GROUP BY 1 HAVING sum(s.outgoing) > 0 ORDER BY 1"
        )
    };
}

pub(crate) const CALLS: &str = calls!("");
pub(crate) const CALLS_OF: &str = calls!("AND s.agent_id = $4 ");
pub(crate) const CONVERSIONS: &str = conversions!("");
pub(crate) const CONVERSIONS_OF: &str = conversions!("AND l.converter_id = $4 ");
pub(crate) const HOURS: &str = hours!("");
pub(crate) const HOURS_OF: &str = hours!("AND s.agent_id = $4 ");

/// Calls and conversions of these stretches by day and person; of one agent only where one is given. A day of which
/// there are several stretches has a tally in each.
pub async fn tallies(tx: &mut Tx, stretches: &[Stretch], agent: Option<i64>) -> Result<Vec<Tally>> {
    let mut tallies = Vec::new();
    for stretch in stretches {
        let calls: Vec<CallRow> = by_clock(tx, [CALLS, CALLS_OF], quarters(stretch), agent).await?;
        tallies.extend(calls.into_iter().map(Tally::from));
        let conversions: Vec<(i64, Option<i64>, i64)> =
            by_clock(tx, [CONVERSIONS, CONVERSIONS_OF], *stretch, agent).await?;
        tallies.extend(conversions.into_iter().map(|(day, person, conversions)| {
            let figures = Figures { conversions, ..Figures::default() };
            Tally { day, person, figures }
        }));
    }
    Ok(tallies)
}

/// The outgoing calls that began in one hour of the day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Hour {
    /// As the company's clocks showed, from 0 to 23.
    pub hour: i64,
    /// By status, in the order of [`CallStatus::ALL`].
    pub calls: [i64; CallStatus::ALL.len()],
}

#[derive(FromRow)]
struct HourRow {
    hour: i64,
    called: i64,
    busy: i64,
    no_answer: i64,
    missed: i64,
    in_progress: i64,
    follow_up: i64,
    rescheduled: i64,
}

impl From<HourRow> for Hour {
    fn from(row: HourRow) -> Self {
        let HourRow { hour, called, busy, no_answer, missed, in_progress, follow_up, rescheduled } = row;
        Self { hour, calls: [called, busy, no_answer, missed, in_progress, follow_up, rescheduled] }
    }
}

/// Outgoing calls of these stretches by the hour and by what came of them, stretch by stretch; hours without any left out.
pub async fn hours(tx: &mut Tx, stretches: &[Stretch], agent: Option<i64>) -> Result<Vec<Hour>> {
    let mut hours = Vec::new();
    for stretch in stretches {
        let found: Vec<HourRow> = by_clock(tx, [HOURS, HOURS_OF], quarters(stretch), agent).await?;
        hours.extend(found.into_iter().map(Hour::from));
    }
    Ok(hours)
}

/// The stretch with its ends in quarters.
fn quarters(Stretch { start, end, offset }: &Stretch) -> Stretch {
    Stretch { start: quarter(*start), end: quarter(*end), offset: *offset }
}

/// Carries out one of the statements, for everybody and for one agent, on a stretch.
async fn by_clock<R>(tx: &mut Tx, sql: [&'static str; 2], stretch: Stretch, agent: Option<i64>) -> Result<Vec<R>>
where
    R: for<'r> FromRow<'r, sqlx::sqlite::SqliteRow> + for<'r> FromRow<'r, sqlx::postgres::PgRow> + Send + Unpin,
{
    let Stretch { start, end, offset } = stretch;
    let [everybody, one] = sql;
    Ok(on!(tx, conn => {
        match agent {
            None => sqlx::query_as(everybody).bind(start).bind(end).bind(offset).fetch_all(conn).await?,
            Some(agent) => {
                sqlx::query_as(one).bind(start).bind(end).bind(offset).bind(agent).fetch_all(conn).await?
            }
        }
    }))
}

/// A user in a report.
#[derive(Clone, Debug, PartialEq, Eq, FromRow)]
pub struct Person {
    pub id: i64,
    pub name: String,
    /// Whether they are an agent, banned or not.
    pub agent: bool,
    pub banned: bool,
    /// Since when they are a user, unix ms.
    pub created_at: i64,
}

/// All users, by name.
pub async fn people(tx: &mut Tx) -> Result<Vec<Person>> {
    let sql = "SELECT u.id, u.name, r.tasks AS agent, u.banned, u.created_at \
               FROM users u JOIN roles r ON r.id = u.role_id ORDER BY u.name_order, u.id";
    Ok(on!(tx, conn => sqlx::query_as(sql).fetch_all(conn).await?))
}
