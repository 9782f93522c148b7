//! Finding leads by the words of their names, phone numbers and emails. What a lead is found by and what somebody
//! types become words in the same way, here, so that every database finds the same.

use unicode_normalization::{UnicodeNormalization as _, char::is_combining_mark};

use crate::{digits, phone::separates, text::is_ignorable, visibility::Customers};

/// Begins the words that nothing but customers has. It is for private use: no name holds it in a word, and nobody can
/// type it into one.
const MARK: char = '\u{E000}';

/// Begins the word that has a phone's digits from the last to the first: those that end it begin that word.
const FROM_BEHIND: char = '\u{E001}';

/// Begins the word that stands for an emoji or another sign: its code point.
const SIGN: char = '\u{E002}';

/// How many digits that end a phone find its lead.
const LAST_DIGITS: usize = 4;

/// The most characters of a word that count.
const WORD: usize = 60;

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

/// A phone number that was typed, in one piece or in several.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Phone {
    pub digits: Spellings,
    /// The words that were typed beside it.
    pub beside: Vec<Spellings>,
}

impl Search {
    /// Nothing for blank text.
    #[must_use]
    pub fn of(typed: &str) -> Option<Self> {
        let typed = digits::plain(&crate::text::line(typed));
        (!typed.is_empty()).then(|| Self { words: spelled(&typed), phone: Phone::of(&typed) })
    }
}

impl Phone {
    /// The digits of a phone number as people write it; nothing where there are two of them.
    fn of(typed: &str) -> Option<Self> {
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

/// The zeros that are dialled before a number are no part of it, nor is one in brackets; except in some countries.
fn as_dialled(number: &str) -> Spellings {
    let digits = |text: &str| text.chars().filter(char::is_ascii_digit).collect::<String>();
    let (all, international) = (digits(number), digits(&number.replace("(0)", "")));
    let mut spellings: Spellings = Vec::new();
    for digits in [international.trim_start_matches('0'), &international, &all] {
        let digits: String = digits.chars().take(WORD).collect();
        if international.trim_start_matches('0').is_empty() || spellings.contains(&digits) {
            continue;
        }
        spellings.push(digits);
    }
    spellings
}

/// A word that a lead has whose phone ends as these digits do; nothing for a few, and for a number from its plus on.
fn ending(number: &str) -> Option<String> {
    let digits: String = number.chars().filter(char::is_ascii_digit).collect();
    let is_ending = digits.len() >= LAST_DIGITS && !number.contains('+');
    is_ending.then(|| from_behind(&digits))
}

fn from_behind(digits: &str) -> String {
    let backwards = digits.chars().rev().take(WORD);
    std::iter::once(FROM_BEHIND).chain(backwards).collect()
}

/// The words that a lead is found by, separated by blanks: those of its fields, and the marks of the customers that it
/// is among.
#[must_use]
pub fn of_lead(first_name: &str, last_name: &str, phone: &str, email: &str, among: &[Customers]) -> String {
    let mut found: Vec<String> =
        [first_name, last_name, email].into_iter().flat_map(words).map(|word| plain(&word)).collect();
    let digits: String = phone.chars().filter(char::is_ascii_digit).collect();
    let national = digits.get(country_code(&digits)..).unwrap_or_default();
    found.extend([&digits, national].into_iter().filter(|digits| !digits.is_empty()).map(str::to_owned));
    if digits.len() >= LAST_DIGITS {
        found.push(from_behind(&digits));
    }
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

/// Text without regard to case, accents, strokes and ligatures, as what is sorted or looked for in it is compared.
#[must_use]
pub fn folded(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    for letter in lower(text).chars() {
        push_plain(&mut folded, letter);
    }
    folded
}

/// Without regard to case, accents, the script of digits and what nobody sees. The marks of Indian scripts are none.
fn lower(text: &str) -> String {
    let unheard = |c: &char| ('\u{300}'..='\u{36f}').contains(c) || is_ignorable(*c);
    let plain = text.nfkd().filter(|c| !unheard(c)).map(|c| digits::ascii(c).unwrap_or(c));
    plain.flat_map(char::to_lowercase).collect()
}

/// Emoji and other signs, which are words by themselves; the colours of skin aren't.
fn is_sign(c: char) -> bool {
    matches!(c, '\u{2190}'..='\u{2bff}' | '\u{3030}' | '\u{303d}' | '\u{1f000}'..='\u{1f3fa}' | '\u{1f400}'..='\u{1faff}')
        && !c.is_alphanumeric()
}

/// Letters and digits without regard to case and accents; all else separates words. The marks of Indian scripts belong
/// to their letters.
fn words(text: &str) -> impl Iterator<Item = String> {
    let mut words: Vec<String> = Vec::new();
    let mut word = String::new();
    let lower = lower(text);
    for c in lower.chars() {
        if c.is_alphanumeric() || is_combining_mark(c) {
            word.push(c);
            continue;
        }
        words.extend(Some(std::mem::take(&mut word)).filter(|word| !word.is_empty()));
        if is_sign(c) {
            words.push(format!("{SIGN}{:05x}", u32::from(c)));
        }
    }
    words.extend(Some(word).filter(|word| !word.is_empty()));
    words.into_iter().map(|word| word.chars().take(WORD).collect())
}

/// The words that are typed, as leads have them: those that came before letters were made plain have them as they are.
fn spelled(typed: &str) -> Vec<Spellings> {
    let spellings = |word: String| match plain(&word) {
        plain if plain == word => {
            let ending = ending(&word).filter(|_| word.bytes().all(|byte| byte.is_ascii_digit()));
            [Some(word), ending].into_iter().flatten().collect()
        }
        plain => vec![plain, word],
    };
    words(typed).take(WORDS).map(spellings).collect()
}

/// A word without strokes and ligatures.
fn plain(word: &str) -> String {
    let mut plain = String::with_capacity(word.len());
    for letter in word.chars() {
        push_plain(&mut plain, letter);
    }
    plain.chars().take(WORD).collect()
}

/// The letter without the strokes and ligatures that Unicode doesn't count as accents, as people without such keys type
/// it.
fn push_plain(plain: &mut String, letter: char) {
    match letter {
        'ł' => plain.push('l'),
        'đ' | 'ð' => plain.push('d'),
        'ø' => plain.push('o'),
        'ħ' => plain.push('h'),
        'ŧ' => plain.push('t'),
        'ı' => plain.push('i'),
        'ß' => plain.push_str("ss"),
        'æ' => plain.push_str("ae"),
        'œ' => plain.push_str("oe"),
        'þ' => plain.push_str("th"),
        other => plain.push(other),
    }
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
        assert_eq!(digits("0018"), ["18", "0018", "\u{E001}8100"]);
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
