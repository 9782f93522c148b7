use calliyo_app::server::jobs::PlanError;

/// Why a run failed. What an admin reads is [`Failure::reason`]; the whole error goes to the log.
#[derive(Debug, thiserror::Error)]
pub enum Failure {
    #[error(transparent)]
    Db(#[from] calliyo_db::Error),
    #[error("panicked: {0}")]
    Panic(String),
    /// What the run was given can't be used; said in the words of whoever gave it.
    #[error("{0}")]
    Input(String),
    #[error("took longer than {0} minutes")]
    TimeOut(u64),
    /// Another claim has taken the run over: what this one did is rolled back, and the other one will report.
    #[error("the run was taken over")]
    TakenOver,
}

impl Failure {
    /// In an admin's words, to stand after "failed: ".
    #[must_use]
    pub fn reason(&self) -> String {
        match self {
            Self::Db(error) if error.is_lost() => "the database could not be reached".to_owned(),
            Self::Db(_) => "the database refused the change".to_owned(),
            Self::Panic(_) => "an error in the program, which is in the server's log".to_owned(),
            Self::Input(reason) => reason.clone(),
            Self::TimeOut(minutes) => format!("it took longer than {minutes} minutes"),
            Self::TakenOver => "another server took it over".to_owned(),
        }
    }
}

impl From<PlanError> for Failure {
    fn from(error: PlanError) -> Self {
        match error {
            PlanError::Db(error) => Self::Db(error),
            PlanError::Panic(message) => Self::Panic(message),
            PlanError::NotDaily(_) => Self::Input(error.to_string()),
        }
    }
}
