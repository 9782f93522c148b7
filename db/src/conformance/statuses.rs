use std::time::Duration;

use calliyo_domain::{
    settings::{AutoAssignment, AutoRemoval, Section, SectionKey, SelectsStatuses},
    status::{ASSIGNED, CUSTOMER, FOLLOWUPS, Status, UNASSIGNED},
    visibility::Customers,
};
use tokio::time::sleep;

use super::{fixtures::*, statements::count};
use crate::{Db, Tx, demo, funnel, moves, settings, statuses};

on_both!(
    shipped_in_order,
    added_at_the_end,
    a_name_is_there_once,
    renamed_and_queued,
    what_the_rules_need_stays,
    put_in_order,
    leads_are_counted,
    owned_leads_are_counted,
    deleted_with_a_new_home,
    deleted_to_unassigned,
    deleted_while_unused,
    settings_are_saved_without_it,
    an_id_is_never_used_twice,
    statements_do_not_grow_with_the_leads,
    a_lead_that_comes_meanwhile_moves_too,
    no_lead_comes_after_it
);

async fn names(tx: &mut Tx) -> Vec<String> {
    statuses::list(tx).await.expect("lists").into_iter().map(|status| status.name).collect()
}

async fn status(tx: &mut Tx, id: i64) -> Status {
    statuses::list(tx).await.expect("lists").into_iter().find(|status| status.id == id).expect("the status")
}

async fn delete(tx: &mut Tx, id: i64, home: Option<i64>, user: i64) -> (i64, statuses::Deleted) {
    let status = status(tx, id).await;
    let held = statuses::hold_leads(tx, id).await.expect("holds");
    (held, statuses::delete(tx, &status, home, user, NOW).await.expect("deletes"))
}

async fn shipped_in_order(db: &Db) {
    let mut tx = read(db).await;
    let shipped = statuses::list(&mut tx).await.expect("lists");
    assert_eq!(shipped.iter().map(|status| status.id).collect::<Vec<_>>(), [1, 2, 3, 5, 6, 7, 8, 9, 10, 4]);
    let on_queue: Vec<i64> = shipped.iter().filter(|status| status.on_queue).map(|status| status.id).collect();
    assert_eq!(on_queue, [ASSIGNED, FOLLOWUPS, BUSY, NOT_PICKED, MISSED]);
}

async fn added_at_the_end(db: &Db) {
    let mut tx = write(db).await;
    let first = statuses::add(&mut tx, "Call back", true).await.expect("adds");
    let second = statuses::add(&mut tx, "Später 🦊", false).await.expect("adds");
    assert_eq!(names(&mut tx).await[9..], ["Customer", "Call back", "Später 🦊"]);
    assert!(first > 10 && second > first);
    assert!(status(&mut tx, first).await.on_queue && !status(&mut tx, second).await.on_queue);
}

async fn a_name_is_there_once(db: &Db) {
    for name in ["Busy", "BUSY", "not picked"] {
        let mut tx = write(db).await;
        assert!(statuses::add(&mut tx, name, false).await.expect_err(name).is_duplicate(), "{name}");
        drop(tx);
        let mut tx = write(db).await;
        let error = statuses::rename(&mut tx, INTERESTED, name).await.expect_err(name);
        assert!(error.is_duplicate(), "{name}: {error}");
    }
    for name in [String::new(), "a".repeat(61)] {
        let error = statuses::add(&mut write(db).await, &name, false).await.expect_err("too short or long");
        assert!(!error.is_duplicate(), "{error}");
    }
    assert_eq!(names(&mut read(db).await).await.len(), 10);
}

async fn renamed_and_queued(db: &Db) {
    let mut tx = write(db).await;
    statuses::rename(&mut tx, BUSY, "Engaged").await.expect("renames");
    statuses::rename(&mut tx, ASSIGNED, "ASSIGNED").await.expect("its own name in another case");
    statuses::set_on_queue(&mut tx, BUSY, false).await.expect("off");
    statuses::set_on_queue(&mut tx, INTERESTED, true).await.expect("on");
    assert_eq!(status(&mut tx, BUSY).await, Status { id: BUSY, name: "Engaged".to_owned(), on_queue: false });
    assert!(status(&mut tx, INTERESTED).await.on_queue);
    assert_eq!(names(&mut tx).await[1], "ASSIGNED");
}

async fn what_the_rules_need_stays(db: &Db) {
    for (id, on_queue) in [(UNASSIGNED, true), (CUSTOMER, true), (ASSIGNED, false)] {
        assert!(statuses::set_on_queue(&mut write(db).await, id, on_queue).await.is_err(), "{id}");
    }
    let mut tx = write(db).await;
    let user = user(&mut tx, "Meera", ADMIN, 0).await;
    for id in [UNASSIGNED, ASSIGNED, FOLLOWUPS, CUSTOMER] {
        delete(&mut tx, id, None, user).await;
    }
    assert_eq!(names(&mut tx).await.len(), 10);
}

async fn put_in_order(db: &Db) {
    let mut tx = write(db).await;
    let order = [4, 10, 9, 8, 7, 6, 5, 3, 2, 1];
    statuses::reorder(&mut tx, &order).await.expect("reorders");
    let ids: Vec<i64> = statuses::list(&mut tx).await.expect("lists").iter().map(|status| status.id).collect();
    assert_eq!(ids, order);
    statuses::add(&mut tx, "Call back", true).await.expect("adds");
    assert_eq!(names(&mut tx).await.last().map(String::as_str), Some("Call back"));
}

/// Leads 1 and 2 of Asha and 3 of Bela on Busy; 4 on Missed, 5 of nobody, 6 a customer.
async fn some_leads(tx: &mut Tx) -> (i64, i64, i64) {
    let meera = user(tx, "Meera", ADMIN, 0).await;
    let (asha, bela) = (agent(tx, "Asha", 50).await, agent(tx, "Bela", 50).await);
    let leads = [
        lead(1, BUSY, Some(asha)),
        lead(2, BUSY, Some(asha)),
        lead(3, BUSY, Some(bela)),
        lead(4, MISSED, Some(asha)),
        lead(5, UNASSIGNED, None),
        lead(6, CUSTOMER, Some(bela)),
    ];
    add_leads(tx, &leads).await;
    (meera, asha, bela)
}

async fn leads_are_counted(db: &Db) {
    let mut tx = write(db).await;
    some_leads(&mut tx).await;
    let pipeline = funnel::pipeline(&mut tx, Customers::All).await.expect("counts");
    let mut counts: Vec<_> = pipeline.iter().map(|count| (count.status_id, count.leads)).collect();
    counts.retain(|(_, leads)| *leads > 0);
    counts.sort_unstable();
    assert_eq!(counts, [(UNASSIGNED, 1), (CUSTOMER, 1), (BUSY, 3), (MISSED, 1)]);
    assert_eq!(statuses::hold_leads(&mut tx, BUSY).await.expect("holds"), 3);
    assert_eq!(statuses::hold_leads(&mut tx, INTERESTED).await.expect("holds"), 0);
}

async fn owned_leads_are_counted(db: &Db) {
    let mut tx = write(db).await;
    let (_, asha, bela) = some_leads(&mut tx).await;
    let owned = statuses::owned(&mut tx).await.expect("counts");
    let counts: Vec<_> =
        owned.iter().map(|part| (part.owner, part.name.as_str(), part.cap, part.status, part.leads)).collect();
    let expected = [
        (asha, "Asha", 50, BUSY, 2),
        (asha, "Asha", 50, MISSED, 1),
        (bela, "Bela", 50, CUSTOMER, 1),
        (bela, "Bela", 50, BUSY, 1),
    ];
    assert_eq!(counts, expected);
}

async fn deleted_with_a_new_home(db: &Db) {
    let mut tx = write(db).await;
    let (meera, asha, bela) = some_leads(&mut tx).await;
    let before = lead_rows(&mut tx).await;
    let (held, deleted) = delete(&mut tx, BUSY, Some(FOLLOWUPS), meera).await;
    assert_eq!((held, deleted.moved), (3, 3));
    let after = lead_rows(&mut tx).await;
    for (before, after) in before.iter().zip(&after).take(3) {
        let version = before.version + 1;
        let expected = LeadRow { status_id: FOLLOWUPS, status_since: NOW, version, ..before.clone() };
        assert_eq!(*after, expected);
    }
    assert_eq!(before[3..], after[3..], "the others stay as they were");
    let events: Vec<_> = event_rows(&mut tx).await.into_iter().filter(|event| event.actor_id.is_some()).collect();
    assert_eq!(events.iter().map(|event| event.lead_id).collect::<Vec<_>>(), [1, 2, 3], "one each");
    for (event, owner) in events.iter().zip([asha, asha, bela]) {
        assert_eq!((event.at, event.actor_id, event.run_id), (NOW, Some(meera), None));
        assert_eq!((event.from_status_id, event.to_status_id), (Some(BUSY), FOLLOWUPS), "the deleted id is kept");
        assert_eq!((event.from_owner_id, event.to_owner_id), (Some(owner), Some(owner)));
        assert_eq!(event.why, "Status \"Busy\" was deleted");
    }
    tx.commit().await.expect("commits");
    let mut tx = read(db).await;
    assert!(!names(&mut tx).await.contains(&"Busy".to_owned()));
    assert_eq!(broken_rules(&mut tx).await, Vec::<&str>::new());
}

async fn deleted_to_unassigned(db: &Db) {
    let mut tx = write(db).await;
    let (meera, asha, bela) = some_leads(&mut tx).await;
    assert_eq!(delete(&mut tx, BUSY, Some(UNASSIGNED), meera).await.1.moved, 3);
    for (row, owner) in lead_rows(&mut tx).await.iter().zip([asha, asha, bela]) {
        assert_eq!((row.status_id, row.status_since, row.version), (UNASSIGNED, NOW, 2));
        assert_eq!((row.owner_id, row.assigned_at, row.last_owner_id), (None, None, Some(owner)));
    }
    let events: Vec<_> = event_rows(&mut tx).await.into_iter().filter(|event| event.actor_id.is_some()).collect();
    for (event, owner) in events.iter().zip([asha, asha, bela]) {
        assert_eq!((event.from_owner_id, event.to_owner_id), (Some(owner), None));
    }
    assert_eq!(events.len(), 3);
    assert_eq!(broken_rules(&mut tx).await, Vec::<&str>::new());
}

async fn deleted_while_unused(db: &Db) {
    let mut tx = write(db).await;
    let (meera, ..) = some_leads(&mut tx).await;
    let events = event_rows(&mut tx).await;
    assert_eq!(delete(&mut tx, INTERESTED, None, meera).await, (0, statuses::Deleted::default()));
    assert_eq!(event_rows(&mut tx).await, events);
    let busy = status(&mut tx, BUSY).await;
    assert!(statuses::delete(&mut tx, &busy, None, meera, NOW).await.is_err(), "its leads would have no status");
}

async fn current<S: SelectsStatuses>(tx: &mut Tx) -> (i64, Vec<i64>) {
    let mut current = settings::get::<S>(tx).await.expect("reads");
    (current.version, std::mem::take(current.value.selected()))
}

async fn settings_are_saved_without_it(db: &Db) {
    let mut tx = write(db).await;
    let (meera, ..) = some_leads(&mut tx).await;
    let (_, deleted) = delete(&mut tx, MISSED, Some(FOLLOWUPS), meera).await;
    assert_eq!(deleted.sections, [SectionKey::AutoAssignment, SectionKey::AutoRemoval]);
    assert_eq!(current::<AutoAssignment>(&mut tx).await, (1, vec![UNASSIGNED, NOT_PICKED]));
    assert_eq!(current::<AutoRemoval>(&mut tx).await, (1, vec![NOT_PICKED]));
    for section in [AutoAssignment::KEY, AutoRemoval::KEY] {
        let save = settings::last_save(&mut tx, section).await.expect("reads").expect("a save");
        assert_eq!((save.version, save.at, save.by_name.as_str()), (1, NOW, "Meera"));
        assert!(save.before.contains('9') && !save.after.contains("9]"), "{save:?}");
    }
    let (_, deleted) = delete(&mut tx, BUSY, Some(FOLLOWUPS), meera).await;
    assert!(deleted.sections.is_empty(), "who doesn't select it isn't saved");
    assert_eq!(current::<AutoAssignment>(&mut tx).await.0, 1);
    assert_eq!(broken_rules(&mut tx).await, Vec::<&str>::new());
}

async fn an_id_is_never_used_twice(db: &Db) {
    let mut tx = write(db).await;
    let meera = user(&mut tx, "Meera", ADMIN, 0).await;
    let first = statuses::add(&mut tx, "Call back", true).await.expect("adds");
    delete(&mut tx, first, None, meera).await;
    let second = statuses::add(&mut tx, "Other", true).await.expect("adds");
    assert!(second > first, "events of the deleted one would seem to be about {second}");
}

async fn statements_do_not_grow_with_the_leads(db: &Db) {
    let mut tx = write(db).await;
    let (meera, ..) = some_leads(&mut tx).await;
    let asha = agent(&mut tx, "Chand", 0).await;
    let more: Vec<_> = (100..400).map(|id| lead(id, MISSED, Some(asha))).collect();
    add_leads(&mut tx, &more).await;
    let (_, few) = count(delete(&mut tx, BUSY, Some(UNASSIGNED), meera)).await;
    let (deleted, many) = count(delete(&mut tx, NOT_PICKED, Some(UNASSIGNED), meera)).await;
    assert_eq!(deleted.0, 0);
    let (deleted, most) = count(delete(&mut tx, MISSED, Some(UNASSIGNED), meera)).await;
    assert_eq!(deleted.0, 301);
    assert_eq!(many, most, "with 301 leads as with none");
    assert!(few < most && most < 20, "{few}, {most}");
}

/// As the page does it, in a transaction of its own.
async fn delete_busy(db: &Db, user: i64, hold: Duration) -> (i64, statuses::Deleted) {
    let mut tx = write(db).await;
    moves::lock_agents(&mut tx).await.expect("locks");
    statuses::lock(&mut tx).await.expect("locks");
    let done = delete(&mut tx, BUSY, Some(FOLLOWUPS), user).await;
    sleep(hold).await;
    tx.commit().await.expect("commits");
    done
}

async fn a_lead_that_comes_meanwhile_moves_too(db: &Db) {
    let mut tx = write(db).await;
    let (meera, asha, _) = some_leads(&mut tx).await;
    tx.commit().await.expect("commits");
    let mut other = write(db).await;
    add_leads(&mut other, &[lead(7, BUSY, Some(asha))]).await;
    let arriving = async {
        sleep(Duration::from_millis(200)).await;
        other.commit().await.expect("commits");
    };
    let ((held, deleted), ()) = futures::join!(delete_busy(db, meera, Duration::ZERO), arriving);
    assert_eq!((held, deleted.moved), (4, 4));
    assert_eq!(broken_rules(&mut read(db).await).await, Vec::<&str>::new());
}

async fn no_lead_comes_after_it(db: &Db) {
    let mut tx = write(db).await;
    let (meera, asha, _) = some_leads(&mut tx).await;
    tx.commit().await.expect("commits");
    let arriving = async {
        sleep(Duration::from_millis(100)).await;
        let mut tx = write(db).await;
        demo::add_leads(&mut tx, &[lead(7, BUSY, Some(asha))]).await
    };
    let ((_, deleted), arrived) = futures::join!(delete_busy(db, meera, Duration::from_millis(300)), arriving);
    assert_eq!(deleted.moved, 3);
    assert!(arrived.is_err(), "the status is gone");
    assert_eq!(broken_rules(&mut read(db).await).await, Vec::<&str>::new());
}
