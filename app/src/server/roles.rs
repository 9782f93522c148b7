//! Roles: listed, added, edited, deleted. All of it is for holders of `users`.

use calliyo_db::{Tx, roles, users};
use calliyo_domain::{Invalid, Together as _, permission::Permission, role::NewRole, user::check_administrators};

use super::{Services, forms, session};
use crate::{
    Fault,
    live::LiveEvent,
    roles::{RoleDraft, RoleRow},
};

fn page_of(id: i64) -> String {
    format!("/roles/{id}")
}

pub(crate) async fn list() -> Result<Vec<RoleRow>, Fault> {
    let services = Services::current()?;
    session::require(&services, Permission::Users).await?;
    let found = roles::list(&mut services.read().await?).await?;
    Ok(found.into_iter().map(row).collect())
}

pub(crate) async fn read(id: i64) -> Result<RoleRow, Fault> {
    let services = Services::current()?;
    session::require(&services, Permission::Users).await?;
    roles::by_id(&mut services.read().await?, id).await?.map(row).ok_or(Fault::NotFound)
}

fn row(role: roles::Role) -> RoleRow {
    RoleRow { id: role.id, version: role.version, permissions: role.permissions(), users: role.users, name: role.name }
}

pub(crate) async fn add(draft: RoleDraft) -> Result<(), Fault> {
    let result = try_add(&draft).await;
    match &result {
        Ok(id) => leptos_axum::redirect(&format!("{}?done=added", page_of(*id))),
        Err(fault) => forms::refused("/roles/new", &typed(&draft), fault, ""),
    }
    result.map(drop)
}

async fn try_add(draft: &RoleDraft) -> Result<i64, Fault> {
    let services = Services::current()?;
    session::require(&services, Permission::Users).await?;
    let role = NewRole::new(&draft.name, draft.permissions)?;
    let mut tx = services.db.write().await?;
    let id = roles::add(&mut tx, &role).await.map_err(|error| refusal(error, &role))?;
    services.commit(tx, &[LiveEvent::Users]).await?;
    Ok(id)
}

pub(crate) async fn edit(id: i64, version: i64, draft: RoleDraft) -> Result<(), Fault> {
    let result = try_edit(id, version, &draft).await;
    match &result {
        Ok(()) => forms::done(&format!("{}?done=saved", page_of(id))),
        Err(fault) => forms::refused(&page_of(id), &typed(&draft), fault, "#details"),
    }
    result
}

async fn try_edit(id: i64, version: i64, draft: &RoleDraft) -> Result<(), Fault> {
    let services = Services::current()?;
    session::require(&services, Permission::Users).await?;
    let mut tx = services.db.write().await?;
    users::lock_administration(&mut tx).await?;
    let before = users::administrators(&mut tx).await?;
    let stored = roles::by_id(&mut tx, id).await?;
    let named = named(&mut tx, draft, id).await?;
    // What the permissions would do is known whatever is wrong with the name.
    let role = match (&named, &stored) {
        (Ok(role), _) => role.clone(),
        (Err(_), Some(stored)) => NewRole { name: stored.name.clone(), permissions: draft.permissions },
        (Err(invalid), None) => return Err(invalid.clone().into()),
    };
    if !roles::update(&mut tx, id, version, &role).await.map_err(|error| refusal(error, &role))? {
        named?;
        return Err(if stored.is_some() { Fault::Changed } else { Fault::NotFound });
    }
    let administered = check_administrators(before, users::administrators(&mut tx).await?)
        .map_err(|refused| Invalid { field: "permissions".to_owned(), ..refused });
    (named, administered).together()?;
    services.commit(tx, &[LiveEvent::Users]).await?;
    Ok(())
}

pub(crate) async fn delete(id: i64) -> Result<(), Fault> {
    let result = try_delete(id).await;
    match &result {
        Ok(()) => forms::done("/roles?done=deleted"),
        Err(fault) => forms::refused(&page_of(id), &[("form", "delete".to_owned())], fault, "#delete"),
    }
    result
}

async fn try_delete(id: i64) -> Result<(), Fault> {
    let services = Services::current()?;
    session::require(&services, Permission::Users).await?;
    let mut tx = services.db.write().await?;
    match roles::delete(&mut tx, id).await {
        Err(error) if error.is_in_use() => {
            let message = "There are users with this role. Give them another role first. Nothing was changed.";
            return Err(Invalid::new("", message).into());
        }
        Ok(false) => return Err(Fault::NotFound),
        deleted => deleted?,
    };
    services.commit(tx, &[LiveEvent::Users]).await?;
    Ok(())
}

/// The role as it was typed, if its name is right and no other's than `own`'s. The database has the last word.
async fn named(tx: &mut Tx, draft: &RoleDraft, own: i64) -> calliyo_db::Result<Result<NewRole, Invalid>> {
    let role = match NewRole::new(&draft.name, draft.permissions) {
        Ok(role) => role,
        Err(invalid) => return Ok(Err(invalid)),
    };
    let other = roles::by_name(tx, &role.name).await?.filter(|id| *id != own);
    Ok(if other.is_some() { Err(taken(&role)) } else { Ok(role) })
}

fn refusal(error: calliyo_db::Error, role: &NewRole) -> Fault {
    if error.is_duplicate() { taken(role).into() } else { error.into() }
}

fn taken(role: &NewRole) -> Invalid {
    Invalid::new("name", format!("There is a role named {} already.", role.name))
}

fn typed(draft: &RoleDraft) -> [(&'static str, String); 2] {
    [("form", "details".to_owned()), ("draft", forms::json(draft))]
}
