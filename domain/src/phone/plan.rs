//! What the numbers of a country look like. Of libphonenumber's port only the metadata is asked: its reader takes digits
//! for a calling code or a trunk prefix that aren't one.

use std::sync::OnceLock;

use phonenumber::{Metadata, Type, metadata::DATABASE};
use regex::{Regex, RegexBuilder};

/// A way to read what was typed.
pub struct Number {
    code: u16,
    plan: &'static Plan,
    national: String,
}

impl Number {
    /// Whether its country's plan has the number.
    pub fn is_valid(&self) -> bool {
        self.is_dialled_from_abroad() && self.plan.numbers.is_match(&self.national)
    }

    /// Whether numbers of people have as many digits in its country.
    pub fn is_possible(&self) -> bool {
        let begins_as_dialled = self.plan.main.national_prefix() == Some("0") && self.national.starts_with('0');
        let digits = self.national.len();
        self.is_dialled_from_abroad()
            && !begins_as_dialled
            && self.plan.lengths.iter().any(|length| usize::from(*length) == digits)
    }

    /// At most 15 digits (ITU-T E.164, 6.2.1); fewer than 7 reach nobody from abroad.
    fn is_dialled_from_abroad(&self) -> bool {
        (8..=16).contains(&self.e164().len())
    }

    /// Whether its country's plan has it among the mobiles.
    pub fn is_mobile(&self) -> bool {
        self.is_dialled_from_abroad() && self.plan.mobiles.is_match(&self.national)
    }

    pub fn e164(&self) -> String {
        format!("+{}{}", self.code, self.national)
    }
}

/// The ways to read digits behind a plus: as they are, or with what is dialled first within the number's country.
fn international(digits: &str) -> Vec<Number> {
    let Some((code, national)) = code_and_national(digits) else { return Vec::new() };
    let Some(plan) = Plan::of(code) else { return Vec::new() };
    let readings = [
        in_present_form(code, national),
        Some(national.to_owned()),
        without_trunk_prefix(plan.main, national),
        italian_mobile(code, national),
    ];
    readings.into_iter().flatten().map(|national| Number { code, plan, national }).collect()
}

/// The calling code that digits behind a plus begin with, and the number without it; nothing where no country has it.
pub fn code_and_national(digits: &str) -> Option<(u16, &str)> {
    let digits = digits.strip_prefix("00").unwrap_or(digits);
    (1..=3).find_map(|length| {
        let (code, national) = digits.split_at_checked(length).filter(|_| !digits.starts_with('0'))?;
        let code = code.parse().ok()?;
        Plan::of(code).map(|_| (code, national))
    })
}

/// Digits as a country's numbers are without what is dialled first, and the country's calling code.
pub fn national(digits: &str, country: &str) -> Option<(u16, String)> {
    let home = DATABASE.by_id(country)?;
    Some((home.country_code(), without_trunk_prefix(home, digits).unwrap_or_else(|| digits.to_owned())))
}

/// A country's calling code.
pub fn code(country: &str) -> Option<u16> {
    DATABASE.by_id(country).map(Metadata::country_code)
}

/// How many digits people's numbers have behind a calling code, in order.
pub fn lengths(code: u16) -> Vec<usize> {
    let mut lengths: Vec<usize> =
        Plan::of(code).into_iter().flat_map(|plan| &plan.lengths).map(|length| usize::from(*length)).collect();
    lengths.sort_unstable();
    lengths.dedup();
    lengths
}

/// A number as people of the country may have, in E.164.
pub fn example(country: &str) -> Option<String> {
    let home = DATABASE.by_id(country)?;
    let kinds = [Type::Mobile, Type::FixedLine].into_iter();
    let national = kinds.filter_map(|kind| home.descriptors().get(kind)).find_map(|kind| kind.example())?;
    Some(format!("+{}{national}", home.country_code()))
}

/// What a number that is still written as it was before its country changed them is today, where its plan has forgotten
/// that: mobiles of Mexico had a 1 in front for callers from abroad, and 01, 044 or 045 within the country (numbering
/// plan of 3 August 2019).
fn in_present_form(code: u16, national: &str) -> Option<String> {
    let prefixes = ["044", "045", "01", "1"].into_iter().filter(|_| code == 52);
    prefixes.filter_map(|prefix| national.strip_prefix(prefix)).find(|rest| rest.len() == 10).map(str::to_owned)
}

/// A mobile of Italy without the zero that fixed lines keep, and mobiles have not had since 2001.
fn italian_mobile(code: u16, national: &str) -> Option<String> {
    let mobile = national.strip_prefix('0').filter(|rest| code == ITALY && rest.starts_with('3') && rest.len() == 10);
    mobile.map(str::to_owned)
}

/// Whether it is read as a mobile of Italy, of ten digits.
pub fn is_italian_mobile(plus: bool, digits: &str, country: &str) -> bool {
    let is = |number: &Number| number.code == ITALY && number.national.len() == 10 && number.is_mobile();
    readings(plus, digits, country).iter().any(is)
}

const ITALY: u16 = 39;

/// The ways to read digits without a plus in a country, the likely ones first.
fn domestic(digits: &str, country: &str) -> Vec<Number> {
    let Some(home) = DATABASE.by_id(country) else { return Vec::new() };
    let code = home.country_code();
    let Some(plan) = Plan::of(code) else { return Vec::new() };
    let as_dialled = [
        in_present_form(code, digits),
        without_trunk_prefix(home, digits),
        Some(digits.to_owned()),
        italian_mobile(code, digits),
    ];
    let national: Vec<_> = as_dialled.into_iter().flatten().map(|national| Number { code, plan, national }).collect();
    let prefix = home.international_prefix().and_then(|prefix| prefix.find(digits)).filter(|found| found.start() == 0);
    let after_zeros = digits.strip_prefix("00");
    // Some carriers' prefixes begin as 00 and the country's own code do.
    let own = after_zeros.filter(|rest| rest.starts_with(&code.to_string()));
    let abroad = [own, prefix.and_then(|found| digits.get(found.end()..)), after_zeros];
    let abroad: Vec<_> = abroad.into_iter().flatten().flat_map(international).collect();
    let with_code = if digits.starts_with(&code.to_string()) { international(digits) } else { Vec::new() };
    // Where numbers differ in length, a mobile with its code looks like a long number of some town.
    if with_code.iter().any(Number::is_mobile) && !national.iter().any(Number::is_mobile) {
        return with_code;
    }
    [national, abroad, with_code].into_iter().flatten().collect()
}

/// The ways to read digits behind a plus, or without one in a country.
pub fn readings(plus: bool, digits: &str, country: &str) -> Vec<Number> {
    if plus { international(digits) } else { domestic(digits, country) }
}

/// Whether it is what people dial before a number of the country, or its calling code.
pub fn is_dialled_first(digits: &str, country: &str) -> bool {
    DATABASE
        .by_id(country)
        .is_some_and(|home| home.national_prefix() == Some(digits) || home.country_code().to_string() == digits)
}

/// The number without what is dialled before it within the country, if it begins so; where numbers are written
/// differently for those who call from abroad, as those do.
fn without_trunk_prefix(country: &Metadata, digits: &str) -> Option<String> {
    // China's names carriers besides, who have not been chosen by dialling for long.
    let pattern = country.national_prefix_for_parsing().filter(|_| country.id() != "CN");
    let Some(pattern) = pattern else {
        return digits.strip_prefix(country.national_prefix()?).map(str::to_owned);
    };
    let found = pattern.captures(digits)?;
    let prefix = found.get(0).filter(|prefix| prefix.start() == 0)?;
    let last = (1..found.len()).next_back().and_then(|group| found.get(group));
    match country.national_prefix_transform_rule().filter(|_| last.is_some()) {
        Some(rule) => Some(pattern.replace(digits, rule).into_owned()),
        None => digits.get(prefix.end()..).map(str::to_owned),
    }
}

/// The numbers that begin with one calling code: one country's, or those of some that share it.
struct Plan {
    numbers: Regex,
    mobiles: Regex,
    /// How many digits people's numbers have.
    lengths: Vec<u16>,
    /// The country of the code, or the first of them.
    main: &'static Metadata,
}

/// By calling code.
static PLANS: [OnceLock<Option<Plan>>; 1000] = [const { OnceLock::new() }; 1000];

const OF_PEOPLE: [Type; 3] = [Type::Mobile, Type::FixedLine, Type::Voip];

const OTHERS: [Type; 7] = [
    Type::TollFree,
    Type::PremiumRate,
    Type::SharedCost,
    Type::PersonalNumber,
    Type::Pager,
    Type::Uan,
    Type::Voicemail,
];

impl Plan {
    fn of(code: u16) -> Option<&'static Self> {
        PLANS.get(usize::from(code))?.get_or_init(|| Self::read(code)).as_ref()
    }

    fn read(code: u16) -> Option<Self> {
        let countries = DATABASE.by_code(&code)?;
        let described = |kinds: &'static [Type]| {
            let countries = countries.iter();
            countries.flat_map(|country| kinds.iter().filter_map(|kind| country.descriptors().get(*kind)))
        };
        let whole = |kinds: &[&'static [Type]]| {
            let patterns = kinds.iter().flat_map(|kinds| described(kinds)).map(|kind| kind.national_number().as_str());
            let whole = format!("^(?:{})$", patterns.collect::<Vec<_>>().join("|"));
            RegexBuilder::new(&whole).ignore_whitespace(true).unicode(false).build().ok()
        };
        let mut lengths: Vec<u16> = described(&OF_PEOPLE).flat_map(|kind| kind.possible_length()).copied().collect();
        if lengths.is_empty() {
            lengths.extend(countries.iter().flat_map(|country| country.descriptors().general().possible_length()));
        }
        Some(Self {
            numbers: whole(&[&OF_PEOPLE, &OTHERS])?,
            mobiles: whole(&[&[Type::Mobile]])?,
            lengths,
            main: *countries.first()?,
        })
    }
}
