//! Made-up leads.

use calliyo_db::{
    Tx,
    demo::{self, DemoFollowUp, DemoLead},
};
use calliyo_domain::{call::start_of_day, status};

use super::{
    dice::Dice,
    hours::{DAY, HOUR, Hours, MINUTE},
};

/// Leads written at a time.
pub const PART: i64 = 20_000;

/// Statuses and how many in a hundred leads are on each; the rest are Unassigned.
const SHARES: [(i64, i64); 9] = [
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
pub type Owned = (i64, i64, i64);

pub async fn add_leads(
    tx: &mut Tx,
    dice: &mut Dice,
    agents: &[i64],
    count: i64,
    hours: Hours,
) -> anyhow::Result<Vec<Owned>> {
    let mut owned = Vec::new();
    for first in (1..=count).step_by(PART as usize) {
        let part: Vec<_> = (first..=count.min(first + PART - 1)).map(|id| lead(dice, agents, id, hours)).collect();
        owned.extend(part.iter().filter_map(|lead| Some((lead.id, lead.owner?, lead.assigned_at?))));
        demo::add_leads(tx, &part).await?;
        demo::add_follow_ups(tx, &part.iter().filter_map(|lead| follow_up(lead, hours)).collect::<Vec<_>>()).await?;
    }
    Ok(owned)
}

/// Leads on Followups are to be called some time from yesterday to the day after tomorrow, at a half or a full hour.
fn follow_up(lead: &DemoLead, hours: Hours) -> Option<DemoFollowUp> {
    const SLOT: i64 = 30 * MINUTE;
    const SLOTS: i64 = 18;
    let agreed = lead.status == status::FOLLOWUPS;
    let agent = lead.owner.filter(|_| agreed)?;
    let (day, slot) = (lead.id * 7 / SLOTS % 4 - 1, lead.id * 7 % SLOTS);
    let due_at = start_of_day(hours.now + day * DAY, hours.zone) + 9 * HOUR + slot * SLOT;
    Some(DemoFollowUp { lead: lead.id, agent, due_at, created_at: lead.since.min(due_at) })
}

fn lead(dice: &mut Dice, agents: &[i64], id: i64, hours: Hours) -> DemoLead {
    let status = drawn(dice);
    let now = hours.now;
    let created_at = {
        let some_day = now - DAY - dice.below(60 * DAY);
        hours.near(dice, some_day)
    };
    let later = |dice: &mut Dice, from: i64, until: i64| {
        let some_time = from + dice.below(until - from);
        hours.near(dice, some_time).max(from)
    };
    let assigned_at = later(dice, created_at, (created_at + now) / 2);
    let since = if status == status::ASSIGNED { assigned_at } else { later(dice, assigned_at, now) };
    let owner = (status != status::UNASSIGNED).then(|| dice.pick(agents));
    let first_name = dice.pick(&FIRST_NAMES).to_owned();
    DemoLead {
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

fn drawn(dice: &mut Dice) -> i64 {
    let mut throw = dice.below(100);
    for (status, share) in SHARES {
        if throw < share {
            return status;
        }
        throw -= share;
    }
    status::UNASSIGNED
}

/// A number in Delhi (11) that nobody can have, since none begins with India's trunk prefix, 0, behind the area's code.
fn phone(id: i64) -> String {
    format!("+91110{:07}", id % 10_000_000)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use calliyo_domain::phone::e164;

    use super::*;

    #[test]
    fn every_lead_has_a_phone_of_its_own_that_can_be_one() {
        let phones: BTreeSet<_> = (1..=10_000_000).step_by(9_973).chain([9_999_999, 10_000_000]).map(phone).collect();
        assert_eq!(phones.len(), 1_005);
        for phone in phones {
            assert_eq!(e164(&phone, "IN").as_deref(), Ok(phone.as_str()));
        }
    }
}
