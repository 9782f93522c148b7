//! Reads a CSV file of leads. What each column is was chosen, or is what its name says.

mod decode;
mod fault;
mod kind;
#[cfg(test)]
mod quote_tests;
mod quotes;
mod row;
mod table;
#[cfg(test)]
mod tests;

use std::{borrow::Cow, collections::HashMap};

use calliyo_db::{Tx, import::Incoming, lead_fields};
use calliyo_domain::{
    counted::count,
    csv::{self, Reader, Record, Shape},
    import::{BadRow, Column, Mapping, Reading, RowKind},
    quoted::quoted,
    spreadsheet,
};

use row::Judged;

pub use decode::{decode, samples};
pub use fault::FileError;
pub use row::Judge;
pub use table::{Table, count_rows, first_lines};

/// What a file holds.
#[derive(Debug, Default)]
pub struct Parsed {
    pub leads: Vec<Incoming>,
    /// Where each of the leads stands in the file, in the same order.
    pub places: Vec<Place>,
    pub bad: Vec<BadRow>,
    /// What the file calls its columns.
    pub names: Vec<String>,
    /// What they were taken as.
    pub mapping: Mapping,
    separator: u8,
    /// Rows to be settled.
    doubtful: Vec<Doubtful>,
}

/// A row that is bad, unless a lead has its phone.
#[derive(Debug)]
struct Doubtful {
    lead: Incoming,
    place: Place,
    bad: BadRow,
}

/// Where a lead stands in the file.
#[derive(Debug)]
pub struct Place {
    pub line: u64,
    /// The row as it stands.
    text: String,
    /// What is said of the row if it is taken in.
    pub remark: Option<String>,
}

impl Parsed {
    /// What the row of a lead holds, in the file's order.
    #[must_use]
    pub fn cells(&self, lead: usize) -> Vec<String> {
        let text = self.places.get(lead).map(|place| place.text.as_str()).unwrap_or_default();
        Reader::new(text, 1, self.separator).next().map(|record| owned(&record)).unwrap_or_default()
    }

    /// How many rows were read; lines, of those that a quote makes one.
    #[must_use]
    pub fn count(&self) -> usize {
        self.leads.len() + self.doubtful.len() + self.bad.len()
    }

    /// The rows of the file as a table for what reads it alone.
    fn new(table: &Table<'_>, mapping: &Mapping) -> Self {
        let (names, separator) = (table.names.clone(), table.separator);
        Self { names, mapping: mapping.clone(), separator, ..Self::default() }
    }

    fn take(&mut self, record: &Record<'_>, judged: Judged) {
        let Judged { lead, doubt, remark } = judged;
        let place = Place { line: record.line, text: record.text.to_owned(), remark };
        match doubt {
            Some(reason) => self.doubtful.push(Doubtful { lead, place, bad: bad(record, reason) }),
            None => {
                self.leads.push(lead);
                self.places.push(place);
            }
        }
    }

    /// Takes the rows that are in doubt as duplicates of the leads that are there, and as bad where none is.
    ///
    /// # Errors
    /// Where the database can't be asked.
    pub async fn settle(&mut self, tx: &mut Tx) -> calliyo_db::Result<()> {
        if self.doubtful.is_empty() {
            return Ok(());
        }
        let phones: Vec<_> = self.doubtful.iter().map(|row| row.lead.lead.phone.as_str()).collect();
        let there = lead_fields::by_phones(tx, &phones).await?;
        self.settle_by(&there);
        Ok(())
    }

    fn settle_by(&mut self, there: &HashMap<String, i64>) {
        let is_there = |row: &Doubtful| there.contains_key(&row.lead.lead.phone);
        let (known, unknown): (Vec<_>, Vec<_>) = std::mem::take(&mut self.doubtful).into_iter().partition(is_there);
        let mut rows: Vec<_> = std::mem::take(&mut self.leads).into_iter().zip(self.places.drain(..)).collect();
        rows.extend(known.into_iter().map(|row| (row.lead, row.place)));
        rows.sort_by_key(|(_, place)| place.line);
        (self.leads, self.places) = rows.into_iter().unzip();
        self.bad.extend(unknown.into_iter().map(|row| row.bad));
        self.bad.sort_by_key(|row| row.line);
    }
}

/// Reads a whole file; without a mapping the columns are what their names say.
///
/// # Errors
/// Says what is wrong with the file as a whole; single bad rows are in the result, to be settled ([`Parsed::settle`]).
pub fn parse(bytes: &[u8], reading: &Reading, mapping: Option<&Mapping>, judge: &Judge) -> Result<Parsed, FileError> {
    let text = decode(bytes, reading)?;
    let table = Table::open(&text, reading.header_line)?;
    let mapping = mapping.map_or_else(|| table.mapping(), |mapping| Ok(mapping.clone()))?;
    Ok(rows(&table, &mapping, judge))
}

/// Reads the rows of a table.
#[must_use]
pub fn rows(table: &Table<'_>, mapping: &Mapping, judge: &Judge) -> Parsed {
    let places = Column::ALL.map(|column| mapping.place(column));
    let columns = table.names.len();
    let is_phone = |cell: &str| quotes::is_like_a_phone(cell, judge.country());
    let shape = |phone| Shape { separator: table.separator, columns, phone, is_phone: &is_phone };
    let shape = mapping.place(Column::Phone).map(shape);
    let mut parsed = Parsed::new(table, mapping);
    for record in table.rows() {
        if let Some(problem) = quotes::problem(&record, shape.as_ref()) {
            parsed.bad.extend(lines(&record, &problem, table.separator));
            continue;
        }
        let cells = places.map(|at| at.and_then(|at| record.cells.get(at)).map(Cow::as_ref).unwrap_or_default());
        match surplus(&record, columns).map_or_else(|| judge.read(cells), Err) {
            Ok(judged) => parsed.take(&record, judged),
            Err(reason) => parsed.bad.push(bad(&record, reason)),
        }
    }
    parsed
}

/// What is wrong with a row that holds something where the file has no column. Cells that are missing, or empty ones too
/// many, are as spreadsheets leave them.
fn surplus(record: &Record<'_>, columns: usize) -> Option<String> {
    let beyond = record.cells.iter().skip(columns).find(|cell| !spreadsheet::is_blank(cell))?;
    let cells = match record.cells.len() {
        n if n > csv::MAX_CELLS => "more than 1,000".to_owned(),
        n => n.to_string(),
    };
    let (columns, are) = (count(columns as u64, "column"), if columns == 1 { "is" } else { "are" });
    Some(format!("The row has {cells} cells where {columns} {are} named; {} stands beyond them.", quoted(beyond)))
}

fn owned(record: &Record<'_>) -> Vec<String> {
    record.cells.iter().map(|cell| cell.clone().into_owned()).collect()
}

fn bad(record: &Record<'_>, reason: String) -> BadRow {
    let reason = match record.last_line {
        last if last > record.line => format!("{reason} The row is lines {} to {last}.", record.line),
        _ => reason,
    };
    BadRow { line: record.line, reason, cells: owned(record), kind: RowKind::Row }
}

/// A row whose quotes can't be trusted, line by line as it stands.
fn lines(record: &Record<'_>, problem: &str, separator: u8) -> Vec<BadRow> {
    let opened = record.line;
    let row = |(line, text): (u64, &str)| BadRow {
        line,
        reason: if line == opened {
            problem.to_owned()
        } else {
            format!("It is in the quote that line {opened} opens.")
        },
        cells: csv::cells(text, separator).map(str::to_owned).collect(),
        kind: if line == opened { RowKind::Row } else { RowKind::Line },
    };
    record.lines().filter(|(_, text)| !text.is_empty()).map(row).collect()
}
