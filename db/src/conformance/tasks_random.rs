//! Made-up queues: whatever is agreed, called and undone, they are listed as a plain sort would.

use calliyo_domain::{call::RETRY_AFTER, due::Due, search::Search, visibility::Customers};
use sqlx::FromRow;

use super::fixtures::*;
use crate::{
    Db, Tx, follow_ups, statuses,
    tasks::{self, Place, Task, TaskFilter, Today},
};

on_both!(queues_are_listed_as_a_plain_sort_would);

const HOUR: i64 = 3_600_000;
const TODAY: Today = Today { begins: NOW - 6 * HOUR, now: NOW, ends: NOW + 6 * HOUR };

/// Instants around those at which something changes.
const INSTANTS: [i64; 11] = [
    TODAY.begins - 1,
    TODAY.begins,
    NOW - RETRY_AFTER - 1,
    NOW - RETRY_AFTER,
    NOW - RETRY_AFTER + 1,
    NOW - 1,
    NOW,
    NOW + 1,
    TODAY.ends - 1,
    TODAY.ends,
    TODAY.ends + HOUR,
];

/// A lead with what the tables say of it.
#[derive(Clone, Debug, FromRow)]
struct Row {
    id: i64,
    status_id: i64,
    status_since: i64,
    converter_id: Option<i64>,
    #[sqlx(skip)]
    open: Vec<i64>,
    /// When its calls began, and whether they reached it.
    #[sqlx(skip)]
    calls: Vec<(i64, bool)>,
}

impl Row {
    fn due(&self) -> Option<i64> {
        self.open.first().copied()
    }

    fn called(&self) -> Option<i64> {
        self.calls.iter().map(|call| call.0).max()
    }

    fn unreached_today(&self) -> bool {
        let today = self.calls.iter().filter(|call| call.0 >= TODAY.begins);
        self.due().is_none() && today.clone().count() > 0 && today.clone().all(|call| !call.1)
    }
}

async fn queues_are_listed_as_a_plain_sort_would(db: &Db) {
    let mut undone = 0;
    for seed in 1..=10 {
        let mut tx = write(db).await;
        let (owner, calls) = company(&mut tx, &mut Numbers(seed)).await;
        undone += calls;
        let rows = rows(&mut tx, owner).await;
        let queue: Vec<i64> =
            statuses::list(&mut tx).await.expect("reads").iter().filter(|s| s.on_queue).map(|s| s.id).collect();
        let queued: Vec<_> = rows.iter().filter(|row| queue.contains(&row.status_id)).cloned().collect();
        lists(&mut tx, owner, &queued).await;
        due(&mut tx, owner, &rows).await;
        next_of(&mut tx, owner, &queued).await;
        next(&mut tx, owner, &queued).await;
        assert_eq!(broken_rules(&mut tx).await, Vec::<&str>::new());
        // Rolled back: the next queue starts from nothing.
    }
    assert!(undone > 20, "{undone} calls were undone that had resolved or agreed on something");
}

/// Two agents' leads on any status, some with a follow-up or two and some that were called. Gives one of the
/// agents, and how many calls were undone that had changed follow-ups.
async fn company(tx: &mut Tx, numbers: &mut Numbers) -> (i64, u32) {
    let agents = [agent(tx, "Asha", 99).await, agent(tx, "Bela", 99).await];
    let leads: Vec<_> = (1..=90)
        .map(|id| {
            let status = 2 + numbers.below(8);
            let owner = agents[usize::from(numbers.below(4) == 0)];
            let mut row = lead(id, status, Some(owner));
            row.since = NOW - HOUR - numbers.below(9);
            row
        })
        .collect();
    add_leads(tx, &leads).await;
    let instant = |numbers: &mut Numbers| INSTANTS[numbers.below(11) as usize];
    for _ in 0..60 {
        let (lead, due) = (1 + numbers.below(90), instant(numbers));
        follow_ups::add(tx, lead, agents[0], due, 1, None).await.expect("adds");
    }
    let (mut changing, mut undos) = (Vec::new(), 0);
    for n in 0..120 {
        let (lead, at, undone) = (1 + numbers.below(90), instant(numbers), numbers.below(4) == 0);
        let status = ["busy", "no_answer", "missed", "called", "follow_up"][numbers.below(5) as usize];
        let undone = if undone { NOW.to_string() } else { "NULL".to_owned() };
        execute(
            tx,
            format!(
                "INSERT INTO calls (id, lead_id, agent_id, started_at, direction, status, duration_seconds, undone_at) \
                 VALUES ({}, {lead}, {}, {at}, 'outgoing', '{status}', 0, {undone})",
                n + 1,
                agents[0]
            ),
        )
        .await
        .expect("adds");
        match numbers.below(6) {
            0 => follow_ups::call_off(tx, lead, agents[0], NOW).await.expect("calls off"),
            1 => {
                let resolved = follow_ups::resolve(tx, lead, NOW, NOW, n + 1).await.expect("resolves");
                changing.extend((resolved > 0).then_some((lead, n + 1)));
            }
            2 => {
                let due = instant(numbers);
                follow_ups::add(tx, lead, agents[0], due, 1, Some(n + 1)).await.expect("adds");
                changing.push((lead, n + 1));
            }
            3 if !changing.is_empty() => {
                let (lead, call) = changing.swap_remove(numbers.below(changing.len() as i64) as usize);
                follow_ups::undo(tx, lead, call, NOW).await.expect("undoes");
                undos += 1;
            }
            _ => {}
        }
    }
    crate::call_sums::recount(tx).await.expect("counts");
    (agents[0], undos)
}

async fn rows(tx: &mut Tx, owner: i64) -> Vec<Row> {
    let mut rows: Vec<Row> = on!(&mut *tx, conn => {
        let sql = "SELECT id, status_id, status_since, converter_id FROM leads WHERE owner_id = $1";
        sqlx::query_as(sql).bind(owner).fetch_all(conn).await.expect("reads")
    });
    let open: Vec<(i64, i64)> = on!(&mut *tx, conn => {
        let sql = "SELECT lead_id, due_at FROM follow_ups WHERE resolved_at IS NULL ORDER BY due_at";
        sqlx::query_as(sql).fetch_all(conn).await.expect("reads")
    });
    let calls: Vec<(i64, i64, String)> = on!(tx, conn => {
        let sql = "SELECT lead_id, started_at, status FROM calls WHERE undone_at IS NULL";
        sqlx::query_as(sql).fetch_all(conn).await.expect("reads")
    });
    for row in &mut rows {
        row.open = open.iter().filter(|open| open.0 == row.id).map(|open| open.1).collect();
        let of_row = calls.iter().filter(|call| call.0 == row.id);
        row.calls = of_row.map(|call| (call.1, ["called", "follow_up"].contains(&call.2.as_str()))).collect();
    }
    rows
}

fn sorted(rows: &[Row], wanted: impl Fn(&Row) -> bool) -> Vec<i64> {
    let mut rows: Vec<_> = rows.iter().filter(|row| wanted(row)).collect();
    rows.sort_by_key(|row| match row.due() {
        Some(due) if due < TODAY.ends => (0, due, row.status_since, row.id),
        None => (1, 0, row.status_since, row.id),
        Some(due) => (2, due, row.status_since, row.id),
    });
    rows.iter().map(|row| row.id).collect()
}

fn is(row: &Row, asked: Due) -> bool {
    match asked {
        Due::Any => true,
        Due::Today => row.due().is_some_and(|due| due < TODAY.ends),
        Due::Overdue => row.due().is_some_and(|due| due < NOW),
        Due::Open => row.due().is_none(),
        Due::Later => row.due().is_some_and(|due| due >= TODAY.ends),
    }
}

async fn lists(tx: &mut Tx, owner: i64, rows: &[Row]) {
    for due in [Due::Any, Due::Today, Due::Overdue, Due::Open, Due::Later] {
        for status in [None, Some(2), Some(3), Some(BUSY), Some(INTERESTED)] {
            let filter = TaskFilter { status, due, search: None };
            let expected = sorted(rows, |row| is(row, due) && status.is_none_or(|asked| asked == row.status_id));
            for limit in [7, 99] {
                assert_eq!(pages(tx, owner, &filter, limit).await, expected, "{filter:?}, {limit} a page");
            }
        }
    }
}

/// All pages of the list, one after the other.
async fn pages(tx: &mut Tx, owner: i64, filter: &TaskFilter, limit: i64) -> Vec<i64> {
    let (mut ids, mut after) = (Vec::new(), Place::START);
    loop {
        let page = tasks::page(tx, owner, TODAY, filter, after, limit).await.expect("reads");
        let Some(last) = page.last() else { return ids };
        assert!(page.len() as i64 <= limit);
        after = last.place(TODAY);
        ids.extend(page.iter().map(|task| task.id));
    }
}

/// Who is due, else who waits and wasn't called today, else whom today's calls did not reach.
fn expected_next(rows: &[Row], besides: i64) -> Option<i64> {
    let rows = || rows.iter().filter(|row| row.id != besides);
    let due = rows().filter_map(|row| row.due().filter(|due| *due <= NOW).map(|due| (due, row.status_since, row.id)));
    let uncalled = rows().filter(|row| row.due().is_none() && row.called().is_none_or(|at| at < TODAY.begins));
    let again = rows().filter(|row| row.unreached_today() && row.called().is_some_and(|at| at <= NOW - RETRY_AFTER));
    due.min()
        .map(|next| next.2)
        .or_else(|| uncalled.map(|row| (row.status_since, row.id)).min().map(|next| next.1))
        .or_else(|| again.map(|row| (row.called(), row.id)).min().map(|next| next.1))
}

/// The first of each list of whom nobody called today, or who is to be called by now; later where that is asked for.
async fn next_of(tx: &mut Tx, owner: i64, rows: &[Row]) {
    for due in Due::ALL {
        for (status, typed) in [(None, "lead"), (Some(3), ""), (Some(BUSY), "lead"), (None, "nobody"), (None, "%")] {
            let filter = TaskFilter { status, due, search: Search::of(typed) };
            let found = |row: &Row| typed.is_empty() || typed == "lead" && row.id > 0;
            let asked = |row: &Row| is(row, due) && status.is_none_or(|asked| asked == row.status_id) && found(row);
            let by_now = |row: &Row| row.due().is_some_and(|due| due <= NOW);
            let uncalled = |row: &Row| row.called().is_none_or(|at| at < TODAY.begins);
            let later = |row: &Row| row.due().is_some_and(|due| due > NOW) && due == Due::Any;
            let expected = sorted(rows, |row| asked(row) && (by_now(row) || uncalled(row)) && !later(row));
            let mut besides = None;
            for expected in [expected.first(), expected.get(1)] {
                let next = tasks::next_of(tx, owner, TODAY, &filter, besides).await.expect("reads").map(|task| task.id);
                assert_eq!(next.as_ref(), expected, "{filter:?} besides {besides:?}");
                besides = next;
            }
        }
    }
}

/// The leads of which each is next once those before it are called and reached; then when somebody is to be tried again.
async fn next(tx: &mut Tx, owner: i64, rows: &[Row]) {
    let mut rows = rows.to_vec();
    let mut called = 1_000;
    loop {
        let next = tasks::next(tx, owner, TODAY, None).await.expect("reads");
        assert_eq!(next.as_ref().map(|task| task.id), expected_next(&rows, 0));
        let Some(Task { id, .. }) = next else { break };
        let besides = tasks::next(tx, owner, TODAY, Some(id)).await.expect("reads");
        assert_eq!(besides.map(|task| task.id), expected_next(&rows, id));
        called += 1;
        let sql = "INSERT INTO calls (id, lead_id, agent_id, started_at, direction, status, duration_seconds)";
        execute(tx, format!("{sql} VALUES ({called}, {id}, {owner}, {NOW}, 'outgoing', 'called', 0)"))
            .await
            .expect("adds");
        follow_ups::resolve(tx, id, i64::MAX, NOW, called).await.expect("resolves");
        let row = rows.iter_mut().find(|row| row.id == id).expect("a lead of the queue");
        row.open.clear();
        row.calls.push((NOW, true));
    }
    let tried = rows.iter().filter(|row| row.unreached_today()).filter_map(Row::called);
    let retry = tried.filter(|at| *at > NOW - RETRY_AFTER).min().map(|at| at + RETRY_AFTER);
    assert_eq!(tasks::next_retry(tx, owner, TODAY).await.expect("reads"), retry);
    crate::call_sums::recount(tx).await.expect("counts");
}

/// What is due, whatever the status.
async fn due(tx: &mut Tx, owner: i64, rows: &[Row]) {
    for visible in [Customers::All, Customers::ConvertedBy(owner + 1)] {
        let seen = |row: &&Row| visible == Customers::All || row.converter_id.is_none_or(|by| by == owner + 1);
        let today = |row: &Row| row.open.iter().copied().filter(|due| *due < TODAY.ends).collect::<Vec<_>>();
        let mut expected: Vec<_> = rows
            .iter()
            .filter(seen)
            .flat_map(|row| today(row).into_iter().map(|due| (due, row.status_since, row.id)))
            .collect();
        expected.sort_unstable();
        let expected: Vec<_> = expected.into_iter().map(|(due, _, id)| (due, id)).collect();
        for limit in [3, 99] {
            let due = follow_ups::due(tx, owner, visible, TODAY.ends, limit).await.expect("reads");
            let due: Vec<_> = due.iter().map(|due| (due.due_at, due.lead)).collect();
            assert_eq!(due, expected[..expected.len().min(limit as usize)], "{visible:?}");
        }
        let ahead = rows.iter().filter(seen).flat_map(|row| &row.open).filter(|due| **due > NOW).min().copied();
        assert_eq!(follow_ups::next_due(tx, Some(owner), visible, NOW).await.expect("reads"), ahead, "{visible:?}");
    }
}
