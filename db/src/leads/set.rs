//! Which leads match, as a fingerprint.

use calliyo_domain::{
    lead_order::LeadOrder,
    lead_set::{LeadSet, MIXERS, Mixer, ROUNDS},
};
use sqlx::AssertSqlSafe;

use super::{Counted, LeadFilter, first::First};
use crate::{Result, Tx, value::Values};

/// The leads that match, of which no more than `most` are looked at.
pub async fn set(tx: &mut Tx, filter: &LeadFilter, most: i64) -> Result<LeadSet> {
    let first = filter.first(tx, LeadOrder::default()).await?;
    set_from(tx, filter, first, most).await
}

/// As [`set`], of the filter by which `counted` was found.
pub async fn set_of_counted(tx: &mut Tx, filter: &LeadFilter, counted: &Counted, most: i64) -> Result<LeadSet> {
    set_from(tx, filter, counted.first, most).await
}

async fn set_from(tx: &mut Tx, filter: &LeadFilter, first: First, most: i64) -> Result<LeadSet> {
    let matching = filter.matching_from(first, tx, vec![most.into()]);
    let sql = AssertSqlSafe(statement(&format!("{} LIMIT $1", matching.ids())));
    let (count, one, two): (i64, i64, i64) = on!(tx, conn => {
        sqlx::query_as_with(sql, Values(matching.values)).persistent(false).fetch_one(conn).await?
    });
    Ok(LeadSet::summed(count, [one, two]))
}

/// Mixes the ids as `domain/src/lead_set.rs` does, a round per level.
fn statement(ids: &str) -> String {
    let [one, two] = MIXERS;
    let rest = |column: &str, Mixer { by, .. }: Mixer| format!("{column} % {by}");
    let begin = format!("SELECT {} AS a, {} AS b FROM ({ids}) AS found", rest("found.id", one), rest("found.id", two));
    let mixed = (0..ROUNDS).fold(begin, |inner, round| {
        let step =
            |column: &str, Mixer { adds, by }: Mixer| format!("({column} * {column} + {adds}) % {by} AS {column}");
        format!("SELECT {}, {} FROM ({inner}) AS round_{round}", step("a", one), step("b", two))
    });
    format!(
        "SELECT count(*), CAST(coalesce(sum(a), 0) AS bigint), CAST(coalesce(sum(b), 0) AS bigint) FROM ({mixed}) AS mixed"
    )
}
