//! What a server function may answer instead of its result. Three kinds of error never mix: a `Fault` is for the
//! person at the page; `calliyo_db::Error` is for the log and reaches a page only as [`Fault::Unavailable`]; what
//! failed inside a job is written to its run.

use std::cell::RefCell;

use calliyo_domain::{Invalid, lead_set::OtherLeads};
use leptos::server_fn::{
    Bytes,
    codec::JsonEncoding,
    error::{FromServerFnError, ServerFnErrorErr},
};
use serde::{Deserialize, Serialize};

use crate::made_under::MadeUnder;

/// Why nothing was done.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[serde(rename_all = "snake_case")]
pub enum Fault {
    #[error("You were signed out, so nothing was done. What you typed is still here: send it again.")]
    SignedOut,
    #[error("Your role doesn't allow this, and nothing was done. Ask an admin if you need it.")]
    Forbidden,
    #[error("There is no such page, or it isn't yours to see.")]
    NotFound,
    #[error("Email or password is wrong.")]
    WrongSignIn,
    #[error("That isn't your password. Nothing was saved.")]
    WrongPassword,
    /// The first admin was made already.
    #[error("An admin was made already. Sign in, or ask them for an account.")]
    AdminExists,
    /// The account is held up: `until` ends "Try again", and the seconds are for programs.
    #[error("Too many wrong passwords. Try again {until}.")]
    TooManyTries { until: String, seconds: i64 },
    /// Somebody saved the section after this form was opened.
    #[error(
        "{by} saved this section at {at}. Nothing of yours was saved: compare with their settings, then save again."
    )]
    Stale { by: String, at: String },
    /// What was sent is from a page that was made for somebody else, or for nobody.
    #[error("You are signed in as {name} now, and what was sent was not made for you. Nothing was changed.")]
    AnotherPerson { name: String },
    /// The lead, user or role was changed after this form was opened, which says so in words of its own.
    #[error("Somebody changed this after you opened the form. Nothing was saved.")]
    Changed,
    /// The company's zone or country is another than the form was made under.
    #[error("{}{}", .0, joined(&.0.also))]
    MadeUnder(Box<MadeUnder>),
    /// Another lead has the phone; `also` is what else is wrong.
    #[error("{}{}", taken(name), joined(also))]
    Taken {
        lead: i64,
        name: String,
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        also: Vec<Invalid>,
    },
    /// Other leads would be changed than were shown.
    #[error("{0}")]
    OtherLeads(OtherLeads),
    #[error("{0}")]
    Invalid(Invalid),
    #[error("The server could not do this just now. Nothing was changed; try again.")]
    Unavailable,
    /// The request did not reach the server, or the answer did not reach the page.
    #[error(
        "No answer from the server: what you sent may have arrived or not. Check the connection, and look before you try again."
    )]
    Unreachable,
}

type Hears = Box<dyn Fn(&Fault)>;

thread_local! {
    /// Who hears of the answers that carry a fault; on the server nobody.
    static HEARS: RefCell<Option<Hears>> = const { RefCell::new(None) };
}

/// Has `hear` called with each fault that a request's answer carries, whoever asked for what.
pub fn hear_faults(hear: impl Fn(&Fault) + 'static) {
    HEARS.set(Some(Box::new(hear)));
}

impl Fault {
    /// Whether the same may be answered otherwise a moment later.
    #[must_use]
    pub fn passes(&self) -> bool {
        matches!(self, Self::Unavailable | Self::Unreachable)
    }

    /// The form field to mark, if one is to blame; of several the first.
    #[must_use]
    pub fn field(&self) -> Option<&str> {
        self.fields().next()
    }

    /// The form fields to mark.
    pub fn fields(&self) -> impl Iterator<Item = &str> {
        let (own, others): (_, &[Invalid]) = match self {
            Self::WrongPassword => (Some("password"), &[]),
            Self::Taken { also, .. } => (Some("phone"), also),
            Self::MadeUnder(made) => (Some(made.field.as_str()), &made.also),
            Self::OtherLeads(_) => (Some("all"), &[]),
            Self::Invalid(invalid) => (Some(invalid.field.as_str()), &invalid.also),
            _ => (None, &[]),
        };
        own.into_iter().chain(others.iter().map(|problem| problem.field.as_str()))
    }

    /// What is to be said beside `field`, if it is to blame.
    #[must_use]
    pub fn at(&self, field: &str) -> Option<String> {
        match self {
            Self::Invalid(invalid) => invalid.at(field),
            Self::Taken { name, .. } if field == "phone" => Some(taken(name)),
            Self::MadeUnder(made) if field == made.field => Some(made.to_string()),
            Self::Taken { also, .. } => also.iter().find_map(|problem| problem.at(field)),
            Self::MadeUnder(made) => made.also.iter().find_map(|problem| problem.at(field)),
            _ => (self.field() == Some(field)).then(|| self.to_string()),
        }
    }

    /// What is to be said where no field says it, when a form shows the fields that `shows` is true of.
    #[must_use]
    pub fn elsewhere(&self, shows: impl Fn(&str) -> bool) -> Option<Self> {
        match self {
            Self::Invalid(invalid) => invalid.clone().only(|problem| !shows(&problem.field)).map(Self::Invalid),
            _ if !self.field().is_some_and(&shows) => Some(self.clone()),
            Self::Taken { also, .. } => unshown(also, shows),
            Self::MadeUnder(made) => unshown(&made.also, shows),
            _ => None,
        }
    }

    /// The same with `other`, where it names a field.
    #[cfg(feature = "ssr")]
    #[must_use]
    pub fn and(self, other: Invalid) -> Self {
        match self {
            Self::Invalid(invalid) => Self::Invalid(invalid.and(other)),
            Self::Taken { lead, name, mut also } => {
                also.extend(other.into_problems());
                Self::Taken { lead, name, also }
            }
            Self::MadeUnder(mut made) => {
                made.also.extend(other.into_problems());
                Self::MadeUnder(made)
            }
            other => other,
        }
    }

    /// The same problems in the order of a form's fields, but for what comes before them all.
    #[cfg(feature = "ssr")]
    #[must_use]
    pub fn in_order(self, fields: &[&str]) -> Self {
        match self {
            Self::Invalid(invalid) => Self::Invalid(invalid.in_order(fields)),
            other => other,
        }
    }

    /// Leaves out the last of several problems; gives whether there was one.
    #[cfg(feature = "ssr")]
    pub fn shorten(&mut self) -> bool {
        match self {
            Self::Invalid(invalid) => invalid.also.pop().is_some(),
            Self::Taken { also, .. } => also.pop().is_some(),
            Self::MadeUnder(made) => made.also.pop().is_some(),
            _ => false,
        }
    }

    /// What an answer that carries it is, in HTTP's terms (RFC 9110).
    #[cfg(feature = "ssr")]
    #[must_use]
    pub fn status(&self) -> http::StatusCode {
        match self {
            Self::SignedOut | Self::WrongSignIn => http::StatusCode::UNAUTHORIZED,
            Self::Forbidden | Self::WrongPassword | Self::AdminExists => http::StatusCode::FORBIDDEN,
            Self::NotFound => http::StatusCode::NOT_FOUND,
            Self::TooManyTries { .. } => http::StatusCode::TOO_MANY_REQUESTS,
            Self::Stale { .. }
            | Self::AnotherPerson { .. }
            | Self::Changed
            | Self::MadeUnder(_)
            | Self::Taken { .. }
            | Self::OtherLeads(_) => http::StatusCode::CONFLICT,
            Self::Invalid(_) => http::StatusCode::UNPROCESSABLE_ENTITY,
            Self::Unavailable | Self::Unreachable => http::StatusCode::SERVICE_UNAVAILABLE,
        }
    }
}

/// Those of the problems whose fields a form doesn't show.
fn unshown(problems: &[Invalid], shows: impl Fn(&str) -> bool) -> Option<Fault> {
    Invalid::none_of(problems.iter().filter(|problem| !shows(&problem.field)).cloned()).err().map(Fault::Invalid)
}

/// What both give, or all that is wrong with the fields of both.
///
/// # Errors
/// With the first fault, and what the second says of a field.
#[cfg(feature = "ssr")]
pub(crate) fn both<A, B>(one: Result<A, Fault>, other: Result<B, Fault>) -> Result<(A, B), Fault> {
    match (one, other) {
        (Ok(one), Ok(other)) => Ok((one, other)),
        (Err(fault), Err(Fault::Invalid(invalid))) => Err(fault.and(invalid)),
        (Err(fault), _) | (_, Err(fault)) => Err(fault),
    }
}

fn taken(name: &str) -> String {
    format!("{name} has this phone already.")
}

/// As they follow another sentence.
fn joined(problems: &[Invalid]) -> String {
    problems.iter().map(|problem| format!(" {problem}")).collect()
}

impl From<Invalid> for Fault {
    fn from(invalid: Invalid) -> Self {
        Self::Invalid(invalid)
    }
}

#[cfg(feature = "ssr")]
impl From<calliyo_db::Error> for Fault {
    fn from(error: calliyo_db::Error) -> Self {
        tracing::error!(%error, "a request failed on the database");
        Self::Unavailable
    }
}

impl FromServerFnError for Fault {
    type Encoder = JsonEncoding;

    fn de(data: Bytes) -> Self {
        // What isn't the server's own word comes from something in front of it.
        let fault = serde_json::from_slice(&data).unwrap_or(Self::Unreachable);
        HEARS.with_borrow(|hears| hears.iter().for_each(|hear| hear(&fault)));
        fault
    }

    fn from_server_fn_error(error: ServerFnErrorErr) -> Self {
        match error {
            ServerFnErrorErr::Args(_) | ServerFnErrorErr::MissingArg(_) | ServerFnErrorErr::Deserialization(_) => {
                Self::Invalid(Invalid::new("", "The form was not complete. Reload the page and try again."))
            }
            ServerFnErrorErr::Request(_) | ServerFnErrorErr::Response(_) => Self::Unreachable,
            _ => Self::Unavailable,
        }
    }
}

#[cfg(all(test, feature = "ssr"))]
mod tests {
    use super::*;

    fn problem(field: &str) -> Invalid {
        Invalid::new(field, format!("The {field} is wrong."))
    }

    fn faults() -> [Fault; 2] {
        let taken = Fault::Taken { lead: 1, name: "Asha".to_owned(), also: Vec::new() };
        [Fault::Invalid(problem("name").and(problem("tags"))), taken.and(problem("name").and(problem("tags")))]
    }

    #[test]
    fn each_field_has_its_own_problem_and_the_rest_stands_elsewhere() {
        let [invalid, taken] = faults();
        assert_eq!(invalid.fields().collect::<Vec<_>>(), ["name", "tags"]);
        assert_eq!(taken.fields().collect::<Vec<_>>(), ["phone", "name", "tags"]);
        for fault in [&invalid, &taken] {
            assert_eq!(fault.at("tags").as_deref(), Some("The tags is wrong."));
            assert_eq!(fault.at("email"), None);
            let elsewhere = |shown: &[&str]| fault.elsewhere(|field| shown.contains(&field)).map(|f| f.to_string());
            assert_eq!(elsewhere(&["phone", "name"]).as_deref(), Some("The tags is wrong."));
            assert_eq!(elsewhere(&["phone", "name", "tags"]), None);
            assert_eq!(elsewhere(&[]), Some(fault.to_string()));
        }
        assert_eq!(taken.at("phone").as_deref(), Some("Asha has this phone already."));
        assert_eq!(taken.to_string(), "Asha has this phone already. The name is wrong. The tags is wrong.");
    }

    #[test]
    fn what_names_no_field_or_a_password_is_said_alone() {
        assert_eq!(Fault::Changed.elsewhere(|_| true), Some(Fault::Changed));
        assert_eq!(Fault::WrongPassword.and(problem("name")), Fault::WrongPassword);
        assert_eq!(Fault::WrongPassword.at("password"), Some(Fault::WrongPassword.to_string()));
        assert_eq!(Fault::WrongPassword.elsewhere(|field| field == "password"), None);
    }

    #[test]
    fn the_last_of_several_can_be_left_out() {
        for mut fault in faults() {
            assert!(fault.shorten());
            assert_eq!(fault.fields().last(), Some("name"));
            while fault.shorten() {}
            assert_eq!(fault.fields().count(), 1);
        }
        assert!(!Fault::Changed.shorten());
    }
}
