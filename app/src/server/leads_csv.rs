//! Reads a CSV file of leads. What each column is was chosen, or is what its name says.

use calliyo_db::import::Incoming;
use calliyo_domain::{
    Invalid,
    import::{BadRow, Column, FIELD, Mapping, no_columns},
    lead::NewLead,
    phone, spreadsheet,
    status::{self, Status},
};
use csv::{Reader, ReaderBuilder, StringRecord};

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

impl From<FileError> for Invalid {
    fn from(error: FileError) -> Self {
        match error {
            FileError::NotUtf8(line) => Self::new(
                FIELD,
                format!("Line {line} of the file is not UTF-8. Save it as CSV UTF-8 and choose it again."),
            ),
            FileError::Empty | FileError::NoColumn(_) | FileError::Twice(_) => no_columns(),
        }
    }
}

/// What a file holds.
#[derive(Debug, Default)]
pub struct Parsed {
    pub leads: Vec<Incoming>,
    /// Where each of the leads stands in the file, in the same order.
    pub places: Vec<Place>,
    pub bad: Vec<BadRow>,
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
}

/// A file whose columns are named.
pub struct Table<'a> {
    /// What the columns are called.
    pub names: StringRecord,
    reader: Reader<&'a [u8]>,
}

impl<'a> Table<'a> {
    /// Reads the first line.
    ///
    /// # Errors
    /// Where the file is no UTF-8, or names no columns.
    pub fn open(bytes: &'a [u8]) -> Result<Self, FileError> {
        let line = |valid: usize| bytes[..valid].iter().filter(|byte| **byte == b'\n').count() + 1;
        let text = std::str::from_utf8(bytes).map_err(|e| FileError::NotUtf8(line(e.valid_up_to())))?;
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        let mut reader = ReaderBuilder::new().flexible(true).from_reader(text.as_bytes());
        let names = reader.headers().cloned().unwrap_or_default();
        if names.iter().all(|name| name.trim().is_empty()) {
            return Err(FileError::Empty);
        }
        Ok(Self { names, reader })
    }

    /// The rows. Of the reader's errors only broken UTF-8 could occur, and that was looked for.
    pub fn rows(&mut self) -> impl Iterator<Item = StringRecord> {
        self.reader.records().filter_map(Result::ok)
    }
}

/// How many rows a file has, the header aside.
#[must_use]
pub fn rows(bytes: &[u8]) -> usize {
    ReaderBuilder::new().flexible(true).from_reader(bytes).byte_records().count()
}

/// Reads `bytes`; without a mapping the columns are what their names say. Phones in plain digits are of `country`,
/// statuses are looked up by name among `statuses`.
///
/// # Errors
/// Says what is wrong with the file as a whole; single bad rows are in the result.
pub fn parse(bytes: &[u8], mapping: Option<&Mapping>, country: &str, statuses: &[Status]) -> Result<Parsed, FileError> {
    let mut table = Table::open(bytes)?;
    let names = table.names.clone();
    let mapping = mapping.map_or_else(|| by_name(&names), |mapping| Ok(mapping.clone()))?;
    let places = Column::ALL.map(|column| mapping.place(column));
    let mut parsed = Parsed::default();
    for record in table.rows() {
        let line = record.position().map_or(0, csv::Position::line);
        let cells = places.map(|at| at.and_then(|at| record.get(at)).unwrap_or_default());
        let read = if record.len() == names.len() {
            row(cells, country, statuses)
        } else {
            Err(format!("The row has {} where the first line has {}.", fields(record.len()), fields(names.len())))
        };
        match read {
            Ok(lead) => {
                parsed.leads.push(lead);
                parsed.places.push(Place { line, status: cells[4].to_owned() });
            }
            Err(reason) => parsed.bad.push(BadRow { line, reason, cells: cells.map(str::to_owned).into() }),
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

/// Reads a row's cells, which are in the order of [`Column::ALL`].
fn row(cells: [&str; 6], country: &str, statuses: &[Status]) -> Result<Incoming, String> {
    let [first_name, last_name, number, email, status, tags] = cells.map(spreadsheet::text);
    let (status, why) = starting_status(status.trim(), statuses)?;
    let number = phone::e164(number, country).map_err(|e| e.message)?;
    let lead = NewLead::new(first_name, last_name, number, email, tags).map_err(|e| e.message)?;
    Ok(Incoming { lead, status, why })
}

/// A lead that nobody owns is Unassigned or a customer (PRODUCT.md, "Leads"); any other status of the pipeline is kept
/// in the words of its first event.
fn starting_status(name: &str, statuses: &[Status]) -> Result<(i64, String), String> {
    if name.is_empty() {
        return Ok((status::UNASSIGNED, "Imported".to_owned()));
    }
    let known = statuses.iter().find(|s| s.name.eq_ignore_ascii_case(name));
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
            "FirstName,Phone,Status\nAsha,+18725550112,\n,+18725550113,\nRavi,12,\nMina,+18725550114,Lost\nOne\n\nZoe,+18725550115,\n",
        );
        assert_eq!(parsed.leads.len(), 2);
        let bad: Vec<_> = parsed.bad.iter().map(|row| (row.line, row.reason.as_str())).collect();
        assert_eq!(bad[0], (3, "The first name is required."));
        assert_eq!((bad[1].0, bad[1].1.starts_with("The phone must be")), (4, true));
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
    fn rows_are_counted_as_they_are_read() {
        assert_eq!(rows(b""), 0);
        assert_eq!(rows(b"FirstName,Phone\n\"As\nha\",1\n\nRavi,2,3\nMina"), 3);
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
