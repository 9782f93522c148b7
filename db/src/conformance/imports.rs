//! Files that wait for their import, and the rows that one leaves out.

use calliyo_domain::{
    import::{BadRow, RowKind},
    job::{Imported, Outcome, Trigger},
    status::{ASSIGNED, UNASSIGNED},
};

use super::fixtures::*;
use crate::{
    Db, Tx,
    import_drafts::{self, Draft},
    import_rows::{self, NewRow},
    imports::{self, Columns, ImportFile},
    lead_fields, runs,
};

on_both!(
    a_draft_is_its_bringers_alone,
    a_draft_is_taken_once,
    a_draft_that_was_left_is_pruned,
    rows_left_out_are_kept_with_their_leads,
    rows_left_out_go_with_their_run,
    what_a_file_calls_its_columns_is_kept,
    leads_are_found_by_many_phones
);

fn draft() -> Draft {
    Draft { file: "leads.csv".to_owned(), content: vec![0, 255, 10] }
}

async fn a_draft_is_its_bringers_alone(db: &Db) {
    let mut tx = write(db).await;
    let (meera, mo) = (user(&mut tx, "Meera", MANAGER, 0).await, user(&mut tx, "Mo", MANAGER, 0).await);
    let first = import_drafts::add(&mut tx, meera, &draft(), NOW).await.expect("adds");
    let second = import_drafts::add(&mut tx, meera, &draft(), NOW + 1).await.expect("adds");
    assert_eq!(import_drafts::by_id(&mut tx, first, meera).await.expect("reads"), Some(draft()));
    assert_eq!(import_drafts::by_id(&mut tx, first, mo).await.expect("reads"), None);
    assert_eq!(import_drafts::take(&mut tx, first, mo).await.expect("reads"), None);
    let waiting = import_drafts::of_user(&mut tx, meera, 9).await.expect("reads");
    assert_eq!(
        waiting.iter().map(|draft| (draft.id, draft.created_at)).collect::<Vec<_>>(),
        [(second, NOW + 1), (first, NOW)]
    );
    assert!(import_drafts::of_user(&mut tx, mo, 9).await.expect("reads").is_empty());
    for n in 0..=import_drafts::MOST {
        import_drafts::add(&mut tx, mo, &draft(), NOW + n).await.expect("adds");
    }
    let kept = import_drafts::of_user(&mut tx, mo, 99).await.expect("reads");
    assert_eq!((kept.len() as i64, kept[0].created_at), (import_drafts::MOST, NOW + import_drafts::MOST));
    assert!(import_drafts::by_id(&mut tx, second, meera).await.expect("reads").is_some(), "another's stay");
}

async fn a_draft_is_taken_once(db: &Db) {
    let mut tx = write(db).await;
    let meera = user(&mut tx, "Meera", MANAGER, 0).await;
    let id = import_drafts::add(&mut tx, meera, &draft(), NOW).await.expect("adds");
    assert_eq!(import_drafts::take(&mut tx, id, meera).await.expect("takes"), Some(draft()));
    assert_eq!(import_drafts::take(&mut tx, id, meera).await.expect("takes"), None);
}

async fn a_draft_that_was_left_is_pruned(db: &Db) {
    let mut tx = write(db).await;
    let meera = user(&mut tx, "Meera", MANAGER, 0).await;
    for at in [NOW - 1, NOW] {
        import_drafts::add(&mut tx, meera, &draft(), at).await.expect("adds");
    }
    assert_eq!(import_drafts::prune(&mut tx, NOW).await.expect("prunes"), 1);
    assert_eq!(import_drafts::of_user(&mut tx, meera, 9).await.expect("reads").len(), 1);
}

/// A run with two bad rows and two duplicates.
async fn a_run(tx: &mut Tx) -> i64 {
    let asha = agent(tx, "Asha", 9).await;
    add_leads(tx, &[lead(1, ASSIGNED, Some(asha)), lead(2, UNASSIGNED, None)]).await;
    let file = ImportFile {
        file: "leads.csv".to_owned(),
        content: b"x".to_vec(),
        columns: None,
        reading: String::new(),
        by: None,
    };
    let run = imports::request(tx, &file, Trigger::Command, NOW).await.expect("asks");
    let row = |line, reason: Option<&str>, lead, cell: &str| NewRow {
        line,
        reason: reason.map(str::to_owned),
        lead,
        cells: serde_json::to_string(&[cell]).expect("writes"),
        kind: RowKind::Row.key(),
    };
    let rows = [
        row(3, Some("Bad."), None, "a\0\"b\""),
        row(2, None, Some(1), "b"),
        row(5, Some("Worse."), None, "c"),
        row(4, None, Some(2), "d"),
        NewRow { kind: RowKind::Line.key(), ..row(6, Some("Within."), None, "e") },
        NewRow { kind: RowKind::Remark.key(), ..row(7, Some("Without."), None, "f") },
    ];
    import_rows::add(tx, run, &rows).await.expect("adds");
    run
}

async fn rows_left_out_are_kept_with_their_leads(db: &Db) {
    let mut tx = write(db).await;
    let run = a_run(&mut tx).await;
    let bad = import_rows::bad(&mut tx, run, 9).await.expect("reads");
    let row = |line, reason: &str, cell: &str, kind| BadRow {
        line,
        reason: reason.to_owned(),
        cells: vec![cell.to_owned()],
        kind,
    };
    assert_eq!(bad, [row(3, "Bad.", "a\0\"b\"", RowKind::Row), row(5, "Worse.", "c", RowKind::Row)]);
    let remarks = import_rows::remarks(&mut tx, run, 9).await.expect("reads");
    assert_eq!(remarks, [row(7, "Without.", "f", RowKind::Remark)]);
    assert_eq!(import_rows::bad(&mut tx, run, 1).await.expect("reads").len(), 1);
    let duplicates = import_rows::duplicates(&mut tx, run, 9).await.expect("reads");
    let seen: Vec<_> = duplicates
        .iter()
        .map(|row| (row.line, row.lead, row.lead_name(), row.status.as_deref(), row.on_queue, row.owner.as_deref()))
        .collect();
    assert_eq!(
        seen,
        [
            (2, Some(1), "Lead 1".to_owned(), Some("Assigned"), Some(true), Some("Asha")),
            (4, Some(2), "Lead 2".to_owned(), Some("Unassigned"), Some(false), None)
        ]
    );
    assert_eq!(duplicates[0].cells().expect("reads"), ["b"]);
    let all = import_rows::all(&mut tx, run).await.expect("reads");
    assert_eq!(all.iter().map(|row| row.line).collect::<Vec<_>>(), [2, 3, 4, 5, 6, 7]);
    assert_eq!(all[1].cells().expect("reads"), ["a\0\"b\""]);
    assert!(import_rows::all(&mut tx, run + 1).await.expect("reads").is_empty());
}

async fn what_a_file_calls_its_columns_is_kept(db: &Db) {
    let mut tx = write(db).await;
    let file = ImportFile {
        file: "leads.csv".to_owned(),
        content: b"x".to_vec(),
        columns: None,
        reading: "{}".to_owned(),
        by: None,
    };
    let run = imports::request(&mut tx, &file, Trigger::Command, NOW).await.expect("asks");
    assert_eq!(imports::waiting(&mut tx, run).await.expect("reads"), Some(file));
    assert_eq!(imports::columns(&mut tx, run).await.expect("reads"), Columns::default());
    let columns =
        Columns { names: Some("[\"Who\",\"\\u0000\"]".to_owned()), taken_as: Some("first_name,ignore".to_owned()) };
    imports::finish(&mut tx, run, &columns).await.expect("writes");
    assert_eq!(imports::waiting(&mut tx, run).await.expect("reads"), None);
    let kept = imports::columns(&mut tx, run).await.expect("reads");
    assert_eq!((kept.names().expect("reads"), &kept), (Some(vec!["Who".to_owned(), "\0".to_owned()]), &columns));
}

async fn rows_left_out_go_with_their_run(db: &Db) {
    let mut tx = write(db).await;
    let run = a_run(&mut tx).await;
    let fence = runs::claim(&mut tx, run, NOW).await.expect("claims").expect("a claim").fence;
    let outcome = Outcome::Imported(Imported { duplicates: 2, bad: 2, ..Imported::default() });
    assert!(runs::finish(&mut tx, run, fence, &outcome, None, NOW).await.expect("ends"));
    assert_eq!(runs::prune(&mut tx, NOW + 1).await.expect("prunes"), 1);
    assert_eq!(number(&mut tx, "SELECT count(*) FROM import_rows").await, 0);
}

async fn leads_are_found_by_many_phones(db: &Db) {
    let mut tx = write(db).await;
    let leads = [lead(1, UNASSIGNED, None), lead(2, UNASSIGNED, None), lead(3, UNASSIGNED, None)];
    add_leads(&mut tx, &leads).await;
    let found = lead_fields::by_phones(&mut tx, &[&leads[2].phone, "+911", &leads[0].phone]).await.expect("reads");
    assert_eq!(found.len(), 2);
    assert_eq!((found.get(&leads[0].phone), found.get(&leads[2].phone)), (Some(&1), Some(&3)));
    assert!(lead_fields::by_phones(&mut tx, &[]).await.expect("reads").is_empty());
}
