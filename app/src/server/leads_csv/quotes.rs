//! Quotes that swallow lines, or don't say what they mean.

use calliyo_domain::{
    csv::{Flaw, Record, Shape, cells, swallows},
    digits, phone,
};

use super::FileError;

/// As many digits in a row are a phone, whatever its country; a date has fewer.
const MANY: std::ops::RangeInclusive<usize> = 9..=15;

/// More characters hold more than a phone.
const LONGEST: usize = 200;

/// Why a row's quotes can't be trusted, if so. A quoted cell may hold line ends, but no other row ([`swallows`]).
pub fn problem(record: &Record<'_>, shape: Option<&Shape<'_>>) -> Option<String> {
    let last = record.last_line;
    let within = if last > record.line { format!("lines {} to {last} are in it", record.line) } else { String::new() };
    Some(match record.flaw {
        None if shape.is_some_and(|shape| swallows(record, shape)) => makes_one(record),
        None => return None,
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

fn makes_one(record: &Record<'_>) -> String {
    format!(
        "A quote makes several rows one: lines {} to {} are in it. Put a quote at both ends of a cell, or none; a cell of several lines has no phone where the phones stand.",
        record.line, record.last_line
    )
}

/// Whether a cell holds what is meant as a phone of `country`, whatever else it holds.
pub fn is_like_a_phone(cell: &str, country: &str) -> bool {
    let plain = digits::plain(cell.get(..cell.floor_char_boundary(LONGEST)).unwrap_or(cell));
    let sets_off = |c: char| c.is_alphabetic() || matches!(c, ',' | ';' | ':' | '/' | '|' | '"' | '#' | '@');
    is_shortened(&plain) || plain.split(sets_off).any(|part| is_number(part, country))
}

fn is_number(part: &str, country: &str) -> bool {
    let run = part.split(|c: char| !c.is_ascii_digit()).map(str::len).max().unwrap_or_default();
    MANY.contains(&run) || part.bytes().any(|byte| byte.is_ascii_digit()) && phone::e164(part, country).is_ok()
}

/// `9.81E+09`, as spreadsheets shorten long numbers.
fn is_shortened(plain: &str) -> bool {
    let is_digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let plain = plain.trim_matches(|c: char| !c.is_ascii_digit());
    plain.split_once(['e', 'E']).is_some_and(|(mantissa, exponent)| {
        let mantissa = mantissa.replacen(['.', ','], "", 1);
        is_digits(&mantissa) && is_digits(exponent.trim_start_matches(['+', '-']))
    })
}

/// Whether the line that names the columns can be trusted: it names no phone.
///
/// # Errors
/// Says which quote can't.
pub fn header(record: &Record<'_>, separator: u8) -> Result<(), FileError> {
    let is_row = |line: &str| {
        let cells = || cells(line, separator);
        cells().nth(1).is_some() && cells().any(|cell| is_like_a_phone(cell, "") || has_spaced_phone(cell))
    };
    let said = match problem(record, None) {
        Some(problem) => problem,
        None if record.lines().skip(1).any(|(_, line)| is_row(line)) => makes_one(record),
        None => return Ok(()),
    };
    let said = said.trim_end_matches('.');
    Err(FileError::Header(format!("line {}, which names the columns, can't be read: {said}", record.line)))
}

/// Whether it is a phone in groups, of whatever country.
fn has_spaced_phone(cell: &str) -> bool {
    let is_group = |c: char| c.is_ascii_digit() || matches!(c, ' ' | '-' | '(' | ')');
    let plain = digits::plain(cell);
    plain.split(|c| !is_group(c)).any(|part| MANY.contains(&part.bytes().filter(u8::is_ascii_digit).count()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn phones_are_known_as_people_write_them() {
        for cell in [
            "+919876543210",
            "98765 43210",
            "Mob. 98765 43210",
            "tel:+91-98765-43210",
            "p:+919876543210",
            "9.81E+09",
            "\"9876543210",
            "9876543201/9876543202",
            "022-23456780 ext 12",
            "९८७६५ ४३२१०",
            "98765 43210 (home)",
            "9876543210.0",
            "'+919876543210",
            "987654321",
            "phone no 9876543210 or at the office",
        ] {
            assert!(is_like_a_phone(cell, "IN"), "{cell}");
        }
        for cell in [
            "",
            "Asha",
            "2026-05-11",
            " on 11.05.2026",
            "2026-05-11 10:30",
            "Pune 411001",
            "12",
            "12.50",
            "20260511",
            "Rs. 1,50,000",
            "12, MG Road",
            "B2E",
            "E",
            "1E",
        ] {
            assert!(!is_like_a_phone(cell, "IN"), "{cell}");
        }
        assert!(is_like_a_phone("8123 4567", "SG") && !is_like_a_phone("8123 4567", "IN"));
    }
}
