//! Reads a CSV file of leads. What each column is was chosen, or is what its name says.

mod table;

use std::collections::HashMap;

use calliyo_db::{Tx, import::Incoming, lead_fields};
use calliyo_domain::{
    import::{BadRow, Column, Mapping},
    lead::NewLead,
    phone, spreadsheet,
    status::{self, Status},
};
use csv::StringRecord;

pub use table::{FileError, Table};

/// What a file holds.
#[derive(Debug, Default)]
pub struct Parsed {
    pub leads: Vec<Incoming>,
    /// Where each of the leads stands in the file, in the same order.
    pub places: Vec<Place>,
    pub bad: Vec<BadRow>,
    /// Rows to be settled.
    doubtful: Vec<Doubtful>,
}

/// A row whose phone is written as phones are stored, though no country has such a number: it is bad, unless a lead has
/// the phone all the same.
#[derive(Debug)]
struct Doubtful {
    lead: Incoming,
    place: Place,
    bad: BadRow,
}

/// Where a lead stands in the file.
#[derive(Debug)]
pub struct Place {
    pub line: u64,
    /// The status, as the file has it.
    pub status: String,
}

impl Parsed {
    /// What the row of a lead holds, in the order of [`Column::ALL`]: the phone in E.164, the status as in the file.
    #[must_use]
    pub fn cells(&self, lead: usize) -> Vec<String> {
        let (Some(Incoming { lead, .. }), Some(place)) = (self.leads.get(lead), self.places.get(lead)) else {
            return Vec::new();
        };
        let NewLead { first_name, last_name, phone, email, tags } = lead.clone();
        vec![first_name, last_name, phone, email, place.status.clone(), tags.join(";")]
    }

    /// Takes the rows that are in doubt as duplicates of the leads that are there, and as bad where none is.
    ///
    /// # Errors
    /// Where the database can't be asked.
    pub async fn settle(&mut self, tx: &mut Tx) -> calliyo_db::Result<()> {
        if self.doubtful.is_empty() {
            return Ok(());
        }
        let phones: Vec<_> = self.doubtful.iter().map(|row| row.lead.lead.phone.as_str()).collect();
        let there = lead_fields::by_phones(tx, &phones).await?;
        self.settle_by(&there);
        Ok(())
    }

    fn settle_by(&mut self, there: &HashMap<String, i64>) {
        let is_there = |row: &Doubtful| there.contains_key(&row.lead.lead.phone);
        let (known, unknown): (Vec<_>, Vec<_>) = std::mem::take(&mut self.doubtful).into_iter().partition(is_there);
        let mut rows: Vec<_> = std::mem::take(&mut self.leads).into_iter().zip(self.places.drain(..)).collect();
        rows.extend(known.into_iter().map(|row| (row.lead, row.place)));
        rows.sort_by_key(|(_, place)| place.line);
        (self.leads, self.places) = rows.into_iter().unzip();
        self.bad.extend(unknown.into_iter().map(|row| row.bad));
        self.bad.sort_by_key(|row| row.line);
    }
}

/// Reads `bytes`; without a mapping the columns are what their names say. Phones in plain digits are of `country`,
/// statuses are looked up by name among `statuses`.
///
/// # Errors
/// Says what is wrong with the file as a whole; single bad rows are in the result, to be settled ([`Parsed::settle`]).
pub fn parse(bytes: &[u8], mapping: Option<&Mapping>, country: &str, statuses: &[Status]) -> Result<Parsed, FileError> {
    let mut table = Table::open(bytes)?;
    let names = table.names.clone();
    let mapping = mapping.map_or_else(|| by_name(&names), |mapping| Ok(mapping.clone()))?;
    let places = Column::ALL.map(|column| mapping.place(column));
    let mut parsed = Parsed::default();
    for (line, record) in table.rows() {
        let cells = places.map(|at| at.and_then(|at| record.get(at)).unwrap_or_default());
        let read = if record.len() == names.len() {
            row(cells, country, statuses)
        } else {
            Err(format!("The row has {} where the first line has {}.", fields(record.len()), fields(names.len())))
        };
        let place = Place { line, status: cells[4].to_owned() };
        let bad = |reason| BadRow { line, reason, cells: cells.map(str::to_owned).into() };
        match read {
            Ok((lead, None)) => {
                parsed.leads.push(lead);
                parsed.places.push(place);
            }
            Ok((lead, Some(doubt))) => parsed.doubtful.push(Doubtful { lead, place, bad: bad(doubt) }),
            Err(reason) => parsed.bad.push(bad(reason)),
        }
    }
    Ok(parsed)
}

fn fields(n: usize) -> String {
    if n == 1 { "1 field".to_owned() } else { format!("{n} fields") }
}

/// What the columns' names say.
fn by_name(names: &StringRecord) -> Result<Mapping, FileError> {
    for column in Column::ALL {
        if names.iter().filter(|name| name.trim().eq_ignore_ascii_case(column.name())).count() > 1 {
            return Err(FileError::Twice(column.name()));
        }
    }
    let mapping = Mapping::guess(names);
    for column in [Column::FirstName, Column::Phone] {
        mapping.place(column).ok_or(FileError::NoColumn(column.name()))?;
    }
    Ok(mapping)
}

/// Reads a row's cells, which are in the order of [`Column::ALL`]; gives what is wrong with the phone where it is written
/// as phones are stored.
fn row(cells: [&str; 6], country: &str, statuses: &[Status]) -> Result<(Incoming, Option<String>), String> {
    let cells = cells.map(spreadsheet::text);
    let [first_name, last_name, number, email, status, tags] = cells.each_ref().map(AsRef::as_ref);
    let (status, why) = starting_status(status, statuses)?;
    let (number, doubt) = match phone::e164(number, country) {
        Ok(number) => (number, None),
        Err(invalid) if phone::is_stored_so(number.trim()) => (number.trim().to_owned(), Some(invalid.message)),
        Err(invalid) => return Err(invalid.message),
    };
    let lead = NewLead::new(first_name, last_name, number, email, tags).map_err(|e| e.message)?;
    Ok((Incoming { lead, status, why }, doubt))
}

/// A lead that nobody owns is Unassigned or a customer (PRODUCT.md, "Leads"); any other status of the pipeline is kept
/// in the words of its first event.
fn starting_status(name: &str, statuses: &[Status]) -> Result<(i64, String), String> {
    if spreadsheet::is_blank(name) {
        return Ok((status::UNASSIGNED, "Imported".to_owned()));
    }
    let known = status::named(name, statuses);
    let known = known.ok_or_else(|| format!("The status {name:?} is not one of the pipeline's."))?;
    Ok(match known.id {
        status::UNASSIGNED | status::CUSTOMER => (known.id, "Imported".to_owned()),
        _ => (status::UNASSIGNED, format!("Imported; the file says {}", known.name)),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pipeline() -> Vec<Status> {
        [(1, "Unassigned"), (8, "Not Picked"), (4, "Customer")]
            .into_iter()
            .map(|(id, name)| Status { id, name: name.to_owned(), on_queue: false })
            .collect()
    }

    fn read(text: &str) -> Parsed {
        parse(text.as_bytes(), None, "IN", &pipeline()).expect("a readable file")
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
        assert_eq!(bad[3], (6, "The row has 1 field where the first line has 3 fields."));
        assert_eq!(parsed.bad[2].cells, ["Mina", "", "+18725550114", "", "Lost", ""]);
        assert_eq!(parsed.bad[3].cells, ["One", "", "", "", "", ""]);
    }

    #[test]
    fn columns_are_what_was_chosen() {
        let file = b"Who,Call,Note,Stage\nAsha,98765 43210,x,\nRavi,12,y,\n";
        let mapping = Mapping::read("first_name,phone,tags,ignore");
        let parsed = parse(file, Some(&mapping), "IN", &pipeline()).expect("a readable file");
        assert_eq!((parsed.leads.len(), parsed.places[0].line), (1, 2));
        assert_eq!(parsed.cells(0), ["Asha", "", "+919876543210", "", "", "x"]);
        assert_eq!(parsed.bad[0].cells, ["Ravi", "", "12", "", "", "y"]);
        assert!(parsed.cells(1).is_empty());
    }

    #[test]
    fn a_phone_as_it_is_stored_is_a_duplicate_where_a_lead_has_it() {
        let mut parsed = read(
            "FirstName,Phone\nA,+18725550112\nB,+999000000001\nC,+999 000 000 002\nD,+999000000003\nE,+18725550113\n",
        );
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
        let error = |bytes: &[u8]| parse(bytes, None, "IN", &pipeline()).expect_err("an unreadable file");
        assert_eq!(error(b""), FileError::Empty);
        assert_eq!(error(b"FirstName,Phone\nAsha,+1\n\xff,\n"), FileError::NotUtf8(3));
        assert_eq!(error(b"Asha,+18725550112\n"), FileError::NoColumn("FirstName"));
        assert_eq!(error(b"FirstName,Phone,phone\n"), FileError::Twice("Phone"));
    }
}
