use calliyo_domain::job::{AgentShare, Job, Outcome, Progress};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

use crate::{Fault, ui::Moment};

/// The status panel of a job.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct JobPanel {
    /// The last-run line, or "Not run yet."
    pub line: String,
    /// What the last finished run did to each agent's queue.
    pub shares: Vec<NamedShare>,
    /// The run under way.
    pub active: Option<ActiveRun>,
    /// When it runs next by itself; nothing while it is switched off.
    pub next: Option<Moment>,
    /// Where the saved settings work against each other.
    pub warnings: Vec<String>,
}

/// An agent's share of a run with the agent's name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NamedShare {
    pub name: String,
    pub share: AgentShare,
}

/// A run that waits or is at work.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ActiveRun {
    pub run: i64,
    /// When it was asked for, or was due.
    pub since: Moment,
    /// Who asked for it; nobody where it was due.
    pub by: Option<String>,
    /// How far it is; nothing while it waits.
    pub progress: Option<Progress>,
}

/// What pressing Run Now led to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RunNow {
    Started {
        run: i64,
    },
    /// That job was at work already; no second run was made.
    UnderWay {
        run: i64,
    },
}

#[server(ReadJobPanel, endpoint = "jobs/panel", input = leptos::server_fn::codec::GetUrl)]
pub async fn read_job_panel(job: Job) -> Result<JobPanel, Fault> {
    crate::server::jobs::panel(job).await
}

/// What a run would report if Run Now were pressed, from the same planner on the same snapshot.
#[server(PreviewRun, endpoint = "jobs/preview", input = leptos::server_fn::codec::GetUrl)]
pub async fn preview_run(job: Job) -> Result<Outcome, Fault> {
    crate::server::jobs::preview(job).await
}

#[server(RunJobNow, endpoint = "jobs/run")]
pub async fn run_job_now(job: Job) -> Result<RunNow, Fault> {
    crate::server::jobs::run_now(job).await
}
