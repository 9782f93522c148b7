//! Customers are found by words that no other lead has.

use calliyo_domain::{
    lead::NewLead,
    search::Search,
    status::{ASSIGNED, CUSTOMER, UNASSIGNED},
    visibility::Customers,
};
use sqlx::{AssertSqlSafe, Row as _};

use super::{calls::held, fixtures::*, harness::on_sqlite};
use crate::{
    Db, Page, Tx,
    customers::{self, Place, Query},
    import::{self, Incoming},
    lead_changes::{self, Cause},
    lead_fields,
    leads::changes::{self, Change},
    value::Values,
};

on_both!(
    who_converts_is_found_and_who_turns_back_is_not,
    many_at_once_are_found,
    customers_that_are_imported_are_found,
    a_renamed_customer_is_found_by_the_new_name,
    an_agent_finds_no_other_agents,
    newest_leads_come_first
);

fn query(visible: Customers, typed: &str) -> Query {
    Query { visible, search: Search::of(typed), page: Page::First, limit: 100 }
}

async fn found(tx: &mut Tx, visible: Customers, typed: &str) -> Vec<i64> {
    let query = query(visible, typed);
    let ids: Vec<_> = customers::list(tx, &query).await.expect("lists").iter().map(|customer| customer.id).collect();
    let counted = customers::count(tx, visible, query.search.as_ref()).await.expect("counts");
    assert_eq!(counted, ids.len() as i64, "{typed:?}");
    ids
}

fn by(actor: i64) -> Cause<'static> {
    Cause { actor, at: NOW, why: "By hand" }
}

async fn who_converts_is_found_and_who_turns_back_is_not(db: &Db) {
    let mut tx = write(db).await;
    let (asha, bela) = (agent(&mut tx, "Asha", 9).await, agent(&mut tx, "Bela", 9).await);
    add_leads(&mut tx, &[lead(1, ASSIGNED, Some(asha)), lead(2, BUSY, Some(bela)), lead(3, UNASSIGNED, None)]).await;
    for (status, expected) in [(CUSTOMER, vec![1]), (INTERESTED, vec![]), (CUSTOMER, vec![1])] {
        let before = held(&mut tx, 1).await;
        let to = before.state().taking(status, NOW);
        lead_changes::change(&mut tx, &before, &to, by(asha)).await.expect("changes");
        assert_eq!(found(&mut tx, Customers::All, "lead").await, expected);
        assert_eq!(found(&mut tx, Customers::ConvertedBy(asha), "lead").await, expected);
        assert_eq!(found(&mut tx, Customers::ConvertedBy(bela), "lead").await, Vec::<i64>::new());
        assert_customers_are_marked(&mut tx).await;
    }
    let customer = held(&mut tx, 1).await;
    lead_changes::change(&mut tx, &customer, &customer.state().given_to(bela), by(asha)).await.expect("changes");
    assert_eq!(found(&mut tx, Customers::ConvertedBy(asha), "lead").await, [1], "whoever owns it now");
}

async fn many_at_once_are_found(db: &Db) {
    let mut tx = write(db).await;
    let asha = agent(&mut tx, "Asha", 9).await;
    add_leads(&mut tx, &(1..=4).map(|id| lead(id, BUSY, Some(asha))).collect::<Vec<_>>()).await;
    for (status, expected) in [(CUSTOMER, vec![3, 2, 1]), (INTERESTED, vec![])] {
        let mut changed = Vec::new();
        for id in 1..=3 {
            changed.push(Change::new(id, &held(&mut tx, id).await.state().taking(status, NOW)));
        }
        changes::change(&mut tx, &changed, by(asha)).await.expect("changes");
        assert_eq!(found(&mut tx, Customers::All, "lead").await, expected);
        assert_eq!(found(&mut tx, Customers::ConvertedBy(asha), "lead").await, expected);
        assert_customers_are_marked(&mut tx).await;
    }
}

async fn customers_that_are_imported_are_found(db: &Db) {
    let mut tx = write(db).await;
    let customer = Incoming { status: CUSTOMER, ..incoming("Zoe", "+911", "") };
    import::add(&mut tx, &[customer, incoming("Zoe", "+912", "")], "CSV", None, NOW, |_| {}).await.expect("adds");
    assert_eq!(found(&mut tx, Customers::All, "zoe").await, [1]);
}

async fn a_renamed_customer_is_found_by_the_new_name(db: &Db) {
    let mut tx = write(db).await;
    let asha = agent(&mut tx, "Asha", 9).await;
    add_leads(&mut tx, &[lead(1, CUSTOMER, Some(asha)), lead(2, BUSY, Some(asha))]).await;
    for id in [1, 2] {
        let there = held(&mut tx, id).await;
        let mut fields = lead_fields::of(&mut tx, &there).await.expect("reads");
        fields.lead = NewLead { first_name: "Zoe".to_owned(), ..fields.lead };
        lead_fields::edit(&mut tx, &there, &fields, asha, NOW).await.expect("edits");
    }
    for visible in [Customers::All, Customers::ConvertedBy(asha)] {
        assert_eq!(found(&mut tx, visible, "zoe").await, [1]);
        assert_eq!(found(&mut tx, visible, "lead").await, Vec::<i64>::new());
    }
}

/// The ids of some agents begin those of others.
async fn an_agent_finds_no_other_agents(db: &Db) {
    let mut tx = write(db).await;
    let mut agents = Vec::new();
    for n in 0..12 {
        agents.push(agent(&mut tx, &format!("Agent{n}"), 9).await);
    }
    assert_eq!(agents, (1..=12).collect::<Vec<_>>());
    let customers: Vec<_> = (1..=24).map(|id| lead(id, CUSTOMER, Some(1 + id % 12))).collect();
    add_leads(&mut tx, &customers).await;
    for agent in agents {
        let own: Vec<_> = (1..=24).rev().filter(|id| 1 + id % 12 == agent).collect();
        assert_eq!(found(&mut tx, Customers::ConvertedBy(agent), "lead").await, own);
    }
    for typed in ["\u{e000}", "\u{e000}12"] {
        assert_eq!(found(&mut tx, Customers::ConvertedBy(2), typed).await, Vec::<i64>::new(), "{typed:?}");
    }
}

/// Whenever they converted: the words give that order, and pages go on by the id alone.
async fn newest_leads_come_first(db: &Db) {
    let mut tx = write(db).await;
    add_leads(&mut tx, &(1..=9).map(|id| lead(id, CUSTOMER, None)).collect::<Vec<_>>()).await;
    assert_eq!(found(&mut tx, Customers::All, "lead").await, (1..=9).rev().collect::<Vec<_>>());
    let page = Page::After(Place { converted_at: 0, id: 4 });
    let rest = customers::list(&mut tx, &Query { page, limit: 2, ..query(Customers::All, "lead") }).await;
    assert_eq!(rest.expect("lists").iter().map(|customer| customer.id).collect::<Vec<_>>(), [3, 2]);
}

/// The words come in the order of the list, so that it ends with the page; what had to be sorted would be read first.
#[tokio::test]
async fn sqlite_reads_no_more_customers_than_it_lists() {
    on_sqlite(async |db| {
        let mut tx = read(db).await;
        for visible in [Customers::All, Customers::ConvertedBy(7)] {
            let page = Page::After(Place { converted_at: NOW, id: 9_000 });
            let (sql, values) = customers::list_statement(&tx, &Query { page, ..query(visible, "lead 23") });
            let Tx::Sqlite(tx) = &mut tx else { panic!("SQLite") };
            let explain = AssertSqlSafe(format!("EXPLAIN QUERY PLAN {sql}"));
            let rows = sqlx::query_with(explain, Values(values)).fetch_all(&mut **tx).await.expect("explains");
            let plan: Vec<String> = rows.iter().map(|row| row.get(3)).collect();
            // What follows is done to the page's customers alone.
            let page = plan.iter().position(|line| line.starts_with("SCAN found")).expect("the page");
            let [coroutine, words, leads] = &plan[..page] else { panic!("{plan:?}") };
            assert!(coroutine.starts_with("CO-ROUTINE found"), "{plan:?}");
            assert!(words.starts_with("SCAN w VIRTUAL TABLE INDEX"), "{plan:?}");
            assert!(leads.starts_with("SEARCH l USING INTEGER PRIMARY KEY"), "{plan:?}");
        }
    })
    .await;
}
