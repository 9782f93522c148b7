use calliyo_domain::{queue_switch::QueueSwitch, settings::SectionKey};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

use super::Change;
use crate::Fault;

/// The statuses in pipeline order.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pipeline {
    pub statuses: Vec<StatusRow>,
}

/// A status and what depends on it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct StatusRow {
    pub id: i64,
    pub name: String,
    pub on_queue: bool,
    /// How many leads are on it; nothing where they are customers that the viewer may not see.
    pub leads: Option<u64>,
    /// The settings sections that select it.
    pub selected_in: Vec<SectionKey>,
    /// What putting it on the queue, or taking it off, would do to loads.
    pub switch: QueueSwitch,
}

/// What a person does to the pipeline. Kept in the page's address when a form posted without JavaScript is refused.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Edit {
    Add {
        name: String,
        on_queue: bool,
    },
    Rename {
        id: i64,
        name: String,
    },
    Queue {
        id: i64,
        on_queue: bool,
    },
    Move {
        id: i64,
        up: bool,
    },
    Delete {
        id: i64,
        /// The id of the status its leads go to; empty where none was chosen.
        to: String,
    },
}

/// The pipeline after an edit.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Edited {
    pub pipeline: Pipeline,
    /// What the edit changed; nothing where all was so already.
    pub change: Option<Change>,
}

impl Pipeline {
    /// The status with this id.
    #[must_use]
    pub fn row(&self, id: i64) -> Option<&StatusRow> {
        self.statuses.iter().find(|row| row.id == id)
    }
}

#[server(ReadPipeline, endpoint = "statuses", input = leptos::server_fn::codec::GetUrl)]
pub async fn read_pipeline() -> Result<Pipeline, Fault> {
    crate::server::statuses::read().await
}

#[server(AddStatus, endpoint = "statuses/add")]
pub async fn add_status(#[server(default)] name: String, #[server(default)] on_queue: bool) -> Result<Edited, Fault> {
    crate::server::statuses::edit(Edit::Add { name, on_queue }, None).await
}

#[server(RenameStatus, endpoint = "statuses/rename")]
pub async fn rename_status(id: i64, #[server(default)] name: String) -> Result<Edited, Fault> {
    crate::server::statuses::edit(Edit::Rename { id, name }, None).await
}

/// Puts a status on the queue or takes it off: it changes every agent's load, so the password confirms it.
#[server(QueueStatus, endpoint = "statuses/queue")]
pub async fn queue_status(
    id: i64,
    #[server(default)] on_queue: bool,
    #[server(default)] password: String,
) -> Result<Edited, Fault> {
    crate::server::statuses::edit(Edit::Queue { id, on_queue }, Some(password)).await
}

/// Moves a status one place up, or down.
#[server(MoveStatus, endpoint = "statuses/move")]
pub async fn move_status(id: i64, #[server(default)] up: bool) -> Result<Edited, Fault> {
    crate::server::statuses::edit(Edit::Move { id, up }, None).await
}

/// Deletes a status; its leads go to the status with the id `to`.
#[server(DeleteStatus, endpoint = "statuses/delete")]
pub async fn delete_status(id: i64, #[server(default)] to: String) -> Result<Edited, Fault> {
    crate::server::statuses::edit(Edit::Delete { id, to }, None).await
}
