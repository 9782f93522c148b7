//! How far leads came. Each event and call here is put down as it is, so that the sums can be told by hand.

use calliyo_domain::{
    report::{Funnel, Stretch},
    status::{ASSIGNED, CUSTOMER, UNASSIGNED},
    visibility::Customers,
};

use super::fixtures::*;
use crate::{Db, Tx, funnel};

on_both!(
    how_many_stand_at_each_status,
    a_funnel_follows_the_leads_of_its_days,
    an_agents_funnel_is_of_what_they_were_given
);

const DAY: i64 = 86_400_000;

/// The leads of the fixtures came in a day and an hour before the present.
const CAME: Stretch = Stretch { start: NOW - 2 * DAY, end: NOW - 1_800_000, offset: 0 };

async fn call(tx: &mut Tx, lead: i64, agent: i64, at: i64, seconds: i64, more: &str) {
    let sql = format!(
        "INSERT INTO calls (lead_id, agent_id, started_at, direction, status, duration_seconds, undone_at) \
         VALUES ({lead}, {agent}, {at}, {}, 'called', {seconds}, {})",
        if more == "incoming" { "'incoming'" } else { "'outgoing'" },
        if more == "undone" { "1" } else { "NULL" },
    );
    execute(tx, sql).await.expect("adds");
}

async fn how_many_stand_at_each_status(db: &Db) {
    let mut tx = write(db).await;
    let asha = agent(&mut tx, "Asha", 9).await;
    let leads = [
        lead(1, UNASSIGNED, None),
        lead(2, UNASSIGNED, None),
        lead(3, BUSY, Some(asha)),
        lead(4, CUSTOMER, Some(asha)),
    ];
    add_leads(&mut tx, &leads).await;
    let counts = funnel::pipeline(&mut tx, Customers::All).await.expect("counts");
    assert_eq!(counts.len(), 10, "empty ones too");
    let some: Vec<_> = counts.iter().filter(|c| c.leads > 0).map(|c| (c.status.as_str(), c.leads)).collect();
    assert_eq!(some, [("Unassigned", 2), ("Busy", 1), ("Customer", 1)], "in pipeline order");
    for (converter, customers) in [(asha, 1), (99, 0)] {
        let visible = Customers::ConvertedBy(converter);
        let own = funnel::pipeline(&mut tx, visible).await.expect("counts");
        let others = counts.iter().filter(|c| c.status_id != CUSTOMER);
        assert!(others.eq(own.iter().filter(|c| c.status_id != CUSTOMER)), "other leads are not hidden");
        assert_eq!(own.last().map(|c| (c.status.as_str(), c.leads)), Some(("Customer", customers)));
    }
}

async fn a_funnel_follows_the_leads_of_its_days(db: &Db) {
    let mut tx = write(db).await;
    let asha = agent(&mut tx, "Asha", 9).await;
    let mut leads: Vec<_> = (1..=6).map(|id| lead(id, ASSIGNED, Some(asha))).collect();
    leads.push(lead(7, CUSTOMER, Some(asha)));
    // Earlier than the days: called within them, and no part of the funnel.
    leads.push(crate::demo::DemoLead { created_at: NOW - 9 * DAY, ..lead(8, ASSIGNED, Some(asha)) });
    add_leads(&mut tx, &leads).await;
    let within = NOW - DAY;
    for (lead, at, seconds, more) in [
        (1, within, 0, ""),
        (2, within, 0, ""),
        (2, within, 30, ""),
        (3, within, 30, "incoming"),
        (4, within, 30, "undone"),
        (5, CAME.end, 30, ""),
        (6, CAME.start - 1, 30, ""),
        (7, within, 60, ""),
        (8, within, 60, ""),
    ] {
        call(&mut tx, lead, asha, at, seconds, more).await;
    }
    let funnel = funnel::of_days(&mut tx, &[CAME], None).await.expect("counts");
    assert_eq!(funnel, Funnel { came: 7, called: 3, connected: 2, converted: 1 });
    let halves = [Stretch { end: within, ..CAME }, Stretch { start: within, ..CAME }];
    assert_eq!(funnel::of_days(&mut tx, &halves, None).await.expect("counts"), funnel, "clocks that change");
    let later = Stretch { start: CAME.end, end: NOW + DAY, offset: 0 };
    assert_eq!(funnel::of_days(&mut tx, &[later], None).await.expect("counts"), Funnel::default());
    assert_eq!(
        funnel::of_days(&mut tx, &[], None).await.expect("counts"),
        Funnel::default(),
        "a date that was skipped"
    );
}

async fn an_agents_funnel_is_of_what_they_were_given(db: &Db) {
    let mut tx = write(db).await;
    let (asha, bela) = (agent(&mut tx, "Asha", 9).await, agent(&mut tx, "Bela", 9).await);
    let mut leads: Vec<_> = (1..=3).map(|id| lead(id, ASSIGNED, Some(asha))).collect();
    leads.extend([lead(4, ASSIGNED, Some(bela)), lead(5, CUSTOMER, Some(asha))]);
    add_leads(&mut tx, &leads).await;
    // Taken from Asha since: it was hers within these days all the same. And back to her: it is one lead.
    for (from, to, at) in [(asha, bela, NOW - 3_700_000), (bela, asha, NOW - 3_600_000)] {
        execute(
            &mut tx,
            format!(
                "INSERT INTO lead_events (lead_id, at, from_status_id, to_status_id, from_owner_id, to_owner_id, why) \
                 VALUES (3, {at}, 2, 2, {from}, {to}, 'x')"
            ),
        )
        .await
        .expect("adds");
    }
    call(&mut tx, 1, asha, NOW - DAY, 10, "").await;
    call(&mut tx, 2, bela, NOW - DAY, 10, "").await;
    call(&mut tx, 4, bela, NOW - DAY, 0, "").await;
    let stretches = [CAME];
    let funnel = funnel::of_days(&mut tx, &stretches, Some(asha)).await.expect("counts");
    assert_eq!(funnel, Funnel { came: 4, called: 1, connected: 1, converted: 1 });
    let funnel = funnel::of_days(&mut tx, &stretches, Some(bela)).await.expect("counts");
    assert_eq!(funnel, Funnel { came: 2, called: 1, connected: 0, converted: 0 });
}
