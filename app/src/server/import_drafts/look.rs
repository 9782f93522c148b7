//! What a draft holds, before anything is asked of the database.

use calliyo_db::import_drafts::Draft;
use calliyo_domain::{
    Invalid,
    import::{self, Column, ENCODINGS, Mapping, Reading},
    quoted::{quoted, shown},
};

use crate::{
    Fault,
    leads::import::{DraftColumn, DraftEncoding, DraftPage},
    server::{
        leads_csv::{FileError, Judge, Parsed, Table, count_rows, decode, first_lines, rows, samples},
        made_under,
    },
};

/// So much is shown of a column's name and of what the first row has there, in characters.
const SHOWN: usize = 60;

/// What the columns are taken as, and what the file holds then; nothing where that can't be said yet.
pub fn look(id: i64, draft: &Draft, reading: &Reading, chosen: &str, judge: &Judge) -> (DraftPage, Option<Parsed>) {
    let asked = !reading.encoding.is_empty();
    let page = DraftPage {
        id,
        file: draft.file.clone(),
        header_line: reading.header_line.unwrap_or_default(),
        encodings: if asked { encodings(&draft.content, &reading.encoding) } else { Vec::new() },
        encoding: reading.encoding.clone(),
        commas_in_tags: reading.commas_in_tags,
        country: judge.country().to_owned(),
        ..DraftPage::default()
    };
    let text = match decode(&draft.content, reading) {
        Ok(text) => text,
        Err(error) => {
            let encodings = match error {
                FileError::NotUtf8 { .. } | FileError::Misfit { .. } => encodings(&draft.content, &reading.encoding),
                _ => Vec::new(),
            };
            return (DraftPage { encodings, problem: Some(error.into()), ..page }, None);
        }
    };
    let page = DraftPage { first_lines: first_lines(&text), ..page };
    match Table::open(&text, reading.header_line) {
        Ok(table) => columns(page, &table, chosen, judge),
        Err(error) => (DraftPage { problem: Some(error.into()), ..page }, None),
    }
}

/// Whether a file can be read so as a table, and its phones still are the numbers that were shown under the country
/// `made`, in a company of `country`.
pub fn readable(
    content: &[u8],
    reading: &Reading,
    mapping: &Mapping,
    (made, country): (&str, &str),
) -> Result<(), Fault> {
    let text = decode(content, reading).map_err(Invalid::from)?;
    let table = Table::open(&text, reading.header_line).map_err(Invalid::from)?;
    import::check_rows(count_rows(&table))?;
    mapping.check()?;
    let phone = mapping.place(Column::Phone);
    let cells = table.rows().filter_map(|row| row.cells.into_iter().nth(phone?));
    made_under::phones(cells, made, country)
}

fn columns(page: DraftPage, table: &Table<'_>, chosen: &str, judge: &Judge) -> (DraftPage, Option<Parsed>) {
    let names = || table.names.iter().map(String::as_str);
    let mapping = if chosen.is_empty() { table.guess() } else { Mapping::read(chosen) };
    let first = table.rows().next().map(|row| row.cells).unwrap_or_default();
    let column = |(at, name): (usize, &str)| DraftColumn {
        name: shown(name, SHOWN),
        sample: first.get(at).map(|cell| shown(cell, SHOWN)).unwrap_or_default(),
        taken_as: mapping.at(at),
    };
    let fits = |(at, column): (usize, Column)| {
        let taken = mapping.place(column).map(|place| quoted(&table.names[place])).unwrap_or_default();
        format!(
            "{} is passed over: {taken} is taken as the {} already.",
            quoted(&table.names[at]),
            column.title().to_lowercase()
        )
    };
    let (problem, parsed) = match mapping.check() {
        Ok(()) => counted(rows(table, &mapping, judge)),
        Err(missing) => {
            let missing = || better(table, &mapping, missing);
            (Some(table.known(&mapping).map_or_else(|error| at_columns(error.into()), |()| missing())), None)
        }
    };
    let page = DraftPage {
        columns: names().enumerate().map(column).collect(),
        also_fit: mapping.also_fit(names()).into_iter().map(fits).collect(),
        header_line: table.header_line,
        problem,
        ..page
    };
    (page, parsed)
}

/// The rows, unless they are none or too many: another header line, another encoding or what a quote makes one may give
/// more than were counted when the file came.
fn counted(parsed: Parsed) -> (Option<Invalid>, Option<Parsed>) {
    match import::check_rows(parsed.count()) {
        Ok(()) => (None, Some(parsed)),
        Err(invalid) => (Some(at_columns(invalid)), None),
    }
}

/// What is missing, and the line that has it, where the columns are named by a line that doesn't.
fn better(table: &Table<'_>, mapping: &Mapping, missing: Invalid) -> Invalid {
    match table.better_line().filter(|_| *mapping == table.guess()) {
        Some(line) => {
            let message = format!("{} Line {line} names all that is needed: choose it instead.", missing.message);
            Invalid::new(&missing.field, message)
        }
        None => missing,
    }
}

fn at_columns(invalid: Invalid) -> Invalid {
    Invalid::new("columns", invalid.to_string())
}

fn encodings(content: &[u8], chosen: &str) -> Vec<DraftEncoding> {
    let encoding = |(key, title): (&str, &str)| DraftEncoding {
        key: key.to_owned(),
        title: title.to_owned(),
        sample: samples(content, key),
    };
    let mut encodings: Vec<_> = ENCODINGS.map(encoding).into();
    // What its words don't fit is no choice, unless it was made.
    encodings.retain(|encoding| encoding.key == chosen || !encoding.sample.contains('\u{fffd}'));
    encodings
}
