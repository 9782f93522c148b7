//! What stands in a phone's place and is no phone number, and how people are told.

use phonenumber::{Type, metadata::DATABASE};

use super::plan::Number;
use crate::country;

/// Why something isn't one phone number.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Odd {
    /// Two numbers, or one and the last digits of another.
    Two,
    Extension,
    /// Something in brackets behind the number.
    Remark,
    /// A spreadsheet wrote it as 9.87E+09.
    Shortened,
    /// More than a number could be, with whatever stands in it.
    Long,
    /// It ends like a decimal number.
    Decimal,
    /// No digit, or letters among them.
    Letters,
    /// A sign that no number has.
    Sign(char),
    /// No country has the calling code.
    UnknownCode,
    /// How many digits there are, and in which country that is too few.
    TooShort(usize, &'static str),
    /// As [`Self::TooShort`].
    TooLong(usize, &'static str),
    /// It has a length that some numbers have, and yet is none.
    None,
}

impl Odd {
    /// Why none of the `readings` is a number.
    pub fn of_length(readings: &[Number], has_plus: bool) -> Self {
        let Some(first) = readings.first() else { return if has_plus { Self::UnknownCode } else { Self::None } };
        let (digits, lengths) = (first.length(), first.lengths());
        let (least, most) = (lengths.iter().min(), lengths.iter().max());
        match (least, most) {
            (Some(least), _) if digits < usize::from(*least) => Self::TooShort(digits, first.country()),
            (_, Some(most)) if digits > usize::from(*most) => Self::TooLong(digits, first.country()),
            _ => Self::None,
        }
    }

    /// A sentence for who typed it, with a number as it is written in `home` (ISO 3166-1 alpha-2).
    pub fn sentence(&self, home: &str) -> String {
        let example = example(home);
        let write = format!("Write one number, such as {example}.");
        match self {
            Self::Two => format!("The phone holds more than one number. {write}"),
            Self::Extension => format!("The phone holds an extension: put it in a note. {write}"),
            Self::Remark => format!("The phone holds a remark in brackets: put it in a note. {write}"),
            Self::Shortened => {
                "The phone was shortened by a spreadsheet, its last digits are lost. Format the column as text there, \
                 and export it again."
                    .to_owned()
            }
            Self::Long => format!("The phone is too long for any number. {write}"),
            Self::Decimal => format!("The phone ends like a decimal number. {write}"),
            Self::Letters => format!("The phone must be digits, and it holds letters or none. {write}"),
            Self::Sign(sign) => format!("The phone holds “{sign}”, which no number has. {write}"),
            Self::UnknownCode => format!("The phone begins with a code that no country has. {write}"),
            Self::TooShort(digits, country) => {
                format!("The phone is too short for a number of {}: it has {digits} digits. {write}", name(country))
            }
            Self::TooLong(digits, country) => {
                format!("The phone is too long for a number of {}: it has {digits} digits. {write}", name(country))
            }
            Self::None => {
                format!("The phone must be a number of {}, or have a plus and its country's code. {write}", name(home))
            }
        }
    }
}

fn name(code: &str) -> &str {
    country::by_code(code).map_or("the company's country", |country| country.name)
}

/// A made-up mobile of the country.
fn example(home: &str) -> String {
    let plan = DATABASE.by_id(home).or_else(|| DATABASE.by_id("IN"));
    let described = |plan: &'static phonenumber::Metadata| {
        let kinds = [Type::Mobile, Type::FixedLine].into_iter().filter_map(|kind| plan.descriptors().get(kind));
        let mut examples = kinds.chain([plan.descriptors().general()]).filter_map(|kind| kind.example());
        examples.next().map(|national| format!("+{}{national}", plan.country_code()))
    };
    plan.and_then(described).unwrap_or_default()
}
