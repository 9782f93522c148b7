//! The lists and counts whose statements are put together from what somebody asks for.

use calliyo_domain::{lead_order::LeadOrder, search::Search, visibility::Customers};

use super::{super::fixtures::*, Hot, LEADS};
use crate::{
    Page, Tx,
    customers::{self, Query},
    leads::{self, First, LeadFilter, OwnerFilter, first::Asked, sought},
    tasks::{Place, Rank, Stretch, Wanted},
    value::Value,
};

/// Lists and counts of leads, by each filter and by several.
pub fn leads(tx: &Tx) -> Vec<Hot> {
    let mut hot = Vec::new();
    for filter in filters() {
        let asked = filter.asked();
        for order in LeadOrder::ALL {
            let few = asked.iter().copied().filter(|_| asked.len() > 1).map(First::Few);
            for first in few.chain([filter.usual_first(order)]) {
                hot.extend(lists(tx, &filter, order, first));
            }
        }
        for first in asked.iter().copied().map(First::Few).chain([filter.usual_first(LeadOrder::default())]) {
            hot.extend(counted(tx, &filter, first));
        }
    }
    hot
}

const PIPELINE: [i64; 10] = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10];

fn lists(tx: &Tx, filter: &LeadFilter, order: LeadOrder, first: First) -> impl Iterator<Item = Hot> {
    let place = leads::Place { status_since: NOW - 3_612_000, id: LEADS / 2 };
    let pipeline: &[i64] = if order.is_by_status() { &PIPELINE } else { &[] };
    let merges = filter.in_parts(first, pipeline).len() > 1;
    [Page::First, Page::After(place), Page::Before(place)]
        .map(|page| {
            let query = leads::Query { filter: filter.clone(), order, page, limit: 50 };
            let statement = leads::list_statement(tx, &query, first, pipeline);
            of_leads(format!("{query:?}, {first:?}"), first, merges, statement)
        })
        .into_iter()
}

fn counted(tx: &Tx, filter: &LeadFilter, first: First) -> Option<Hot> {
    // Nothing but the limit holds up a count of leads that most leads are among.
    let asks = [
        !filter.tags.is_empty(),
        filter.source.is_some() || filter.import.is_some(),
        filter.search.is_some(),
        !filter.statuses.is_empty(),
    ];
    let what = format!("counted, {filter:?}, {first:?}");
    asks.contains(&true).then(|| of_leads(what, first, false, leads::count_statement(tx, filter, first, 50)))
}

fn of_leads(what: String, first: First, merges: bool, (sql, values): (String, Vec<Value>)) -> Hot {
    let table = if matches!(first, First::Words | First::Few(Asked::Words)) { "lead_words w" } else { "leads l" };
    Hot { what, table, sql, values: literals(&values), filters: true, merges }
}

/// Lists of customers and counts of those that are searched for; all are counted in an index that holds no other leads.
pub fn customers(tx: &Tx) -> Vec<Hot> {
    let mut hot = Vec::new();
    for visible in [Customers::All, Customers::ConvertedBy(7)] {
        for search in [None, Search::of("lead 23")] {
            let table = if search.is_some() { "lead_words w" } else { "leads l" };
            let count = search.as_ref().map(|search| customers::count_statement(tx, visible, Some(search)));
            let after = customers::Place { converted_at: NOW, id: 9_000 };
            let list = customers::list_statement(tx, &Query { visible, search, page: Page::After(after), limit: 50 });
            for (sql, values) in [Some(list), count].into_iter().flatten() {
                let values = literals(&values);
                hot.push(Hot {
                    what: format!("customers, {visible:?}"),
                    table,
                    sql,
                    values,
                    filters: true,
                    merges: false,
                });
            }
        }
    }
    hot
}

/// Stretches of an agent's queue, and the next lead.
pub fn tasks(tx: &Tx) -> Vec<Hot> {
    let after = Place { rank: Rank::Today, due: NOW - 3_000, since: NOW - 3_612_000, id: LEADS / 2 };
    let found = Some(sought(&Search::of("lead 23").expect("words"), tx));
    let words = Wanted { found, ..Wanted::default() };
    let besides = Wanted { besides: Some(7), ..Wanted::default() };
    let uncalled = Wanted { uncalled_since: Some(NOW), ..besides.clone() };
    let next_found = Wanted { uncalled_since: Some(NOW), ..words.clone() };
    // SQLite puts what is searched for in order, once it is found.
    let merges = |wanted: &Wanted| matches!(tx, Tx::Postgres(_)) || wanted.found.is_none();
    let queue = [2, 3, BUSY, NOT_PICKED, MISSED];
    let mut hot = Vec::new();
    for stretch in [Stretch::Due { after, before: NOW }, Stretch::Waiting { after }] {
        for wanted in [&Wanted::default(), &words, &besides, &uncalled, &next_found] {
            for statuses in [&queue[..], &queue[..1]] {
                let (sql, values) = stretch.statement(tx, 7, statuses, wanted, 51);
                for table in ["leads l", "calls c"] {
                    hot.push(Hot {
                        what: format!("tasks, {stretch:?}, {wanted:?}"),
                        table,
                        sql: sql.clone(),
                        values: literals(&values),
                        filters: false,
                        merges: statuses.len() > 1 && merges(wanted),
                    });
                }
            }
        }
    }
    hot
}

fn literals(values: &[Value]) -> Vec<String> {
    let literal = |value: &Value| match value {
        Value::Int(value) => value.to_string(),
        Value::Text(text) => format!("'{}'", text.replace('\'', "''")),
    };
    values.iter().map(literal).collect()
}

fn filters() -> Vec<LeadFilter> {
    let all = LeadFilter::default;
    let owners = [OwnerFilter::Anyone, OwnerFilter::Nobody, OwnerFilter::Agent(7)];
    // Unassigned, Assigned, Customer, and one that few leads are on; then several.
    let statuses = [vec![], vec![1], vec![2], vec![4], vec![MISSED], vec![1, 2, MISSED]];
    let mut filters: Vec<_> = statuses
        .iter()
        .flat_map(|statuses| owners.clone().map(|owner| LeadFilter { statuses: statuses.clone(), owner, ..all() }))
        .collect();
    let (tags, source) = (vec!["even".to_owned()], Some("Web".to_owned()));
    let several = vec!["odd".to_owned(), "even".to_owned()];
    let among = |nobody| OwnerFilter::any_of(&[7, 8, 9], nobody);
    filters.extend([
        LeadFilter { tags: tags.clone(), ..all() },
        LeadFilter { source: source.clone(), ..all() },
        LeadFilter { import: Some(7), ..all() },
        LeadFilter { import: Some(7), statuses: vec![1], ..all() },
        LeadFilter { import: Some(7), statuses: (1..=10).collect(), since_at_latest: Some(NOW), ..all() },
        LeadFilter { import: Some(7), search: Search::of("l"), statuses: vec![1, 2], ..all() },
        LeadFilter { since_at_latest: Some(NOW - 3_610_000), statuses: (1..=10).collect(), ..all() },
        LeadFilter { since_at_latest: Some(NOW - 3_610_000), statuses: vec![2], ..all() },
        LeadFilter { since_at_latest: Some(NOW - 3_610_000), owner: OwnerFilter::Agent(7), ..all() },
        LeadFilter { search: Search::of("lead 23"), ..all() },
        LeadFilter { search: Search::of("9000012"), ..all() },
        LeadFilter { search: Search::of("l"), statuses: vec![1, 2], tags: tags.clone(), ..all() },
        LeadFilter { search: Search::of("lead 23"), owner: OwnerFilter::Agent(7), ..all() },
        LeadFilter { search: Search::of("l"), tags: tags.clone(), owner: OwnerFilter::Agent(7), ..all() },
        LeadFilter { source: source.clone(), search: Search::of("l"), statuses: vec![1, 2], ..all() },
        LeadFilter { source: source.clone(), statuses: (1..=10).collect(), since_at_latest: Some(NOW), ..all() },
        LeadFilter { source: source.clone(), statuses: vec![2], since_at_latest: Some(NOW), ..all() },
        LeadFilter { source, tags, owner: OwnerFilter::Nobody, since_at_latest: Some(NOW), ..all() },
        LeadFilter { tags: several.clone(), ..all() },
        LeadFilter { tags: several.clone(), statuses: vec![1, 2], ..all() },
        LeadFilter { tags: several.clone(), search: Search::of("l"), ..all() },
        LeadFilter { owner: among(false), ..all() },
        LeadFilter { owner: among(true), ..all() },
        LeadFilter { owner: among(false), statuses: vec![2, MISSED], ..all() },
        LeadFilter { owner: among(true), tags: several, search: Search::of("l"), ..all() },
        LeadFilter { owner: among(false), since_at_latest: Some(NOW), statuses: vec![2, MISSED], ..all() },
        LeadFilter { only: Some(vec![5, 6, 7]), ..all() },
        LeadFilter { customers: Customers::ConvertedBy(7), ..all() },
        LeadFilter { customers: Customers::ConvertedBy(7), statuses: vec![4], ..all() },
        LeadFilter { customers: Customers::ConvertedBy(7), owner: OwnerFilter::Agent(7), ..all() },
    ]);
    filters
}
