use calliyo_db::{
    Tx, roles,
    sessions::{self, NewSession},
    sign_ins, users,
};
use calliyo_domain::{
    Invalid, Together as _,
    password::{self, About},
    user::NewUser,
};

use super::{Services, forms, request, session};
use crate::{Fault, live::LiveEvent};

/// The role of the first user.
const ADMIN: &str = "Company Admin";

pub(crate) async fn sign_in(email: &str, password: String, next: &str) -> Result<(), Fault> {
    let result = try_sign_in(email, password).await;
    match &result {
        Ok(()) => leptos_axum::redirect(forms::local_path(next)),
        Err(fault) => {
            let typed = [("email", email.to_owned()), ("next", next.to_owned())];
            forms::refused("/sign-in", &typed, fault, "");
        }
    }
    result
}

async fn try_sign_in(email: &str, password: String) -> Result<(), Fault> {
    // No address has one, and PostgreSQL takes none.
    if email.contains('\0') {
        return Err(Fault::WrongSignIn);
    }
    let services = Services::current()?;
    let attempt = session::begin_sign_in(&services, email).await?;
    let user = users::by_email(&mut services.read().await?, email).await?.filter(|user| !user.banned);
    let stored = user.as_ref().map(|user| user.password_hash.clone());
    if !services.passwords.verify(password, stored).await? {
        return Err(Fault::WrongSignIn);
    }
    let user = user.ok_or(Fault::WrongSignIn)?;
    let mut tx = services.db.write().await?;
    let token = open_session(&services, &mut tx, user.id).await?;
    // While the password was verified the user may have been banned or given another one. From here on the session is
    // ended with the others.
    let unchanged = users::by_id(&mut tx, user.id).await?;
    if !unchanged.is_some_and(|now| !now.banned && now.password_hash == user.password_hash) {
        return Err(Fault::WrongSignIn);
    }
    sign_ins::succeed(&mut tx, attempt).await?;
    let mut changed = vec![LiveEvent::Sessions { user: user.id }];
    // The browser forgets the session that it had: pages of whoever's it was are to hear that it is over.
    if let Some(before) = request::session_digest(services.secure) {
        changed.extend(sessions::end(&mut tx, &before).await?.map(|user| LiveEvent::Sessions { user }));
    }
    let browser = request::know_browser(&services, &mut tx, &session::account(email)).await?;
    services.commit(tx, &changed).await?;
    request::set_session_cookie(&services, Some(token));
    request::set_browser_cookie(&services, browser);
    Ok(())
}

/// Gives the session's token.
async fn open_session(services: &Services, tx: &mut Tx, user: i64) -> Result<String, Fault> {
    let now = services.clock.now();
    let token = request::token(services, user);
    let (address, browser) = request::client();
    let session = NewSession {
        token_digest: &request::digest(&token),
        user,
        address: &address,
        browser: &browser,
        now,
        expires_at: now + request::SESSION_LIFE,
    };
    sessions::add(tx, &session).await?;
    Ok(token)
}

pub(crate) async fn sign_out() -> Result<(), Fault> {
    let services = Services::current()?;
    let digest = request::session_digest(services.secure).ok_or(Fault::SignedOut)?;
    let mut tx = services.db.write().await?;
    let user = sessions::end(&mut tx, &digest).await?;
    let changed: Vec<_> = user.map(|user| LiveEvent::Sessions { user }).into_iter().collect();
    services.commit(tx, &changed).await?;
    request::set_session_cookie(&services, None);
    request::clear_site_data();
    leptos_axum::redirect("/sign-in");
    Ok(())
}

pub(crate) async fn create_first_admin(name: &str, email: &str, password: String) -> Result<(), Fault> {
    let result = try_create_first_admin(name, email, password).await;
    match &result {
        Ok(()) => leptos_axum::redirect("/"),
        // Where an admin was made meanwhile, the address holds the sign-in form by now.
        Err(fault) => {
            let typed = [("name", name.to_owned()), ("email", email.to_owned())];
            forms::refused("/sign-in", &typed, fault, "");
        }
    }
    result
}

async fn try_create_first_admin(name: &str, email: &str, password: String) -> Result<(), Fault> {
    let services = Services::current()?;
    if users::any(&mut services.read().await?).await? {
        return Err(Fault::AdminExists);
    }
    let about = About { name, email, company: "" };
    let (user, ()) = (NewUser::new(name, email, 0), password::check(&password, about)).together()?;
    let hash = services.passwords.hash(password, services.random.bytes()).await?;
    let mut tx = services.db.write().await?;
    users::lock_first_run(&mut tx).await?;
    if users::any(&mut tx).await? {
        return Err(Fault::AdminExists);
    }
    let role = roles::by_name(&mut tx, ADMIN).await?;
    let role = role.ok_or_else(|| Invalid::new("", format!("There is no role named {ADMIN}.")))?;
    let id = users::add(&mut tx, &user, role, &hash, services.clock.now()).await?;
    let token = open_session(&services, &mut tx, id).await?;
    let browser = request::know_browser(&services, &mut tx, &session::account(&user.email)).await?;
    tx.commit().await?;
    request::set_session_cookie(&services, Some(token));
    request::set_browser_cookie(&services, browser);
    Ok(())
}
