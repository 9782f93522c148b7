use calliyo_domain::job::Job;
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

use crate::{Fault, calls::CallOptions, settings::runs::RunRow, ui::Moment};

/// Today, for whoever looks: their own day, the team's, or both.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Dashboard {
    /// The Daily call target.
    pub target: i64,
    /// When it will say something else by itself: the day is over, a follow-up falls due, or somebody may be tried
    /// again where nobody was next. In unix milliseconds.
    pub changes_at: i64,
    /// IANA name of the company's zone.
    pub time_zone: String,
    /// With `tasks`.
    pub agent: Option<Box<AgentToday>>,
    /// With `management`.
    pub team: Option<TeamToday>,
}

/// An agent's day.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AgentToday {
    /// Outgoing calls that began today.
    pub calls: i64,
    pub next: Option<NextLead>,
    /// The queue by status, in pipeline order.
    pub queue: Vec<QueuePart>,
    /// Open follow-ups due by the end of today, the oldest first.
    pub due: Vec<DueCall>,
    /// Whether there are more than are shown.
    pub more_due: bool,
    /// What today's runs did to the queue.
    pub moved: Vec<RunToday>,
}

/// The lead to call next.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NextLead {
    pub id: i64,
    pub name: String,
    pub phone: String,
    pub status: String,
    pub status_id: i64,
    pub since: Moment,
    /// When the call was agreed for, if it was.
    pub due: Option<Moment>,
    pub overdue: bool,
    pub last: Option<LastCall>,
    pub call: CallOptions,
}

/// What was said last.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LastCall {
    /// When it ended.
    pub at: Moment,
    pub by: String,
    pub outcome: String,
    pub note: String,
}

/// How many leads are on a status.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct QueuePart {
    pub status_id: i64,
    pub status: String,
    pub leads: i64,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DueCall {
    pub lead: i64,
    pub name: String,
    pub phone: String,
    pub due: Moment,
    pub overdue: bool,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RunToday {
    pub run: i64,
    pub job: Job,
    pub at: Moment,
    pub brought: i64,
    pub took: i64,
}

/// The team's day.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct TeamToday {
    /// All agents, by name.
    pub agents: Vec<AgentRow>,
    /// The runs that began today or are still open, newest first.
    pub runs: Vec<RunRow>,
    /// Whether the viewer may open them.
    pub may_open_runs: bool,
    /// How many leads stand at each status, in pipeline order.
    pub pipeline: Vec<QueuePart>,
}

/// An agent's day in the team's.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct AgentRow {
    pub id: i64,
    pub name: String,
    pub banned: bool,
    /// Off for those on leave.
    pub receiving: bool,
    pub calls: i64,
    /// Those of the calls that somebody answered.
    pub connected: i64,
    /// Leads on the queue.
    pub load: i64,
    pub cap: i64,
    /// Open follow-ups whose time is still to come today.
    pub due: i64,
    /// Open follow-ups whose time has passed.
    pub overdue: i64,
}

#[server(ReadDashboard, endpoint = "dashboard", input = leptos::server_fn::codec::GetUrl)]
pub async fn read_dashboard() -> Result<Dashboard, Fault> {
    crate::server::dashboard::read().await
}
