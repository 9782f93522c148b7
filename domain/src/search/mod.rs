//! Finding leads by the words of their names, phone numbers and emails. What a lead is found by and what somebody
//! types become words in the same way, here, so that every database finds the same.

mod phone;
mod words;

use self::words::{plain, words};
pub use self::{phone::Phone, words::folded};
use crate::{digits, visibility::Customers};

/// Begins the words that nothing but customers has. It is for private use: no name holds it in a word, and nobody can
/// type it into one.
const MARK: char = '\u{E000}';

/// The most words of a search that count.
const WORDS: usize = 12;

/// What somebody typed to find leads: each word is to begin one of the lead's.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Search {
    /// Empty where nothing was typed that could be found.
    pub words: Vec<Spellings>,
    /// What of it reads as a phone number: a lead is found by that as well.
    pub phone: Option<Phone>,
}

/// A word in each way in which leads may have it, the likely one first.
pub type Spellings = Vec<String>;

impl Search {
    /// Nothing for blank text.
    #[must_use]
    pub fn of(typed: &str) -> Option<Self> {
        let typed = digits::plain(&crate::text::line(typed));
        (!typed.is_empty()).then(|| Self { words: spelled(&typed), phone: Phone::of(&typed) })
    }
}

/// The words that are typed, as leads have them: those that came before letters were made plain have them as they are.
fn spelled(typed: &str) -> Vec<Spellings> {
    let spellings = |word: String| match plain(&word) {
        plain if plain == word => {
            let ending = phone::ending(&word).filter(|_| word.bytes().all(|byte| byte.is_ascii_digit()));
            [Some(word), ending].into_iter().flatten().collect()
        }
        plain => vec![plain, word],
    };
    words(typed).take(WORDS).map(spellings).collect()
}

/// The words that a lead is found by, separated by blanks: those of its fields, and the marks of the customers that it
/// is among.
#[must_use]
pub fn of_lead(first_name: &str, last_name: &str, phone: &str, email: &str, among: &[Customers]) -> String {
    let mut found: Vec<String> =
        [first_name, last_name, email].into_iter().flat_map(words).map(|word| plain(&word)).collect();
    found.extend(phone::words(phone));
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::status::{ASSIGNED, CUSTOMER};

    fn found_by(typed: &str) -> Vec<String> {
        Search::of(typed).map(|search| search.words.concat()).unwrap_or_default()
    }

    #[test]
    fn a_lead_is_found_by_its_words() {
        assert_eq!(
            of_lead("Asha", "Rão-Désai", "+919876543210", "Asha.R@Example.com", &[]),
            "919876543210 9876543210 asha com desai example r rao \u{E001}012345678919"
        );
        assert_eq!(
            of_lead("🦊", "", "+18725550112", "", &[]),
            "18725550112 8725550112 \u{E001}21105552781 \u{E002}1f98a"
        );
        assert_eq!(of_lead("Asha👍🏽❤\u{fe0f}", "क्\u{200d}ष", "+1", "", &[]), "1 asha क्ष \u{E002}02764 \u{E002}1f44d");
        assert_eq!(of_lead("x", "", "+1", "", &[]), "1 x");
        assert_eq!(of_lead("Łukasz", "Strauß-Ørsted", "+1", "", &[]), "1 lukasz orsted strauss");
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
    fn what_is_typed_becomes_words() {
        assert_eq!(found_by("  ASHA rã "), ["asha", "ra"]);
        assert_eq!(found_by("O'Neil% \"AND* NOT"), ["o", "neil", "and", "not"]);
        assert_eq!(found_by("प्रिया"), ["प्रिया"]);
        assert_eq!(found_by("e\u{301}lodie ÉLODIE"), ["elodie", "elodie"]);
        assert_eq!(
            found_by("Đorđe ISTANBUL ısı Þór Æon"),
            ["dorde", "đorđe", "istanbul", "isi", "ısı", "thor", "þor", "aeon", "æon"]
        );
        assert_eq!(found_by(&"x".repeat(500)), ["x".repeat(60)]);
        assert_eq!(found_by(&"x ".repeat(500)).len(), 12);
        assert_eq!(Search::of(" \t"), None);
        assert_eq!(found_by("🦊"), ["\u{E002}1f98a"]);
        assert_eq!(found_by("\u{a0}%%% ९८७६"), ["9876", "\u{E001}6789"]);
        assert_eq!(found_by("\u{200b}asha"), ["asha"]);
        assert_eq!(Search::of("%%%"), Some(Search::default()));
        assert_eq!(Search::of("\u{200b}"), None);
    }
}
