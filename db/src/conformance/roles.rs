use calliyo_domain::{permission::Permissions, role::NewRole};

use super::fixtures::*;
use crate::{Db, roles, users};

on_both!(
    added_edited_and_deleted,
    names_are_unique_in_any_case,
    a_role_in_use_stays,
    a_change_counts_for_its_users_at_once
);

fn role(name: &str, permissions: Permissions) -> NewRole {
    NewRole::new(name, permissions).expect("valid")
}

const REPORTS: Permissions =
    Permissions { management: false, tasks: false, reports: true, users: false, settings: false };

async fn added_edited_and_deleted(db: &Db) {
    let mut tx = write(db).await;
    user(&mut tx, "Asha", MANAGER, 0).await;
    let id = roles::add(&mut tx, &role("Auditor", REPORTS)).await.expect("adds");
    let found = roles::list(&mut tx).await.expect("reads");
    let names: Vec<_> = found.iter().map(|role| (role.name.as_str(), role.users)).collect();
    assert_eq!(names, [("Company Admin", 0), ("Manager", 1), ("Agent", 0), ("Auditor", 0)]);
    assert_eq!(found[3].permissions(), REPORTS);
    let more = Permissions { users: true, ..REPORTS };
    assert!(roles::update(&mut tx, id, &role("Chief auditor", more)).await.expect("updates"));
    let found = roles::by_id(&mut tx, id).await.expect("reads").expect("the role");
    assert_eq!((found.name.as_str(), found.permissions()), ("Chief auditor", more));
    assert!(roles::delete(&mut tx, id).await.expect("deletes"));
    assert!(roles::by_id(&mut tx, id).await.expect("reads").is_none());
    assert!(!roles::delete(&mut tx, id).await.expect("answers"), "gone already");
    assert!(!roles::update(&mut tx, id, &role("Auditor", REPORTS)).await.expect("answers"));
}

async fn names_are_unique_in_any_case(db: &Db) {
    let error = roles::add(&mut write(db).await, &role("AGENT", REPORTS)).await.expect_err("taken");
    assert!(error.is_duplicate(), "{error}");
    let error = roles::update(&mut write(db).await, MANAGER, &role("agent", REPORTS)).await.expect_err("taken");
    assert!(error.is_duplicate(), "{error}");
    assert!(roles::update(&mut write(db).await, AGENT, &role("AGENT", REPORTS)).await.expect("its own"));
}

async fn a_role_in_use_stays(db: &Db) {
    let mut tx = write(db).await;
    let asha = agent(&mut tx, "Asha", 5).await;
    users::ban(&mut tx, asha).await.expect("bans");
    tx.commit().await.expect("commits");
    let error = roles::delete(&mut write(db).await, AGENT).await.expect_err("in use, if only by a banned user");
    assert!(error.is_in_use() && !error.is_duplicate() && !error.is_lost(), "{error}");
    assert!(roles::by_id(&mut read(db).await, AGENT).await.expect("reads").is_some());
}

async fn a_change_counts_for_its_users_at_once(db: &Db) {
    let mut tx = write(db).await;
    let asha = agent(&mut tx, "Asha", 5).await;
    add_leads(&mut tx, &[lead(2, BUSY, Some(asha))]).await;
    roles::update(&mut tx, AGENT, &role("Agent", REPORTS)).await.expect("updates");
    assert_eq!(users::by_id(&mut tx, asha).await.expect("reads").expect("Asha").permissions(), REPORTS);
    assert_eq!(lead_rows(&mut tx).await[0].owner_id, Some(asha), "who works no queue any more keeps the leads");
    assert!(crate::moves::receivers(&mut tx).await.expect("reads").is_empty(), "and receives none");
}
