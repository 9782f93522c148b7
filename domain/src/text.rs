//! What is checked of short texts that people type. Each answer names the field; `name` begins its sentence.

use crate::Invalid;

/// The text without the spaces around it, which must leave something of it.
pub(crate) fn required(field: &str, name: &str, text: &str, limit: usize) -> Result<String, Invalid> {
    let text = text.trim();
    if is_blank(text) || text.chars().count() > limit {
        return Err(Invalid::new(field, format!("{name} is required, {limit} characters at most.")));
    }
    plain(field, name, text)
}

/// Whether nothing of the text is seen.
pub(crate) fn is_blank(text: &str) -> bool {
    text.chars().all(is_unseen)
}

/// Blanks, and characters that have no width or only change others.
pub(crate) fn is_unseen(c: char) -> bool {
    let filler = matches!(c, '\u{115f}' | '\u{1160}' | '\u{2800}' | '\u{3164}' | '\u{ffa0}');
    let mark = matches!(c, '\u{ad}' | '\u{34f}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}'
        | '\u{2060}'..='\u{206f}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}');
    c.is_whitespace() || filler || mark
}

/// The text, which may be empty.
pub(crate) fn at_most(field: &str, name: &str, text: &str, limit: usize) -> Result<String, Invalid> {
    if text.chars().count() > limit {
        return Err(Invalid::new(field, format!("{name} may have {limit} characters at most.")));
    }
    plain(field, name, text)
}

/// The text, of whatever length.
pub(crate) fn plain(field: &str, name: &str, text: &str) -> Result<String, Invalid> {
    if text.chars().any(char::is_control) {
        return Err(Invalid::new(field, format!("{name} may not hold line ends, tabs or other control characters.")));
    }
    Ok(text.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn length_and_control_characters_are_told_apart() {
        assert_eq!(required("name", "The name", " Asha ", 4).as_deref(), Ok("Asha"));
        assert_eq!(at_most("code", "The code", "", 4).as_deref(), Ok(""));
        let said = |checked: Result<String, Invalid>| checked.expect_err("refused").message;
        for text in [" ", "\u{200b}\u{2060}", "ééééé"] {
            assert_eq!(said(required("name", "The name", text, 4)), "The name is required, 4 characters at most.");
        }
        assert_eq!(said(at_most("code", "The code", "ééééé", 4)), "The code may have 4 characters at most.");
        for refused in [required("code", "The code", "a\nb", 4), at_most("code", "The code", "a\0", 4)] {
            assert_eq!(said(refused), "The code may not hold line ends, tabs or other control characters.");
        }
    }
}
