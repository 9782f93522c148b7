//! What a row of a file says of a lead.

use std::collections::HashMap;

use calliyo_db::import::Incoming;
use calliyo_domain::{
    lead::NewLead,
    phone,
    quoted::quoted,
    spreadsheet,
    status::{self, Status},
    tags::Commas,
    text,
};

/// What rows are judged by.
#[derive(Clone, Debug)]
pub struct Judge {
    country: String,
    /// The pipeline by the names of its statuses, as they are compared.
    statuses: HashMap<String, Status>,
    commas: Commas,
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
    /// Plain digits are phones of `country`; statuses are those of the pipeline.
    #[must_use]
    pub fn new(country: String, pipeline: Vec<Status>, commas_in_tags: bool) -> Self {
        let statuses = pipeline.into_iter().map(|status| (text::key(&status.name), status)).collect();
        let commas = if commas_in_tags { Commas::Belong } else { Commas::Separate };
        Self { country, statuses, commas }
    }

    pub fn country(&self) -> &str {
        &self.country
    }

    /// Reads a row's cells, which are in the order of [`calliyo_domain::import::Column::ALL`].
    pub fn read(&self, cells: [&str; 6]) -> Result<Judged, String> {
        let cells = cells.map(spreadsheet::text);
        let [first_name, last_name, number, email, status, tags] = cells.each_ref().map(AsRef::as_ref);
        let (status, why) = self.starting_status(status)?;
        let (number, doubt) = match phone::e164(number, &self.country) {
            Ok(number) => (number, None),
            Err(invalid) if phone::is_stored_so(number.trim()) => (number.trim().to_owned(), Some(invalid.message)),
            Err(invalid) => return Err(invalid.message),
        };
        let lead = |email| NewLead::with_commas(first_name, last_name, number.clone(), email, (tags, self.commas));
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
        if spreadsheet::is_blank(name) {
            return Ok((status::UNASSIGNED, "Imported".to_owned()));
        }
        let known = self.statuses.get(&text::key(name));
        let known = known.ok_or_else(|| format!("The status {} is not one of the pipeline's.", quoted(name)))?;
        Ok(match known.id {
            status::UNASSIGNED | status::CUSTOMER => (known.id, "Imported".to_owned()),
            _ => (status::UNASSIGNED, format!("Imported; the file says {}", known.name)),
        })
    }
}
