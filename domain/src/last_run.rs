//! The last-run sentences, to the letter of PRODUCT.md ("The three jobs") and configurations.txt.

use crate::job::{Assigned, RunState};

/// What the status panel says of a job that has never run.
pub const NEVER: &str = "Not run yet.";

/// The last-run line of Auto lead assignment. `time` is the run's start as [`crate::company::minute`] shows it.
/// Nothing while the run isn't finished.
#[must_use]
pub fn assignment(time: &str, state: &RunState) -> Option<String> {
    match state {
        RunState::Queued | RunState::Running => None,
        RunState::Done { outcome } => Some(format!("Last run: {time} — {}", assigned(outcome))),
        RunState::Failed { reason } => {
            Some(format!("Last run: {time} — failed: {}. Nothing was changed.", reason.trim_end_matches('.')))
        }
    }
}

fn assigned(outcome: &Assigned) -> String {
    let mut parts = Vec::new();
    if outcome.assigned > 0 {
        parts.push(format!("{} assigned across {}", count(outcome.assigned, "lead"), count(outcome.agents, "agent")));
    }
    if outcome.at_cap > 0 {
        // Without a first part the number needs its noun: "3 leads unassigned".
        let leads = if parts.is_empty() { count(outcome.at_cap, "lead") } else { outcome.at_cap.to_string() };
        parts.push(format!("{leads} unassigned (agents at cap)"));
    }
    if outcome.kept > 0 {
        let agent = if outcome.kept == 1 { "its agent" } else { "their agent" };
        let leads = if parts.is_empty() { count(outcome.kept, "lead") } else { outcome.kept.to_string() };
        parts.push(format!("{leads} kept by {agent} (no other agent has room)"));
    }
    if outcome.skipped > 0 {
        let leads = if parts.is_empty() { count(outcome.skipped, "lead") } else { outcome.skipped.to_string() };
        parts.push(format!("{leads} skipped (changed meanwhile)"));
    }
    if parts.is_empty() { "no leads were eligible.".to_owned() } else { parts.join(", ") + "." }
}

fn count(n: u64, noun: &str) -> String {
    if n == 1 { format!("1 {noun}") } else { format!("{n} {noun}s") }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(assigned: u64, agents: u64, at_cap: u64, kept: u64, skipped: u64) -> String {
        let outcome = Assigned { assigned, agents, at_cap, kept, skipped };
        assignment("2026-05-11 09:00 IST", &RunState::Done { outcome }).expect("a finished run has a line")
    }

    #[test]
    fn says_what_the_reference_says() {
        assert_eq!(line(42, 6, 3, 0, 0), "Last run: 2026-05-11 09:00 IST — 42 leads assigned across 6 agents, 3 unassigned (agents at cap).");
        assert_eq!(line(42, 6, 0, 2, 0), "Last run: 2026-05-11 09:00 IST — 42 leads assigned across 6 agents, 2 kept by their agent (no other agent has room).");
    }

    #[test]
    fn singular_plural_and_parts_that_are_zero() {
        assert_eq!(line(1, 1, 0, 0, 0), "Last run: 2026-05-11 09:00 IST — 1 lead assigned across 1 agent.");
        assert_eq!(line(0, 0, 1, 0, 0), "Last run: 2026-05-11 09:00 IST — 1 lead unassigned (agents at cap).");
        assert_eq!(line(0, 0, 0, 1, 0), "Last run: 2026-05-11 09:00 IST — 1 lead kept by its agent (no other agent has room).");
        assert_eq!(line(5, 2, 1, 1, 1), "Last run: 2026-05-11 09:00 IST — 5 leads assigned across 2 agents, 1 unassigned (agents at cap), 1 kept by its agent (no other agent has room), 1 skipped (changed meanwhile).");
        assert_eq!(line(0, 0, 0, 0, 0), "Last run: 2026-05-11 09:00 IST — no leads were eligible.");
    }

    #[test]
    fn a_failure_gives_its_reason_once() {
        let failed = RunState::Failed { reason: "the database was lost.".to_owned() };
        assert_eq!(
            assignment("2026-05-11 09:00 IST", &failed).as_deref(),
            Some("Last run: 2026-05-11 09:00 IST — failed: the database was lost. Nothing was changed.")
        );
        assert_eq!(assignment("2026-05-11 09:00 IST", &RunState::Queued), None);
    }
}
