//! The countries whose phone numbers are known (ISO 3166-1; names of the time zone database's `iso3166.tab`).

/// A country of the list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Country {
    /// ISO 3166-1 alpha-2.
    pub code: &'static str,
    pub name: &'static str,
}

/// All of them, by name.
pub fn all() -> impl Iterator<Item = Country> {
    include_str!("countries.tsv")
        .lines()
        .filter_map(|line| line.split_once('\t'))
        .map(|(code, name)| Country { code, name })
}

/// The country of a code, in any case.
#[must_use]
pub fn by_code(code: &str) -> Option<Country> {
    all().find(|country| country.code.eq_ignore_ascii_case(code.trim()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_country_has_numbers() {
        assert!(all().count() > 200);
        assert!(all().all(|country| country.code.parse::<phonenumber::country::Id>().is_ok()));
        assert_eq!(by_code("in").map(|country| country.name), Some("India"));
        assert_eq!(by_code("ZZ"), None);
    }
}
