use calliyo_domain::{permission::Permissions, role::NewRole};

use super::fixtures::*;
use crate::{Db, roles, users};

on_both!(
    added_edited_and_deleted,
    an_edit_of_what_was_changed_meanwhile_writes_nothing,
    names_are_unique_in_any_case,
    a_role_in_use_stays,
    a_form_that_is_open_never_means_another_role,
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
    assert!(roles::update(&mut tx, id, 0, &role("Chief auditor", more)).await.expect("updates"));
    let found = roles::by_id(&mut tx, id).await.expect("reads").expect("the role");
    assert_eq!((found.version, found.name.as_str(), found.permissions()), (1, "Chief auditor", more));
    assert!(roles::delete(&mut tx, id).await.expect("deletes"));
    assert!(roles::by_id(&mut tx, id).await.expect("reads").is_none());
    assert!(!roles::delete(&mut tx, id).await.expect("answers"), "gone already");
    assert!(!roles::update(&mut tx, id, 1, &role("Auditor", REPORTS)).await.expect("answers"));
}

async fn a_form_that_is_open_never_means_another_role(db: &Db) {
    let mut tx = write(db).await;
    let id = roles::add(&mut tx, &role("Auditor", REPORTS)).await.expect("adds");
    assert!(roles::delete(&mut tx, id).await.expect("deletes"));
    let next = roles::add(&mut tx, &role("Trainer", REPORTS)).await.expect("adds");
    assert!(next > id, "{next} after {id}");
    assert!(!roles::update(&mut tx, id, 0, &role("Auditor", REPORTS)).await.expect("answers"));
}

async fn an_edit_of_what_was_changed_meanwhile_writes_nothing(db: &Db) {
    let mut tx = write(db).await;
    assert!(roles::update(&mut tx, MANAGER, 0, &role("Team lead", REPORTS)).await.expect("updates"));
    let late = role("Late", Permissions { settings: true, ..REPORTS });
    for version in [0, 2, -1] {
        assert!(!roles::update(&mut tx, MANAGER, version, &late).await.expect("answers"), "version {version}");
    }
    let found = roles::by_id(&mut tx, MANAGER).await.expect("reads").expect("the role");
    assert_eq!((found.version, found.name.as_str(), found.permissions()), (1, "Team lead", REPORTS));
    let untouched = roles::list(&mut tx).await.expect("reads").into_iter().filter(|role| role.version == 0);
    assert_eq!(untouched.count(), 2, "the others stay where they were");
}

async fn names_are_unique_in_any_case(db: &Db) {
    let error = roles::add(&mut write(db).await, &role("AGENT", REPORTS)).await.expect_err("taken");
    assert!(error.is_duplicate(), "{error}");
    let error = roles::update(&mut write(db).await, MANAGER, 0, &role("agent", REPORTS)).await.expect_err("taken");
    assert!(error.is_duplicate(), "{error}");
    assert!(roles::update(&mut write(db).await, AGENT, 0, &role("AGENT", REPORTS)).await.expect("its own"));
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
    roles::update(&mut tx, AGENT, 0, &role("Agent", REPORTS)).await.expect("updates");
    assert_eq!(users::by_id(&mut tx, asha).await.expect("reads").expect("Asha").permissions(), REPORTS);
    assert_eq!(lead_rows(&mut tx).await[0].owner_id, Some(asha), "who works no queue any more keeps the leads");
    assert!(crate::moves::receivers(&mut tx, 0).await.expect("reads").is_empty(), "and receives none");
}
