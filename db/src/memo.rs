use std::sync::Arc;

use calliyo_domain::{settings::Receivers, status::Status};
use tokio::sync::OnceCell;

use crate::{
    ledger::Noted,
    runs::{Run, ShareRow},
    settings::{Saved, Stored},
};

/// What several parts of one page ask for, read by the first of them: settings and pipeline, and how the daily jobs are.
/// It is one request's, and never a writer's: transactions that write have none ([`crate::Db::write`]).
#[derive(Clone, Debug, Default)]
pub struct Memo(pub(crate) Arc<Kept>);

#[derive(Debug, Default)]
pub(crate) struct Kept {
    pub settings: OnceCell<Vec<Stored>>,
    pub saves: OnceCell<Vec<Saved>>,
    pub statuses: OnceCell<Vec<Status>>,
    pub receivers: OnceCell<Receivers>,
    /// Of each daily job the run that is open, and the last that ended.
    pub runs: OnceCell<Vec<Run>>,
    /// What those runs did.
    pub shares: OnceCell<Vec<ShareRow>>,
    pub ledger: OnceCell<Noted>,
}
