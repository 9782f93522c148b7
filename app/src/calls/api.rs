use calliyo_domain::status::Status;
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

use super::{Opened, today::CALLS};
use crate::{
    Fault,
    dashboard::DASHBOARD,
    tasks::{Asked, TASKS},
};

/// What the form of a lead starts with.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CallOptions {
    pub lead: i64,
    pub name: String,
    /// The lead's present status.
    pub status_id: i64,
    /// What the lead may be put on: those that this person may choose.
    pub statuses: Vec<Status>,
    /// When the next call would be due, company time, as a form writes it: `2026-05-12T10:00`.
    pub follow_up: String,
    /// When it was read, by the server's clock.
    pub opened_at: Opened,
    /// IANA name of the company's zone.
    pub time_zone: String,
}

/// Where the form stands, and so where a form posted without JavaScript leads back to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Place {
    /// The lead's own page.
    #[default]
    Lead,
    Dashboard,
    /// The list of one's calls.
    Calls,
    /// The lead's page, reached from the tasks: logging leads to the next lead.
    Tasks,
}

impl Place {
    /// How forms and addresses spell it.
    pub fn key(self) -> &'static str {
        match self {
            Self::Lead => "lead",
            Self::Dashboard => "dashboard",
            Self::Calls => "calls",
            Self::Tasks => "tasks",
        }
    }

    /// Its address, where the form is about the lead `lead`.
    pub fn page(self, lead: i64) -> String {
        match self {
            Self::Lead => format!("/leads/{lead}"),
            Self::Dashboard => DASHBOARD.to_owned(),
            Self::Calls => CALLS.to_owned(),
            Self::Tasks => format!("/leads/{lead}?from=tasks"),
        }
    }

    /// Where it goes on without the lead, which may no longer be seen.
    pub fn without_lead(self) -> &'static str {
        match self {
            Self::Lead | Self::Dashboard => DASHBOARD,
            Self::Calls => CALLS,
            Self::Tasks => TASKS,
        }
    }

    /// The place of that name; the lead's own page where the name means nothing.
    pub fn from_key(key: &str) -> Self {
        match key {
            "dashboard" => Self::Dashboard,
            "calls" => Self::Calls,
            "tasks" => Self::Tasks,
            _ => Self::Lead,
        }
    }
}

/// What became of a call that was logged.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LoggedCall {
    pub call: i64,
    pub lead: i64,
    /// What was done, in a sentence.
    pub said: String,
    /// The lead to call next, of those tasks from which this one was reached: where they go on.
    pub next: Option<i64>,
    /// Whether the lead was taken from who called since they opened its page.
    pub taken: bool,
}

/// What a person typed into the form; kept in the page's address when a form posted without JavaScript is refused.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct TypedCall {
    /// A call status.
    pub status: String,
    /// Empty: outgoing.
    pub direction: String,
    /// Seconds, or `m:ss`.
    pub duration: String,
    pub note: String,
    /// Company time as `2026-05-12T10:00`; empty: the default.
    pub follow_up: String,
    /// The zone that the form said its time is in; empty: it said none.
    pub time_zone: String,
    /// A status id; empty: as it is.
    pub lead_status: String,
    /// The id of the status that the form showed as the lead's; empty: not known.
    pub seen_status: String,
    /// What the form calls itself, anew for each call: sent again, it is logged once. Empty: it can't be told.
    pub once: String,
    /// When the page was opened, in unix milliseconds by the server's clock; empty: not known.
    pub opened_at: String,
    /// The lead's name, as the form showed it: a refused form may come back where the lead isn't shown.
    pub lead_name: String,
}

/// What became of a call that was undone.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct UndoneCall {
    pub lead: i64,
    /// What was done, in a sentence.
    pub said: String,
    /// Whether they may see the lead no more.
    pub taken: bool,
}

/// What became of a call that was put right.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CorrectedCall {
    /// What was done, in a sentence.
    pub said: String,
}

/// Logs a call on the lead `id`, for its owner (with `tasks`) or with `management`; for who might when they opened its page
/// the call alone, which changes nothing of the lead. `place` is where the form stands, and `tasks` what was asked for
/// there.
#[server(LogCall, endpoint = "calls/log")]
pub async fn log_call(
    id: i64,
    #[server(default)] place: String,
    #[server(default)] tasks: Asked,
    #[server(default)] call: TypedCall,
) -> Result<LoggedCall, Fault> {
    crate::server::calls::log(id, &call, Place::from_key(&place), &tasks).await
}

/// Undoes the viewer's last call, within ten seconds; only if it is `id`, where that is given. `place` is where the form
/// stands, and `here` that page's address.
#[server(UndoCall, endpoint = "calls/undo")]
pub async fn undo_call(
    #[server(default)] id: Option<i64>,
    #[server(default)] place: String,
    #[server(default)] here: String,
) -> Result<UndoneCall, Fault> {
    crate::server::undo::undo(id, Place::from_key(&place), &here).await
}

/// Puts the call `id` right, for who logged it and on the same company day: outcome, direction, duration and note, and
/// nothing of its lead. `place` and `lead` are where the form stands.
#[server(CorrectCall, endpoint = "calls/correct")]
pub async fn correct_call(
    id: i64,
    #[server(default)] place: String,
    #[server(default)] lead: i64,
    #[server(default)] call: TypedCall,
) -> Result<CorrectedCall, Fault> {
    crate::server::corrections::correct(id, &call, Place::from_key(&place), lead).await
}
