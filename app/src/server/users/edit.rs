use calliyo_db::{
    Tx, roles, settings,
    users::{self, Record},
};
use calliyo_domain::{
    Invalid, Together as _,
    password::{self, About},
    permission::Permission,
    settings::General,
    user::{NewUser, check_administrators, employee_code, lead_cap, phone, sign_in_email},
};

use super::{
    super::{Services, forms, made_under, session},
    page_of,
};
use crate::{
    Fault, both,
    live::LiveEvent,
    users::{FIELDS, UserDraft},
};

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
    let mut tx = services.read().await?;
    let now = judged(&mut tx, typed, None).await?;
    let company = settings::get::<General>(&mut tx).await?.value.company;
    drop(tx);
    let about = About { name: &typed.draft.name, email: &typed.draft.email, company: &company };
    both(now, password::check(&password, about).map_err(Fault::from))?;
    let hash = services.passwords.hash(password, services.random.bytes()).await?;
    let mut tx = services.db.write().await?;
    let user = judged(&mut tx, typed, None).await??;
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
    let user = match (judged(&mut tx, typed, stored.as_ref()).await?, stored) {
        (Ok(user), _) => user,
        (Err(told), Some(stored)) if stored.version == version => {
            let role = check_role(&mut tx, before, stored, typed.draft.role, &told).await?;
            return Err(role.err().into_iter().fold(told, Fault::and).in_order(&FIELDS));
        }
        (Err(told), _) => return Err(told),
    };
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
async fn judged(tx: &mut Tx, typed: Typed<'_>, stored: Option<&Record>) -> calliyo_db::Result<Result<NewUser, Fault>> {
    let Typed { draft, made_under } = typed;
    let country = settings::get::<General>(tx).await?.value.country;
    let user = NewUser::new(&draft.name, &draft.email, 0);
    let email = check_email(tx, &draft.email, stored.map(|record| record.id)).await?;
    let (made, phone) = match stored.filter(|stored| stored.phone == draft.phone.trim()) {
        Some(stored) => (Ok(()), Ok(stored.phone.clone())),
        None => (made_under::phone(&draft.phone, made_under, &country), phone(&draft.phone, &country)),
    };
    let role = roles::by_id(tx, draft.role).await?;
    // Of no role it isn't known whether it works a queue.
    let lead_cap = lead_cap(&draft.lead_cap, role.as_ref().is_some_and(|role| role.permissions().tasks));
    let role = role.ok_or_else(|| Invalid::new("role", "Choose one of the roles."));
    let fields = (user, email, phone, employee_code(&draft.employee_code), role, lead_cap).together();
    let user = fields.map(|(user, (), phone, employee_code, _, lead_cap)| NewUser {
        phone,
        employee_code,
        lead_cap,
        receiving: draft.receiving,
        ..user
    });
    Ok(both(made, user.map_err(Fault::from)).map(|((), user)| user))
}

/// Whether an email is another user's than `own`'s. The database has the last word.
async fn check_email(tx: &mut Tx, email: &str, own: Option<i64>) -> calliyo_db::Result<Result<(), Invalid>> {
    let Ok(email) = sign_in_email(email) else { return Ok(Ok(())) };
    let other = users::by_email(tx, &email).await?.filter(|user| Some(user.id) != own);
    Ok(other.map_or(Ok(()), |_| Err(taken(&email))))
}

/// Whether somebody who administers would be left if the user of `stored` had `role`, whatever else is wrong. Nothing of
/// this is to be kept.
async fn check_role(
    tx: &mut Tx,
    before: i64,
    stored: Record,
    role: i64,
    known: &Fault,
) -> calliyo_db::Result<Result<(), Invalid>> {
    if known.at("role").is_some() {
        return Ok(Ok(()));
    }
    let Record { id, version, name, email, phone, employee_code, lead_cap, receiving, .. } = stored;
    let user = NewUser { name, email, phone, employee_code, lead_cap, receiving };
    match users::update(tx, id, version, &user, role).await {
        Err(error) if error.is_duplicate() => return Ok(Ok(())),
        updated => updated?,
    };
    Ok(check_administrators(before, users::administrators(tx).await?))
}

fn refusal(error: calliyo_db::Error, user: &NewUser) -> Fault {
    if error.is_duplicate() { taken(&user.email).into() } else { error.into() }
}

fn taken(email: &str) -> Invalid {
    Invalid::new("email", format!("{email} is another user's already."))
}

fn brought_back(draft: &UserDraft) -> [(&'static str, String); 2] {
    [("form", "details".to_owned()), ("draft", forms::json(draft))]
}
