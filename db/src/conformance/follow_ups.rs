use calliyo_domain::status::FOLLOWUPS;

use super::fixtures::*;
use crate::{Db, follow_ups};

on_both!(calls_agreed_at_once);

/// Two agree on a call with the same lead, and neither sees what the other writes: the lead knows the first of both.
async fn calls_agreed_at_once(db: &Db) {
    let mut tx = write(db).await;
    let asha = agent(&mut tx, "Asha", 9).await;
    add_leads(&mut tx, &[lead(1, FOLLOWUPS, Some(asha))]).await;
    tx.commit().await.expect("commits");
    let mut one = write(db).await;
    follow_ups::add(&mut one, 1, asha, NOW, 1, None).await.expect("adds");
    let other = tokio::spawn({
        let db = db.clone();
        async move {
            let mut other = write(&db).await;
            follow_ups::add(&mut other, 1, asha, NOW + 1, 1, None).await.expect("adds");
            other.commit().await.expect("commits");
        }
    });
    until_held_up(db, &other).await;
    one.commit().await.expect("commits");
    other.await.expect("ends");
    let mut tx = read(db).await;
    assert_eq!(number(&mut tx, "SELECT due_at FROM leads").await, NOW);
    assert_eq!(broken_rules(&mut tx).await, Vec::<&str>::new());
}
