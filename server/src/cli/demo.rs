use std::process::ExitCode;

use anyhow::{Context as _, bail};
use calliyo_app::server::{Services, company_time};
use calliyo_db::{Tx, call_sums, demo, leads, roles, users};
use calliyo_domain::{call::start_of_day, status, user::NewUser};
use chrono_tz::Tz;
use clap::Args;

use crate::start;

/// The demo's users all have it; it is printed, and no secret.
const PASSWORD: &str = "calliyo demo";

const ADMIN: &str = "admin@demo.example";
const MANAGER: &str = "manager@demo.example";

const LEFT_ALONE: &str = "The database has users or leads of its own already: nothing was added.";

const HOUR: i64 = 60 * 60 * 1000;
const DAY: i64 = 24 * HOUR;

/// Leads written at a time.
const PART: i64 = 20_000;

#[derive(Args, Debug)]
pub struct DemoArgs {
    /// How many leads to make up
    #[arg(long, default_value_t = 4_000, value_parser = clap::value_parser!(i64).range(0..=10_000_000))]
    leads: i64,
    /// How many calls to make up, over the last four weeks
    #[arg(long, default_value_t = 6_000, value_parser = clap::value_parser!(i64).range(0..=50_000_000))]
    calls: i64,
    /// How many agents to make up
    #[arg(long, default_value_t = 12, value_parser = clap::value_parser!(i64).range(1..=10_000))]
    agents: i64,
    /// How many leads each agent's queue may hold
    #[arg(long, default_value_t = 150, value_parser = clap::value_parser!(i64).range(0..=100_000))]
    lead_cap: i64,
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
    if users::any(&mut tx).await? || leads::count(&mut tx).await? > 0 {
        if !args.if_empty {
            bail!("the database has users or leads already; the demo is for an empty one");
        }
        let is_demo = users::by_email(&mut tx, ADMIN).await?.is_some();
        return Ok(if is_demo { sign_ins() } else { LEFT_ALONE.to_owned() });
    }
    let agents = add_users(services, &mut tx, args).await?;
    let mut dice = Dice(20_251_122);
    let made = add_leads(&mut tx, &mut dice, &agents, args.leads, services.clock.now()).await?;
    add_calls(&mut tx, &mut dice, &made, args.calls, services.clock.now()).await?;
    tx.commit().await?;
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

/// An admin, a manager and the agents; gives the agents' ids.
async fn add_users(services: &Services, tx: &mut Tx, args: &DemoArgs) -> anyhow::Result<Vec<i64>> {
    let hash = services.passwords.hash(PASSWORD.to_owned(), services.random.bytes()).await?;
    // Before the first of the calls.
    let created = services.clock.now() - 60 * DAY;
    let mut agents = Vec::new();
    let people = [
        ("Demo Admin".to_owned(), ADMIN.to_owned(), "Company Admin"),
        ("Demo Manager".to_owned(), MANAGER.to_owned(), "Manager"),
    ];
    let team = (1..=args.agents).map(|n| (format!("Agent {n}"), format!("agent{n}@demo.example"), "Agent"));
    for (name, email, role_name) in people.into_iter().chain(team) {
        let role = roles::by_name(tx, role_name).await?.with_context(|| format!("there is no role {role_name}"))?;
        let user = NewUser::new(&name, &email, if role_name == "Agent" { args.lead_cap } else { 0 })?;
        let id = users::add(tx, &user, role, &hash, created).await?;
        if role_name == "Agent" {
            agents.push(id);
        }
    }
    Ok(agents)
}

/// Statuses and how many in a hundred leads are on each; the rest are Unassigned.
const SHARES: [(i64, u64); 9] = [
    (status::ASSIGNED, 8),
    (status::FOLLOWUPS, 6),
    (status::CUSTOMER, 6),
    (5, 7),
    (6, 9),
    (7, 6),
    (8, 9),
    (9, 5),
    (10, 4),
];

const FIRST_NAMES: [&str; 12] =
    ["Asha", "Ravi", "Meera", "Arjun", "Nisha", "Kiran", "Divya", "Rohan", "Leela", "Vikram", "Anita", "Sanjay"];
const LAST_NAMES: [&str; 8] = ["Rao", "Mehta", "Iyer", "Singh", "Das", "Nair", "Kapoor", "Joshi"];
const TAGS: [&str; 5] = ["website", "referral", "exhibition", "newsletter", "walk-in"];

/// A made-up lead that somebody can have called: its id, its owner, and since when.
type Owned = (i64, i64, i64);

async fn add_leads(tx: &mut Tx, dice: &mut Dice, agents: &[i64], count: i64, now: i64) -> anyhow::Result<Vec<Owned>> {
    let mut owned = Vec::new();
    for first in (1..=count).step_by(PART as usize) {
        let part: Vec<_> = (first..=count.min(first + PART - 1)).map(|id| lead(dice, agents, id, now)).collect();
        owned.extend(part.iter().filter_map(|lead| Some((lead.id, lead.owner?, lead.assigned_at?))));
        demo::add_leads(tx, &part).await?;
        demo::add_follow_ups(tx, &part.iter().filter_map(|lead| follow_up(lead, now)).collect::<Vec<_>>()).await?;
    }
    Ok(owned)
}

/// Leads on Followups are to be called some time from yesterday to the day after tomorrow, at a half or a full hour.
fn follow_up(lead: &demo::DemoLead, now: i64) -> Option<demo::DemoFollowUp> {
    const SLOT: i64 = 30 * 60 * 1000;
    let agreed = lead.status == status::FOLLOWUPS;
    let due_at = (now / SLOT + lead.id * 7 % 144 - 36) * SLOT;
    let agent = lead.owner.filter(|_| agreed)?;
    Some(demo::DemoFollowUp { lead: lead.id, agent, due_at, created_at: lead.since.min(due_at) })
}

fn lead(dice: &mut Dice, agents: &[i64], id: i64, now: i64) -> demo::DemoLead {
    let status = dice.status();
    let created_at = now - DAY - dice.below(60 * DAY);
    let assigned_at = created_at + dice.below((now - created_at) / 2);
    let since = if status == status::ASSIGNED { assigned_at } else { assigned_at + dice.below(now - assigned_at) };
    let owner = (status != status::UNASSIGNED).then(|| dice.pick(agents));
    let first_name = dice.pick(&FIRST_NAMES).to_owned();
    demo::DemoLead {
        id,
        email: format!("{}.{id}@example.com", first_name.to_lowercase()),
        first_name,
        last_name: dice.pick(&LAST_NAMES).to_owned(),
        phone: phone(id),
        tag: dice.pick(&TAGS).to_owned(),
        status,
        since: if owner.is_some() { since } else { created_at },
        owner,
        created_at,
        assigned_at: owner.map(|_| assigned_at),
    }
}

/// A number in Delhi (11) that nobody can have, since none begins with India's trunk prefix, 0, behind the area's code.
fn phone(id: i64) -> String {
    format!("+91110{:07}", id % 10_000_000)
}

/// When a call began: today whenever the demo is made, so that a day under way is seen, and at office hours on the days
/// before.
fn call_time(dice: &mut Dice, now: i64, zone: Tz) -> i64 {
    let today = start_of_day(now, zone);
    match dice.below(28) {
        0 => today + dice.below(now - today),
        days => start_of_day(today - days * DAY, zone) + 9 * HOUR + dice.below(9 * HOUR + HOUR / 2),
    }
}

/// Outgoing calls with outcomes and talk times of the usual shape: half of them reach nobody.
async fn add_calls(tx: &mut Tx, dice: &mut Dice, owned: &[Owned], count: i64, now: i64) -> anyhow::Result<()> {
    if owned.is_empty() {
        return Ok(());
    }
    let zone = company_time::zone(tx).await?;
    let mut left = count;
    while left > 0 {
        let part: Vec<_> = (0..left.min(PART))
            .map(|_| {
                let (lead, agent, since) = dice.pick(owned);
                let status = dice.pick(&["called", "called", "busy", "no_answer", "missed", "follow_up"]);
                let talked = matches!(status, "called" | "follow_up");
                let duration = if talked { 20 + dice.below(60) * dice.below(12) } else { 0 };
                let started_at = call_time(dice, now, zone).max((since + dice.below(HOUR)).min(now));
                demo::DemoCall { lead, agent, started_at, status, duration }
            })
            .collect();
        demo::add_calls(tx, &part).await?;
        left -= part.len() as i64;
    }
    call_sums::recount(tx).await?;
    Ok(())
}

/// The same throws each time (SplitMix64, Steele, Lea and Flood 2014): a demo looks alike everywhere.
struct Dice(u64);

impl Dice {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let z = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// 0 to `limit` - 1, and 0 where there is no room.
    fn below(&mut self, limit: i64) -> i64 {
        (self.next() % limit.max(1).unsigned_abs()).cast_signed()
    }

    fn pick<T: Copy>(&mut self, among: &[T]) -> T {
        among[(self.next() % among.len() as u64) as usize]
    }

    fn status(&mut self) -> i64 {
        let mut throw = self.next() % 100;
        for (status, share) in SHARES {
            if throw < share {
                return status;
            }
            throw -= share;
        }
        status::UNASSIGNED
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use calliyo_domain::phone::e164;

    use super::*;

    fn args(if_empty: bool) -> DemoArgs {
        DemoArgs { leads: 5, calls: 3, agents: 2, lead_cap: 9, if_empty }
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
        assert_eq!(leads::count(&mut services.db.read().await.expect("reads")).await.expect("counts"), 5);
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
        assert_eq!(leads::count(&mut services.db.read().await.expect("reads")).await.expect("counts"), 0);
    }

    #[test]
    fn every_lead_has_a_phone_of_its_own_that_can_be_one() {
        let phones: BTreeSet<_> = (1..=10_000_000).step_by(9_973).chain([9_999_999, 10_000_000]).map(phone).collect();
        assert_eq!(phones.len(), 1_005);
        for phone in phones {
            assert_eq!(e164(&phone, "IN").as_deref(), Ok(phone.as_str()));
        }
    }
}
