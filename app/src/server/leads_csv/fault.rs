use calliyo_domain::{
    Invalid,
    import::{FIELD, MAX_COLUMNS},
    quoted::quoted,
};

/// The file as a whole can't be read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum FileError {
    #[error("the file is {0}, not a list: save its table as CSV UTF-8 and take that file")]
    Kind(&'static str),
    /// With what its words would be in Windows-1252.
    #[error(
        "line {line} is not UTF-8: save the file as CSV UTF-8, or say how it is written; --encoding windows-1252 reads {}",
        quoted(seems)
    )]
    NotUtf8 { line: u64, seems: String },
    /// With the encodings that all of the file fits.
    #[error("line {line} is not {title}, which was chosen: {}", others(fitting))]
    Misfit { line: u64, title: &'static str, fitting: Vec<&'static str> },
    #[error("the file is in {0}: save it as CSV UTF-8 and take that file")]
    Form(&'static str),
    #[error("line {0} is broken UTF-16: save the file as CSV UTF-8 and try again")]
    Broken(u64),
    #[error("no encoding is called {}", quoted(.0))]
    Encoding(String),
    #[error("the file is empty: a line must name the columns, {COLUMNS}")]
    Empty,
    #[error("the file has only one column: separate its columns by commas, semicolons, tabs or |")]
    OneColumn,
    #[error("the file has {0} columns, and {MAX_COLUMNS} are allowed: take out those that say nothing of leads")]
    ManyColumns(String),
    /// What [`super::quotes::header`] says.
    #[error("{0}")]
    Header(String),
    #[error("line {0}, which is to name the columns, is empty or not there")]
    NoLine(u64),
    #[error("line {line}, {}, names no columns, {COLUMNS}{}", quoted(text), better(*.instead))]
    NoNames { line: u64, text: String, instead: Option<u64> },
    #[error("line {line}, which must name the columns, {COLUMNS}, has no column {name}{}", better(*.instead))]
    NoColumn { line: u64, name: &'static str, instead: Option<u64> },
    #[error("line {line} names the column {name} twice")]
    Twice { line: u64, name: &'static str },
}

const COLUMNS: &str = "FirstName and Phone at least, and LastName, Email, Status and Tags where there are any";

fn better(line: Option<u64>) -> String {
    line.map(|line| format!("; line {line} does: --header-line {line}")).unwrap_or_default()
}

fn others(fitting: &[&str]) -> String {
    match fitting {
        [] => "none that is known fits all of it; save the file as CSV UTF-8".to_owned(),
        ["utf-8"] => "it is UTF-8, leave --encoding out".to_owned(),
        names => {
            let named: Vec<_> = names.iter().map(|name| format!("--encoding {name}")).collect();
            format!("all of it fits {}", named.join(", "))
        }
    }
}

impl From<FileError> for Invalid {
    fn from(error: FileError) -> Self {
        let message = match &error {
            FileError::Kind(kind) => {
                format!("The file is {kind}, not a list of leads. Save its table as CSV UTF-8 and choose that file.")
            }
            FileError::NotUtf8 { line, .. } => {
                format!("Line {line} of the file is not UTF-8. Choose how the file is written.")
            }
            FileError::Misfit { line, title, .. } => {
                format!("Line {line} of the file is not {title}. Choose how the file is written.")
            }
            FileError::Form(form) => format!("The file is in {form}. Save it as CSV UTF-8 and choose that file."),
            FileError::Broken(line) => {
                format!("Line {line} of the file is broken UTF-16. Save it as CSV UTF-8 and choose it again.")
            }
            FileError::Empty => "The file is empty. A line must name the columns, such as FirstName and Phone.".to_owned(),
            FileError::OneColumn => "The file has only one column. Separate its columns by commas, semicolons, tabs or |, in the first line too, such as FirstName,Phone.".to_owned(),
            FileError::NoNames { line, text, instead } => {
                let instead = instead.map(|line| format!(" Line {line} does.")).unwrap_or_default();
                format!(
                    "Line {line}, {}, names no columns that are known.{instead} Choose the line that names them, or what each column is.",
                    quoted(text)
                )
            }
            other => {
                let said = other.to_string();
                let (first, rest) = said.split_at(1);
                format!("{}{rest}.", first.to_uppercase())
            }
        };
        Self::new(FIELD, message)
    }
}
