use serde::{Deserialize, Serialize};

use super::{Section, SectionKey};
#[cfg(feature = "server")]
use crate::{Invalid, Together as _, country, text};

/// The longest company name.
#[cfg(feature = "server")]
const COMPANY: usize = 120;

/// Settings → General.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct General {
    pub company: String,
    /// ISO 3166-1 alpha-2: whose numbers phones without a country code are.
    pub country: String,
    /// IANA name: the zone of every time of day and local date.
    pub time_zone: String,
}

impl Section for General {
    const KEY: SectionKey = SectionKey::General;
}

#[cfg(feature = "server")]
impl General {
    /// Checks what a form brought.
    ///
    /// # Errors
    /// Names each field that is wrong (`company`, `country`, `time_zone`) and what is allowed.
    pub fn from_form(company: &str, country: &str, time_zone: &str) -> Result<Self, Invalid> {
        let company = text::required("company", "Company name", company, COMPANY);
        let country =
            country::by_code(country).ok_or_else(|| Invalid::new("country", "Choose a country from the list."));
        let zone = time_zone
            .trim()
            .parse::<chrono_tz::Tz>()
            .map_err(|_| Invalid::new("time_zone", "Time zone is a name from the list, such as Asia/Kolkata."));
        let (company, country, zone) = (company, country, zone).together()?;
        Ok(Self { company, country: country.code.to_owned(), time_zone: zone.name().to_owned() })
    }
}
