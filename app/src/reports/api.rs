use calliyo_domain::Invalid;
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

use crate::Fault;

/// What was asked for, and what was counted; nothing was where the question can't be answered.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Report {
    pub asked: Asked,
    /// When the company's day ends, and with it what today is. In unix milliseconds.
    pub changes_at: i64,
    pub counted: Option<Counted>,
}

/// The question, and what else may be asked for.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Asked {
    /// Company dates, both included; as typed where there is no answer.
    pub from: String,
    pub to: String,
    /// The id of one of the agents, or empty for everybody.
    pub agent: String,
    /// Why there is no answer.
    pub problem: Option<Invalid>,
    /// The company's date.
    pub today: String,
    pub presets: Vec<Preset>,
    /// Id and name of those to choose among: the team, and whoever else has figures in the range.
    pub agents: Vec<(i64, String)>,
}

/// A range that is often asked for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Preset {
    pub name: String,
    pub from: String,
    pub to: String,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Counted {
    /// The Daily call target in the order of the days, each value once until it changes.
    pub targets: Vec<u32>,
    /// Agents who are expected to reach it on the last day.
    pub team: i64,
    /// Those of them who were there on the first day.
    pub team_before: i64,
    pub total: Figures,
    pub days: Vec<Figures>,
    /// By name, and who is nobody last.
    pub people: Vec<Figures>,
    /// Outgoing calls by what came of them.
    pub outcomes: Vec<(String, i64)>,
    /// Outgoing calls by the hour that the company's clocks showed.
    pub hours: Vec<i64>,
    /// How far the leads of these days came.
    pub funnel: Vec<Step>,
    /// IANA name of the company's zone.
    pub time_zone: String,
}

/// How many leads came as far as this.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Step {
    pub name: String,
    pub leads: i64,
    /// Percent; nothing where no lead came as far as what it is a share of.
    pub of_first: Option<i64>,
    /// Nothing besides where the step is no part of the one before.
    pub of_before: Option<i64>,
}

/// What was counted of one day or person, or of all.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Figures {
    /// A date or a name.
    pub of: String,
    /// Outgoing calls.
    pub attempts: i64,
    /// Those of them that agents made: what is set against the calls expected.
    pub toward: i64,
    /// The calls of the baseline.
    pub expected: i64,
    /// Percent; nothing where no call is expected.
    pub coverage: Option<i64>,
    pub connected: i64,
    /// Seconds.
    pub talk: i64,
    pub incoming: i64,
    pub conversions: i64,
}

/// Calls and conversions of company days, for holders of `reports`. `from` and `to` are dates such as 2026-05-11 (the
/// last seven days where both are empty), `agent` a user id.
#[server(ReadReport, endpoint = "reports", input = leptos::server_fn::codec::GetUrl)]
pub async fn read_report(
    #[server(default)] from: String,
    #[server(default)] to: String,
    #[server(default)] agent: String,
) -> Result<Report, Fault> {
    crate::server::reports::read(&from, &to, &agent).await
}
