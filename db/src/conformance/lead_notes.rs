use calliyo_domain::status::ASSIGNED;

use super::fixtures::*;
use crate::{Db, lead_notes};

on_both!(notes_of_a_lead, no_note_is_changed);

async fn notes_of_a_lead(db: &Db) {
    let mut tx = write(db).await;
    let (asha, manager) = (agent(&mut tx, "Asha", 9).await, user(&mut tx, "Mo", MANAGER, 0).await);
    add_leads(&mut tx, &[lead(1, ASSIGNED, Some(asha)), lead(2, ASSIGNED, Some(asha))]).await;
    let before = lead_rows(&mut tx).await;
    for (lead, user, at, note) in [
        (1, asha, NOW, "Wrote an email"),
        (2, asha, NOW, "Another's"),
        (1, manager, NOW, "one\ntwo"),
        (1, asha, NOW - 1, "ä"),
    ] {
        lead_notes::add(&mut tx, lead, user, at, note).await.expect("adds");
    }
    let notes = lead_notes::of_lead(&mut tx, 1, 9).await.expect("reads");
    let seen: Vec<_> = notes.iter().map(|note| (note.at - NOW, note.by.as_str(), note.note.as_str())).collect();
    assert_eq!(seen, [(0, "Mo", "one\ntwo"), (0, "Asha", "Wrote an email"), (-1, "Asha", "ä")]);
    assert_eq!(lead_notes::of_lead(&mut tx, 1, 1).await.expect("reads"), notes[..1]);
    assert_eq!(lead_rows(&mut tx).await, before, "the lead stays as it is");
    let longest = "ä".repeat(2000);
    lead_notes::add(&mut tx, 2, asha, NOW + 1, &longest).await.expect("adds");
    assert_eq!(lead_notes::of_lead(&mut tx, 2, 1).await.expect("reads")[0].note, longest);
}

async fn no_note_is_changed(db: &Db) {
    let mut tx = write(db).await;
    let asha = agent(&mut tx, "Asha", 9).await;
    add_leads(&mut tx, &[lead(1, ASSIGNED, Some(asha))]).await;
    lead_notes::add(&mut tx, 1, asha, NOW, "Wrote an email").await.expect("adds");
    tx.commit().await.expect("commits");
    for sql in [
        "UPDATE lead_notes SET note = 'x'",
        "DELETE FROM lead_notes",
        "INSERT INTO lead_notes (lead_id, user_id, at, note) SELECT lead_id, user_id, at, '' FROM lead_notes",
    ] {
        assert!(refuses(db, sql).await, "{sql}");
    }
}
