use calliyo_domain::{
    lead_order::LeadOrder,
    status::{CUSTOMER, UNASSIGNED},
};

use super::{fixtures::*, statements::count};
use crate::{
    Db, Page,
    import::{self, Incoming, Origin},
    leads::{self, LeadFilter},
};

on_both!(
    adds_leads_tags_and_first_events,
    duplicates_in_the_batch_are_skipped,
    duplicates_in_the_database_are_skipped,
    customers_come_in_as_customers,
    text_comes_through_unchanged,
    many_parts,
    impossible_leads_are_refused,
    two_imports_at_once,
    two_files_of_one_name_are_told_apart
);

async fn adds_leads_tags_and_first_events(db: &Db) {
    let mut tx = write(db).await;
    let meera = user(&mut tx, "Meera", MANAGER, 0).await;
    let batch = [incoming("Asha", "+911", "hot; web"), incoming("Bela", "+912", "")];
    let added = import::add(&mut tx, &batch, "CSV", Some(meera), NOW, |_| {}).await.expect("adds");
    assert_eq!(added, [0, 1]);
    let stored = texts(
        &mut tx,
        "SELECT first_name || ' ' || phone || ' ' || source || ' ' || created_at FROM leads ORDER BY id",
    )
    .await;
    assert_eq!(stored, [format!("Asha +911 CSV {NOW}"), format!("Bela +912 CSV {NOW}")]);
    let rows = lead_rows(&mut tx).await;
    for row in &rows {
        assert_eq!((row.status_id, row.status_since, row.owner_id), (UNASSIGNED, NOW, None));
        assert_eq!((row.assigned_at, row.converted_at, row.version), (None, None, 1));
    }
    let found = leads::tags(&mut tx, &[rows[0].id, rows[1].id]).await.expect("reads");
    assert_eq!(found.get(&rows[0].id).map(Vec::as_slice), Some(["hot".to_owned(), "web".to_owned()].as_slice()));
    assert_eq!(found.len(), 1);
    let events = event_rows(&mut tx).await;
    assert_eq!(events.len(), 2);
    let event = &events[0];
    assert_eq!((event.lead_id, event.at, event.actor_id, event.run_id), (rows[0].id, NOW, Some(meera), None));
    assert_eq!((event.from_status_id, event.to_status_id, event.to_owner_id), (None, UNASSIGNED, None));
    assert_eq!(event.why, "Asha came in");
    assert!(broken_rules(&mut tx).await.is_empty());
}

/// The first of those with one phone is taken in, with its own tags and its own reason.
async fn duplicates_in_the_batch_are_skipped(db: &Db) {
    let mut tx = write(db).await;
    let batch = [
        incoming("Zoe", "+919", "first"),
        incoming("Asha", "+911", "a"),
        incoming("Twin", "+919", "second; more"),
        incoming("Bela", "+912", "b"),
        incoming("Triplet", "+919", "third"),
    ];
    assert_eq!(import::add(&mut tx, &batch, "CSV", None, NOW, |_| {}).await.expect("adds"), [0, 1, 3]);
    assert_eq!(texts(&mut tx, "SELECT first_name FROM leads ORDER BY id").await, ["Zoe", "Asha", "Bela"]);
    assert_eq!(texts(&mut tx, "SELECT tag FROM lead_tags ORDER BY lead_id, tag").await, ["first", "a", "b"]);
    let whys: Vec<_> = event_rows(&mut tx).await.into_iter().map(|event| event.why).collect();
    assert_eq!(whys, ["Zoe came in", "Asha came in", "Bela came in"]);
}

async fn duplicates_in_the_database_are_skipped(db: &Db) {
    let mut tx = write(db).await;
    import::add(&mut tx, &[incoming("Asha", "+911", "old")], "First", None, NOW, |_| {}).await.expect("adds");
    let batch = [incoming("Asha again", "+911", "new"), incoming("Bela", "+912", "b")];
    assert_eq!(import::add(&mut tx, &batch, "Second", None, NOW + 1, |_| {}).await.expect("adds"), [1]);
    assert_eq!(import::add(&mut tx, &batch, "Third", None, NOW + 2, |_| {}).await.expect("adds"), Vec::<usize>::new());
    assert_eq!(
        texts(&mut tx, "SELECT first_name || ' ' || source FROM leads ORDER BY id").await,
        ["Asha First", "Bela Second"]
    );
    assert_eq!(texts(&mut tx, "SELECT tag FROM lead_tags ORDER BY lead_id").await, ["old", "b"]);
    assert_eq!(event_rows(&mut tx).await.len(), 2);
    assert_eq!(import::add(&mut tx, &[], "Nothing", None, NOW, |_| {}).await.expect("adds"), Vec::<usize>::new());
}

async fn customers_come_in_as_customers(db: &Db) {
    let mut tx = write(db).await;
    let customer = Incoming { status: CUSTOMER, ..incoming("Asha", "+911", "") };
    import::add(&mut tx, &[customer, incoming("Bela", "+912", "")], "CSV", None, NOW, |_| {}).await.expect("adds");
    let rows = lead_rows(&mut tx).await;
    assert_eq!((rows[0].status_id, rows[0].converted_at, rows[0].owner_id), (CUSTOMER, Some(NOW), None));
    assert_eq!((rows[1].status_id, rows[1].converted_at), (UNASSIGNED, None));
    assert_eq!(event_rows(&mut tx).await[0].to_status_id, CUSTOMER);
    assert_customers_are_marked(&mut tx).await;
    assert!(broken_rules(&mut tx).await.is_empty());
}

async fn text_comes_through_unchanged(db: &Db) {
    let mut tx = write(db).await;
    let names = ["O'Neil", "\"quoted\" \\ back", "Ünïcødé 🦊", "007", "null", "1e5", "two words", "x{\"a\":1}"];
    let batch: Vec<_> = names.iter().enumerate().map(|(n, name)| incoming(name, &format!("+91{n}"), name)).collect();
    import::add(&mut tx, &batch, "C,S\"V", None, NOW, |_| {}).await.expect("adds");
    assert_eq!(texts(&mut tx, "SELECT first_name FROM leads ORDER BY id").await, names);
    assert_eq!(texts(&mut tx, "SELECT tag FROM lead_tags ORDER BY lead_id").await, names);
    assert_eq!(texts(&mut tx, "SELECT DISTINCT source FROM leads").await, ["C,S\"V"]);
}

/// More than fit into one round, with duplicates within a part and across parts.
async fn many_parts(db: &Db) {
    let mut tx = write(db).await;
    let phone = |n: usize| format!("+91{:07}", if n % 100 == 99 { n - 7 } else { n });
    let mut batch: Vec<_> = (0..11_000).map(|n| incoming("Lead", &phone(n), "t")).collect();
    // The last part begins with one of the first.
    batch[10_000] = incoming("Late", &phone(3), "late");
    let unique: Vec<_> = (0..11_000).filter(|n| n % 100 != 99 && *n != 10_000).collect();
    let (added, statements) = count(import::add(&mut tx, &batch, "CSV", None, NOW, |_| {})).await;
    assert_eq!(added.expect("adds"), unique);
    assert!(statements == 14, "two for the tags, four for each of three parts, not {statements}");
    assert_eq!(leads::count(&mut tx).await.expect("counts"), unique.len() as i64);
    for table in ["lead_tags", "lead_events"] {
        assert_eq!(number(&mut tx, format!("SELECT count(*) FROM {table}")).await, unique.len() as i64, "{table}");
    }
    assert!(broken_rules(&mut tx).await.is_empty());
}

async fn impossible_leads_are_refused(db: &Db) {
    let mut tx = write(db).await;
    agent(&mut tx, "Asha", 5).await;
    import::add(&mut tx, &[incoming("Lead", "+911", "")], "CSV", None, NOW, |_| {}).await.expect("adds");
    tx.commit().await.expect("commits");
    for change in [
        "owner_id = 1",
        "status_id = 2",
        "status_id = 4",
        "converted_at = 5",
        "status_id = 99, owner_id = 1",
        "status_id = 2, owner_id = 99",
        "phone = '911'",
        "first_name = ''",
        "last_owner_id = 99",
    ] {
        assert!(refuses(db, &format!("UPDATE leads SET {change}")).await, "{change}");
    }
    assert!(refuses(db, "DELETE FROM leads").await, "a lead with events stays");
    let mut tx = write(db).await;
    execute(&mut tx, "UPDATE leads SET status_id = 2, owner_id = 1").await.expect("that is possible");
}

/// Two people bring in overlapping files: each phone is there once, and each was told what it added.
async fn two_imports_at_once(db: &Db) {
    let bring = async |range: std::ops::Range<usize>| {
        let mut tx = write(db).await;
        let batch: Vec<_> = range.map(|n| incoming("Lead", &format!("+91{n:05}"), "t")).collect();
        let added = import::add(&mut tx, &batch, "CSV", None, NOW, |_| {}).await.expect("adds");
        tx.commit().await.expect("commits");
        added.len()
    };
    let (first, second) = futures::join!(bring(0..600), bring(300..900));
    assert_eq!(first + second, 900);
    let mut tx = read(db).await;
    assert_eq!(leads::count(&mut tx).await.expect("counts"), 900);
    assert!(broken_rules(&mut tx).await.is_empty());
}

async fn two_files_of_one_name_are_told_apart(db: &Db) {
    let mut tx = write(db).await;
    for (run, phone) in [(Some(7), "+911"), (Some(8), "+912"), (None, "+913")] {
        let origin = Origin { source: "leads.csv", run };
        import::add(&mut tx, &[incoming("Lead", phone, "")], origin, None, NOW, |_| {}).await.expect("adds");
    }
    for (run, phones) in [(7, &["+911"][..]), (8, &["+912"]), (9, &[])] {
        let filter = LeadFilter { import: Some(run), ..LeadFilter::default() };
        let query = leads::Query { filter, order: LeadOrder::default(), page: Page::First, limit: 9 };
        let found = leads::list(&mut tx, &query).await.expect("reads");
        assert_eq!(found.iter().map(|lead| lead.phone.as_str()).collect::<Vec<_>>(), phones);
    }
}
