//! In what order tables stand that are sorted by one of their columns.

use std::cmp::Ordering;

use crate::search::folded;

/// What a table can be sorted by.
pub trait Column: Copy + Default + PartialEq + Send + Sync + 'static {
    /// In the order in which they stand. The default is one of them.
    const ALL: &'static [Self];

    /// Its head.
    fn title(self) -> &'static str;

    /// What addresses call it.
    fn key(self) -> &'static str;

    /// Whether it is first sorted with the largest on top, as figures are; names begin with A.
    fn is_figure(self) -> bool;
}

/// By which column, and in which direction.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Order<C> {
    pub by: C,
    pub descending: bool,
}

impl<C: Column> Order<C> {
    /// What an address says: `calls` or, descending, `-calls`. What it doesn't know is the usual order.
    #[must_use]
    pub fn of_text(text: &str) -> Self {
        let (descending, key) = text.strip_prefix('-').map_or((false, text), |key| (true, key));
        let by = C::ALL.iter().copied().find(|column| column.key() == key);
        by.map(|by| Self { by, descending }).unwrap_or_default()
    }

    /// What an address says; nothing for the usual order.
    #[must_use]
    pub fn text(self) -> String {
        let sign = if self.descending { "-" } else { "" };
        if self == Self::default() { String::new() } else { format!("{sign}{}", self.by.key()) }
    }

    /// What the column's head leads to: the other direction, or the column's first one.
    #[must_use]
    pub fn after(self, column: C) -> Self {
        let descending = if self.by == column { !self.descending } else { column.is_figure() };
        Self { by: column, descending }
    }

    /// `ascending`, turned around where that is asked for.
    #[must_use]
    pub fn directed(self, ascending: Ordering) -> Ordering {
        if self.descending { ascending.reverse() } else { ascending }
    }
}

/// Compares names as people do: without regard to case and accents, and numbers in them by their size, so that Agent 2
/// stands before Agent 10.
#[must_use]
pub fn by_name(a: &str, b: &str) -> Ordering {
    name_key(a).cmp(&name_key(b))
}

/// What a name is sorted by, byte by byte: names in the order of their keys are in the order of [`by_name`]. Each number
/// has how many digits count before it.
#[must_use]
pub fn name_key(name: &str) -> String {
    let name = folded(name);
    let (mut key, mut rest) = (String::with_capacity(name.len() + 4), name.as_str());
    while !rest.is_empty() {
        let part;
        (part, rest) = first_part(rest);
        match number(part) {
            Some(digits) => {
                let nines = digits.len() / 9;
                key.extend(std::iter::repeat_n('9', nines));
                key.push(char::from(b'0' + (digits.len() % 9) as u8));
                key.push_str(digits);
            }
            None => key.push_str(part),
        }
    }
    key
}

/// The digits that the text begins with, or else all before its first digit; and the rest.
fn first_part(text: &str) -> (&str, &str) {
    let digits = text.starts_with(|c: char| c.is_ascii_digit());
    text.split_at(text.find(|c: char| c.is_ascii_digit() != digits).unwrap_or(text.len()))
}

/// The digits that count, where these are digits.
fn number(part: &str) -> Option<&str> {
    part.starts_with(|c: char| c.is_ascii_digit()).then(|| part.trim_start_matches('0'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
    enum Of {
        #[default]
        Name,
        Calls,
    }

    impl Column for Of {
        const ALL: &'static [Self] = &[Self::Name, Self::Calls];

        fn title(self) -> &'static str {
            self.key()
        }

        fn key(self) -> &'static str {
            if self == Self::Name { "name" } else { "calls" }
        }

        fn is_figure(self) -> bool {
            self == Self::Calls
        }
    }

    #[test]
    fn heads_turn_the_order_around() {
        let after = |text: &str, column| Order::of_text(text).after(column).text();
        assert_eq!(after("", Of::Calls), "-calls");
        assert_eq!(after("-calls", Of::Calls), "calls");
        assert_eq!(after("calls", Of::Name), "");
        assert_eq!(after("", Of::Name), "-name");
    }

    #[test]
    fn what_no_table_has_is_the_usual_order() {
        for text in ["", "name", "nonsense", "-", "--calls"] {
            assert_eq!(Order::<Of>::of_text(text), Order::default(), "{text}");
        }
    }

    #[test]
    fn numbers_in_names_go_by_their_size() {
        let nines = format!("Agent {}", "9".repeat(9));
        let more = format!("Agent 1{}", "0".repeat(9));
        let most = format!("Agent {}", "1".repeat(20));
        let sorted = [
            "",
            "7",
            "007 Bond",
            "agent",
            "Agent 0",
            "Agent 1",
            "AGENT 2",
            "agent 2b",
            "Agent 10",
            "Agent 10 b",
            &nines,
            &more,
            &most,
            "Eda",
            "Élan",
            "Emre",
            "प्रिया",
        ];
        let mut names = sorted;
        names.reverse();
        names.sort_by(|a, b| by_name(a, b));
        assert_eq!(names, sorted);
        assert!(by_name("Agent 2", "agent 02").is_eq() && by_name("Agent 2", "AGENT 2").is_eq());
    }
}
