//! Which passwords may be set (PRODUCT.md, "Who uses it"). Length is what counts, and that nobody guesses it at once (NIST
//! SP 800-63B, 3.1.1.2): no rules of composition.

use unicode_normalization::UnicodeNormalization as _;

use crate::{Invalid, text};

/// Those of the 30,000 most common passwords that are long enough, in small letters, sorted (zxcvbn's list, from leaks).
const COMMON: &str = include_str!("common.txt");

/// A unit of so many characters that comes again and again is no longer password than the unit.
const UNIT: usize = 4;

/// What whoever guesses tries first: what is known of whom the password is for.
#[derive(Clone, Copy, Debug, Default)]
pub struct About<'a> {
    pub name: &'a str,
    pub email: &'a str,
    pub company: &'a str,
}

/// Checks a new password; two that are the same in NFC are one.
///
/// # Errors
/// Says what is allowed.
pub fn check(password: &str, about: About<'_>) -> Result<(), Invalid> {
    let refused = |said: &str| Err(Invalid::new("password", said));
    let password: String = password.nfc().collect();
    if !(10..=200).contains(&password.chars().count()) {
        return refused("The password needs 10 characters at least and may have 200.");
    }
    if text::is_blank(&password) {
        return refused("The password needs more than spaces.");
    }
    let key = text::key(&password);
    if COMMON.lines().any(|common| common == key) {
        return refused("The password is one of the most common ones, which are guessed first: choose another.");
    }
    if repeats(&key) || follows(&key) {
        return refused("The password is a few characters in a row or again and again: choose another.");
    }
    if is_of(&key, about) {
        return refused("The password is the name, the email or the company's name: choose another.");
    }
    Ok(())
}

/// Whether it is one short unit, again and again.
fn repeats(key: &str) -> bool {
    let letters: Vec<char> = key.chars().collect();
    (1..=UNIT).any(|unit| letters.iter().zip(letters.iter().skip(unit)).all(|(one, next)| one == next))
}

/// Whether each character comes behind the one before it, or each before: `1234567890`, `zyxwvutsrq`.
fn follows(key: &str) -> bool {
    let codes: Vec<i64> = key.chars().map(|c| i64::from(u32::from(c))).collect();
    let steps = |step: i64| {
        codes
            .windows(2)
            .all(|pair| pair[1] - pair[0] == step || (pair[0], pair[1]) == (i64::from(b'9'), i64::from(b'0')))
    };
    steps(1) || steps(-1)
}

/// Whether it is no more than what is known of the person, whatever digits and signs stand around it.
fn is_of(key: &str, about: About<'_>) -> bool {
    let letters = |text: &str| text::key(text).chars().filter(|c| c.is_alphabetic()).collect::<String>();
    let (local, host) = about.email.split_once('@').unwrap_or((about.email, ""));
    let known = [about.name, about.email, local, host, about.company];
    let parts = about.name.split_whitespace().chain(about.company.split_whitespace());
    let own = letters(key);
    !own.is_empty() && known.into_iter().chain(parts).any(|known| letters(known) == own)
}

#[cfg(test)]
mod tests {
    use super::*;

    const ASHA: About<'_> =
        About { name: "Asha Rão-Désai", email: "asha.rao@example.com", company: "Northwind Traders" };

    fn said(password: &str) -> String {
        check(password, ASHA).err().map(|invalid| invalid.message).unwrap_or_default()
    }

    #[test]
    fn length_counts() {
        for password in ["too short", "", &"x1".repeat(101)] {
            assert!(said(password).contains("10 characters at least"), "{password}");
        }
        assert!(said(&" ".repeat(12)).contains("more than spaces"));
        for password in ["correct horse", "a good password", "ein gutes Wort", "घोड़ा बैटरी सही स्टेपल", "Tr0ub4dor&3x"]
        {
            assert_eq!(said(password), "", "{password}");
        }
    }

    #[test]
    fn what_is_guessed_first_is_refused() {
        for password in ["qwertyuiop", "QWERTYuiop", "1q2w3e4r5t", "password123"] {
            assert!(said(password).contains("most common"), "{password}: {}", said(password));
        }
        for password in
            ["aaaaaaaaaaaa", "ababababababab", "abcdabcdabcdab", "123456789012", "abcdefghijkl", "zyxwvutsrqpo"]
        {
            assert!(said(password).contains("row") || said(password).contains("common"), "{password}");
        }
        for password in [
            "Asha Rão-Désai",
            "asharãodésai",
            "AshaRa\u{303}oDe\u{301}sai1",
            "asha.rao@example.com",
            "asharao12345",
            "2026-asha-!!!",
            "NorthwindTraders1",
            "traders20262026",
            "example.com2026",
        ] {
            assert!(said(password).contains("the company's name"), "{password}: {}", said(password));
        }
        assert_eq!(said("asha sings at noon"), "");
    }

    #[test]
    fn the_list_is_sorted_small_and_long_enough() {
        let all: Vec<&str> = COMMON.lines().collect();
        assert!(all.len() > 1_000 && all.is_sorted());
        assert!(all.iter().all(|common| common.len() >= 10 && *common == text::key(common)));
    }
}
