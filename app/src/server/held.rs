//! Leads that are held to be written on: by who may see them, or who may have seen them when they opened the page and
//! writes down what happened.

use calliyo_db::{
    Tx,
    lead_changes::{self, Held, Lead},
    settings,
    users::User,
};
use calliyo_domain::{
    call::{unseen_since, when_opened},
    settings::ShowCustomer,
    visibility,
};

use super::{Services, calls as logging, forms};
use crate::Fault;

/// A lead that is held for a transaction.
pub(super) struct HeldLead {
    pub tx: Tx,
    pub lead: Box<Lead>,
    /// Whether the user may see it no more: what happened is written down, and nothing of the lead is changed or told.
    pub taken: bool,
}

/// How often a lead that changes hands in the very moment is tried.
const TRIES: usize = 5;

/// The lead, held for a transaction, if `user` may see it.
pub(super) async fn hold(services: &Services, user: &User, id: i64) -> Result<(Tx, Box<Lead>), Fault> {
    hold_to_write_down(services, user, id, "").await.map(|HeldLead { tx, lead, .. }| (tx, lead))
}

/// The same, also where the lead was taken from the user since they opened its page: at `opened_at` (unix ms), as the form
/// says it.
pub(super) async fn hold_to_write_down(
    services: &Services,
    user: &User,
    id: i64,
    opened_at: &str,
) -> Result<HeldLead, Fault> {
    for _ in 0..TRIES {
        let mut tx = services.db.write().await?;
        let lead = match lead_changes::hold(&mut tx, id).await? {
            Held::Yes(lead) => lead,
            Held::Gone => return Err(Fault::NotFound),
            Held::Moved => continue,
        };
        let taken = !logging::may_see(&mut tx, user, &lead).await?;
        if taken && !was_shown(&mut tx, user, &lead, opened_at, services.clock.now()).await? {
            return Err(Fault::NotFound);
        }
        return Ok(HeldLead { tx, lead, taken });
    }
    Err(Fault::Unavailable)
}

/// Whether the user may have seen the lead as it was at `opened_at`. That is their word alone; what the lead was then is
/// known from its own events.
async fn was_shown(tx: &mut Tx, user: &User, lead: &Lead, opened_at: &str, now: i64) -> calliyo_db::Result<bool> {
    let Ok(opened_at) = opened_at.parse() else { return Ok(false) };
    let was = lead_changes::states_until(tx, lead, unseen_since(opened_at)).await?;
    let setting = settings::get::<ShowCustomer>(tx).await?.value;
    let permissions = user.permissions();
    Ok(when_opened(opened_at, now, was).iter().any(|was| visibility::lead(&permissions, setting, user.id, was)))
}

/// Where a plain form about a lead leads back to: `page`, which shows the lead, or `without` to who may not see it.
pub(super) async fn page_or(page: String, lead: i64, without: &str) -> String {
    if has_page(lead).await { page } else { without.to_owned() }
}

/// Whether who posted a plain form may see the lead. Scripts stay where they are, and aren't asked.
pub(super) async fn has_page(lead: i64) -> bool {
    // Who is signed out, or has no role for leads, is told so there as anywhere.
    !forms::is_plain_form() || sees(lead).await.unwrap_or(true)
}

async fn sees(lead: i64) -> Result<bool, Fault> {
    let services = Services::current()?;
    let user = logging::require_lead_user(&services).await?;
    let mut tx = services.read().await?;
    match lead_changes::by_id(&mut tx, lead).await? {
        Some(lead) => Ok(logging::may_see(&mut tx, &user, &lead).await?),
        None => Ok(false),
    }
}
