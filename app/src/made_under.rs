use std::fmt;

use calliyo_domain::Invalid;
use serde::{Deserialize, Serialize};

/// Something was typed under a setting of the company that has changed since its form was made: read by the present one
/// it would mean something else.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MadeUnder {
    /// The form's field; empty where it is a whole file.
    pub field: String,
    pub what: Typed,
    /// The setting that the form was made under, as people call it.
    pub before: String,
    /// What it is now, as people call it.
    pub now: String,
    /// What it is now, as forms send it: the next try is made under this.
    pub mark: String,
    /// What else is wrong with the form.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub also: Vec<Invalid>,
}

/// What was typed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Typed {
    /// By the clocks of the company's zone.
    Time,
    /// A number of the company's country.
    Phone,
    /// Those of a file.
    Phones,
}

impl fmt::Display for MadeUnder {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { what, before, now, .. } = self;
        let (setting, look) = match what {
            Typed::Time => ("time zone", "Check the time, then save again: nothing was saved."),
            Typed::Phone => ("country", "Check the phone, then save again: nothing was saved."),
            Typed::Phones => ("country", "Look at the phones below, then import: nothing was imported."),
        };
        write!(to, "This page was made for {before}, and the company's {setting} is {now} now. {look}")
    }
}

/// The country whose numbers phones without a country code are: the company's.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PhoneCountry {
    /// ISO 3166-1 alpha-2, as forms send it.
    pub code: String,
    pub name: String,
}
