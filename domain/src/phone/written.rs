//! How a phone number is written. What stands between its digits may set a second thing off: what isn't surely one
//! number is refused.

use super::{plan, reason::Reason};
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
const SHORT: usize = 5;

/// More characters than that hold more than a number.
const LONGEST: usize = 200;

/// Words that come before an extension, in lower case; “x” and “p” as in `x12`.
const EXTENSION: [&str; 28] = [
    "ext",
    "extn",
    "extension",
    "x",
    "xt",
    "int",
    "interno",
    "anexo",
    "ramal",
    "poste",
    "durchwahl",
    "dw",
    "app",
    "apparat",
    "nst",
    "toestel",
    "tst",
    "anknytning",
    "ankn",
    "wew",
    "klapka",
    "linka",
    "dahili",
    "доб",
    "вн",
    "内線",
    "分机",
    "내선",
];

/// Countries where a central's number and the extension behind a hyphen are dialled as one (DIN 5008), by calling code.
const EXTENDED: [u16; 5] = [49, 43, 41, 423, 352];

/// The digits of one number, where one number is all there is.
pub fn read(text: &str, country: &str) -> Result<Written, Reason> {
    let plain = closed_up(&plain(text));
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
    let number = without_decimals(number)?;
    numbered(plain, number, country)?;
    let plus = number.contains('+');
    let digits: String = number.chars().filter(char::is_ascii_digit).collect();
    let written = Written {
        plus,
        digits,
        groups: number.split(|c: char| !c.is_ascii_digit()).filter(|run| !run.is_empty()).map(str::to_owned).collect(),
    };
    judge(number, &written, country)?;
    Ok(written)
}

/// With plain digits and signs, and nothing that isn't seen.
fn plain(text: &str) -> String {
    let shown = text.chars().filter(|c| !text::is_ignorable(*c));
    shown
        .map(|c| match c {
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

/// A place in a list, or what belongs to the word before it (“1)”, “Tel1”, “Room 12”), is no part of the number behind.
fn numbered(plain: &str, number: &str, country: &str) -> Result<(), Reason> {
    let run: String = number.chars().take_while(char::is_ascii_digit).collect();
    let rest = number.get(run.len()..).unwrap_or_default();
    if run.is_empty() || run.len() > 2 || run.starts_with('0') || digit_count(rest) < SHORT {
        return Ok(());
    }
    let label = plain.split_once(number).map(|(label, _)| label).unwrap_or_default();
    let labelled = label.contains(|c: char| c.is_alphabetic() || c == '#');
    let is_dialled = plan::is_dialled_first(&run, country);
    let in_a_list = rest.starts_with(')') || rest.starts_with(['.', ':']) && !is_dialled;
    if in_a_list || labelled && !is_dialled { Err(Reason::Remark) } else { Ok(()) }
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
fn without_decimals(number: &str) -> Result<&str, Reason> {
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    if let Some((mantissa, exponent)) = number.split_once(['e', 'E']) {
        let (whole, decimals) = mantissa.split_once(['.', ',']).unwrap_or((mantissa, "0"));
        let exponent = exponent.trim_start_matches(['+', '-']);
        if digits(whole.trim_start_matches('+')) && digits(decimals) && digits(exponent) {
            return Err(Reason::Shortened);
        }
    }
    let Some((whole, decimals)) = number.rsplit_once(['.', ',']) else { return Ok(number) };
    if decimals.len() <= 2 && digits(decimals) && digits(whole.trim_start_matches('+')) && number.contains('.') {
        // Plain digits, and one or two behind the only dot.
        return if decimals.bytes().all(|byte| byte == b'0') && whole.len() > SHORT {
            Ok(whole)
        } else {
            Err(Reason::Shortened)
        };
    }
    let zeros = !decimals.is_empty() && decimals.len() <= 3 && decimals.bytes().all(|byte| byte == b'0');
    if zeros && digits(whole.trim_start_matches('+')) && whole.len() > SHORT { Ok(whole) } else { Ok(number) }
}

fn judge(number: &str, written: &Written, country: &str) -> Result<(), Reason> {
    letters(number)?;
    let inner = number.trim_start_matches(['+', '(', ' ']);
    if inner.contains('#') {
        return Err(Reason::Extension);
    }
    // A telephone's pause: what is dialled then is an extension.
    let rest = inner.split_once([',', ';']).map(|(_, rest)| rest.trim_start_matches([',', ';', ' ']));
    if let Some(rest) = rest {
        return Err(if digit_count(rest) < SHORT { Reason::Extension } else { Reason::Two });
    }
    if inner.chars().any(|c| !(c.is_ascii_digit() || matches!(c, ' ' | '-' | '.' | '(' | ')' | '/'))) {
        return Err(Reason::Two);
    }
    if is_date(inner) {
        return Err(Reason::Remark);
    }
    brackets(number)?;
    slashes(inner, written)?;
    endings(inner, written, country)
}

/// Whether it is written as dates are: the year first, or last.
fn is_date(text: &str) -> bool {
    let date = text.split_whitespace().next().unwrap_or_default();
    ['-', '.', '/'].into_iter().any(|sign| {
        let parts: Vec<&str> = date.split(sign).collect();
        let lengths: Vec<usize> = parts.iter().map(|part| digit_count(part)).collect();
        let year = |at: usize| parts[at].parse().is_ok_and(|year| (1900..=2100).contains(&year));
        match lengths[..] {
            [4, 1 | 2, 1 | 2] => year(0),
            [1 | 2, 1 | 2, 4] => year(2),
            _ => false,
        }
    })
}

fn digit_count(text: &str) -> usize {
    text.bytes().filter(u8::is_ascii_digit).count()
}

/// Words behind the number's beginning.
fn letters(number: &str) -> Result<(), Reason> {
    let is_letter = |c: char| c.is_alphabetic() || c.is_numeric() && !c.is_ascii_digit();
    let Some(at) = number.find(is_letter) else { return Ok(()) };
    let (before, rest) = number.split_at(at);
    let word: String = rest.chars().take_while(|c| is_letter(*c)).flat_map(char::to_lowercase).collect();
    let behind = digit_count(rest);
    let is_extension = EXTENSION.contains(&word.as_str()) || (word == "p" || word == "w") && behind > 0;
    Err(match behind {
        _ if is_extension && behind < 8 => Reason::Extension,
        SHORT.. if digit_count(before) >= SHORT => Reason::Two,
        0 if digit_count(before) >= SHORT && before.ends_with([' ', '(', '-', '/', ',', ';', ':', '\n', '.']) => {
            Reason::Remark
        }
        _ => Reason::Letters,
    })
}

/// Brackets hold an area code, what is dialled within the country, or the whole number. What they hold behind a number
/// is a second thing.
fn brackets(number: &str) -> Result<(), Reason> {
    let mut from = 0;
    while let Some(open) = number.get(from..).and_then(|rest| rest.find('(')).map(|at| at + from) {
        let (before, rest) = number.split_at(open);
        let (held, behind) = rest.split_once(')').unwrap_or((rest, ""));
        let [before, held, behind] = [before, held, behind].map(digit_count);
        // A whole number in brackets has nothing behind it.
        if before == 0 && held > SHORT + 1 && (1..SHORT).contains(&behind) {
            return Err(Reason::Two);
        }
        let begins = before == 0 || before <= 7 && held <= 6 && behind >= 4;
        let ends = before <= SHORT && held >= SHORT && behind == 0;
        if !(begins || ends) {
            return Err(if held >= SHORT { Reason::Two } else { Reason::Remark });
        }
        from = open + 1;
    }
    Ok(())
}

/// A slash stands behind an area code.
fn slashes(inner: &str, written: &Written) -> Result<(), Reason> {
    let mut at = 0;
    for piece in inner.split('/').collect::<Vec<_>>().split_last().map(|(_, before)| before).unwrap_or_default() {
        at += digit_count(piece);
        let behind = written.digits.len() - at;
        let abroad = written.plus || written.digits.starts_with("00");
        let dialled = abroad || written.digits.starts_with('0');
        let code = if abroad { at <= 9 } else { at <= if dialled { 6 } else { SHORT } };
        if !code || behind < if dialled { 4 } else { SHORT } {
            return Err(Reason::Two);
        }
    }
    Ok(())
}

/// A few digits behind a long run count on from it (`2345678-9`), but where centrals' extensions are written so; and a
/// single one behind a dot is a decimal.
fn endings(inner: &str, written: &Written, country: &str) -> Result<(), Reason> {
    let Some((before, last)) = inner.rsplit_once(|c: char| !c.is_ascii_digit()) else { return Ok(()) };
    let run = before.chars().rev().take_while(char::is_ascii_digit).count();
    let sign = inner.get(before.len()..).and_then(|rest| rest.chars().next());
    let code =
        if written.plus { plan::code_and_national(&written.digits).map(|(code, _)| code) } else { plan::code(country) };
    let number_before = || plan::readings(written.plus, &digits_of(before), country);
    let has_extensions = code.is_some_and(|code| EXTENDED.contains(&code));
    let is_extended =
        has_extensions && (run > 2 || !before.contains('-')) && !number_before().iter().any(plan::Number::is_mobile);
    match (sign, last.len()) {
        (Some('-'), 1) if digit_count(before) > SHORT && !is_extended => Err(Reason::Two),
        (Some('-'), 2) if run >= 4 && !is_extended => Err(Reason::Two),
        (Some('-'), 1 | 2)
            if has_extensions
                && run <= 2
                && before.contains('-')
                && number_before().iter().any(plan::Number::is_possible) =>
        {
            Err(Reason::Two)
        }
        (Some(' ' | ')'), 1 | 2) if run >= SHORT && number_before().iter().any(plan::Number::is_possible) => {
            Err(Reason::Two)
        }
        (Some('.'), 1) if digit_count(before) > SHORT => Err(Reason::Shortened),
        (Some('.'), 1 | 2) if is_decimal(before, last) => Err(Reason::Shortened),
        _ => Ok(()),
    }
}

fn digits_of(text: &str) -> String {
    text.chars().filter(char::is_ascii_digit).collect()
}

/// Whether nothing but zeros stand behind the only dot, as behind a number that was formatted before it was calculated
/// with.
fn is_decimal(before: &str, last: &str) -> bool {
    !before.contains('.') && digit_count(before) > SHORT && last.bytes().all(|byte| byte == b'0')
}

impl Written {
    /// Whether the runs of digits make two numbers one after the other that look alike.
    pub fn are_two(&self, country: &str) -> bool {
        (1..self.groups.len()).any(|at| {
            let (first, second) = self.groups.split_at(at);
            let [first, second] = [first.concat(), second.concat()];
            let alike = first.len() == second.len() && first.get(..3) == second.get(..3);
            let dialled = first.starts_with('0') && second.starts_with('0');
            let each = |plus, digits: &str| {
                let numbers = if plus { plan::international(digits) } else { plan::domestic(digits, country) };
                numbers.iter().any(plan::Number::is_valid)
            };
            let far = first.len() > SHORT + 1 && second.len() > SHORT + 1;
            far && (each(self.plus, &first) && (each(false, &second) || each(true, &second)))
                && (alike && first.len() > 7 || dialled || first.len() + second.len() > 15)
        })
    }
}
