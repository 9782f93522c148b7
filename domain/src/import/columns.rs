use serde::{Deserialize, Serialize};

use super::FIELD;
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

    /// Names that other programs give it, likely ones first; lower case, letters and digits alone.
    fn synonyms(self) -> &'static [&'static str] {
        match self {
            Self::FirstName => &[
                "firstname",
                "first",
                "fname",
                "givenname",
                "forename",
                "name",
                "fullname",
                "customername",
                "leadname",
                "contactname",
            ],
            Self::LastName => &["lastname", "last", "lname", "surname", "familyname"],
            Self::Phone => &[
                "phone",
                "phonenumber",
                "phoneno",
                "mobile",
                "mobilenumber",
                "mobileno",
                "mobilephone",
                "cellphone",
                "cell",
                "telephone",
                "tel",
                "contactnumber",
                "contactno",
                "contact",
                "whatsapp",
                "whatsappnumber",
                "number",
            ],
            Self::Email => &["email", "emailaddress", "emailid", "mail", "mailid"],
            Self::Status => &["status", "leadstatus"],
            Self::Tags => &["tags", "tag", "labels", "label"],
        }
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
            let mut found =
                column.synonyms().iter().filter_map(|synonym| names.iter().position(|name| name == synonym));
            if let Some(at) = found.next() {
                mapping[at] = Some(column);
            }
        }
        Self(mapping)
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
    /// Says what is missing, or chosen twice.
    pub fn check(&self) -> Result<(), Invalid> {
        for column in Column::ALL {
            if self.0.iter().filter(|taken| **taken == Some(column)).count() > 1 {
                let title = column.title();
                return Err(Invalid::new("columns", format!("{title} is chosen for two columns. Choose one of them.")));
            }
        }
        for column in [Column::FirstName, Column::Phone] {
            if self.place(column).is_none() {
                let title = column.title();
                return Err(Invalid::new("columns", format!("Choose which column is the {}.", title.to_lowercase())));
            }
        }
        Ok(())
    }
}

fn plain(name: &str) -> String {
    name.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// What a file whose columns can't be told apart is told.
#[must_use]
pub fn no_columns() -> Invalid {
    Invalid::new(FIELD, "The file's first line names no columns. Put their names there, such as FirstName and Phone.")
}

/// What a file is told whose first line has nothing that separates columns.
#[must_use]
pub fn one_column() -> Invalid {
    Invalid::new(
        FIELD,
        "The file has only one column. Separate its columns by commas, semicolons or tabs, in the first line too, such as FirstName,Phone.",
    )
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
