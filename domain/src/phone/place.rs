//! A number's place in a list, and what else may stand before it in digits.

use super::{
    extension,
    judge::digit_count,
    plan,
    reason::Reason,
    written::{MOST_DIGITS, SHORT, digits_of},
};

/// A place in a list, or what belongs to the word before it (“1)”, “Tel1”, “Room 12”), is no part of the number behind.
pub fn check(plain: &str, number: &str, country: &str) -> Result<(), Reason> {
    let inner = number.trim_start_matches('(');
    let run: String = inner.chars().take_while(char::is_ascii_digit).collect();
    let rest = inner.get(run.len()..).unwrap_or_default();
    if run.is_empty() || run.len() > 2 || run.starts_with('0') || digit_count(rest) < SHORT {
        return Ok(());
    }
    let label = plain.split_once(number).map(|(label, _)| label).unwrap_or_default();
    if extension::is_label(label) {
        return Err(Reason::Extension);
    }
    let is_counted = is_count(label);
    let is_labelled = belongs_to_label(label, &run, rest, country);
    let is_dialled = plan::is_dialled_first(&run, country);
    let in_a_list = match rest.chars().next() {
        // An area code may be in brackets, but for what begins with a plus.
        Some(')') => inner == number || rest.contains('+') || is_number_alone(&run, rest, country),
        Some('.' | ':' | ',') => !is_dialled,
        _ => is_counted && !is_dialled,
    };
    match (in_a_list, is_labelled && !is_dialled) {
        (true, _) if digit_count(rest) > MOST_DIGITS => Err(Reason::Two),
        (true, _) => Err(Reason::Place),
        (false, true) => Err(Reason::Remark),
        (false, false) => Ok(()),
    }
}

/// Whether there is a number without the first digits, and none with them.
fn is_number_alone(run: &str, rest: &str, country: &str) -> bool {
    let is_valid = |digits: &str| plan::readings(false, digits, country).iter().any(plan::Number::is_valid);
    let rest = digits_of(rest);
    let is_possible = plan::readings(false, &rest, country).iter().any(plan::Number::is_possible);
    is_possible && rest.starts_with('0') || is_valid(&rest) && !is_valid(&format!("{run}{rest}"))
}

/// Words before a number that say no more than that it is one.
const LABELS: &str = "tel tél telefon telefono teléfono telefone telephone téléphone phone ph mob mobile mobil móvil movil \
    cel celular cell handy fon fone fixo fijo fixe fisso whatsapp wa тел моб 电话 手机 電話";

/// Whether the first digits may belong to the words before them. A colon ends these; and behind “Tel 22 …” an area code
/// stands where nothing behind it is a number without it.
fn belongs_to_label(label: &str, run: &str, rest: &str, country: &str) -> bool {
    let readings = |digits: &str| plan::readings(false, digits, country);
    let rest = digits_of(rest);
    let ends = label.trim_end().ends_with([':', '：', '=']);
    let word = label.trim_end_matches([' ', '.']).to_lowercase();
    let is_area_code = run.len() == 2
        && label.ends_with([' ', '.'])
        && LABELS.split_whitespace().any(|known| known == word)
        && readings(&format!("{run}{rest}")).iter().any(plan::Number::is_valid)
        && !readings(&rest).iter().any(plan::Number::is_possible);
    label.contains(char::is_alphabetic) && !ends && !is_area_code
}

/// Whether a label says that a place in a list follows.
fn is_count(label: &str) -> bool {
    let label = label.trim_end_matches([' ', '.']);
    let word = label.split(|c: char| !c.is_alphabetic()).next_back().unwrap_or_default();
    label.ends_with(['#', '№', 'º', '°']) || ["no", "nr"].iter().any(|count| word.eq_ignore_ascii_case(count))
}
