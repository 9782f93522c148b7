use serde::{Deserialize, Serialize};

use super::names::{plain, synonyms};
use crate::Invalid;

/// What a column of a file may be taken as.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Column {
    FirstName,
    LastName,
    Phone,
    Email,
    Status,
    Tags,
}

impl Column {
    /// All of them, in the order in which rows are shown.
    pub const ALL: [Self; 6] = [Self::FirstName, Self::LastName, Self::Phone, Self::Email, Self::Status, Self::Tags];

    /// How forms and addresses spell it.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::FirstName => "first_name",
            Self::LastName => "last_name",
            Self::Phone => "phone",
            Self::Email => "email",
            Self::Status => "status",
            Self::Tags => "tags",
        }
    }

    /// How people call it.
    #[must_use]
    pub fn title(self) -> &'static str {
        match self {
            Self::FirstName => "First name",
            Self::LastName => "Last name",
            Self::Phone => "Phone",
            Self::Email => "Email",
            Self::Status => "Status",
            Self::Tags => "Tags",
        }
    }

    /// How a file names it; columns so named need no choosing.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::FirstName => "FirstName",
            Self::LastName => "LastName",
            Self::Phone => "Phone",
            Self::Email => "Email",
            Self::Status => "Status",
            Self::Tags => "Tags",
        }
    }

    /// The column that a person means: by its key, its title or its name in files.
    #[must_use]
    pub fn meant(text: &str) -> Option<Self> {
        let text = plain(text);
        Self::ALL.into_iter().find(|column| plain(column.key()) == text)
    }

    fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|column| column.key() == key)
    }
}

/// What no column is called: the file's column is passed over.
pub const IGNORE: &str = "ignore";

/// What each column of a file is taken as, in the file's order; nothing for one that is passed over.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Mapping(Vec<Option<Column>>);

impl Mapping {
    /// What columns of these names most likely are; the first that fits is taken, whatever its case.
    pub fn guess<'a>(names: impl IntoIterator<Item = &'a str>) -> Self {
        let names: Vec<String> = names.into_iter().map(plain).collect();
        let mut mapping = vec![None; names.len()];
        for column in Column::ALL {
            let mut found = synonyms(column).iter().filter_map(|synonym| names.iter().position(|name| name == synonym));
            if let Some(at) = found.next() {
                mapping[at] = Some(column);
            }
        }
        Self(mapping)
    }

    /// Columns that are passed over though their name says what another column is taken as already.
    pub fn also_fit<'a>(&self, names: impl IntoIterator<Item = &'a str>) -> Vec<(usize, Column)> {
        let fits = |name: &str| {
            let name = plain(name);
            Column::ALL.into_iter().find(|column| synonyms(*column).contains(&name.as_str()))
        };
        let names = names.into_iter().enumerate();
        let fitting = names.filter_map(|(at, name)| Some((at, fits(name)?)));
        fitting.filter(|(at, column)| self.at(*at).is_none() && self.place(*column).is_some()).collect()
    }

    /// Takes the column at `place` as this one, and what was taken so before as nothing.
    #[must_use]
    pub fn with(mut self, column: Column, place: usize) -> Self {
        for taken in &mut self.0 {
            *taken = taken.filter(|taken| *taken != column);
        }
        if let Some(taken) = self.0.get_mut(place) {
            *taken = Some(column);
        }
        self
    }

    /// Whether no column is taken as anything.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.iter().all(Option::is_none)
    }

    /// As a form chose, by [`Column::key`]; what isn't known is passed over.
    pub fn chosen<'a>(keys: impl IntoIterator<Item = &'a str>) -> Self {
        Self(keys.into_iter().map(Column::from_key).collect())
    }

    /// From [`Mapping::text`].
    #[must_use]
    pub fn read(text: &str) -> Self {
        if text.is_empty() { Self::default() } else { Self::chosen(text.split(',')) }
    }

    /// As it is stored and sent.
    #[must_use]
    pub fn text(&self) -> String {
        let keys: Vec<_> = self.0.iter().map(|column| column.map_or(IGNORE, Column::key)).collect();
        keys.join(",")
    }

    /// What the column at this place is taken as.
    #[must_use]
    pub fn at(&self, place: usize) -> Option<Column> {
        self.0.get(place).copied().flatten()
    }

    /// Where in the file this is.
    #[must_use]
    pub fn place(&self, column: Column) -> Option<usize> {
        self.0.iter().position(|taken| *taken == Some(column))
    }

    /// Whether rows can be read so.
    ///
    /// # Errors
    /// Says all that is missing, or chosen twice.
    pub fn check(&self) -> Result<(), Invalid> {
        let times = |column: &Column| self.0.iter().filter(|taken| **taken == Some(*column)).count();
        let twice = Column::ALL.into_iter().filter(|column| times(column) > 1);
        let missing = [Column::FirstName, Column::Phone].into_iter().filter(|column| times(column) == 0);
        let twice = twice.map(|column| format!("{} is chosen for two columns. Choose one of them.", column.title()));
        let missing = missing.map(|column| format!("Choose which column is the {}.", column.title().to_lowercase()));
        Invalid::none_of(twice.chain(missing).map(|problem| Invalid::new("columns", problem)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn guess(names: &str) -> String {
        Mapping::guess(names.split('|')).text()
    }

    #[test]
    fn columns_are_guessed_by_their_names_and_usual_other_names() {
        assert_eq!(guess("FirstName|LastName|Phone|Email|Status|Tags"), "first_name,last_name,phone,email,status,tags");
        assert_eq!(guess("MOBILE|first name|E-mail|Surname|City"), "phone,first_name,email,last_name,ignore");
        assert_eq!(guess("Full name|Phone number|Lead status|Labels"), "first_name,phone,status,tags");
        assert_eq!(
            guess("Mobile|Phone|Name|First_Name"),
            "ignore,phone,ignore,first_name",
            "the plainer name goes first"
        );
        assert_eq!(guess("Phone|phone"), "phone,ignore");
        assert_eq!(guess("a|b"), "ignore,ignore");
    }

    #[test]
    fn other_programs_heads_are_known() {
        for (names, taken) in [
            (
                "First Name|Last Name|Labels|E-mail 1 - Label|E-mail 1 - Value|Phone 1 - Label|Phone 1 - Value",
                "first_name,last_name,tags,ignore,email,ignore,phone",
            ),
            (
                "Name|Given Name|Family Name|Group Membership|E-mail 1 - Type|E-mail 1 - Value|Phone 1 - Type|Phone 1 - Value",
                "ignore,first_name,last_name,ignore,ignore,email,ignore,phone",
            ),
            (
                "Title|First Name|Middle Name|Last Name|Home Phone|Mobile Phone|Categories|E-mail Address",
                "ignore,first_name,ignore,last_name,ignore,phone,tags,email",
            ),
            (
                "id|created_time|ad_name|form_name|platform|full_name|phone_number|email",
                "ignore,ignore,ignore,ignore,ignore,first_name,phone,email",
            ),
            (
                "UNIQUE_QUERY_ID|QUERY_TIME|SENDER_NAME|SENDER_MOBILE|SENDER_EMAIL|SUBJECT|SENDER_MOBILE_ALT",
                "ignore,ignore,first_name,phone,email,ignore,ignore",
            ),
            ("Buyer Name|Buyer Mobile|Buyer Email", "first_name,phone,email"),
        ] {
            assert_eq!(guess(names), taken);
        }
    }

    #[test]
    fn columns_that_fit_one_field_are_told_and_can_be_chosen() {
        let names = ["Name", "Mobile", "City", "Phone", "E-mail"];
        let mapping = Mapping::guess(names);
        assert_eq!(mapping.text(), "first_name,ignore,ignore,phone,email");
        assert_eq!(mapping.also_fit(names), [(1, Column::Phone)]);
        let chosen = mapping.with(Column::Phone, 1);
        assert_eq!(chosen.text(), "first_name,phone,ignore,ignore,email");
        assert_eq!(chosen.also_fit(names), [(3, Column::Phone)]);
        assert!(!chosen.is_empty() && Mapping::guess(["a", "b"]).is_empty());
        for text in ["FirstName", "first_name", "first name", "FIRSTNAME"] {
            assert_eq!(Column::meant(text), Some(Column::FirstName));
        }
        assert_eq!(Column::meant("City"), None);
    }

    #[test]
    fn what_was_chosen_is_kept_as_text() {
        let chosen = Mapping::chosen(["phone", "ignore", "first_name", "what"]);
        assert_eq!(chosen.text(), "phone,ignore,first_name,ignore");
        assert_eq!(Mapping::read(&chosen.text()), chosen);
        assert_eq!((chosen.at(0), chosen.at(1), chosen.at(9)), (Some(Column::Phone), None, None));
        assert_eq!((chosen.place(Column::FirstName), chosen.place(Column::Tags)), (Some(2), None));
        assert_eq!(Mapping::read(""), Mapping::default());
    }

    #[test]
    fn first_name_and_phone_are_needed_and_nothing_twice() {
        let problem = |text: &str| Mapping::read(text).check().map_err(|invalid| invalid.message);
        assert_eq!(problem("phone,first_name"), Ok(()));
        assert_eq!(problem("ignore,phone"), Err("Choose which column is the first name.".to_owned()));
        assert_eq!(problem("first_name,tags"), Err("Choose which column is the phone.".to_owned()));
        assert_eq!(
            problem("phone,phone,first_name"),
            Err("Phone is chosen for two columns. Choose one of them.".to_owned())
        );
    }
}
