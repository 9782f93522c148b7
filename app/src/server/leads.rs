//! Leads as lists: all of them for holders of `management`, their own for agents.

use std::collections::BTreeSet;

use calliyo_db::{
    Page, Tx,
    agents::{self, AgentLoad},
    imports,
    leads::{self, LeadFilter, ListedLead, OwnerFilter, Place, Query},
    statuses, tags,
    users::User,
};
use calliyo_domain::{Invalid, Together as _, lead::full_name, lead_set::LeadSet, search::Search};
use chrono_tz::Tz;

use super::{
    Services, company_time, customers, lead_views,
    part::{Beside, PAGE, begins, cut_beside, numbers, page},
    session,
};
use crate::{
    Fault,
    leads::{Choices, Filter, Found, LeadPage, LeadRow, MOST_ASKED, Owner},
    ui::Moment,
};

/// How far leads are counted.
const COUNTED: i64 = 10_000;

const DAY: i64 = 24 * 60 * 60 * 1000;

/// The most days that a filter may ask for.
const DAYS: i64 = 3650;

/// The longest search, in characters; the page's input takes no more.
pub(super) const TYPED: usize = 200;

pub(crate) async fn list(filter: &Filter, after: &str, before: &str) -> Result<LeadPage, Fault> {
    let services = Services::current()?;
    let user = session::require_user(&services).await?;
    let permissions = user.permissions();
    let mut tx = services.read().await?;
    let zone = company_time::zone(&mut tx).await?;
    let (found, problem) = match seen_by(&mut tx, &user, filter, services.clock.now()).await {
        Ok(meant) => {
            let page = page(after, before, place);
            let query = Query { filter: meant, order: filter.order(), page, limit: PAGE + 1 };
            (find(&mut tx, query, permissions.management).await?, None)
        }
        Err(Fault::Invalid(problem)) => (Listed::default(), Some(problem)),
        Err(fault) => return Err(fault),
    };
    let ids: Vec<i64> = found.leads.iter().map(|lead| lead.id).collect();
    let mut tags = leads::tags(&mut tx, &ids).await?;
    Ok(LeadPage {
        previous: found.beside.previous,
        next: found.beside.next,
        found: Found { set: found.set, ..counted(found.count, COUNTED) },
        rows: found.leads.into_iter().map(|lead| row(lead, &mut tags, zone)).collect(),
        problem,
        choices: choices(&mut tx, &user, filter).await?,
        views: if permissions.management { lead_views::of(&mut tx, &user).await? } else { Vec::new() },
        manages: permissions.management,
        time_zone: zone.name().to_owned(),
    })
}

/// A count that went to one more than `most`.
pub(super) fn counted(count: i64, most: i64) -> Found {
    Found { count: count.min(most), more: count > most, set: None }
}

#[derive(Default)]
struct Listed {
    leads: Vec<ListedLead>,
    beside: Beside,
    /// Up to one more than is counted.
    count: i64,
    /// Which are counted.
    set: Option<LeadSet>,
}

/// With the set of all that match where it is `changed` as a whole, and not too large.
async fn find(tx: &mut Tx, mut query: Query, changed: bool) -> Result<Listed, Fault> {
    let mut counted = leads::list_counted(tx, &query, COUNTED + 1).await?;
    let (mut leads, count) = (std::mem::take(&mut counted.leads), counted.count);
    if begins(&leads, &query.page) {
        query.page = Page::First;
        leads = leads::list(tx, &query).await?;
    }
    let beside = cut_beside(&mut leads, &query.page, |lead| {
        let Place { status_since, id } = lead.place();
        format!("{status_since}.{id}")
    });
    let set = match changed && count <= COUNTED {
        // All of them are on the page.
        true if beside == Beside::default() => Some(LeadSet::of(leads.iter().map(|lead| lead.id))),
        true => Some(leads::set_of_counted(tx, &query.filter, &counted, COUNTED + 1).await?),
        false => None,
    };
    let count = set.map_or(count, |set| set.count as i64);
    Ok(Listed { leads, beside, count, set })
}

/// Where a page goes on or ends, as the address has it: `1778470200000.42`.
fn place(text: &str) -> Option<Place> {
    let (status_since, id) = numbers(text)?;
    Some(Place { status_since, id })
}

/// The leads that a filter means, of those that somebody may see: with `management` all, with `tasks` alone one's own,
/// and of customers only those that Show customer to lets them see. The one lead alone is [`super::calls::may_see`]'s.
pub(super) async fn seen_by(tx: &mut Tx, user: &User, filter: &Filter, now: i64) -> Result<LeadFilter, Fault> {
    let customers = customers::visible(tx, user).await?;
    let mut meant = meant(filter, now)?;
    meant.tags = tags::as_written(tx, &meant.tags).await?;
    let pipeline: BTreeSet<i64> = statuses::list(tx).await?.into_iter().map(|status| status.id).collect();
    let asked: BTreeSet<i64> = meant.statuses.iter().copied().collect();
    // Nothing is on a status that doesn't exist. The time on a status is found status by status.
    meant.statuses = match (asked.is_empty(), meant.since_at_latest) {
        (true, None) => Vec::new(),
        (true, Some(_)) => pipeline.into_iter().collect(),
        (false, _) => asked.intersection(&pipeline).copied().collect(),
    };
    if meant.statuses.is_empty() && !asked.is_empty() {
        meant.only = Some(Vec::new());
    }
    let owner = if user.permissions().management { meant.owner } else { OwnerFilter::Agent(user.id) };
    Ok(LeadFilter { owner, customers, ..meant })
}

/// What a filter says. What can't be read is refused: passed over, it would let leads in that nobody asked for.
pub(super) fn meant(filter: &Filter, now: i64) -> Result<LeadFilter, Invalid> {
    let statuses: Result<Vec<i64>, _> = filter.status.iter().map(|id| id.parse()).collect();
    let statuses = statuses.map_err(|_| Invalid::new("status", "Choose statuses from the list."));
    let days = match filter.days.as_str() {
        "" => Ok(None),
        days => days.parse().ok().filter(|days| (1..=DAYS).contains(days)).map(Some).ok_or_else(|| {
            Invalid::new("days", format!("Days on the status must be a whole number from 1 to {DAYS}."))
        }),
    };
    let import = match filter.import.as_str() {
        "" => Ok(None),
        run => run.parse().map(Some).map_err(|_| Invalid::new("import", "There is no such import.")),
    };
    let fields = (statuses, owners(&filter.owner), asked_tags(&filter.tag), days, import);
    let (statuses, owner, tags, days, import) = fields.together()?;
    let text = |text: &str| (!text.is_empty()).then(|| plain(text));
    let typed: String = filter.q.chars().take(TYPED).collect();
    Ok(LeadFilter {
        statuses,
        owner,
        tags,
        source: text(&filter.source),
        import,
        since_at_latest: days.map(|days| now - days * DAY),
        search: Search::of(&typed),
        ..LeadFilter::default()
    })
}

/// Ids of users, and `none`.
fn owners(asked: &[String]) -> Result<OwnerFilter, Invalid> {
    let few_enough = (asked.len() <= MOST_ASKED).then_some(asked);
    let ids = few_enough
        .map(|asked| asked.iter().filter(|id| *id != "none").map(|id| id.parse()).collect::<Result<Vec<i64>, _>>());
    let mut agents = ids
        .and_then(Result::ok)
        .ok_or_else(|| Invalid::new("owner", format!("Choose owners from the list, {MOST_ASKED} at most.")))?;
    // 7, 07 and +7 are one.
    agents.sort_unstable();
    agents.dedup();
    Ok(OwnerFilter::any_of(&agents, asked.iter().any(|id| id == "none")))
}

fn asked_tags(asked: &[String]) -> Result<Vec<String>, Invalid> {
    if asked.len() > MOST_ASKED {
        return Err(Invalid::new("tag", format!("Choose {MOST_ASKED} tags at most.")));
    }
    Ok(asked.iter().map(|tag| plain(tag)).collect())
}

/// PostgreSQL takes no NUL.
fn plain(text: &str) -> String {
    text.replace('\0', " ")
}

async fn choices(tx: &mut Tx, user: &User, filter: &Filter) -> Result<Choices, Fault> {
    let statuses = statuses::list(tx).await?;
    if !user.permissions().management {
        return Ok(Choices { statuses, ..Choices::default() });
    }
    let agents = agents::owners(tx).await?;
    let visible = customers::visible(tx, user).await?;
    let leads::Choices { tags, sources } = leads::choices(tx, visible).await?;
    let sorted = |mut names: Vec<String>| {
        names.sort_by_cached_key(|name| name.to_lowercase());
        names
    };
    Ok(Choices {
        statuses,
        receivers: agents.iter().filter(|agent| agent.receives).cloned().map(owner).collect(),
        owners: agents.into_iter().map(owner).collect(),
        tags: sorted(tags),
        sources: sorted(sources),
        import: match filter.import.parse() {
            Ok(run) => imports::file(tx, run).await?,
            Err(_) => None,
        },
    })
}

pub(super) fn owner(agent: AgentLoad) -> Owner {
    let AgentLoad { id, name, cap, load, .. } = agent;
    Owner { id, name, load, cap }
}

fn row(lead: ListedLead, tags: &mut std::collections::HashMap<i64, Vec<String>>, zone: Tz) -> LeadRow {
    LeadRow {
        id: lead.id,
        version: lead.version,
        name: full_name(&lead.first_name, &lead.last_name),
        phone: lead.phone,
        email: lead.email,
        status: lead.status,
        status_id: lead.status_id,
        since: Moment::of(lead.status_since, zone),
        owner: lead.owner,
        tags: tags.remove(&lead.id).unwrap_or_default(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_filter_says() {
        let filter = Filter {
            status: vec!["7".to_owned(), "9".to_owned()],
            owner: vec!["none".to_owned()],
            tag: vec!["hot".to_owned(), "cold".to_owned()],
            source: String::new(),
            import: "12".to_owned(),
            days: "3".to_owned(),
            q: "Asha".to_owned(),
            sort: "oldest".to_owned(),
        };
        let expected = LeadFilter {
            statuses: vec![7, 9],
            owner: OwnerFilter::Nobody,
            tags: vec!["hot".to_owned(), "cold".to_owned()],
            source: None,
            import: Some(12),
            since_at_latest: Some(5 * DAY - 3 * DAY),
            search: Search::of("asha"),
            ..LeadFilter::default()
        };
        assert_eq!(meant(&filter, 5 * DAY), Ok(expected));
        assert_eq!(meant(&Filter::default(), 0), Ok(LeadFilter::default()));
    }

    #[test]
    fn what_can_not_be_read_lets_nothing_in() {
        let refused = |filter: Filter| meant(&filter, 0).map(drop).expect_err("refused").field;
        for text in ["x", "-", "1,2", "7 9"] {
            assert_eq!(refused(Filter { status: vec![text.to_owned()], ..Filter::default() }), "status");
            let owner = vec!["7".to_owned(), text.to_owned()];
            assert_eq!(refused(Filter { owner, ..Filter::default() }), "owner");
        }
        let many: Vec<String> = (0..=MOST_ASKED).map(|n| n.to_string()).collect();
        assert_eq!(refused(Filter { owner: many.clone(), ..Filter::default() }), "owner");
        assert_eq!(refused(Filter { tag: many, ..Filter::default() }), "tag");
        for text in ["0", "-1", "3651", "1.5", "soon", "99999999999999999999"] {
            assert_eq!(refused(Filter { days: text.to_owned(), ..Filter::default() }), "days");
        }
    }
}
