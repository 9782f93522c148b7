use calliyo_domain::{
    call::{CallStatus, Direction, Record},
    report::{Figures, Stretch, Tally},
    status::ASSIGNED,
};

use super::fixtures::*;
use crate::{
    Db, calls, corrections,
    reports::{self, Hour},
};

on_both!(totals_count_what_is_right_and_the_log_keeps_both, no_correction_is_changed);

const CALL: Record =
    Record { status: CallStatus::NoAnswer, direction: Direction::Outgoing, duration_seconds: 0, note: String::new() };

fn right(duration_seconds: i64, note: &str) -> Record {
    Record { status: CallStatus::Called, direction: Direction::Outgoing, duration_seconds, note: note.to_owned() }
}

async fn totals_count_what_is_right_and_the_log_keeps_both(db: &Db) {
    let mut tx = write(db).await;
    let asha = agent(&mut tx, "Asha", 9).await;
    add_leads(&mut tx, &[lead(1, ASSIGNED, Some(asha)), lead(2, ASSIGNED, Some(asha))]).await;
    for lead in [1, 2] {
        calls::add(&mut tx, lead, asha, NOW, &CALL).await.expect("adds");
    }
    for (seconds, note) in [(90, "first"), (120, "second")] {
        let call = corrections::hold(&mut tx, 1).await.expect("reads").expect("there");
        let began = NOW - seconds * 1000;
        corrections::add(&mut tx, &call, &right(seconds, note), began, asha, NOW + seconds).await.expect("corrects");
    }
    let call = calls::by_id(&mut tx, 1).await.expect("reads").expect("there");
    assert_eq!((call.says, call.started_at), (right(120, "second"), NOW - 120_000));
    // The calls' ids are the leads'.
    let mut kept = corrections::of_calls(&mut tx, &[1, 2]).await.expect("reads");
    assert_eq!(kept.len(), 1, "only the first was put right");
    let kept = kept.remove(&1).unwrap_or_default();
    let seen: Vec<_> = kept.iter().map(|c| (c.call_id, c.at - NOW, c.by.as_str(), c.said.note.as_str())).collect();
    assert_eq!(seen, [(1, 120, "Asha", "first"), (1, 90, "Asha", "")]);
    assert_eq!((kept[1].said.status, kept[1].said.duration_seconds), (CallStatus::NoAnswer, 0));
    assert!(corrections::of_calls(&mut tx, &[2]).await.expect("reads").is_empty());

    let stretches = [Stretch { start: NOW - 900_000, end: NOW + 900_000, offset: 0 }];
    let figures = Figures { attempts: 2, connected: 1, talk: 120, ..Figures::default() };
    let tally = Tally { day: NOW / 86_400_000, person: Some(asha), figures };
    assert_eq!(reports::tallies(&mut tx, &stretches, None).await.expect("counts"), [tally]);
    let hours = reports::hours(&mut tx, &stretches, None).await.expect("counts");
    assert_eq!(hours, [Hour { hour: 3, calls: [1, 0, 1, 0, 0, 0, 0] }]);
    assert_eq!(corrections::hold(&mut tx, 99).await.expect("reads"), None);
}

async fn no_correction_is_changed(db: &Db) {
    let mut tx = write(db).await;
    let asha = agent(&mut tx, "Asha", 9).await;
    add_leads(&mut tx, &[lead(1, ASSIGNED, Some(asha))]).await;
    calls::add(&mut tx, 1, asha, NOW, &CALL).await.expect("adds");
    let call = corrections::hold(&mut tx, 1).await.expect("reads").expect("there");
    corrections::add(&mut tx, &call, &right(1, ""), NOW, asha, NOW).await.expect("corrects");
    tx.commit().await.expect("commits");
    for sql in ["UPDATE call_corrections SET note = 'x'", "DELETE FROM call_corrections"] {
        assert!(refuses(db, sql).await, "{sql}");
    }
}
