use std::{fmt, num::ParseIntError};

use calliyo_domain::{lead_set::LeadSet, status::CUSTOMER};
use serde::{Deserialize, Serialize};

use crate::leads::Filter;

/// The leads that are meant.
#[derive(Clone, Debug, Default)]
pub struct Meant {
    pub filter: Filter,
    /// All that match the filter, instead of `ids`.
    pub all: bool,
    /// The leads that were shown to match; nothing where they weren't counted to the end.
    pub set: Option<LeadSet>,
    pub ids: Vec<Ticked>,
}

impl Meant {
    /// Whether customers keep their status: who means all that match hasn't seen each of them.
    pub fn spares_customers(&self) -> bool {
        self.all && !self.filter.status.iter().any(|status| status.parse() == Ok(CUSTOMER))
    }
}

/// A lead that is ticked. Forms spell it `7.3`: lead 7, shown at its version 3; `7` is lead 7 as it is by now.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Ticked {
    pub id: i64,
    pub version: Option<i64>,
}

impl Ticked {
    pub fn at(id: i64, version: i64) -> Self {
        Self { id, version: Some(version) }
    }
}

impl fmt::Display for Ticked {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.version {
            Some(version) => write!(f, "{}.{version}", self.id),
            None => write!(f, "{}", self.id),
        }
    }
}

impl From<Ticked> for String {
    fn from(ticked: Ticked) -> Self {
        ticked.to_string()
    }
}

impl TryFrom<String> for Ticked {
    type Error = ParseIntError;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        match text.split_once('.') {
            Some((id, version)) => Ok(Self::at(id.parse()?, version.parse()?)),
            None => Ok(Self { id: text.parse()?, version: None }),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tick_is_read_as_it_is_written() {
        for (text, ticked) in [("7.3", Ticked::at(7, 3)), ("7", Ticked { id: 7, version: None })] {
            assert_eq!(Ticked::try_from(text.to_owned()), Ok(ticked));
            assert_eq!(String::from(ticked), text);
        }
        for text in ["", "x", "7.", ".3", "7.3.1"] {
            assert!(Ticked::try_from(text.to_owned()).is_err(), "{text:?}");
        }
    }

    #[test]
    fn customers_are_meant_where_they_are_asked_for_or_ticked() {
        let spares = |all, status: &[&str]| {
            let status = status.iter().map(ToString::to_string).collect();
            Meant { all, filter: Filter { status, ..Filter::default() }, ..Meant::default() }.spares_customers()
        };
        let customer = CUSTOMER.to_string();
        assert!(spares(true, &[]) && spares(true, &["7"]));
        assert!(!spares(true, &["7", &customer]) && !spares(false, &[]));
    }
}
