//! Rows that a stray quote has made cells of another row, told from cells that hold line ends.
//!
//! A quote that opens where none was meant goes on to the next quote, so what stands between them is as it would be
//! without quotes: whole rows, each on a line of its own, with a phone where phones stand. A cell that is meant to hold
//! line ends has none there, whatever else it holds.

use std::ops::Range;

use super::{Flaw, Reader, Record, cells, raw_cells};
use crate::spreadsheet::is_blank;

/// So many quotes of a row are tried as the one that is too many: all of them in any row that is meant.
const TRIED: usize = 32;

/// What the rows of a file are like.
#[derive(Clone, Copy)]
pub struct Shape<'a> {
    pub separator: u8,
    /// How many columns are named.
    pub columns: usize,
    /// Which of them is the phone.
    pub phone: usize,
    /// Whether a cell, perhaps with a quote at its ends, holds what is meant as a phone.
    pub is_phone: &'a dyn Fn(&str) -> bool,
}

/// Whether a row without a [`Flaw`] has others in its cells.
#[must_use]
pub fn swallows(record: &Record<'_>, shape: &Shape<'_>) -> bool {
    if record.flaw.is_some() || record.last_line == record.line {
        return false;
    }
    let raw = raw_cells(record.text, shape.separator);
    let held = Held::of(record.text, &raw);
    // What stands beyond all columns may be the end of another row.
    let is_long = raw.iter().skip(shape.columns).any(|cell| !is_blank(cell));
    let is_other = |phone: &str| is_long || held.has(phone);
    held.quotes_are_amiss(&raw)
        || record.lines().skip(1).any(|(_, line)| shape.phones(line).into_iter().flatten().any(is_other))
        || held.first_row(record, shape)
}

/// The cells of a row that hold line ends.
struct Held<'a> {
    text: &'a str,
    spans: Vec<Range<usize>>,
}

impl<'a> Held<'a> {
    fn of(text: &'a str, raw: &[&str]) -> Self {
        let start = text.as_ptr().addr();
        let span = |cell: &&str| cell.as_ptr().addr() - start..cell.as_ptr().addr() - start + cell.len();
        Self { text, spans: raw.iter().filter(|cell| holds_line_ends(cell)).map(span).collect() }
    }

    /// Whether this part of the text is in them.
    fn has(&self, part: &str) -> bool {
        let start = part.as_ptr().addr().wrapping_sub(self.text.as_ptr().addr());
        self.has_range(&(start..start + part.len()))
    }

    fn has_range(&self, part: &Range<usize>) -> bool {
        self.spans.iter().any(|span| span.start <= part.start && part.end <= span.end)
    }

    /// Whether the quote that closed such a cell has left one over behind it: it was to open a cell.
    fn quotes_are_amiss(&self, raw: &[&str]) -> bool {
        let behind = raw.iter().skip_while(|cell| !holds_line_ends(cell));
        behind
            .filter(|cell| !cell.trim_start_matches([' ', '\t']).starts_with('"'))
            .any(|cell| cell.matches('"').count() % 2 == 1)
    }

    /// Whether, without one of its quotes, the row would end before it does and have its phone in what is such a cell
    /// now, and another row's phone stands below.
    fn first_row(&self, record: &Record<'_>, shape: &Shape<'_>) -> bool {
        let lines = record.last_line - record.line + 1;
        self.quotes().take(TRIED).any(|quote| {
            let mended = [&self.text[..quote], &self.text[quote + 1..]].concat();
            let Some(row) = Reader::new(&mended, 1, shape.separator).next() else { return false };
            if row.flaw.is_some() || row.last_line >= lines {
                return false;
            }
            let Some(phone) = shape.phone_of(&raw_cells(row.text, shape.separator)).map(|phone| {
                let start = phone.as_ptr().addr() - mended.as_ptr().addr();
                let start = if start >= quote { start + 1 } else { start };
                start..start + phone.len()
            }) else {
                return false;
            };
            let mut below = record.lines().skip(usize::try_from(row.last_line).unwrap_or(usize::MAX));
            self.has_range(&phone) && below.any(|(_, line)| shape.phones(line).iter().any(Option::is_some))
        })
    }

    /// Where a quote, or several in a row, begin in them.
    fn quotes(&self) -> impl Iterator<Item = usize> + '_ {
        let begins = |at: &usize| *at == 0 || !self.text[..*at].ends_with('"');
        let of_span = move |span: &Range<usize>| {
            self.text[span.clone()].match_indices('"').map({
                let start = span.start;
                move |(at, _)| start + at
            })
        };
        self.spans.iter().flat_map(of_span).filter(begins)
    }
}

impl Shape<'_> {
    /// The phone of a line that could be a row, or a row's beginning: as its quotes have its cells, and as if they
    /// meant nothing.
    fn phones<'a>(&self, line: &'a str) -> [Option<&'a str>; 2] {
        let plain: Vec<_> = cells(line, self.separator).collect();
        let before = plain.iter().take(self.phone + 1).map(|cell| odd_quotes(cell)).sum::<usize>();
        let mut raw = raw_cells(line, self.separator);
        let flaw = Reader::new(line, 1, self.separator).next().and_then(|row| row.flaw);
        let is_sound = !matches!(flaw, Some(Flaw::AfterQuote { .. } | Flaw::Backslash { .. }));
        if matches!(flaw, Some(Flaw::Unclosed { .. })) {
            raw.pop();
        }
        let bare = raw.iter().take(self.phone + 1).filter(|cell| !cell.starts_with('"'));
        let is_sound = is_sound && bare.map(|cell| odd_quotes(cell)).sum::<usize>() <= 1;
        [if before <= 1 { self.phone_of(&plain) } else { None }, if is_sound { self.phone_of(&raw) } else { None }]
    }

    fn phone_of<'a>(&self, cells: &[&'a str]) -> Option<&'a str> {
        let filled = cells.iter().rposition(|cell| !is_blank(cell)).map_or(0, |last| last + 1);
        let phone = cells.get(self.phone).copied()?;
        (cells.len() > 1 && filled <= self.columns && !holds_line_ends(phone) && (self.is_phone)(phone))
            .then_some(phone)
    }
}

fn holds_line_ends(cell: &str) -> bool {
    cell.contains(['\n', '\r'])
}

/// How many quotes of a cell stand alone: two in a row mean one.
fn odd_quotes(cell: &str) -> usize {
    cell.split(|c| c != '"').filter(|run| run.len() % 2 == 1).count()
}
