//! A made-up company, for an empty database.

mod calls;
mod dice;
mod hours;
mod jobs;
mod leads;
mod people;

use std::process::ExitCode;

use anyhow::bail;
use calliyo_app::server::{Services, company_time};
use calliyo_db::{leads as stored, users};
use clap::Args;

use self::{dice::Dice, hours::Hours};
use crate::start;

/// The demo's users all have it; it is printed, and no secret.
const PASSWORD: &str = "calliyo demo";

const ADMIN: &str = "admin@demo.example";
const MANAGER: &str = "manager@demo.example";

const LEFT_ALONE: &str = "The database has users or leads of its own already: nothing was added.";

#[derive(Args, Debug)]
pub struct DemoArgs {
    /// How many leads to make up
    #[arg(long, default_value_t = 4_000, value_parser = clap::value_parser!(i64).range(0..=10_000_000))]
    leads: i64,
    /// How many calls to make up, over the last four weeks
    #[arg(long, default_value_t = 20_000, value_parser = clap::value_parser!(i64).range(0..=50_000_000))]
    calls: i64,
    /// How many agents to make up
    #[arg(long, default_value_t = 12, value_parser = clap::value_parser!(i64).range(1..=10_000))]
    agents: i64,
    /// How many leads each agent's queue may hold
    #[arg(long, default_value_t = 150, value_parser = clap::value_parser!(i64).range(0..=100_000))]
    lead_cap: i64,
    /// Switch the daily jobs on, and run each once
    #[arg(long)]
    jobs: bool,
    /// Do nothing, rather than fail, when there are users already
    #[arg(long)]
    if_empty: bool,
}

/// Fills an empty database, and says who can sign in.
pub async fn demo(url: &str, args: DemoArgs) -> anyhow::Result<ExitCode> {
    let services = start::services(start::open(url).await?, false);
    let said = fill(&services, &args).await;
    services.db.close().await;
    println!("{}", said?);
    Ok(ExitCode::SUCCESS)
}

/// Gives what there is to be said of it.
async fn fill(services: &Services, args: &DemoArgs) -> anyhow::Result<String> {
    let mut tx = services.db.write().await?;
    if users::any(&mut tx).await? || stored::count(&mut tx).await? > 0 {
        if !args.if_empty {
            bail!("the database has users or leads already; the demo is for an empty one");
        }
        let is_demo = users::by_email(&mut tx, ADMIN).await?.is_some();
        return Ok(if is_demo { sign_ins() } else { LEFT_ALONE.to_owned() });
    }
    let people = people::add(services, &mut tx, args).await?;
    let hours = Hours { now: services.clock.now(), zone: company_time::zone(&mut tx).await? };
    let mut dice = Dice(20_251_122);
    let made = leads::add_leads(&mut tx, &mut dice, &people.agents, args.leads, hours).await?;
    calls::add_calls(&mut tx, &mut dice, &made, args.calls, people.away, hours).await?;
    tx.commit().await?;
    if args.jobs {
        jobs::work(services, ADMIN).await?;
        let mut tx = services.db.write().await?;
        people::raise_caps(&mut tx, &people.agents, args.lead_cap).await?;
        tx.commit().await?;
    }
    Ok(sign_ins())
}

fn sign_ins() -> String {
    format!(
        "Demo sign-ins (password: {PASSWORD}):\n  \
           {ADMIN}     Company Admin\n  \
           {MANAGER}   Manager\n  \
           agent1@demo.example    Agent (and so on, agent2 …)"
    )
}

#[cfg(test)]
mod tests {
    use calliyo_db::roles;
    use calliyo_domain::user::NewUser;

    use super::*;

    fn args(if_empty: bool) -> DemoArgs {
        DemoArgs { leads: 5, calls: 3, agents: 2, lead_cap: 9, jobs: true, if_empty }
    }

    async fn empty(folder: &tempfile::TempDir) -> Services {
        let url = format!("sqlite:{}", folder.path().join("demo.db").display());
        start::services(start::open(&url).await.expect("opens"), false)
    }

    #[tokio::test]
    async fn a_demo_that_is_there_already_is_left_alone() {
        let folder = tempfile::tempdir().expect("a folder");
        let services = empty(&folder).await;
        for time in ["fills it", "leaves it as it is"] {
            let said = fill(&services, &args(true)).await.expect(time);
            assert!(
                said.contains("\n  admin@demo.example     Company Admin\n  manager@demo.example   Manager\n"),
                "{said}"
            );
        }
        assert_eq!(stored::count(&mut services.db.read().await.expect("reads")).await.expect("counts"), 5);
        let refused = fill(&services, &args(false)).await.expect_err("it isn't empty").to_string();
        assert!(refused.contains("the demo is for an empty one"), "{refused}");
    }

    #[tokio::test]
    async fn nobody_is_told_sign_ins_that_a_company_of_its_own_does_not_have() {
        let folder = tempfile::tempdir().expect("a folder");
        let services = empty(&folder).await;
        let mut tx = services.db.write().await.expect("writes");
        let role = roles::by_name(&mut tx, "Company Admin").await.expect("reads").expect("a role");
        let user = NewUser::new("Ada", "ada@example.com", 0).expect("a user");
        users::add(&mut tx, &user, role, "none", 0).await.expect("adds");
        tx.commit().await.expect("commits");
        assert_eq!(fill(&services, &args(true)).await.expect("leaves it as it is"), LEFT_ALONE);
        assert_eq!(stored::count(&mut services.db.read().await.expect("reads")).await.expect("counts"), 0);
    }
}
