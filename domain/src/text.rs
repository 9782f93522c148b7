//! What is checked of short texts that people type. Each answer names the field; `name` begins its sentence.

use crate::Invalid;

/// The text without the spaces around it, which must leave something to see.
pub(crate) fn required(field: &str, name: &str, text: &str, limit: usize) -> Result<String, Invalid> {
    let text = text.trim();
    if is_blank(text) || text.chars().count() > limit {
        return Err(Invalid::new(field, format!("{name} is required, {limit} characters at most.")));
    }
    plain(field, name, text)
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
    if text.chars().any(|c| c.is_control() || turns_direction(c)) {
        return Err(Invalid::new(field, format!("{name} may not hold line ends, tabs or other control characters.")));
    }
    Ok(text.to_owned())
}

/// Whether there is nothing to see.
pub(crate) fn is_blank(text: &str) -> bool {
    text.chars().all(is_unseen)
}

/// Blanks, and what Unicode calls default ignorable (DerivedCoreProperties). Within words some of these are needed:
/// Hindi and Persian are written with zero-width joiners and non-joiners.
pub(crate) fn is_unseen(c: char) -> bool {
    c.is_whitespace() || c == '\u{2800}' || is_ignorable(c)
}

/// What Unicode calls default ignorable.
pub(crate) fn is_ignorable(c: char) -> bool {
    matches!(c,
        '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}'..='\u{1160}' | '\u{17b4}'..='\u{17b5}' | '\u{180b}'..='\u{180f}'
        | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{3164}'
        | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{ffa0}' | '\u{fff0}'..='\u{fff8}' | '\u{1bca0}'..='\u{1bca3}'
        | '\u{1d173}'..='\u{1d17a}' | '\u{e0000}'..='\u{e0fff}')
}

/// Whether what follows would be shown in another order than it is written (Unicode UAX #9: embeddings, overrides,
/// isolates). Names in scripts from right to left need none of these.
fn turns_direction(c: char) -> bool {
    matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn length_and_control_characters_are_told_apart() {
        assert_eq!(required("name", "The name", " Asha ", 4).as_deref(), Ok("Asha"));
        assert_eq!(at_most("code", "The code", "", 4).as_deref(), Ok(""));
        let said = |checked: Result<String, Invalid>| checked.expect_err("refused").message;
        for text in [" ", "ééééé", "\u{200b}\u{2060}", "\u{feff} \u{3164}"] {
            assert_eq!(said(required("name", "The name", text, 4)), "The name is required, 4 characters at most.");
        }
        assert_eq!(said(at_most("code", "The code", "ééééé", 4)), "The code may have 4 characters at most.");
        for refused in [
            required("code", "The code", "a\nb", 4),
            at_most("code", "The code", "a\0", 4),
            required("code", "The code", "\u{202e}a", 4),
        ] {
            assert_eq!(said(refused), "The code may not hold line ends, tabs or other control characters.");
        }
    }

    #[test]
    fn joiners_within_words_stay() {
        let name = "क्\u{200d}ष";
        assert_eq!(required("name", "The name", name, 9).as_deref(), Ok(name));
    }
}
