use calliyo_domain::search::Search;

use super::fixtures::*;
use crate::{
    Db, Tx, import,
    leads::{
        self, LeadFilter, Query,
        words::{self, Words},
    },
};

on_both!(
    words_beginning_with_what_is_typed,
    odd_input_is_text,
    phones_with_and_without_country_code,
    what_is_imported_is_found,
    words_as_they_were_written_before,
    a_renamed_lead_is_found_by_its_new_name
);

/// (first name, last name, phone, email), from id 1 on.
const PEOPLE: [(&str, &str, &str, &str); 8] = [
    ("Asha", "Rão", "+919876543210", "asha.rao@example.com"),
    ("Bela", "Sharma", "+919876500000", "Bela@Example.com"),
    ("Élodie", "D'Arc", "+33123456789", ""),
    ("प्रिया", "शर्मा", "+918888888888", ""),
    ("ANDREW", "Or Not", "+442079460018", "near@example.org"),
    ("100%", "under_score", "+18725550112", ""),
    ("🦊", "", "+971501234567", ""),
    ("Straße", "İpek ΟΔΟΣ", "+4930123456", "a+b@x.io"),
];

async fn people(tx: &mut Tx) {
    let leads: Vec<_> = (1..)
        .zip(PEOPLE)
        .map(|(id, (first, last, phone, email))| {
            let mut lead = lead(id, 1, None);
            (lead.first_name, lead.last_name) = (first.to_owned(), last.to_owned());
            (lead.phone, lead.email) = (phone.to_owned(), email.to_owned());
            lead
        })
        .collect();
    add_leads(tx, &leads).await;
}

async fn found(tx: &mut Tx, typed: &str) -> Vec<i64> {
    let filter = LeadFilter { search: Search::of(typed), ..LeadFilter::default() };
    let counted = leads::count_up_to(tx, &filter, 100).await.expect("counts");
    let ids: Vec<_> = leads::list(tx, &Query { filter, limit: 100, ..Query::default() })
        .await
        .expect("lists")
        .iter()
        .map(|lead| lead.id)
        .collect();
    assert_eq!(counted, ids.len() as i64, "{typed:?}");
    ids
}

async fn finds(tx: &mut Tx, cases: &[(&str, &[i64])]) {
    for (typed, expected) in cases {
        assert_eq!(found(tx, typed).await, *expected, "{typed:?}");
    }
}

async fn words_beginning_with_what_is_typed(db: &Db) {
    let mut tx = write(db).await;
    people(&mut tx).await;
    finds(
        &mut tx,
        &[
            ("asha", &[1]),
            ("A", &[8, 5, 3, 1]),
            ("as", &[1]),
            ("sha", &[2]),
            ("ha", &[]),
            ("  RAO   asha ", &[1]),
            ("asha sharma", &[]),
            ("rão", &[1]),
            ("rão asha asha", &[1]),
            ("elod", &[3]),
            ("E\u{301}LO", &[3]),
            ("example.com", &[2, 1]),
            ("asha.rao@exam", &[1]),
            ("bela@", &[2]),
            ("प्रि", &[4]),
            ("शर्मा", &[4]),
            ("stra", &[8]),
            ("ipek", &[8]),
            ("straße", &[8]),
            ("strasse", &[8]),
            ("strasse ipek", &[8]),
            ("οδο", &[8]),
        ],
    )
    .await;
}

async fn odd_input_is_text(db: &Db) {
    let mut tx = write(db).await;
    people(&mut tx).await;
    finds(
        &mut tx,
        &[
            ("", &[8, 7, 6, 5, 4, 3, 2, 1]),
            ("  \t", &[8, 7, 6, 5, 4, 3, 2, 1]),
            ("%", &[]),
            ("\"", &[]),
            ("'", &[]),
            ("*", &[]),
            ("🦊", &[7]),
            ("🐈", &[]),
            (":-)", &[]),
            ("\\", &[]),
            ("\0", &[]),
            ("and", &[5]),
            ("AND", &[5]),
            ("NOT or", &[5]),
            ("asha OR bela", &[]),
            ("asha\" OR \"bela", &[]),
            ("asha' | 'bela", &[]),
            ("asha:*", &[1]),
            ("asha & !bela", &[]),
            ("near(asha, 2)", &[]),
            ("words: asha", &[]),
            ("^asha", &[1]),
            ("{asha}", &[1]),
            ("d'a", &[3]),
            ("darc", &[]),
            ("100%", &[6]),
            ("under_", &[6]),
            ("score", &[6]),
            ("'; DROP TABLE leads; --", &[]),
            ("asha --", &[1]),
        ],
    )
    .await;
    assert!(found(&mut tx, &"a".repeat(10_000)).await.is_empty());
    assert_eq!(found(&mut tx, &"a ".repeat(10_000)).await, [8, 5, 3, 1]);
}

async fn phones_with_and_without_country_code(db: &Db) {
    let mut tx = write(db).await;
    people(&mut tx).await;
    finds(
        &mut tx,
        &[
            ("98765", &[2, 1]),
            ("98765 43210", &[1]),
            ("(98765) 432-10", &[1]),
            ("+91 98765", &[2, 1]),
            ("+919876543210", &[1]),
            ("09876543210", &[1]),
            ("00919876543210", &[1]),
            ("020 7946", &[5]),
            ("872-555-0112", &[6]),
            ("98765\u{a0}432\u{2011}10", &[1]),
            ("+44 (0)20 7946", &[5]),
            ("asha 98765 43210", &[1]),
            ("+91 98765 00000 bela", &[2]),
            ("asha 98765 00000", &[]),
            ("501234567", &[7]),
            ("43210", &[1]),
            ("3210", &[1]),
            ("32 10", &[1]),
            ("०११२", &[6]),
            ("0112", &[6]),
            ("4321", &[]),
            ("210", &[]),
            ("+3210", &[1]),
            ("asha 3210", &[1]),
            ("bela 3210", &[]),
            ("asha 98765-43210", &[1]),
            ("8", &[6, 4]),
            ("+", &[]),
            ("0", &[]),
        ],
    )
    .await;
}

async fn what_is_imported_is_found(db: &Db) {
    let mut tx = write(db).await;
    people(&mut tx).await;
    let batch = [incoming("Asha again", "+919876543210", ""), incoming("Zoë", "+919000000001", "")];
    assert_eq!(import::add(&mut tx, &batch, "CSV", None, NOW, |_| {}).await.expect("adds"), [1]);
    let zoe = number(&mut tx, "SELECT id FROM leads WHERE first_name = 'Zoë'").await;
    finds(&mut tx, &[("zoe", &[zoe]), ("again", &[]), ("9000000001", &[zoe])]).await;
}

/// Leads of before letters were made plain have their words as they were written.
async fn words_as_they_were_written_before(db: &Db) {
    let mut tx = write(db).await;
    people(&mut tx).await;
    let statement = match tx {
        Tx::Sqlite(_) => "INSERT OR REPLACE INTO lead_words (rowid, words) VALUES (8, 'straße')",
        Tx::Postgres(_) => "UPDATE lead_words SET words = array_to_tsvector(ARRAY['straße']) WHERE lead_id = 8",
    };
    execute(&mut tx, statement).await.expect("writes");
    finds(&mut tx, &[("straße", &[8]), ("straß", &[8])]).await;
}

async fn a_renamed_lead_is_found_by_its_new_name(db: &Db) {
    let mut tx = write(db).await;
    people(&mut tx).await;
    execute(&mut tx, "UPDATE leads SET first_name = 'Uma' WHERE id = 2").await.expect("renames");
    let words = [Words::of("Uma", "Sharma", "+919876500000", "", &[]), Words::of("No", "Lead", "+910", "", &[])];
    words::write(&mut tx, &words).await.expect("writes");
    finds(&mut tx, &[("uma", &[2]), ("bela", &[]), ("sharma", &[2]), ("example", &[5, 1]), ("lead", &[])]).await;
}
