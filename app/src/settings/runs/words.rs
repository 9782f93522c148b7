//! A run in words.

use calliyo_domain::{
    job::{Job, RunState, Trigger},
    last_run,
};

use super::{RunRow, duration::duration};

/// The date that went by without it.
pub fn missed_date(run: &RunRow) -> Option<&str> {
    if run.state == RunState::Missed { run.date.as_deref() } else { None }
}

/// What made it start.
pub fn trigger(run: &RunRow) -> String {
    let by = |what: &str| run.by.as_ref().map_or_else(|| what.to_owned(), |by| format!("{what} by {by}"));
    match (&run.state, run.trigger, run.job) {
        (RunState::Missed, ..) => "Missed".to_owned(),
        (_, Trigger::RunNow, Job::LeadImport) => by("Uploaded"),
        (_, trigger, _) => by(trigger.title()),
    }
}

/// How long it took; nothing for a run that never began.
pub fn took(run: &RunRow) -> Option<String> {
    match run.state {
        RunState::Queued => Some("waiting".to_owned()),
        RunState::Running => Some("under way".to_owned()),
        _ => run.took.map(duration),
    }
}

/// What it came to.
pub fn outcome(run: &RunRow) -> String {
    match run.state {
        RunState::Missed => last_run::missed(run.due_at),
        RunState::Queued => "Not started yet.".to_owned(),
        _ => last_run::outcome(&run.state).unwrap_or_else(|| "Not finished yet.".to_owned()),
    }
}

/// Which look its outcome has.
pub fn look(run: &RunRow) -> &'static str {
    match run.state {
        RunState::Failed { .. } => "failed",
        RunState::Missed => "missed",
        RunState::Done { .. } => "done",
        RunState::Queued | RunState::Running => "open",
    }
}

#[cfg(test)]
mod tests {
    use calliyo_domain::time_of_day::TimeOfDay;

    use super::*;
    use crate::ui::Moment;

    fn run(trigger: Trigger, state: RunState) -> RunRow {
        RunRow {
            id: 1,
            job: Job::TopUp,
            trigger,
            by: None,
            began: Moment { at: 0, text: "1970-01-01 00:00 UTC".to_owned() },
            date: None,
            state,
            took: None,
            settings_version: None,
            due_at: None,
        }
    }

    #[test]
    fn what_made_it_start() {
        let asked =
            |job, by: Option<&str>| RunRow { job, by: by.map(str::to_owned), ..run(Trigger::RunNow, RunState::Queued) };
        assert_eq!(trigger(&asked(Job::TopUp, Some("Ada"))), "Run Now by Ada");
        assert_eq!(trigger(&asked(Job::TopUp, None)), "Run Now");
        assert_eq!(trigger(&asked(Job::LeadImport, Some("Ada"))), "Uploaded by Ada");
        assert_eq!(trigger(&run(Trigger::Command, RunState::Running)), "Command line");
        assert_eq!(trigger(&run(Trigger::Schedule, RunState::Running)), "Schedule");
        assert_eq!(trigger(&run(Trigger::Schedule, RunState::Missed)), "Missed");
    }

    #[test]
    fn what_it_came_to() {
        let failed = RunState::Failed { reason: "it broke".to_owned() };
        let ended = RunRow { took: Some(1_200), ..run(Trigger::Schedule, failed) };
        assert_eq!((took(&ended).as_deref(), look(&ended)), (Some("1.2 s"), "failed"));
        assert_eq!(outcome(&ended), "failed: it broke. Nothing was changed.");
        let missed = RunRow { due_at: TimeOfDay::new(9, 0), ..run(Trigger::Schedule, RunState::Missed) };
        assert_eq!((took(&missed), missed_date(&missed)), (None, None));
        let missed = RunRow { date: Some("2026-05-11".to_owned()), ..missed };
        assert_eq!(missed_date(&missed), Some("2026-05-11"));
        assert_eq!(outcome(&missed), last_run::missed(TimeOfDay::new(9, 0)));
        let waits = run(Trigger::Schedule, RunState::Queued);
        assert_eq!((took(&waits).as_deref(), outcome(&waits).as_str()), (Some("waiting"), "Not started yet."));
        let works = run(Trigger::Schedule, RunState::Running);
        assert_eq!((took(&works).as_deref(), outcome(&works).as_str()), (Some("under way"), "Not finished yet."));
    }
}
