//! Dates, which some lists have where phones are asked for.

use super::judge::digit_count;

/// Whether it is a date, alone or with a time: in digits with the year first or last, or with the name of a month.
pub fn is_date(text: &str, country: &str) -> bool {
    in_digits(text, country) || with_words(text)
}

/// Of our era, or of the Islamic calendar's.
fn is_year(text: &str) -> bool {
    let is = |year: i32| (1800..=2200).contains(&year) || (1300..=1500).contains(&year);
    text.len() == 4 && text.parse().is_ok_and(is)
}

/// A year without its century.
fn is_short_year(text: &str) -> bool {
    text.len() == 2 && text.bytes().all(|byte| byte.is_ascii_digit())
}

fn is_month(text: &str) -> bool {
    is_day(text) && text.parse().is_ok_and(|month: u8| month <= 12)
}

fn is_day(text: &str) -> bool {
    (1..=2).contains(&text.len()) && text.parse().is_ok_and(|day| (1..=31).contains(&day))
}

fn in_digits(text: &str, country: &str) -> bool {
    // Numbers of Luxembourg may be three pairs.
    let in_pairs = |sign| sign != '-' || country != "LU";
    let end = text.find(|c: char| !(c.is_ascii_digit() || matches!(c, '-' | '.' | '/'))).unwrap_or(text.len());
    let (date, behind) = text.split_at(end);
    // More than a time is another number.
    let is_alone = digit_count(behind) < 5 || behind.contains(':');
    is_alone
        && ['-', '.', '/'].into_iter().any(
            |sign| match date.trim_end_matches('.').split(sign).collect::<Vec<_>>()[..] {
                [year, month, day] if is_year(year) => is_day(month) && is_day(day),
                [day, month, year] if is_year(year) => is_day(day) && is_day(month),
                [day, month, year] if is_short_year(year) && in_pairs(sign) => {
                    is_day(day) && is_day(month) && (is_month(day) || is_month(month))
                }
                [month, year] => behind.is_empty() && sign != '-' && is_month(month) && is_year(year),
                _ => false,
            },
        )
}

const MONTHS: [&str; 12] = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

/// `12th` as `12`.
fn without_ordinal(day: &str) -> &str {
    ["st", "nd", "rd", "th"].iter().find_map(|ending| day.strip_suffix(ending)).unwrap_or(day)
}

fn with_words(text: &str) -> bool {
    let pieces: Vec<&str> = text
        .split(|c: char| c.is_whitespace() || c.is_ascii_punctuation() || matches!(c, '年' | '月' | '日'))
        .filter(|piece| !piece.is_empty())
        .collect();
    let is_word = |piece: &str| piece.chars().count() > 1 && piece.chars().all(char::is_alphabetic);
    let is_month = |piece: &str| MONTHS.iter().any(|month| piece.to_lowercase().starts_with(month));
    match pieces[..] {
        [year, month, day, ..] if text.contains(['年', '月']) => is_year(year) && is_day(month) && is_day(day),
        [month, day, year] | [day, month, year] if is_month(month) => {
            is_day(without_ordinal(day)) && (is_year(year) || is_short_year(year))
        }
        [month, year] if is_month(month) => is_year(year),
        [day, ref words @ .., year] => {
            (1..=3).contains(&words.len()) && words.iter().all(|word| is_word(word)) && is_day(day) && is_year(year)
        }
        _ => false,
    }
}
