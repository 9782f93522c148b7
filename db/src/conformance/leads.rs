use calliyo_domain::{lead_order::LeadOrder, search::Search, status::CUSTOMER, visibility::Customers};
use sqlx::AssertSqlSafe;

use super::fixtures::*;
use crate::{
    Db, Page,
    demo::DemoLead,
    leads::{self, First, LeadFilter, ListedLead, OwnerFilter, Place, Query},
    value::Values,
};

on_both!(
    every_filter_gives_what_it_says,
    filters_together,
    pages_cover_everything_once,
    counts_go_no_further_than_asked,
    a_filter_says_which_leads_to_change
);

const PEOPLE: [&str; 3] = ["Asha", "Bela", "Chand"];

/// Leads on every status, with every owner and with none, in no order.
pub(super) async fn some_leads(db: &Db) -> Vec<DemoLead> {
    let mut tx = write(db).await;
    let mut owners = Vec::new();
    for name in PEOPLE {
        owners.push(agent(&mut tx, name, 50).await);
    }
    let owned = (1..=135).map(|id| lead(id * 7 % 211 + 1, 2 + id * 5 % 9, Some(owners[(id % 2) as usize])));
    let nobodys = (1..=40).map(|id| lead(300 + id, if id % 4 == 0 { 4 } else { 1 }, None));
    let leads: Vec<_> = owned.chain(nobodys).map(|lead| DemoLead { since: since(lead.id), ..lead }).collect();
    add_leads(&mut tx, &leads).await;
    execute(&mut tx, "INSERT INTO lead_tags (lead_id, tag) SELECT id, 'fifth' FROM leads WHERE id % 5 = 0")
        .await
        .expect("adds");
    tx.commit().await.expect("commits");
    leads
}

/// Every fifth has a tag besides its demo's own.
fn tags_of(lead: &DemoLead) -> Vec<&str> {
    let fifth = (lead.id % 5 == 0).then_some("fifth");
    [lead.tag.as_str()].into_iter().chain(fifth).collect()
}

/// Every third came from the web.
pub(super) async fn from_the_web(db: &Db) {
    let mut tx = write(db).await;
    execute(&mut tx, "UPDATE leads SET source = 'Web' WHERE id % 3 = 0").await.expect("changes");
    tx.commit().await.expect("commits");
}

fn filters() -> Vec<LeadFilter> {
    let owners = [
        OwnerFilter::Anyone,
        OwnerFilter::Nobody,
        OwnerFilter::Agent(1),
        OwnerFilter::Agent(3),
        OwnerFilter::any_of(&[1, 2], false),
        OwnerFilter::any_of(&[2, 99], true),
    ];
    let statuses = [vec![]].into_iter().chain((1..=10).map(|status| vec![status])).chain([
        vec![1, 4],
        vec![2, 3, 5, 7],
        vec![99, 8],
        (1..=10).collect(),
    ]);
    let some = LeadFilter { only: Some(vec![3, 14, 15, 92, 65, 35, 9_999, 3]), ..all() };
    statuses
        .flat_map(|statuses| owners.clone().map(|owner| LeadFilter { statuses: statuses.clone(), owner, ..all() }))
        .flat_map(|filter| {
            [Customers::All, Customers::ConvertedBy(2)].map(|customers| LeadFilter { customers, ..filter.clone() })
        })
        .chain([some, LeadFilter { only: Some(vec![]), ..all() }])
        .collect()
}

pub(super) fn all() -> LeadFilter {
    LeadFilter::default()
}

fn wanted(leads: &[DemoLead], filter: &LeadFilter, order: LeadOrder, page: Page<Place>) -> Vec<i64> {
    let source = |lead: &DemoLead| if lead.id % 3 == 0 { "Web" } else { "Demo" };
    let belongs = |lead: &&DemoLead| {
        (filter.statuses.is_empty() || filter.statuses.contains(&lead.status))
            && match &filter.owner {
                OwnerFilter::Anyone => true,
                OwnerFilter::Nobody => lead.owner.is_none(),
                OwnerFilter::Agent(id) => lead.owner == Some(*id),
                OwnerFilter::Among { agents, nobody } => lead.owner.map_or(*nobody, |owner| agents.contains(&owner)),
            }
            && (filter.tags.is_empty() || filter.tags.iter().any(|tag| tags_of(lead).contains(&tag.as_str())))
            && filter.source.as_ref().is_none_or(|asked| asked == source(lead))
            && filter.since_at_latest.is_none_or(|at| lead.since <= at)
            && filter
                .search
                .as_ref()
                .is_none_or(|search| search.words.iter().flatten().all(|word| "lead".starts_with(word)))
            && filter.only.as_ref().is_none_or(|ids| ids.contains(&lead.id))
            && match filter.customers {
                Customers::All => true,
                // Whoever owns a demo's customer has converted it.
                Customers::ConvertedBy(agent) => lead.status != CUSTOMER || lead.owner == Some(agent),
            }
    };
    let key = |Place { status_since, id }: Place| match order {
        LeadOrder::Newest => (0, -id),
        LeadOrder::Oldest => (0, id),
        LeadOrder::Longest => (status_since, id),
        LeadOrder::Latest => (-status_since, -id),
    };
    let mut matching: Vec<_> = leads.iter().filter(belongs).collect();
    matching.sort_unstable_by_key(|lead| key(place(lead)));
    matching.retain(|lead| match page {
        Page::First => true,
        Page::After(after) => key(place(lead)) > key(after),
        Page::Before(before) => key(place(lead)) < key(before),
    });
    matching.into_iter().map(|lead| lead.id).collect()
}

fn place(lead: &DemoLead) -> Place {
    Place { status_since: lead.since, id: lead.id }
}

/// All that match.
fn all_wanted(leads: &[DemoLead], filter: &LeadFilter) -> usize {
    wanted(leads, filter, LeadOrder::Newest, Page::First).len()
}

fn ids(page: &[ListedLead]) -> Vec<i64> {
    page.iter().map(|lead| lead.id).collect()
}

fn query(filter: &LeadFilter, order: LeadOrder, page: Page<Place>) -> Query {
    Query { filter: filter.clone(), order, page, limit: 1_000 }
}

/// The place of a lead that may not be there.
fn at(id: i64) -> Place {
    Place { status_since: since(id), id }
}

/// Several leads at once took their status.
fn since(id: i64) -> i64 {
    NOW - 3_600_000 - id / 4 * 4
}

async fn every_filter_gives_what_it_says(db: &Db) {
    let all = some_leads(db).await;
    let mut tx = read(db).await;
    let mut matched = 0;
    for filter in filters() {
        for (order, page) in [
            (LeadOrder::Newest, Page::First),
            (LeadOrder::Newest, Page::After(at(150))),
            (LeadOrder::Oldest, Page::After(at(1))),
            (LeadOrder::Longest, Page::First),
            (LeadOrder::Longest, Page::After(at(150))),
            (LeadOrder::Latest, Page::Before(at(100))),
        ] {
            let found = ids(&leads::list(&mut tx, &query(&filter, order, page)).await.expect("lists"));
            assert_eq!(found, wanted(&all, &filter, order, page), "{filter:?}, {order:?}, {page:?}");
            matched += usize::from(!found.is_empty());
        }
    }
    assert!(matched > 80, "most filters match something: {matched}");
    assert_eq!(leads::count(&mut tx).await.expect("counts"), all.len() as i64);
}

/// Each combination of tag, source, age and search, with a status and an owner or without.
fn combined() -> Vec<LeadFilter> {
    let texts = |texts: [&str; 2]| [None, Some(texts[0].to_owned()), Some(texts[1].to_owned())];
    let mut combined = Vec::new();
    let asked = [vec![], vec!["even"], vec!["fifth", "even", "nobody has it"]];
    for tags in asked.map(|tags| tags.into_iter().map(str::to_owned).collect::<Vec<_>>()) {
        for source in texts(["Web", "Demo"]) {
            for since_at_latest in [None, Some(NOW - 3_600_000 - 90)] {
                for search in [None, Search::of("LE"), Search::of("other")] {
                    for (statuses, owner) in [
                        (vec![], OwnerFilter::Anyone),
                        (vec![2, 4, 5], OwnerFilter::Anyone),
                        (vec![], OwnerFilter::Agent(2)),
                        (vec![1], OwnerFilter::Nobody),
                        (vec![1, 4, 5], OwnerFilter::any_of(&[2, 3], true)),
                    ] {
                        let (tags, source, search) = (tags.clone(), source.clone(), search.clone());
                        let asked = LeadFilter { statuses, owner, tags, source, since_at_latest, search, ..all() };
                        combined.push(asked);
                    }
                }
            }
        }
    }
    combined
}

async fn filters_together(db: &Db) {
    let all = some_leads(db).await;
    from_the_web(db).await;
    let mut tx = read(db).await;
    let mut matched = 0;
    for filter in combined() {
        for order in LeadOrder::ALL {
            for first in firsts(&filter, order) {
                for page in [Page::First, Page::After(at(150)), Page::Before(at(120))] {
                    let expected = wanted(&all, &filter, order, page);
                    let query = query(&filter, order, page);
                    let found = ids(&leads::list_from(&mut tx, &query, first).await.expect("lists"));
                    assert_eq!(found, expected, "{query:?}, {first:?}");
                    matched += usize::from(!expected.is_empty());
                }
            }
        }
        for first in firsts(&filter, LeadOrder::default()) {
            let counted = leads::count_from(&mut tx, &filter, first, 1_000).await.expect("counts");
            assert_eq!(counted, all_wanted(&all, &filter) as i64, "{filter:?}, {first:?}");
        }
    }
    assert!(matched > 100, "many match something: {matched}");
}

/// All that may be read first.
fn firsts(filter: &LeadFilter, order: LeadOrder) -> Vec<First> {
    filter.asked().into_iter().map(First::Few).chain([filter.usual_first(order)]).collect()
}

async fn pages_cover_everything_once(db: &Db) {
    let all = some_leads(db).await;
    from_the_web(db).await;
    let mut tx = read(db).await;
    for (filter, order) in filters().into_iter().chain(combined()).zip(LeadOrder::ALL.into_iter().cycle()) {
        let expected = wanted(&all, &filter, order, Page::First);
        let (mut page, mut seen) = (Page::First, Vec::new());
        loop {
            let query = Query { limit: 7, ..query(&filter, order, page) };
            let found = leads::list(&mut tx, &query).await.expect("lists");
            assert!(found.len() <= 7 && seen.len() <= all.len(), "{filter:?} goes on and on");
            seen.extend(ids(&found));
            // Back to the page before, and on again.
            if let (Page::After(_), Some(first)) = (page, found.first()) {
                let back = Query { page: Page::Before(first.place()), ..query };
                let before = ids(&leads::list(&mut tx, &back).await.expect("lists"));
                let end = seen.len() - found.len();
                assert_eq!(before, seen[end - 7..end], "{filter:?}, {order:?}");
            }
            let Some(last) = found.last() else { break };
            page = Page::After(last.place());
        }
        assert_eq!(seen, expected, "{filter:?}, {order:?}");
    }
}

async fn counts_go_no_further_than_asked(db: &Db) {
    let leads = some_leads(db).await;
    let mut tx = read(db).await;
    let two = LeadFilter { statuses: vec![1, 4], ..all() };
    for filter in [all(), two] {
        let n = all_wanted(&leads, &filter) as i64;
        for (most, expected) in [(10, 10), (n, n), (10_000, n)] {
            assert_eq!(leads::count_up_to(&mut tx, &filter, most).await.expect("counts"), expected, "{filter:?}");
        }
    }
}

async fn a_filter_says_which_leads_to_change(db: &Db) {
    let all = some_leads(db).await;
    let mut tx = write(db).await;
    for filter in filters().into_iter().chain(combined()).step_by(7) {
        let matching = filter.matching(&tx, vec!["changed".into()]);
        let sql = AssertSqlSafe(format!("UPDATE leads SET email = $1 WHERE id IN ({})", matching.ids()));
        execute(&mut tx, "UPDATE leads SET email = ''").await.expect("changes back");
        on!(&mut tx, conn => sqlx::query_with(sql, Values(matching.values)).execute(conn).await.map(drop))
            .expect("changes");
        let changed = number(&mut tx, "SELECT count(*) FROM leads WHERE email = 'changed'").await;
        // Nothing came from the web here.
        let expected = match filter.source.as_deref() {
            Some("Web") => 0,
            _ => all_wanted(&all, &LeadFilter { source: None, ..filter.clone() }) as i64,
        };
        assert_eq!(changed, expected, "{filter:?}");
    }
}
