//! Words without regard to how they are written.

use unicode_normalization::{UnicodeNormalization as _, char::is_combining_mark};

use crate::{digits, text::is_ignorable};

/// Begins the word that stands for an emoji or another sign: its code point.
const SIGN: char = '\u{E002}';

/// The most characters of a word that count.
pub(super) const WORD: usize = 60;

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
pub(super) fn words(text: &str) -> impl Iterator<Item = String> {
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

/// A word without strokes and ligatures.
pub(super) fn plain(word: &str) -> String {
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
