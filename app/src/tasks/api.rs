use calliyo_domain::Invalid;
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

use crate::{Fault, calls::Opened, dashboard::QueuePart, ui::Moment};

/// One page of the viewer's queue.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TaskPage {
    pub rows: Vec<TaskRow>,
    /// Give it as `after` to get the next page; nothing on the last.
    pub next: Option<String>,
    /// The whole queue by status, in pipeline order.
    pub queue: Vec<QueuePart>,
    /// What of the question can't be read; then nothing is listed.
    pub problem: Option<Invalid>,
    /// When it will say something else by itself: the day is over, or a follow-up falls due. In unix milliseconds.
    pub changes_at: i64,
    /// IANA name of the company's zone, which the times are in.
    pub time_zone: String,
    /// When it was read.
    pub opened_at: Opened,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TaskRow {
    pub id: i64,
    pub name: String,
    pub phone: String,
    pub status: String,
    pub status_id: i64,
    /// Since when on this status.
    pub since: Moment,
    /// When the next call was agreed for, if it was.
    pub due: Option<Moment>,
    pub overdue: bool,
    /// The last call, if it was today.
    pub called: Option<Moment>,
}

/// The viewer's queue (with `tasks`): follow-ups due today first, then who has waited longest, then follow-ups of
/// later days. Of these a `status` by its id, what is `due` by the key of [`calliyo_domain::due::Due`], and who is
/// found by `q`; empty text asks for nothing. `after` comes from [`TaskPage::next`]; other text means the first page.
#[server(ListTasks, endpoint = "tasks", input = leptos::server_fn::codec::GetUrl)]
pub async fn list_tasks(
    #[server(default)] status: String,
    #[server(default)] due: String,
    #[server(default)] q: String,
    #[server(default)] after: String,
) -> Result<TaskPage, Fault> {
    crate::server::tasks::list(&super::Asked { status, due, q, after }).await
}
