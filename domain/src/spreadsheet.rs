//! Text that goes into a CSV file, which people open in a spreadsheet.

use std::borrow::Cow;

use crate::text;

/// A cell that no spreadsheet carries out: what begins like a formula gets an apostrophe in front (OWASP, "CSV
/// Injection"), behind each semicolon too, since some spreadsheets split there. What has apostrophes there gets one more,
/// so that [`text`] finds what it was.
#[must_use]
pub fn cell(text: &str) -> Cow<'_, str> {
    if !text.split(SEPARATOR).any(begins_like_a_formula) {
        return text.into();
    }
    let defused = |part| if begins_like_a_formula(part) { format!("'{part}") } else { part.to_owned() };
    text.split(SEPARATOR).map(defused).collect::<Vec<_>>().join(";").into()
}

/// The text of a cell that [`cell`] may have written.
#[must_use]
pub fn text(cell: &str) -> Cow<'_, str> {
    let is_defused = |part: &str| part.starts_with('\'') && begins_like_a_formula(part);
    if !cell.split(SEPARATOR).any(is_defused) {
        return cell.into();
    }
    let read = |part| if is_defused(part) { part.strip_prefix('\'').unwrap_or(part) } else { part };
    cell.split(SEPARATOR).map(read).collect::<Vec<_>>().join(";").into()
}

const SEPARATOR: char = ';';

/// Whether a cell holds nothing that is seen.
#[must_use]
pub fn is_blank(cell: &str) -> bool {
    text::is_blank(cell)
}

fn begins_like_a_formula(text: &str) -> bool {
    // Full-width signs are read as the usual ones.
    let signs = ['=', '+', '-', '@', '\t', '\r', '\u{ff1d}', '\u{ff0b}', '\u{ff0d}', '\u{ff20}'];
    text.trim_start_matches('\'').starts_with(signs)
}

/// A phone number's cell. One in E.164 stays as it is: a plus and nothing but digits can be no more than a number,
/// and whoever takes the file in finds the number that they can dial. Anything else is defused as any text is.
#[must_use]
pub fn phone_cell(phone: &str) -> Cow<'_, str> {
    let is_e164 = phone.strip_prefix('+').is_some_and(|rest| rest.bytes().all(|byte| byte.is_ascii_digit()));
    if is_e164 { phone.into() } else { cell(phone) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_begins_like_a_formula_is_defused() {
        for text in [
            "=1+1",
            "+1",
            "-1",
            "@SUM(A1)",
            "\t=1",
            "\r=1",
            "=",
            "-",
            "＝1+1",
            "＋1",
            "－1",
            "＠SUM(A1)",
            "'=1",
            "''-1",
        ] {
            assert_eq!(cell(text), format!("'{text}"));
            assert_eq!(super::text(&cell(text)), text);
        }
        for text in ["", "Asha", "a=1", "1-2", " =1", "é", "a@example.com", "'", "'Asha'", "d'-", "a;b", "a;'b"] {
            assert_eq!(cell(text), text);
            assert_eq!(super::text(text), text);
        }
        for (text, defused) in
            [("a;=1", "a;'=1"), ("=1;=2", "'=1;'=2"), ("a;'=1;b;＋", "a;''=1;b;'＋"), ("-;;-", "'-;;'-")]
        {
            assert_eq!(cell(text), defused);
            assert_eq!(super::text(defused), text);
        }
        assert_eq!(super::text("'-1;=2"), "-1;=2", "as it was written before");
    }

    #[test]
    fn phones_keep_their_plus_as_long_as_they_are_phones() {
        assert_eq!(phone_cell("+919876543210"), "+919876543210");
        for text in ["+91+1", "+91-98", "+cmd|' /C calc'!A0", "=1"] {
            assert_eq!(phone_cell(text), format!("'{text}"));
        }
    }
}
