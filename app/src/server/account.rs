//! The own account.

use calliyo_db::{Tx, sessions, settings, sign_ins, users};
use calliyo_domain::{
    Invalid,
    password::{self, About},
    settings::General,
    text,
};

use super::{Services, company_time, forms, request, session};
use crate::{
    Fault,
    account::{OpenSession, OwnAccount},
    live::LiveEvent,
    ui::Moment,
};

const PAGE: &str = "/account";

pub(crate) async fn read() -> Result<OwnAccount, Fault> {
    let services = Services::current()?;
    let user = session::require_user(&services).await?;
    let mut tx = services.read().await?;
    let sessions = open_sessions(&services, &mut tx, user.id).await?;
    Ok(OwnAccount { name: user.name, email: user.email, role: user.role, sessions })
}

/// Where a user is signed in, last used first; what has ended by itself and isn't cleared away yet doesn't count.
pub(super) async fn open_sessions(services: &Services, tx: &mut Tx, user: i64) -> Result<Vec<OpenSession>, Fault> {
    let now = services.clock.now();
    let zone = company_time::zone(tx).await?;
    let own = match request::session_digest(services.secure) {
        Some(digest) => sessions::id_of(tx, &digest).await?,
        None => None,
    };
    let found = sessions::of_user(tx, user).await?;
    let live = found.into_iter().filter(|s| s.expires_at > now && s.last_seen_at > now - session::IDLE);
    Ok(live
        .map(|session| OpenSession {
            id: session.id,
            address: session.address,
            browser: session.browser,
            since: Moment::of(session.created_at, zone),
            seen: Moment::of(session.last_seen_at, zone),
            this: own == Some(session.id),
        })
        .collect())
}

pub(crate) async fn change_password(password: String, new_password: String) -> Result<(), Fault> {
    let result = try_change_password(password, new_password).await;
    match &result {
        Ok(()) => forms::done(&format!("{PAGE}?done=password")),
        Err(fault) => forms::refused(PAGE, &[("form", "password".to_owned())], fault, "#password"),
    }
    result
}

async fn try_change_password(password: String, new_password: String) -> Result<(), Fault> {
    let services = Services::current()?;
    let user = session::require_user(&services).await?;
    let digest = request::session_digest(services.secure).ok_or(Fault::SignedOut)?;
    session::confirm_password(&services, &user, password.clone()).await?;
    let company = settings::get::<General>(&mut services.read().await?).await?.value.company;
    let about = About { name: &user.name, email: &user.email, company: &company };
    let of_new = |refused| Invalid { field: "new_password".to_owned(), ..refused };
    password::check(&new_password, about).map_err(of_new)?;
    if text::composed(&new_password) == text::composed(&password) {
        return Err(Invalid::new("new_password", "The new password is the present one: choose another.").into());
    }
    let hash = services.passwords.hash(new_password, services.random.bytes()).await?;
    let mut tx = services.db.write().await?;
    // Somebody may have set another password, or ended this session, since the old one was confirmed.
    let replaced = users::replace_password(&mut tx, user.id, &user.password_hash, &hash).await?;
    if !replaced || sessions::id_of(&mut tx, &digest).await?.is_none() {
        return Err(Fault::SignedOut);
    }
    sign_ins::forget(&mut tx, &session::account(&user.email)).await?;
    sessions::revoke_others(&mut tx, user.id, &digest).await?;
    services.commit(tx, &[LiveEvent::Users]).await?;
    Ok(())
}

pub(crate) async fn revoke(session: i64) -> Result<(), Fault> {
    let result = try_revoke(session).await;
    tell(&result, "revoked");
    result
}

async fn try_revoke(session: i64) -> Result<(), Fault> {
    let services = Services::current()?;
    let user = session::require_user(&services).await?;
    let mut tx = services.db.write().await?;
    // One that has ended meanwhile is as gone as it was asked to be.
    sessions::revoke(&mut tx, user.id, session).await?;
    services.commit(tx, &[LiveEvent::Users]).await?;
    Ok(())
}

pub(crate) async fn revoke_others() -> Result<(), Fault> {
    let result = try_revoke_others().await;
    tell(&result, "others");
    result
}

async fn try_revoke_others() -> Result<(), Fault> {
    let services = Services::current()?;
    let user = session::require_user(&services).await?;
    let digest = request::session_digest(services.secure).ok_or(Fault::SignedOut)?;
    let mut tx = services.db.write().await?;
    sessions::revoke_others(&mut tx, user.id, &digest).await?;
    services.commit(tx, &[LiveEvent::Users]).await?;
    Ok(())
}

fn tell(result: &Result<(), Fault>, done: &str) {
    match result {
        Ok(()) => forms::done(&format!("{PAGE}?done={done}")),
        Err(fault) => forms::refused(PAGE, &[("form", "sessions".to_owned())], fault, "#sessions"),
    }
}
