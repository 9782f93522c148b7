//! What a user must be (PRODUCT.md, "Who uses it").

use crate::{Invalid, Together as _, text};

/// The largest lead cap that can be set.
pub const MAX_LEAD_CAP: i64 = 100_000;

/// What is entered about a user, checked; for adding one and for editing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewUser {
    pub name: String,
    /// In lower case.
    pub email: String,
    /// E.164, or empty.
    pub phone: String,
    pub employee_code: String,
    pub lead_cap: i64,
    /// Whether the jobs give leads to the user: off while on leave.
    pub receiving: bool,
}

impl NewUser {
    /// # Errors
    /// Names each field that is wrong and what is allowed.
    pub fn new(name: &str, email: &str, lead_cap: i64) -> Result<Self, Invalid> {
        let name = text::required("name", "The name", name, 120);
        let (name, email, lead_cap) = (name, sign_in_email(email), within_limits(Some(lead_cap))).together()?;
        Ok(Self { name, email, phone: String::new(), employee_code: String::new(), lead_cap, receiving: true })
    }
}

/// Reads a user's phone number, plain digits being one of `country` (ISO 3166-1 alpha-2). It may be empty.
///
/// # Errors
/// Says what is allowed.
#[cfg(feature = "server")]
pub fn phone(text: &str, country: &str) -> Result<String, Invalid> {
    if text::is_blank(text) { Ok(String::new()) } else { crate::phone::e164(text, country) }
}

/// Checks an employee code, which may be empty.
///
/// # Errors
/// Says what is allowed.
pub fn employee_code(text: &str) -> Result<String, Invalid> {
    text::at_most("employee_code", "The employee code", text, 60)
}

/// Reads the email that a user signs in with.
///
/// # Errors
/// Says what is allowed.
pub fn sign_in_email(text: &str) -> Result<String, Invalid> {
    // One spelling: databases differ in which letters they take as the same.
    let email = text::email(text).to_lowercase();
    if looks_like_email(&email) {
        Ok(email)
    } else {
        Err(Invalid::new("email", "The email must look like name@example.com."))
    }
}

/// Reads a lead cap as typed. It is required where the role works a queue; elsewhere none is 0.
///
/// # Errors
/// Says what is allowed.
pub fn lead_cap(text: &str, works_queue: bool) -> Result<i64, Invalid> {
    let text = text.trim();
    if text.is_empty() && !works_queue {
        return Ok(0);
    }
    let digits = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    within_limits(digits.then(|| text.parse().ok()).flatten())
}

fn within_limits(cap: Option<i64>) -> Result<i64, Invalid> {
    cap.filter(|cap| (0..=MAX_LEAD_CAP).contains(cap))
        .ok_or_else(|| Invalid::new("lead_cap", format!("The lead cap is a whole number from 0 to {MAX_LEAD_CAP}.")))
}

/// Nobody may ban themself: they could not undo it.
///
/// # Errors
/// When `actor` and `user` are the same.
pub fn check_ban(actor: i64, user: i64) -> Result<(), Invalid> {
    if actor == user {
        return Err(Invalid::new("", "You can't ban yourself. Nothing was changed."));
    }
    Ok(())
}

/// Somebody who manages users and settings remains: a change that takes the last one's power is refused. The numbers
/// are of users who aren't banned and whose role has both, before the change and after it.
///
/// # Errors
/// When nobody would remain.
pub fn check_administrators(before: i64, after: i64) -> Result<(), Invalid> {
    if before > 0 && after == 0 {
        return Err(Invalid::new(
            "role",
            "Nobody would be left who can manage users and settings. Give another user a role with both first. Nothing was changed.",
        ));
    }
    Ok(())
}

/// What an email is known by: two that look the same are one, as typed at sign-in too.
#[must_use]
pub fn email_key(email: &str) -> String {
    text::key(&text::email(email))
}

/// Whether it is one address as HTML's `input type=email` takes them (HTML Living Standard, "valid email address"), with
/// letters of every script (RFC 6531); the mail server judges the rest.
#[must_use]
pub fn looks_like_email(text: &str) -> bool {
    let Some((local, host)) = text.rsplit_once('@') else { return false };
    let of_local = |c: char| of_word(c) || ".!#$%&'*+/=?^_`{|}~-".contains(c);
    let is_label = |label: &str| {
        let edge = |c: Option<char>| c.is_some_and(of_word);
        label.len() <= 63
            && edge(label.chars().next())
            && edge(label.chars().next_back())
            && label.chars().all(|c| of_word(c) || c == '-')
    };
    text.len() <= 254 && !local.is_empty() && local.chars().all(of_local) && host.split('.').all(is_label)
}

/// Letters and digits, and whatever isn't a sign of its own in other scripts.
fn of_word(c: char) -> bool {
    let is_sign = matches!(c, '\u{80}'..='\u{bf}' | '\u{2000}'..='\u{2bff}' | '\u{3000}'..='\u{303f}')
        || matches!(c, '\u{ff00}'..='\u{ff0f}' | '\u{ff1a}'..='\u{ff20}' | '\u{ff3b}'..='\u{ff40}')
        || matches!(c, '\u{ff5b}'..='\u{ff65}');
    c.is_ascii_alphanumeric() || !c.is_ascii() && !c.is_whitespace() && !is_sign
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn emails_and_passwords() {
        for text in [
            "asha@example.com",
            "a.b+c'd_e-f@sub-1.example.com",
            "root@localhost",
            "zoë@exämple.com",
            "प्रिया@उदाहरण.भारत",
        ] {
            assert!(looks_like_email(text), "{text}");
        }
        for text in [
            "",
            "asha",
            "@example.com",
            "asha@",
            "a b@example.com",
            "a@b@c",
            "a@.com",
            // More than an address, or a part of it.
            "asha@example.com,",
            "asha@example.com;zoe@example.com",
            "asha@example.com/zoe@example.com",
            "<asha@example.com>",
            "Asha<asha@example.com>",
            "asha@example.com(office)",
            "asha@example..com",
            "asha@example.com.",
            "asha@-example.com",
            "asha＠example.com",
            "asha@example.com；zoe",
            "“asha@example.com”",
        ] {
            assert!(!looks_like_email(text), "{text}");
        }
        assert_eq!(NewUser::new("Asha", "asha@example.com", -1).expect_err("cap").field, "lead_cap");
        for email in ["mailto:Asha@Example.com", "asha@example.com\u{feff}", "\u{202a}asha@example.com\u{202c}"] {
            assert_eq!(NewUser::new("Asha", email, 0).expect(email).email, "asha@example.com");
            assert_eq!(email_key(email), "asha@example.com");
        }
        for name in ["Asha\0", "As\u{202e}ahsA", "\u{200b}\u{200b}"] {
            assert_eq!(NewUser::new(name, "asha@example.com", 0).expect_err(name).field, "name");
        }
    }

    #[test]
    fn a_lead_cap_is_a_whole_number_within_its_limits() {
        for (text, cap) in [("0", 0), (" 37 ", 37), ("100000", 100_000)] {
            assert_eq!((lead_cap(text, true), lead_cap(text, false)), (Ok(cap), Ok(cap)));
        }
        assert_eq!(lead_cap(" ", true).expect_err("empty").message, "The lead cap is a whole number from 0 to 100000.");
        assert_eq!(lead_cap(" ", false), Ok(0), "no queue, no cap");
        for text in ["-1", "+1", "1.5", "100001", "99999999999999999999", "ten"] {
            for works_queue in [true, false] {
                assert_eq!(lead_cap(text, works_queue).expect_err(text).field, "lead_cap");
            }
        }
    }

    #[test]
    fn an_employee_code_is_short_and_optional() {
        assert_eq!(employee_code(" E-7 ").as_deref(), Ok("E-7"));
        assert_eq!(employee_code("").as_deref(), Ok(""));
        assert_eq!(employee_code(&"7".repeat(61)).expect_err("long").field, "employee_code");
    }

    #[cfg(feature = "server")]
    #[test]
    fn a_phone_is_optional_and_read_in_the_companys_country() {
        assert_eq!(phone("98765 43210", "IN").as_deref(), Ok("+919876543210"));
        assert_eq!(phone("  ", "IN").as_deref(), Ok(""));
        assert_eq!(phone("hello", "IN").expect_err("no number").field, "phone");
    }

    #[test]
    fn somebody_remains_to_manage_users_and_settings() {
        assert!(check_administrators(1, 0).is_err());
        for (before, after) in [(2, 1), (1, 1), (0, 0), (0, 1)] {
            assert!(check_administrators(before, after).is_ok(), "{before} → {after}");
        }
        assert!(check_ban(1, 2).is_ok() && check_ban(2, 2).is_err());
    }
}
