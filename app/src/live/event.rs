use calliyo_domain::{job::Progress, settings::SectionKey};
use serde::{Deserialize, Serialize};

/// The stream's event that says, now and then, what the server's clock shows (unix milliseconds), and after a blank what
/// the company's clocks do ("2026-05-11 05:58").
pub const CLOCK: &str = "clock";

/// The page's word of what it knows: by this the stream begins with what has changed since.
pub const HEARD: &str = "calliyo-heard";
/// The stream's first event: the id of the user whose it is.
pub const VIEWER: &str = "viewer";

/// What the live stream says besides: that something changed, so that the page reads it again under its own permission;
/// only a run's progress is carried itself.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "kind")]
pub enum LiveEvent {
    /// A settings section was saved.
    Settings { section: SectionKey },
    /// The pipeline was edited.
    Statuses,
    /// A job's run was asked for, started or ended.
    Runs,
    /// A run is under way.
    Progress { progress: Progress },
    /// Leads changed.
    Leads,
    /// Leads changed that concern only these agents, and whoever sees all leads.
    LeadsOf { agents: Vec<i64> },
    /// Users, roles or sessions changed: caps, who receives leads, who may what.
    Users,
    /// This user signed in or out somewhere: for their own pages.
    Sessions { user: i64 },
    /// This agent's day changed: a call was logged, by them or on a lead of theirs.
    Calls { agent: i64 },
}

impl LiveEvent {
    /// In place of a user: whoever listens.
    pub const ANYBODY: i64 = 0;

    /// What a page that missed something is told.
    #[must_use]
    pub fn everything() -> Vec<Self> {
        let sections = SectionKey::ALL.into_iter().map(|section| Self::Settings { section });
        let [sessions, calls] = [Self::Sessions { user: Self::ANYBODY }, Self::Calls { agent: Self::ANYBODY }];
        sections.chain([Self::Statuses, Self::Runs, Self::Leads, Self::Users, sessions, calls]).collect()
    }
}
