//! Which leads somebody means: the one place that turns a filter into SQL, for lists, counts, downloads and changes.

use calliyo_domain::{lead_order::LeadOrder, search::Search, status, visibility::Customers};

use super::{OwnerFilter, first::First, words::sought};
use crate::{Tx, value::Value};

/// Leads that meet all that is asked; what is left at its default asks for nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LeadFilter {
    /// On any of these statuses; on any at all where there are none.
    pub statuses: Vec<i64>,
    pub owner: OwnerFilter,
    /// With any of these tags; with any or none at all where there are none.
    pub tags: Vec<String>,
    pub source: Option<String>,
    /// Brought by the import of this run.
    pub import: Option<i64>,
    /// On their status since this time (unix ms) or longer.
    pub since_at_latest: Option<i64>,
    pub search: Option<Search>,
    /// Which customers are among them, since customers are leads.
    pub customers: Customers,
    /// None but these leads, by id.
    pub only: Option<Vec<i64>>,
    /// Without these tags: how leads are found once that have several of those asked for.
    pub without_tags: Vec<String>,
}

/// A filter as SQL: `FROM {from()} WHERE {conditions}`, where `l` is the lead.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Matching {
    first: First,
    from: String,
    /// Joins the leads to what is read first, unless they are.
    join: String,
    /// Whether anything is asked of the leads themselves; without it, they aren't even read.
    asks_leads: bool,
    /// The column with the lead's id in whose order the leads are found.
    pub id: &'static str,
    pub conditions: String,
    /// All that is to be bound: the caller's values, then the filter's.
    pub values: Vec<Value>,
}

impl Matching {
    /// A query for the ids of the leads.
    #[must_use]
    pub fn ids(&self) -> String {
        self.select(&format!("{} AS id", self.id))
    }

    /// A query for columns of what is read first, and of the leads where anything is asked of them.
    pub(super) fn select(&self, columns: &str) -> String {
        let Self { from, join, conditions, .. } = self;
        let join = if self.asks_leads { join } else { "" };
        format!("SELECT {columns} FROM {from}{join} WHERE {conditions}")
    }

    /// What the leads with all their columns are read from.
    pub(crate) fn from(&self) -> String {
        let Self { from, join, .. } = self;
        format!("{from}{join}")
    }

    /// Asks for `condition` of the lead besides, which ends in the `$` of `value`.
    pub(crate) fn and(&mut self, condition: &str, value: impl Into<Value>) {
        self.bind(condition, value);
        self.asks_leads = true;
    }

    /// Asks for `condition` of the lead besides.
    pub(crate) fn and_that(&mut self, condition: &str) {
        self.conditions.push_str(&format!(" AND {condition}"));
        self.asks_leads = true;
    }

    /// Asks for `condition` of what is read first besides.
    fn bind(&mut self, condition: &str, value: impl Into<Value>) {
        self.values.push(value.into());
        let bound = format!(" AND {condition}{}", self.values.len());
        self.conditions.push_str(&bound);
    }
}

impl LeadFilter {
    /// The filter as SQL for the database of `tx`. The caller's own `values` are `$1` and so on; the filter's follow.
    #[must_use]
    pub(crate) fn matching(&self, tx: &Tx, values: Vec<Value>) -> Matching {
        self.matching_from(self.usual_first(LeadOrder::default()), tx, values)
    }

    /// As [`Self::matching`], with `first` read first.
    pub(crate) fn matching_from(&self, first: First, tx: &Tx, values: Vec<Value>) -> Matching {
        let mut matching = self.read_first(first, tx, values);
        match first {
            First::Few(one) => self.split(one).1.narrow(&mut matching, tx),
            _ => self.narrow(&mut matching, tx),
        }
        matching
    }

    /// Asks for all that it asks for.
    fn narrow(&self, matching: &mut Matching, tx: &Tx) {
        if let Some(search) = &self.search {
            matching.find(search, tx);
        }
        matching.be_tagged(&self.tags);
        matching.not_be_tagged(&self.without_tags);
        if let Some(source) = &self.source {
            matching.and("l.source = $", source.as_str());
        }
        if let Some(run) = self.import {
            matching.and("l.import_run = $", run);
        }
        // The pluses keep SQLite from reading what was longest on its status, or the statuses, instead, and putting all
        // that it finds in order.
        let (of_status, of_time) = match matching.first {
            First::Source => ("+", "+"),
            First::Ids => ("", "+"),
            _ => ("", ""),
        };
        if let Some(since) = self.since_at_latest {
            matching.and(&format!("{of_time}l.status_since <= $"), since);
        }
        match &self.owner {
            OwnerFilter::Anyone => {}
            OwnerFilter::Nobody => matching.and_that("l.owner_id IS NULL"),
            OwnerFilter::Agent(agent) => matching.and("l.owner_id = $", *agent),
            OwnerFilter::Among { agents, nobody } => {
                let among = matching.list(agents.iter().map(|agent| Value::Int(*agent)));
                let nobody = if *nobody { " OR l.owner_id IS NULL" } else { "" };
                matching.and_that(&format!("(l.owner_id IN {among}{nobody})"));
            }
        }
        matching.be_on(&self.statuses, of_status);
        if let Some(ids) = &self.only {
            matching.be_among(ids, tx);
        }
        if let Customers::ConvertedBy(converter) = self.customers {
            matching.hide_customers_but_of(converter, &self.statuses);
        }
    }

    /// `CROSS JOIN` keeps SQLite from another order, in which it would ask the index of words once for each lead. A
    /// limit that nothing reaches keeps both databases from reading something else first.
    fn read_first(&self, first: First, tx: &Tx, values: Vec<Value>) -> Matching {
        let (join, word) = match tx {
            Tx::Sqlite(_) => ("CROSS JOIN", "w.rowid"),
            Tx::Postgres(_) => ("JOIN", "w.lead_id"),
        };
        let (from, id, values) = match first {
            First::Leads | First::Ids | First::Source => ("leads l".to_owned(), "l.id", values),
            First::Words => ("lead_words w".to_owned(), word, values),
            First::Tag => ("lead_tags t".to_owned(), "t.lead_id", values),
            First::Few(one) => {
                let few = self.split(one).0.matching(tx, values);
                (format!("({} LIMIT {}) AS few", few.ids(), i64::MAX), "few.id", few.values)
            }
        };
        let leads = matches!(first, First::Leads | First::Ids | First::Source);
        let join = if leads { String::new() } else { format!(" {join} leads l ON l.id = {id}") };
        // What is few is put in the list's order, for which the leads are read.
        let asks_leads = !matches!(first, First::Words | First::Tag);
        Matching { first, from, join, asks_leads, id, conditions: "TRUE".to_owned(), values }
    }
}

impl Matching {
    fn find(&mut self, search: &Search, tx: &Tx) {
        // Nothing was typed that a lead could be found by.
        if search.words.is_empty() {
            self.conditions.push_str(" AND FALSE");
            return;
        }
        let words = sought(search, tx);
        if self.first == First::Words {
            self.have(&words, tx);
        } else {
            self.values.push(words.as_str().into());
            self.and_that(&has_words(tx, "l.id", &format!("${}", self.values.len())));
        }
    }

    /// Asks for `word` itself besides, of leads that are searched for.
    pub(crate) fn have_word(&mut self, word: &str, tx: &Tx) {
        let word = match tx {
            Tx::Sqlite(_) => format!("\"{word}\""),
            Tx::Postgres(_) => format!("'{word}'"),
        };
        self.have(&word, tx);
    }

    /// Asks for words, in the database's own way to say it.
    fn have(&mut self, words: &str, tx: &Tx) {
        match tx {
            Tx::Sqlite(_) => self.bind("w.lead_words MATCH $", words),
            Tx::Postgres(_) => {
                self.bind("w.words @@ CAST($", words);
                self.conditions.push_str(" AS tsquery)");
            }
        }
    }

    fn be_tagged(&mut self, tags: &[String]) {
        match tags {
            [] => {}
            [tag] if self.first == First::Tag => self.bind("t.tag = $", tag.as_str()),
            several if self.first == First::Tag => {
                let any = self.list(several.iter().map(|tag| Value::Text(tag.clone())));
                // Whoever has several of them is met once, by the first.
                let once =
                    "NOT EXISTS (SELECT 1 FROM lead_tags o WHERE o.lead_id = t.lead_id AND o.tag < t.tag AND o.tag IN";
                self.conditions.push_str(&format!(" AND t.tag IN {any} AND {once} {any})"));
            }
            tags => {
                let any = self.list(tags.iter().map(|tag| Value::Text(tag.clone())));
                self.and_that(&format!("EXISTS (SELECT 1 FROM lead_tags t WHERE t.lead_id = l.id AND t.tag IN {any})"));
            }
        }
    }

    fn not_be_tagged(&mut self, tags: &[String]) {
        if !tags.is_empty() {
            let any = self.list(tags.iter().map(|tag| Value::Text(tag.clone())));
            let lead = self.id;
            self.conditions.push_str(&format!(
                " AND NOT EXISTS (SELECT 1 FROM lead_tags o WHERE o.lead_id = {lead} AND o.tag IN {any})"
            ));
        }
    }

    /// Binds the values: `($5, $6)`.
    fn list(&mut self, values: impl Iterator<Item = Value>) -> String {
        let first = self.values.len() + 1;
        self.values.extend(values);
        let bound: Vec<_> = (first..=self.values.len()).map(|n| format!("${n}")).collect();
        format!("({})", bound.join(", "))
    }

    fn be_on(&mut self, statuses: &[i64], plus: &str) {
        match statuses {
            [] => {}
            [status] => self.and(&format!("{plus}l.status_id = $"), *status),
            several => {
                let any = self.list(several.iter().map(|status| Value::Int(*status)));
                self.and_that(&format!("{plus}l.status_id IN {any}"));
            }
        }
    }

    fn be_among(&mut self, ids: &[i64], tx: &Tx) {
        self.values.push(Value::Text(format!("{ids:?}")));
        let array = format!("${}", self.values.len());
        let among = match tx {
            Tx::Sqlite(_) => format!("SELECT value FROM json_each({array})"),
            Tx::Postgres(_) => {
                format!(
                    "SELECT CAST(value AS bigint) FROM json_array_elements_text(CAST({array} AS json)) AS e (value)"
                )
            }
        };
        self.and_that(&format!("l.id IN ({among})"));
    }

    fn hide_customers_but_of(&mut self, converter: i64, statuses: &[i64]) {
        match statuses {
            [status::CUSTOMER] => self.and("l.converter_id = $", converter),
            [] | [_, _, ..] => {
                self.and("(l.converter_id = $", converter);
                self.conditions.push_str(&format!(" OR l.status_id <> {})", status::CUSTOMER));
            }
            [_] => {}
        }
    }
}

/// Asks of the lead whose id is `lead` that it has the words that are bound as `words` ([`sought`]). The plus keeps
/// SQLite from reading all that have them instead, the subquery PostgreSQL.
pub(crate) fn has_words(tx: &Tx, lead: &str, words: &str) -> String {
    match tx {
        Tx::Sqlite(_) => format!("+{lead} IN (SELECT w.rowid FROM lead_words w WHERE w.lead_words MATCH {words})"),
        Tx::Postgres(_) => {
            format!("(SELECT w.words FROM lead_words w WHERE w.lead_id = {lead}) @@ CAST({words} AS tsquery)")
        }
    }
}
