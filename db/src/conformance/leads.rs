use std::collections::HashMap;

use super::fixtures::*;
use crate::{
    Db,
    demo::DemoLead,
    leads::{self, Filter, ListedLead, OwnerFilter},
};

on_both!(every_filter_gives_what_it_says, pages_cover_everything_once, rows_say_what_is_stored, tags_by_lead);

const PEOPLE: [&str; 3] = ["Asha", "Bela", "Chand"];

/// Leads on every status, with every owner and with none, in no order.
async fn some_leads(db: &Db) -> Vec<DemoLead> {
    let mut tx = write(db).await;
    let mut owners = Vec::new();
    for name in PEOPLE {
        owners.push(agent(&mut tx, name, 50).await);
    }
    let owned = (1..=135).map(|id| lead(id * 7 % 211 + 1, 2 + id * 5 % 9, Some(owners[(id % 2) as usize])));
    let nobodys = (1..=40).map(|id| lead(300 + id, if id % 4 == 0 { 4 } else { 1 }, None));
    let leads: Vec<_> = owned.chain(nobodys).collect();
    add_leads(&mut tx, &leads).await;
    tx.commit().await.expect("commits");
    leads
}

fn filters() -> Vec<(Option<i64>, OwnerFilter)> {
    let owners =
        [OwnerFilter::Anyone, OwnerFilter::Nobody, OwnerFilter::Agent(1), OwnerFilter::Agent(2), OwnerFilter::Agent(3)];
    let statuses = [None].into_iter().chain((1..=10).map(Some));
    statuses.flat_map(|status| owners.map(|owner| (status, owner))).collect()
}

fn wanted(leads: &[DemoLead], status: Option<i64>, owner: OwnerFilter, before: i64) -> Vec<i64> {
    let belongs = |lead: &&DemoLead| match owner {
        OwnerFilter::Anyone => true,
        OwnerFilter::Nobody => lead.owner.is_none(),
        OwnerFilter::Agent(id) => lead.owner == Some(id),
    };
    let matching = leads.iter().filter(|lead| status.is_none_or(|status| lead.status == status)).filter(belongs);
    let mut ids: Vec<_> = matching.map(|lead| lead.id).filter(|id| *id < before).collect();
    ids.sort_unstable_by(|a, b| b.cmp(a));
    ids
}

fn ids(page: &[ListedLead]) -> Vec<i64> {
    page.iter().map(|lead| lead.id).collect()
}

async fn every_filter_gives_what_it_says(db: &Db) {
    let all = some_leads(db).await;
    let mut tx = read(db).await;
    let mut matched = 0;
    for (status, owner) in filters() {
        for before in [None, Some(150), Some(1)] {
            let filter = Filter { status, owner, before, limit: 1_000 };
            let page = leads::list(&mut tx, &filter).await.expect("lists");
            assert_eq!(ids(&page), wanted(&all, status, owner, before.unwrap_or(i64::MAX)), "{filter:?}");
            matched += usize::from(!page.is_empty());
        }
    }
    assert!(matched > 60, "most filters match something: {matched}");
    assert_eq!(leads::count(&mut tx).await.expect("counts"), all.len() as i64);
}

async fn pages_cover_everything_once(db: &Db) {
    let all = some_leads(db).await;
    let mut tx = read(db).await;
    for (status, owner) in filters() {
        let (mut before, mut seen) = (None, Vec::new());
        loop {
            let page = leads::list(&mut tx, &Filter { status, owner, before, limit: 7 }).await.expect("lists");
            assert!(page.len() <= 7 && seen.len() <= all.len(), "{status:?} {owner:?} goes on and on");
            seen.extend(ids(&page));
            let Some(last) = page.last() else { break };
            before = Some(last.id);
        }
        assert_eq!(seen, wanted(&all, status, owner, i64::MAX), "{status:?} {owner:?}");
    }
}

async fn rows_say_what_is_stored(db: &Db) {
    let mut tx = write(db).await;
    let asha = agent(&mut tx, "Asha", 50).await;
    let mut owned = lead(1, BUSY, Some(asha));
    (owned.last_name, owned.email) = ("Rão 🦊".to_owned(), "lead@example.com".to_owned());
    add_leads(&mut tx, &[owned.clone(), lead(2, 1, None)]).await;
    let everything = Filter { status: None, owner: OwnerFilter::Anyone, before: None, limit: 10 };
    let found = leads::list(&mut tx, &everything).await.expect("lists");
    let expected = ListedLead {
        id: 1,
        first_name: owned.first_name,
        last_name: owned.last_name,
        phone: owned.phone,
        email: owned.email,
        status_id: BUSY,
        status: "Busy".to_owned(),
        status_since: owned.since,
        owner: Some("Asha".to_owned()),
    };
    assert_eq!(found[1], expected);
    assert_eq!((found[0].status.as_str(), found[0].owner.as_deref()), ("Unassigned", None));
}

async fn tags_by_lead(db: &Db) {
    let mut tx = write(db).await;
    add_leads(&mut tx, &[lead(1, 1, None), lead(2, 1, None), lead(3, 1, None)]).await;
    execute(&mut tx, "INSERT INTO lead_tags (lead_id, tag) VALUES (1, 'zebra'), (1, 'a;b \"c\"'), (3, 'x')")
        .await
        .expect("adds");
    let found = leads::tags(&mut tx, &[1, 2, 99]).await.expect("reads");
    let tags = |list: &[&str]| list.iter().map(ToString::to_string).collect::<Vec<_>>();
    assert_eq!(found, HashMap::from([(1, tags(&["a;b \"c\"", "odd", "zebra"])), (2, tags(&["even"]))]));
    assert!(leads::tags(&mut tx, &[]).await.expect("reads").is_empty());
    assert!(execute(&mut tx, "INSERT INTO lead_tags (lead_id, tag) VALUES (3, 'x')").await.is_err(), "a tag once");
}
