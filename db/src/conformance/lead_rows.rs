//! What lists of leads hold, and what there is to choose from.

use std::collections::HashMap;

use calliyo_domain::{status::CUSTOMER, visibility::Customers};

use super::fixtures::*;
use crate::{
    Db,
    leads::{self, ListedLead, Query},
};

on_both!(rows_say_what_is_stored, tags_by_lead, what_there_is_to_filter_by);

async fn rows_say_what_is_stored(db: &Db) {
    let mut tx = write(db).await;
    let asha = agent(&mut tx, "Asha", 50).await;
    let mut owned = lead(1, BUSY, Some(asha));
    (owned.last_name, owned.email) = ("Rão 🦊".to_owned(), "lead@example.com".to_owned());
    add_leads(&mut tx, &[owned.clone(), lead(2, 1, None)]).await;
    let found = leads::list(&mut tx, &Query { limit: 10, ..Query::default() }).await.expect("lists");
    let expected = ListedLead {
        id: 1,
        version: 1,
        first_name: owned.first_name,
        last_name: owned.last_name,
        phone: owned.phone,
        email: owned.email,
        source: "Demo".to_owned(),
        status_id: BUSY,
        status: "Busy".to_owned(),
        status_since: owned.since,
        owner: Some("Asha".to_owned()),
        created_at: owned.created_at,
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

async fn what_there_is_to_filter_by(db: &Db) {
    let mut tx = write(db).await;
    assert!(leads::choices(&mut tx, Customers::All).await.expect("reads").tags.is_empty());
    assert!(leads::choices(&mut tx, Customers::All).await.expect("reads").sources.is_empty());
    add_leads(&mut tx, &[lead(1, 1, None), lead(2, 1, None), lead(3, 1, None)]).await;
    execute(&mut tx, "INSERT INTO lead_tags (lead_id, tag) VALUES (1, 'Zebra'), (2, 'Zebra'), (3, 'éa')")
        .await
        .expect("adds");
    execute(&mut tx, "UPDATE leads SET source = CASE id WHEN 1 THEN '' WHEN 2 THEN 'Web' ELSE source END")
        .await
        .expect("changes");
    let mut tags = leads::choices(&mut tx, Customers::All).await.expect("reads").tags;
    tags.sort_unstable();
    assert_eq!(tags, ["Zebra", "even", "odd", "éa"]);
    let mut sources = leads::choices(&mut tx, Customers::All).await.expect("reads").sources;
    sources.sort_unstable();
    assert_eq!(sources, ["Demo", "Web"]);

    let (asha, bela) = (agent(&mut tx, "Asha", 5).await, agent(&mut tx, "Bela", 5).await);
    add_leads(&mut tx, &[lead(4, CUSTOMER, Some(asha)), lead(5, CUSTOMER, Some(bela))]).await;
    for sql in [
        "INSERT INTO lead_tags (lead_id, tag) VALUES (4, 'gold'), (5, 'silver'), (5, 'Zebra')",
        "UPDATE leads SET source = CASE id WHEN 4 THEN 'Fair' ELSE 'Shop' END WHERE id > 3",
    ] {
        execute(&mut tx, sql).await.expect(sql);
    }
    let none: &[&str] = &[];
    for (visible, tags, sources) in [
        (Customers::All, &["gold", "silver"][..], &["Fair", "Shop"][..]),
        (Customers::ConvertedBy(asha), &["gold"], &["Fair"]),
        (Customers::ConvertedBy(bela), &["silver"], &["Shop"]),
        (Customers::ConvertedBy(bela + 1), none, none),
    ] {
        let mut found = leads::choices(&mut tx, visible).await.expect("reads").tags;
        found.retain(|tag| !["Zebra", "even", "odd", "éa"].contains(&tag.as_str()));
        found.sort_unstable();
        assert_eq!(found, tags, "{visible:?}");
        let mut found = leads::choices(&mut tx, visible).await.expect("reads").sources;
        found.retain(|source| !["Demo", "Web"].contains(&source.as_str()));
        found.sort_unstable();
        assert_eq!(found, sources, "{visible:?}");
    }
}
