//! Which leads somebody means: the one place that turns a filter into SQL, for lists, counts, downloads and changes.

use calliyo_domain::{search::Search, status, visibility::Customers};

use crate::{Tx, value::Value};

/// Whose leads.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum OwnerFilter {
    #[default]
    Anyone,
    Nobody,
    Agent(i64),
}

/// Leads that meet all that is asked; what is left at its default asks for nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LeadFilter {
    /// On any of these statuses; on any at all where there are none.
    pub statuses: Vec<i64>,
    pub owner: OwnerFilter,
    pub tag: Option<String>,
    pub source: Option<String>,
    /// On their status since this time (unix ms) or longer.
    pub since_at_latest: Option<i64>,
    pub search: Option<Search>,
    /// Which customers are among them, since customers are leads.
    pub customers: Customers,
    /// None but these leads, by id.
    pub only: Option<Vec<i64>>,
}

/// The table that is read first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum First {
    Leads,
    Words,
    Tag,
}

/// A filter as SQL: `FROM {from} WHERE {conditions}`, where `l` is the lead.
///
/// A statement that changes leads takes [`Matching::ids`]:
/// `UPDATE leads SET … WHERE id IN ({ids})`, with [`Matching::values`] bound.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Matching {
    pub from: String,
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
        let Self { from, id, conditions, .. } = self;
        format!("SELECT {id} AS id FROM {from} WHERE {conditions}")
    }

    /// Asks for `condition` besides, which ends in the `$` of `value`.
    pub(crate) fn and(&mut self, condition: &str, value: impl Into<Value>) {
        self.values.push(value.into());
        let bound = format!(" AND {condition}{}", self.values.len());
        self.conditions.push_str(&bound);
    }
}

impl LeadFilter {
    /// The filter as SQL for the database of `tx`. The caller's own `values` are `$1` and so on; the filter's follow.
    #[must_use]
    pub fn matching(&self, tx: &Tx, values: Vec<Value>) -> Matching {
        let (from, id) = self.from(tx);
        let mut matching = Matching { from, id, conditions: "TRUE".to_owned(), values };
        if let Some(search) = &self.search {
            matching.find(search, self.first(), tx);
        }
        if let Some(tag) = &self.tag {
            matching.be_tagged(tag, self.first());
        }
        if let Some(source) = &self.source {
            matching.and("l.source = $", source.as_str());
        }
        if let Some(since) = self.since_at_latest {
            matching.and("l.status_since <= $", since);
        }
        match self.owner {
            OwnerFilter::Anyone => {}
            OwnerFilter::Nobody => matching.conditions.push_str(" AND l.owner_id IS NULL"),
            OwnerFilter::Agent(agent) => matching.and("l.owner_id = $", agent),
        }
        matching.be_on(&self.statuses);
        if let Some(ids) = &self.only {
            matching.be_among(ids, tx);
        }
        if let Customers::ConvertedBy(converter) = self.customers {
            matching.hide_customers_but_of(converter, &self.statuses);
        }
        matching
    }

    /// What is read first, and gives the leads in its order. An agent's leads are few: what else is asked for is asked
    /// of them alone.
    fn first(&self) -> First {
        match (self.owner, &self.search, &self.tag) {
            (OwnerFilter::Agent(_), ..) | (_, None, None) => First::Leads,
            (_, Some(_), _) => First::Words,
            (_, None, Some(_)) => First::Tag,
        }
    }

    /// `CROSS JOIN` keeps SQLite from another order, in which it would ask the index of words once for each lead.
    fn from(&self, tx: &Tx) -> (String, &'static str) {
        let (join, word) = match tx {
            Tx::Sqlite(_) => ("CROSS JOIN", "w.rowid"),
            Tx::Postgres(_) => ("JOIN", "w.lead_id"),
        };
        match self.first() {
            First::Leads => ("leads l".to_owned(), "l.id"),
            First::Words => (format!("lead_words w {join} leads l ON l.id = {word}"), word),
            First::Tag => (format!("lead_tags t {join} leads l ON l.id = t.lead_id"), "t.lead_id"),
        }
    }

    /// Whether those longest on their status come first: where the time on it is asked for, unless words or a tag
    /// give the order.
    pub(super) fn longest_first(&self) -> bool {
        self.since_at_latest.is_some() && self.search.is_none() && self.tag.is_none()
    }

    /// The same filter once for each of its statuses: what is on one status is found in the list's order, what is on
    /// several isn't. Where words or a tag give the order, it stays whole.
    pub(super) fn by_status(&self) -> Vec<Self> {
        if self.statuses.len() < 2 || self.search.is_some() || self.tag.is_some() {
            return vec![self.clone()];
        }
        self.statuses.iter().map(|status| Self { statuses: vec![*status], ..self.clone() }).collect()
    }
}

impl Matching {
    fn find(&mut self, search: &Search, first: First, tx: &Tx) {
        // Nothing was typed that a lead could be found by.
        if search.words.is_empty() {
            self.conditions.push_str(" AND FALSE");
            return;
        }
        let words = sought(search, tx);
        match tx {
            _ if first == First::Words => self.have(&words, tx),
            // The plus keeps SQLite from reading all that have the words instead, the subquery PostgreSQL.
            Tx::Sqlite(_) => {
                self.and("+l.id IN (SELECT w.rowid FROM lead_words w WHERE w.lead_words MATCH $", words.as_str());
                self.conditions.push(')');
            }
            Tx::Postgres(_) => {
                self.and("(SELECT w.words FROM lead_words w WHERE w.lead_id = l.id) @@ CAST($", words.as_str());
                self.conditions.push_str(" AS tsquery)");
            }
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
            Tx::Sqlite(_) => self.and("w.lead_words MATCH $", words),
            Tx::Postgres(_) => {
                self.and("w.words @@ CAST($", words);
                self.conditions.push_str(" AS tsquery)");
            }
        }
    }

    fn be_tagged(&mut self, tag: &str, first: First) {
        if first == First::Tag {
            self.and("t.tag = $", tag);
            return;
        }
        self.and("EXISTS (SELECT 1 FROM lead_tags t WHERE t.lead_id = l.id AND t.tag = $", tag);
        self.conditions.push(')');
    }

    fn be_on(&mut self, statuses: &[i64]) {
        match statuses {
            [] => {}
            [status] => self.and("l.status_id = $", *status),
            several => {
                let first = self.values.len() + 1;
                self.values.extend(several.iter().map(|status| Value::Int(*status)));
                let bound: Vec<_> = (first..=self.values.len()).map(|n| format!("${n}")).collect();
                self.conditions.push_str(&format!(" AND l.status_id IN ({})", bound.join(", ")));
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
        self.conditions.push_str(&format!(" AND l.id IN ({among})"));
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

/// A search that has words, in the database's own. Words hold letters, digits and marks alone, nothing that could be
/// taken for an operator.
pub(crate) fn sought(search: &Search, tx: &Tx) -> String {
    let [before, after, and, or] = match tx {
        Tx::Sqlite(_) => ["\"", "\"*", "AND", "OR"],
        Tx::Postgres(_) => ["'", "':*", "&", "|"],
    };
    let prefix = |word: &String| format!("{before}{word}{after}");
    let words: Vec<_> = search.words.iter().map(prefix).collect();
    let words = words.join(&format!(" {and} "));
    match &search.phone {
        Some(digits) => format!("({words}) {or} {}", prefix(digits)),
        None => words,
    }
}
