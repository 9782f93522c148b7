//! Finding leads by the words of their names, phone numbers and emails. What a lead is found by and what somebody
//! types become words in the same way, here, so that every database finds the same.

use unicode_normalization::{UnicodeNormalization as _, char::is_combining_mark};

use crate::visibility::Customers;

/// Begins the words that nothing but customers has. It is for private use: no name holds it in a word, and nobody can
/// type it into one.
const MARK: char = '\u{E000}';

/// The most characters of a word that count.
const WORD: usize = 60;

/// The most words of a search that count.
const WORDS: usize = 12;

/// What somebody typed to find leads: each word is to begin one of the lead's.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Search {
    /// Empty where nothing was typed that could be found.
    pub words: Vec<String>,
    /// The digits of what reads as a phone number: a lead is found by them as well.
    pub phone: Option<String>,
}

impl Search {
    /// Nothing for blank text.
    #[must_use]
    pub fn of(typed: &str) -> Option<Self> {
        let typed = typed.trim();
        (!typed.is_empty()).then(|| Self { words: words(typed).take(WORDS).collect(), phone: phone(typed) })
    }
}

/// The words that a lead is found by, separated by blanks: those of its fields, and the marks of the customers that it
/// is among.
#[must_use]
pub fn of_lead(first_name: &str, last_name: &str, phone: &str, email: &str, among: &[Customers]) -> String {
    let mut found: Vec<String> = [first_name, last_name, email].into_iter().flat_map(words).collect();
    let digits: String = phone.chars().filter(char::is_ascii_digit).collect();
    let national = digits.get(country_code(&digits)..).unwrap_or_default();
    found.extend([&digits, national].into_iter().filter(|digits| !digits.is_empty()).map(str::to_owned));
    found.extend(among.iter().map(|customers| mark(*customers)));
    found.sort_unstable();
    found.dedup();
    found.join(" ")
}

/// The word that a lead has where it is among these customers, and none else. It counts as a whole: one agent's begins
/// another's.
#[must_use]
pub fn mark(customers: Customers) -> String {
    match customers {
        Customers::All => MARK.to_string(),
        Customers::ConvertedBy(agent) => format!("{MARK}{agent}"),
    }
}

/// Letters and digits without regard to case and accents; all else separates words. The marks of Indian scripts belong
/// to their letters.
fn words(text: &str) -> impl Iterator<Item = String> {
    let accent = |c: &char| ('\u{300}'..='\u{36f}').contains(c);
    let plain: String = text.nfkd().filter(|c| !accent(c)).flat_map(char::to_lowercase).collect();
    let words: Vec<String> = plain
        .split(|c: char| !c.is_alphanumeric() && !is_combining_mark(c))
        .filter(|word| !word.is_empty())
        .map(|word| word.chars().take(WORD).collect())
        .collect();
    words.into_iter()
}

/// The digits of a phone number as people write it. The zeros that are dialled before a number are no part of it.
fn phone(typed: &str) -> Option<String> {
    let belongs = |c: char| c.is_ascii_digit() || " +-().".contains(c);
    let digits: String = typed.chars().filter(char::is_ascii_digit).collect();
    let digits = digits.trim_start_matches('0');
    (typed.chars().all(belongs) && !digits.is_empty()).then(|| digits.chars().take(WORD).collect())
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
    use crate::status::{ASSIGNED, CUSTOMER};

    fn found_by(typed: &str) -> Vec<String> {
        Search::of(typed).map(|search| search.words).unwrap_or_default()
    }

    #[test]
    fn a_lead_is_found_by_its_words() {
        assert_eq!(
            of_lead("Asha", "Rão-Désai", "+919876543210", "Asha.R@Example.com", &[]),
            "919876543210 9876543210 asha com desai example r rao"
        );
        assert_eq!(of_lead("🦊", "", "+18725550112", "", &[]), "18725550112 8725550112");
        assert_eq!(of_lead("x", "", "+1", "", &[]), "1 x");
    }

    #[test]
    fn customers_are_marked() {
        let among = |status, converter| of_lead("x", "", "+1", "", &Customers::holding(status, converter));
        assert_eq!(among(CUSTOMER, Some(7)), "1 x \u{E000} \u{E000}7");
        assert_eq!(among(CUSTOMER, None), "1 x \u{E000}");
        assert_eq!(among(ASSIGNED, Some(7)), "1 x");
        assert_eq!(of_lead("\u{E000}", "x\u{E000}7", "+1", "\u{E000}7", &[]), "1 7 x", "a name is no mark");
    }

    #[test]
    fn nobody_can_type_a_mark() {
        let every_character: String = (char::MIN..=char::MAX).flat_map(|c| [c, ' ']).collect();
        assert!(words(&every_character).all(|word| !word.contains(MARK)));
        assert_eq!(found_by("a\u{E000}7 \u{E000}"), ["a", "7"]);
        assert_eq!(Search::of("\u{E000}"), Some(Search::default()));
    }

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
    fn what_is_typed_becomes_words() {
        assert_eq!(found_by("  ASHA rã "), ["asha", "ra"]);
        assert_eq!(found_by("O'Neil% \"AND* NOT"), ["o", "neil", "and", "not"]);
        assert_eq!(found_by("प्रिया"), ["प्रिया"]);
        assert_eq!(found_by("e\u{301}lodie ÉLODIE"), ["elodie", "elodie"]);
        assert_eq!(found_by(&"x".repeat(500)), ["x".repeat(60)]);
        assert_eq!(found_by(&"x ".repeat(500)).len(), 12);
        assert_eq!(Search::of(" \t"), None);
        assert_eq!(Search::of("%%% 🦊"), Some(Search::default()));
    }

    #[test]
    fn phones_as_people_write_them() {
        let phone = |typed| Search::of(typed).and_then(|search| search.phone);
        assert_eq!(phone("+91 98765-43210").as_deref(), Some("919876543210"));
        assert_eq!(phone("(020) 7946.0018").as_deref(), Some("2079460018"));
        assert_eq!(phone("asha 98765"), None);
        assert_eq!(phone("00"), None);
        assert_eq!(phone("- +"), None);
    }
}
