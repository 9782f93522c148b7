use super::Changed;
use crate::{
    leads::{Choices, chips::status_name},
    ui::{count, parameter},
};

/// What a form posted without JavaScript has done.
pub fn changed_before(choices: &Choices) -> Option<String> {
    let changed: Changed = serde_json::from_str(&parameter("changed")?).ok()?;
    Some(said_of(&changed, choices))
}

/// What was done, in a sentence.
pub fn said_of(changed: &Changed, choices: &Choices) -> String {
    said(changed, |id| status_name(&id.to_string(), choices))
}

fn said(changed: &Changed, status: impl Fn(i64) -> String) -> String {
    match *changed {
        Changed::Assigned { leads, agents, kept, left } => {
            let assigned = match leads {
                0 => "No lead was assigned".to_owned(),
                _ => format!("{} assigned to {}", count(leads, "lead"), count(agents, "agent")),
            };
            let kept =
                part(
                    kept,
                    |n| if n == 1 { "1 was theirs already".to_owned() } else { format!("{n} were theirs already") },
                );
            let left = part(left, |n| format!("{n} left where {} since the agents are at their lead cap", was(n)));
            format!("{assigned}{kept}{left}.")
        }
        Changed::Status { leads, status: id, same, ownerless } => {
            let put = match leads {
                0 => "No lead was changed".to_owned(),
                _ => format!("{} put on {}", count(leads, "lead"), status(id)),
            };
            let same = part(same, |n| format!("{n} there already"));
            let ownerless = part(ownerless, |n| {
                format!("{n} left as {} since nobody owns {}", was(n), if n == 1 { "it" } else { "them" })
            });
            format!("{put}{same}{ownerless}.")
        }
    }
}

fn was(n: u64) -> &'static str {
    if n == 1 { "it was" } else { "they were" }
}

fn part(n: u64, text: impl Fn(u64) -> String) -> String {
    if n == 0 { String::new() } else { format!(", {}", text(n)) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn singular_and_plural_and_nothing_that_is_zero() {
        let name = |_| "Busy".to_owned();
        let assigned = |leads, agents, kept, left| said(&Changed::Assigned { leads, agents, kept, left }, name);
        assert_eq!(assigned(1, 1, 0, 0), "1 lead assigned to 1 agent.");
        assert_eq!(
            assigned(12, 3, 2, 4),
            "12 leads assigned to 3 agents, 2 were theirs already, 4 left where they were since the agents are at their lead cap."
        );
        assert_eq!(assigned(0, 0, 1, 0), "No lead was assigned, 1 was theirs already.");
        let status = |leads, same, ownerless| said(&Changed::Status { leads, status: 7, same, ownerless }, name);
        assert_eq!(status(5, 0, 0), "5 leads put on Busy.");
        assert_eq!(
            status(0, 1, 2),
            "No lead was changed, 1 there already, 2 left as they were since nobody owns them."
        );
        assert_eq!(status(2, 0, 1), "2 leads put on Busy, 1 left as it was since nobody owns it.");
    }
}
