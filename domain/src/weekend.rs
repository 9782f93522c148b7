//! The days on which people of a country don't work.

use chrono::Weekday::{self, Fri, Sat, Sun, Thu};

/// By country (ISO 3166-1 alpha-2): Unicode CLDR 46, supplemental `weekData`, `weekendStart` to `weekendEnd`; below the
/// line, where CLDR gives the world's default, the country's own law on weekly holidays. India and Uganda, for whom CLDR
/// names Sunday alone, are counted as the world is: offices rest on Saturday as well.
const WEEKENDS: [(&str, &[Weekday]); 28] = [
    ("AF", &[Thu, Fri]),
    ("BH", &[Fri, Sat]),
    ("DZ", &[Fri, Sat]),
    ("EG", &[Fri, Sat]),
    ("IL", &[Fri, Sat]),
    ("IQ", &[Fri, Sat]),
    ("IR", &[Fri]),
    ("JO", &[Fri, Sat]),
    ("KW", &[Fri, Sat]),
    ("LY", &[Fri, Sat]),
    ("OM", &[Fri, Sat]),
    ("QA", &[Fri, Sat]),
    ("SA", &[Fri, Sat]),
    ("SD", &[Fri, Sat]),
    ("SY", &[Fri, Sat]),
    ("YE", &[Fri, Sat]),
    // Since 2022 the United Arab Emirates rest on Saturday and Sunday.
    ("AE", &[Sat, Sun]),
    // By law.
    ("BD", &[Fri, Sat]),
    ("BN", &[Fri, Sun]),
    ("DJ", &[Fri, Sat]),
    ("EH", &[Sat, Sun]),
    ("MR", &[Sat, Sun]),
    ("MV", &[Fri, Sat]),
    ("NP", &[Sat]),
    ("PS", &[Fri, Sat]),
    ("SO", &[Fri]),
    ("IN", WORLD),
    ("UG", WORLD),
];

const WORLD: &[Weekday] = &[Sat, Sun];

/// The days of the weekend in a country; the world's default where it isn't known.
#[must_use]
pub fn of(country: &str) -> &'static [Weekday] {
    WEEKENDS.iter().find(|(code, _)| code.eq_ignore_ascii_case(country)).map_or(WORLD, |(_, days)| days)
}
