use calliyo_domain::lead_view::{MOST, ViewName};

use super::fixtures::*;
use crate::{Db, Tx, lead_views};

on_both!(each_user_has_their_own, a_name_is_used_once, there_may_be_so_many);

fn named(name: &str) -> ViewName {
    ViewName::new(name).expect("a name")
}

async fn add(tx: &mut Tx, user: i64, name: &str) -> Option<i64> {
    lead_views::add(tx, user, &named(name), "{}", NOW).await.expect("adds")
}

async fn names(tx: &mut Tx, user: i64) -> Vec<String> {
    lead_views::list(tx, user).await.expect("lists").into_iter().map(|view| view.name).collect()
}

async fn each_user_has_their_own(db: &Db) {
    let mut tx = write(db).await;
    let (mo, meera) = (user(&mut tx, "Mo", MANAGER, 0).await, user(&mut tx, "Meera", MANAGER, 0).await);
    let id =
        lead_views::add(&mut tx, mo, &named("zebra"), "{\"q\":\"é'\"}", NOW).await.expect("adds").expect("has room");
    add(&mut tx, mo, "Busy").await;
    let hers = add(&mut tx, meera, "Zebra").await.expect("has room");
    let own = lead_views::list(&mut tx, mo).await.expect("lists");
    assert_eq!(own.iter().map(|view| view.name.as_str()).collect::<Vec<_>>(), ["Busy", "zebra"]);
    assert_eq!((own[1].id, own[1].filter.as_str()), (id, "{\"q\":\"é'\"}"));
    assert!(!lead_views::rename(&mut tx, mo, hers, &named("Mine")).await.expect("looks"));
    assert!(!lead_views::delete(&mut tx, mo, hers).await.expect("looks"));
    assert!(lead_views::rename(&mut tx, mo, id, &named("Any")).await.expect("renames"));
    assert_eq!(names(&mut tx, mo).await, ["Any", "Busy"]);
    assert!(lead_views::delete(&mut tx, mo, id).await.expect("deletes"));
    assert!(!lead_views::delete(&mut tx, mo, id).await.expect("looks"));
    assert_eq!(
        (names(&mut tx, mo).await, names(&mut tx, meera).await),
        (vec!["Busy".to_owned()], vec!["Zebra".to_owned()])
    );
    assert_eq!(add(&mut tx, 99, "Nobody's").await, None);
}

async fn a_name_is_used_once(db: &Db) {
    let mut tx = write(db).await;
    let mo = user(&mut tx, "Mo", MANAGER, 0).await;
    add(&mut tx, mo, "Busy").await;
    let other = add(&mut tx, mo, "Other").await.expect("has room");
    assert!(lead_views::rename(&mut tx, mo, other, &named("OTHER")).await.expect("the case of one's own"));
    tx.commit().await.expect("commits");
    let taken = named("bUSY");
    let added = lead_views::add(&mut write(db).await, mo, &taken, "{}", NOW).await;
    assert!(added.expect_err("taken").is_duplicate());
    let renamed = lead_views::rename(&mut write(db).await, mo, other, &taken).await;
    assert!(renamed.expect_err("taken").is_duplicate());
}

async fn there_may_be_so_many(db: &Db) {
    let mut tx = write(db).await;
    let mo = user(&mut tx, "Mo", MANAGER, 0).await;
    for n in 0..MOST {
        assert!(add(&mut tx, mo, &format!("View {n}")).await.is_some(), "{n}");
    }
    assert_eq!(add(&mut tx, mo, "One more").await, None);
    assert_eq!(names(&mut tx, mo).await.len() as i64, MOST);
}
