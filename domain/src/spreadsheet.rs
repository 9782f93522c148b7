//! Text that goes into a CSV file, which people open in a spreadsheet.

use std::borrow::Cow;

use crate::text;

/// A cell that no spreadsheet carries out: one that begins like a formula gets an apostrophe in front
/// (OWASP, "CSV Injection").
#[must_use]
pub fn cell(text: &str) -> Cow<'_, str> {
    if begins_like_a_formula(text) { format!("'{text}").into() } else { text.into() }
}

/// The text of a cell that [`cell`] may have written.
#[must_use]
pub fn text(cell: &str) -> &str {
    cell.strip_prefix('\'').filter(|text| begins_like_a_formula(text)).unwrap_or(cell)
}

/// Whether a cell holds nothing that is seen.
#[must_use]
pub fn is_blank(cell: &str) -> bool {
    text::is_blank(cell)
}

fn begins_like_a_formula(text: &str) -> bool {
    text.starts_with(['=', '+', '-', '@', '\t', '\r'])
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
        for text in ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "=", "-"] {
            assert_eq!(cell(text), format!("'{text}"));
            assert_eq!(super::text(&cell(text)), text);
        }
        for text in ["", "Asha", "a=1", "1-2", " =1", "'=1", "é", "a@example.com"] {
            assert_eq!(cell(text), text);
        }
        for text in ["", "'", "Asha", "'Asha'", "''=1", "d'-"] {
            assert_eq!(super::text(text), text);
        }
    }

    #[test]
    fn phones_keep_their_plus_as_long_as_they_are_phones() {
        assert_eq!(phone_cell("+919876543210"), "+919876543210");
        for text in ["+91+1", "+91-98", "+cmd|' /C calc'!A0", "=1"] {
            assert_eq!(phone_cell(text), format!("'{text}"));
        }
    }
}
