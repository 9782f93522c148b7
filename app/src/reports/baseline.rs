use super::Counted;
use crate::ui::count;

/// What the coverage is held against: "Daily call target 100 × 12 agents = 1,200 calls a day."
pub fn baseline(counted: &Counted) -> String {
    let Counted { targets, team, team_before, .. } = counted;
    if *team == 0 {
        return "There is no agent to expect calls of: coverage has no baseline.".to_owned();
    }
    let said = match targets.as_slice() {
        [] => return String::new(),
        [target] => {
            let agents = count(team.unsigned_abs(), "agent");
            let calls = count((i64::from(*target) * team).unsigned_abs(), "call");
            format!("Daily call target {target} × {agents} = {calls} a day")
        }
        [first, last] => format!("the Daily call target changed within these days, from {first} to {last}{OF_DAY}"),
        [first, between @ .., last] => {
            let times = between.len() + 1;
            format!(
                "the Daily call target changed {times} times within these days, from {first} at first to {last}{OF_DAY}"
            )
        }
    };
    let joined = match team - team_before {
        0 => "",
        1 => "; the agent who joined within these days counts from then on",
        _ => "; agents who joined within these days count from then on",
    };
    format!("Baseline: {said}{joined}.")
}

const OF_DAY: &str = "; each day has the one that it ended with";

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reports::Figures;

    fn said(targets: &[u32], team: i64, team_before: i64) -> String {
        baseline(&Counted {
            targets: targets.to_vec(),
            team,
            team_before,
            total: Figures::default(),
            days: Vec::new(),
            people: Vec::new(),
            outcomes: Vec::new(),
            hours: Vec::new(),
            funnel: Vec::new(),
            time_zone: String::new(),
        })
    }

    #[test]
    fn the_baseline_in_words() {
        assert_eq!(said(&[100], 12, 12), "Baseline: Daily call target 100 × 12 agents = 1,200 calls a day.");
        assert_eq!(said(&[1], 1, 1), "Baseline: Daily call target 1 × 1 agent = 1 call a day.");
        assert_eq!(said(&[100], 0, 0), "There is no agent to expect calls of: coverage has no baseline.");
        assert_eq!(
            said(&[100], 2, 1),
            "Baseline: Daily call target 100 × 2 agents = 200 calls a day; the agent who joined within these days counts from then on."
        );
        assert_eq!(
            said(&[100, 25], 2, 2),
            "Baseline: the Daily call target changed within these days, from 100 to 25; each day has the one that it ended with."
        );
        assert_eq!(
            said(&[100, 25, 50], 2, 2),
            "Baseline: the Daily call target changed 2 times within these days, from 100 at first to 50; each day has the one that it ended with."
        );
    }
}
