//! Many leads changed at once, as the same changes one by one would have it.

use calliyo_domain::{
    call::LeadState,
    status::{ASSIGNED, CUSTOMER, UNASSIGNED},
};

use super::{calls::held, fixtures::*, statements::count};
use crate::{
    Db, Tx, check,
    lead_changes::{self, Cause},
    leads::{
        LeadFilter,
        changes::{self, Change},
    },
    moves,
};

on_both!(
    changes_at_once_are_as_one_by_one,
    chosen_leads_come_longest_waiting_first,
    who_receives_is_written_down,
    many_changes_take_few_statements,
    what_a_lead_was_is_known_from_its_events,
);

/// On each kind of status, with and without an owner.
async fn some(tx: &mut Tx, asha: i64, bela: i64) {
    let leads = [
        lead(1, UNASSIGNED, None),
        lead(2, ASSIGNED, Some(asha)),
        lead(3, BUSY, Some(bela)),
        lead(4, CUSTOMER, Some(asha)),
        lead(5, CUSTOMER, None),
    ];
    add_leads(tx, &leads).await;
}

/// What a lead could become.
fn states(asha: i64, bela: i64) -> Vec<LeadState> {
    let state = |status, owner, converter, converted_at| LeadState { status, owner, converter, converted_at };
    vec![
        state(UNASSIGNED, None, None, None),
        state(ASSIGNED, Some(bela), None, None),
        state(BUSY, Some(asha), None, None),
        state(CUSTOMER, Some(bela), Some(asha), Some(NOW)),
        state(CUSTOMER, None, None, Some(NOW)),
    ]
}

const ROWS: &str = "SELECT concat_ws('|', id, status_id, status_since, owner_id, assigned_at, last_owner_id, converter_id, \
     converted_at, version) FROM leads ORDER BY id";
const EVENTS: &str = "SELECT concat_ws('|', lead_id, at, actor_id, from_status_id, to_status_id, from_owner_id, to_owner_id, why) \
     FROM lead_events ORDER BY lead_id, id";

async fn changes_at_once_are_as_one_by_one(db: &Db) {
    let mut tx = write(db).await;
    let (asha, bela) = (agent(&mut tx, "Asha", 9).await, agent(&mut tx, "Bela", 9).await);
    some(&mut tx, asha, bela).await;
    tx.commit().await.expect("commits");
    let cause = Cause { actor: bela, at: NOW, why: "By hand" };
    for to in states(asha, bela) {
        let mut results = Vec::new();
        for at_once in [true, false] {
            // Rolled back each time.
            let mut tx = write(db).await;
            let all = changes::hold(&mut tx, &LeadFilter::default(), 9).await.expect("holds");
            let moved: Vec<_> =
                all.iter().filter(|lead| lead.state.status != to.status || lead.state.owner != to.owner).collect();
            if at_once {
                let moved: Vec<_> = moved.iter().map(|lead| Change::new(lead.id, &to)).collect();
                changes::change(&mut tx, &moved, cause).await.expect("changes");
            } else {
                for lead in moved {
                    let lead = held(&mut tx, lead.id).await;
                    lead_changes::change(&mut tx, &lead, &to, cause).await.expect("changes");
                }
            }
            results.push((texts(&mut tx, ROWS).await, texts(&mut tx, EVENTS).await));
            let broken: Vec<_> =
                check::run(&mut tx).await.expect("checks").into_iter().filter(|one| one.broken > 0).collect();
            assert!(broken.is_empty(), "{to:?}: {broken:?}");
            assert_customers_are_marked(&mut tx).await;
        }
        assert_eq!(results[0], results[1], "{to:?}");
    }
}

async fn chosen_leads_come_longest_waiting_first(db: &Db) {
    let mut tx = write(db).await;
    let asha = agent(&mut tx, "Asha", 9).await;
    some(&mut tx, asha, asha).await;
    moves::lock_agents(&mut tx).await.expect("locks");
    let filter = LeadFilter { statuses: vec![UNASSIGNED, ASSIGNED, CUSTOMER], ..LeadFilter::default() };
    let ids = |leads: Vec<changes::ChosenLead>| leads.iter().map(|lead| lead.id).collect::<Vec<_>>();
    // A lead of the fixtures came to its status the earlier the higher its id.
    assert_eq!(ids(changes::hold(&mut tx, &filter, 9).await.expect("holds")), [5, 4, 2, 1]);
    assert_eq!(changes::hold(&mut tx, &filter, 2).await.expect("holds").len(), 2, "no more than asked for");
    let some = LeadFilter { only: Some(vec![1, 3, 7]), ..filter };
    let held = changes::hold(&mut tx, &some, 9).await.expect("holds");
    assert_eq!(held[0].state, LeadState { status: UNASSIGNED, owner: None, converter: None, converted_at: None });
    assert_eq!(ids(held), [1]);
}

async fn who_receives_is_written_down(db: &Db) {
    let mut tx = write(db).await;
    let (asha, bela) = (agent(&mut tx, "Asha", 9).await, agent(&mut tx, "Bela", 9).await);
    some(&mut tx, asha, bela).await;
    let [to_asha, busy] = [ASSIGNED, BUSY].map(|status| LeadState {
        status,
        owner: Some(if status == ASSIGNED { asha } else { bela }),
        converter: None,
        converted_at: None,
    });
    let changed = [Change::new(1, &to_asha), Change::new(3, &LeadState { status: MISSED, ..busy })];
    changes::change(&mut tx, &changed, Cause { actor: asha, at: NOW, why: "By hand" }).await.expect("changes");
    let given = texts(&mut tx, "SELECT name FROM users WHERE last_given_at IS NOT NULL").await;
    assert_eq!(given, ["Asha"], "who only got another status received nothing");
}

async fn many_changes_take_few_statements(db: &Db) {
    let mut tx = write(db).await;
    let asha = agent(&mut tx, "Asha", 9_000).await;
    add_leads(&mut tx, &(1..=2_000).map(|id| lead(id, UNASSIGNED, None)).collect::<Vec<_>>()).await;
    let to = LeadState { status: ASSIGNED, owner: Some(asha), converter: None, converted_at: None };
    let changed: Vec<_> = (1..=2_000).map(|id| Change::new(id, &to)).collect();
    let cause = Cause { actor: asha, at: NOW, why: "By hand" };
    let (done, statements) = count(changes::change(&mut tx, &changed, cause)).await;
    done.expect("changes");
    assert_eq!(statements, 4);
    assert_eq!(number(&mut tx, format!("SELECT count(*) FROM leads WHERE owner_id = {asha}")).await, 2_000);

    let to = LeadState { status: CUSTOMER, converter: Some(asha), converted_at: Some(NOW), ..to };
    let changed: Vec<_> = (1..=2_000).map(|id| Change::new(id, &to)).collect();
    let (done, statements) = count(changes::change(&mut tx, &changed, cause)).await;
    done.expect("changes");
    assert_eq!(statements, 6, "their words are read and written besides");
    assert_customers_are_marked(&mut tx).await;
}

async fn what_a_lead_was_is_known_from_its_events(db: &Db) {
    let mut tx = write(db).await;
    let (asha, bela) = (agent(&mut tx, "Asha", 9).await, agent(&mut tx, "Bela", 9).await);
    add_leads(&mut tx, &[lead(1, BUSY, Some(asha)), lead(2, BUSY, Some(bela))]).await;
    let state = |status, owner| LeadState { status, owner, converter: None, converted_at: None };
    let customer =
        |owner| LeadState { converter: Some(bela), converted_at: Some(NOW + 3), ..state(CUSTOMER, Some(owner)) };
    let steps = [state(UNASSIGNED, None), state(ASSIGNED, Some(bela)), customer(bela), customer(asha)];
    for (at, to) in (NOW + 1..).zip(&steps) {
        let before = held(&mut tx, 1).await;
        lead_changes::change(&mut tx, &before, to, Cause { actor: bela, at, why: "By hand" }).await.expect("changes");
    }
    let now = held(&mut tx, 1).await;
    let was = lead_changes::states_until(&mut tx, &now, NOW + 1).await.expect("reads");
    let [unassigned, assigned, customer, _] = steps;
    assert_eq!(
        was,
        [(NOW + 1, state(BUSY, Some(asha))), (NOW + 2, unassigned), (NOW + 3, assigned), (NOW + 4, customer)]
    );
    assert_eq!(lead_changes::states_until(&mut tx, &now, NOW + 4).await.expect("reads"), was[3..]);
    assert_eq!(lead_changes::states_until(&mut tx, &now, NOW + 5).await.expect("reads"), []);
}
