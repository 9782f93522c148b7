use super::{Changed, People};
use crate::{
    leads::{Choices, chips::status_name},
    ui::{count, parameter},
};

/// What was done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outcome {
    /// In a sentence or two.
    pub said: String,
    /// How it is shown, as notes call it.
    pub kind: &'static str,
}

/// What a form posted without JavaScript has done.
pub fn changed_before(choices: &Choices) -> Option<Outcome> {
    let changed: Changed = serde_json::from_str(&parameter("changed")?).ok()?;
    Some(outcome_of(&changed, choices))
}

pub fn outcome_of(changed: &Changed, choices: &Choices) -> Outcome {
    Outcome { said: said(changed, |id| status_name(&id.to_string(), choices)), kind: changed.kind() }
}

fn said(changed: &Changed, status: impl Fn(i64) -> String) -> String {
    match changed {
        Changed::Assigned { leads, agents, kept, left, full, away, meanwhile } => {
            let assigned = match *leads {
                0 => "No lead was assigned".to_owned(),
                leads => format!("{} assigned to {}", count(leads, "lead"), count(*agents, "agent")),
            };
            let kept = part(*kept, |n| format!("{n} {} theirs already", if n == 1 { "was" } else { "were" }));
            let (held_up, passed_over) = (held_up(*left, full), passed_over(away));
            format!("{assigned}{kept}{held_up}{passed_over}.{}", changed_meanwhile(*meanwhile))
        }
        Changed::Status { leads, status: id, same, ownerless, customers, meanwhile } => {
            let put = match *leads {
                0 => "No lead was changed".to_owned(),
                leads => format!("{} put on {}", count(leads, "lead"), status(*id)),
            };
            let same = part(*same, |n| format!("{n} there already"));
            let ownerless = part(*ownerless, |n| {
                format!("{n} left as {} since nobody owns {}", was(n), if n == 1 { "it" } else { "them" })
            });
            format!("{put}{same}{ownerless}.{}{}", spared(*customers), changed_meanwhile(*meanwhile))
        }
    }
}

/// Who had no room, and how many leads were left for that.
fn held_up(left: u64, full: &People) -> String {
    let full = full.and("is at their lead cap", "are at their lead cap");
    match (left, full) {
        (0, None) => String::new(),
        (0, Some(full)) => format!(". {full}"),
        (n, full) => {
            let why = full.unwrap_or_else(|| "nobody has room".to_owned());
            format!(", {n} left where {}: {why}", was(n))
        }
    }
}

fn passed_over(away: &People) -> String {
    let away = away.and("was passed over, receiving no leads now", "were passed over, receiving no leads now");
    away.map_or_else(String::new, |away| format!(". {away}"))
}

fn spared(customers: u64) -> String {
    sentence(customers, |n| format!("{} {}", count(n, "customer"), as_is(n)))
}

fn changed_meanwhile(leads: u64) -> String {
    sentence(leads, |n| format!("{n} changed meanwhile and {}", as_is(n)))
}

fn as_is(n: u64) -> &'static str {
    if n == 1 { "was left as it is" } else { "were left as they are" }
}

fn was(n: u64) -> &'static str {
    if n == 1 { "it was" } else { "they were" }
}

fn part(n: u64, text: impl Fn(u64) -> String) -> String {
    if n == 0 { String::new() } else { format!(", {}", text(n)) }
}

fn sentence(n: u64, text: impl Fn(u64) -> String) -> String {
    if n == 0 { String::new() } else { format!(" {}.", text(n)) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn people(names: &[&str]) -> People {
        People::of(names.iter().map(ToString::to_string).collect())
    }

    #[test]
    fn singular_and_plural_and_nothing_that_is_zero() {
        let name = |_| "Busy".to_owned();
        let assigned = |leads, agents, kept, left, full: &[&str]| {
            let (full, away) = (people(full), People::default());
            said(&Changed::Assigned { leads, agents, kept, left, full, away, meanwhile: 0 }, name)
        };
        assert_eq!(assigned(1, 1, 0, 0, &[]), "1 lead assigned to 1 agent.");
        assert_eq!(
            assigned(12, 3, 2, 4, &["Asha", "Bela"]),
            "12 leads assigned to 3 agents, 2 were theirs already, 4 left where they were: Asha and Bela are at their lead cap."
        );
        assert_eq!(
            assigned(0, 0, 0, 1, &["Asha"]),
            "No lead was assigned, 1 left where it was: Asha is at their lead cap."
        );
        assert_eq!(assigned(4, 1, 0, 0, &["Asha"]), "4 leads assigned to 1 agent. Asha is at their lead cap.");
        assert_eq!(assigned(0, 0, 1, 0, &[]), "No lead was assigned, 1 was theirs already.");
        let status = |leads, same, ownerless| {
            said(&Changed::Status { leads, status: 7, same, ownerless, customers: 0, meanwhile: 0 }, name)
        };
        assert_eq!(status(5, 0, 0), "5 leads put on Busy.");
        assert_eq!(
            status(0, 1, 2),
            "No lead was changed, 1 there already, 2 left as they were since nobody owns them."
        );
        assert_eq!(status(2, 0, 1), "2 leads put on Busy, 1 left as it was since nobody owns it.");
    }

    #[test]
    fn who_receives_no_leads_is_named() {
        let passed = |away: &[&str]| {
            let (full, away) = (People::default(), people(away));
            said(&Changed::Assigned { leads: 3, agents: 1, kept: 0, left: 0, full, away, meanwhile: 2 }, |_| {
                String::new()
            })
        };
        let meanwhile = " 2 changed meanwhile and were left as they are.";
        assert_eq!(passed(&[]), format!("3 leads assigned to 1 agent.{meanwhile}"));
        assert_eq!(
            passed(&["Chand"]),
            format!("3 leads assigned to 1 agent. Chand was passed over, receiving no leads now.{meanwhile}")
        );
        assert_eq!(
            passed(&["Chand", "Dev"]),
            format!("3 leads assigned to 1 agent. Chand and Dev were passed over, receiving no leads now.{meanwhile}")
        );
    }

    #[test]
    fn what_was_left_as_it_is_is_said() {
        let status = |leads, ownerless, customers, meanwhile| {
            let changed = Changed::Status { leads, status: 7, same: 0, ownerless, customers, meanwhile };
            said(&changed, |_| "Missed".to_owned())
        };
        assert_eq!(status(18, 0, 0, 2), "18 leads put on Missed. 2 changed meanwhile and were left as they are.");
        assert_eq!(status(0, 0, 0, 1), "No lead was changed. 1 changed meanwhile and was left as it is.");
        assert_eq!(
            status(4, 1, 1, 0),
            "4 leads put on Missed, 1 left as it was since nobody owns it. 1 customer was left as it is."
        );
        assert_eq!(status(4, 0, 20, 0), "4 leads put on Missed. 20 customers were left as they are.");
    }
}
