//! Phone numbers as people type them, read as E.164 (ITU-T E.164; the countries' plans are libphonenumber's).

#[cfg(feature = "server")]
mod plan;

#[cfg(feature = "server")]
use crate::Invalid;
use crate::text::is_unseen;

/// Whether people write this within a number, between its digits.
#[must_use]
pub fn separates(c: char) -> bool {
    // Telephones copy marks of direction with a number.
    is_unseen(c)
        || "-.()[]/~".contains(c)
        || matches!(c, '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{30fc}' | '\u{ff08}' | '\u{ff09}' | '\u{ff0d}'..='\u{ff0f}')
}

/// Whether a phone is written as leads have theirs: a plus and 7 to 15 digits, whether or not a country has the number.
#[must_use]
pub fn is_stored_so(text: &str) -> bool {
    let digits = text.strip_prefix('+').unwrap_or_default();
    (7..=15).contains(&digits.len()) && digits.bytes().all(|byte| byte.is_ascii_digit())
}

/// Reads a phone number and gives it as E.164. What has no plus is a number of `country` (ISO 3166-1 alpha-2) where it
/// can be one, as dialled there or without what is dialled first; otherwise one that is dialled abroad from there (00…),
/// or that begins with the country's own calling code. What has a plus is judged by the plan of its own country.
///
/// A number only has to have a length that people's numbers have in its country, since real lists hold numbers newer
/// than any published plan.
///
/// # Errors
/// Says what is allowed when it can't be a number.
#[cfg(feature = "server")]
pub fn e164(text: &str, country: &str) -> Result<String, Invalid> {
    let text = text.trim();
    if text.is_empty() {
        return Err(Invalid::new("phone", "The phone is required."));
    }
    let readings = match typed(text) {
        Some((true, digits)) => plan::international(&digits),
        Some((false, digits)) => plan::domestic(&digits, country),
        None => Vec::new(),
    };
    let valid = readings.iter().find(|number| number.is_valid());
    let number = valid.or_else(|| readings.iter().find(|number| number.is_possible()));
    number.map(plan::Number::e164).ok_or_else(|| {
        Invalid::new(
            "phone",
            "The phone must be a number with its country code (+91…) or as dialled in the company's country.",
        )
    })
}

/// Whether there is a plus, and the digits; nothing where there are letters among them.
#[cfg(feature = "server")]
fn typed(text: &str) -> Option<(bool, String)> {
    let is_plus = |c: char| matches!(c, '+' | '\u{ff0b}');
    // A word may come before it, as in “tel:”.
    let text = text.trim_start_matches(|c: char| !is_plus(c) && !c.is_ascii_digit());
    let number = text.trim_start_matches(is_plus).trim_end_matches(|c: char| !c.is_alphanumeric());
    let plain = number.chars().all(|c| c.is_ascii_digit() || separates(c));
    plain.then(|| (text.starts_with(is_plus), number.chars().filter(char::is_ascii_digit).collect()))
}
