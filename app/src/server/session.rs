//! Who is asking, and whether they may. Every server function begins here.

use calliyo_db::{
    sessions, settings,
    users::{self, User},
};
use calliyo_domain::{permission::Permission, settings::General, sign_in, user::email_key};
use http::HeaderMap;

use super::{Services, request};
use crate::{
    Fault,
    sign_in::{Viewer, Visitor},
};

/// A session unused for this long has ended: 24 hours, in milliseconds.
pub const IDLE: i64 = 24 * 60 * 60 * 1000;

/// Use is noted once a minute at most, in milliseconds.
const NOTE_EVERY: i64 = 60 * 1000;

/// The signed-in user, whatever their role allows.
pub async fn require_user(services: &Services) -> Result<User, Fault> {
    let digest = request::session_digest(services.secure).ok_or(Fault::SignedOut)?;
    user_of(services, &digest).await?.ok_or(Fault::SignedOut)
}

/// The signed-in user, if their role allows `permission`.
pub async fn require(services: &Services, permission: Permission) -> Result<User, Fault> {
    let digest = request::session_digest(services.secure).ok_or(Fault::SignedOut)?;
    require_of(services, &digest, permission).await
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
    let user = user_of(services, digest).await?.ok_or(Fault::SignedOut)?;
    if user.permissions().allow(permission) { Ok(user) } else { Err(Fault::Forbidden) }
}

/// The user of a live session, whose use is noted.
///
/// # Errors
/// [`Fault::Unavailable`].
pub async fn user_of(services: &Services, digest: &str) -> Result<Option<User>, Fault> {
    let now = services.clock.now();
    let mut tx = services.db.read().await?;
    let user = users::by_session(&mut tx, digest, now, now - IDLE).await?;
    let seen = sessions::last_seen(&mut tx, digest).await?;
    drop(tx);
    if user.is_some() && seen.is_some_and(|seen| seen < now - NOTE_EVERY) {
        // Nobody waits for it: SQLite's one writer may be at work for long.
        tokio::spawn(note_use(services.clone(), digest.to_owned(), now));
    }
    Ok(user)
}

/// As [`user_of`], but for who only listens: an open page alone doesn't keep a session alive.
///
/// # Errors
/// [`Fault::Unavailable`].
pub async fn listener(services: &Services, digest: &str) -> Result<Option<User>, Fault> {
    let now = services.clock.now();
    let mut tx = services.db.read().await?;
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
            let general = settings::get::<General>(&mut services.db.read().await?).await?.value;
            Ok(Visitor::SignedIn(viewer(user, general.company)))
        }
        Err(Fault::SignedOut) if users::any(&mut services.db.read().await?).await? => Ok(Visitor::SignedOut),
        Err(Fault::SignedOut) => Ok(Visitor::FirstRun),
        Err(fault) => Err(fault),
    }
}

fn viewer(user: User, company: String) -> Viewer {
    let permissions = user.permissions();
    Viewer { id: user.id, name: user.name, email: user.email, role: user.role, permissions, company }
}

/// Makes sure that it is the signed-in user who confirms; wrong passwords count as failed sign-ins do.
pub(super) async fn confirm_password(services: &Services, user: &User, password: String) -> Result<(), Fault> {
    let attempt = begin_attempt(services, &user.email).await?;
    if !services.passwords.verify(password, Some(user.password_hash.clone())).await? {
        return Err(Fault::WrongPassword);
    }
    let mut tx = services.db.write().await?;
    calliyo_db::sign_ins::succeed(&mut tx, attempt).await?;
    tx.commit().await?;
    Ok(())
}

/// Writes an attempt down, unless there have been too many.
pub(super) async fn begin_attempt(services: &Services, email: &str) -> Result<i64, Fault> {
    let now = services.clock.now();
    let account = request::digest(&email_key(email));
    let (address, _) = request::client();
    let mut tx = services.db.write().await?;
    calliyo_db::sign_ins::take_turn(&mut tx, &account, &address).await?;
    let failures = calliyo_db::sign_ins::failures(&mut tx, &account, &address, now - sign_in::WINDOW).await?;
    if !sign_in::may_try(&failures) {
        return Err(Fault::TooManyTries);
    }
    let attempt = calliyo_db::sign_ins::begin(&mut tx, &account, &address, now).await?;
    tx.commit().await?;
    Ok(attempt)
}
