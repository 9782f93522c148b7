//! What the rules look at of a lead, as its row holds it.

use calliyo_domain::call::LeadState;
use sqlx::FromRow;

/// The columns of a [`LeadState`], for rows that hold more: `#[sqlx(flatten, try_from = "StateRow")]`.
#[derive(FromRow)]
pub struct StateRow {
    status_id: i64,
    owner_id: Option<i64>,
    converter_id: Option<i64>,
    converted_at: Option<i64>,
}

impl From<StateRow> for LeadState {
    fn from(StateRow { status_id, owner_id, converter_id, converted_at }: StateRow) -> Self {
        Self { status: status_id, owner: owner_id, converter: converter_id, converted_at }
    }
}
