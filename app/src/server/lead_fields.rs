//! What is entered about a lead: typed in and edited by hand.

use calliyo_db::{
    Tx, agents,
    lead_changes::{self, Cause, Held},
    lead_fields, settings,
    users::User,
};
use calliyo_domain::{
    Invalid, Together as _,
    lead::{BY_HAND, NewLead, source},
    lead_edit::Fields,
    permission::Permission,
    phone,
    settings::General,
    tags,
};

use super::{
    Services,
    calls::{self, may_see},
    forms, leads, made_under, session,
};
use crate::{
    Fault, both,
    leads::edit::{FIELDS, LeadDraft, LeadRecord, NEW, NewLeadForm, edit_path},
    live::LiveEvent,
    made_under::PhoneCountry,
};

pub(crate) async fn new() -> Result<NewLeadForm, Fault> {
    let services = Services::current()?;
    session::require(&services, Permission::Management).await?;
    let mut tx = services.read().await?;
    let owners = agents::with_room(&mut tx).await?;
    Ok(NewLeadForm { owners: owners.into_iter().map(leads::owner).collect(), country: country(&mut tx).await? })
}

pub(crate) async fn add(draft: LeadDraft, made_under: &str) -> Result<(), Fault> {
    let result = try_add(&draft, made_under).await;
    match &result {
        Ok(id) => leptos_axum::redirect(&format!("/leads/{id}?done=added")),
        Err(fault) => forms::refused(NEW, &[("draft", forms::json(&draft))], fault, ""),
    }
    result.map(drop)
}

async fn try_add(draft: &LeadDraft, made_under: &str) -> Result<i64, Fault> {
    let services = Services::current()?;
    let user = session::require(&services, Permission::Management).await?;
    let now = services.clock.now();
    let drafted = drafted(draft);
    let mut tx = services.db.write().await?;
    let typed = Typed { draft, made_under };
    let (made, phone) = phone(&mut tx, typed, None).await?;
    let owner = owner(&mut tx, &draft.owner).await?;
    let (fields, owner) = match (judged(drafted, draft, phone.clone()), owner).together() {
        Ok(judged) => judged,
        Err(invalid) => {
            let told = refusal(&mut tx, &user, phone, None, invalid).await?;
            return both(made, Err(told)).map(|((), id)| id);
        }
    };
    made?;
    let Some(id) = lead_fields::add(&mut tx, &fields, user.id, now).await? else {
        return Err(taken(&mut tx, &user, &fields.lead.phone).await?);
    };
    if let Some(agent) = owner
        && let Held::Yes(lead) = lead_changes::hold(&mut tx, id).await?
    {
        let cause = Cause { actor: user.id, at: now, why: BY_HAND };
        lead_changes::change(&mut tx, &lead, &lead.state().given_to(agent), cause).await?;
    }
    services.commit(tx, &[LiveEvent::LeadsOf { agents: owner.into_iter().collect() }]).await?;
    Ok(id)
}

pub(crate) async fn read(id: i64) -> Result<LeadRecord, Fault> {
    let services = Services::current()?;
    let user = calls::require_lead_user(&services).await?;
    let mut tx = services.read().await?;
    let lead = lead_changes::by_id(&mut tx, id).await?.ok_or(Fault::NotFound)?;
    if !may_see(&mut tx, &user, &lead).await? {
        return Err(Fault::NotFound);
    }
    let Fields { lead: stored, source } = lead_fields::of(&mut tx, &lead).await?;
    Ok(LeadRecord {
        id,
        version: lead.version,
        name: lead.name(),
        stored: LeadDraft {
            first_name: stored.first_name,
            last_name: stored.last_name,
            phone: stored.phone,
            email: stored.email,
            tags: tags::field(&stored.tags),
            source,
            owner: String::new(),
        },
        country: country(&mut tx).await?,
    })
}

pub(crate) async fn edit(id: i64, version: i64, draft: LeadDraft, made_under: &str) -> Result<(), Fault> {
    let result = try_edit(id, version, Typed { draft: &draft, made_under }).await;
    match &result {
        Ok(()) => leptos_axum::redirect(&format!("/leads/{id}?done=saved")),
        Err(fault) => forms::refused(&edit_path(id), &[("draft", forms::json(&draft))], fault, ""),
    }
    result
}

async fn try_edit(id: i64, version: i64, typed: Typed<'_>) -> Result<(), Fault> {
    let services = Services::current()?;
    let user = calls::require_lead_user(&services).await?;
    let drafted = drafted(typed.draft);
    let (mut tx, lead) = calls::hold(&services, &user, id).await?;
    if lead.version != version {
        return Err(Fault::Changed);
    }
    let (made, phone) = phone(&mut tx, typed, Some(&lead.phone)).await?;
    let mut fields = match judged(drafted, typed.draft, phone.clone()) {
        Ok(fields) => fields,
        Err(invalid) => {
            let told = refusal(&mut tx, &user, phone, Some(id), invalid).await?;
            return both(made, Err(told)).map(|((), ())| ());
        }
    };
    made?;
    let stored = lead_fields::of(&mut tx, &lead).await?.lead.tags;
    // Tags that nobody touched stay as they are, however they were read in a field.
    if typed.draft.tags == tags::field(&stored) {
        fields.lead.tags = stored;
    }
    match lead_fields::edit(&mut tx, &lead, &fields, user.id, services.clock.now()).await {
        Ok(true) => services.commit(tx, &calls::heard_by(&user, lead.owner_id, lead.converter_id, true)).await?,
        Ok(false) => {}
        Err(error) if error.is_duplicate() => {
            // PostgreSQL answers nothing more in a transaction that failed.
            drop(tx);
            return Err(taken(&mut services.read().await?, &user, &fields.lead.phone).await?);
        }
        Err(error) => return Err(error.into()),
    }
    Ok(())
}

/// What was typed, and whose phones the form said it takes.
#[derive(Clone, Copy)]
struct Typed<'a> {
    draft: &'a LeadDraft,
    made_under: &'a str,
}

/// What was typed, but for the phone: it is long in bad hands, and judged before anybody waits.
fn drafted(draft: &LeadDraft) -> Result<NewLead, Invalid> {
    let LeadDraft { first_name, last_name, email, tags, .. } = draft;
    NewLead::new(first_name, last_name, String::new(), email, tags)
}

/// The phone that was typed, checked, and whether its form's country is the company's; one that is stored already isn't
/// judged anew.
async fn phone(
    tx: &mut Tx,
    Typed { draft, made_under }: Typed<'_>,
    stored: Option<&str>,
) -> Result<(Result<(), Fault>, Result<String, Invalid>), Fault> {
    let country = settings::get::<General>(tx).await?.value.country;
    Ok(match stored.filter(|stored| *stored == draft.phone.trim()) {
        Some(stored) => (Ok(()), Ok(stored.to_owned())),
        None => (made_under::phone(&draft.phone, made_under, &country), phone::e164(&draft.phone, &country)),
    })
}

/// What was typed, checked, but for the owner.
fn judged(
    drafted: Result<NewLead, Invalid>,
    draft: &LeadDraft,
    phone: Result<String, Invalid>,
) -> Result<Fields, Invalid> {
    let (lead, phone, source) = (drafted, phone, source(&draft.source)).together()?;
    Ok(Fields { lead: NewLead { phone, ..lead }, source })
}

/// All that is wrong with what was typed: also that another lead than `own` has the phone.
async fn refusal(
    tx: &mut Tx,
    user: &User,
    phone: Result<String, Invalid>,
    own: Option<i64>,
    invalid: Invalid,
) -> Result<Fault, Fault> {
    let invalid = invalid.in_order(&FIELDS);
    let Ok(phone) = phone else { return Ok(invalid.into()) };
    Ok(match lead_fields::by_phone(tx, &phone).await? {
        other if other.is_none() || other == own => invalid.into(),
        _ => match taken(tx, user, &phone).await? {
            Fault::Invalid(taken) => invalid.and(taken).in_order(&FIELDS).into(),
            taken => taken.and(invalid),
        },
    })
}

/// The agent who was chosen, held until the transaction ends, so that the cap is kept.
async fn owner(tx: &mut Tx, text: &str) -> Result<Result<Option<i64>, Invalid>, Fault> {
    if text.is_empty() {
        return Ok(Ok(None));
    }
    let agent = match text.parse() {
        Ok(id) => agents::hold(tx, id).await?,
        Err(_) => None,
    };
    let refused = |why: String| Ok(Err(Invalid::new("owner", why)));
    match agent {
        None => refused("Choose one of the agents, or nobody.".to_owned()),
        Some(agent) if !agent.has_room() => refused(format!(
            "{} has no room: {} of {} leads. Choose another, or nobody.",
            agent.name, agent.load, agent.cap
        )),
        Some(agent) => Ok(Ok(Some(agent.id))),
    }
}

/// Says which lead has the phone, to who may see that lead.
async fn taken(tx: &mut Tx, user: &User, phone: &str) -> Result<Fault, Fault> {
    let other = match lead_fields::by_phone(tx, phone).await? {
        Some(id) => lead_changes::by_id(tx, id).await?,
        None => None,
    };
    Ok(match other {
        Some(other) if may_see(tx, user, &other).await? => {
            Fault::Taken { lead: other.id, name: other.name(), also: Vec::new() }
        }
        _ => Invalid::new("phone", "Another lead has this phone already.").into(),
    })
}

async fn country(tx: &mut Tx) -> Result<PhoneCountry, Fault> {
    Ok(made_under::phone_country(settings::get::<General>(tx).await?.value.country))
}
