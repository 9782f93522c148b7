//! The last-run sentences, to the letter of PRODUCT.md ("The three jobs") and configurations.txt.

use crate::{
    counted::{Parts, count},
    import,
    job::{Added, Assigned, Outcome, Removed, RunState},
    time_of_day::TimeOfDay,
};

/// What the status panel says of a job that has never run.
pub const NEVER: &str = "Not run yet.";

/// The last-run line of a run that ended. `time` is its start as [`crate::company::minute`] shows it. Nothing while
/// the run isn't finished, or if it never began.
#[must_use]
pub fn line(time: &str, state: &RunState) -> Option<String> {
    outcome(state).map(|outcome| format!("Last run: {time} — {outcome}"))
}

/// What a run came to: its last-run line without the time. Nothing while it isn't finished, or if it never began.
#[must_use]
pub fn outcome(state: &RunState) -> Option<String> {
    match state {
        RunState::Queued | RunState::Running | RunState::Missed => None,
        RunState::Done { outcome } => Some(done(outcome)),
        RunState::Failed { reason } => Some(failed(reason)),
    }
}

/// What is said of a date that went by without its run, which was due at `at`.
#[must_use]
pub fn missed(at: Option<TimeOfDay>) -> String {
    let from = at.map_or_else(|| "its time of day".to_owned(), |at| at.to_string());
    format!("Missed: no server was running from {from} to the end of that day. Nothing was changed.")
}

fn done(outcome: &Outcome) -> String {
    match outcome {
        Outcome::Assigned(outcome) => assigned(outcome),
        Outcome::Added(outcome) => added(outcome),
        Outcome::Removed(outcome) => removed(outcome),
        Outcome::Imported(outcome) => import::parts(outcome).sentence("the file held no leads."),
    }
}

fn assigned(outcome: &Assigned) -> String {
    let mut parts = Parts::default();
    parts.of_leads(outcome.assigned, &format!("assigned across {}", count(outcome.agents, "agent")));
    parts.of_leads(outcome.at_cap, "unassigned (agents at cap)");
    for (leads, kept) in kept_by(outcome) {
        parts.of_leads(leads, &format!("kept by {kept}"));
    }
    parts.of_leads(outcome.skipped, SKIPPED);
    parts.sentence(NOTHING)
}

/// The leads that stay with their agent, by reason: how many, and "their agent (no other agent has room)".
#[must_use]
pub fn kept_by(outcome: &Assigned) -> [(u64, String); 2] {
    let open = outcome.kept.saturating_sub(outcome.closed);
    [(open, "no other agent has room"), (outcome.closed, "not receiving leads or above the cap, and nobody has room")]
        .map(|(leads, why)| (leads, format!("{} agent ({why})", if leads == 1 { "its" } else { "their" })))
}

/// Open places are told where leads were added or some were skipped; without any lead there was nothing to do.
fn added(outcome: &Added) -> String {
    let mut parts = Parts::default();
    parts.of_leads(outcome.added, &format!("added across {}", count(outcome.agents, "agent")));
    parts.of_leads(outcome.at_cap, "still unassigned (agents at cap)");
    parts.of_leads(outcome.skipped, SKIPPED);
    if outcome.open > 0 && !parts.is_empty() {
        parts.say(format!("{} still open (no unassigned leads left)", count(outcome.open, "place")));
    }
    parts.sentence(NOTHING)
}

fn removed(outcome: &Removed) -> String {
    let mut parts = Parts::default();
    parts.of_leads(outcome.removed, &format!("returned to Unassigned from {}", count(outcome.agents, "agent")));
    parts.of_leads(outcome.skipped, SKIPPED);
    parts.sentence(NOTHING)
}

fn failed(reason: &str) -> String {
    format!("failed: {}. Nothing was changed.", reason.trim_end_matches('.'))
}

const SKIPPED: &str = "skipped (changed meanwhile)";
const NOTHING: &str = "no leads were eligible.";

#[cfg(test)]
mod tests {
    use super::*;
    use crate::job::Imported;

    fn line(assigned: u64, agents: u64, at_cap: u64, kept: u64, skipped: u64) -> String {
        let outcome = Assigned { assigned, agents, at_cap, kept, closed: 0, skipped };
        said("2026-05-11 09:00 IST", Outcome::Assigned(outcome))
    }

    #[test]
    fn leads_of_agents_who_gain_none_are_kept_and_told_apart() {
        let said = |at_cap, kept, closed| {
            let outcome = Assigned { assigned: 0, agents: 0, at_cap, kept, closed, skipped: 0 };
            assigned(&outcome)
        };
        let cases = [
            (
                (1205, 38, 38),
                "1205 leads unassigned (agents at cap), 38 kept by their agent (not receiving leads or above the cap, and nobody has room).",
            ),
            ((0, 1, 1), "1 lead kept by its agent (not receiving leads or above the cap, and nobody has room)."),
            (
                (0, 3, 1),
                "2 leads kept by their agent (no other agent has room), 1 kept by its agent (not receiving leads or above the cap, and nobody has room).",
            ),
            ((0, 2, 0), "2 leads kept by their agent (no other agent has room)."),
        ];
        for ((at_cap, kept, closed), sentence) in cases {
            assert_eq!(said(at_cap, kept, closed), sentence);
        }
    }

    #[test]
    fn runs_of_before_are_read_and_told_as_they_were() {
        let stored = r#"{"assigned":42,"agents":6,"at_cap":3,"kept":2,"skipped":0}"#;
        let outcome: Outcome = serde_json::from_str(stored).expect("reads");
        assert_eq!(
            done(&outcome),
            "42 leads assigned across 6 agents, 3 unassigned (agents at cap), 2 kept by their agent (no other agent has room)."
        );
    }

    fn said(time: &str, outcome: Outcome) -> String {
        super::line(time, &RunState::Done { outcome }).expect("a finished run has a line")
    }

    #[test]
    fn says_what_the_reference_says() {
        assert_eq!(
            line(42, 6, 3, 0, 0),
            "Last run: 2026-05-11 09:00 IST — 42 leads assigned across 6 agents, 3 unassigned (agents at cap)."
        );
        assert_eq!(
            line(42, 6, 0, 2, 0),
            "Last run: 2026-05-11 09:00 IST — 42 leads assigned across 6 agents, 2 kept by their agent (no other agent has room)."
        );
    }

    #[test]
    fn singular_plural_and_parts_that_are_zero() {
        assert_eq!(line(1, 1, 0, 0, 0), "Last run: 2026-05-11 09:00 IST — 1 lead assigned across 1 agent.");
        assert_eq!(line(0, 0, 1, 0, 0), "Last run: 2026-05-11 09:00 IST — 1 lead unassigned (agents at cap).");
        assert_eq!(
            line(0, 0, 0, 1, 0),
            "Last run: 2026-05-11 09:00 IST — 1 lead kept by its agent (no other agent has room)."
        );
        assert_eq!(
            line(5, 2, 1, 1, 1),
            "Last run: 2026-05-11 09:00 IST — 5 leads assigned across 2 agents, 1 unassigned (agents at cap), 1 kept by its agent (no other agent has room), 1 skipped (changed meanwhile)."
        );
        assert_eq!(line(0, 0, 0, 0, 0), "Last run: 2026-05-11 09:00 IST — no leads were eligible.");
    }

    #[test]
    fn a_failure_gives_its_reason_once() {
        let failed = RunState::Failed { reason: "the database was lost.".to_owned() };
        assert_eq!(
            super::line("2026-05-11 09:00 IST", &failed).as_deref(),
            Some("Last run: 2026-05-11 09:00 IST — failed: the database was lost. Nothing was changed.")
        );
        assert_eq!(super::line("2026-05-11 09:00 IST", &RunState::Queued), None);
    }

    const TIME: &str = "2026-05-11 09:15 IST";

    fn top_up(added: u64, agents: u64, at_cap: u64, open: u64, skipped: u64) -> String {
        said(TIME, Outcome::Added(Added { added, agents, at_cap, open, skipped }))
    }

    #[test]
    fn top_up_says_what_the_reference_says() {
        assert_eq!(
            top_up(120, 8, 30, 0, 0),
            "Last run: 2026-05-11 09:15 IST — 120 leads added across 8 agents, 30 still unassigned (agents at cap)."
        );
        assert_eq!(
            top_up(120, 8, 0, 15, 0),
            "Last run: 2026-05-11 09:15 IST — 120 leads added across 8 agents, 15 places still open (no unassigned leads left)."
        );
    }

    #[test]
    fn top_up_in_its_other_forms() {
        let said = |line: String| line.split_once(" — ").expect("a dash").1.to_owned();
        assert_eq!(said(top_up(1, 1, 0, 0, 0)), "1 lead added across 1 agent.");
        assert_eq!(said(top_up(2, 1, 1, 0, 0)), "2 leads added across 1 agent, 1 still unassigned (agents at cap).");
        assert_eq!(
            said(top_up(1, 1, 0, 1, 0)),
            "1 lead added across 1 agent, 1 place still open (no unassigned leads left)."
        );
        assert_eq!(said(top_up(0, 0, 1, 0, 0)), "1 lead still unassigned (agents at cap).");
        assert_eq!(said(top_up(0, 0, 30, 0, 0)), "30 leads still unassigned (agents at cap).");
        assert_eq!(
            said(top_up(9, 3, 2, 4, 1)),
            "9 leads added across 3 agents, 2 still unassigned (agents at cap), 1 skipped (changed meanwhile), 4 places still open (no unassigned leads left)."
        );
        assert_eq!(
            said(top_up(0, 0, 0, 4, 1)),
            "1 lead skipped (changed meanwhile), 4 places still open (no unassigned leads left)."
        );
        assert_eq!(said(top_up(0, 0, 0, 0, 2)), "2 leads skipped (changed meanwhile).");
        assert_eq!(said(top_up(0, 0, 0, 15, 0)), "no leads were eligible.");
        assert_eq!(said(top_up(0, 0, 0, 0, 0)), "no leads were eligible.");
    }

    #[test]
    fn removal_in_all_its_forms() {
        let line = |removed, agents, skipped| {
            said("2026-05-11 20:00 IST", Outcome::Removed(Removed { removed, agents, skipped }))
        };
        assert_eq!(line(17, 5, 0), "Last run: 2026-05-11 20:00 IST — 17 leads returned to Unassigned from 5 agents.");
        assert_eq!(line(1, 1, 0), "Last run: 2026-05-11 20:00 IST — 1 lead returned to Unassigned from 1 agent.");
        assert_eq!(
            line(2, 1, 1),
            "Last run: 2026-05-11 20:00 IST — 2 leads returned to Unassigned from 1 agent, 1 skipped (changed meanwhile)."
        );
        assert_eq!(line(0, 0, 1), "Last run: 2026-05-11 20:00 IST — 1 lead skipped (changed meanwhile).");
        assert_eq!(line(0, 0, 0), "Last run: 2026-05-11 20:00 IST — no leads were eligible.");
    }

    #[test]
    fn imports_in_all_their_forms() {
        let said = |imported, duplicates, bad| {
            done(&Outcome::Imported(Imported { imported, duplicates, bad, ..Imported::default() }))
        };
        assert_eq!(said(9, 2, 1), "9 leads imported, 2 duplicates skipped, 1 row not taken in.");
        assert_eq!(said(0, 0, 2), "2 rows not taken in.");
        assert_eq!(said(0, 0, 0), "the file held no leads.");
    }

    #[test]
    fn any_job_never_run_failed_missed_or_under_way() {
        assert_eq!(NEVER, "Not run yet.");
        let failed = RunState::Failed { reason: "the server was stopped".to_owned() };
        assert_eq!(outcome(&failed).as_deref(), Some("failed: the server was stopped. Nothing was changed."));
        for state in [RunState::Queued, RunState::Running, RunState::Missed] {
            assert_eq!((outcome(&state), super::line(TIME, &state)), (None, None));
        }
        assert_eq!(
            missed(TimeOfDay::new(9, 0)),
            "Missed: no server was running from 09:00 to the end of that day. Nothing was changed."
        );
        assert_eq!(
            missed(None),
            "Missed: no server was running from its time of day to the end of that day. Nothing was changed."
        );
    }
}
