use calliyo_domain::{status::UNASSIGNED, visibility::Customers};

use super::fixtures::*;
use crate::{
    Db,
    demo::{self, DemoCall, DemoFollowUp},
    follow_ups, import, leads,
};

on_both!(leads_of_every_status_with_their_events, ids_go_on_after_them, calls, calls_agreed_on);

async fn leads_of_every_status_with_their_events(db: &Db) {
    let mut tx = write(db).await;
    let asha = agent(&mut tx, "Asha", 50).await;
    let owned = (2..=10).map(|status| lead(status, status, Some(asha)));
    // Nobody's leads are Unassigned, or customers that came in as such.
    let all: Vec<_> = [lead(1, UNASSIGNED, None)].into_iter().chain(owned).chain([lead(11, 4, None)]).collect();
    add_leads(&mut tx, &all).await;
    let rows = lead_rows(&mut tx).await;
    for (row, lead) in rows.iter().zip(&all) {
        assert_eq!((row.id, row.status_id, row.status_since), (lead.id, lead.status, lead.since));
        assert_eq!((row.owner_id, row.assigned_at, row.version), (lead.owner, lead.assigned_at, 1));
        assert_eq!(row.converted_at, (lead.status == 4).then_some(lead.since));
    }
    let converters =
        texts(&mut tx, "SELECT id || ' ' || coalesce(converter_id, 0) FROM leads WHERE status_id = 4 ORDER BY id")
            .await;
    assert_eq!(converters, [format!("4 {asha}"), "11 0".to_owned()]);
    assert_customers_are_marked(&mut tx).await;
    let events: Vec<_> =
        event_rows(&mut tx).await.iter().map(|event| (event.lead_id, event.to_status_id, event.to_owner_id)).collect();
    assert_eq!(events[..2], [(1, 1, None), (2, 1, None)]);
    assert_eq!(events[2..6], [(2, 2, Some(asha)), (3, 1, None), (3, 2, Some(asha)), (3, 3, Some(asha))]);
    assert_eq!(broken_rules(&mut tx).await, Vec::<&str>::new());
    assert_eq!(number(&mut tx, "SELECT count(*) FROM lead_tags WHERE tag = 'even'").await, 5);
}

async fn ids_go_on_after_them(db: &Db) {
    let mut tx = write(db).await;
    demo::add_leads(&mut tx, &[]).await.expect("nothing to add");
    add_leads(&mut tx, &[lead(500, UNASSIGNED, None)]).await;
    import::add(&mut tx, &[incoming("New", "+911", "")], "CSV", None, NOW, |_| {}).await.expect("adds");
    assert_eq!(leads::count(&mut tx).await.expect("counts"), 2);
    assert_eq!(number(&mut tx, "SELECT max(id) FROM leads").await, 501);
}

async fn calls(db: &Db) {
    let mut tx = write(db).await;
    let asha = agent(&mut tx, "Asha", 50).await;
    add_leads(&mut tx, &[lead(1, BUSY, Some(asha))]).await;
    let call = DemoCall { lead: 1, agent: asha, started_at: NOW, status: "called", duration: 61 };
    demo::add_calls(&mut tx, &[call.clone(), DemoCall { status: "busy", duration: 0, ..call.clone() }])
        .await
        .expect("adds");
    let found = texts(
        &mut tx,
        "SELECT status || ' ' || direction || ' ' || duration_seconds || ' ' || started_at FROM calls ORDER BY id",
    )
    .await;
    assert_eq!(found, [format!("called outgoing 61 {NOW}"), format!("busy outgoing 0 {NOW}")]);
    for wrong in [
        DemoCall { status: "sung", ..call.clone() },
        DemoCall { duration: -1, ..call.clone() },
        DemoCall { lead: 9, ..call },
    ] {
        tx = write_again(db, tx).await;
        assert!(demo::add_calls(&mut tx, std::slice::from_ref(&wrong)).await.is_err(), "{wrong:?}");
    }
}

async fn calls_agreed_on(db: &Db) {
    let mut tx = write(db).await;
    let asha = agent(&mut tx, "Asha", 50).await;
    add_leads(&mut tx, &[lead(1, 3, Some(asha))]).await;
    let follow_up = DemoFollowUp { lead: 1, agent: asha, due_at: NOW + 1, created_at: NOW };
    demo::add_follow_ups(&mut tx, &[follow_up]).await.expect("adds");
    let due = follow_ups::due(&mut tx, asha, Customers::All, NOW + 2, 9).await.expect("reads");
    assert_eq!((due.len(), due[0].due_at), (1, NOW + 1));
}

/// Keeps what `tx` wrote, and begins anew.
async fn write_again(db: &Db, tx: crate::Tx) -> crate::Tx {
    let _ = tx.commit().await;
    write(db).await
}
