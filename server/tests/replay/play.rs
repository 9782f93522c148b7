use std::collections::BTreeMap;

use tokio::time::Instant;

use crate::{
    company::{Company, MONDAY, Person},
    files::{Attempts, DAYS, Files, day},
    judge::Judge,
    sums::{Log, Played},
};

/// So many at least.
const AGENTS: usize = 8;

/// The most leads on one queue, as of a team that is large enough.
const QUEUE: usize = 300;

const DAY: i64 = 24 * 3_600_000;

/// From nine to six.
const WORK: i64 = 9 * 3_600_000;

/// Who the company is.
pub struct Team {
    pub admin: Person,
    pub manager: Person,
    pub agents: Vec<Person>,
}

/// A lead on an agent's queue, as the agent's tasks show it.
pub struct Task {
    pub agent: usize,
    pub lead: i64,
    pub attempts: Attempts,
}

/// Plays the files and judges each evening and the whole.
pub async fn play(company: &Company) {
    let began = Instant::now();
    let Files { leads, mut calls } = Files::read();
    let phones = calls.len();
    let mut team = hire(company, phones).await;
    company.import(&leads, &team.admin).await;
    company.run("top_up", &team.admin).await;
    let tasks = tasks(company, &team, &mut calls).await;
    assert_eq!((tasks.len(), calls.len()), (phones, 0), "each lead is on somebody's queue");
    println!(
        "{phones} leads imported and given to {} agents after {:.1} s",
        team.agents.len(),
        began.elapsed().as_secs_f64()
    );

    let mut log = Log::default();
    for working_day in 0..DAYS {
        // Two days lie between the weeks.
        let date = working_day + 2 * (working_day / 5);
        company.set_clock(MONDAY + date as i64 * DAY);
        for person in team.agents.iter_mut().chain([&mut team.manager]) {
            company.sign_in(person).await;
        }
        work(company, &team, &tasks, working_day, date, &mut log).await;
        Judge { company, team: &team, tasks: &tasks }.evening(&log, date).await;
        println!("{} calls logged after {:.1} s", log.0.len(), began.elapsed().as_secs_f64());
    }
    Judge { company, team: &team, tasks: &tasks }.fortnight(&log).await;
    println!("{:?} after {:.1} s", log.sum(None, None), began.elapsed().as_secs_f64());
}

/// A team whose queues hold just all leads.
async fn hire(company: &Company, leads: usize) -> Team {
    let count = leads.div_ceil(QUEUE).max(AGENTS);
    let cap = leads.div_ceil(count) as i64;
    let admin = company.hire("admin", "Company Admin", 0).await;
    let manager = company.hire("manager", "Manager", 0).await;
    let mut agents = Vec::new();
    for n in 1..=count {
        agents.push(company.hire(&format!("agent{n}"), "Agent", cap).await);
    }
    Team { admin, manager, agents }
}

/// What the agents find on their queues, with the attempts that the files have for it.
async fn tasks(company: &Company, team: &Team, calls: &mut BTreeMap<String, Attempts>) -> Vec<Task> {
    let mut tasks = Vec::new();
    for (agent, person) in team.agents.iter().enumerate() {
        for (lead, phone) in queue(company, person).await {
            let attempts = calls.remove(&phone).unwrap_or_else(|| panic!("{phone} is in no file, or on two queues"));
            tasks.push(Task { agent, lead, attempts });
        }
    }
    tasks
}

/// An agent's whole queue, page by page: the leads' ids and phones.
pub async fn queue(company: &Company, agent: &Person) -> Vec<(i64, String)> {
    let (mut leads, mut after) = (Vec::new(), String::new());
    loop {
        let page = company.get(&format!("/api/tasks?after={after}"), agent).await;
        let rows = page["rows"].as_array().unwrap();
        leads.extend(rows.iter().map(|row| (row["id"].as_i64().unwrap(), row["phone"].as_str().unwrap().to_owned())));
        match page["next"].as_str() {
            Some(next) => after = next.to_owned(),
            None => return leads,
        }
    }
}

/// One working day: its calls, spread over the hours from nine to six.
async fn work(company: &Company, team: &Team, tasks: &[Task], working_day: usize, date: usize, log: &mut Log) {
    let mut todays = Vec::new();
    for (position, task) in tasks.iter().enumerate() {
        let count = task.attempts.len();
        let numbers = (0..count).filter(|number| day(position, *number, count) == working_day);
        todays.extend(numbers.map(|number| (task, number)));
    }
    // The agents call side by side.
    todays.sort_by_key(|(task, number)| (*number, task.lead));
    let count = todays.len().max(1) as i64;
    for (n, (task, number)) in todays.into_iter().enumerate() {
        let at = MONDAY + date as i64 * DAY + n as i64 * WORK / count;
        company.set_clock(at);
        log.0.push(call(company, team, task, number, (date, at)).await);
    }
}

async fn call(company: &Company, team: &Team, task: &Task, number: usize, (day, at): (usize, i64)) -> Played {
    let attempt = task.attempts[number];
    let agent = &team.agents[task.agent];
    let (id, seconds) = (task.lead.to_string(), attempt.seconds.to_string());
    let outcome = attempt.outcome(number);
    let mut form = vec![("id", &*id), ("call[status]", outcome), ("call[duration]", &*seconds)];
    if attempt.converted {
        form.push(("call[lead_status]", "4"));
    }
    company.post("/api/calls/log", &form, agent).await;
    Played {
        agent: agent.id,
        lead: task.lead,
        day,
        at,
        seconds: attempt.seconds,
        outcome,
        converted: attempt.converted,
    }
}
