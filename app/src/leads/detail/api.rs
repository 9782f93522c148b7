use calliyo_domain::call::{CallStatus, Direction};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

use crate::{Fault, calls::CallOptions, leads::Choices, ui::Moment};

/// A lead with its history.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LeadDetail {
    pub id: i64,
    pub name: String,
    pub phone: String,
    pub email: String,
    pub source: String,
    pub tags: Vec<String>,
    pub status: String,
    pub status_id: i64,
    /// Whether leads on its status are on the queue.
    pub on_queue: bool,
    pub since: Moment,
    pub owner: Option<String>,
    pub assigned: Option<Moment>,
    pub created: Moment,
    /// When it became a customer, and who owned it then.
    pub converted: Option<(Moment, Option<String>)>,
    /// The call that is agreed on.
    pub follow_up: Option<NextCall>,
    /// What happened, newest first.
    pub timeline: Vec<Entry>,
    /// Whether there is more than the timeline shows.
    pub cut: bool,
    pub call: CallOptions,
    /// What a holder of `management` may change it to; nothing for others.
    pub choices: Option<Choices>,
}

/// A call that is agreed on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NextCall {
    pub due: Moment,
    pub overdue: bool,
}

/// Something that happened to a lead.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Entry {
    /// Of the event, the call or the follow-up.
    pub id: i64,
    pub at: Moment,
    pub by: By,
    pub what: What,
}

/// Who or which run did it.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum By {
    Person(String),
    Run(i64),
    /// The command line, an import of long ago.
    System,
}

/// What happened.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum What {
    /// Status or owner changed, or the lead came in.
    Change {
        /// From and to; only where it changed.
        status: Option<(Option<String>, String)>,
        /// From and to; only where it changed.
        owner: Option<(Option<String>, Option<String>)>,
        why: String,
    },
    Call {
        says: Says,
        /// What it said before, newest first.
        corrections: Vec<Correction>,
        /// Whether the viewer may put it right.
        may_correct: bool,
        /// When it was undone; such a call counts nowhere.
        undone: Option<Moment>,
    },
    /// A call was agreed on, and perhaps made since.
    FollowUp {
        due: Moment,
        resolved: Option<Moment>,
        /// Whether the call that agreed on it was undone.
        taken_back: bool,
    },
}

/// What the log says of a call.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Says {
    pub status: CallStatus,
    pub direction: Direction,
    pub duration_seconds: i64,
    pub note: String,
}

/// What a call said until somebody put it right.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Correction {
    pub at: Moment,
    pub by: String,
    pub said: Says,
}

/// The lead `id`, for its owner (with `tasks`) or with `management`.
#[server(ReadLead, endpoint = "lead", input = leptos::server_fn::codec::GetUrl)]
pub async fn read_lead(id: i64) -> Result<LeadDetail, Fault> {
    crate::server::lead_detail::read(id).await
}
