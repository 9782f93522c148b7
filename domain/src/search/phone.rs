//! The phone number in what somebody typed, and the words that stand for a lead's.

use super::{Spellings, spelled, words::WORD};
use crate::phone::separates;

/// Begins the word that has a phone's digits from the last to the first: those that end it begin that word.
const FROM_BEHIND: char = '\u{E001}';

/// How many digits that end a phone find its lead.
const LAST_DIGITS: usize = 4;

/// A phone number that was typed, in one piece or in several.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Phone {
    pub digits: Spellings,
    /// The words that were typed beside it.
    pub beside: Vec<Spellings>,
}

impl Phone {
    /// The digits of a phone number as people write it; nothing where there are two of them.
    pub(super) fn of(typed: &str) -> Option<Self> {
        let of_number = |c: char| c.is_ascii_digit() || c == '+' || separates(c);
        let pieces = || typed.split_whitespace().filter(|piece| !piece.chars().all(separates));
        let pieces: Vec<(bool, &str)> = pieces().map(|piece| (piece.chars().all(of_number), piece)).collect();
        let mut runs = pieces.chunk_by(|(a, _), (b, _)| a == b).filter(|run| run.iter().any(|(number, _)| *number));
        let text = |pieces: &[(bool, &str)]| pieces.iter().map(|(_, text)| *text).collect::<Vec<_>>().join(" ");
        let number = runs.next().map(text).filter(|_| runs.next().is_none())?;
        let digits = [as_dialled(&number), ending(&number).into_iter().collect()].concat();
        let others: Vec<_> = pieces.into_iter().filter(|(number, _)| !number).collect();
        (!digits.is_empty()).then(|| Self { digits, beside: spelled(&text(&others)) })
    }
}

/// The zeros that are dialled before a number are no part of it, nor is one in brackets; except in some countries. A few
/// digits behind zeros end a number rather than begin one.
fn as_dialled(number: &str) -> Spellings {
    let digits = |text: &str| text.chars().filter(char::is_ascii_digit).collect::<String>();
    let (all, international) = (digits(number), digits(&number.replace("(0)", "")));
    let dialled = international.trim_start_matches('0');
    if dialled.is_empty() {
        return Vec::new();
    }
    let is_an_end = dialled.len() < LAST_DIGITS && dialled.len() < international.len();
    let mut spellings: Spellings = Vec::new();
    for digits in [dialled, &international, &all].into_iter().skip(usize::from(is_an_end)) {
        let digits: String = digits.chars().take(WORD).collect();
        if !spellings.contains(&digits) {
            spellings.push(digits);
        }
    }
    spellings
}

/// A word that a lead has whose phone ends as these digits do; nothing for a few, and for a number from its plus on.
pub(super) fn ending(number: &str) -> Option<String> {
    let digits: String = number.chars().filter(char::is_ascii_digit).collect();
    let is_ending = digits.len() >= LAST_DIGITS && !number.contains('+');
    is_ending.then(|| from_behind(&digits))
}

fn from_behind(digits: &str) -> String {
    let backwards = digits.chars().rev().take(WORD);
    std::iter::once(FROM_BEHIND).chain(backwards).collect()
}

/// The words that a lead is found by for its phone, `+` and digits: the digits from the country code on, those behind
/// it, and all of them from the last on.
pub(super) fn words(phone: &str) -> impl Iterator<Item = String> {
    let digits: String = phone.chars().filter(char::is_ascii_digit).collect();
    let national = digits.get(country_code(&digits)..).unwrap_or_default().to_owned();
    let behind = (digits.len() >= LAST_DIGITS).then(|| from_behind(&digits));
    [digits, national].into_iter().filter(|digits| !digits.is_empty()).chain(behind)
}

/// How many of an international number's digits are its country code (ITU-T E.164, "List of assigned country codes").
fn country_code(digits: &str) -> usize {
    let mut digits = digits.chars();
    let (Some(first), Some(second)) = (digits.next(), digits.next()) else { return 0 };
    let second_of_two = match first {
        '1' | '7' => return 1,
        '2' => "07",
        '3' => "0123469",
        '4' => "013456789",
        '5' => "12345678",
        '6' => "0123456",
        '8' => "1246",
        '9' => "0123458",
        _ => "",
    };
    if second_of_two.contains(second) { 2 } else { 3 }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::search::Search;

    #[test]
    fn country_codes() {
        for (digits, length) in [
            ("18725550112", 1),
            ("79161234567", 1),
            ("201001234567", 2),
            ("442079460018", 2),
            ("919876543210", 2),
            ("33123456789", 2),
            ("971501234567", 3),
            ("351912345678", 3),
            ("8801712345678", 3),
            ("9", 0),
            ("", 0),
        ] {
            assert_eq!(country_code(digits), length, "{digits}");
        }
    }

    #[test]
    fn phones_as_people_write_them() {
        let phone = |typed: &str| Search::of(typed).and_then(|search| search.phone);
        let digits = |typed: &str| phone(typed).map(|phone| phone.digits).unwrap_or_default();
        for typed in [
            "+91 98765-43210",
            "+91\u{a0}98765\u{202f}43210",
            "+91\u{2011}98765\u{2013}43210",
            "\u{202a}+91 98765 43210\u{202c}",
            "+91/98765/43210",
            "+91 - 98765 43210",
        ] {
            assert_eq!(digits(typed), ["919876543210"], "{typed:?}");
        }
        assert_eq!(digits("(020) 7946.0018"), ["2079460018", "02079460018", "\u{E001}81006497020"]);
        assert_eq!(digits("43 210"), ["43210", "\u{E001}01234"]);
        assert_eq!(digits("0018"), ["0018", "\u{E001}8100"]);
        assert_eq!(digits("00 18 72"), ["1872", "001872", "\u{E001}278100"]);
        assert_eq!(digits("210"), ["210"]);
        assert_eq!(digits("+44 (0)20 7946 0018"), ["442079460018", "4402079460018"]);
        assert_eq!(digits("00"), [""; 0]);
        assert_eq!(phone("- +"), None);
    }

    #[test]
    fn a_phone_may_stand_beside_a_name() {
        let phone = |typed: &str| Search::of(typed).and_then(|search| search.phone);
        let beside = |typed: &str| phone(typed).map(|phone| (phone.digits.concat(), phone.beside.concat()));
        let asha = Some(("9876543210\u{E001}0123456789".to_owned(), vec!["asha".to_owned()]));
        assert_eq!(beside("asha 98765 43210"), asha);
        assert_eq!(beside("98765-43210 Asha"), asha);
        assert_eq!(beside("Asha: 98765 43210"), asha);
        assert_eq!(beside("asha rao"), None);
        assert_eq!(beside("98765 asha 43210"), None, "two of them");
    }
}
