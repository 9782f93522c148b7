//! What a user must be (PRODUCT.md, "Who uses it").

use crate::Invalid;

/// The largest lead cap that can be set.
pub const MAX_LEAD_CAP: i64 = 100_000;

/// A user's name and sign-in address, checked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewUser {
    pub name: String,
    /// In lower case.
    pub email: String,
    pub lead_cap: i64,
}

impl NewUser {
    /// # Errors
    /// Names the field and what is allowed.
    pub fn new(name: &str, email: &str, lead_cap: i64) -> Result<Self, Invalid> {
        // One spelling: databases differ in which letters they take as the same.
        let (name, email) = (name.trim(), &email.trim().to_lowercase());
        if name.is_empty() || name.chars().count() > 120 {
            return Err(Invalid::new("name", "The name is required, 120 characters at most."));
        }
        if !looks_like_email(email) {
            return Err(Invalid::new("email", "The email must look like name@example.com."));
        }
        if !(0..=MAX_LEAD_CAP).contains(&lead_cap) {
            return Err(Invalid::new("lead_cap", format!("The lead cap is a whole number from 0 to {MAX_LEAD_CAP}.")));
        }
        Ok(Self { name: name.to_owned(), email: email.to_owned(), lead_cap })
    }
}

/// Checks a new password. Length is what counts (NIST SP 800-63B, 3.1.1.2); no composition rules.
///
/// # Errors
/// Says what is allowed.
pub fn check_password(password: &str) -> Result<(), Invalid> {
    let length = password.chars().count();
    if (10..=200).contains(&length) {
        Ok(())
    } else {
        Err(Invalid::new("password", "The password needs 10 characters at least and may have 200."))
    }
}

/// One `@` with something before it and a dotted or plain host behind; the mail server judges the rest.
#[must_use]
pub fn looks_like_email(text: &str) -> bool {
    let Some((local, host)) = text.split_once('@') else { return false };
    let clean = !text.chars().any(|c| c.is_whitespace() || c.is_control());
    clean
        && text.len() <= 254
        && !local.is_empty()
        && !host.is_empty()
        && !host.contains('@')
        && !host.starts_with('.')
        && !host.ends_with('.')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn emails_and_passwords() {
        assert!(looks_like_email("asha@example.com"));
        for text in ["", "asha", "@example.com", "asha@", "a b@example.com", "a@b@c", "a@.com"] {
            assert!(!looks_like_email(text), "{text}");
        }
        assert!(check_password("long enough").is_ok());
        assert!(check_password("too short").is_err());
        assert_eq!(NewUser::new("Asha", "asha@example.com", -1).expect_err("cap").field, "lead_cap");
    }
}
