use calliyo_domain::{order::Order, user::NewUser, visibility::Customers};

use super::fixtures::*;
use crate::{Db, agents, reports, tasks::Today, team, users};

on_both!(
    an_edit_stores_every_field,
    an_edit_of_what_was_changed_meanwhile_writes_nothing,
    an_edit_keeps_emails_unique,
    listed_searched_and_paged,
    listed_by_each_column,
    numbers_in_names_go_by_their_size,
    found_without_regard_to_accents,
    found_by_phone_and_employee_code,
    a_new_password_is_stored,
    a_password_takes_the_place_of_the_one_that_is_known,
    nobody_signs_in_while_a_password_is_changed
);

fn edited(name: &str, email: &str) -> NewUser {
    NewUser {
        phone: "+919876543210".to_owned(),
        employee_code: "E-7".to_owned(),
        receiving: false,
        ..NewUser::new(name, email, 7).expect("valid")
    }
}

async fn an_edit_stores_every_field(db: &Db) {
    let mut tx = write(db).await;
    let (asha, bela) = (agent(&mut tx, "Asha", 5).await, agent(&mut tx, "Bela", 5).await);
    let before = users::record(&mut tx, bela).await.expect("reads");
    add_leads(&mut tx, &[lead(2, BUSY, Some(asha)), lead(3, INTERESTED, Some(asha)), lead(4, 4, Some(asha))]).await;
    assert!(users::update(&mut tx, asha, 0, &edited("Asha Rao", "Rao@Example.com"), MANAGER).await.expect("updates"));
    let found = users::record(&mut tx, asha).await.expect("reads").expect("Asha");
    assert_eq!(
        found,
        users::Record {
            id: asha,
            version: 1,
            name: "Asha Rao".to_owned(),
            email: "rao@example.com".to_owned(),
            phone: "+919876543210".to_owned(),
            employee_code: "E-7".to_owned(),
            role_id: MANAGER,
            lead_cap: 7,
            receiving: false,
            banned: false,
            load: 1,
            held: 2,
        }
    );
    assert_eq!(users::record(&mut tx, bela).await.expect("reads"), before, "nobody else is touched");
    assert!(!users::update(&mut tx, bela + 1, 0, &edited("C", "c@example.com"), AGENT).await.expect("answers"));
    let added = users::add(&mut tx, &edited("Chand", "chand@example.com"), AGENT, "no hash", NOW).await.expect("added");
    let added = users::record(&mut tx, added).await.expect("reads").expect("Chand");
    assert_eq!((added.phone.as_str(), added.employee_code.as_str(), added.receiving), ("+919876543210", "E-7", false));
}

async fn a_password_takes_the_place_of_the_one_that_is_known(db: &Db) {
    let mut tx = write(db).await;
    let asha = agent(&mut tx, "Asha", 5).await;
    users::set_password(&mut tx, asha, "first").await.expect("sets");
    assert!(users::replace_password(&mut tx, asha, "first", "second").await.expect("replaces"));
    assert!(!users::replace_password(&mut tx, asha, "first", "third").await.expect("answers"), "somebody was first");
    assert_eq!(users::by_id(&mut tx, asha).await.expect("reads").expect("Asha").password_hash, "second");
    assert!(!users::replace_password(&mut tx, asha + 1, "first", "second").await.expect("answers"), "nobody");
}

async fn an_edit_of_what_was_changed_meanwhile_writes_nothing(db: &Db) {
    let mut tx = write(db).await;
    let asha = agent(&mut tx, "Asha", 5).await;
    assert!(users::update(&mut tx, asha, 0, &edited("Asha Rao", "asha@example.com"), AGENT).await.expect("updates"));
    let stored = users::record(&mut tx, asha).await.expect("reads");
    for version in [0, 2, -1] {
        let late = users::update(&mut tx, asha, version, &edited("Late", "late@example.com"), MANAGER).await;
        assert!(!late.expect("answers"), "version {version}");
    }
    assert_eq!(users::record(&mut tx, asha).await.expect("reads"), stored);
    users::ban(&mut tx, asha).await.expect("bans");
    users::set_password(&mut tx, asha, "another hash").await.expect("sets");
    let record = users::record(&mut tx, asha).await.expect("reads").expect("Asha");
    assert_eq!(record.version, 1, "what the form doesn't hold makes it no other");
}

async fn an_edit_keeps_emails_unique(db: &Db) {
    let mut tx = write(db).await;
    let asha = agent(&mut tx, "Asha", 5).await;
    agent(&mut tx, "Bela", 5).await;
    tx.commit().await.expect("commits");
    let twin = edited("Asha", "BELA@example.com");
    let error = users::update(&mut write(db).await, asha, 0, &twin, AGENT).await.expect_err("taken");
    assert!(error.is_duplicate(), "{error}");
    let own = edited("Asha", "ASHA@example.com");
    assert!(users::update(&mut write(db).await, asha, 0, &own, AGENT).await.expect("one's own is no other's"));
}

async fn listed_searched_and_paged(db: &Db) {
    let mut tx = write(db).await;
    for n in 0..51 {
        agent(&mut tx, &format!("Agent{n:02}"), 5).await;
    }
    let asha = user(&mut tx, "asha_rao", MANAGER, 0).await;
    let names = async |tx: &mut _, search: &str, number| {
        let page = users::page(tx, search, Order::default(), number).await.expect("reads");
        (page.users.into_iter().map(|user| user.name).collect::<Vec<_>>(), page.total)
    };
    let (first, total) = names(&mut tx, "", 0).await;
    assert_eq!((first.len(), first[0].as_str(), total), (50, "Agent00", 52));
    for number in [1, 2, i64::MAX] {
        assert_eq!(names(&mut tx, "", number).await.0, ["Agent50", "asha_rao"], "the last page");
    }
    for search in ["ASHA", "asha_RAO@example", " a_r ", "_"] {
        assert_eq!(names(&mut tx, search, 0).await, (vec!["asha_rao".to_owned()], 1), "{search}");
    }
    for search in ["%", "!", "nobody", "\0nobody"] {
        assert_eq!(names(&mut tx, search, 0).await.1, 0, "{search}");
    }
    let found = &users::page(&mut tx, "asha", Order::default(), 0).await.expect("reads").users[0];
    assert_eq!((found.id, found.role.as_str(), found.tasks, found.receiving), (asha, "Manager", false, true));
}

async fn listed_by_each_column(db: &Db) {
    let mut tx = write(db).await;
    let bela = agent(&mut tx, "bela", 5).await;
    let asha = agent(&mut tx, "Asha", 5).await;
    user(&mut tx, "Mo", MANAGER, 0).await;
    let chand = agent(&mut tx, "Chand", 5).await;
    let leads = [lead(1, BUSY, Some(chand)), lead(2, BUSY, Some(chand)), lead(3, BUSY, Some(asha))];
    add_leads(&mut tx, &leads).await;
    execute(&mut tx, format!("UPDATE users SET receiving = (1 = 0) WHERE id = {asha}")).await.expect("edits");
    users::ban(&mut tx, bela).await.expect("bans");
    for (sort, names) in [
        ("", ["Asha", "bela", "Chand", "Mo"]),
        ("-name", ["Mo", "Chand", "bela", "Asha"]),
        ("role", ["Asha", "bela", "Chand", "Mo"]),
        ("-role", ["Mo", "Asha", "bela", "Chand"]),
        ("queue", ["bela", "Mo", "Asha", "Chand"]),
        ("-queue", ["Chand", "Asha", "bela", "Mo"]),
        ("state", ["Chand", "Asha", "bela", "Mo"]),
        ("-state", ["Mo", "bela", "Asha", "Chand"]),
    ] {
        let page = users::page(&mut tx, "", Order::of_text(sort), 0).await.expect("reads");
        assert_eq!(page.users.iter().map(|user| user.name.as_str()).collect::<Vec<_>>(), names, "{sort}");
    }
}

async fn numbers_in_names_go_by_their_size(db: &Db) {
    let mut tx = write(db).await;
    let sorted = ["Agent 1", "Agent 2", "AGENT 10", "Eda", "Élodie", "emre", "Zoë"];
    let mut ids = Vec::new();
    for (n, name) in sorted.iter().rev().enumerate() {
        // The name of before is nothing to sort by.
        let id = agent(&mut tx, &format!("Before{n}"), 5).await;
        let user = NewUser::new(name, &format!("now{n}@example.com"), 5).expect("valid");
        assert!(users::update(&mut tx, id, 0, &user, AGENT).await.expect("updates"));
        ids.insert(0, id);
    }
    let listed = async |tx: &mut _, sort| {
        let page = users::page(tx, "", Order::of_text(sort), 0).await.expect("reads");
        page.users.into_iter().map(|user| user.name).collect::<Vec<_>>()
    };
    assert_eq!(listed(&mut tx, "").await, sorted);
    assert_eq!(listed(&mut tx, "role").await, sorted);
    assert!(listed(&mut tx, "-name").await.iter().rev().eq(sorted));
    let of = async |tx: &mut _| {
        let agents = agents::list(tx).await.expect("reads").into_iter().map(|agent| agent.id).collect::<Vec<_>>();
        let owners = agents::owners(tx).await.expect("reads").into_iter().map(|owner| owner.id).collect();
        let people = reports::people(tx).await.expect("reads").into_iter().map(|person| person.id).collect();
        let today = Today { begins: 0, now: 1, ends: 2 };
        let team = team::day(tx, Customers::All, today).await.expect("reads").into_iter().map(|day| day.id).collect();
        [agents, owners, people, team]
    };
    assert_eq!(of(&mut tx).await, [ids.clone(), ids.clone(), ids.clone(), ids]);
}

async fn found_without_regard_to_accents(db: &Db) {
    let mut tx = write(db).await;
    agent(&mut tx, "Bela", 5).await;
    let elodie = NewUser {
        employee_code: "Ärger-ß".to_owned(),
        ..NewUser::new("Élodie Łuk", "e@example.com", 5).expect("valid")
    };
    users::add(&mut tx, &elodie, AGENT, "no hash", NOW).await.expect("added");
    for search in ["élodie", "ELODIE", "Élo", "lodie łu", "luk", "arger", "SS", "e@EXAMPLE"] {
        let found = users::page(&mut tx, search, Order::default(), 0).await.expect("reads").users;
        assert_eq!(found.iter().map(|user| user.name.as_str()).collect::<Vec<_>>(), ["Élodie Łuk"], "{search}");
    }
    // Fields don't run into one another.
    assert_eq!(users::page(&mut tx, "luke@", Order::default(), 0).await.expect("reads").total, 0);
}

async fn found_by_phone_and_employee_code(db: &Db) {
    let mut tx = write(db).await;
    agent(&mut tx, "Bela", 5).await;
    users::add(&mut tx, &edited("Asha", "asha@example.com"), AGENT, "no hash", NOW).await.expect("added");
    let found = async |tx: &mut _, search: &str| {
        let page = users::page(tx, search, Order::default(), 0).await.expect("reads");
        page.users.into_iter().map(|user| user.name).collect::<Vec<_>>()
    };
    for search in ["+919876543210", "98765 43210", "098765-43210", "43210", "e-7"] {
        assert_eq!(found(&mut tx, search).await, ["Asha"], "{search}");
    }
    for search in ["98765 43211", "E-8", "+", "00"] {
        assert_eq!(found(&mut tx, search).await, [""; 0], "{search}");
    }
}

async fn a_new_password_is_stored(db: &Db) {
    let mut tx = write(db).await;
    let (asha, bela) = (agent(&mut tx, "Asha", 5).await, agent(&mut tx, "Bela", 5).await);
    assert!(users::set_password(&mut tx, asha, "another hash").await.expect("sets"));
    assert!(!users::set_password(&mut tx, bela + 1, "another hash").await.expect("answers"));
    let hash = async |tx: &mut _, id| users::by_id(tx, id).await.expect("reads").expect("the user").password_hash;
    assert_eq!((hash(&mut tx, asha).await.as_str(), hash(&mut tx, bela).await.as_str()), ("another hash", "no hash"));
}

/// A session of the old password would outlive it otherwise.
async fn nobody_signs_in_while_a_password_is_changed(db: &Db) {
    let mut tx = write(db).await;
    let asha = agent(&mut tx, "Asha", 5).await;
    tx.commit().await.expect("commits");
    let mut change = write(db).await;
    users::set_password(&mut change, asha, "another hash").await.expect("sets");
    if matches!(db, Db::Sqlite { .. }) {
        return;
    }
    // What adding a session takes.
    let lock = format!("SELECT id FROM users WHERE id = {asha} FOR KEY SHARE NOWAIT");
    let refused = execute(&mut write(db).await, lock.clone()).await.expect_err("locked").to_string();
    assert!(refused.contains("could not obtain lock"), "{refused}");
    change.commit().await.expect("commits");
    execute(&mut write(db).await, lock).await.expect("free again");
}
