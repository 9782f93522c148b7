use calliyo_domain::{
    search::Search,
    status::{CUSTOMER, UNASSIGNED},
    visibility::Customers,
};

use super::fixtures::*;
use crate::{
    Db, Page, Tx,
    customers::{self, Customer, Place, Query},
};

on_both!(
    each_sees_what_they_may,
    pages_cover_everything_once,
    search_finds_names_phones_and_emails,
    rows_say_what_is_stored,
    what_is_no_customer_is_not_there,
);

/// The customers 1 to 60: converted by Asha, Bela and nobody in turn, many at the same time. Asha's 1 and 7 are Bela's
/// now.
async fn some_customers(tx: &mut Tx) -> (i64, i64) {
    let (asha, bela) = (agent(tx, "Asha", 50).await, agent(tx, "Bela", 50).await);
    let customers: Vec<_> = (1..=60)
        .map(|id| {
            let mut lead = lead(id, CUSTOMER, [None, Some(asha), Some(bela)][(id % 3) as usize]);
            lead.since = NOW - id * 17 % 5 * 1_000;
            lead
        })
        .collect();
    add_leads(tx, &customers).await;
    add_leads(tx, &[lead(61, BUSY, Some(asha)), lead(62, UNASSIGNED, None)]).await;
    execute(tx, format!("UPDATE leads SET owner_id = {bela} WHERE id IN (1, 7)")).await.expect("reassigns");
    (asha, bela)
}

fn everything(visible: Customers) -> Query {
    Query { visible, search: None, page: Page::First, limit: 1_000 }
}

fn ids(page: &[Customer]) -> Vec<i64> {
    page.iter().map(|customer| customer.id).collect()
}

async fn listed(tx: &mut Tx, query: &Query) -> Vec<i64> {
    ids(&customers::list(tx, query).await.expect("lists"))
}

async fn each_sees_what_they_may(db: &Db) {
    let mut tx = write(db).await;
    let (asha, bela) = some_customers(&mut tx).await;
    let of = |rest: i64| (1..=60).filter(|id| id % 3 == rest).collect::<Vec<_>>();
    for (visible, expected) in [
        (Customers::All, (1..=60).collect()),
        (Customers::ConvertedBy(asha), of(1)),
        (Customers::ConvertedBy(bela), of(2)),
        (Customers::ConvertedBy(99), vec![]),
    ] {
        let mut seen = listed(&mut tx, &everything(visible)).await;
        seen.sort_unstable();
        assert_eq!(seen, expected, "{visible:?}");
        assert_eq!(customers::count(&mut tx, visible, None).await.expect("counts"), expected.len() as i64);
        let search = Search::of("lead");
        assert_eq!(customers::count(&mut tx, visible, search.as_ref()).await.expect("counts"), expected.len() as i64);
        assert_eq!(listed(&mut tx, &Query { search, ..everything(visible) }).await.len(), expected.len());
        for id in 1..=62 {
            let one = customers::get(&mut tx, visible, id).await.expect("reads");
            assert_eq!(one.is_some(), expected.contains(&id), "{visible:?} {id}");
        }
    }
}

async fn pages_cover_everything_once(db: &Db) {
    let mut tx = write(db).await;
    let (asha, _) = some_customers(&mut tx).await;
    for visible in [Customers::All, Customers::ConvertedBy(asha)] {
        for search in [None, Search::of("Lead")] {
            let whole = Query { search, ..everything(visible) };
            let all = customers::list(&mut tx, &whole).await.expect("lists");
            let searched = whole.search.is_some();
            let order = |customer: &Customer| (if searched { 0 } else { -customer.converted_at }, -customer.id);
            assert!(all.is_sorted_by_key(order), "newest conversion first, or newest lead");
            let (mut page, mut seen) = (Page::First, Vec::new());
            loop {
                let query = Query { page, limit: 7, ..whole.clone() };
                let found = customers::list(&mut tx, &query).await.expect("lists");
                assert!(found.len() <= 7 && seen.len() <= all.len());
                seen.extend(ids(&found));
                let place = |customer: &Customer| Place { converted_at: customer.converted_at, id: customer.id };
                if let (Page::After(_), Some(first)) = (page, found.first()) {
                    let back = Query { page: Page::Before(place(first)), ..query };
                    let end = seen.len() - found.len();
                    assert_eq!(listed(&mut tx, &back).await, seen[end - 7..end], "the page before");
                }
                let Some(last) = found.last() else { break };
                page = Page::After(place(last));
            }
            assert_eq!(seen, ids(&all));
        }
    }
}

async fn search_finds_names_phones_and_emails(db: &Db) {
    let mut tx = write(db).await;
    let mut people = [1, 2, 3].map(|id| lead(id, CUSTOMER, None));
    for (person, (first, last, phone, email)) in people.iter_mut().zip([
        ("Asha", "Rão", "+919876543210", "asha@example.com"),
        ("100%", "", "+442079460018", "info@example.com"),
        ("Élodie", "D_rao", "+33123456789", ""),
    ]) {
        (person.first_name, person.last_name) = (first.to_owned(), last.to_owned());
        (person.phone, person.email) = (phone.to_owned(), email.to_owned());
    }
    add_leads(&mut tx, &people).await;
    let owner = agent(&mut tx, "Asha", 50).await;
    for (typed, expected) in [
        ("asha", vec![1]),
        ("  ASHA rão ", vec![1]),
        ("asha r", vec![1]),
        ("ha r", vec![]),
        ("EXAMPLE.com", vec![2, 1]),
        ("info@", vec![2]),
        ("%", vec![]),
        ("100%", vec![2]),
        ("élo", vec![3]),
        ("ELO", vec![3]),
        ("98765 43210", vec![1]),
        ("09876-543210", vec![1]),
        ("+44 (20) 7946", vec![2]),
        ("0044 2079", vec![2]),
        ("+", vec![]),
        ("0", vec![]),
        ("asha 98765", vec![1]),
        ("bela 98765", vec![]),
        ("' OR 1=1 --", vec![]),
    ] {
        let query = Query { search: Search::of(typed), ..everything(Customers::All) };
        let mut found = listed(&mut tx, &query).await;
        found.sort_unstable_by(|a, b| b.cmp(a));
        assert_eq!(found, expected, "{typed:?}");
        let counted = customers::count(&mut tx, Customers::All, query.search.as_ref()).await.expect("counts");
        assert_eq!(counted, expected.len() as i64, "{typed:?}");
    }
    add_leads(&mut tx, &[lead(4, BUSY, Some(owner))]).await;
    let leads = Query { search: Search::of("lead"), ..everything(Customers::All) };
    assert!(listed(&mut tx, &leads).await.is_empty(), "leads are found elsewhere");
}

async fn rows_say_what_is_stored(db: &Db) {
    let mut tx = write(db).await;
    let (asha, bela) = (agent(&mut tx, "Asha", 50).await, agent(&mut tx, "Bela", 50).await);
    let customer = lead(1, CUSTOMER, Some(asha));
    add_leads(&mut tx, &[customer.clone(), lead(2, CUSTOMER, None)]).await;
    execute(&mut tx, format!("UPDATE leads SET owner_id = {bela} WHERE id = 1")).await.expect("reassigns");
    let expected = Customer {
        id: 1,
        first_name: customer.first_name,
        last_name: String::new(),
        phone: customer.phone,
        email: String::new(),
        source: "Demo".to_owned(),
        converter: Some("Asha".to_owned()),
        converted_at: customer.since,
        owner: Some("Bela".to_owned()),
        created_at: customer.created_at,
    };
    assert_eq!(customers::get(&mut tx, Customers::All, 1).await.expect("reads"), Some(expected));
    let nobodys = customers::get(&mut tx, Customers::All, 2).await.expect("reads").expect("is there");
    assert_eq!((nobodys.converter, nobodys.owner), (None, None));
}

async fn what_is_no_customer_is_not_there(db: &Db) {
    let mut tx = write(db).await;
    let (asha, _) = some_customers(&mut tx).await;
    // Whoever converted it: it is a lead again.
    execute(&mut tx, "UPDATE leads SET status_id = 2, converted_at = NULL WHERE id = 4").await.expect("moves");
    for visible in [Customers::All, Customers::ConvertedBy(asha)] {
        assert!(!listed(&mut tx, &everything(visible)).await.contains(&4));
        assert_eq!(customers::get(&mut tx, visible, 4).await.expect("reads"), None);
    }
    assert_eq!(customers::count(&mut tx, Customers::All, None).await.expect("counts"), 59);
}
