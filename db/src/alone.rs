//! An SQLite file belongs to its owner, and has one server.

use std::{
    fs::{self, DirBuilder, File, OpenOptions, TryLockError},
    io::ErrorKind,
    os::unix::fs::{DirBuilderExt as _, OpenOptionsExt as _, PermissionsExt as _},
    path::Path,
};

use crate::{ConnectError, Db};

/// While it lives, no other server begins on the same SQLite file. Let go of it after the database is closed: that a file
/// is closed anywhere in a program ends the locks that SQLite holds on it (sqlite.org, "How To Corrupt An SQLite Database
/// File", 2.2).
#[derive(Debug)]
pub struct Alone {
    _file: Option<File>,
}

impl Db {
    /// Claims the SQLite file for this server, under whatever name or link it was opened. On PostgreSQL servers may be
    /// many.
    ///
    /// # Errors
    /// [`ConnectError::InUse`] where another server has it.
    pub fn claim(&self) -> Result<Alone, ConnectError> {
        let Self::Sqlite { file: path, .. } = self else { return Ok(Alone { _file: None }) };
        let file = File::open(path).map_err(sqlx::Error::from)?;
        match file.try_lock() {
            Ok(()) => Ok(Alone { _file: Some(file) }),
            Err(TryLockError::WouldBlock) => Err(ConnectError::InUse(path.clone())),
            Err(TryLockError::Error(error)) => Err(sqlx::Error::from(error).into()),
        }
    }

    /// Whether others on this machine may read the SQLite file, as the file says itself.
    #[must_use]
    pub fn is_open_to_others(&self) -> bool {
        let Self::Sqlite { file, .. } = self else { return false };
        fs::metadata(file).is_ok_and(|about| about.permissions().mode() & 0o077 != 0)
    }
}

/// A file's rights: its owner reads and writes.
pub const OWNERS: u32 = 0o600;

/// Makes the folder and the file where they are missing, for nobody but their owner; SQLite gives its side files the
/// rights that the file has.
pub fn make_private(file: &Path) -> Result<(), ConnectError> {
    if let Some(folder) = file.parent().filter(|folder| !folder.as_os_str().is_empty()) {
        let made = DirBuilder::new().recursive(true).mode(0o700).create(folder);
        made.map_err(|source| ConnectError::Folder { path: folder.to_owned(), source })?;
    }
    match OpenOptions::new().write(true).create_new(true).mode(OWNERS).open(file) {
        Err(error) if error.kind() != ErrorKind::AlreadyExists => Err(sqlx::Error::from(error).into()),
        _ => Ok(()),
    }
}
