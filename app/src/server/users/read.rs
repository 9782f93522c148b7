use calliyo_db::{Tx, roles, settings, users};
use calliyo_domain::{
    order::Order,
    permission::{Permission, Permissions},
    settings::General,
};

use super::super::{Services, account, leads::TYPED, made_under, session};
use crate::{
    Fault,
    made_under::PhoneCountry,
    users::{NewUserForm, RoleChoice, UserDraft, UserList, UserRecord, UserRow},
};

pub(crate) async fn list(search: &str, page: &str, sort: &str) -> Result<UserList, Fault> {
    let services = Services::current()?;
    session::require(&services, Permission::Users).await?;
    let number = page.parse::<i64>().unwrap_or(1).max(1);
    let order = Order::of_text(sort);
    let search: String = search.chars().take(TYPED).collect();
    let found = users::page(&mut services.read().await?, &search, order, number - 1).await?;
    let rows = found.users.into_iter().map(|user| UserRow {
        id: user.id,
        name: user.name,
        email: user.email,
        role: user.role,
        works_queue: user.tasks,
        load: user.load,
        lead_cap: user.lead_cap,
        receiving: user.receiving,
        banned: user.banned,
    });
    let pages = found.total.max(1).unsigned_abs().div_ceil(users::PAGE.unsigned_abs()).cast_signed();
    Ok(UserList { rows: rows.collect(), total: found.total, page: found.number + 1, pages })
}

pub(crate) async fn new() -> Result<NewUserForm, Fault> {
    let services = Services::current()?;
    session::require(&services, Permission::Users).await?;
    let mut tx = services.read().await?;
    Ok(NewUserForm { roles: choices(&mut tx).await?, country: country(&mut tx).await? })
}

async fn country(tx: &mut Tx) -> calliyo_db::Result<PhoneCountry> {
    Ok(made_under::phone_country(settings::get::<General>(tx).await?.value.country))
}

async fn choices(tx: &mut Tx) -> calliyo_db::Result<Vec<RoleChoice>> {
    let found = roles::list(tx).await?;
    let choice = |role: roles::Role| {
        let Permissions { tasks, users, settings, .. } = role.permissions();
        RoleChoice { id: role.id, name: role.name, works_queue: tasks, administers: users || settings }
    };
    Ok(found.into_iter().map(choice).collect())
}

pub(crate) async fn read(id: i64) -> Result<UserRecord, Fault> {
    let services = Services::current()?;
    let viewer = session::require(&services, Permission::Users).await?;
    let mut tx = services.read().await?;
    let user = users::record(&mut tx, id).await?.ok_or(Fault::NotFound)?;
    let roles = choices(&mut tx).await?;
    Ok(UserRecord {
        id: user.id,
        version: user.version,
        role: roles.iter().find(|role| role.id == user.role_id).map(|role| role.name.clone()).unwrap_or_default(),
        saved: UserDraft {
            name: user.name,
            email: user.email,
            phone: user.phone,
            employee_code: user.employee_code,
            role: user.role_id,
            lead_cap: user.lead_cap.to_string(),
            receiving: user.receiving,
        },
        banned: user.banned,
        load: user.load,
        held: user.held,
        own: user.id == viewer.id,
        roles,
        country: country(&mut tx).await?,
        sessions: account::open_sessions(&services, &mut tx, id).await?,
    })
}
