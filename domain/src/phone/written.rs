//! How a phone number is written. What stands between its digits may set a second thing off: what isn't surely one
//! number is refused.

use unicode_normalization::char::is_combining_mark;

use super::{date, judge::judge, place, plan, reason::Reason};
use crate::{digits, text};

/// One number, as it was written.
#[derive(Debug, PartialEq, Eq)]
pub struct Written {
    pub plus: bool,
    pub digits: String,
    /// The runs of digits.
    groups: Vec<String>,
}

/// What has fewer digits is no number by itself.
pub(super) const SHORT: usize = 5;

/// A number has no more (ITU-T E.164, 6.2.1).
pub(super) const MOST_DIGITS: usize = 15;

/// More characters than that hold more than a number.
const LONGEST: usize = 200;

/// The digits of one number, where one number is all there is.
pub fn read(text: &str, country: &str) -> Result<Written, Reason> {
    let plain = closed_up(&plain(text));
    let plain = if is_grouped(&plain) { plain.replace(',', "") } else { plain };
    let plain = plain.trim();
    if plain.is_empty() {
        return Err(Reason::Nothing);
    }
    if plain.chars().nth(LONGEST).is_some() {
        return Err(Reason::Remark);
    }
    let number = without_label(plain).ok_or(if plain.chars().any(char::is_alphabetic) {
        Reason::Letters
    } else {
        Reason::NoDigits
    })?;
    if date::is_date(number, country) || date::is_date(plain, country) {
        return Err(Reason::Date);
    }
    let number = without_decimals(number, country)?;
    place::check(plain, number, country)?;
    let plus = number.contains('+');
    let without_zero = digits_of(&number.replacen("(0)", "", 1));
    let written = Written {
        plus,
        digits: if plan::is_italian_mobile(plus, &without_zero, country) { without_zero } else { digits_of(number) },
        groups: number.split(|c: char| !c.is_ascii_digit()).filter(|run| !run.is_empty()).map(str::to_owned).collect(),
    };
    judge(number, &written, country)?;
    Ok(written)
}

/// What makes a key of the digit before it (1️⃣).
const KEYCAP: char = '\u{20e3}';

/// With plain digits and signs, and nothing that isn't seen.
fn plain(text: &str) -> String {
    let text = text::composed(text);
    let shown = || text.chars().filter(|c| !text::is_ignorable(*c));
    let digits = shown().filter(|c| digits::ascii(*c).is_some()).count();
    // Digits on keys are a number where all are, and else its place in a list.
    let all_on_keys = shown().filter(|c| *c == KEYCAP).count() == digits;
    shown()
        .filter(|c| *c != KEYCAP || !all_on_keys)
        .map(|c| match c {
            KEYCAP => ')',
            '\n' | '\r' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}' => '\n',
            '+' | '\u{ff0b}' | '\u{fe62}' | '\u{207a}' => '+',
            '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{2043}' | '\u{30fc}' | '\u{fe58}' | '\u{fe63}' | '\u{ff0d}' => {
                '-'
            }
            '\u{b7}' | '\u{2022}' | '\u{2219}' | '\u{ff0e}' | '\u{ff65}' | '\u{30fb}' => '.',
            '[' | '{' | '\u{ff08}' | '\u{ff3b}' => '(',
            ']' | '}' | '\u{ff09}' | '\u{ff3d}' => ')',
            '\u{ff0f}' | '\u{2044}' | '\u{2215}' | '\\' => '/',
            '\u{66b}' | '\u{66c}' | '\u{60c}' | '\u{3001}' | '\u{ff0c}' => ',',
            '\u{ff03}' => '#',
            c if c.is_whitespace() || c == '\u{2800}' => ' ',
            c => digits::ascii(c).unwrap_or(c),
        })
        .collect()
}

/// Without the blanks around dashes and dots, which mean no more with them.
fn closed_up(plain: &str) -> String {
    let mut text = String::with_capacity(plain.len());
    for c in plain.chars() {
        if matches!(c, '-' | '.') {
            text.truncate(text.trim_end_matches(' ').len());
        }
        if c != ' ' || !text.ends_with(['-', '.']) {
            text.push(c);
        }
    }
    text
}

/// Whether commas group its digits as those of an amount: by thousands, or as in India.
fn is_grouped(plain: &str) -> bool {
    let plain = plain.trim();
    let whole = plain.split_once('.').filter(|(_, decimals)| decimals.bytes().all(|byte| byte == b'0'));
    let groups: Vec<&str> = whole.map_or(plain, |(whole, _)| whole).split(',').collect();
    let [first, inner @ .., last] = &groups[..] else { return false };
    let digits = |group: &str| group.bytes().all(|byte| byte.is_ascii_digit());
    let are = |length: usize| inner.iter().all(|group| group.len() == length && digits(group));
    inner.len() > 1
        && (1..=3).contains(&first.len())
        && digits(first)
        && last.len() == 3
        && digits(last)
        && (are(3) || are(2))
}

/// The letters that a text begins with, marks of their scripts included, in lower case.
pub(super) fn letters_of(text: &str) -> String {
    let is_letter = |c: &char| !c.is_ascii_digit() && (c.is_alphanumeric() || is_combining_mark(*c));
    text.chars().take_while(is_letter).flat_map(char::to_lowercase).collect()
}

pub(super) fn digits_of(text: &str) -> String {
    text.chars().filter(char::is_ascii_digit).collect()
}

/// From the number's plus, bracket or first digit on: a word may come before it, as in “tel:”; and without what can't
/// be seen as part of anything behind it.
fn without_label(text: &str) -> Option<&str> {
    let first = text.find(|c: char| c.is_ascii_digit())?;
    let (label, _) = text.split_at(first);
    let sign = label.trim_end_matches(['+', '(', ' ']);
    let number = text.get(sign.len()..)?.trim_start();
    Some(number.trim_end_matches(|c: char| !c.is_alphanumeric() && c != ')'))
}

/// Spreadsheets keep numbers with decimals, and shorten the long ones (`9.87E+9`).
fn without_decimals<'a>(number: &'a str, country: &str) -> Result<&'a str, Reason> {
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    if let Some((mantissa, exponent)) = number.split_once(['e', 'E']) {
        let (whole, decimals) = mantissa.split_once(['.', ',']).unwrap_or((mantissa, "0"));
        let exponent = exponent.trim_start_matches(['+', '-']);
        if digits(whole.trim_start_matches('+')) && digits(decimals) && digits(exponent) {
            return Err(Reason::Shortened);
        }
    }
    // What is shorter and has the decimals of money, or no place in the country's plan, is an amount.
    let is_number = |whole: &str, decimals: &str| {
        let readings = || plan::readings(whole.starts_with('+'), &digits_of(whole), country);
        whole.len() > 7 || decimals.len() != 2 && whole.len() > SHORT && readings().iter().any(plan::Number::is_valid)
    };
    let Some((whole, decimals)) = number.rsplit_once(['.', ',']) else { return Ok(number) };
    if decimals.len() <= 2 && digits(decimals) && digits(whole.trim_start_matches('+')) && number.contains('.') {
        // Plain digits, and one or two behind the only dot.
        return if decimals.bytes().all(|byte| byte == b'0') && is_number(whole, decimals) {
            Ok(whole)
        } else {
            Err(Reason::Shortened)
        };
    }
    let zeros = !decimals.is_empty() && decimals.bytes().all(|byte| byte == b'0');
    if zeros && digits(whole.trim_start_matches('+')) && is_number(whole, decimals) { Ok(whole) } else { Ok(number) }
}

impl Written {
    /// Whether more digits stand together than where all are written in pairs.
    pub fn has_long_run(&self) -> bool {
        self.groups.iter().any(|run| run.len() > 3)
    }

    /// Whether the runs of digits make two numbers one after the other that look alike, or are too many for one.
    pub fn are_two(&self, country: &str) -> bool {
        let too_many = self.groups.len() > 1 && self.digits.len() > MOST_DIGITS + 2;
        too_many
            || (1..self.groups.len()).any(|at| {
                let (first, second) = self.groups.split_at(at);
                let [first, second] = [first.concat(), second.concat()];
                let alike = first.len() == second.len() && first.get(..3) == second.get(..3);
                let dialled = first.starts_with('0') && second.starts_with('0');
                let each =
                    |plus, digits: &str| plan::readings(plus, digits, country).iter().any(plan::Number::is_valid);
                let far = first.len() > SHORT + 1 && second.len() > SHORT + 1;
                far && (each(self.plus, &first) && (each(false, &second) || each(true, &second)))
                    && (alike && first.len() > 7 || dialled || first.len() + second.len() > 15)
            })
    }
}
