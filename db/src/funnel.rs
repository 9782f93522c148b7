//! How far leads came: how many stand at each status, and what became of those of some days.

use crate::{Result, Tx, statuses::StatusCount};
use calliyo_domain::{
    report::{Funnel, Stretch},
    status::CUSTOMER,
    visibility::Customers,
};

// Each status is counted in an index by itself: no lead is read.
macro_rules! pipeline {
    ($leads:literal) => {
        concat!(
            "SELECT s.id AS status_id, s.name AS status, ",
            $leads,
            " AS leads FROM statuses s ORDER BY s.position, s.id"
        )
    };
}

pub(crate) const PIPELINE: &str = pipeline!("(SELECT count(*) FROM leads l WHERE l.status_id = s.id)");
pub(crate) const PIPELINE_OF: &str = pipeline!(
    "CASE WHEN s.id = $2 THEN (SELECT count(*) FROM leads l WHERE l.converter_id = $1 AND l.converted_at IS NOT NULL) \
       ELSE (SELECT count(*) FROM leads l WHERE l.status_id = s.id) END"
);

/// How many leads stand at each status, in pipeline order, empty ones included; of the customers, those that the viewer
/// may see.
pub async fn pipeline(tx: &mut Tx, visible: Customers) -> Result<Vec<StatusCount>> {
    Ok(on!(tx, conn => {
        match visible {
            Customers::All => sqlx::query_as(PIPELINE).fetch_all(conn).await?,
            Customers::ConvertedBy(agent) => {
                sqlx::query_as(PIPELINE_OF).bind(agent).bind(CUSTOMER).fetch_all(conn).await?
            }
        }
    }))
}

// Materialized: SQLite would look up a lead's calls once for each time that its reach is named.
macro_rules! funnel {
    ($leads:literal, $caller:literal, $converter:literal) => {
        concat!(
            "WITH followed AS MATERIALIZED (SELECT (SELECT max(CASE WHEN c.duration_seconds > 0 THEN 2 ELSE 1 END) FROM calls c \
                  WHERE c.lead_id = x.lead_id AND c.direction = 'outgoing' AND c.undone_at IS NULL \
                    AND c.started_at >= $1 AND c.started_at < $2 ",
            $caller,
            ") AS reach, x.lead_id IN (SELECT l.id FROM leads l WHERE l.converted_at >= $1 AND l.converted_at < $2 ",
            $converter,
            ") AS converted FROM (SELECT DISTINCT e.lead_id FROM lead_events e WHERE e.at >= $1 AND e.at < $2 AND ",
            $leads,
            ") AS x) \
             SELECT count(*), count(reach), count(*) FILTER (WHERE reach = 2), count(*) FILTER (WHERE converted) FROM followed"
        )
    };
}

pub(crate) const FUNNEL: &str = funnel!("e.from_status_id IS NULL", "", "");
pub(crate) const FUNNEL_OF: &str = funnel!(
    "e.to_owner_id = $3 AND e.to_owner_id IS DISTINCT FROM e.from_owner_id",
    "AND c.agent_id = $3",
    "AND l.converter_id = $3"
);

/// What became, within these stretches, which follow one another, of the leads that came in within them; with an agent,
/// what the agent made of those given to them.
pub async fn of_days(tx: &mut Tx, stretches: &[Stretch], agent: Option<i64>) -> Result<Funnel> {
    let (Some(first), Some(last)) = (stretches.first(), stretches.last()) else { return Ok(Funnel::default()) };
    let (came, called, connected, converted) = on!(tx, conn => {
        let mut query = sqlx::query_as(if agent.is_some() { FUNNEL_OF } else { FUNNEL }).bind(first.start).bind(last.end);
        if let Some(agent) = agent {
            query = query.bind(agent);
        }
        query.fetch_one(conn).await?
    });
    Ok(Funnel { came, called, connected, converted })
}
