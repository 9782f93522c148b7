//! The settings by section: read, and saved with the password.

use calliyo_db::{Tx, settings, statuses, users::User};
use calliyo_domain::{
    company, country,
    permission::Permission,
    settings::{AutoAssignment, AutoRemoval, DailyTarget, General, Section, SectionKey, ShowCustomer, TopUp},
};
use chrono_tz::Tz;

use super::{Services, company_time, forms, made_under, session};
use crate::{
    Fault, both,
    live::LiveEvent,
    settings::sections::{Choices, Draft, SavedBy, SavedSection, SectionForm, Values},
};

pub(crate) async fn read(key: SectionKey) -> Result<SavedSection, Fault> {
    let services = Services::current()?;
    session::require(&services, Permission::Settings).await?;
    section(&mut services.read().await?, key).await
}

async fn section(tx: &mut Tx, key: SectionKey) -> Result<SavedSection, Fault> {
    let (version, values) = values(tx, key).await?;
    let zone = company_time::zone(tx).await?;
    let choices = if key == SectionKey::General { general_choices() } else { Choices::default() };
    let statuses = match key {
        SectionKey::AutoAssignment | SectionKey::AutoRemoval => statuses::list(tx).await?,
        _ => Vec::new(),
    };
    Ok(SavedSection {
        version,
        values,
        statuses,
        choices,
        time_zone: zone.name().to_owned(),
        saved: saved_by(tx, key, zone).await?,
    })
}

/// What is stored, and its version.
async fn values(tx: &mut Tx, key: SectionKey) -> calliyo_db::Result<(i64, Values)> {
    match key {
        SectionKey::General => current::<General>(tx).await,
        SectionKey::DailyTarget => current::<DailyTarget>(tx).await,
        SectionKey::ShowCustomer => current::<ShowCustomer>(tx).await,
        SectionKey::AutoAssignment => current::<AutoAssignment>(tx).await,
        SectionKey::TopUp => current::<TopUp>(tx).await,
        SectionKey::AutoRemoval => current::<AutoRemoval>(tx).await,
    }
}

async fn current<S: Section>(tx: &mut Tx) -> calliyo_db::Result<(i64, Values)> {
    let current = settings::get::<S>(tx).await?;
    Ok((current.version, Values::of(&current.value)))
}

fn general_choices() -> Choices {
    Choices {
        countries: country::all().map(|country| (country.code.to_owned(), country.name.to_owned())).collect(),
        time_zones: chrono_tz::TZ_VARIANTS.iter().map(|zone| zone.name().to_owned()).collect(),
    }
}

async fn saved_by(tx: &mut Tx, key: SectionKey, zone: Tz) -> calliyo_db::Result<Option<SavedBy>> {
    let save = settings::last_save(tx, key).await?;
    Ok(save.map(|save| SavedBy { name: save.by_name, at: company::minute(save.at, zone) }))
}

pub(crate) async fn save(
    key: SectionKey,
    draft: Draft,
    time_zone: &str,
    password: String,
) -> Result<SavedSection, Fault> {
    let result = try_save(key, &draft, time_zone, password).await;
    let form = SectionForm::of(key);
    let here = format!("#{}", key.as_str());
    match &result {
        Ok((_, changed)) => {
            let said = if *changed { "saved" } else { "unchanged" };
            forms::done(&format!("{}&{said}={}{here}", form.page, key.as_str()));
        }
        Err(fault) => {
            let typed = [("section", key.as_str().to_owned()), ("draft", forms::json(&draft))];
            forms::refused(form.page, &typed, fault, &here);
        }
    }
    result.map(|(section, _)| section)
}

/// Permission, then password, then input, then the write (PRODUCT.md, "The Configurations tab"). Gives the section, and
/// whether it has changed.
async fn try_save(
    key: SectionKey,
    draft: &Draft,
    time_zone: &str,
    password: String,
) -> Result<(SavedSection, bool), Fault> {
    let services = Services::current()?;
    let user = session::require(&services, Permission::Settings).await?;
    session::confirm_password(&services, &user, password).await?;
    let mut tx = services.db.write().await?;
    let made = judge_time(&mut tx, key, draft, time_zone).await;
    let ((), stored) = both(made, store(&services, &mut tx, key, draft, &user).await)?;
    if stored == Stored::Overtaken {
        let zone = company_time::zone(&mut tx).await?;
        let other = saved_by(&mut tx, key, zone).await?.ok_or(Fault::Unavailable)?;
        return Err(Fault::Stale { by: other.name, at: other.at });
    }
    let saved = section(&mut tx, key).await?;
    let changed = stored == Stored::Changed;
    if changed {
        services.commit(tx, &[LiveEvent::Settings { section: key }]).await?;
    }
    Ok((saved, changed))
}

/// A time of day is one of the zone that the form was made under; a stored one that nobody touched isn't judged.
async fn judge_time(tx: &mut Tx, key: SectionKey, draft: &Draft, time_zone: &str) -> Result<(), Fault> {
    let (_, stored) = values(tx, key).await?;
    let at = draft.values.text("at");
    if at == stored.text("at") {
        return Ok(());
    }
    made_under::time("at", at, time_zone, company_time::zone(tx).await?)
}

/// What became of a save.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Stored {
    Changed,
    /// All of it was stored already: nothing is written.
    AsBefore,
    /// Somebody saved meanwhile: nothing is written.
    Overtaken,
}

/// Judges what was typed and stores it.
async fn store(services: &Services, tx: &mut Tx, key: SectionKey, draft: &Draft, user: &User) -> Result<Stored, Fault> {
    let typed = &draft.values;
    let (on, statuses, at) = (typed.is_on("enabled"), typed.ids("statuses"), typed.text("at"));
    statuses::hold(tx).await?;
    let known = statuses::list(tx).await?;
    let save = Save { version: draft.version, by: user.id, now: services.clock.now() };
    Ok(match key {
        SectionKey::General => {
            let value = General::from_form(typed.text("company"), typed.text("country"), typed.text("time_zone"))?;
            save.of(tx, &value).await?
        }
        SectionKey::DailyTarget => save.of(tx, &DailyTarget::from_form(typed.text("calls"))?).await?,
        SectionKey::ShowCustomer => save.of(tx, &ShowCustomer::from_form(typed.text("show_customer"))?).await?,
        SectionKey::AutoAssignment => save.of(tx, &AutoAssignment::from_form(on, statuses, at, &known)?).await?,
        SectionKey::TopUp => save.of(tx, &TopUp::from_form(on, at)?).await?,
        SectionKey::AutoRemoval => {
            let value = AutoRemoval::from_form(on, statuses, typed.text("days"), at, &known)?;
            save.of(tx, &value).await?
        }
    })
}

/// A save of the section that was at `version` when its form was opened.
#[derive(Clone, Copy)]
struct Save {
    version: i64,
    by: i64,
    now: i64,
}

impl Save {
    async fn of<S: Section>(self, tx: &mut Tx, value: &S) -> calliyo_db::Result<Stored> {
        let before = settings::get::<S>(tx).await?;
        if before.version == self.version && before.value == *value {
            return Ok(Stored::AsBefore);
        }
        let stored = settings::save(tx, self.version, value, self.by, self.now).await?;
        Ok(if stored.is_some() { Stored::Changed } else { Stored::Overtaken })
    }
}
