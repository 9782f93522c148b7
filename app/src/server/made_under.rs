//! What forms bring is read by the company's zone and country. Each form says which these were when it was made: what
//! would be read otherwise than its page said is refused. Programs needn't say it.

use calliyo_domain::{country, phone};
use chrono_tz::Tz;

use crate::{
    Fault,
    made_under::{MadeUnder, PhoneCountry, Typed},
};

/// So much is said of a setting that no page was made under, in characters.
const SHOWN: usize = 60;

/// Whether a time, typed into `field` of a form made under the zone `made`, may be read as one of `zone`, the company's.
pub(super) fn time(field: &str, typed: &str, made: &str, zone: Tz) -> Result<(), Fault> {
    if made.is_empty() || typed.trim().is_empty() || made == zone.name() {
        return Ok(());
    }
    Err(Fault::MadeUnder(Box::new(MadeUnder {
        field: field.to_owned(),
        what: Typed::Time,
        before: made.chars().take(SHOWN).collect(),
        now: zone.name().to_owned(),
        mark: zone.name().to_owned(),
        also: Vec::new(),
    })))
}

/// Whether a phone, typed into a form made under the country `made`, may be read as one of `country`, the company's.
pub(super) fn phone(typed: &str, made: &str, country: &str) -> Result<(), Fault> {
    if reads_alike(typed, made, country) { Ok(()) } else { Err(other_country("phone", Typed::Phone, made, country)) }
}

/// Whether all these phones of a file, looked at under the country `made`, may be read as phones of `country`.
pub(super) fn phones(mut cells: impl Iterator<Item = impl AsRef<str>>, made: &str, country: &str) -> Result<(), Fault> {
    if made.is_empty() || made == country || cells.all(|cell| reads_alike(cell.as_ref(), made, country)) {
        Ok(())
    } else {
        Err(other_country("", Typed::Phones, made, country))
    }
}

/// Whether it is the same number in both countries, as one with a plus is, or a number in neither.
fn reads_alike(typed: &str, made: &str, country: &str) -> bool {
    made.is_empty() || made == country || phone::e164(typed, made).ok() == phone::e164(typed, country).ok()
}

fn other_country(field: &str, what: Typed, made: &str, country: &str) -> Fault {
    Fault::MadeUnder(Box::new(MadeUnder {
        field: field.to_owned(),
        what,
        before: named(made).chars().take(SHOWN).collect(),
        now: named(country),
        mark: country.to_owned(),
        also: Vec::new(),
    }))
}

fn named(code: &str) -> String {
    country::by_code(code).map_or_else(|| code.to_owned(), |country| country.name.to_owned())
}

/// A country as forms say it.
pub(super) fn phone_country(code: String) -> PhoneCountry {
    PhoneCountry { name: named(&code), code }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_phone_is_refused_where_the_other_country_would_read_it_otherwise() {
        let cases = [
            ("98765 43210", "CA", "IN", false),
            ("98765 43210", "IN", "IN", true),
            ("98765 43210", "", "IN", true),
            ("+91 98765 43210", "CA", "IN", true),
            ("\u{ff0b}91 98765 43210", "CA", "IN", true),
            // One numbering plan.
            ("(604) 555-0123", "CA", "US", true),
            // As dialled abroad from both, and from one of them.
            ("00 91 98765 43210", "GB", "IN", true),
            ("011 91 98765 43210", "US", "IN", false),
            // No number in either: that is said.
            ("12", "CA", "IN", true),
            ("", "CA", "IN", true),
            ("98765 43210", "no country", "IN", false),
        ];
        for (typed, made, country, taken) in cases {
            assert_eq!(phone(typed, made, country).is_ok(), taken, "{typed:?} of {made} in {country}");
        }
        let said = phone("98765 43210", "CA", "IN").unwrap_err().to_string();
        assert_eq!(
            said,
            "This page was made for Canada, and the company's country is India now. Check the phone, then save again: nothing was saved."
        );
    }

    #[test]
    fn a_time_is_refused_under_another_zone() {
        let kolkata = chrono_tz::Asia::Kolkata;
        for (typed, made, taken) in [
            ("2026-05-12T18:00", "America/Vancouver", false),
            ("2026-05-12T18:00", "Asia/Kolkata", true),
            ("2026-05-12T18:00", "", true),
            (" ", "America/Vancouver", true),
        ] {
            assert_eq!(time("follow_up", typed, made, kolkata).is_ok(), taken, "{typed:?} of {made}");
        }
        let said = time("at", "18:00", "America/Vancouver", kolkata).unwrap_err();
        assert_eq!(said.field(), Some("at"));
        assert_eq!(
            said.to_string(),
            "This page was made for America/Vancouver, and the company's time zone is Asia/Kolkata now. Check the time, then save again: nothing was saved."
        );
    }
}
