//! Which leads somebody was shown, in as much as fits into a form: how many, and a fingerprint of their ids that doesn't
//! depend on their order. A number alone would vouch for other leads just as well.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::counted::grouped;

/// A set of leads.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct LeadSet {
    pub count: u64,
    /// The sums of the ids' [`mixed`] values, one by each of [`MIXERS`].
    sums: [i64; 2],
}

/// How an id is mixed: three times it is squared, `adds` is added, and the rest of `by` taken. The primes are below 2^31,
/// so that no square overflows, and no sum of the leads there may be. The databases do the same (`db/src/leads/set.rs`).
#[derive(Clone, Copy, Debug)]
pub struct Mixer {
    pub adds: i64,
    pub by: i64,
}

/// The two make 62 bits.
pub const MIXERS: [Mixer; 2] =
    [Mixer { adds: 1_234_577, by: 2_147_483_647 }, Mixer { adds: 7_654_321, by: 2_147_483_629 }];

/// How often an id is squared.
pub const ROUNDS: usize = 3;

fn mixed(id: i64, mixer: Mixer) -> i64 {
    (0..ROUNDS).fold(id % mixer.by, |value, _| (value * value + mixer.adds) % mixer.by)
}

impl LeadSet {
    /// The set of the leads with these ids, each given once.
    #[must_use]
    pub fn of(ids: impl IntoIterator<Item = i64>) -> Self {
        ids.into_iter().fold(Self::default(), |set, id| Self {
            count: set.count + 1,
            sums: [0, 1].map(|n| set.sums[n] + mixed(id, MIXERS[n])),
        })
    }

    /// As a database has summed it up.
    #[must_use]
    pub fn summed(count: i64, sums: [i64; 2]) -> Self {
        Self { count: count.unsigned_abs(), sums }
    }
}

impl fmt::Display for LeadSet {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [one, two] = self.sums;
        write!(f, "{}.{one:x}.{two:x}", self.count)
    }
}

impl From<LeadSet> for String {
    fn from(set: LeadSet) -> Self {
        set.to_string()
    }
}

impl TryFrom<String> for LeadSet {
    type Error = &'static str;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        let read = || {
            let mut parts = text.split('.');
            let count = parts.next()?.parse().ok()?;
            let mut sum = || i64::from_str_radix(parts.next()?, 16).ok();
            let sums = [sum()?, sum()?];
            parts.next().is_none().then_some(Self { count, sums })
        };
        read().ok_or("not a set of leads")
    }
}

/// Other leads are meant by now than were shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OtherLeads {
    pub now: LeadSet,
    /// Nothing where none were vouched for.
    pub shown: Option<LeadSet>,
}

impl fmt::Display for OtherLeads {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let number = |count| match count {
            0 => "no lead".to_owned(),
            1 => "1 lead".to_owned(),
            _ => format!("{} leads", grouped(count)),
        };
        let verb = if self.now.count < 2 { "matches" } else { "match" };
        let now = number(self.now.count);
        match self.shown {
            None => write!(
                f,
                "{} {verb}: look at them, then confirm that these are meant. Nothing was changed.",
                capital(&now)
            ),
            Some(shown) if shown.count == self.now.count => write!(
                f,
                "Still {now} {verb}, but not the same as were shown: some came and as many left. Look at them again. Nothing was changed."
            ),
            Some(shown) => {
                write!(f, "Now {now} {verb}, not {}: look at them again. Nothing was changed.", grouped(shown.count))
            }
        }
    }
}

fn capital(text: &str) -> String {
    let mut rest = text.chars();
    rest.next().into_iter().flat_map(char::to_uppercase).chain(rest).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_set_is_its_leads_in_any_order() {
        assert_eq!(LeadSet::of([3, 1, 2]), LeadSet::of([1, 2, 3]));
        assert_ne!(LeadSet::of([1, 2, 3]), LeadSet::of([1, 2, 4]));
        assert_eq!(LeadSet::of([]), LeadSet::default());
        // Equal in number, sum, sum of squares and of cubes.
        assert_ne!(LeadSet::of([1, 5, 8, 12]), LeadSet::of([2, 3, 10, 11]));
        let swapped = |from: i64| LeadSet::of((1..38).map(|id| if id <= 3 { id + from } else { id }));
        assert_ne!(swapped(0), swapped(1000));
        assert_ne!(LeadSet::of([i64::MAX]), LeadSet::of([i64::MAX - 1]), "nothing overflows");
    }

    #[test]
    fn it_is_read_as_it_is_written() {
        let set = LeadSet::of([1, 70_000, 9]);
        assert_eq!(LeadSet::try_from(set.to_string()), Ok(set));
        for text in ["", "3", "3.a", "3.a.b.c", "x.a.b", "-1.a.b"] {
            assert!(LeadSet::try_from(text.to_owned()).is_err(), "{text:?}");
        }
    }

    #[test]
    fn what_differs_is_said() {
        let said = |now: &[i64], shown: Option<&[i64]>| {
            let of = |ids: &[i64]| LeadSet::of(ids.iter().copied());
            OtherLeads { now: of(now), shown: shown.map(of) }.to_string()
        };
        assert_eq!(said(&[1, 2], Some(&[1])), "Now 2 leads match, not 1: look at them again. Nothing was changed.");
        assert_eq!(said(&[], Some(&[1])), "Now no lead matches, not 1: look at them again. Nothing was changed.");
        assert!(said(&[1, 3], Some(&[1, 2])).starts_with("Still 2 leads match, but not the same as were shown"));
        assert!(said(&[1], None).starts_with("1 lead matches: look at them, then confirm"));
    }
}
