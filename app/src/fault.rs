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
    #[error("{0}")]
    MadeUnder(MadeUnder),
    /// Another lead has the phone.
    #[error("{name} has this phone already.")]
    Taken { lead: i64, name: String },
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

    /// The form field to mark, if one is to blame.
    #[must_use]
    pub fn field(&self) -> Option<&str> {
        match self {
            Self::WrongPassword => Some("password"),
            Self::Taken { .. } => Some("phone"),
            Self::MadeUnder(made) => Some(&made.field),
            Self::OtherLeads(_) => Some("all"),
            Self::Invalid(invalid) => Some(&invalid.field),
            _ => None,
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
