use calliyo_domain::{permission::Permissions, settings::Receivers};

use super::fixtures::*;
use crate::{Db, Tx, agents, roles, statuses, users};

on_both!(
    found_by_id_and_email,
    emails_are_unique_in_any_case,
    impossible_users_are_refused,
    only_one_makes_the_first_user,
    roles_and_what_they_allow,
    the_pipeline_is_in_order,
    agents_and_their_loads
);

async fn found_by_id_and_email(db: &Db) {
    let mut tx = write(db).await;
    assert!(!users::any(&mut tx).await.expect("reads"));
    let id = user(&mut tx, "Asha", MANAGER, 12).await;
    assert!(users::any(&mut tx).await.expect("reads"));
    let by_id = users::by_id(&mut tx, id).await.expect("reads").expect("Asha");
    let by_email = users::by_email(&mut tx, "ASHA@Example.Com").await.expect("reads").expect("Asha");
    for found in [by_id, by_email] {
        assert_eq!((found.id, found.name.as_str(), found.email.as_str()), (id, "Asha", "asha@example.com"));
        assert_eq!((found.role.as_str(), found.banned, found.password_hash.as_str()), ("Manager", false, "no hash"));
    }
    assert!(users::by_id(&mut tx, id + 1).await.expect("reads").is_none());
    assert!(users::by_email(&mut tx, "asha@example.co").await.expect("reads").is_none());
    assert_eq!(number(&mut tx, "SELECT lead_cap FROM users").await, 12);
}

async fn emails_are_unique_in_any_case(db: &Db) {
    let mut tx = write(db).await;
    agent(&mut tx, "Asha", 5).await;
    tx.commit().await.expect("commits");
    let twin = calliyo_domain::user::NewUser::new("Other", "Asha@EXAMPLE.com", 5).expect("valid");
    let error = users::add(&mut write(db).await, &twin, AGENT, "no hash", NOW).await.expect_err("taken");
    assert!(error.is_duplicate() && !error.is_lost(), "{error}");
    let error = users::add(
        &mut write(db).await,
        &calliyo_domain::user::NewUser { email: "b@x".into(), ..twin },
        77,
        "no hash",
        NOW,
    )
    .await
    .expect_err("no such role");
    assert!(!error.is_duplicate() && !error.is_lost(), "{error}");
}

async fn impossible_users_are_refused(db: &Db) {
    let mut tx = write(db).await;
    agent(&mut tx, "Asha", 5).await;
    tx.commit().await.expect("commits");
    for change in ["lead_cap = -1", "lead_cap = 100001", "name = ''", "email = ''", "role_id = 99"] {
        assert!(refuses(db, &format!("UPDATE users SET {change}")).await, "{change}");
    }
    assert!(
        refuses(
            db,
            "INSERT INTO roles (name, management, tasks, reports, users, settings) \
        SELECT 'AGENT', management, tasks, reports, users, settings FROM roles WHERE id = 3"
        )
        .await
    );
}

/// Each of several servers that start at once looks, and adds the first user where there is none.
async fn only_one_makes_the_first_user(db: &Db) {
    let make = async |name: &str| {
        let mut tx = write(db).await;
        users::lock_first_run(&mut tx).await.expect("locks");
        if users::any(&mut tx).await.expect("reads") {
            return false;
        }
        user(&mut tx, name, ADMIN, 0).await;
        tx.commit().await.expect("commits");
        true
    };
    let made = futures::future::join_all(["Asha", "Bela", "Chand", "Devi"].map(make)).await;
    assert_eq!(made.iter().filter(|made| **made).count(), 1);
    assert_eq!(number(&mut read(db).await, "SELECT count(*) FROM users").await, 1);
}

async fn roles_and_what_they_allow(db: &Db) {
    let mut tx = write(db).await;
    assert_eq!(roles::names(&mut tx).await.expect("reads"), ["Company Admin", "Manager", "Agent"]);
    for (name, id) in
        [("company ADMIN", Some(ADMIN)), ("Manager", Some(MANAGER)), ("agent", Some(AGENT)), ("Boss", None)]
    {
        assert_eq!(roles::by_name(&mut tx, name).await.expect("reads"), id, "{name}");
    }
    let everything = Permissions { management: true, tasks: false, reports: true, users: true, settings: true };
    let expected = [
        (ADMIN, everything),
        (MANAGER, Permissions { users: false, settings: false, ..everything }),
        (AGENT, Permissions { tasks: true, ..Permissions::default() }),
    ];
    for (role, permissions) in expected {
        let id = user(&mut tx, &format!("User{role}"), role, 5).await;
        let found = users::by_id(&mut tx, id).await.expect("reads").expect("the user");
        assert_eq!(found.permissions(), permissions, "{}", found.role);
    }
}

async fn the_pipeline_is_in_order(db: &Db) {
    let mut tx = write(db).await;
    let found = statuses::list(&mut tx).await.expect("reads");
    let names: Vec<_> = found.iter().map(|status| status.name.as_str()).collect();
    let on_queue: Vec<_> = found.iter().filter(|status| status.on_queue).map(|status| status.name.as_str()).collect();
    assert_eq!(
        names,
        [
            "Unassigned",
            "Assigned",
            "Followups",
            "Interested",
            "Not Interested",
            "Busy",
            "Not Picked",
            "Missed",
            "Wrong Number",
            "Customer"
        ]
    );
    assert_eq!(on_queue, ["Assigned", "Followups", "Busy", "Not Picked", "Missed"]);
    execute(&mut tx, "UPDATE statuses SET position = 0 WHERE name = 'Busy'").await.expect("writes");
    assert_eq!(statuses::list(&mut tx).await.expect("reads")[0].name, "Busy");
    drop(tx);
    for change in [
        "on_queue = NOT on_queue WHERE id = 1",
        "on_queue = NOT on_queue WHERE id = 4",
        "on_queue = NOT on_queue WHERE id = 2",
        "name = 'BUSY' WHERE id = 5",
    ] {
        assert!(refuses(db, &format!("UPDATE statuses SET {change}")).await, "{change}");
    }
}

async fn agents_and_their_loads(db: &Db) {
    let mut tx = write(db).await;
    let (bela, asha) = (agent(&mut tx, "Bela", 3).await, agent(&mut tx, "Asha", 5).await);
    let idle = agent(&mut tx, "Idle", 0).await;
    let meera = user(&mut tx, "Meera", MANAGER, 9).await;
    execute(&mut tx, format!("UPDATE users SET banned = NOT banned WHERE id = {idle}")).await.expect("writes");
    // One lead on every status but Unassigned: five of the nine are on the queue.
    let leads: Vec<_> = (2..=10)
        .map(|status| lead(status, status, Some(asha)))
        .chain([lead(20, BUSY, Some(bela)), lead(21, 1, None)])
        .collect();
    add_leads(&mut tx, &leads).await;
    let found = agents::list(&mut tx).await.expect("reads");
    let found: Vec<_> = found.iter().map(|agent| (agent.id, agent.name.as_str(), agent.cap, agent.load)).collect();
    assert_eq!(found, [(asha, "Asha", 5, 5), (bela, "Bela", 3, 1), (idle, "Idle", 0, 0)]);

    let receivers = agents::count_receivers(&mut tx).await.expect("counts");
    assert_eq!(receivers, Receivers { agents: 2, with_room: 1 }, "Asha is at her cap, and Idle is banned");

    let owners = async |tx: &mut Tx| {
        let found = agents::owners(tx).await.expect("reads");
        found.into_iter().map(|owner| (owner.id, owner.receives)).collect::<Vec<_>>()
    };
    assert_eq!(owners(&mut tx).await, [(asha, true), (bela, true), (idle, false)]);
    add_leads(&mut tx, &[lead(22, BUSY, Some(meera))]).await;
    let found = owners(&mut tx).await;
    assert_eq!(found, [(asha, true), (bela, true), (idle, false), (meera, false)], "whose role lost its tasks");
}
