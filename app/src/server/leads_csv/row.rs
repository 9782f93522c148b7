//! What a row of a file says of a lead.

use calliyo_db::import::Incoming;
use calliyo_domain::{
    lead::NewLead,
    phone,
    quoted::quoted,
    spreadsheet,
    status::{self, Status},
};

/// What rows are judged by.
#[derive(Clone, Debug)]
pub struct Judge {
    /// Plain digits are its phones.
    pub country: String,
    /// The pipeline, in which statuses are looked up by name.
    pub statuses: Vec<Status>,
    /// Whether commas belong to tags.
    pub commas_in_tags: bool,
}

/// A row that is good, or may be.
pub struct Judged {
    pub lead: Incoming,
    /// What is wrong with the phone where it is written as phones are stored, though no country has such a number: the
    /// row is bad, unless a lead has the phone all the same.
    pub doubt: Option<String>,
    /// What is wrong with the email, which is left out.
    pub remark: Option<String>,
}

impl Judge {
    /// Reads a row's cells, which are in the order of [`calliyo_domain::import::Column::ALL`].
    pub fn read(&self, cells: [&str; 6]) -> Result<Judged, String> {
        let [first_name, last_name, number, email, status, tags] = cells.map(spreadsheet::text);
        let (status, why) = self.starting_status(status)?;
        let number = dialled(number);
        let (number, doubt) = match phone::e164(number, &self.country) {
            Ok(number) => (number, None),
            Err(invalid) if phone::is_stored_so(number.trim()) => (number.trim().to_owned(), Some(invalid.message)),
            Err(invalid) => return Err(invalid.message),
        };
        let tags = if self.commas_in_tags { tags.to_owned() } else { tags.replace(',', ";") };
        let lead = |email| NewLead::new(first_name, last_name, number.clone(), email, &tags);
        let (lead, remark) = match lead(email) {
            Err(invalid) if invalid.field == "email" => {
                let remark = format!("Imported without the email {}. {}", quoted(email), invalid.message);
                (lead(""), Some(remark))
            }
            lead => (lead, None),
        };
        let lead = lead.map_err(|invalid| invalid.message)?;
        Ok(Judged { lead: Incoming { lead, status, why }, doubt, remark })
    }

    /// A lead that nobody owns is Unassigned or a customer (PRODUCT.md, "Leads"); any other status of the pipeline is
    /// kept in the words of its first event.
    fn starting_status(&self, name: &str) -> Result<(i64, String), String> {
        let seen = seen(name);
        if seen.is_empty() {
            return Ok((status::UNASSIGNED, "Imported".to_owned()));
        }
        let known = self.statuses.iter().find(|status| self::seen(&status.name) == seen);
        let known = known.ok_or_else(|| format!("The status {} is not one of the pipeline's.", quoted(name)))?;
        Ok(match known.id {
            status::UNASSIGNED | status::CUSTOMER => (known.id, "Imported".to_owned()),
            _ => (status::UNASSIGNED, format!("Imported; the file says {}", known.name)),
        })
    }
}

/// A name as it is seen, whatever its case.
fn seen(name: &str) -> String {
    calliyo_domain::quoted::shown(name, usize::MAX).to_lowercase()
}

/// A phone as it is dialled: Facebook's lead ads write `p:` before it.
fn dialled(number: &str) -> &str {
    let number = number.trim_start();
    let marked = number.get(..2).is_some_and(|mark| mark.eq_ignore_ascii_case("p:"));
    if marked { &number[2..] } else { number }
}
