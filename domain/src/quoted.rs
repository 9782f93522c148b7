//! What somebody wrote, as a sentence quotes it.

use crate::text::is_unseen;

/// More of a text is cut off, in characters.
const SHOWN: usize = 40;

/// Joins letters, or keeps them apart, where Indic, Arabic and emoji sequences need it.
const JOINERS: [char; 2] = ['\u{200c}', '\u{200d}'];

/// The text in quotes, as it is seen: blanks and line ends of all kinds are one blank, invisible and control characters
/// are gone, and what is longer than 40 characters is cut.
#[must_use]
pub fn quoted(text: &str) -> String {
    format!("\"{}\"", shown(text, SHOWN))
}

/// As [`quoted`], without the quotes and of `limit` characters at most.
#[must_use]
pub fn shown(text: &str, limit: usize) -> String {
    let mut shown = String::new();
    let (mut length, mut blank, mut cut) = (0, false, false);
    for c in text.chars() {
        if c.is_whitespace() || matches!(c, '\u{2800}' | '\u{3164}') {
            blank = length > 0;
            continue;
        }
        if c.is_control() || is_unseen(c) && !JOINERS.contains(&c) || JOINERS.contains(&c) && (blank || length == 0) {
            continue;
        }
        if length + usize::from(blank) >= limit {
            cut = true;
            break;
        }
        if std::mem::take(&mut blank) {
            shown.push(' ');
            length += 1;
        }
        shown.push(c);
        length += 1;
    }
    let end = shown.trim_end_matches(JOINERS).len();
    shown.truncate(end);
    if cut {
        shown.push('…');
    }
    shown
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_quoted_as_it_is_seen() {
        for (text, seen) in [
            ("Lost", "\"Lost\""),
            ("Not\u{a0}Picked", "\"Not Picked\""),
            ("  Not \t\r\n Picked \u{200b}", "\"Not Picked\""),
            ("सं\u{200d}पर्क", "\"सं\u{200d}पर्क\""),
            ("\u{202e}abc\u{202c}\u{feff}\u{7}\0", "\"abc\""),
            ("say \"hi\" \\", "\"say \"hi\" \\\""),
            ("\u{200b}\u{200d} ", "\"\""),
        ] {
            assert_eq!(quoted(text), seen);
        }
        assert_eq!(quoted(&"é".repeat(40)), format!("\"{}\"", "é".repeat(40)));
        assert_eq!(quoted(&"é ".repeat(4_000_000)), format!("\"{}é…\"", "é ".repeat(19)));
        assert_eq!(shown("abcdef", 3), "abc…");
    }
}
