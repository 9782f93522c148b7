use calliyo_db::{Tx, roles, settings, users};
use calliyo_domain::{
    Invalid,
    permission::Permission,
    settings::General,
    user::{NewUser, check_administrators, check_password, lead_cap},
};

use super::{
    super::{Services, forms, made_under, session},
    page_of,
};
use crate::{Fault, live::LiveEvent, users::UserDraft};

pub(crate) async fn add(draft: UserDraft, made_under: &str, password: String) -> Result<(), Fault> {
    let result = try_add(Typed { draft: &draft, made_under }, password).await;
    match &result {
        Ok(id) => leptos_axum::redirect(&format!("{}?done=added", page_of(*id))),
        Err(fault) => forms::refused("/users/new", &brought_back(&draft), fault, ""),
    }
    result.map(drop)
}

async fn try_add(typed: Typed<'_>, password: String) -> Result<i64, Fault> {
    let services = Services::current()?;
    session::require(&services, Permission::Users).await?;
    judged(&mut services.db.read().await?, typed, None).await?;
    check_password(&password)?;
    let hash = services.passwords.hash(password, services.random.bytes()).await?;
    let mut tx = services.db.write().await?;
    let user = judged(&mut tx, typed, None).await?;
    let added = users::add(&mut tx, &user, typed.draft.role, &hash, services.clock.now()).await;
    let id = added.map_err(|error| refusal(error, &user))?;
    services.commit(tx, &[LiveEvent::Users]).await?;
    Ok(id)
}

pub(crate) async fn edit(id: i64, version: i64, draft: UserDraft, made_under: &str) -> Result<(), Fault> {
    let result = try_edit(id, version, Typed { draft: &draft, made_under }).await;
    match &result {
        Ok(()) => forms::done(&format!("{}?done=saved", page_of(id))),
        Err(fault) => forms::refused(&page_of(id), &brought_back(&draft), fault, "#details"),
    }
    result
}

async fn try_edit(id: i64, version: i64, typed: Typed<'_>) -> Result<(), Fault> {
    let services = Services::current()?;
    session::require(&services, Permission::Users).await?;
    let mut tx = services.db.write().await?;
    users::lock_administration(&mut tx).await?;
    let before = users::administrators(&mut tx).await?;
    let stored = users::record(&mut tx, id).await?;
    let is_there = stored.is_some();
    let user = judged(&mut tx, typed, stored.map(|record| record.phone)).await?;
    let updated = users::update(&mut tx, id, version, &user, typed.draft.role).await;
    if !updated.map_err(|error| refusal(error, &user))? {
        return Err(if is_there { Fault::Changed } else { Fault::NotFound });
    }
    check_administrators(before, users::administrators(&mut tx).await?)?;
    services.commit(tx, &[LiveEvent::Users]).await?;
    Ok(())
}

/// What was typed, and whose phones the form said it takes.
#[derive(Clone, Copy)]
struct Typed<'a> {
    draft: &'a UserDraft,
    made_under: &'a str,
}

/// What was typed, judged in the order of the form's fields; a phone that is stored already isn't judged anew.
async fn judged(tx: &mut Tx, typed: Typed<'_>, stored: Option<String>) -> Result<NewUser, Fault> {
    let Typed { draft, made_under } = typed;
    let country = settings::get::<General>(tx).await?.value.country;
    let user = NewUser::new(&draft.name, &draft.email, 0)?;
    let user = match stored.filter(|stored| *stored == draft.phone.trim()) {
        Some(phone) => NewUser { phone, ..user },
        None => {
            made_under::phone(&draft.phone, made_under, &country)?;
            user.with_phone(&draft.phone, &country)?
        }
    };
    let user = user.with_employee_code(&draft.employee_code)?;
    let role = roles::by_id(tx, draft.role).await?.ok_or_else(|| Invalid::new("role", "Choose one of the roles."))?;
    let lead_cap = lead_cap(&draft.lead_cap, role.permissions().tasks)?;
    Ok(NewUser { lead_cap, receiving: draft.receiving, ..user })
}

fn refusal(error: calliyo_db::Error, user: &NewUser) -> Fault {
    if error.is_duplicate() {
        Invalid::new("email", format!("{} is another user's already.", user.email)).into()
    } else {
        error.into()
    }
}

fn brought_back(draft: &UserDraft) -> [(&'static str, String); 2] {
    [("form", "details".to_owned()), ("draft", forms::json(draft))]
}
