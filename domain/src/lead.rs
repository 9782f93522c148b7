//! What a lead must be to be taken in (PRODUCT.md, "Leads"). Fields are named as forms name them.

use crate::{Invalid, text::at_most};

/// A lead that may be stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewLead {
    pub first_name: String,
    pub last_name: String,
    /// E.164, unique among leads.
    pub phone: String,
    pub email: String,
    pub tags: Vec<String>,
}

/// The source of a lead that somebody types in, unless they say another.
pub const BY_HAND: &str = "Added by hand";

const NAME: usize = 120;
const EMAIL: usize = 254;
const TAG: usize = 60;
const TAGS: usize = 20;
const SOURCE: usize = 120;

impl NewLead {
    /// Checks raw text; `phone` has already been read by [`phone`]. Tags are separated by semicolons.
    ///
    /// # Errors
    /// Names the field and what is allowed.
    pub fn new(first_name: &str, last_name: &str, phone: String, email: &str, tags: &str) -> Result<Self, Invalid> {
        let first_name = first_name.trim();
        if first_name.is_empty() {
            return Err(Invalid::new("first_name", "The first name is required."));
        }
        let email = email.trim();
        if !email.is_empty() && !crate::user::looks_like_email(email) {
            return Err(Invalid::new("email", "The email must look like name@example.com."));
        }
        Ok(Self {
            first_name: at_most("first_name", "The first name", first_name, NAME)?,
            last_name: at_most("last_name", "The last name", last_name.trim(), NAME)?,
            phone,
            email: at_most("email", "The email", email, EMAIL)?,
            tags: split_tags(tags)?,
        })
    }
}

/// How a lead is called: first and last name, which may be empty.
#[must_use]
pub fn full_name(first_name: &str, last_name: &str) -> String {
    format!("{first_name} {last_name}").trim_end().to_owned()
}

fn split_tags(text: &str) -> Result<Vec<String>, Invalid> {
    let mut tags = Vec::new();
    for tag in text.split(';').map(str::trim).filter(|tag| !tag.is_empty()) {
        let tag = at_most("tags", "Each tag", tag, TAG)?;
        if !tags.contains(&tag) {
            tags.push(tag);
        }
    }
    if tags.len() > TAGS {
        return Err(Invalid::new("tags", format!("A lead may have {TAGS} tags at most.")));
    }
    Ok(tags)
}

/// Checks where a lead is said to come from; it may be empty.
///
/// # Errors
/// Says what is allowed.
pub fn source(text: &str) -> Result<String, Invalid> {
    at_most("source", "The source", text.trim(), SOURCE)
}

/// Reads a phone number, plain digits as numbers of `country` (ISO 3166-1 alpha-2), and gives it as E.164.
/// A number only has to have a length that people's numbers have in its country, since real lists hold numbers newer
/// than any published plan.
///
/// # Errors
/// Says what is allowed when it can't be a number.
#[cfg(feature = "server")]
pub fn phone(text: &str, country: &str) -> Result<String, Invalid> {
    let bad = || {
        Invalid::new(
            "phone",
            "The phone must be a number with its country code (+91…) or as dialled in the company's country.",
        )
    };
    let text = text.trim();
    if text.is_empty() {
        return Err(Invalid::new("phone", "The phone is required."));
    }
    let number = phonenumber::parse(country.parse().ok(), text).map_err(|_| bad())?;
    let e164 = number.format().mode(phonenumber::Mode::E164).to_string();
    // E.164: at most 15 digits after the plus; fewer than 7 reach nobody from abroad.
    if !(8..=16).contains(&e164.len()) || number.extension().is_some() || !has_possible_length(&number) {
        return Err(bad());
    }
    Ok(e164)
}

/// Whether numbers of people have as many digits in the number's country.
#[cfg(feature = "server")]
fn has_possible_length(number: &phonenumber::PhoneNumber) -> bool {
    use phonenumber::{Type, metadata::DATABASE};
    let plans = DATABASE.by_code(&number.code().value()).unwrap_or_default();
    let kinds = [Type::Mobile, Type::FixedLine, Type::Voip];
    let described = plans.iter().flat_map(|plan| kinds.iter().filter_map(|kind| plan.descriptors().get(*kind)));
    let lengths: Vec<u16> = described.flat_map(|kind| kind.possible_length()).copied().collect();
    let digits = number.national().to_string().len();
    lengths.is_empty() || lengths.iter().any(|length| usize::from(*length) == digits)
}

#[cfg(all(test, feature = "server"))]
mod tests {
    use super::*;

    #[test]
    fn phones_become_e164() {
        assert_eq!(phone("+1 872-555-0112", "IN").as_deref(), Ok("+18725550112"));
        assert_eq!(phone("98765 43210", "IN").as_deref(), Ok("+919876543210"));
        assert_eq!(phone("020 7946 0018", "GB").as_deref(), Ok("+442079460018"));
    }

    #[test]
    fn what_is_no_phone_is_refused_by_name() {
        let no_numbers = ["", "hello", "12", "+", "1234567890123456789"];
        // A digit lost, a postal code, a number that was a decimal.
        for text in no_numbers.into_iter().chain(["98765 4321", "560001", "9876543210.0", "+1 872 555 011"]) {
            assert_eq!(phone(text, "IN").expect_err(text).field, "phone");
        }
    }

    #[test]
    fn a_lead_needs_a_first_name_and_sound_fields() {
        let lead = NewLead::new(" Asha ", "", "+919876543210".into(), "", "a; b;;a").expect("valid");
        assert_eq!((lead.first_name.as_str(), lead.tags), ("Asha", vec!["a".to_owned(), "b".to_owned()]));
        let refused =
            |first: &str, email: &str| NewLead::new(first, "", String::new(), email, "").expect_err("invalid").field;
        assert_eq!(refused(" ", ""), "first_name");
        assert_eq!(refused("Asha", "asha"), "email");
        assert_eq!(refused(&"a".repeat(121), ""), "first_name");
        assert_eq!(refused("Asha\0", ""), "first_name");
        assert_eq!(source(" Fair ").as_deref(), Ok("Fair"));
        assert_eq!(source(&"a".repeat(121)).expect_err("long").field, "source");
    }
}
