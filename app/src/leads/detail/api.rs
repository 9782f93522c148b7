use calliyo_domain::{
    call::{CallStatus, Direction},
    job::Job,
};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

use crate::{Fault, calls::CallOptions, leads::Choices, ui::Moment};

/// A lead with its history.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LeadDetail {
    pub id: i64,
    pub version: i64,
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
    /// Whether something older happened than the timeline holds.
    pub older: bool,
    pub call: CallOptions,
    /// Whether the viewer works a queue.
    pub calls: bool,
    /// What a holder of `management` may change it to; nothing for others.
    pub choices: Option<Choices>,
    /// When it will say something else by itself: the day is over, or the next call falls due. In unix milliseconds.
    pub changes_at: i64,
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
    /// Of the event, the call, the follow-up or the note.
    pub id: i64,
    pub at: Moment,
    pub by: By,
    pub what: What,
}

impl Entry {
    /// The same without what the company's clocks show: one that differs in nothing else is the same entry.
    #[must_use]
    pub fn timeless(&self) -> Self {
        let mut entry = self.clone();
        let forget = |moment: &mut Moment| moment.text.clear();
        forget(&mut entry.at);
        match &mut entry.what {
            What::Call { corrections, undone, .. } => {
                corrections.iter_mut().for_each(|correction| forget(&mut correction.at));
                undone.iter_mut().for_each(forget);
            }
            What::FollowUp { due, ended } => {
                forget(due);
                ended.iter_mut().for_each(|ended| forget(&mut ended.at));
            }
            What::Change { .. } | What::Note { .. } => {}
        }
        entry
    }
}

/// Who or which run did it.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum By {
    Person(String),
    Run {
        id: i64,
        /// Nothing where the run is no longer kept.
        job: Option<Job>,
    },
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
    /// A call was agreed on.
    FollowUp {
        due: Moment,
        /// Nothing while it is agreed on.
        ended: Option<Ended>,
    },
    /// Something was written down without a call.
    Note { note: String },
}

/// What became of a call that was agreed on, and when.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Ended {
    pub how: End,
    pub at: Moment,
    /// Who moved or dropped it.
    pub by: Option<String>,
}

/// What becomes of a call that was agreed on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum End {
    /// A call on the lead resolved it.
    Done,
    /// Another time stands in its place.
    Moved,
    /// No call is agreed on any more.
    Dropped,
    /// The call that agreed on it was undone.
    TakenBack,
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

/// A note that was written down.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Noted {
    /// What was done, in a sentence.
    pub said: String,
    /// Whether the lead was taken from who wrote it since they opened its page.
    pub taken: bool,
}

/// What a form that adds a note sends.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TypedNote {
    pub note: String,
    /// When the page was opened, in unix milliseconds by the server's clock; empty: not known.
    pub opened_at: String,
}

/// A next call that was agreed on, moved or dropped.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Agreed {
    /// What was done, in a sentence.
    pub said: String,
    /// When the next call is due by now, unix ms.
    pub due: Option<i64>,
}

/// What is to become of a lead's next call.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TypedNextCall {
    /// Company time as `2026-05-12T10:00`.
    pub follow_up: String,
    /// The zone that the form said its time is in; empty: it said none.
    pub time_zone: String,
    /// Whether none is to be agreed on any more.
    pub drop: bool,
    /// The one that stands (unix ms), as far as whoever asks knows, or empty.
    pub seen: String,
}

/// The lead `id`, for its owner (with `tasks`) or with `management`. Its timeline has `shown` entries, within bounds.
#[server(ReadLead, endpoint = "lead", input = leptos::server_fn::codec::GetUrl)]
pub async fn read_lead(id: i64, #[server(default)] shown: i64) -> Result<LeadDetail, Fault> {
    crate::server::lead_detail::read(id, shown).await
}

/// Writes a note on the lead `id` down, for whoever may log calls on it, or might when they opened its page, at
/// `opened_at` (unix ms). `place` is where the form stands.
#[server(AddNote, endpoint = "leads/note")]
pub async fn add_note(
    id: i64,
    #[server(default)] place: String,
    #[server(default)] note: String,
    #[server(default)] opened_at: String,
) -> Result<Noted, Fault> {
    let typed = TypedNote { note, opened_at };
    crate::server::lead_notes::add(id, &typed, crate::calls::Place::from_key(&place)).await
}

/// Agrees on the next call with the lead `id`, for whoever may log calls on it, as [`TypedNextCall`] says; `place` is where
/// the form stands.
#[server(SetNextCall, endpoint = "leads/next-call")]
pub async fn set_next_call(
    id: i64,
    #[server(default)] place: String,
    #[server(default)] follow_up: String,
    #[server(default)] time_zone: String,
    #[server(default)] drop: bool,
    #[server(default)] seen: String,
) -> Result<Agreed, Fault> {
    let typed = TypedNextCall { follow_up, time_zone, drop, seen };
    crate::server::next_call::set(id, &typed, crate::calls::Place::from_key(&place)).await
}
