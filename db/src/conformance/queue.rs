use super::fixtures::*;
use crate::{Db, notify, queue};

on_both!(a_task_is_there_when_it_is_committed, a_task_says_its_run, finished_tasks_are_pruned, word_goes_where_it_can);

async fn open_tasks(db: &Db) -> i64 {
    queue::open_tasks(&mut read(db).await).await.expect("counts")
}

fn table(db: &Db) -> &'static str {
    if matches!(db, Db::Sqlite { .. }) { "Jobs" } else { "apalis.jobs" }
}

async fn a_task_is_there_when_it_is_committed(db: &Db) {
    let mut tx = write(db).await;
    queue::push(&mut tx, 1).await.expect("pushes");
    assert_eq!(open_tasks(db).await, 0, "not before");
    drop(tx);
    assert_eq!(open_tasks(db).await, 0, "what was rolled back is gone");
    let mut tx = write(db).await;
    queue::push(&mut tx, 1).await.expect("pushes");
    queue::push(&mut tx, 2).await.expect("pushes");
    tx.commit().await.expect("commits");
    assert_eq!(open_tasks(db).await, 2);
}

async fn a_task_says_its_run(db: &Db) {
    let mut tx = write(db).await;
    queue::push(&mut tx, 42).await.expect("pushes");
    let column = if matches!(db, Db::Sqlite { .. }) { "CAST(job AS text)" } else { "convert_from(job, 'UTF8')" };
    let sql = format!("SELECT {column} || ' ' || job_type || ' ' || status || ' ' || max_attempts FROM {}", table(db));
    assert_eq!(texts(&mut tx, sql).await, ["{\"run\":42} jobs Pending 1"]);
    let task: queue::RunTask = serde_json::from_str("{\"run\":42}").expect("reads");
    assert_eq!(task, queue::RunTask { run: 42 });
}

async fn finished_tasks_are_pruned(db: &Db) {
    let mut tx = write(db).await;
    let statuses = ["Pending", "Queued", "Running", "Done", "Failed", "Killed"];
    for (run, status) in (0..).zip(statuses) {
        queue::push(&mut tx, run).await.expect("pushes");
        execute(
            &mut tx,
            format!("UPDATE {} SET status = '{status}' WHERE status = 'Pending' AND max_attempts = 1", table(db)),
        )
        .await
        .expect("writes");
        // So that the next status is given to the next task only.
        execute(&mut tx, format!("UPDATE {} SET max_attempts = 2", table(db))).await.expect("writes");
    }
    assert_eq!(queue::open_tasks(&mut tx).await.expect("counts"), 3);
    assert_eq!(queue::prune(&mut tx).await.expect("prunes"), 3);
    assert_eq!(
        texts(&mut tx, format!("SELECT status FROM {} ORDER BY 1", table(db))).await,
        ["Pending", "Queued", "Running"]
    );
    // Another program's queue in the same tables is none of ours.
    execute(&mut tx, format!("UPDATE {} SET job_type = 'mail', status = 'Done'", table(db))).await.expect("writes");
    assert_eq!(queue::prune(&mut tx).await.expect("prunes"), 0);
    assert_eq!(queue::open_tasks(&mut tx).await.expect("counts"), 0);
}

async fn word_goes_where_it_can(db: &Db) {
    let mut tx = write(db).await;
    let sent = notify::send(&mut tx, "leads").await.expect("sends");
    assert_eq!(sent, matches!(db, Db::Postgres(_)));
    let Db::Postgres(pool) = db else { return };
    let mut listener = sqlx::postgres::PgListener::connect_with(pool).await.expect("listens");
    listener.listen(notify::CHANNEL).await.expect("listens");
    // Sent after the first but committed before it: it is heard first, and what is rolled back never.
    let mut rolled_back = write(db).await;
    notify::send(&mut rolled_back, "rolled back").await.expect("sends");
    drop(rolled_back);
    let mut second = write(db).await;
    notify::send(&mut second, "second").await.expect("sends");
    second.commit().await.expect("commits");
    assert_eq!(listener.recv().await.expect("hears").payload(), "second");
    tx.commit().await.expect("commits");
    assert_eq!(listener.recv().await.expect("hears").payload(), "leads");
}
