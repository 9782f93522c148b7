//! Made-up calls of the last four weeks.

use calliyo_db::{
    Tx, call_sums,
    demo::{self, DemoCall},
};

use super::{
    dice::Dice,
    hours::{DAY, HOUR, Hours},
    leads::{Owned, PART},
};

const DAYS: i64 = 28;

/// So many days ago few calls were made.
const BAD_DAY: i64 = 12;

/// Who is on leave has not called since.
const LEFT: i64 = 3;

/// Outgoing calls with outcomes and talk times of the usual shape: half of them reach nobody.
pub async fn add_calls(
    tx: &mut Tx,
    dice: &mut Dice,
    owned: &[Owned],
    count: i64,
    away: Option<i64>,
    hours: Hours,
) -> anyhow::Result<()> {
    if owned.is_empty() {
        return Ok(());
    }
    let mut left = count;
    while left > 0 {
        let part: Vec<_> = (0..left.min(PART)).map(|_| call(dice, owned, away, hours)).collect();
        demo::add_calls(tx, &part).await?;
        left -= part.len() as i64;
    }
    call_sums::recount(tx).await?;
    Ok(())
}

fn call(dice: &mut Dice, owned: &[Owned], away: Option<i64>, hours: Hours) -> DemoCall {
    let (lead, agent, started_at) = when(dice, owned, away, hours);
    let status = dice.pick(&["called", "called", "busy", "no_answer", "missed", "follow_up"]);
    let talked = matches!(status, "called" | "follow_up");
    let duration = if talked { 20 + dice.below(60) * dice.below(12) } else { 0 };
    DemoCall { lead, agent, started_at, status, duration }
}

/// Which lead was called by whom, and when: while they had it, and were at work.
fn when(dice: &mut Dice, owned: &[Owned], away: Option<i64>, hours: Hours) -> (i64, i64, i64) {
    const TRIES: usize = 40;
    for _ in 0..TRIES {
        let (lead, agent, since) = dice.pick(owned);
        let before = dice.below(DAYS);
        let worked = match before {
            0 => hours.of_today(),
            BAD_DAY => 35,
            _ => 100,
        };
        let at_work = dice.below(100) < worked && !(before <= LEFT && away == Some(agent));
        if let Some(at) = hours.on(dice, before).filter(|at| at_work && *at >= since) {
            return (lead, agent, at);
        }
    }
    let (lead, agent, since) = dice.pick(owned);
    (lead, agent, (since + dice.below(HOUR)).min(hours.now).max(hours.now - 365 * DAY))
}
