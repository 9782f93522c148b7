//! Why something isn't one phone number, in words.

use super::plan;
use crate::country;

/// Why something isn't one phone number.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reason {
    Nothing,
    /// There is no digit in it.
    NoDigits,
    /// `9.87E9`, or a decimal.
    Shortened,
    Two,
    Extension,
    Remark,
    /// “2)” before it.
    Place,
    Date,
    Letters,
    /// A plus, and no country's calling code.
    UnknownCode,
    /// Nobody said which country it is of.
    NoCountry,
    /// The number of digits isn't one that numbers of the country have.
    Length {
        digits: usize,
        /// The country's name, or its calling code.
        place: String,
        lengths: Vec<usize>,
    },
}

impl Reason {
    /// Why digits make no number.
    pub fn of_digits(plus: bool, digits: &str, country: &str) -> Self {
        let plan = if plus || digits.starts_with("00") {
            let Some((code, national)) = plan::code_and_national(digits) else { return Self::UnknownCode };
            Some((code, national.to_owned(), format!("+{code}")))
        } else {
            let place = country::by_code(country).map(|country| country.name.to_owned());
            plan::national(digits, country)
                .map(|(code, national)| (code, national, place.unwrap_or_else(|| format!("+{code}"))))
        };
        let Some((code, national, place)) = plan else { return Self::NoCountry };
        Self::Length { digits: national.len(), place, lengths: plan::lengths(code) }
    }

    /// For whoever typed it, with a number of the company's country.
    pub fn sentence(&self, country: &str) -> String {
        if *self == Self::Nothing {
            return "The phone is required.".to_owned();
        }
        let example = plan::example(country);
        let such_as = example
            .map_or_else(|| " Write it with its country code.".to_owned(), |e| format!(" Write it such as {e}."));
        format!("{}{such_as}", self.problem())
    }

    fn problem(&self) -> String {
        match self {
            Self::Nothing | Self::NoDigits => "The phone has no digits.".to_owned(),
            Self::Shortened => {
                "The phone was shortened by a spreadsheet: format the column as text and enter the number anew."
                    .to_owned()
            }
            Self::Two => "The phone holds two numbers: give one.".to_owned(),
            Self::Extension => {
                "The phone has an extension: give the number alone, and put the extension elsewhere.".to_owned()
            }
            Self::Remark => "The phone has a remark beside it: give the number alone.".to_owned(),
            Self::Place => "The phone has its place in a list before it: give the number alone.".to_owned(),
            Self::Date => "The phone is a date.".to_owned(),
            Self::Letters => "The phone has letters in it.".to_owned(),
            Self::UnknownCode => "The phone begins with a country code that no country has.".to_owned(),
            Self::NoCountry => "The phone needs a plus and its country code.".to_owned(),
            Self::Length { digits, place, lengths } => length(*digits, place, lengths),
        }
    }
}

fn length(digits: usize, place: &str, lengths: &[usize]) -> String {
    let (Some(least), Some(most)) = (lengths.iter().min(), lengths.iter().max()) else {
        return format!("The phone is no number of {place}.");
    };
    let what = match digits {
        n if n < *least => "too short",
        n if n > *most => "too long",
        _ => "of another length",
    };
    let of_so_many = if lengths.contains(&digits) {
        return format!("The phone is no number of {place}.");
    } else if least == most {
        format!("{least}")
    } else if most - least + 1 == lengths.len() {
        format!("{least} to {most}")
    } else {
        let all: Vec<_> = lengths.iter().map(ToString::to_string).collect();
        all.join(" or ")
    };
    let s = if digits == 1 { "" } else { "s" };
    format!("The phone is {what}: it has {digits} digit{s}, numbers of {place} have {of_so_many}.")
}
