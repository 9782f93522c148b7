//! In what order tables stand that are sorted by one of their columns.

use std::cmp::Ordering;

#[cfg(feature = "server")]
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

    /// Sorts rows that stand by name: by a figure, `by` compares them, and equal ones stay by name in both directions, so
    /// that none of them jumps. The default column is the name.
    pub fn sort<T>(self, rows: &mut [T], by: impl Fn(C, &T, &T) -> Ordering) {
        if self.by != C::default() {
            rows.sort_by(|a, b| if self.descending { by(self.by, b, a) } else { by(self.by, a, b) });
        } else if self.descending {
            rows.reverse();
        }
    }
}

/// What a name is sorted by, byte by byte, as people do it: without regard to case and accents, and numbers by their
/// size, so that Agent 2 stands before Agent 10. Each number has how many digits count before it.
#[cfg(feature = "server")]
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
#[cfg(feature = "server")]
fn first_part(text: &str) -> (&str, &str) {
    let digits = text.starts_with(|c: char| c.is_ascii_digit());
    text.split_at(text.find(|c: char| c.is_ascii_digit() != digits).unwrap_or(text.len()))
}

/// The digits that count, where these are digits.
#[cfg(feature = "server")]
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
    fn equal_rows_are_by_name_in_both_directions() {
        let rows = [("Asha", 1), ("Bela", 5), ("Chand", 5), ("Dev", 9)];
        let sorted = |text: &str| {
            let mut rows = rows;
            Order::<Of>::of_text(text).sort(&mut rows, |_, a, b| a.1.cmp(&b.1));
            rows.map(|row| row.0)
        };
        assert_eq!(sorted(""), ["Asha", "Bela", "Chand", "Dev"]);
        assert_eq!(sorted("-name"), ["Dev", "Chand", "Bela", "Asha"]);
        assert_eq!(sorted("calls"), ["Asha", "Bela", "Chand", "Dev"]);
        assert_eq!(sorted("-calls"), ["Dev", "Bela", "Chand", "Asha"]);
    }

    #[cfg(feature = "server")]
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
        names.sort_by_key(|name| name_key(name));
        assert_eq!(names, sorted);
        assert_eq!(name_key("Agent 2"), name_key("AGENT 02"));
    }
}
