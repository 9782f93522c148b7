//! Roles: listed, added, edited, deleted. All of it is for holders of `users`.

use calliyo_db::{roles, users};
use calliyo_domain::{Invalid, permission::Permission, role::NewRole, user::check_administrators};

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
    let found = roles::list(&mut services.db.read().await?).await?;
    Ok(found.into_iter().map(row).collect())
}

pub(crate) async fn read(id: i64) -> Result<RoleRow, Fault> {
    let services = Services::current()?;
    session::require(&services, Permission::Users).await?;
    roles::by_id(&mut services.db.read().await?, id).await?.map(row).ok_or(Fault::NotFound)
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
    let role = NewRole::new(&draft.name, draft.permissions)?;
    let mut tx = services.db.write().await?;
    users::lock_administration(&mut tx).await?;
    let before = users::administrators(&mut tx).await?;
    if !roles::update(&mut tx, id, version, &role).await.map_err(|error| refusal(error, &role))? {
        let is_there = roles::by_id(&mut tx, id).await?.is_some();
        return Err(if is_there { Fault::Changed } else { Fault::NotFound });
    }
    check_administrators(before, users::administrators(&mut tx).await?)
        .map_err(|refused| Invalid { field: "permissions".to_owned(), ..refused })?;
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

fn refusal(error: calliyo_db::Error, role: &NewRole) -> Fault {
    if error.is_duplicate() {
        Invalid::new("name", format!("There is a role named {} already.", role.name)).into()
    } else {
        error.into()
    }
}

fn typed(draft: &RoleDraft) -> [(&'static str, String); 2] {
    [("form", "details".to_owned()), ("draft", forms::json(draft))]
}
