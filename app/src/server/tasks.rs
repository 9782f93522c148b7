use calliyo_db::tasks::{self, Place, Task};
use calliyo_domain::permission::Permission;
use chrono_tz::Tz;

use super::{Services, jobs, session, today};
use crate::{
    Fault,
    tasks::{TaskPage, TaskRow},
    ui::Moment,
};

/// Rows on a page.
const PAGE: i64 = 50;

pub(crate) async fn list(after: &str) -> Result<TaskPage, Fault> {
    let services = Services::current()?;
    let user = session::require(&services, Permission::Tasks).await?;
    let mut tx = services.db.read().await?;
    let zone = jobs::zone(&mut tx).await?;
    let day = today::of(services.clock.now(), zone);
    let after = place(after).unwrap_or(Place::START);
    let mut found = tasks::page(&mut tx, user.id, day.ends, after, PAGE + 1).await?;
    let more = found.len() > PAGE as usize;
    found.truncate(PAGE as usize);
    let next = found.last().filter(|_| more).map(|task| text(task.place()));
    Ok(TaskPage {
        rows: found.into_iter().map(|task| row(task, day.now, zone)).collect(),
        next,
        time_zone: zone.name().to_owned(),
    })
}

fn row(task: Task, now: i64, zone: Tz) -> TaskRow {
    TaskRow {
        id: task.id,
        name: format!("{} {}", task.first_name, task.last_name).trim_end().to_owned(),
        phone: task.phone,
        status: task.status,
        status_id: task.status_id,
        since: Moment::of(task.status_since, zone),
        due: task.due_at.map(|at| Moment::of(at, zone)),
        overdue: task.due_at.is_some_and(|at| at < now),
    }
}

/// A place as an address spells it.
fn text(Place { rank, waits, id }: Place) -> String {
    format!("{rank}.{waits}.{id}")
}

fn place(text: &str) -> Option<Place> {
    let mut parts = text.split('.').map(|part| part.parse().ok());
    Some(Place { rank: parts.next()??, waits: parts.next()??, id: parts.next()?? })
}
