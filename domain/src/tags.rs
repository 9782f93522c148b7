//! The tags of a lead, as people and files write them in one field.

use std::collections::HashSet;

use crate::{Invalid, text};

/// What a comma between tags means.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Commas {
    /// It separates them, as a semicolon does.
    #[default]
    Separate,
    /// It is part of a tag.
    Belong,
}

/// How many tags a lead may have.
pub const MOST: usize = 20;

/// How long a tag may be, in characters.
pub const LONGEST: usize = 60;

/// No longer text holds what is allowed, blanks and quotes with it.
const FIELD: usize = 4 * MOST * LONGEST;

/// The tags that a field holds: semicolons and line ends separate them, and commas where `commas` says so, but within
/// quotes. Lists as programs print them (`['vip', 'hot']`) are read. Of those that look the same ([`text::key`]) the
/// first counts.
///
/// # Errors
/// Names the field (`tags`) and what is allowed.
pub fn tags(text: &str, commas: Commas) -> Result<Vec<String>, Invalid> {
    if text.len() > 4 * FIELD || text.chars().count() > FIELD {
        return Err(too_many());
    }
    let (text, commas, quotes): (&str, _, &[char]) = match list(text) {
        Some(held) => (held, Commas::Separate, &['"', '\'']),
        None => (text, commas, &['"']),
    };
    let mut tags = Vec::new();
    let mut keys = HashSet::new();
    for tag in text.split(ends_a_tag).flat_map(|part| split(part, commas, quotes)) {
        let tag = text::at_most("tags", "Each tag", tag, LONGEST)?;
        if !tag.is_empty() && keys.insert(text::key(&tag)) {
            tags.push(tag);
        }
    }
    if tags.len() > MOST { Err(too_many()) } else { Ok(tags) }
}

/// Tags as [`tags`] reads them with either meaning of commas, for a field that is edited.
#[must_use]
pub fn field(tags: &[String]) -> String {
    let quoted = |tag: &String| if tag.contains(is_comma) { format!("\"{tag}\"") } else { tag.clone() };
    tags.iter().map(quoted).collect::<Vec<_>>().join("; ")
}

fn too_many() -> Invalid {
    Invalid::new("tags", format!("A lead may have {MOST} tags at most, of {LONGEST} characters each."))
}

fn ends_a_tag(c: char) -> bool {
    matches!(c, ';' | '\u{61b}' | '\u{ff1b}' | '\n' | '\r' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}')
}

fn is_comma(c: char) -> bool {
    matches!(c, ',' | '\u{60c}' | '\u{3001}' | '\u{ff0c}')
}

/// What stands between the brackets of a list.
fn list(text: &str) -> Option<&str> {
    let text = text.trim();
    let held = |open, close| text.strip_prefix(open)?.strip_suffix(close);
    held('[', ']').or_else(|| held('{', '}')).or_else(|| held('(', ')').filter(|held| held.starts_with(['"', '\''])))
}

/// The tags of a part that nothing but commas separates, without the quotes around one.
fn split<'a>(part: &'a str, commas: Commas, quotes: &[char]) -> Vec<&'a str> {
    let mut tags = Vec::new();
    let mut rest = part;
    loop {
        rest = rest.trim_start();
        let quoted = quoted(rest, quotes);
        let (tag, next) = match (quoted, commas) {
            (Some((tag, next)), _) => (tag, next.trim_start().split_once(is_comma).map(|(_, next)| next)),
            (None, Commas::Separate) => rest.split_once(is_comma).map_or((rest, None), |(tag, next)| (tag, Some(next))),
            (None, Commas::Belong) => (rest, None),
        };
        tags.push(tag);
        match next {
            Some(next) => rest = next,
            None => return tags,
        }
    }
}

/// A tag in quotes that end it, and what comes behind them.
fn quoted<'a>(text: &'a str, quotes: &[char]) -> Option<(&'a str, &'a str)> {
    let quote = text.chars().next().filter(|first| quotes.contains(first))?;
    let (tag, next) = text.strip_prefix(quote)?.split_once(quote)?;
    let ends = next.trim_start();
    (ends.is_empty() || ends.starts_with(is_comma)).then_some((tag, next))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The field, and its tags where commas separate, and where they belong to a tag.
    const FIELDS: &[(&str, &[&str], &[&str])] = &[
        ("", &[], &[]),
        ("a; b;;a", &["a", "b"], &["a", "b"]),
        ("VIP;vip;Vip", &["VIP"], &["VIP"]),
        ("R&D;r&d; R&D\u{a0}", &["R&D"], &["R&D"]),
        ("vip\u{200b};vip", &["vip"], &["vip"]),
        ("\u{200b};\u{3164}", &[], &[]),
        ("VIP, Hot", &["VIP", "Hot"], &["VIP, Hot"]),
        ("\"VIP, Hot\", new", &["VIP, Hot", "new"], &["VIP, Hot", "new"]),
        ("VIP، Hot、new，x；y", &["VIP", "Hot", "new", "x", "y"], &["VIP، Hot、new，x", "y"]),
        ("line1\nline2\r\nline3\u{2028}x", &["line1", "line2", "line3", "x"], &["line1", "line2", "line3", "x"]),
        ("['vip', 'hot']", &["vip", "hot"], &["vip", "hot"]),
        (" [\"vip\",\"hot\"] ", &["vip", "hot"], &["vip", "hot"]),
        ("[\"it's\", 'a, b']", &["it's", "a, b"], &["it's", "a, b"]),
        ("{vip,hot}", &["vip", "hot"], &["vip", "hot"]),
        ("('vip', 'hot')", &["vip", "hot"], &["vip", "hot"]),
        ("[]", &[], &[]),
        ("(hot)", &["(hot)"], &["(hot)"]),
        (
            "say \"hi\";it's;a+b;c#d;50%",
            &["say \"hi\"", "it's", "a+b", "c#d", "50%"],
            &["say \"hi\"", "it's", "a+b", "c#d", "50%"],
        ),
        ("\"a\" b", &["\"a\" b"], &["\"a\" b"]),
    ];

    #[cfg(feature = "server")]
    #[test]
    fn a_field_holds_tags() {
        for (field, separate, belong) in FIELDS {
            let said = |commas| tags(field, commas).expect("tags");
            assert_eq!(said(Commas::Separate), *separate, "{field:?}");
            assert_eq!(said(Commas::Belong), *belong, "{field:?}");
            let shown = super::field(&said(Commas::Belong));
            assert_eq!(tags(&shown, Commas::Separate).expect("again"), said(Commas::Belong), "{shown:?} is edited");
        }
    }

    #[test]
    fn tags_are_few_and_short() {
        let many = |n: usize| (0..n).map(|n| format!("t{n}")).collect::<Vec<_>>().join(";");
        assert_eq!(tags(&many(20), Commas::Separate).map(|tags| tags.len()), Ok(20));
        for text in [many(21), many(25), many(250_000), "\"a,".repeat(250_000), "x".repeat(61), "a\tb".to_owned()] {
            assert_eq!(tags(&text, Commas::Separate).expect_err("refused").field, "tags");
        }
    }
}
