//! Who is asking, and whether they may. Every server function begins here.

use std::sync::Arc;

use calliyo_db::{
    Tx, sessions, settings, sign_ins,
    users::{self, User},
};
use calliyo_domain::{company, counted::count, permission::Permission, settings::General, sign_in, user::email_key};
use chrono_tz::Tz;
use http::HeaderMap;
use leptos::prelude::use_context;
use tokio::sync::OnceCell;

use super::{Services, company_time, request};
use crate::{
    Fault,
    sign_in::{Viewer, Visitor},
};

/// A session unused for this long has ended: 24 hours, in milliseconds.
pub const IDLE: i64 = 24 * 60 * 60 * 1000;

/// Use is noted once a minute at most, in milliseconds.
const NOTE_EVERY: i64 = MINUTE;

const MINUTE: i64 = 60 * 1000;

/// Who makes a request, read once for all that its page asks for: so that all of it is for the same person, as they
/// were allowed when it began.
#[derive(Clone, Debug, Default)]
pub struct Caller(Arc<OnceCell<Option<User>>>);

/// The signed-in user, whatever their role allows.
pub async fn require_user(services: &Services) -> Result<User, Fault> {
    let digest = request::session_digest(services.secure).ok_or(Fault::SignedOut)?;
    let user = match use_context::<Caller>() {
        Some(Caller(user)) => user.get_or_try_init(|| user_of(services, &digest)).await?.clone(),
        None => user_of(services, &digest).await?,
    };
    user.ok_or(Fault::SignedOut)
}

/// The signed-in user, if their role allows `permission`.
pub async fn require(services: &Services, permission: Permission) -> Result<User, Fault> {
    allowed(require_user(services).await?, permission)
}

/// As [`require`], for a request that no server function answers.
///
/// # Errors
/// [`Fault::SignedOut`] or [`Fault::Forbidden`].
pub async fn require_by(services: &Services, headers: &HeaderMap, permission: Permission) -> Result<User, Fault> {
    let digest = request::digest_in(headers, services.secure).ok_or(Fault::SignedOut)?;
    require_of(services, &digest, permission).await
}

/// As [`require`], of the session with this digest.
///
/// # Errors
/// [`Fault::SignedOut`], [`Fault::Forbidden`] or [`Fault::Unavailable`].
pub async fn require_of(services: &Services, digest: &str, permission: Permission) -> Result<User, Fault> {
    allowed(user_of(services, digest).await?.ok_or(Fault::SignedOut)?, permission)
}

fn allowed(user: User, permission: Permission) -> Result<User, Fault> {
    if user.permissions().allow(permission) { Ok(user) } else { Err(Fault::Forbidden) }
}

/// The user of a live session, whose use is noted.
///
/// # Errors
/// [`Fault::Unavailable`].
pub async fn user_of(services: &Services, digest: &str) -> Result<Option<User>, Fault> {
    let now = services.clock.now();
    let mut tx = services.read().await?;
    let found = users::in_session(&mut tx, digest, now, now - IDLE).await?;
    drop(tx);
    if found.as_ref().is_some_and(|found| found.last_seen_at < now - NOTE_EVERY) {
        // Nobody waits for it: SQLite's one writer may be at work for long.
        tokio::spawn(note_use(services.clone(), digest.to_owned(), now));
    }
    Ok(found.map(|found| found.user))
}

/// As [`user_of`], but for who only listens: an open page alone doesn't keep a session alive.
///
/// # Errors
/// [`Fault::Unavailable`].
pub async fn listener(services: &Services, digest: &str) -> Result<Option<User>, Fault> {
    let now = services.clock.now();
    let mut tx = services.read().await?;
    Ok(users::by_session(&mut tx, digest, now, now - IDLE).await?)
}

async fn note_use(services: Services, digest: String, now: i64) {
    let noted = async {
        let mut tx = services.db.write().await?;
        sessions::touch(&mut tx, &digest, now, now - NOTE_EVERY).await?;
        tx.commit().await
    };
    if let Err(error) = noted.await {
        tracing::warn!(%error, "the use of a session was not noted");
    }
}

/// Who looks at the page.
pub async fn visitor() -> Result<Visitor, Fault> {
    let services = Services::current()?;
    match require_user(&services).await {
        Ok(user) => {
            let general = settings::get::<General>(&mut services.read().await?).await?.value;
            Ok(Visitor::SignedIn(viewer(user, general.company)))
        }
        Err(Fault::SignedOut) if users::any(&mut services.read().await?).await? => Ok(Visitor::SignedOut),
        Err(Fault::SignedOut) => Ok(Visitor::FirstRun),
        Err(fault) => Err(fault),
    }
}

fn viewer(user: User, company: String) -> Viewer {
    let permissions = user.permissions();
    Viewer { id: user.id, name: user.name, email: user.email, role: user.role, permissions, company }
}

/// Makes sure that it is the signed-in user who confirms. Wrong passwords count against their session alone: strangers who
/// guess at the sign-in don't hold up who is signed in.
pub(super) async fn confirm_password(services: &Services, user: &User, password: String) -> Result<(), Fault> {
    let session = request::session_digest(services.secure).unwrap_or_default();
    let session = request::digest(&format!("session {session}"));
    let mut tx = services.db.write().await?;
    let zone = company_time::zone(&mut tx).await?;
    let attempt = begin_attempt(services, &mut tx, &session, &session, Some(zone)).await?;
    tx.commit().await?;
    if !services.passwords.verify(password, Some(user.password_hash.clone())).await? {
        return Err(Fault::WrongPassword);
    }
    let mut tx = services.db.write().await?;
    sign_ins::succeed(&mut tx, attempt).await?;
    tx.commit().await?;
    Ok(())
}

/// As what an account is counted.
pub(super) fn account(email: &str) -> String {
    request::digest(&email_key(email))
}

/// Writes an attempt to sign in down, unless there have been too many. A browser that has signed in to the account before
/// is counted by itself, wherever it is: neighbours who share its address don't hold it up.
pub(super) async fn begin_sign_in(services: &Services, email: &str) -> Result<i64, Fault> {
    let account = account(email);
    let mut tx = services.db.write().await?;
    let from = match request::browser(services.secure) {
        Some(browser) if sign_ins::has_signed_in(&mut tx, &account, &browser).await? => browser,
        _ => request::network(),
    };
    let attempt = begin_attempt(services, &mut tx, &account, &from, None).await?;
    tx.commit().await?;
    Ok(attempt)
}

/// Until when one must wait is said by the company's clocks to those who are signed in, and to others as how long it takes:
/// where the company is, is none of theirs.
async fn begin_attempt(
    services: &Services,
    tx: &mut Tx,
    account: &str,
    from: &str,
    zone: Option<Tz>,
) -> Result<i64, Fault> {
    let now = services.clock.now();
    sign_ins::take_turn(tx, account, from).await?;
    let failures = sign_ins::failures(tx, account, from, now - sign_in::WINDOW).await?;
    if !sign_in::may_try(&failures) {
        let holding = sign_ins::holding(tx, account, from, now - sign_in::WINDOW).await?;
        let until = sign_in::held_until(&failures, &holding).unwrap_or(now + sign_in::WINDOW);
        return Err(too_many_tries(now, until, zone));
    }
    Ok(sign_ins::begin(tx, account, from, now).await?)
}

/// `until` is told to the minute by which it is over.
fn too_many_tries(now: i64, until: i64, zone: Option<Tz>) -> Fault {
    let left = (until - now).max(1);
    let minutes = left.unsigned_abs().div_ceil(MINUTE.unsigned_abs());
    let end = (until + MINUTE - 1).div_euclid(MINUTE) * MINUTE;
    Fault::TooManyTries {
        until: match zone {
            Some(zone) => format!("at {}", company::minute(end, zone)),
            None => format!("in {}", count(minutes, "minute")),
        },
        seconds: (left + 999) / 1000,
    }
}

#[cfg(test)]
mod tests {
    use chrono_tz::{Tz, UTC};

    use super::too_many_tries;

    #[test]
    fn says_by_when_a_hold_is_over() {
        let say = |until, zone: Option<Tz>| too_many_tries(0, until, zone).to_string();
        assert_eq!(say(900_000, None), "Too many wrong passwords. Try again in 15 minutes.");
        assert_eq!(say(60_001, None), "Too many wrong passwords. Try again in 2 minutes.");
        assert_eq!(say(1, None), "Too many wrong passwords. Try again in 1 minute.");
        assert_eq!(say(60_001, Some(UTC)), "Too many wrong passwords. Try again at 1970-01-01 00:02 UTC.");
    }
}
