//! Quotes that swallow lines, or don't say what they mean.

use calliyo_domain::csv::{Flaw, Record, cells};

use super::FileError;

/// A phone has as many digits at least, and at most.
const DIGITS: std::ops::RangeInclusive<usize> = 7..=15;

/// So many columns don't come by chance in a line of a note.
const MANY: usize = 5;

/// Why a row's quotes can't be trusted, if so. A quoted cell may hold line ends; two or more lines that have a row's own
/// phone or cells are rows that a stray quote has made one. `columns` is how many the file has, `phone` which of them
/// is the phone.
pub fn problem(record: &Record<'_>, separator: u8, columns: usize, phone: Option<usize>) -> Option<String> {
    let last = record.last_line;
    let within = if last > record.line { format!("lines {} to {last} are in it", record.line) } else { String::new() };
    Some(match record.flaw {
        None if record.line == last => return None,
        None if rows_within(record, separator, columns, phone) < 2 => return None,
        None => format!("A quote makes several rows one: {within}. Put a quote at both ends of a cell, or none."),
        Some(Flaw::Unclosed { opened }) if within.is_empty() => {
            format!("The quote that line {opened} opens is never closed.")
        }
        Some(Flaw::Unclosed { opened }) => {
            format!("The quote that line {opened} opens is never closed: {within}, to the file's end.")
        }
        Some(Flaw::AfterQuote { opened, closed }) if closed > opened => {
            format!("The quote that line {opened} opens is closed amid line {closed}: {within}.")
        }
        Some(Flaw::AfterQuote { .. }) => {
            "Text stands behind a cell's closing quote. Within quotes, a quote is written twice.".to_owned()
        }
        Some(Flaw::Backslash { .. }) => {
            let within = if within.is_empty() { within } else { format!("; {within}") };
            format!(
                "A backslash stands before a quote{within}. Within quotes, a quote is written twice, without a backslash."
            )
        }
        Some(Flaw::TooMany) => "The row has more than 1,000 cells.".to_owned(),
    })
}

/// How many of its lines could be rows by themselves.
fn rows_within(record: &Record<'_>, separator: u8, columns: usize, phone: Option<usize>) -> usize {
    let is_row = |line: &str| {
        let count = cells(line, separator).count();
        let has_phone = phone.and_then(|at| cells(line, separator).nth(at)).is_some_and(is_like_a_phone);
        count > 1 && has_phone || count == columns && columns >= MANY
    };
    record.lines().filter(|(_, line)| is_row(line)).count()
}

fn is_like_a_phone(cell: &str) -> bool {
    let cell = cell.trim_matches(|c: char| c.is_whitespace() || matches!(c, '"' | '\''));
    let cell = cell.strip_prefix("p:").unwrap_or(cell);
    let digits = cell.chars().filter(|c| c.is_numeric()).count();
    DIGITS.contains(&digits) && cell.chars().all(|c| c.is_numeric() || !c.is_alphabetic() && c != '@')
}

/// Whether the line that names the columns can be trusted.
///
/// # Errors
/// Says which quote can't.
pub fn header(record: &Record<'_>, separator: u8) -> Result<(), FileError> {
    let swallows = || record.lines().skip(1).any(|(_, line)| cells(line, separator).skip(1).any(is_like_a_phone));
    let said = match problem(record, separator, usize::MAX, None) {
        Some(problem) => problem,
        None if record.last_line > record.line && swallows() => {
            format!("A quote makes several rows one: lines {} to {} are in it.", record.line, record.last_line)
        }
        None => return Ok(()),
    };
    let said = said.trim_end_matches('.');
    Err(FileError::Header(format!("line {}, which names the columns, can't be read: {said}", record.line)))
}
