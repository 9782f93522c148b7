use leptos::prelude::*;
use serde::{Deserialize, Serialize};

use crate::{Fault, leads::Filter};

/// A filter that the viewer keeps under a name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SavedView {
    pub id: i64,
    pub name: String,
    pub filter: Filter,
}

/// Keeps a filter under a name, for the viewer alone.
#[server(SaveView, endpoint = "leads/views/save")]
pub async fn save_view(#[server(default)] name: String, #[server(default)] filter: Filter) -> Result<(), Fault> {
    crate::server::lead_views::save(&name, &filter).await
}

/// Gives one of the viewer's own views another name; `filter` is what the page shows, for the way back.
#[server(RenameView, endpoint = "leads/views/rename")]
pub async fn rename_view(
    id: i64,
    #[server(default)] name: String,
    #[server(default)] filter: Filter,
) -> Result<(), Fault> {
    crate::server::lead_views::rename(id, &name, &filter).await
}

/// Deletes one of the viewer's own views.
#[server(DeleteView, endpoint = "leads/views/delete")]
pub async fn delete_view(id: i64) -> Result<(), Fault> {
    crate::server::lead_views::delete(id).await
}
