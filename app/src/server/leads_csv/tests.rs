use calliyo_domain::status::Status;

use super::*;

fn pipeline() -> Vec<Status> {
    [(1, "Unassigned"), (8, "Not Picked"), (4, "Customer")]
        .into_iter()
        .map(|(id, name)| Status { id, name: name.to_owned(), on_queue: false })
        .collect()
}

pub fn judge() -> Judge {
    Judge::new("IN".to_owned(), pipeline(), false)
}

pub fn read(text: &str) -> Parsed {
    parse(text.as_bytes(), &Reading::default(), None, &judge()).expect("a readable file")
}

pub fn said(text: &str) -> Vec<(u64, String)> {
    read(text).bad.into_iter().map(|row| (row.line, row.reason)).collect()
}

#[test]
fn header_names_in_any_case_and_order_with_a_byte_order_mark() {
    let parsed = read("\u{feff}phone,FIRSTNAME,tags\n+18725550112,Asha,a;b\n");
    assert_eq!(parsed.bad, []);
    assert_eq!(parsed.leads[0].lead.tags, ["a", "b"]);
}

#[test]
fn what_a_download_defused_is_read_as_it_was() {
    let lead = read("FirstName,LastName,Phone,Tags\n'=1+1,'@home,+18725550112,'-1;=2\n").leads.remove(0).lead;
    assert_eq!((lead.first_name.as_str(), lead.last_name.as_str()), ("=1+1", "@home"));
    assert_eq!(lead.tags, ["-1", "=2"]);
}

#[test]
fn bad_rows_are_named_and_the_good_ones_kept() {
    let parsed = read(
        "FirstName,Phone,Status\nAsha,+18725550112,\n,+18725550113,\nRavi,12,\nMina,+18725550114,Lost\nOne\n,,\n\nZoe,+18725550115,\n",
    );
    assert_eq!(parsed.leads.len(), 2);
    let bad: Vec<_> = parsed.bad.iter().map(|row| (row.line, row.reason.as_str())).collect();
    assert_eq!(bad[0], (3, "The first name is required."));
    assert_eq!((bad[1].0, bad[1].1.starts_with("The phone is too short")), (4, true));
    assert_eq!(bad[2], (5, "The status \"Lost\" is not one of the pipeline's."));
    assert_eq!(bad[3].0, 6, "a row whose phone is missing");
    assert_eq!(parsed.bad[2].cells, ["Mina", "+18725550114", "Lost"]);
    assert_eq!(parsed.bad[3].cells, ["One"]);
}

#[test]
fn columns_are_what_was_chosen() {
    let file = b"Who,Call,Note,Stage\nAsha,98765 43210,x,\nRavi,12,y,\n";
    let mapping = Mapping::read("first_name,phone,tags,ignore");
    let parsed = parse(file, &Reading::default(), Some(&mapping), &judge()).expect("a readable file");
    assert_eq!((parsed.leads.len(), parsed.places[0].line), (1, 2));
    assert_eq!(parsed.cells(0), ["Asha", "98765 43210", "x", ""]);
    assert_eq!(parsed.bad[0].cells, ["Ravi", "12", "y", ""]);
    assert!(parsed.cells(1).is_empty());
}

#[test]
fn a_phone_as_it_is_stored_is_a_duplicate_where_a_lead_has_it() {
    let mut parsed =
        read("FirstName,Phone\nA,+18725550112\nB,+999000000001\nC,+999 000 000 002\nD,+999000000003\nE,+18725550113\n");
    parsed.settle_by(&HashMap::from([("+999000000001".to_owned(), 7)]));
    assert_eq!(parsed.places.iter().map(|place| place.line).collect::<Vec<_>>(), [2, 3, 6]);
    assert_eq!(parsed.leads[1].lead.phone, "+999000000001");
    assert_eq!(parsed.bad.iter().map(|row| row.line).collect::<Vec<_>>(), [4, 5]);
    assert!(parsed.bad[1].reason.starts_with("The phone begins with a country code"));
}

#[test]
fn a_phone_that_was_kept_from_a_spreadsheet_is_read() {
    assert_eq!(read("FirstName,Phone\nAsha,'+18725550112\n").leads[0].lead.phone, "+18725550112");
}

#[test]
fn a_status_that_needs_an_owner_is_kept_in_words() {
    let parsed = read("FirstName,Phone,Status\nAsha,+18725550112,not picked\nRavi,+18725550113,Customer\n");
    assert_eq!((parsed.leads[0].status, parsed.leads[0].why.as_str()), (1, "Imported; the file says Not Picked"));
    assert_eq!(parsed.leads[1].status, 4);
}

#[test]
fn the_file_as_a_whole_can_be_wrong() {
    let error = |bytes: &[u8]| parse(bytes, &Reading::default(), None, &judge()).expect_err("an unreadable file");
    assert_eq!(error(b""), FileError::Empty);
    let seems = "\u{ff}".to_owned();
    assert_eq!(error(b"FirstName,Phone\nAsha,+1\n\xff,\n"), FileError::NotUtf8 { line: 3, seems });
    let text = "Asha, +18725550112".to_owned();
    assert_eq!(error(b"\nAsha,+18725550112\n"), FileError::NoNames { line: 2, text, instead: None });
    assert_eq!(error(b"FirstName,City\n"), FileError::NoColumn { line: 1, name: "Phone", instead: None });
    let instead = Some(3);
    assert_eq!(error(b"Name,May\n\nFirstName;Phone\n"), FileError::NoColumn { line: 1, name: "Phone", instead });
    let text = "Leads, May".to_owned();
    assert_eq!(error(b"Leads|May\n\nFirstName,Phone\n"), FileError::NoNames { line: 1, text, instead });
    assert_eq!(error(b"FirstName,Phone,phone\n"), FileError::Twice { line: 1, name: "Phone" });
}

#[test]
fn missing_cells_and_empty_ones_too_many_are_good_and_a_full_one_is_bad() {
    let parsed = read("FirstName,Phone,Tags\nA,+18725550112\nB,+18725550113,,,\u{a0},\nC,+18725550114,,x,9876500000\n");
    assert_eq!(parsed.leads.len(), 2);
    assert_eq!(parsed.bad[0].reason, "The row has 5 cells where 3 columns are named; \"x\" stands beyond them.");
    assert_eq!(parsed.bad[0].cells, ["C", "+18725550114", "", "x", "9876500000"]);
}

#[test]
fn statuses_are_known_as_they_are_seen() {
    for name in ["Not\u{a0}Picked", " Not  Picked ", "not picked\u{200b}", "\u{202a}NOT PICKED\u{202c}"] {
        let parsed = read(&format!("FirstName,Phone,Status\nA,+18725550112,{name}\n"));
        assert_eq!(parsed.leads[0].why, "Imported; the file says Not Picked", "{name:?}");
    }
    let unknown = said("FirstName,Phone,Status\nA,+18725550112,No\u{a0}\u{200b}such\n");
    assert_eq!(unknown[0].1, "The status \"No such\" is not one of the pipeline's.");
    assert_eq!(said("FirstName,Phone,Status\nA,+18725550112,\u{200b}\n"), [], "nothing to be seen");
}

#[test]
fn a_bad_email_costs_no_lead() {
    let parsed = read("FirstName,Phone,Email\nA,+18725550112,nobody at home\nB,+18725550113,b@example.com\n");
    assert_eq!((parsed.leads.len(), parsed.leads[0].lead.email.as_str()), (2, ""));
    let remark = parsed.places[0].remark.as_deref().expect("a remark");
    assert!(remark.starts_with("Imported without the email \"nobody at home\"."), "{remark}");
    assert_eq!(
        (parsed.places[1].remark.as_ref(), parsed.cells(0)),
        (None, vec!["A".to_owned(), "+18725550112".to_owned(), "nobody at home".to_owned()])
    );
}

#[test]
fn commas_separate_tags_or_belong_to_them() {
    let file = "FirstName,Phone,Tags\nA,+18725550112,\"VIP, Hot;new\"\n";
    assert_eq!(read(file).leads[0].lead.tags, ["VIP", "Hot", "new"]);
    let judge = Judge::new("IN".to_owned(), pipeline(), true);
    let parsed = parse(file.as_bytes(), &Reading::default(), None, &judge).expect("reads");
    assert_eq!(parsed.leads[0].lead.tags, ["VIP, Hot", "new"]);
}

#[test]
fn a_column_is_one_and_columns_are_many() {
    let record = Reader::new("a,b", 2, b',').next().expect("a row");
    let said = surplus(&record, 1).expect("too long");
    assert_eq!(said, "The row has 2 cells where 1 column is named; \"b\" stands beyond them.");
}
