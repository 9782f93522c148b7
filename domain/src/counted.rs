//! Numbers of things in sentences.

/// "1 lead", "2 leads".
#[must_use]
pub fn count(n: u64, noun: &str) -> String {
    if n == 1 { format!("1 {noun}") } else { format!("{n} {noun}s") }
}

/// As [`count`], thousands apart: "4,000 leads".
#[must_use]
pub fn count_grouped(n: u64, noun: &str) -> String {
    if n == 1 { count(n, noun) } else { format!("{} {noun}s", grouped(n)) }
}

/// Thousands apart: "12,345".
#[must_use]
pub fn grouped(n: u64) -> String {
    let digits = n.to_string();
    let thousands: Vec<_> = digits.as_bytes().rchunks(3).rev().map(String::from_utf8_lossy).collect();
    thousands.join(",")
}

/// "A", "A and B", "A, B and C".
#[must_use]
pub fn listed(names: &[&str]) -> String {
    match names {
        [] => String::new(),
        [one] => (*one).to_owned(),
        [others @ .., last] => format!("{} and {last}", others.join(", ")),
    }
}

/// The parts of a sentence on what becomes of leads; those that are zero are left out.
#[derive(Clone, Debug, Default)]
pub struct Parts {
    parts: Vec<String>,
    grouped: bool,
}

impl Parts {
    /// Parts whose numbers have their thousands apart.
    #[must_use]
    pub fn grouped() -> Self {
        Self { grouped: true, ..Self::default() }
    }

    /// Adds a part as it is.
    pub fn say(&mut self, part: String) {
        self.parts.push(part);
    }

    /// Adds a number of leads and what becomes of them, unless it is zero. The first part names the noun: "3 leads …".
    pub fn of_leads(&mut self, number: u64, what: &str) {
        let leads = match (self.parts.is_empty(), self.grouped) {
            (true, true) => count_grouped(number, "lead"),
            (true, false) => count(number, "lead"),
            (false, true) => grouped(number),
            (false, false) => number.to_string(),
        };
        if number > 0 {
            self.say(format!("{leads} {what}"));
        }
    }

    /// Whether nothing has been said.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.parts.is_empty()
    }

    /// All of it, or `nothing` where there is none.
    #[must_use]
    pub fn sentence(self, nothing: &str) -> String {
        if self.parts.is_empty() { nothing.to_owned() } else { self.parts.join(", ") + "." }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn thousands_stand_apart() {
        let cases = [(0, "0"), (999, "999"), (1_000, "1,000"), (50_000, "50,000"), (1_234_567, "1,234,567")];
        for (n, text) in cases {
            assert_eq!(grouped(n), text);
        }
        assert_eq!([0, 1, 4_000].map(|n| count_grouped(n, "lead")), ["0 leads", "1 lead", "4,000 leads"]);
    }

    #[test]
    fn the_last_name_comes_after_and() {
        let cases: [(&[&str], &str); 4] =
            [(&[], ""), (&["A"], "A"), (&["A", "B"], "A and B"), (&["A", "B", "C"], "A, B and C")];
        for (names, text) in cases {
            assert_eq!(listed(names), text);
        }
    }

    #[test]
    fn zero_is_left_out_and_the_noun_named_once() {
        let mut parts = Parts::default();
        parts.of_leads(0, "moved");
        assert!(parts.is_empty());
        assert_eq!(parts.clone().sentence("Nothing."), "Nothing.");
        parts.of_leads(1, "moved");
        parts.of_leads(2, "kept");
        parts.say(count(1, "place") + " open");
        assert_eq!(parts.sentence("Nothing."), "1 lead moved, 2 kept, 1 place open.");
    }

    #[test]
    fn either_all_or_none_of_a_sentences_thousands_stand_apart() {
        let said = |mut parts: Parts| {
            parts.of_leads(1_523, "moved");
            parts.of_leads(1_716, "kept");
            parts.sentence("")
        };
        assert_eq!(said(Parts::grouped()), "1,523 leads moved, 1,716 kept.");
        assert_eq!(said(Parts::default()), "1523 leads moved, 1716 kept.");
    }
}
