use super::{AutoAssignment, AutoRemoval, DailyJob as _, TopUp};
use crate::{counted::listed, job::Job, status::Status};

/// The settings of the daily jobs.
#[derive(Clone, Debug)]
pub struct Jobs {
    pub assignment: AutoAssignment,
    pub top_up: TopUp,
    pub removal: AutoRemoval,
}

impl Jobs {
    /// Whether `job` is on and gives leads to agents: then [`conflicts`] asks how they stand.
    #[must_use]
    pub const fn gives(&self, job: Job) -> bool {
        match job {
            Job::AutoAssignment => self.assignment.enabled,
            Job::TopUp => self.top_up.enabled,
            Job::AutoRemoval | Job::LeadImport => false,
        }
    }

    /// Whether `job` is one of two that are on and take leads by their status: then [`conflicts`] asks what those are called.
    #[must_use]
    pub const fn compete(&self, job: Job) -> bool {
        matches!(job, Job::AutoAssignment | Job::AutoRemoval) && self.assignment.enabled && self.removal.enabled
    }
}

/// How the agents stand to whom the jobs give leads: not banned, receiving leads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Receivers {
    /// How many there are.
    pub agents: u64,
    /// Those who have room.
    pub with_room: u64,
}

impl Receivers {
    /// Whether there are some, but none who has room: whether nothing moves, the [preview](conflicts) knows, since a
    /// lead that is taken from an agent frees a place in the same run (PRODUCT.md R3).
    #[must_use]
    pub const fn are_full(&self) -> bool {
        self.agents > 0 && self.with_room == 0
    }
}

/// Where the saved settings work against each other, or a job that is on can do nothing: whole sentences for the
/// section of `job`. Jobs at the same time of day are no conflict: they run one after another in a fixed order
/// (PRODUCT.md, "When they run"). `receivers` count where the job [gives](Jobs::gives), and `statuses` where jobs
/// [compete](Jobs::compete). `moves` says whether a run would move a lead just now; it counts where the receivers
/// [are full](Receivers::are_full).
#[must_use]
pub fn conflicts(job: Job, jobs: &Jobs, receivers: Option<Receivers>, moves: bool, statuses: &[Status]) -> Vec<String> {
    let no_room = no_room(receivers.filter(|_| jobs.gives(job)), moves);
    let found = match job {
        Job::AutoAssignment => {
            [no_status(&jobs.assignment.statuses, jobs.assignment.enabled), taken_first(jobs, statuses), no_room]
        }
        Job::TopUp => [top_up_first(jobs), no_room, None],
        Job::AutoRemoval => {
            [no_status(&jobs.removal.statuses, jobs.removal.enabled), taken_first(jobs, statuses), None]
        }
        Job::LeadImport => [None, None, None],
    };
    found.into_iter().flatten().collect()
}

fn no_status(selected: &[i64], enabled: bool) -> Option<String> {
    (enabled && selected.is_empty()).then(|| "It is on, but no status is selected: it has nothing to do.".to_owned())
}

fn no_room(receivers: Option<Receivers>, moves: bool) -> Option<String> {
    let what = match receivers? {
        Receivers { agents: 0, .. } => "no agent receives leads: add agents, or switch receiving leads on for one",
        full if full.are_full() && !moves => "all agents are at cap: raise a cap in the user record, or nothing moves",
        Receivers { .. } => return None,
    };
    Some(format!("It is on, but {what}."))
}

fn top_up_first(jobs: &Jobs) -> Option<String> {
    let (top_up, assignment) = (jobs.top_up.daily_at()?, jobs.assignment.daily_at()?);
    (top_up < assignment).then(|| {
        format!(
            "Top-up at {top_up} comes before reassignment at {assignment}: what is reassigned that day finds the queues full. Set Top-up at later than Reassign at."
        )
    })
}

/// A lead that assignment takes gets the status Assigned: removal at a later time finds it fresh.
fn taken_first(jobs: &Jobs, statuses: &[Status]) -> Option<String> {
    let (removal, assignment) = (jobs.removal.daily_at()?, jobs.assignment.daily_at()?);
    let both =
        |status: &&Status| jobs.removal.statuses.contains(&status.id) && jobs.assignment.statuses.contains(&status.id);
    let names: Vec<&str> = statuses.iter().filter(both).map(|status| status.name.as_str()).collect();
    (assignment < removal && !names.is_empty()).then(|| {
        format!(
            "{} {} reassigned at {assignment}, before Auto removal at {removal}: leads that find a new agent begin to wait anew and are seldom removed. Set Remove at earlier than Reassign at, or select other statuses.",
            listed(&names),
            if names.len() == 1 { "is" } else { "are" },
        )
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const ROOM: Receivers = Receivers { agents: 2, with_room: 1 };

    fn jobs(top_up: &str, assignment: &str, removal: &str) -> Jobs {
        let at = |text: &str| text.parse().expect("a time");
        Jobs {
            assignment: AutoAssignment { enabled: true, statuses: vec![1, 8], at: at(assignment) },
            top_up: TopUp { enabled: true, at: at(top_up) },
            removal: AutoRemoval { enabled: true, statuses: vec![8, 9], days: 7, at: at(removal) },
        }
    }

    fn found(job: Job, jobs: &Jobs, receivers: Receivers) -> Vec<String> {
        let status = |id, name: &str| Status { id, name: name.to_owned(), on_queue: true };
        conflicts(job, jobs, Some(receivers), false, &[status(8, "Not Picked"), status(9, "Missed")])
    }

    #[test]
    fn settings_that_agree_say_nothing() {
        for times in [("09:15", "09:00", "08:00"), ("09:00", "09:00", "09:00")] {
            let jobs = jobs(times.0, times.1, times.2);
            assert!(Job::DAILY.iter().all(|job| found(*job, &jobs, ROOM).is_empty()), "{times:?}");
        }
    }

    #[test]
    fn top_up_before_assignment() {
        let early = jobs("08:59", "09:00", "08:00");
        assert!(found(Job::TopUp, &early, ROOM)[0].starts_with("Top-up at 08:59 comes before reassignment at 09:00"));
        let off = Jobs { assignment: AutoAssignment { enabled: false, ..early.assignment.clone() }, ..early };
        assert!(found(Job::TopUp, &off, ROOM).is_empty());
    }

    #[test]
    fn removal_of_what_assignment_took_before() {
        let late = jobs("09:15", "09:00", "20:00");
        for job in [Job::AutoRemoval, Job::AutoAssignment] {
            assert!(
                found(job, &late, ROOM)[0]
                    .starts_with("Not Picked is reassigned at 09:00, before Auto removal at 20:00")
            );
        }
        let mut several = late.clone();
        several.assignment.statuses.push(9);
        assert!(
            found(Job::AutoRemoval, &several, ROOM)[0].starts_with("Not Picked and Missed are reassigned at 09:00"),
            "several are"
        );
        let apart = Jobs { removal: AutoRemoval { statuses: vec![9], ..late.removal.clone() }, ..late };
        assert!(found(Job::AutoRemoval, &apart, ROOM).is_empty());
    }

    #[test]
    fn a_job_that_can_do_nothing() {
        let mut jobs = jobs("09:15", "09:00", "08:00");
        jobs.assignment.statuses.clear();
        assert_eq!(
            found(Job::AutoAssignment, &jobs, ROOM),
            ["It is on, but no status is selected: it has nothing to do."]
        );
        let full = Receivers { agents: 2, with_room: 0 };
        assert!(found(Job::TopUp, &jobs, full)[0].contains("all agents are at cap"));
        let moves = |job| conflicts(job, &jobs, Some(full), true, &[]);
        assert!(moves(Job::TopUp).is_empty(), "places are freed in the same run");
        assert_eq!(moves(Job::AutoAssignment).len(), 1, "only that no status is selected");
        let nobody = Receivers { agents: 0, with_room: 0 };
        assert!(found(Job::TopUp, &jobs, nobody)[0].contains("no agent receives leads"));
        jobs.top_up.enabled = false;
        assert!(found(Job::TopUp, &jobs, full).is_empty());
    }
}
