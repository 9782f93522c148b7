use calliyo_domain::{lead_view::ViewName, permission::Permissions, role::NewRole, user::NewUser};

use super::fixtures::*;
use crate::{Db, import, lead_views, roles, statuses, users};

on_both!(
    names_that_look_the_same_are_taken,
    emails_are_found_however_they_are_written,
    names_of_before_are_known,
    tags_have_one_spelling
);

/// Names that look like “Busy” or “É”, which are there.
const TAKEN: &[&str] = &["Busy\u{200b}", "BUSY", "ＢＵＳＹ", "Bu\u{ad}sy", "E\u{301}", "\u{e9}"];

async fn names_that_look_the_same_are_taken(db: &Db) {
    let mut tx = write(db).await;
    let asha = user(&mut tx, "Asha", MANAGER, 0).await;
    let mo = user(&mut tx, "Mo", MANAGER, 0).await;
    let role = |name: &str| NewRole { name: name.to_owned(), permissions: Permissions::default() };
    let view = |name: &str| ViewName::new(name).expect("a name");
    statuses::add(&mut tx, "\u{c9}", false).await.expect("adds");
    for name in ["Busy", "\u{c9}"] {
        roles::add(&mut tx, &role(name)).await.expect("adds");
        lead_views::add(&mut tx, asha, &view(name), "{}", NOW).await.expect("adds").expect("has room");
    }
    tx.commit().await.expect("commits");
    for name in TAKEN {
        // PostgreSQL answers nothing more in a transaction that failed.
        let taken = statuses::add(&mut write(db).await, name, false).await;
        assert!(taken.expect_err(name).is_duplicate(), "{name:?}");
        let taken = statuses::rename(&mut write(db).await, 8, name).await;
        assert!(taken.expect_err(name).is_duplicate(), "{name:?}");
        let taken = roles::add(&mut write(db).await, &role(name)).await;
        assert!(taken.expect_err(name).is_duplicate(), "{name:?}");
        let taken = lead_views::add(&mut write(db).await, asha, &view(name), "{}", NOW).await;
        assert!(taken.expect_err(name).is_duplicate(), "{name:?}");
        let mine = lead_views::add(&mut write(db).await, mo, &view(name), "{}", NOW).await;
        assert!(mine.expect("adds").is_some(), "{name:?} is free for others");
    }
    let mut tx = write(db).await;
    statuses::rename(&mut tx, 8, "NOT PICKED").await.expect("its own name in another case");
    statuses::rename(&mut tx, 8, "Later").await.expect("renames");
    statuses::add(&mut tx, "Not Picked", false).await.expect("free again");
}

async fn emails_are_found_however_they_are_written(db: &Db) {
    let mut tx = write(db).await;
    let id = user(&mut tx, "Asha", MANAGER, 0).await;
    for email in
        ["ASHA@example.com", " mailto:asha@example.com", "\u{202a}asha@example.com\u{202c}", "ａsha@example.com"]
    {
        let found = users::by_email(&mut tx, email).await.expect("reads").expect(email);
        assert_eq!(found.id, id);
    }
    assert!(users::by_email(&mut tx, "sha@example.com").await.expect("reads").is_none());
    let new = NewUser {
        email: "asha@example.com\u{feff}".to_owned(),
        ..NewUser::new("B", "b@example.com", 0).expect("valid")
    };
    assert!(users::add(&mut tx, &new, AGENT, "", NOW).await.expect_err("taken").is_duplicate());
}

/// Roles that looked the same are both kept; nobody adds another.
async fn names_of_before_are_known(db: &Db) {
    let mut tx = write(db).await;
    for sql in [
        "DELETE FROM seen_names",
        "INSERT INTO roles (id, name, management, tasks, reports, users, settings) VALUES (90, 'Agent\u{200b}', $1, $1, $1, $1, $1)",
    ] {
        let sql = match tx {
            crate::Tx::Sqlite(_) => sql.replace("$1", "0"),
            crate::Tx::Postgres(_) => sql.replace("$1", "FALSE"),
        };
        execute(&mut tx, sql).await.expect("writes");
    }
    tx.commit().await.expect("commits");
    db.migrate().await.expect("migrates");
    let mut tx = write(db).await;
    assert_eq!(roles::by_name(&mut tx, "AGENT").await.expect("reads"), Some(AGENT));
    assert_eq!(number(&mut tx, "SELECT count(*) FROM seen_names WHERE kind = 'role'").await, 4);
    let role = NewRole { name: "agent\u{200b}".to_owned(), permissions: Permissions::default() };
    assert!(roles::add(&mut tx, &role).await.expect_err("taken").is_duplicate());
}

async fn tags_have_one_spelling(db: &Db) {
    let mut tx = write(db).await;
    let batch = [incoming("A", "+910000001", "VIP;hot"), incoming("B", "+910000002", "vip\u{200b};HOT;Vip;new")];
    import::add(&mut tx, &batch, "CSV", None, NOW, |_| {}).await.expect("adds");
    let batch = [incoming("C", "+910000003", "Ｖip;NEW")];
    import::add(&mut tx, &batch, "CSV", None, NOW, |_| {}).await.expect("adds");
    assert_eq!(texts(&mut tx, "SELECT DISTINCT tag FROM lead_tags ORDER BY tag").await, ["VIP", "hot", "new"]);
    assert_eq!(number(&mut tx, "SELECT count(*) FROM lead_tags").await, 7);
    // As they were written before.
    for sql in [
        "DELETE FROM tags",
        "INSERT INTO lead_tags (lead_id, tag) SELECT id, 'vip' FROM leads WHERE first_name = 'B'",
        "INSERT INTO unwritten_words (after_id) VALUES (0)",
    ] {
        execute(&mut tx, sql).await.expect(sql);
    }
    tx.commit().await.expect("commits");
    db.migrate().await.expect("migrates");
    let mut tx = read(db).await;
    assert_eq!(number(&mut tx, "SELECT count(*) FROM lead_tags WHERE tag = 'vip'").await, 0);
    assert_eq!(number(&mut tx, "SELECT count(*) FROM lead_tags").await, 7);
}
