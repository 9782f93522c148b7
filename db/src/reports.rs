//! Counts of calls (undone ones aside) and conversions by company day. A stretch of a report's days is read at a time,
//! from an index that holds all that is counted; what the company's clocks show follows from the stretch's offset.

use calliyo_domain::report::{Figures, Stretch, Tally};
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
            "SELECT (c.started_at + $3) / 86400000 AS day, c.agent_id AS person, \
               count(*) FILTER (WHERE c.direction = 'outgoing') AS attempts, \
               count(*) FILTER (WHERE c.direction = 'outgoing' AND c.duration_seconds > 0) AS connected, \
               CAST(coalesce(sum(c.duration_seconds) FILTER (WHERE c.direction = 'outgoing'), 0) AS BIGINT) AS talk, \
               count(*) FILTER (WHERE c.direction = 'incoming') AS incoming \
             FROM calls c WHERE c.undone_at IS NULL AND c.started_at >= $1 AND c.started_at < $2 ",
            $agent,
            "GROUP BY 1, 2 ORDER BY 1, 2"
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

macro_rules! outcomes {
    ($agent:literal) => {
        concat!(
            "SELECT c.status, (c.started_at + $3) / 3600000 % 24 AS hour, count(*) AS calls FROM calls c \
             WHERE c.undone_at IS NULL AND c.started_at >= $1 AND c.started_at < $2 AND c.direction = 'outgoing' ",
            $agent,
            "GROUP BY 1, 2 ORDER BY 1, 2"
        )
    };
}

pub(crate) const CALLS: &str = calls!("");
pub(crate) const CALLS_OF: &str = calls!("AND c.agent_id = $4 ");
pub(crate) const CONVERSIONS: &str = conversions!("");
pub(crate) const CONVERSIONS_OF: &str = conversions!("AND l.converter_id = $4 ");
pub(crate) const OUTCOMES: &str = outcomes!("");
pub(crate) const OUTCOMES_OF: &str = outcomes!("AND c.agent_id = $4 ");

/// Calls and conversions of these stretches by day and person; of one agent only where one is given. A day of which
/// there are several stretches has a tally in each.
pub async fn tallies(tx: &mut Tx, stretches: &[Stretch], agent: Option<i64>) -> Result<Vec<Tally>> {
    let mut tallies = Vec::new();
    for stretch in stretches {
        let calls: Vec<CallRow> = by_clock(tx, [CALLS, CALLS_OF], stretch, agent).await?;
        tallies.extend(calls.into_iter().map(Tally::from));
        let conversions: Vec<(i64, Option<i64>, i64)> =
            by_clock(tx, [CONVERSIONS, CONVERSIONS_OF], stretch, agent).await?;
        tallies.extend(conversions.into_iter().map(|(day, person, conversions)| {
            let figures = Figures { conversions, ..Figures::default() };
            Tally { day, person, figures }
        }));
    }
    Ok(tallies)
}

/// How many outgoing calls of one kind began in one hour of the day.
#[derive(Clone, Debug, PartialEq, Eq, FromRow)]
pub struct Outcome {
    /// The key of the call status.
    pub status: String,
    /// As the company's clocks showed, from 0 to 23.
    pub hour: i64,
    pub calls: i64,
}

/// Outgoing calls of these stretches by what came of them and when, stretch by stretch.
pub async fn outcomes(tx: &mut Tx, stretches: &[Stretch], agent: Option<i64>) -> Result<Vec<Outcome>> {
    let mut outcomes = Vec::new();
    for stretch in stretches {
        let found: Vec<Outcome> = by_clock(tx, [OUTCOMES, OUTCOMES_OF], stretch, agent).await?;
        outcomes.extend(found);
    }
    Ok(outcomes)
}

/// Carries out one of the statements, for everybody and for one agent, on a stretch.
async fn by_clock<R>(tx: &mut Tx, sql: [&'static str; 2], stretch: &Stretch, agent: Option<i64>) -> Result<Vec<R>>
where
    R: for<'r> FromRow<'r, sqlx::sqlite::SqliteRow> + for<'r> FromRow<'r, sqlx::postgres::PgRow> + Send + Unpin,
{
    let Stretch { start, end, offset } = *stretch;
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
    /// Whether calls are expected: an agent who isn't banned.
    pub expected: bool,
}

/// All users, by name.
pub async fn people(tx: &mut Tx) -> Result<Vec<Person>> {
    let sql = "SELECT u.id, u.name, (r.tasks AND NOT u.banned) AS expected \
               FROM users u JOIN roles r ON r.id = u.role_id ORDER BY u.name, u.id";
    Ok(on!(tx, conn => sqlx::query_as(sql).fetch_all(conn).await?))
}
