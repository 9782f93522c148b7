use super::fixtures::*;
use crate::{
    Db, Tx,
    sessions::{self, NewSession},
    users,
};

on_both!(
    finds_the_user_until_it_ends,
    banned_users_have_no_session,
    a_digest_is_taken_once,
    touched_now_and_then,
    listed_last_used_first,
    revoked_by_their_user_only,
    pruned_when_expired_or_idle,
    gone_with_their_user
);

const HOUR: i64 = 3_600_000;

async fn session(tx: &mut Tx, user: i64, digest: &str, now: i64) {
    let new = NewSession {
        token_digest: digest,
        user,
        address: "192.0.2.7",
        browser: "Firefox",
        now,
        expires_at: now + 10 * HOUR,
    };
    sessions::add(tx, &new).await.expect("added");
}

async fn user_of(tx: &mut Tx, digest: &str, now: i64, idle_since: i64) -> Option<i64> {
    users::by_session(tx, digest, now, idle_since).await.expect("reads").map(|user| user.id)
}

async fn finds_the_user_until_it_ends(db: &Db) {
    let mut tx = write(db).await;
    let (asha, bela) = (agent(&mut tx, "Asha", 5).await, agent(&mut tx, "Bela", 5).await);
    session(&mut tx, asha, "a", NOW).await;
    session(&mut tx, bela, "b", NOW).await;
    assert_eq!(user_of(&mut tx, "a", NOW, 0).await, Some(asha));
    assert_eq!(user_of(&mut tx, "b", NOW, 0).await, Some(bela));
    assert_eq!(user_of(&mut tx, "A", NOW, 0).await, None);
    // Until it expires, to the millisecond.
    assert_eq!(user_of(&mut tx, "a", NOW + 10 * HOUR - 1, 0).await, Some(asha));
    assert_eq!(user_of(&mut tx, "a", NOW + 10 * HOUR, 0).await, None);
    // Until it has been idle too long.
    assert_eq!(user_of(&mut tx, "a", NOW, NOW - 1).await, Some(asha));
    assert_eq!(user_of(&mut tx, "a", NOW, NOW).await, None);
}

async fn banned_users_have_no_session(db: &Db) {
    let mut tx = write(db).await;
    let asha = agent(&mut tx, "Asha", 5).await;
    session(&mut tx, asha, "a", NOW).await;
    execute(&mut tx, "UPDATE users SET banned = NOT banned").await.expect("writes");
    assert_eq!(user_of(&mut tx, "a", NOW, 0).await, None);
    assert!(users::by_id(&mut tx, asha).await.expect("reads").expect("Asha").banned);
}

async fn a_digest_is_taken_once(db: &Db) {
    let mut tx = write(db).await;
    let asha = agent(&mut tx, "Asha", 5).await;
    session(&mut tx, asha, "a", NOW).await;
    let twin = NewSession { token_digest: "a", user: asha, address: "", browser: "", now: NOW, expires_at: NOW };
    assert!(sessions::add(&mut tx, &twin).await.expect_err("taken").is_duplicate());
}

async fn touched_now_and_then(db: &Db) {
    let mut tx = write(db).await;
    let asha = agent(&mut tx, "Asha", 5).await;
    session(&mut tx, asha, "a", NOW).await;
    session(&mut tx, asha, "b", NOW).await;
    let seen = async |tx: &mut Tx, digest| sessions::last_seen(tx, digest).await.expect("reads");
    sessions::touch(&mut tx, "a", NOW + 5, NOW).await.expect("touches");
    assert_eq!(seen(&mut tx, "a").await, Some(NOW), "seen just now: not written again");
    sessions::touch(&mut tx, "a", NOW + 5, NOW + 1).await.expect("touches");
    assert_eq!(seen(&mut tx, "a").await, Some(NOW + 5));
    assert_eq!(seen(&mut tx, "b").await, Some(NOW));
    assert_eq!(seen(&mut tx, "c").await, None);
}

async fn listed_last_used_first(db: &Db) {
    let mut tx = write(db).await;
    let (asha, bela) = (agent(&mut tx, "Asha", 5).await, agent(&mut tx, "Bela", 5).await);
    for (digest, at) in [("old", NOW), ("new", NOW + 2), ("middle", NOW + 1)] {
        session(&mut tx, asha, digest, at).await;
    }
    session(&mut tx, bela, "other", NOW).await;
    let found = sessions::of_user(&mut tx, asha).await.expect("reads");
    assert_eq!(found.iter().map(|session| session.last_seen_at - NOW).collect::<Vec<_>>(), [2, 1, 0]);
    let newest = &found[0];
    assert_eq!((newest.address.as_str(), newest.browser.as_str()), ("192.0.2.7", "Firefox"));
    assert_eq!((newest.created_at, newest.expires_at), (NOW + 2, NOW + 2 + 10 * HOUR));
}

async fn revoked_by_their_user_only(db: &Db) {
    let mut tx = write(db).await;
    let (asha, bela) = (agent(&mut tx, "Asha", 5).await, agent(&mut tx, "Bela", 5).await);
    for (user, digest) in [(asha, "a1"), (asha, "a2"), (asha, "a3"), (asha, "a4"), (bela, "b1")] {
        session(&mut tx, user, digest, NOW).await;
    }
    let first = number(&mut tx, "SELECT id FROM sessions WHERE token_digest = 'a1'").await;
    assert!(!sessions::revoke(&mut tx, bela, first).await.expect("answers"), "not Bela's");
    assert!(sessions::revoke(&mut tx, asha, first).await.expect("answers"));
    assert!(!sessions::revoke(&mut tx, asha, first).await.expect("answers"), "gone already");
    assert_eq!(sessions::end(&mut tx, "a2").await.expect("ends"), Some(asha));
    assert_eq!(sessions::end(&mut tx, "a2").await.expect("answers"), None, "gone already");
    assert_eq!(sessions::revoke_others(&mut tx, asha, "a3").await.expect("revokes"), 1);
    assert_eq!(texts(&mut tx, "SELECT token_digest FROM sessions ORDER BY 1").await, ["a3", "b1"]);
    // A page that is open still names the newest.
    let newest = number(&mut tx, "SELECT max(id) FROM sessions").await;
    assert!(sessions::revoke(&mut tx, bela, newest).await.expect("answers"));
    session(&mut tx, bela, "b2", NOW).await;
    assert!(!sessions::revoke(&mut tx, bela, newest).await.expect("answers"), "another session has another id");
}

async fn pruned_when_expired_or_idle(db: &Db) {
    let mut tx = write(db).await;
    let asha = agent(&mut tx, "Asha", 5).await;
    session(&mut tx, asha, "expired", NOW - 10 * HOUR).await;
    session(&mut tx, asha, "idle", NOW - 2 * HOUR).await;
    session(&mut tx, asha, "live", NOW - 2 * HOUR + 1).await;
    assert_eq!(sessions::prune(&mut tx, NOW, NOW - 2 * HOUR).await.expect("prunes"), 2);
    assert_eq!(texts(&mut tx, "SELECT token_digest FROM sessions").await, ["live"]);
    assert_eq!(user_of(&mut tx, "live", NOW, NOW - 2 * HOUR).await, Some(asha));
}

async fn gone_with_their_user(db: &Db) {
    let mut tx = write(db).await;
    let asha = agent(&mut tx, "Asha", 5).await;
    session(&mut tx, asha, "a", NOW).await;
    execute(&mut tx, "DELETE FROM users").await.expect("deletes");
    assert_eq!(number(&mut tx, "SELECT count(*) FROM sessions").await, 0);
}
