use calliyo_domain::{
    job::{Job, RunState, Trigger},
    time_of_day::TimeOfDay,
};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

use crate::{
    Fault,
    settings::jobs::{ActiveRun, NamedShare},
    ui::Moment,
};

/// One page of runs, newest first.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct History {
    pub rows: Vec<RunRow>,
    /// Give it as `before` to get the next page; nothing on the last.
    pub next: Option<i64>,
    /// IANA name of the company's zone, which the times are in.
    pub time_zone: String,
}

/// A run, or a date that went by without one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RunRow {
    pub id: i64,
    pub job: Job,
    pub trigger: Trigger,
    /// Who asked for it.
    pub by: Option<String>,
    /// When it started, or else when it was asked for or noted as missed.
    pub began: Moment,
    /// The day that a run of the schedule stands for, YYYY-MM-DD.
    pub date: Option<String>,
    pub state: RunState,
    /// From its start to its end, in milliseconds.
    pub took: Option<i64>,
    /// The version of its section that it ran with.
    pub settings_version: Option<i64>,
    /// The time of day that a missed run was due at.
    pub due_at: Option<TimeOfDay>,
}

/// What a run did.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RunDetail {
    pub run: RunRow,
    /// While it waits or is at work.
    pub active: Option<ActiveRun>,
    pub shares: Vec<NamedShare>,
    pub moved: MovedPage,
    /// The name of the file that an import took in.
    pub file: Option<String>,
    /// IANA name of the company's zone, which the times are in.
    pub time_zone: String,
}

/// One page of the leads that a run moved, in the order it moved them.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct MovedPage {
    pub rows: Vec<MovedRow>,
    /// Give it as `after` to get the next page; nothing on the last.
    pub next: Option<i64>,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct MovedRow {
    /// The id of the event on the lead's timeline.
    pub event: i64,
    /// Nothing where the viewer may not see it.
    pub lead: Option<i64>,
    pub name: String,
    pub from: Place,
    pub to: Place,
}

/// Where a lead stood: its status, nothing where that has been deleted since, and its owner.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Place {
    pub status: Option<String>,
    pub owner: Option<String>,
}

/// The runs of `job`, or of all where it is empty or unknown. `before` is a run's id, from [`History::next`].
#[server(ListRuns, endpoint = "runs", input = leptos::server_fn::codec::GetUrl)]
pub async fn list_runs(#[server(default)] job: String, #[server(default)] before: String) -> Result<History, Fault> {
    crate::server::runs::list(&job, &before).await
}

/// The run `id`; of the leads it moved those after the event `after`, from [`MovedPage::next`].
#[server(ReadRun, endpoint = "runs/run", input = leptos::server_fn::codec::GetUrl)]
pub async fn read_run(#[server(default)] id: String, #[server(default)] after: String) -> Result<RunDetail, Fault> {
    crate::server::runs::read(&id, &after).await
}
