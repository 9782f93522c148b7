//! What the servers work on: some agents, some leads, and the daily jobs.

use calliyo_db::{Db, import, roles, settings, users};
use calliyo_domain::{
    lead::NewLead,
    settings::{AutoAssignment, AutoRemoval, General, Section, TopUp},
    status,
    time_of_day::TimeOfDay,
    user::NewUser,
};
use chrono_tz::Tz;

/// A zone that changes its clocks.
pub const ZONE: Tz = chrono_tz::America::New_York;

const AGENTS: usize = 4;
const LEADS: usize = 120;

/// The times of day of removal, assignment and top-up, in the order of `Job::DAILY`.
pub type Times = [TimeOfDay; 3];

/// Fills an empty database; gives the admin.
pub async fn found(db: &Db, now: i64) -> i64 {
    let admin = user(db, "admin", "Company Admin", now).await;
    for n in 0..AGENTS {
        user(db, &format!("agent{n}"), "Agent", now).await;
    }
    let lead = |n: usize| import::Incoming {
        lead: NewLead::new(&format!("Lead {n}"), "", format!("+1872555{n:04}"), "", "").unwrap(),
        status: status::UNASSIGNED,
        why: "Imported".to_owned(),
    };
    let leads: Vec<_> = (0..LEADS).map(lead).collect();
    let mut tx = db.write().await.unwrap();
    import::add(&mut tx, &leads, "test", None, now, |_| {}).await.unwrap();
    tx.commit().await.unwrap();
    change::<General>(db, admin, now, |general| general.time_zone = ZONE.name().to_owned()).await;
    admin
}

/// Nobody signs in as them: the password's digest is none.
async fn user(db: &Db, name: &str, role: &str, now: i64) -> i64 {
    let mut tx = db.write().await.unwrap();
    let role = roles::by_name(&mut tx, role).await.unwrap().unwrap();
    let user = NewUser::new(name, &format!("{name}@example.com"), 20).unwrap();
    let id = users::add(&mut tx, &user, role, "none", now).await.unwrap();
    tx.commit().await.unwrap();
    id
}

/// Switches the three jobs on at these times of day: what is given one day is returned a day
/// or two later, and given again.
pub async fn switch_on(db: &Db, admin: i64, [removal, assignment, top_up]: Times, now: i64) {
    change::<AutoRemoval>(db, admin, now, |job| {
        *job = AutoRemoval { enabled: true, statuses: vec![status::ASSIGNED], days: 1, at: removal };
    })
    .await;
    change::<AutoAssignment>(db, admin, now, |job| {
        *job = AutoAssignment { enabled: true, statuses: vec![status::UNASSIGNED], at: assignment };
    })
    .await;
    change::<TopUp>(db, admin, now, |job| *job = TopUp { enabled: true, at: top_up }).await;
}

async fn change<S: Section>(db: &Db, admin: i64, now: i64, with: impl FnOnce(&mut S)) {
    let mut tx = db.write().await.unwrap();
    let settings::Current { version, mut value } = settings::get::<S>(&mut tx).await.unwrap();
    with(&mut value);
    assert!(settings::save(&mut tx, version, &value, admin, now).await.unwrap().is_some());
    tx.commit().await.unwrap();
}
