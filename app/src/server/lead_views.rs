//! Saved views: kept, renamed and deleted by holders of `management`, each their own.

use calliyo_db::{Tx, lead_views, users::User};
use calliyo_domain::{
    Invalid, Together as _,
    lead_view::{ViewName, full},
    permission::Permission,
};

use super::{Services, forms, leads::meant, session};
use crate::{
    Fault,
    leads::{
        Filter, LEADS,
        views::{SavedView, VIEWS},
    },
};

/// The user's own, as far as this version can read them.
pub(super) async fn of(tx: &mut Tx, user: &User) -> Result<Vec<SavedView>, Fault> {
    let found = lead_views::list(tx, user.id).await?;
    let view = |view: lead_views::LeadView| {
        Some(SavedView { id: view.id, name: view.name, filter: serde_json::from_str(&view.filter).ok()? })
    };
    Ok(found.into_iter().filter_map(view).collect())
}

pub(crate) async fn save(name: &str, filter: &Filter) -> Result<(), Fault> {
    let result = try_save(name, filter).await;
    answer(&filter.address(), "save-view", name, "view-saved", &result);
    result
}

async fn try_save(name: &str, filter: &Filter) -> Result<(), Fault> {
    let services = Services::current()?;
    let user = session::require(&services, Permission::Management).await?;
    let now = services.clock.now();
    let (name, _) = (ViewName::new(name), meant(filter, now)).together()?;
    let mut tx = services.db.write().await?;
    let added = lead_views::add(&mut tx, user.id, &name, &forms::json(filter), now).await;
    if added.map_err(|error| refusal(error, &name))?.is_none() {
        return Err(full().into());
    }
    tx.commit().await?;
    Ok(())
}

pub(crate) async fn rename(id: i64, name: &str, filter: &Filter) -> Result<(), Fault> {
    let result = try_rename(id, name).await;
    answer(&filter.address(), "rename-view", name, "view-renamed", &result);
    result
}

async fn try_rename(id: i64, name: &str) -> Result<(), Fault> {
    let services = Services::current()?;
    let user = session::require(&services, Permission::Management).await?;
    let name = ViewName::new(name)?;
    let mut tx = services.db.write().await?;
    if !lead_views::rename(&mut tx, user.id, id, &name).await.map_err(|error| refusal(error, &name))? {
        return Err(Fault::NotFound);
    }
    tx.commit().await?;
    Ok(())
}

pub(crate) async fn delete(id: i64) -> Result<(), Fault> {
    let result = try_delete(id).await;
    answer(LEADS, "delete-view", "", "view-deleted", &result);
    result
}

async fn try_delete(id: i64) -> Result<(), Fault> {
    let services = Services::current()?;
    let user = session::require(&services, Permission::Management).await?;
    let mut tx = services.db.write().await?;
    if !lead_views::delete(&mut tx, user.id, id).await? {
        return Err(Fault::NotFound);
    }
    tx.commit().await?;
    Ok(())
}

/// Where a plain form leads: back to the list, which says what was done or why not.
fn answer(page: &str, form: &str, name: &str, done: &str, result: &Result<(), Fault>) {
    match result {
        Ok(()) => forms::done_saying(page, &[("done", done.to_owned())], VIEWS),
        Err(fault) => {
            let typed = [("form", form.to_owned()), ("name", name.to_owned())];
            forms::refused(page, &typed, fault, VIEWS);
        }
    }
}

fn refusal(error: calliyo_db::Error, name: &ViewName) -> Fault {
    if error.is_duplicate() {
        Invalid::new("name", format!("You have a view named {} already.", name.as_str())).into()
    } else {
        error.into()
    }
}
