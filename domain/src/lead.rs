//! What a lead must be to be taken in (PRODUCT.md, "Leads"). Fields are named as forms name them.

use crate::{
    Invalid, Together as _,
    tags::{Commas, tags},
    text::{self, at_most, is_blank},
};

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
const SOURCE: usize = 120;

impl NewLead {
    /// Checks raw text; `phone` has already been read by [`crate::phone::e164`]. Tags are separated as forms have them
    /// ([`tags`], by commas too).
    ///
    /// # Errors
    /// Names each field that is wrong and what is allowed.
    pub fn new(first_name: &str, last_name: &str, phone: String, email: &str, tags: &str) -> Result<Self, Invalid> {
        Self::with_commas(first_name, last_name, phone, email, (tags, Commas::Separate))
    }

    /// The same, where somebody has said what a comma means in the tags.
    ///
    /// # Errors
    /// Names each field that is wrong and what is allowed.
    pub fn with_commas(
        first_name: &str,
        last_name: &str,
        phone: String,
        email: &str,
        (given, commas): (&str, Commas),
    ) -> Result<Self, Invalid> {
        let last_name = at_most("last_name", "The last name", last_name, NAME);
        let fields = (first(first_name), last_name, checked_email(email), tags(given, commas));
        let (first_name, last_name, email, tags) = fields.together()?;
        Ok(Self { first_name, last_name, phone, email, tags })
    }
}

fn first(name: &str) -> Result<String, Invalid> {
    if is_blank(name) {
        return Err(Invalid::new("first_name", "The first name is required."));
    }
    at_most("first_name", "The first name", name, NAME)
}

fn checked_email(text: &str) -> Result<String, Invalid> {
    let email = text::email(text);
    if !email.is_empty() && !crate::user::looks_like_email(&email) {
        return Err(Invalid::new("email", "The email must look like name@example.com."));
    }
    at_most("email", "The email", &email, EMAIL)
}

/// How a lead is called: first and last name, which may be empty.
#[must_use]
pub fn full_name(first_name: &str, last_name: &str) -> String {
    format!("{first_name} {last_name}").trim_end().to_owned()
}

/// Checks where a lead is said to come from; it may be empty.
///
/// # Errors
/// Says what is allowed.
pub fn source(text: &str) -> Result<String, Invalid> {
    at_most("source", "The source", text, SOURCE)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_lead_needs_a_first_name_and_sound_fields() {
        let lead = NewLead::new(" Asha ", "", "+919876543210".into(), "", "a; b;;a").expect("valid");
        assert_eq!((lead.first_name.as_str(), lead.tags), ("Asha", vec!["a".to_owned(), "b".to_owned()]));
        let refused =
            |first: &str, email: &str| NewLead::new(first, "", String::new(), email, "").expect_err("invalid").field;
        assert_eq!(refused(" ", ""), "first_name");
        assert_eq!(refused("\u{200b}\u{200d}\u{feff}", ""), "first_name", "nothing to be seen");
        assert_eq!(refused("Asha", "asha"), "email");
        let lead =
            NewLead::new("\u{202a}Zoë\u{a0}", "", String::new(), "mailto:zoe@example.com\u{200b}", "").expect("valid");
        assert_eq!((lead.first_name.as_str(), lead.email.as_str()), ("Zoë", "zoe@example.com"));
        assert_eq!(refused(&"a".repeat(121), ""), "first_name");
        assert_eq!(refused("Asha\0", ""), "first_name");
        assert_eq!(source(" Fair ").as_deref(), Ok("Fair"));
        assert_eq!(source(&"a".repeat(121)).expect_err("long").field, "source");
    }
}
