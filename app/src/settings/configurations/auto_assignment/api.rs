use calliyo_domain::{
    job::{AgentShare, Progress},
    settings::AutoAssignment,
    status::Status,
};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

use crate::Fault;

/// The section as saved, and what is needed to edit it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SavedSection {
    /// Grows with each save; a form sends back the one it was opened with.
    pub version: i64,
    pub value: AutoAssignment,
    /// What may be selected, in pipeline order.
    pub statuses: Vec<Status>,
    /// IANA name of the company's zone.
    pub time_zone: String,
    /// Who saved last and when (company time); nobody yet on a fresh company.
    pub saved: Option<SavedBy>,
}

/// Who saved a section, and when in company time.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SavedBy {
    pub name: String,
    pub at: String,
}

/// The status panel of a job.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct JobPanel {
    /// The last-run line, or "Not run yet."
    pub line: String,
    /// What the last finished run did to each agent's queue.
    pub shares: Vec<NamedShare>,
    /// The run under way.
    pub active: Option<ActiveRun>,
    /// When it runs next by itself, company time; nothing while it is switched off.
    pub next: Option<String>,
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
    /// When it was asked for, company time.
    pub since: String,
    /// Who pressed Run Now.
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

/// What would move if Run Now were pressed, from the same planner.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Preview {
    pub assigned: u64,
    pub agents: u64,
    pub at_cap: u64,
    pub kept: u64,
}

#[server(ReadAutoAssignment, endpoint = "auto-assignment", input = leptos::server_fn::codec::GetUrl)]
pub async fn read_auto_assignment() -> Result<SavedSection, Fault> {
    crate::server::auto_assignment::read().await
}

/// Saves the section; asks for the signed-in user's password. Gives the new version and what was stored.
#[server(SaveAutoAssignment, endpoint = "auto-assignment/save")]
pub async fn save_auto_assignment(
    version: i64,
    #[server(default)] enabled: bool,
    #[server(default)] statuses: Vec<i64>,
    at: String,
    #[server(default)] password: String,
) -> Result<SavedSection, Fault> {
    let draft = Draft { version, enabled, statuses, at };
    crate::server::auto_assignment::save(draft, password).await
}

/// What a person has typed into the section's form; kept in the page's address when a form posted without
/// JavaScript is refused.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Draft {
    pub version: i64,
    pub enabled: bool,
    pub statuses: Vec<i64>,
    pub at: String,
}

#[server(ReadJobPanel, endpoint = "auto-assignment/panel", input = leptos::server_fn::codec::GetUrl)]
pub async fn read_job_panel() -> Result<JobPanel, Fault> {
    crate::server::auto_assignment::panel().await
}

#[server(PreviewAutoAssignment, endpoint = "auto-assignment/preview", input = leptos::server_fn::codec::GetUrl)]
pub async fn preview_auto_assignment() -> Result<Preview, Fault> {
    crate::server::auto_assignment::preview().await
}

#[server(RunAutoAssignment, endpoint = "auto-assignment/run")]
pub async fn run_auto_assignment() -> Result<RunNow, Fault> {
    crate::server::auto_assignment::run_now().await
}
