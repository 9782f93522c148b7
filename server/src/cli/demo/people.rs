//! Who works at the demo company.

use anyhow::Context as _;
use calliyo_app::server::Services;
use calliyo_db::{Tx, roles, users};
use calliyo_domain::user::NewUser;

use super::{ADMIN, DemoArgs, MANAGER, PASSWORD, hours::DAY};

/// The agents.
pub struct People {
    pub agents: Vec<i64>,
    /// Who is on leave, where there are enough of them.
    pub away: Option<i64>,
}

const FIRST: [&str; 12] =
    ["Priya", "Imran", "Sneha", "Rahul", "Lakshmi", "Farhan", "Pooja", "Suresh", "Neha", "Aditya", "Kavya", "Manoj"];
const LAST: [&str; 12] =
    ["Sharma", "Qureshi", "Kulkarni", "Verma", "Menon", "Ali", "Bhatt", "Pillai", "Gupta", "Bose", "Reddy", "Yadav"];

/// How far the caps were raised since the jobs ran: so that another run has something to give.
const RAISED: i64 = 15;

/// From so many on, one is on leave.
const ONE_AWAY: usize = 6;

/// An admin, a manager and the agents.
pub async fn add(services: &Services, tx: &mut Tx, args: &DemoArgs) -> anyhow::Result<People> {
    let hash = services.passwords.hash(PASSWORD.to_owned(), services.random.bytes()).await?;
    // Before the first of the calls.
    let created = services.clock.now() - 70 * DAY;
    let mut agents = Vec::new();
    let heads = [
        ("Demo Admin".to_owned(), ADMIN.to_owned(), "Company Admin"),
        ("Demo Manager".to_owned(), MANAGER.to_owned(), "Manager"),
    ];
    let team = (1..=args.agents).map(|n| (name(n), format!("agent{n}@demo.example"), "Agent"));
    let mut away = None;
    for (name, email, role_name) in heads.into_iter().chain(team) {
        let role = roles::by_name(tx, role_name).await?.with_context(|| format!("there is no role {role_name}"))?;
        let is_agent = role_name == "Agent";
        let is_away = is_agent && agents.len() + 1 == ONE_AWAY;
        let user =
            NewUser { receiving: !is_away, ..NewUser::new(&name, &email, if is_agent { first_cap(args) } else { 0 })? };
        let id = users::add(tx, &user, role, &hash, created).await?;
        if is_away {
            away = Some(id);
        }
        if is_agent {
            agents.push(id);
        }
    }
    Ok(People { agents, away })
}

/// An agent's cap as the jobs find it.
fn first_cap(args: &DemoArgs) -> i64 {
    if args.jobs { (args.lead_cap - RAISED).max(0) } else { args.lead_cap }
}

/// Gives the agents the cap that was asked for, after the jobs have run.
pub async fn raise_caps(tx: &mut Tx, agents: &[i64], cap: i64) -> anyhow::Result<()> {
    for agent in agents {
        let Some(known) = users::record(tx, *agent).await? else { continue };
        let user = NewUser { receiving: known.receiving, ..NewUser::new(&known.name, &known.email, cap)? };
        users::update(tx, *agent, known.version, &user, known.role_id).await?;
    }
    Ok(())
}

/// The name of the agent with this number, from 1 on; those of a large team are told apart by another number.
fn name(n: i64) -> String {
    let (at, many) = ((n - 1).unsigned_abs() as usize, FIRST.len() * LAST.len());
    let name = format!("{} {}", FIRST[at % FIRST.len()], LAST[(at + at / FIRST.len()) % LAST.len()]);
    if at < many { name } else { format!("{name} {}", at / many + 1) }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn everybody_has_a_name_of_their_own() {
        assert_eq!(["Priya Sharma", "Imran Qureshi"], [1, 2].map(name).each_ref().map(String::as_str));
        assert_eq!((1..=10_000).map(name).collect::<BTreeSet<_>>().len(), 10_000);
    }
}
