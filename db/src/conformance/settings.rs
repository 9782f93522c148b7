use calliyo_domain::settings::{AutoAssignment, General, Section};

use super::fixtures::*;
use crate::{Db, settings};

on_both!(
    shipped_values,
    a_save_raises_the_version_and_writes_history,
    a_stale_save_writes_nothing,
    of_two_saves_at_once_one_wins,
    sections_have_versions_of_their_own,
    history_and_events_are_never_changed
);

fn assignment(statuses: &[i64], at: &str) -> AutoAssignment {
    AutoAssignment { enabled: true, statuses: statuses.to_vec(), at: at.parse().expect("a time") }
}

async fn admin(db: &Db) -> i64 {
    let mut tx = write(db).await;
    let id = user(&mut tx, "Meera", ADMIN, 0).await;
    tx.commit().await.expect("commits");
    id
}

async fn shipped_values(db: &Db) {
    let mut tx = read(db).await;
    let general = settings::get::<General>(&mut tx).await.expect("general");
    assert_eq!(
        (general.version, general.value.country.as_str(), general.value.time_zone.as_str()),
        (0, "IN", "Asia/Kolkata")
    );
    let assignment = settings::get::<AutoAssignment>(&mut tx).await.expect("auto assignment");
    assert_eq!(assignment.version, 0);
    assert!(!assignment.value.enabled);
    assert_eq!(assignment.value.statuses, [1, NOT_PICKED, MISSED]);
    assert_eq!(assignment.value.at.to_string(), "09:00");
    assert_eq!(settings::last_save(&mut tx, AutoAssignment::KEY).await.expect("no save"), None);
}

async fn a_save_raises_the_version_and_writes_history(db: &Db) {
    let admin = admin(db).await;
    let mut tx = write(db).await;
    let shipped = settings::get::<AutoAssignment>(&mut tx).await.expect("shipped").value;
    let (first, second) = (assignment(&[1], "08:30"), assignment(&[], "23:59"));
    assert_eq!(settings::save(&mut tx, 0, &first, admin, NOW).await.expect("saves"), Some(1));
    assert_eq!(settings::save(&mut tx, 1, &second, admin, NOW + 5).await.expect("saves"), Some(2));
    tx.commit().await.expect("commits");

    let mut tx = read(db).await;
    let now = settings::get::<AutoAssignment>(&mut tx).await.expect("reads");
    assert_eq!((now.version, &now.value), (2, &second));
    let last = settings::last_save(&mut tx, AutoAssignment::KEY).await.expect("reads").expect("a save");
    assert_eq!((last.version, last.at, last.by_name.as_str()), (2, NOW + 5, "Meera"));
    let value = |json: &str| serde_json::from_str::<AutoAssignment>(json).expect("reads");
    assert_eq!((value(&last.before), value(&last.after)), (first.clone(), second));
    let befores = texts(&mut tx, "SELECT before FROM settings_history ORDER BY version").await;
    assert_eq!(befores.iter().map(|json| value(json)).collect::<Vec<_>>(), [shipped, first]);
    assert!(broken_rules(&mut tx).await.is_empty());
}

async fn a_stale_save_writes_nothing(db: &Db) {
    let admin = admin(db).await;
    let mut tx = write(db).await;
    let kept = assignment(&[1], "08:30");
    settings::save(&mut tx, 0, &kept, admin, NOW).await.expect("saves");
    for version in [0, 2, -1] {
        let saved = settings::save(&mut tx, version, &assignment(&[MISSED], "10:00"), admin, NOW).await;
        assert_eq!(saved.expect("answers"), None, "version {version}");
    }
    tx.commit().await.expect("commits");
    let mut tx = read(db).await;
    let now = settings::get::<AutoAssignment>(&mut tx).await.expect("reads");
    assert_eq!((now.version, now.value), (1, kept));
    assert_eq!(number(&mut tx, "SELECT count(*) FROM settings_history").await, 1);
}

async fn of_two_saves_at_once_one_wins(db: &Db) {
    let admin = admin(db).await;
    let save = async |at: &str| {
        let mut tx = write(db).await;
        let saved = settings::save(&mut tx, 0, &assignment(&[1], at), admin, NOW).await.expect("answers");
        tx.commit().await.expect("commits");
        saved
    };
    let saved = futures::future::join_all(["01:00", "02:00", "03:00", "04:00"].map(save)).await;
    let winner = saved.iter().position(|version| *version == Some(1)).expect("one wins");
    assert_eq!(saved.iter().filter(|version| version.is_none()).count(), 3);
    let mut tx = read(db).await;
    let now = settings::get::<AutoAssignment>(&mut tx).await.expect("reads");
    assert_eq!((now.version, now.value), (1, assignment(&[1], &format!("0{}:00", winner + 1))));
    assert_eq!(number(&mut tx, "SELECT count(*) FROM settings_history").await, 1);
}

async fn sections_have_versions_of_their_own(db: &Db) {
    let admin = admin(db).await;
    let mut tx = write(db).await;
    let mut general = settings::get::<General>(&mut tx).await.expect("general").value;
    general.company = "Müller & Söhne \"GmbH\" 🦊".to_owned();
    assert_eq!(settings::save(&mut tx, 0, &general, admin, NOW).await.expect("saves"), Some(1));
    assert_eq!(settings::save(&mut tx, 0, &assignment(&[1], "10:00"), admin, NOW).await.expect("saves"), Some(1));
    assert_eq!(settings::get::<General>(&mut tx).await.expect("reads").value, general);
    let last = settings::last_save(&mut tx, General::KEY).await.expect("reads").expect("a save");
    assert!(last.after.contains("Müller"));
}

async fn history_and_events_are_never_changed(db: &Db) {
    let admin = admin(db).await;
    let mut tx = write(db).await;
    settings::save(&mut tx, 0, &assignment(&[1], "10:00"), admin, NOW).await.expect("saves");
    add_leads(&mut tx, &[lead(1, 1, None)]).await;
    tx.commit().await.expect("commits");
    for sql in [
        "UPDATE settings_history SET after = '{}'",
        "DELETE FROM settings_history",
        "UPDATE lead_events SET why = 'otherwise'",
        "DELETE FROM lead_events",
    ] {
        let error = execute(&mut write(db).await, sql).await.expect_err(sql).to_string();
        assert!(error.contains("is never changed"), "{sql}: {error}");
    }
    let mut tx = read(db).await;
    assert_eq!(number(&mut tx, "SELECT count(*) FROM settings_history").await, 1);
    assert_eq!(number(&mut tx, "SELECT count(*) FROM lead_events WHERE why LIKE 'Made up%'").await, 1);
}
