//! What was typed as a phone, taken apart: one number with what stands within numbers, or what else is there.

use super::{odd::Odd, plan::Number, separates};
use crate::{digits::ascii, text::is_unseen};

/// A number's digits, ASCII ones, and what stands between them.
#[derive(Clone, Debug)]
pub struct Typed {
    pub has_plus: bool,
    /// Without the plus; begins and ends with a digit, but for a bracket around an area.
    text: String,
}

impl Typed {
    /// Reads what was typed.
    pub fn read(typed: &str) -> Result<Self, Odd> {
        let typed: String = typed.chars().map(plain).filter(|c| !is_hidden(*c)).collect();
        let typed = typed.trim();
        if typed.len() > LONGEST {
            return Err(Odd::Long);
        }
        if is_shortened(typed) {
            return Err(Odd::Shortened);
        }
        let number = without_decimal(without_label(typed));
        let (has_plus, number) = match number.strip_prefix('+') {
            Some(number) => (true, number.trim_start_matches(|c: char| c == '+' || c.is_whitespace())),
            None => (false, number),
        };
        let number = number.trim_end_matches(|c: char| !c.is_alphanumeric() && c != ')' && c != ']');
        if !number.contains(|c: char| c.is_ascii_digit()) {
            return Err(Odd::Letters);
        }
        let number = whole_in_brackets(number).unwrap_or(number);
        Self { has_plus, text: number.to_owned() }.checked()
    }

    fn checked(self) -> Result<Self, Odd> {
        let stray = self.text.char_indices().find(|(_, c)| !c.is_ascii_digit() && !separates(*c) || is_line_end(*c));
        let Some((at, sign)) = stray else { return Ok(self) };
        let (before, after) = (&self.text[..at], &self.text[at..]);
        let bracket_is_open = before.rfind(['(', '[']) > before.rfind([')', ']']);
        Err(if bracket_is_open && at > 0 && sign.is_alphabetic() { Odd::Remark } else { odd(after, sign) })
    }

    /// All digits.
    pub fn digits(&self) -> String {
        self.text.chars().filter(char::is_ascii_digit).collect()
    }

    /// What a separator sets off as no part of the number, if one does. `readings` gives the ways to read a part.
    pub fn second_thing(&self, readings: impl Fn(&Self) -> Vec<Number>) -> Option<Odd> {
        if self.has_remark() {
            return Some(Odd::Remark);
        }
        let separators = self.text.char_indices().filter(|(_, c)| !c.is_ascii_digit());
        separators.into_iter().find_map(|(at, separator)| {
            let before = Self { has_plus: self.has_plus, text: self.text[..at].to_owned() };
            let after = Self { has_plus: false, text: self.text[at + separator.len_utf8()..].to_owned() };
            let read = readings(&before);
            match separator {
                '/' if is_number(&read) || after.digits().len() <= 3 && !is_area(&read) => Some(Odd::Two),
                '.' if self.text.matches('.').count() == 1 && after.text.len() <= 2 && is_number(&read) => {
                    Some(Odd::Decimal)
                }
                _ => {
                    let lengths = (whole(&read), whole(&readings(&after)));
                    (lengths.0.is_some() && lengths.0 == lengths.1).then_some(Odd::Two)
                }
            }
        })
    }

    /// Whether brackets hold something else than an area, which stands at the start, or a zero behind the country's code.
    fn has_remark(&self) -> bool {
        let mut digits = 0;
        let most = if self.has_plus || self.text.starts_with('0') { 6 } else { 4 };
        for c in self.text.chars() {
            if matches!(c, '(' | '[') && digits > most {
                return true;
            }
            digits += usize::from(c.is_ascii_digit());
        }
        self.text.ends_with([')', ']'])
    }
}

/// The longest text that is looked at, in bytes.
const LONGEST: usize = 200;

/// The most digits of an area's code.
const AREA: usize = 5;

/// As many digits as two numbers at least have each that stand side by side, in whatever country.
const WHOLE: usize = 7;

/// Whether it can be a number by itself, and no area.
fn is_number(readings: &[Number]) -> bool {
    readings.iter().any(|number| number.is_possible() && number.length() > AREA)
}

/// Whether it can be an area's code, with what comes first.
fn is_area(readings: &[Number]) -> bool {
    readings.iter().any(|number| number.length() <= AREA)
}

/// How many digits it has where it can be a whole number by itself.
fn whole(readings: &[Number]) -> Option<usize> {
    let possible = readings.iter().filter(|number| number.is_possible());
    possible.map(Number::length).max().filter(|length| *length >= WHOLE)
}

/// Digits and signs as ASCII has them.
fn plain(c: char) -> char {
    match c {
        '\u{ff0b}' => '+',
        '\u{ff08}' => '(',
        '\u{ff09}' => ')',
        '\u{ff0e}' => '.',
        '\u{ff0f}' => '/',
        c if is_line_end(c) => '\n',
        c if c.is_whitespace() => ' ',
        c => ascii(c),
    }
}

fn is_line_end(c: char) -> bool {
    matches!(c, '\n' | '\r' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}')
}

fn is_hidden(c: char) -> bool {
    is_unseen(c) && !c.is_whitespace()
}

/// Whether a spreadsheet wrote it in powers of ten, as in `9.87654E+09`.
fn is_shortened(text: &str) -> bool {
    let Some((number, power)) = text.split_once(['e', 'E']) else { return false };
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let power = power.strip_prefix(['+', '-']).unwrap_or(power);
    digits(power) && number.strip_prefix('+').unwrap_or(number).split(['.', ',']).all(digits)
}

/// Without the word before it, as in “Mobile:”, “p:” or “tel:”.
fn without_label(text: &str) -> &str {
    let begins = |c: char| c == '+' || c == '(' || c == '[' || c.is_ascii_digit();
    let text = text.trim_start_matches(|c: char| !begins(c));
    // A bracket may be a label's, as in “(mobile) 98765…”.
    match text.strip_prefix(['(', '[']) {
        Some(rest) if !rest.trim_start().starts_with(|c: char| c == '+' || c.is_ascii_digit()) => {
            text.trim_start_matches(|c: char| c != '+' && !c.is_ascii_digit())
        }
        _ => text,
    }
}

/// Without the `.0` that a spreadsheet puts behind plain digits.
fn without_decimal(text: &str) -> &str {
    let Some((digits, zeros)) = text.rsplit_once(['.', ',']) else { return text };
    let number = digits.strip_prefix('+').unwrap_or(digits);
    let plain = number.len() >= 5 && number.bytes().all(|byte| byte.is_ascii_digit());
    if plain && !zeros.is_empty() && zeros.len() <= 2 && zeros.bytes().all(|byte| byte == b'0') { digits } else { text }
}

/// What brackets around the whole hold.
fn whole_in_brackets(text: &str) -> Option<&str> {
    let inner = text.strip_prefix(['(', '['])?.strip_suffix([')', ']'])?;
    (!inner.contains(['(', ')', '[', ']'])).then_some(inner.trim())
}

/// The words that set an extension off, or begin with it, in the languages of lists that were seen.
const EXTENSION: [&str; 16] = [
    "x",
    "ext",
    "extn",
    "extension",
    "poste",
    "ramal",
    "dw",
    "durchwahl",
    "app",
    "apparat",
    "int",
    "interno",
    "wew",
    "доб",
    "anexo",
    "dahili",
];

/// The words between two numbers.
const OR: [&str; 16] =
    ["or", "and", "oder", "und", "ou", "et", "o", "y", "e", "of", "en", "или", "и", "veya", "atau", "dan"];

/// What something is that begins with a sign or a letter behind the first digits.
fn odd(rest: &str, sign: char) -> Odd {
    let digits = rest.chars().filter(char::is_ascii_digit).count();
    if sign.is_alphabetic() {
        let word: String = rest.chars().take_while(|c| c.is_alphabetic()).flat_map(char::to_lowercase).collect();
        return match digits {
            1.. if EXTENSION.contains(&word.as_str()) => Odd::Extension,
            1.. if OR.contains(&word.as_str()) => Odd::Two,
            _ => Odd::Letters,
        };
    }
    let behind = rest[sign.len_utf8()..].trim_start_matches(|c: char| !c.is_alphanumeric());
    let is_extension = EXTENSION.iter().any(|word| behind.to_lowercase().starts_with(word));
    match sign {
        '#' | ';' | ',' if digits > 0 && (sign == '#' || is_extension) => Odd::Extension,
        '+' => Odd::Two,
        _ if digits >= WHOLE => Odd::Two,
        '\n' if digits > 0 => Odd::Two,
        '\n' => Odd::Letters,
        _ => Odd::Sign(sign),
    }
}
