use calliyo_db::{
    follow_ups,
    tasks::{self, Place, Rank, Task, TaskFilter, Today},
};
use calliyo_domain::{Invalid, Together as _, due::Due, lead::full_name, permission::Permission, search::Search};
use chrono_tz::Tz;

use super::{
    Services, company_time, customers,
    leads::TYPED,
    part::{PAGE, cut_page},
    session,
};
use crate::{
    Fault,
    calls::Opened,
    dashboard::QueuePart,
    tasks::{Asked, TaskPage, TaskRow},
    ui::Moment,
};

pub(crate) async fn list(asked: &Asked) -> Result<TaskPage, Fault> {
    let services = Services::current()?;
    let user = session::require(&services, Permission::Tasks).await?;
    let mut tx = services.read().await?;
    let zone = company_time::zone(&mut tx).await?;
    let day = company_time::today(services.clock.now(), zone);
    let after = place(&asked.after).unwrap_or(Place::START);
    let (mut found, problem) = match meant(asked) {
        Ok(filter) => (tasks::page(&mut tx, user.id, day, &filter, after, PAGE + 1).await?, None),
        Err(problem) => (Vec::new(), Some(problem)),
    };
    let next = cut_page(&mut found, |task| text(task.place(day)));
    let queue = tasks::by_status(&mut tx, user.id).await?;
    let visible = customers::visible(&mut tx, &user).await?;
    let due = follow_ups::next_due(&mut tx, Some(user.id), visible, day.now).await?;
    Ok(TaskPage {
        rows: found.into_iter().map(|task| row(task, day, zone)).collect(),
        next,
        queue: queue.into_iter().map(QueuePart::from).collect(),
        problem,
        changes_at: company_time::changes_at(day, due),
        time_zone: zone.name().to_owned(),
        opened_at: Opened(day.now),
    })
}

/// What can't be read is refused: passed over, it would list what nobody asked for.
pub(super) fn meant(Asked { status, due, q, .. }: &Asked) -> Result<TaskFilter, Invalid> {
    let status = match status.as_str() {
        "" => Ok(None),
        id => id.parse().map(Some).map_err(|_| Invalid::new("status", "Choose a status from the list.")),
    };
    let due = Due::from_key(due).ok_or_else(|| Invalid::new("due", "Choose a time of the next call from the list."));
    let (status, due) = (status, due).together()?;
    let typed: String = q.chars().take(TYPED).collect();
    Ok(TaskFilter { status, due, search: Search::of(&typed) })
}

fn row(task: Task, day: Today, zone: Tz) -> TaskRow {
    TaskRow {
        id: task.id,
        name: full_name(&task.first_name, &task.last_name),
        phone: task.phone,
        status: task.status,
        status_id: task.status_id,
        since: Moment::of(task.status_since, zone),
        due: task.due_at.map(|at| Moment::of(at, zone)),
        overdue: task.due_at.is_some_and(|at| at < day.now),
        called: task.called_at.filter(|at| *at >= day.begins).map(|at| Moment::of(at, zone)),
    }
}

/// A place as an address spells it.
fn text(Place { rank, due, since, id }: Place) -> String {
    format!("{}.{due}.{since}.{id}", rank as usize)
}

fn place(text: &str) -> Option<Place> {
    let mut parts = text.split('.').map(|part| part.parse::<i64>().ok());
    let mut part = || parts.next().flatten();
    let rank = Rank::ALL.get(usize::try_from(part()?).ok()?)?;
    Some(Place { rank: *rank, due: part()?, since: part()?, id: part()? })
}
