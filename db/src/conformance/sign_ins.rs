use calliyo_domain::sign_in::{Failures, Holding};

use super::fixtures::*;
use crate::{Db, Tx, sign_ins};

on_both!(
    counts_by_pair_account_and_address,
    a_success_clears_the_pair_only,
    an_attempt_counts_at_once,
    a_new_password_ends_the_hold,
    old_ones_are_forgotten
);

async fn failed(tx: &mut Tx, account: &str, address: &str, at: i64) -> i64 {
    sign_ins::begin(tx, account, address, at).await.expect("begins")
}

async fn failures(tx: &mut Tx, account: &str, address: &str, since: i64) -> Failures {
    sign_ins::failures(tx, account, address, since).await.expect("counts")
}

fn counts(pair: i64, account: i64, address: i64, known_address: bool) -> Failures {
    Failures { pair, account, address, known_address }
}

async fn counts_by_pair_account_and_address(db: &Db) {
    let mut tx = write(db).await;
    for (account, address) in [("asha", "home"), ("asha", "home"), ("asha", "office"), ("bela", "home")] {
        failed(&mut tx, account, address, NOW).await;
    }
    assert_eq!(failures(&mut tx, "asha", "home", 0).await, counts(2, 3, 3, false));
    assert_eq!(failures(&mut tx, "bela", "home", 0).await, counts(1, 1, 3, false));
    assert_eq!(failures(&mut tx, "bela", "office", 0).await, counts(0, 1, 1, false));
    assert_eq!(failures(&mut tx, "asha", "home", NOW - 1).await, counts(2, 3, 3, false));
    assert_eq!(failures(&mut tx, "asha", "home", NOW).await, counts(0, 0, 0, false), "only later ones");
}

async fn a_success_clears_the_pair_only(db: &Db) {
    let mut tx = write(db).await;
    failed(&mut tx, "asha", "home", NOW).await;
    failed(&mut tx, "asha", "office", NOW).await;
    let attempt = failed(&mut tx, "asha", "home", NOW + 1).await;
    sign_ins::succeed(&mut tx, attempt).await.expect("notes");
    failed(&mut tx, "asha", "home", NOW + 2).await;
    assert_eq!(failures(&mut tx, "asha", "home", 0).await, counts(1, 3, 2, true));
    assert_eq!(failures(&mut tx, "asha", "office", 0).await, counts(1, 3, 1, false), "known at home, not here");
    assert_eq!(
        failures(&mut tx, "asha", "home", NOW + 100).await,
        counts(0, 0, 0, true),
        "known for longer than failures count"
    );
}

/// Guesses sent all at once each find those before them.
async fn an_attempt_counts_at_once(db: &Db) {
    let guess = async |n: i64| {
        let mut tx = write(db).await;
        failed(&mut tx, "asha", "home", NOW + n).await;
        tx.commit().await.expect("commits");
    };
    futures::future::join_all((0..10).map(guess)).await;
    assert_eq!(failures(&mut read(db).await, "asha", "home", 0).await, counts(10, 10, 10, false));
}

async fn old_ones_are_forgotten(db: &Db) {
    let mut tx = write(db).await;
    for at in [10, 20, 30] {
        failed(&mut tx, "asha", "failed", at).await;
        let attempt = failed(&mut tx, "asha", "succeeded", at).await;
        sign_ins::succeed(&mut tx, attempt).await.expect("notes");
    }
    assert_eq!(sign_ins::prune(&mut tx, 30, 20).await.expect("prunes"), 3);
    let left = texts(&mut tx, "SELECT address || ' ' || CAST(at AS text) FROM sign_ins ORDER BY address, at").await;
    assert_eq!(left, ["failed 30", "succeeded 20", "succeeded 30"]);
}

async fn a_new_password_ends_the_hold(db: &Db) {
    let mut tx = write(db).await;
    for n in 0..6 {
        failed(&mut tx, "asha", "home", NOW + n).await;
    }
    failed(&mut tx, "bela", "home", NOW).await;
    let held = sign_ins::holding(&mut tx, "asha", "home", 0).await.expect("reads");
    assert_eq!(held, Holding { pair: Some(NOW + 1), account: None, address: None }, "the fifth of the newest");
    sign_ins::forget(&mut tx, "asha").await.expect("forgets");
    assert_eq!(failures(&mut tx, "asha", "home", 0).await, counts(0, 0, 7, false), "the address is no better");
    assert_eq!(failures(&mut tx, "bela", "home", 0).await, counts(1, 1, 7, false), "hers alone");
    assert_eq!(sign_ins::holding(&mut tx, "asha", "home", 0).await.expect("reads"), Holding::default());
}
