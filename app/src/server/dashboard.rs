use calliyo_db::{
    Tx, call_sums, calls, follow_ups, funnel, lead_changes, runs, settings,
    statuses::StatusCount,
    tasks::{self, Task},
    team,
    users::User,
};
use calliyo_domain::{lead::full_name, permission::Permissions, settings::DailyTarget, visibility::Customers};
use chrono_tz::Tz;

use super::{Services, calls as logging, company_time, customers, part::cut, runs as history};
use crate::{
    Fault,
    dashboard::{AgentRow, AgentToday, Dashboard, DueCall, LastCall, NextLead, QueuePart, RunToday, TeamToday},
    ui::Moment,
};

/// Follow-ups shown.
const DUE: i64 = 100;

/// Runs of a day that are shown.
const RUNS: i64 = 50;

pub(crate) async fn read() -> Result<Dashboard, Fault> {
    let services = Services::current()?;
    let user = logging::require_lead_user(&services).await?;
    let mut tx = services.read().await?;
    let zone = company_time::zone(&mut tx).await?;
    let day = company_time::today(services.clock.now(), zone);
    let target = settings::get::<DailyTarget>(&mut tx).await?.value.calls;
    let Permissions { tasks, management, .. } = user.permissions();
    let visible = customers::visible(&mut tx, &user).await?;
    let agent = if tasks { Some(Box::new(agent(&mut tx, &user, visible, day, zone).await?)) } else { None };
    let team = if management { Some(team(&mut tx, &user, visible, day, zone).await?) } else { None };
    let due = follow_ups::next_due(&mut tx, (!management).then_some(user.id), visible, day.now).await?;
    let nobody_next = agent.as_ref().is_some_and(|agent| agent.next.is_none());
    let retry = if nobody_next { tasks::next_retry(&mut tx, user.id, day).await? } else { None };
    Ok(Dashboard {
        target: target.into(),
        changes_at: company_time::changes_at(day, due.into_iter().chain(retry)),
        time_zone: zone.name().to_owned(),
        agent,
        team,
    })
}

async fn agent(tx: &mut Tx, user: &User, visible: Customers, day: tasks::Today, zone: Tz) -> Result<AgentToday, Fault> {
    let mut due = follow_ups::due(tx, user.id, visible, day.ends, DUE + 1).await?;
    let more_due = cut(&mut due, DUE);
    let next = match tasks::next(tx, user.id, day, None).await? {
        Some(task) => next_lead(tx, user, task, day.now, zone).await?,
        None => None,
    };
    let queue = tasks::by_status(tx, user.id).await?;
    let moved = team::moved(tx, user.id, day.begins).await?;
    Ok(AgentToday {
        calls: call_sums::outgoing(tx, user.id, day.begins, day.ends).await?,
        next,
        queue: queue.into_iter().map(QueuePart::from).collect(),
        due: due
            .into_iter()
            .map(|due| DueCall {
                lead: due.lead,
                name: full_name(&due.first_name, &due.last_name),
                phone: due.phone,
                due: Moment::of(due.due_at, zone),
                overdue: due.due_at < day.now,
            })
            .collect(),
        more_due,
        moved: moved
            .into_iter()
            .map(|moved| RunToday {
                run: moved.run,
                job: moved.job,
                at: Moment::of(moved.finished_at, zone),
                brought: moved.brought,
                took: moved.took,
            })
            .collect(),
    })
}

async fn next_lead(tx: &mut Tx, user: &User, task: Task, now: i64, zone: Tz) -> Result<Option<NextLead>, Fault> {
    let Some(lead) = lead_changes::by_id(tx, task.id).await? else { return Ok(None) };
    Ok(Some(NextLead {
        id: lead.id,
        name: lead.name(),
        phone: task.phone,
        status: task.status,
        status_id: task.status_id,
        since: Moment::of(task.status_since, zone),
        due: task.due_at.map(|at| Moment::of(at, zone)),
        overdue: task.due_at.is_some_and(|at| at < now),
        last: last_call(tx, lead.id, zone).await?,
        call: logging::options(tx, user, &lead, now, zone).await?,
    }))
}

async fn last_call(tx: &mut Tx, lead: i64, zone: Tz) -> Result<Option<LastCall>, Fault> {
    Ok(calls::latest(tx, lead).await?.map(|call| LastCall {
        at: Moment::of(call.ended_at(), zone),
        by: call.agent,
        outcome: call.says.status.title().to_owned(),
        note: call.says.note,
    }))
}

async fn team(tx: &mut Tx, user: &User, visible: Customers, day: tasks::Today, zone: Tz) -> Result<TeamToday, Fault> {
    let agent = |agent: team::AgentDay| AgentRow {
        id: agent.id,
        name: agent.name,
        banned: agent.banned,
        receiving: agent.receiving,
        calls: agent.calls,
        connected: agent.connected,
        load: agent.load,
        cap: agent.cap,
        due: agent.due,
        overdue: agent.overdue,
    };
    let runs = runs::since(tx, day.begins, RUNS).await?;
    Ok(TeamToday {
        agents: team::day(tx, visible, day).await?.into_iter().map(agent).collect(),
        runs: history::rows(tx, runs, zone).await?,
        may_open_runs: user.permissions().settings,
        pipeline: funnel::pipeline(tx, visible).await?.into_iter().map(QueuePart::from).collect(),
    })
}

impl From<StatusCount> for QueuePart {
    fn from(StatusCount { status_id, status, leads }: StatusCount) -> Self {
        Self { status_id, status, leads }
    }
}
