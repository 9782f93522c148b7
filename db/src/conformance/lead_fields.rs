//! Leads added and edited by hand.

use calliyo_domain::{
    lead::NewLead,
    lead_edit::Fields,
    search::Search,
    status::{ASSIGNED, UNASSIGNED},
};

use super::{calls::held, fixtures::*};
use crate::{
    Db, agents,
    lead_changes::{self, Cause},
    lead_fields,
    leads::{self, LeadFilter},
    tags,
};

on_both!(
    a_lead_added_by_hand_comes_in_with_its_event,
    a_phone_that_is_there_adds_nothing,
    an_owner_is_given_as_a_second_step,
    an_edit_is_told_and_moves_nothing,
    an_edit_to_anothers_phone_is_a_duplicate,
    a_tag_is_asked_for_in_any_spelling,
    agents_with_room
);

fn fields(first_name: &str, phone: &str, tags: &str) -> Fields {
    let lead = NewLead::new(first_name, "Rao", phone.to_owned(), "a@example.com", tags).expect("valid");
    Fields { lead, source: "Fair".to_owned() }
}

async fn a_lead_added_by_hand_comes_in_with_its_event(db: &Db) {
    let mut tx = write(db).await;
    let meera = user(&mut tx, "Meera", MANAGER, 0).await;
    let id = lead_fields::add(&mut tx, &fields("Asha", "+911", "b;a"), meera, NOW).await.expect("adds").expect("new");
    assert_eq!(lead_fields::by_phone(&mut tx, "+911").await.expect("reads"), Some(id));
    let lead = held(&mut tx, id).await;
    assert_eq!((lead.status_id, lead.owner_id, lead.created_at), (UNASSIGNED, None, NOW));
    assert_eq!(lead_fields::of(&mut tx, &lead).await.expect("reads"), fields("Asha", "+911", "a;b"));
    let events = event_rows(&mut tx).await;
    assert_eq!((events.len(), events[0].actor_id, events[0].from_status_id), (1, Some(meera), None));
    assert_eq!(events[0].why, "Added by hand");
    assert_eq!(broken_rules(&mut tx).await, Vec::<&str>::new());
}

async fn a_phone_that_is_there_adds_nothing(db: &Db) {
    let mut tx = write(db).await;
    let meera = user(&mut tx, "Meera", MANAGER, 0).await;
    let first = lead_fields::add(&mut tx, &fields("Asha", "+911", ""), meera, NOW).await.expect("adds");
    assert!(first.is_some());
    assert_eq!(lead_fields::add(&mut tx, &fields("Bela", "+911", "x"), meera, NOW).await.expect("adds"), None);
    assert_eq!(lead_fields::by_phone(&mut tx, "+911").await.expect("reads"), first, "the transaction goes on");
    assert_eq!((lead_rows(&mut tx).await.len(), event_rows(&mut tx).await.len()), (1, 1));
}

async fn an_owner_is_given_as_a_second_step(db: &Db) {
    let mut tx = write(db).await;
    let (meera, asha) = (user(&mut tx, "Meera", MANAGER, 0).await, agent(&mut tx, "Asha", 1).await);
    assert!(agents::hold(&mut tx, asha).await.expect("holds").is_some_and(|agent| agent.has_room()));
    let id = lead_fields::add(&mut tx, &fields("Lead", "+911", ""), meera, NOW).await.expect("adds").expect("new");
    let lead = held(&mut tx, id).await;
    let cause = Cause { actor: meera, at: NOW, why: "Added by hand" };
    lead_changes::change(&mut tx, &lead, &lead.state().given_to(asha), cause).await.expect("changes");
    let row = &lead_rows(&mut tx).await[0];
    assert_eq!((row.status_id, row.owner_id, row.assigned_at), (ASSIGNED, Some(asha), Some(NOW)));
    assert!(agents::hold(&mut tx, asha).await.expect("holds").is_some_and(|agent| !agent.has_room()));
    assert_eq!(broken_rules(&mut tx).await, Vec::<&str>::new());
}

async fn an_edit_is_told_and_moves_nothing(db: &Db) {
    let mut tx = write(db).await;
    let asha = agent(&mut tx, "Asha", 9).await;
    add_leads(&mut tx, &[lead(1, ASSIGNED, Some(asha))]).await;
    let before = lead_rows(&mut tx).await;
    let there = held(&mut tx, 1).await;
    let mut wanted = lead_fields::of(&mut tx, &there).await.expect("reads");
    let events = event_rows(&mut tx).await.len();
    assert!(!lead_fields::edit(&mut tx, &there, &wanted, asha, NOW).await.expect("answers"));
    assert_eq!(
        (lead_rows(&mut tx).await, event_rows(&mut tx).await.len()),
        (before.clone(), events),
        "nothing differs"
    );

    wanted.lead.first_name = "Zoe".to_owned();
    wanted.lead.tags = vec!["new".to_owned(), "odd".to_owned()];
    assert!(lead_fields::edit(&mut tx, &there, &wanted, asha, NOW).await.expect("edits"));
    let after = held(&mut tx, 1).await;
    assert_eq!(lead_fields::of(&mut tx, &after).await.expect("reads"), wanted);
    let row = &lead_rows(&mut tx).await[0];
    assert_eq!(
        (row.version, row.status_since, row.owner_id),
        (before[0].version + 1, before[0].status_since, Some(asha))
    );
    let newest = lead_changes::events(&mut tx, 1, 1).await.expect("reads");
    assert_eq!(newest[0].why, "Edited: first name Lead 1 → Zoe; tags odd → new, odd");
    assert_eq!((newest[0].from_status_id, newest[0].to_status_id), (Some(ASSIGNED), ASSIGNED));
    for (typed, n) in [("zoe", 1), ("lead", 0)] {
        let filter = LeadFilter { search: Search::of(typed), ..LeadFilter::default() };
        assert_eq!(leads::count_up_to(&mut tx, &filter, 10).await.expect("counts"), n, "{typed}");
    }
    assert_eq!(broken_rules(&mut tx).await, Vec::<&str>::new());
}

async fn an_edit_to_anothers_phone_is_a_duplicate(db: &Db) {
    let mut tx = write(db).await;
    let asha = agent(&mut tx, "Asha", 9).await;
    add_leads(&mut tx, &[lead(1, UNASSIGNED, None), lead(2, UNASSIGNED, None)]).await;
    tx.commit().await.expect("commits");
    let mut tx = write(db).await;
    let there = held(&mut tx, 1).await;
    let mut wanted = lead_fields::of(&mut tx, &there).await.expect("reads");
    wanted.lead.phone = lead(2, UNASSIGNED, None).phone;
    assert!(lead_fields::edit(&mut tx, &there, &wanted, asha, NOW).await.expect_err("taken").is_duplicate());
    drop(tx);
    let mut tx = read(db).await;
    assert_eq!(leads::count(&mut tx).await.expect("counts"), 2);
    assert_eq!(broken_rules(&mut tx).await, Vec::<&str>::new());
}

async fn agents_with_room(db: &Db) {
    let mut tx = write(db).await;
    let (asha, bela) = (agent(&mut tx, "Asha", 2).await, agent(&mut tx, "Bela", 1).await);
    let (chand, dev) = (agent(&mut tx, "Chand", 5).await, agent(&mut tx, "Dev", 5).await);
    let meera = user(&mut tx, "Meera", MANAGER, 5).await;
    add_leads(
        &mut tx,
        &[lead(1, ASSIGNED, Some(asha)), lead(2, ASSIGNED, Some(bela)), lead(3, INTERESTED, Some(asha))],
    )
    .await;
    crate::users::ban(&mut tx, chand).await.expect("bans");
    execute(&mut tx, format!("UPDATE users SET receiving = NOT receiving WHERE id = {dev}")).await.expect("writes");
    let able = agents::receiving(&mut tx).await.expect("reads");
    assert_eq!(able.iter().map(|agent| agent.id).collect::<Vec<_>>(), [asha, bela]);
    let free = agents::with_room(&mut tx).await.expect("reads");
    assert_eq!(free.iter().map(|agent| (agent.id, agent.load, agent.cap)).collect::<Vec<_>>(), [(asha, 1, 2)]);
    assert_eq!(agents::hold(&mut tx, bela).await.expect("holds").map(|agent| agent.has_room()), Some(false));
    for nobody in [chand, dev, meera, 99] {
        assert_eq!(agents::hold(&mut tx, nobody).await.expect("holds"), None);
    }
}

async fn a_tag_is_asked_for_in_any_spelling(db: &Db) {
    let mut tx = write(db).await;
    let meera = user(&mut tx, "Meera", MANAGER, 0).await;
    lead_fields::add(&mut tx, &fields("Asha", "+911", "VIP;Café"), meera, NOW).await.expect("adds").expect("new");
    for (asked, written) in [
        (&["vip"][..], &["VIP"][..]),
        (&["V\u{200b}ip", "VIP", "vip"], &["VIP"]),
        (&["CAFE\u{301}", "new"], &["Café", "new"]),
        (&[], &[]),
    ] {
        let asked: Vec<String> = asked.iter().map(|tag| (*tag).to_owned()).collect();
        assert_eq!(tags::as_written(&mut tx, &asked).await.expect("reads"), written, "{asked:?}");
    }
    assert_eq!(number(&mut tx, "SELECT count(*) FROM tags").await, 2, "what is asked for is no tag yet");
}
