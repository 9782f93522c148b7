//! What texts that people type or files bring are stored as and compared by, and what is checked of short ones: each
//! answer names the field; `name` begins its sentence.

use crate::Invalid;

/// A line of text as people see it: composed (NFC), with one space for any blanks within it, and without blanks and
/// invisible characters at its ends. Inside words these may mean something: Hindi and Persian, emoji. Empty where nothing
/// is seen. Line ends, tabs and other control characters within it stay, for [`plain`] to refuse.
#[must_use]
pub fn line(text: &str) -> String {
    let mut line = String::with_capacity(text.len());
    for word in trimmed(text).split(|c: char| c.is_whitespace() && !c.is_control()) {
        let word = word.trim_matches(turns_direction);
        if word.chars().all(is_unseen) && !word.chars().any(char::is_control) {
            continue;
        }
        if !line.is_empty() {
            line.push(' ');
        }
        line.push_str(word);
    }
    composed(trimmed(&line))
}

/// Several lines as people see them: each as [`line`] has it, none empty at the start or the end.
#[must_use]
pub fn lines(text: &str) -> String {
    let ends = text.replace("\r\n", "\n").replace(['\r', '\u{2028}', '\u{2029}'], "\n");
    let lines: Vec<String> = ends.split('\n').map(line).collect();
    lines.join("\n").trim_matches('\n').to_owned()
}

/// An email as people see it: nothing invisible is part of one, nor is `mailto:` in front.
#[must_use]
pub fn email(text: &str) -> String {
    let shown: String = text.chars().filter(|c| c.is_whitespace() || !is_unseen(*c)).collect();
    let shown = shown.trim();
    let address = shown.split_at_checked(SCHEME.len()).filter(|(scheme, _)| scheme.eq_ignore_ascii_case(SCHEME));
    composed(address.map_or(shown, |(_, address)| address.trim_start()))
}

const SCHEME: &str = "mailto:";

/// What two texts have in common that look the same, whatever their case, composition, width and what nobody sees of
/// them. Much as Unicode's NFKC_Casefold (chapter 3.13, D147): names are the same whose keys are. In the browser only case
/// is overlooked.
#[must_use]
pub fn key(text: &str) -> String {
    let line = line(text);
    #[cfg(feature = "server")]
    let line: String = {
        use unicode_normalization::UnicodeNormalization as _;
        line.nfkd().filter(|c| c.is_whitespace() || !is_unseen(*c)).flat_map(folded_case).nfkc().collect()
    };
    #[cfg(not(feature = "server"))]
    let line: String = line.chars().flat_map(folded_case).collect();
    line.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn folded_case(c: char) -> impl Iterator<Item = char> {
    // Capitals first, so that ß is ss and both sigmas are one; but the dotless ı isn't i.
    let capitals = if c == '\u{131}' { None } else { Some(c.to_uppercase()) };
    let kept = if capitals.is_none() { Some(c) } else { None };
    capitals.into_iter().flatten().flat_map(char::to_lowercase).chain(kept)
}

/// The text in NFC; in the browser, which knows no tables, as it is.
#[must_use]
pub fn composed(text: &str) -> String {
    #[cfg(feature = "server")]
    {
        use unicode_normalization::UnicodeNormalization as _;
        text.nfc().collect()
    }
    #[cfg(not(feature = "server"))]
    text.to_owned()
}

/// Without what nobody sees at the ends, but what the last character is written with.
fn trimmed(text: &str) -> &str {
    let mut text = text.trim_start_matches(is_unseen);
    while let Some(last) = text.chars().next_back().filter(|last| is_unseen(*last)) {
        // Tags are judged together: one by one, each would look through all before it.
        let before =
            if is_tag(last) { text.trim_end_matches(is_tag) } else { text.strip_suffix(last).unwrap_or_default() };
        if shapes(last, before) {
            break;
        }
        text = before;
    }
    text
}

/// What spells a flag's region behind it (Unicode TR 51, emoji tag sequences).
fn is_tag(c: char) -> bool {
    ('\u{e0020}'..='\u{e007f}').contains(&c)
}

/// Whether something unseen shapes what stands before it: emoji and their flags, variants of ideographs and Mongolian
/// letters, half forms of Indian ones.
fn shapes(c: char, before: &str) -> bool {
    let Some(last) = before.chars().next_back() else { return false };
    match c {
        '\u{200c}' | '\u{200d}' => matches!(
            last,
            '\u{94d}'
                | '\u{9cd}'
                | '\u{a4d}'
                | '\u{acd}'
                | '\u{b4d}'
                | '\u{bcd}'
                | '\u{c4d}'
                | '\u{ccd}'
                | '\u{d4d}'
                | '\u{dca}'
        ),
        '\u{fe0e}' | '\u{fe0f}' => matches!(last, '\u{a9}' | '\u{ae}' | '\u{2070}'..) && !is_unseen(last),
        '\u{fe00}'..='\u{fe0d}' | '\u{e0100}'..='\u{e01ef}' => {
            matches!(last, '\u{2e80}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}')
        }
        '\u{180b}'..='\u{180d}' | '\u{180f}' => matches!(last, '\u{1820}'..='\u{18aa}'),
        c if is_tag(c) => last == '\u{1f3f4}',
        _ => false,
    }
}

/// The text as [`line`] has it, which must leave something to see.
pub(crate) fn required(field: &str, name: &str, text: &str, limit: usize) -> Result<String, Invalid> {
    let text = line(text);
    if is_blank(&text) || text.chars().count() > limit {
        return Err(Invalid::new(field, format!("{name} is required, {limit} characters at most.")));
    }
    plain(field, name, &text)
}

/// The text as [`line`] has it, which may be empty.
pub(crate) fn at_most(field: &str, name: &str, text: &str, limit: usize) -> Result<String, Invalid> {
    let text = line(text);
    if text.chars().count() > limit {
        return Err(Invalid::new(field, format!("{name} may have {limit} characters at most.")));
    }
    plain(field, name, &text)
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

/// What Unicode calls default ignorable, and the marks of interlinear annotations, which nothing shows.
pub(crate) fn is_ignorable(c: char) -> bool {
    matches!(c,
        '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}'..='\u{1160}' | '\u{17b4}'..='\u{17b5}' | '\u{180b}'..='\u{180f}'
        | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{3164}'
        | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{ffa0}' | '\u{fff0}'..='\u{fffb}' | '\u{1bca0}'..='\u{1bca3}'
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
    fn what_nothing_shows_is_dropped_at_the_ends() {
        for unseen in ["\u{200b}", "\u{feff}", "\u{202a}", "\u{fff9}", "\u{fffb}", "\u{3164}", "\u{2800}"] {
            assert_eq!(line(&format!("{unseen}Asha Rao{unseen}")), "Asha Rao", "{unseen:?}");
            assert_eq!(line(unseen), "", "{unseen:?}");
        }
    }

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
            required("code", "The code", "a\u{202e}b", 4),
        ] {
            assert_eq!(said(refused), "The code may not hold line ends, tabs or other control characters.");
        }
    }

    #[test]
    fn joiners_within_words_stay() {
        let name = "क्\u{200d}ष";
        assert_eq!(required("name", "The name", name, 9).as_deref(), Ok(name));
    }

    /// What comes, and what is stored.
    const LINES: &[(&str, &str)] = &[
        ("  Asha \t", "Asha"),
        ("Asha\u{a0}", "Asha"),
        ("Not\u{a0}Picked", "Not Picked"),
        (" Not  Picked ", "Not Picked"),
        ("Not \u{3000}\u{200b} Picked", "Not Picked"),
        ("vip\u{200b}", "vip"),
        ("vip\u{fe0f}", "vip"),
        ("\u{feff}\u{202a}Ravi\u{202c}", "Ravi"),
        ("\u{202a}Ravi\u{202c} \u{2066}Iyer\u{2069}", "Ravi Iyer"),
        ("\u{200b}", ""),
        ("\u{2800}\u{3164} \u{ad}", ""),
        ("e\u{301}", "\u{e9}"),
        ("क्\u{200d}ष", "क्\u{200d}ष"),
        ("അവന്\u{200d}", "അവന്\u{200d}"),
        ("می\u{200c}خواهم\u{200f}", "می\u{200c}خواهم"),
        ("❤\u{fe0f}", "❤\u{fe0f}"),
        ("👩\u{200d}👧\u{200d}", "👩\u{200d}👧"),
        ("🏴\u{e0067}\u{e0062}\u{e007f}", "🏴\u{e0067}\u{e0062}\u{e007f}"),
        ("x\u{e0067}\u{e0062}", "x"),
        ("葛\u{e0100}", "葛\u{e0100}"),
    ];

    #[test]
    fn a_line_is_what_people_see_of_it() {
        #[cfg(feature = "server")]
        for (text, seen) in LINES {
            assert_eq!(line(text), *seen, "{text:?}");
            assert_eq!(line(seen), *seen, "once is enough");
        }
        assert_eq!(lines("\r\n a\u{a0} b\u{200b}\r\n\r\nc\rd \n"), "a b\n\nc\nd");
        for text in ["asha@example.com\u{200b}", " MAILTO:asha@example.com", "as\u{ad}ha@\u{2060}example.com\u{a0}"] {
            assert_eq!(email(text), "asha@example.com");
        }
        assert_eq!(email("a b@c"), "a b@c");
    }

    #[cfg(feature = "server")]
    #[test]
    fn names_are_the_same_that_look_so() {
        for (one, other) in [
            ("Busy", "BUSY\u{200b}"),
            ("Busy", "ＢＵＳＹ"),
            ("Bu\u{ad}sy", " busy"),
            ("\u{e9}", "E\u{301}"),
            ("Straße", "STRASSE"),
            ("ΟΔΟΣ", "οδος"),
            ("Not Picked", "not\u{a0}\u{a0}picked"),
            ("क्\u{200d}ष", "क्ष"),
            ("\u{1100}\u{1161}", "가"),
        ] {
            assert_eq!(key(one), key(other), "{one:?} {other:?}");
        }
        for (one, other) in [("Busy", "Bus"), ("isi", "ısı"), ("e", "é"), ("ab", "a b"), ("क", "का")] {
            assert_ne!(key(one), key(other), "{one:?} {other:?}");
        }
        assert_eq!(key("\u{200b} \u{3164}"), "");
    }
}
