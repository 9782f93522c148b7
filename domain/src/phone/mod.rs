//! Phone numbers as people type them, read as E.164 (ITU-T E.164; the countries' plans are libphonenumber's).

#[cfg(feature = "server")]
mod date;
#[cfg(feature = "server")]
mod extension;
#[cfg(feature = "server")]
mod judge;
#[cfg(feature = "server")]
mod place;
#[cfg(feature = "server")]
mod plan;
#[cfg(feature = "server")]
mod reason;
#[cfg(feature = "server")]
mod written;

#[cfg(feature = "server")]
use crate::Invalid;
use crate::text::is_unseen;
#[cfg(feature = "server")]
use {reason::Reason, written::Written};

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
/// than any published plan. Old forms that the country's plan knows become the present one.
///
/// # Errors
/// Says why it is no number, or more than one, and shows one of the company's country.
#[cfg(feature = "server")]
pub fn e164(text: &str, country: &str) -> Result<String, Invalid> {
    read(text, country).map_err(|reason| Invalid::new("phone", reason.sentence(country)))
}

#[cfg(feature = "server")]
fn read(text: &str, country: &str) -> Result<String, Reason> {
    let written = written::read(text, country)?;
    let Written { plus, digits, .. } = &written;
    let readings = plan::readings(*plus, digits, country);
    let valid = readings.iter().find(|number| number.is_valid());
    match valid.or_else(|| readings.iter().find(|number| number.is_possible())) {
        Some(_) if written.are_two(country) => Err(Reason::Two),
        Some(number) => Ok(number.e164()),
        None if written.are_two(country) => Err(Reason::Two),
        None => Err(Reason::of_digits(*plus, digits, country)),
    }
}
