/// What can go wrong below the product: the database, or what it holds.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    #[error(transparent)]
    Sqlx(#[from] sqlx::Error),
    #[error(transparent)]
    Migrate(#[from] sqlx::migrate::MigrateError),
    #[error("the job queue: {0}")]
    Queue(String),
    #[error("what is stored doesn't read: {0}")]
    Stored(#[from] serde_json::Error),
    #[error("what is stored names a {what} that this version doesn't know: {key}")]
    Unknown { what: &'static str, key: String },
}

/// What `db` gives, or what went wrong.
pub type Result<T, E = Error> = std::result::Result<T, E>;

impl Error {
    /// Whether a row with the same unique value is there already.
    #[must_use]
    pub fn is_duplicate(&self) -> bool {
        matches!(self, Self::Sqlx(sqlx::Error::Database(e)) if e.is_unique_violation())
    }

    /// Whether a row can't go since others refer to it.
    #[must_use]
    pub fn is_in_use(&self) -> bool {
        matches!(self, Self::Sqlx(sqlx::Error::Database(e)) if e.is_foreign_key_violation())
    }

    /// Whether the database can't be reached or didn't answer, as opposed to refusing.
    #[must_use]
    pub fn is_lost(&self) -> bool {
        match self {
            Self::Sqlx(
                sqlx::Error::Io(_) | sqlx::Error::PoolTimedOut | sqlx::Error::PoolClosed | sqlx::Error::WorkerCrashed,
            ) => true,
            // PostgreSQL says goodbye where it can: a lost connection (class 08), a stop, a crash, a start (57P).
            Self::Sqlx(sqlx::Error::Database(e)) => {
                e.code().is_some_and(|code| code.starts_with("08") || code.starts_with("57P"))
            }
            _ => false,
        }
    }
}
