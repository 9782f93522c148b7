//! Reads CSV as RFC 4180 has it, and says of each row on which lines it stands and where its quotes are wrong. A line
//! ends by a line feed, a carriage return, or both. One pass, whatever the text.

mod record;
#[cfg(test)]
mod stray;
mod swallowed;
#[cfg(test)]
mod tests;

use std::borrow::Cow;

pub use record::{Flaw, MAX_CELLS, Record, cells, lines};
pub use swallowed::{Shape, swallows};

/// Reads rows one after another.
#[derive(Clone, Debug)]
pub struct Reader<'a> {
    text: &'a str,
    /// The next byte.
    at: usize,
    /// The line that it stands on.
    line: u64,
    separator: u8,
}

impl<'a> Reader<'a> {
    /// Reads `text`, whose first line is called `line`; an ASCII `separator` stands between cells.
    #[must_use]
    pub fn new(text: &'a str, line: u64, separator: u8) -> Self {
        Self { text, at: 0, line, separator }
    }

    fn byte(&self, at: usize) -> Option<u8> {
        self.text.as_bytes().get(at).copied()
    }

    fn is_line_end(byte: u8) -> bool {
        matches!(byte, b'\n' | b'\r')
    }

    /// Passes over the line end here; whether there was one.
    fn pass_line_end(&mut self) -> bool {
        let length = match (self.byte(self.at), self.byte(self.at + 1)) {
            (Some(b'\r'), Some(b'\n')) => 2,
            (Some(b'\r' | b'\n'), _) => 1,
            _ => return false,
        };
        self.at += length;
        self.line += 1;
        true
    }

    fn ends_cell(&self, at: usize) -> bool {
        self.byte(at).is_none_or(|byte| byte == self.separator || Self::is_line_end(byte))
    }

    /// Where what follows isn't a blank: people write one behind a separator, and it says nothing around a quoted cell.
    fn behind_blanks(&self, mut at: usize) -> usize {
        while self.byte(at).is_some_and(|byte| matches!(byte, b' ' | b'\t') && byte != self.separator) {
            at += 1;
        }
        at
    }

    /// A cell without quotes around it; quotes in it are its own.
    fn plain(&mut self) -> &'a str {
        let start = self.at;
        while !self.ends_cell(self.at) {
            self.at += 1;
        }
        &self.text[start..self.at]
    }

    /// All that is left of the line.
    fn rest_of_line(&mut self) -> &'a str {
        let start = self.at;
        while self.byte(self.at).is_some_and(|byte| !Self::is_line_end(byte)) {
            self.at += 1;
        }
        &self.text[start..self.at]
    }

    /// Goes on to the next quote.
    fn seek_quote(&mut self) -> bool {
        while let Some(byte) = self.byte(self.at) {
            match byte {
                b'"' => return true,
                b'\r' | b'\n' => _ = self.pass_line_end(),
                _ => self.at += 1,
            }
        }
        false
    }

    /// A cell in quotes. One that is wrong is given as it stands.
    fn quoted(&mut self, quotes: &mut Quotes) -> Cow<'a, str> {
        let (start, opened) = (self.at, self.line);
        self.at += 1;
        let (mut cell, mut from) = (Cow::Borrowed(""), self.at);
        loop {
            if !self.seek_quote() {
                quotes.flaw = Some(Flaw::Unclosed { opened });
                return Cow::Borrowed(&self.text[start..]);
            }
            let quote = self.at;
            let escaped = quote > start + 1 && self.byte(quote - 1) == Some(b'\\');
            let doubled = self.byte(quote + 1) == Some(b'"');
            if doubled && !(escaped && self.ends_cell(quote + 2)) {
                cell += &self.text[from..=quote];
                (self.at, from) = (quote + 2, quote + 2);
                continue;
            }
            self.at = quote + 1;
            let behind = self.behind_blanks(self.at);
            if self.ends_cell(behind) {
                self.at = behind;
                quotes.after_backslash |= escaped;
                return cell + &self.text[from..quote];
            }
            // Written as another program escapes quotes, or a quote that wasn't meant to open anything.
            let flaw =
                if escaped { Flaw::Backslash { opened } } else { Flaw::AfterQuote { opened, closed: self.line } };
            quotes.flaw = Some(flaw);
            self.plain();
            return Cow::Borrowed(&self.text[start..self.at]);
        }
    }

    fn cell(&mut self, quotes: &mut Quotes) -> Cow<'a, str> {
        // Once a quote is wrong, none of that row opens anything.
        let opening = self.behind_blanks(self.at);
        if self.byte(opening) == Some(b'"') && quotes.flaw.is_none() {
            self.at = opening;
            return self.quoted(quotes);
        }
        let cell = self.plain();
        quotes.amid |= cell.contains('"');
        Cow::Borrowed(cell)
    }
}

/// The cells of the first row of a text as they stand, with their quotes; no more than [`MAX_CELLS`].
fn raw_cells(text: &str, separator: u8) -> Vec<&str> {
    let mut reader = Reader::new(text, 1, separator);
    let (mut cells, mut quotes) = (Vec::new(), Quotes::default());
    loop {
        let start = reader.at;
        reader.cell(&mut quotes);
        cells.push(&text[start..reader.at]);
        if reader.byte(reader.at) != Some(separator) || cells.len() == MAX_CELLS {
            return cells;
        }
        reader.at += 1;
    }
}

/// What is known of a row's quotes.
#[derive(Default)]
struct Quotes {
    flaw: Option<Flaw>,
    /// Whether a cell was closed by a quote behind a backslash.
    after_backslash: bool,
    /// Whether a cell without quotes around it has some in it.
    amid: bool,
}

impl<'a> Iterator for Reader<'a> {
    type Item = Record<'a>;

    /// The next row; lines with nothing at all are none.
    fn next(&mut self) -> Option<Record<'a>> {
        while self.pass_line_end() {}
        self.byte(self.at)?;
        let (start, line) = (self.at, self.line);
        let (mut cells, mut quotes) = (Vec::new(), Quotes::default());
        loop {
            cells.push(self.cell(&mut quotes));
            if self.byte(self.at) != Some(self.separator) {
                break;
            }
            self.at += 1;
            if cells.len() == MAX_CELLS {
                let rest = self.rest_of_line();
                // Spreadsheets write every column that was ever touched.
                if rest.chars().any(|c| !c.is_whitespace() && c != char::from(self.separator)) {
                    cells.push(Cow::Borrowed(rest));
                    quotes.flaw = quotes.flaw.or(Some(Flaw::TooMany));
                }
                break;
            }
        }
        // A program that escapes by backslashes meant something else by that quote.
        if quotes.after_backslash && quotes.amid {
            quotes.flaw = quotes.flaw.or(Some(Flaw::Backslash { opened: line }));
        }
        let mut record =
            Record { cells, text: &self.text[start..self.at], line, last_line: self.line, flaw: quotes.flaw };
        if matches!(record.flaw, Some(Flaw::Unclosed { .. })) {
            // The line ends at the file's end are no lines of it.
            record.text = record.text.trim_end_matches(['\n', '\r']);
            record.last_line = line + lines(record.text).count() as u64 - 1;
        }
        self.pass_line_end();
        Some(record)
    }
}
