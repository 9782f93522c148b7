use calliyo_db::{sessions, settings, sign_ins, users};
use calliyo_domain::{
    Invalid,
    password::{self, About},
    permission::Permission,
    settings::General,
};

use super::{
    super::{Services, forms, session},
    page_of,
};
use crate::{Fault, live::LiveEvent};

pub(crate) async fn set_password(id: i64, password: String) -> Result<(), Fault> {
    let result = try_set_password(id, password).await;
    match &result {
        Ok(()) => forms::done(&format!("{}?done=password", page_of(id))),
        Err(fault) => forms::refused(&page_of(id), &[("form", "password".to_owned())], fault, "#password"),
    }
    result
}

async fn try_set_password(id: i64, password: String) -> Result<(), Fault> {
    let services = Services::current()?;
    let viewer = session::require(&services, Permission::Users).await?;
    if viewer.id == id {
        return Err(Invalid::new("password", "Change your own password on your account page.").into());
    }
    let mut tx = services.read().await?;
    let user = users::by_id(&mut tx, id).await?;
    let company = settings::get::<General>(&mut tx).await?.value.company;
    drop(tx);
    let (name, email) = user.as_ref().map(|user| (user.name.as_str(), user.email.as_str())).unwrap_or_default();
    password::check(&password, About { name, email, company: &company })?;
    let hash = services.passwords.hash(password, services.random.bytes()).await?;
    let mut tx = services.db.write().await?;
    if !users::set_password(&mut tx, id, &hash).await? {
        return Err(Fault::NotFound);
    }
    // Whoever guessed at the old one has nothing to do with who gets the new one.
    if let Some(user) = users::by_id(&mut tx, id).await? {
        sign_ins::forget(&mut tx, &session::account(&user.email)).await?;
    }
    sessions::end_all(&mut tx, id).await?;
    services.commit(tx, &[LiveEvent::Users]).await?;
    Ok(())
}

pub(crate) async fn revoke(id: i64, session: i64) -> Result<(), Fault> {
    let result = try_revoke(id, session).await;
    match &result {
        Ok(()) => forms::done(&format!("{}?done=revoked", page_of(id))),
        Err(fault) => forms::refused(&page_of(id), &[("form", "sessions".to_owned())], fault, "#sessions"),
    }
    result
}

async fn try_revoke(id: i64, session: i64) -> Result<(), Fault> {
    let services = Services::current()?;
    session::require(&services, Permission::Users).await?;
    let mut tx = services.db.write().await?;
    // One that has ended meanwhile is as gone as it was asked to be.
    sessions::revoke(&mut tx, id, session).await?;
    services.commit(tx, &[LiveEvent::Users]).await?;
    Ok(())
}
