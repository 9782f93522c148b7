//! What may stand within a number, and what sets a second thing off.

use super::{
    extension, plan,
    reason::Reason,
    written::{SHORT, Written, digits_of, letters_of},
};

/// Countries where a central's number and the extension behind a hyphen are dialled as one (DIN 5008), by calling code.
const EXTENDED: [u16; 5] = [49, 43, 41, 423, 352];

/// Refuses what holds more than one number, or something beside it.
pub fn judge(number: &str, written: &Written, country: &str) -> Result<(), Reason> {
    letters(number)?;
    let inner = number.trim_start_matches(['+', '(', ' ']);
    extension::dialled(inner)?;
    if inner.chars().any(|c| !(c.is_ascii_digit() || matches!(c, ' ' | '-' | '.' | '(' | ')' | '/'))) {
        return Err(Reason::Two);
    }
    brackets(number)?;
    slashes(inner, written)?;
    endings(inner, written, country)
}

pub fn digit_count(text: &str) -> usize {
    text.bytes().filter(u8::is_ascii_digit).count()
}

/// Words behind the number's beginning.
fn letters(number: &str) -> Result<(), Reason> {
    let is_letter = |c: char| c.is_alphabetic() || c.is_numeric() && !c.is_ascii_digit();
    let Some(at) = number.find(is_letter) else { return Ok(()) };
    let (before, rest) = number.split_at(at);
    let word = letters_of(rest);
    let behind = digit_count(rest);
    let is_extension = extension::is_word(&word) || (word == "p" || word == "w") && behind > 0;
    let is_apart = before.ends_with(|c: char| !c.is_ascii_digit());
    Err(match behind {
        _ if is_extension && behind < 8 => Reason::Extension,
        SHORT.. if digit_count(before) >= SHORT => Reason::Two,
        _ if digit_count(before) >= SHORT && is_apart => Reason::Remark,
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
                && written.has_long_run()
                && before.contains('-')
                && number_before().iter().any(plan::Number::is_possible) =>
        {
            Err(Reason::Two)
        }
        (Some(' ' | ')'), 1 | 2) if run >= SHORT && number_before().iter().any(plan::Number::is_possible) => {
            Err(Reason::Two)
        }
        (Some('-'), 3..SHORT) if is_central(number_before(), written, country) => Err(Reason::Extension),
        (Some('.'), 1) if digit_count(before) > SHORT => Err(Reason::Shortened),
        (Some('.'), 1 | 2) if is_decimal(before, last) => Err(Reason::Shortened),
        _ => Ok(()),
    }
}

/// Whether a number ends before the last hyphen, and doesn't go on behind it.
fn is_central(before: Vec<plan::Number>, written: &Written, country: &str) -> bool {
    let whole = plan::readings(written.plus, &written.digits, country);
    before.iter().any(plan::Number::is_valid) && !whole.iter().any(plan::Number::is_possible)
}

/// Whether nothing but zeros stand behind the only dot, as behind a number that was formatted before it was calculated
/// with.
fn is_decimal(before: &str, last: &str) -> bool {
    !before.contains('.') && digit_count(before) > SHORT && last.bytes().all(|byte| byte == b'0')
}
