//! Files of leads: what the import page takes, and what is said of one that was taken in.

mod columns;
mod names;
mod reading;

use serde::{Deserialize, Serialize};

use crate::{
    Invalid,
    counted::{Parts, count_grouped, grouped},
    job::Imported,
    text,
};

pub use columns::{Column, IGNORE, Mapping};
pub use reading::{ENCODINGS, Reading, is_encoding};

/// The largest file that the page takes, in bytes: 10 MB.
pub const MAX_BYTES: usize = 10 * 1024 * 1024;

/// The most rows of a file that the page takes, the header aside.
pub const MAX_ROWS: usize = 100_000;

/// The most columns of a file.
pub const MAX_COLUMNS: usize = 100;

/// The longest part of a cell that a page shows, in characters.
pub const MAX_SHOWN: usize = 200;

/// The form field that the file comes in.
pub const FIELD: &str = "file";

const NAME: usize = 120;

/// A row that can't be taken in, or was taken in but for a part of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BadRow {
    /// Where the row begins; the file's first line is 1.
    pub line: u64,
    pub reason: String,
    /// What it holds, in the file's order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub cells: Vec<String>,
    #[serde(default, skip)]
    pub kind: RowKind,
}

/// What a row is that an import keeps.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum RowKind {
    /// Not taken in.
    #[default]
    Row,
    /// One of the lines below a row that is not taken in, since they stand in a quote that it opens.
    Line,
    /// Taken in without a part of it.
    Remark,
}

impl RowKind {
    /// How it is stored.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::Row => "row",
            Self::Line => "line",
            Self::Remark => "remark",
        }
    }
}

/// Whether a file of so many bytes is taken.
///
/// # Errors
/// Says which limit it breaks.
pub fn check_size(bytes: usize) -> Result<(), Invalid> {
    match bytes {
        0 => Err(Invalid::new(FIELD, "The file is empty. Choose one with a line per lead.")),
        1..=MAX_BYTES => Ok(()),
        _ => Err(too_large()),
    }
}

/// What a file over [`MAX_BYTES`] is told.
#[must_use]
pub fn too_large() -> Invalid {
    Invalid::new(
        FIELD,
        "The file is larger than 10 MB. Nothing was imported; split it and import the parts one after another.",
    )
}

/// Whether a file of so many rows is taken.
///
/// # Errors
/// Says which limit it breaks.
pub fn check_rows(rows: usize) -> Result<(), Invalid> {
    match rows {
        0 => Err(Invalid::new(FIELD, "The file has no rows below the one that names the columns: it holds no leads.")),
        1..=MAX_ROWS => Ok(()),
        _ => Err(Invalid::new(
            FIELD,
            "The file has more than 100,000 rows. Nothing was imported; split it and import the parts one after another.",
        )),
    }
}

/// What no file at all is told.
#[must_use]
pub fn missing() -> Invalid {
    Invalid::new(FIELD, "Choose a CSV file.")
}

/// The name that a file is kept under, from what a browser says: without folders and control characters, not too long.
#[must_use]
pub fn file_name(said: &str) -> String {
    let name = said.rsplit(['/', '\\']).next().unwrap_or_default();
    let name: String = name.chars().filter(|c| !c.is_control()).collect();
    let name: String = text::line(&name).chars().take(NAME).collect();
    if name.is_empty() { "leads.csv".to_owned() } else { name.trim_end().to_owned() }
}

/// What a finished import did: "2 leads imported, 1 duplicate skipped, 3 rows not taken in."
#[must_use]
pub fn sentence(outcome: &Imported) -> String {
    parts(outcome).sentence("The file held no leads.")
}

/// The parts of the sentence on what a finished import did.
pub(crate) fn parts(outcome: &Imported) -> Parts {
    let mut parts = Parts::default();
    for (n, noun, what) in [
        (outcome.imported, "lead", "imported"),
        (outcome.duplicates, "duplicate", "skipped"),
        (outcome.bad, "row", "not taken in"),
    ] {
        if n > 0 {
            parts.say(format!("{} {what}", count_grouped(n, noun)));
        }
        if noun == "lead" && outcome.without_email > 0 {
            parts.say(format!("{} of them without email", grouped(outcome.without_email)));
        }
    }
    parts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_limits_are_named() {
        assert_eq!(check_size(1), Ok(()));
        assert_eq!(check_size(MAX_BYTES), Ok(()));
        assert!(check_size(0).expect_err("empty").message.contains("empty"));
        assert!(check_size(MAX_BYTES + 1).expect_err("large").message.contains("10 MB"));
        assert!(check_rows(0).expect_err("no rows").message.contains("no rows"));
        assert_eq!(check_rows(MAX_ROWS), Ok(()));
        assert!(check_rows(MAX_ROWS + 1).expect_err("long").message.contains("100,000 rows"));
    }

    #[test]
    fn a_name_without_folders() {
        assert_eq!(file_name("leads May.csv"), "leads May.csv");
        assert_eq!(file_name("C:\\Users\\asha\\leads.csv"), "leads.csv");
        assert_eq!(file_name("../../etc/x\0\n.csv"), "x.csv");
        assert_eq!(file_name("folder/ "), "leads.csv");
        assert_eq!(file_name("\u{202a}leads\u{a0}\u{a0}May.csv\u{200b}"), "leads May.csv");
        assert_eq!(file_name("\u{200b}"), "leads.csv");
        assert_eq!(file_name(&"a".repeat(500)).len(), NAME);
    }

    #[test]
    fn singular_plural_and_parts_that_are_zero() {
        let said = |imported, duplicates, bad| sentence(&Imported { imported, duplicates, bad, ..Imported::default() });
        assert_eq!(said(2, 1, 3), "2 leads imported, 1 duplicate skipped, 3 rows not taken in.");
        assert_eq!(said(12_000, 0, 1_001), "12,000 leads imported, 1,001 rows not taken in.");
        assert_eq!(said(1, 0, 0), "1 lead imported.");
        assert_eq!(said(0, 2, 1), "2 duplicates skipped, 1 row not taken in.");
        assert_eq!(said(0, 0, 0), "The file held no leads.");
        let outcome = Imported { imported: 1_003, without_email: 2, duplicates: 0, bad: 1 };
        assert_eq!(sentence(&outcome), "1,003 leads imported, 2 of them without email, 1 row not taken in.");
    }
}
