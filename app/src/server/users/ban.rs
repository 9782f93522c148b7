use calliyo_db::{moves, users};
use calliyo_domain::{
    Invalid,
    permission::Permission,
    user::{check_administrators, check_ban},
};

use super::{
    super::{Services, forms, session},
    page_of,
};
use crate::{Fault, live::LiveEvent};

/// Why leads of a banned user are unassigned, as their timelines say it.
const WHY: &str = "Owner banned";

pub(crate) async fn ban(id: i64, return_leads: bool) -> Result<u64, Fault> {
    let result = try_ban(id, return_leads).await;
    match &result {
        Ok(returned) => forms::done(&format!("{}?done=banned&leads={returned}", page_of(id))),
        Err(fault) => forms::refused(&page_of(id), &[("form", "ban".to_owned())], fault, "#ban"),
    }
    result
}

async fn try_ban(id: i64, return_leads: bool) -> Result<u64, Fault> {
    let services = Services::current()?;
    let admin = session::require(&services, Permission::Users).await?;
    check_ban(admin.id, id)?;
    let mut tx = services.db.write().await?;
    users::lock_administration(&mut tx).await?;
    let before = users::administrators(&mut tx).await?;
    users::record(&mut tx, id).await?.ok_or(Fault::NotFound)?;
    users::ban(&mut tx, id).await?;
    check_administrators(before, users::administrators(&mut tx).await?)
        .map_err(|refused| Invalid { field: String::new(), ..refused })?;
    let mut events = vec![LiveEvent::Users];
    let mut returned = 0;
    if return_leads {
        returned = moves::release(&mut tx, id, admin.id, WHY, services.clock.now()).await?;
        events.push(LiveEvent::Leads);
    }
    services.commit(tx, &events).await?;
    Ok(returned)
}

pub(crate) async fn unban(id: i64) -> Result<(), Fault> {
    let result = try_unban(id).await;
    match &result {
        Ok(()) => forms::done(&format!("{}?done=unbanned", page_of(id))),
        Err(fault) => forms::refused(&page_of(id), &[("form", "ban".to_owned())], fault, "#ban"),
    }
    result
}

async fn try_unban(id: i64) -> Result<(), Fault> {
    let services = Services::current()?;
    session::require(&services, Permission::Users).await?;
    let mut tx = services.db.write().await?;
    users::record(&mut tx, id).await?.ok_or(Fault::NotFound)?;
    users::unban(&mut tx, id).await?;
    services.commit(tx, &[LiveEvent::Users]).await?;
    Ok(())
}
