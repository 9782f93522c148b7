use std::borrow::Cow;

/// More cells than any row that is meant has; what stands behind them is given as one.
pub const MAX_CELLS: usize = 1_000;

/// A row as it is read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Record<'a> {
    pub cells: Vec<Cow<'a, str>>,
    /// As it stands, without the line end behind it.
    pub text: &'a str,
    /// Where it begins; the text's first line is 1.
    pub line: u64,
    /// Where it ends: further down where a quoted cell holds line ends.
    pub last_line: u64,
    /// What is wrong with its quotes; its cells are then no more than a guess.
    pub flaw: Option<Flaw>,
}

/// What is wrong with a row. Lines are where the cell's quote stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Flaw {
    /// A quote is never closed.
    Unclosed { opened: u64 },
    /// Text stands behind the quote that closes a cell.
    AfterQuote { opened: u64, closed: u64 },
    /// A backslash stands before a quote, as some programs write one that belongs to the cell.
    Backslash { opened: u64 },
    /// It has more than [`MAX_CELLS`].
    TooMany,
}

impl<'a> Record<'a> {
    /// Its lines, each with its number.
    pub fn lines(&self) -> impl Iterator<Item = (u64, &'a str)> + use<'a> {
        (self.line..).zip(lines(self.text))
    }
}

/// The lines of a text, without their ends. The last may be empty.
pub fn lines(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = Some(text);
    std::iter::from_fn(move || {
        let text = rest?;
        let Some(end) = text.find(['\n', '\r']) else { return rest.take() };
        let behind = &text[end..];
        rest = Some(behind.strip_prefix("\r\n").unwrap_or(&behind[1..]));
        Some(&text[..end])
    })
}

/// A line's cells where quotes mean nothing; no more than [`MAX_CELLS`] and one.
pub fn cells(line: &str, separator: u8) -> impl Iterator<Item = &str> {
    line.splitn(MAX_CELLS + 1, char::from(separator))
}
