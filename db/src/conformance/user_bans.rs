use calliyo_domain::user::check_administrators;

use super::fixtures::*;
use crate::{
    Db, Tx, moves,
    sessions::{self, NewSession},
    users,
};

on_both!(
    a_ban_ends_all_sessions_and_a_return_brings_none_back,
    a_ban_may_return_the_leads,
    administrators_are_counted,
    two_admins_at_once_leave_one
);

async fn session(tx: &mut Tx, user: i64, digest: &str) {
    let new = NewSession { token_digest: digest, user, address: "", browser: "", now: NOW, expires_at: NOW + 1 };
    sessions::add(tx, &new).await.expect("added");
}

async fn a_ban_ends_all_sessions_and_a_return_brings_none_back(db: &Db) {
    let mut tx = write(db).await;
    let (asha, bela) = (agent(&mut tx, "Asha", 5).await, agent(&mut tx, "Bela", 5).await);
    for (user, digest) in [(asha, "a1"), (asha, "a2"), (bela, "b")] {
        session(&mut tx, user, digest).await;
    }
    add_leads(&mut tx, &[lead(2, BUSY, Some(asha))]).await;
    assert!(users::ban(&mut tx, asha).await.expect("bans"));
    assert!(!users::ban(&mut tx, asha).await.expect("answers"), "banned already");
    assert_eq!(texts(&mut tx, "SELECT token_digest FROM sessions").await, ["b"]);
    assert!(users::by_id(&mut tx, asha).await.expect("reads").expect("Asha").banned);
    assert_eq!(lead_rows(&mut tx).await[0].owner_id, Some(asha), "the leads stay");
    let receivers: Vec<_> = moves::receivers(&mut tx, 0).await.expect("reads").iter().map(|agent| agent.id).collect();
    assert_eq!(receivers, [bela]);
    session(&mut tx, asha, "late").await;
    assert!(users::unban(&mut tx, asha).await.expect("unbans"));
    assert!(!users::unban(&mut tx, asha).await.expect("answers"), "not banned");
    assert_eq!(texts(&mut tx, "SELECT token_digest FROM sessions").await, ["b"]);
    assert!(!users::ban(&mut tx, bela + 1).await.expect("answers"), "nobody");
}

async fn a_ban_may_return_the_leads(db: &Db) {
    let mut tx = write(db).await;
    let (asha, bela) = (agent(&mut tx, "Asha", 5).await, agent(&mut tx, "Bela", 5).await);
    let admin = user(&mut tx, "Admin", ADMIN, 0).await;
    let leads = [
        lead(2, BUSY, Some(asha)),
        lead(3, INTERESTED, Some(asha)),
        lead(4, 4, Some(asha)),
        lead(5, BUSY, Some(bela)),
        lead(6, 1, None),
    ];
    add_leads(&mut tx, &leads).await;
    let before = lead_rows(&mut tx).await;
    let (moved, statements) = super::statements::count(moves::release(&mut tx, asha, admin, "Owner banned", NOW)).await;
    assert_eq!(moved.expect("moves"), 2);
    assert!(statements <= 2, "{statements} statements");
    let after = lead_rows(&mut tx).await;
    for (before, after) in before.iter().zip(&after) {
        if [2, 3].contains(&before.id) {
            let returned =
                (after.status_id, after.status_since, after.owner_id, after.assigned_at, after.last_owner_id);
            assert_eq!(returned, (1, NOW, None, None, Some(asha)));
            assert_eq!(after.version, before.version + 1);
        } else {
            assert_eq!(before, after);
        }
    }
    let events: Vec<_> = event_rows(&mut tx).await.into_iter().filter(|event| event.why == "Owner banned").collect();
    assert_eq!(events.len(), 2);
    let first = &events[0];
    assert_eq!((first.lead_id, first.at, first.actor_id, first.run_id), (2, NOW, Some(admin), None));
    assert_eq!((first.from_status_id, first.to_status_id), (Some(BUSY), 1));
    assert_eq!((first.from_owner_id, first.to_owner_id), (Some(asha), None));
    assert_eq!(event_rows(&mut tx).await.len(), events.len() + earlier(&leads));
    assert!(broken_rules(&mut tx).await.is_empty());
}

/// The events that the fixtures' leads came with.
fn earlier(leads: &[crate::demo::DemoLead]) -> usize {
    leads
        .iter()
        .map(|lead| 1 + usize::from(lead.owner.is_some()) + usize::from(lead.owner.is_some() && lead.status != 2))
        .sum()
}

async fn administrators_are_counted(db: &Db) {
    let mut tx = write(db).await;
    user(&mut tx, "Manager", MANAGER, 0).await;
    agent(&mut tx, "Agent", 1).await;
    assert_eq!(users::administrators(&mut tx).await.expect("counts"), 0);
    let ada = user(&mut tx, "Ada", ADMIN, 0).await;
    user(&mut tx, "Bo", ADMIN, 0).await;
    assert_eq!(users::administrators(&mut tx).await.expect("counts"), 2);
    users::ban(&mut tx, ada).await.expect("bans");
    assert_eq!(users::administrators(&mut tx).await.expect("counts"), 1, "a banned one doesn't count");
    execute(&mut tx, "UPDATE roles SET settings = NOT settings WHERE id = 1").await.expect("writes");
    assert_eq!(users::administrators(&mut tx).await.expect("counts"), 0, "users alone don't make one");
}

/// Each of two bans the other, each of them in a transaction that began while both could.
async fn two_admins_at_once_leave_one(db: &Db) {
    let mut tx = write(db).await;
    let (ada, bo) = (user(&mut tx, "Ada", ADMIN, 0).await, user(&mut tx, "Bo", ADMIN, 0).await);
    tx.commit().await.expect("commits");
    let ban = async |user: i64| {
        let mut tx = write(db).await;
        users::lock_administration(&mut tx).await.expect("locks");
        let before = users::administrators(&mut tx).await.expect("counts");
        users::ban(&mut tx, user).await.expect("bans");
        // Long enough for the other to be at it as well.
        tokio::time::sleep(std::time::Duration::from_millis(100)).await;
        let after = users::administrators(&mut tx).await.expect("counts");
        let allowed = check_administrators(before, after).is_ok();
        if allowed {
            tx.commit().await.expect("commits");
        }
        allowed
    };
    let (first, second) = futures::future::join(ban(ada), ban(bo)).await;
    assert_ne!(first, second, "one of the two is refused");
    assert_eq!(users::administrators(&mut read(db).await).await.expect("counts"), 1);
}
