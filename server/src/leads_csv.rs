//! Reads a CSV file of leads: columns FirstName, LastName, Phone, Email, Status and Tags in any order and case.

use calliyo_db::import::Incoming;
use calliyo_domain::{
    import::BadRow,
    lead::{NewLead, phone},
    spreadsheet::text,
    status::{self, Status},
};
use csv::{ReaderBuilder, StringRecord};

/// The file as a whole can't be read.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub enum FileError {
    #[error("line {0} is not UTF-8: save the file as CSV UTF-8 and try again")]
    NotUtf8(usize),
    #[error("the file is empty: the first line must name the columns, {COLUMNS}")]
    Empty,
    #[error("the first line must name the columns, {COLUMNS}; it has no column {0}")]
    NoColumn(&'static str),
    #[error("the first line names the column {0} twice")]
    Twice(&'static str),
}

const COLUMNS: &str = "FirstName and Phone at least, and LastName, Email, Status and Tags where there are any";

/// What a file holds.
#[derive(Debug, Default)]
pub struct Parsed {
    pub leads: Vec<Incoming>,
    pub bad: Vec<BadRow>,
}

struct Header {
    first_name: usize,
    phone: usize,
    last_name: Option<usize>,
    email: Option<usize>,
    status: Option<usize>,
    tags: Option<usize>,
}

impl Header {
    /// What a row holds, in the order of [`calliyo_domain::import::COLUMNS`].
    fn cells(&self, record: &StringRecord) -> Vec<String> {
        [Some(self.first_name), self.last_name, Some(self.phone), self.email, self.status, self.tags]
            .map(|at| at.and_then(|at| record.get(at)).unwrap_or_default().to_owned())
            .into()
    }
}

/// How many rows a file has, the header aside.
#[must_use]
pub fn rows(bytes: &[u8]) -> usize {
    ReaderBuilder::new().flexible(true).from_reader(bytes).byte_records().count()
}

/// Reads `bytes`; phones in plain digits are of `country`, statuses are looked up by name among `statuses`.
///
/// # Errors
/// Says what is wrong with the file as a whole; single bad rows are in the result.
pub fn parse(bytes: &[u8], country: &str, statuses: &[Status]) -> Result<Parsed, FileError> {
    let text = std::str::from_utf8(bytes)
        .map_err(|e| FileError::NotUtf8(bytes[..e.valid_up_to()].iter().filter(|byte| **byte == b'\n').count() + 1))?;
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let mut reader = ReaderBuilder::new().flexible(true).from_reader(text.as_bytes());
    let names = reader.headers().cloned().unwrap_or_default();
    let header = header(&names)?;
    let mut parsed = Parsed::default();
    for record in reader.records() {
        // Of the reader's errors only broken UTF-8 could occur, and that was looked for.
        let Ok(record) = record else { continue };
        let line = record.position().map_or(0, csv::Position::line);
        match row(&record, &names, &header, country, statuses) {
            Ok(lead) => parsed.leads.push(lead),
            Err(reason) => parsed.bad.push(BadRow { line, reason, cells: header.cells(&record) }),
        }
    }
    Ok(parsed)
}

fn header(names: &StringRecord) -> Result<Header, FileError> {
    if names.iter().all(|name| name.trim().is_empty()) {
        return Err(FileError::Empty);
    }
    let find = |wanted: &'static str| {
        let mut found = names.iter().enumerate().filter(|(_, name)| name.trim().eq_ignore_ascii_case(wanted));
        match (found.next(), found.next()) {
            (Some(_), Some(_)) => Err(FileError::Twice(wanted)),
            (first, _) => Ok(first.map(|(at, _)| at)),
        }
    };
    Ok(Header {
        first_name: find("FirstName")?.ok_or(FileError::NoColumn("FirstName"))?,
        phone: find("Phone")?.ok_or(FileError::NoColumn("Phone"))?,
        last_name: find("LastName")?,
        email: find("Email")?,
        status: find("Status")?,
        tags: find("Tags")?,
    })
}

fn row(
    record: &StringRecord,
    names: &StringRecord,
    header: &Header,
    country: &str,
    statuses: &[Status],
) -> Result<Incoming, String> {
    if record.len() != names.len() {
        return Err(format!("has {} fields where the header has {}", record.len(), names.len()));
    }
    let field = |at: Option<usize>| text(at.and_then(|at| record.get(at)).unwrap_or_default());
    let (status, why) = starting_status(field(header.status).trim(), statuses)?;
    let number = phone(field(Some(header.phone)), country).map_err(|e| e.message)?;
    let lead = NewLead::new(
        field(Some(header.first_name)),
        field(header.last_name),
        number,
        field(header.email),
        field(header.tags),
    )
    .map_err(|e| e.message)?;
    Ok(Incoming { lead, status, why })
}

/// A lead that nobody owns is Unassigned or a customer (PRODUCT.md, "Leads"); any other status of the pipeline is kept
/// in the words of its first event.
fn starting_status(name: &str, statuses: &[Status]) -> Result<(i64, String), String> {
    if name.is_empty() {
        return Ok((status::UNASSIGNED, "Imported".to_owned()));
    }
    let known = statuses.iter().find(|s| s.name.eq_ignore_ascii_case(name));
    let known = known.ok_or_else(|| format!("Status {name:?} is not one of the pipeline's"))?;
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
        parse(text.as_bytes(), "IN", &pipeline()).expect("a readable file")
    }

    #[test]
    fn header_names_in_any_case_and_order_with_a_byte_order_mark() {
        let parsed = read("\u{feff}phone,FIRSTNAME,tags\n+18725550112,Asha,a;b\n");
        assert_eq!(parsed.bad, []);
        assert_eq!(parsed.leads[0].lead.tags, ["a", "b"]);
    }

    #[test]
    fn bad_rows_are_named_and_the_good_ones_kept() {
        let parsed = read(
            "FirstName,Phone,Status\nAsha,+18725550112,\n,+18725550113,\nRavi,12,\nMina,+18725550114,Lost\nOne\n\nZoe,+18725550115,\n",
        );
        assert_eq!(parsed.leads.len(), 2);
        let bad: Vec<_> = parsed.bad.iter().map(|row| (row.line, row.reason.as_str())).collect();
        assert_eq!(bad[0], (3, "FirstName is required"));
        assert_eq!((bad[1].0, bad[1].1.starts_with("Phone must be")), (4, true));
        assert_eq!(bad[2], (5, "Status \"Lost\" is not one of the pipeline's"));
        assert_eq!(bad[3], (6, "has 1 fields where the header has 3"));
        assert_eq!(parsed.bad[2].cells, ["Mina", "", "+18725550114", "", "Lost", ""]);
        assert_eq!(parsed.bad[3].cells, ["One", "", "", "", "", ""]);
    }

    #[test]
    fn rows_are_counted_as_they_are_read() {
        assert_eq!(rows(b""), 0);
        assert_eq!(rows(b"FirstName,Phone\n\"As\nha\",1\n\nRavi,2,3\nMina"), 3);
    }

    #[test]
    fn a_phone_that_was_kept_from_a_spreadsheet_is_read() {
        assert_eq!(read("FirstName,Phone\nAsha,'+18725550112\n").leads[0].lead.phone, "+18725550112");
    }

    #[test]
    fn what_a_download_defused_is_read_as_it_was() {
        let lead = read("FirstName,LastName,Phone,Tags\n'=1+1,'@home,+18725550112,'-1;=2\n").leads.remove(0).lead;
        assert_eq!((lead.first_name.as_str(), lead.last_name.as_str()), ("=1+1", "@home"));
        assert_eq!(lead.tags, ["-1", "=2"]);
    }

    #[test]
    fn a_status_that_needs_an_owner_is_kept_in_words() {
        let parsed = read("FirstName,Phone,Status\nAsha,+18725550112,not picked\nRavi,+18725550113,Customer\n");
        assert_eq!((parsed.leads[0].status, parsed.leads[0].why.as_str()), (1, "Imported; the file says Not Picked"));
        assert_eq!(parsed.leads[1].status, 4);
    }

    #[test]
    fn the_file_as_a_whole_can_be_wrong() {
        let error = |bytes: &[u8]| parse(bytes, "IN", &pipeline()).expect_err("an unreadable file");
        assert_eq!(error(b""), FileError::Empty);
        assert_eq!(error(b"FirstName,Phone\nAsha,+1\n\xff,\n"), FileError::NotUtf8(3));
        assert_eq!(error(b"Asha,+18725550112\n"), FileError::NoColumn("FirstName"));
        assert_eq!(error(b"FirstName,Phone,phone\n"), FileError::Twice("Phone"));
    }
}
