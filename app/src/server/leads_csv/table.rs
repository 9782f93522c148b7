use calliyo_domain::{
    Invalid,
    import::{FIELD, no_columns, one_column},
    spreadsheet,
};
use csv::{Position, Reader, ReaderBuilder, StringRecord};

/// The file as a whole can't be read.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub enum FileError {
    #[error("line {0} is not UTF-8: save the file as CSV UTF-8 and try again")]
    NotUtf8(usize),
    #[error("the file is empty: the first line must name the columns, {COLUMNS}")]
    Empty,
    #[error("the file has only one column: separate its columns by commas, semicolons or tabs")]
    OneColumn,
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
            FileError::OneColumn => one_column(),
            FileError::Empty | FileError::NoColumn(_) | FileError::Twice(_) => no_columns(),
        }
    }
}

/// A file whose columns are named.
pub struct Table<'a> {
    /// What the columns are called.
    pub names: StringRecord,
    reader: Reader<&'a [u8]>,
    text: &'a str,
    /// Lines before the names that say nothing of leads.
    before: u64,
}

impl<'a> Table<'a> {
    /// Reads the first line.
    ///
    /// # Errors
    /// Where the file is no UTF-8, names no columns, or only one.
    pub fn open(bytes: &'a [u8]) -> Result<Self, FileError> {
        let line = |valid: usize| bytes[..valid].iter().filter(|byte| **byte == b'\n').count() + 1;
        let text = std::str::from_utf8(bytes).map_err(|e| FileError::NotUtf8(line(e.valid_up_to())))?;
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        let said = said_separator(text);
        let (separator, text) = said.unwrap_or_else(|| (likely_separator(text), text));
        let mut reader = ReaderBuilder::new().flexible(true).delimiter(separator).from_reader(text.as_bytes());
        let names = reader.headers().cloned().unwrap_or_default();
        if names.iter().all(spreadsheet::is_blank) {
            return Err(FileError::Empty);
        }
        if names.len() == 1 {
            return Err(FileError::OneColumn);
        }
        Ok(Self { names, reader, text, before: said.map_or(0, |_| 1) })
    }

    /// The rows that hold something, each with the line that it begins on. Of the reader's errors only broken UTF-8
    /// could occur, and that was looked for.
    pub fn rows(&mut self) -> impl Iterator<Item = (u64, StringRecord)> {
        let (text, before) = (self.text, self.before);
        let rows = self.reader.records().filter_map(Result::ok);
        rows.filter(|row| !row.iter().all(spreadsheet::is_blank))
            .map(move |row| (before + row.position().map_or(0, |position| line(text, position)), row))
    }
}

/// The line that a row begins on. The reader's place of it is where the row before ended: amid a line end of two
/// characters, or before empty lines.
fn line(text: &str, position: &Position) -> u64 {
    let after = text.as_bytes().iter().skip(position.byte() as usize);
    let ends = after.take_while(|byte| matches!(byte, b'\r' | b'\n')).filter(|byte| **byte == b'\n');
    position.line() + ends.count() as u64
}

/// What a first line such as `sep=;` says, by which Excel knows it, and the text behind that line.
fn said_separator(text: &str) -> Option<(u8, &str)> {
    let (first, rest) = text.split_once('\n')?;
    let (name, separator) = first.trim_end_matches('\r').split_at_checked(4)?;
    match separator.as_bytes() {
        [separator] if name.eq_ignore_ascii_case("sep=") => Some((*separator, rest)),
        _ => None,
    }
}

/// What the line that names the columns has the most of, names in quotes aside.
fn likely_separator(text: &str) -> u8 {
    let names = text.lines().find(|line| !line.trim().is_empty()).unwrap_or_default();
    let unquoted = || names.split('"').step_by(2).flat_map(str::bytes);
    // Of several that are as many the last counts.
    let likely = [b'\t', b';', b','].into_iter().max_by_key(|separator| unquoted().filter(|b| b == separator).count());
    likely.unwrap_or(b',')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(text: &str) -> Vec<(u64, Vec<String>)> {
        let mut table = Table::open(text.as_bytes()).expect("a readable file");
        table.rows().map(|(line, row)| (line, row.iter().map(str::to_owned).collect())).collect()
    }

    #[test]
    fn columns_are_separated_as_the_first_line_has_them() {
        let asha = |line| [(line, vec!["Asha".to_owned(), "98765 43210".to_owned(), "a,b;c".to_owned()])];
        assert_eq!(rows("FirstName,Phone,Tags\nAsha,98765 43210,\"a,b;c\"\n"), asha(2));
        assert_eq!(
            rows("\u{feff}FirstName;\"Phone, mobile, or other\";Tags\r\nAsha;98765 43210;\"a,b;c\"\r\n"),
            asha(2)
        );
        assert_eq!(rows("FirstName\tPhone\tTags\nAsha\t98765 43210\ta,b;c\n"), asha(2));
        assert_eq!(rows("sep=;\r\nFirstName, or name, or both;Phone;Tags\r\nAsha;98765 43210;\"a,b;c\"\r\n"), asha(3));
        assert_eq!(rows("\u{feff}SEP=|\nFirstName|Phone|Tags\nAsha|98765 43210|a,b;c\n"), asha(3));
    }

    #[test]
    fn rows_are_counted_as_they_are_read_and_blank_ones_passed_over() {
        assert_eq!(rows("FirstName,Phone\n\"As\nha\",1\n\n,\n \u{a0},\u{200b}\nRavi,2,3\nMina").len(), 3);
        assert_eq!(rows("FirstName,Phone\n"), []);
        let lines = |text: &str| rows(text).into_iter().map(|(line, _)| line).collect::<Vec<_>>();
        assert_eq!(lines("FirstName,Phone\n\"As\nha\",1\n\nRavi,2\n,\nMina,3"), [2, 5, 7]);
        assert_eq!(lines("FirstName,Phone\r\n\"As\r\nha\",1\r\n\r\nRavi,2\r\n,\r\nMina,3\r\n"), [2, 5, 7]);
    }

    #[test]
    fn one_column_is_too_few() {
        let error = |text: &str| Table::open(text.as_bytes()).err();
        assert_eq!(error("FirstName\nAsha\n"), Some(FileError::OneColumn));
        assert_eq!(error("FirstName|Phone\nAsha|98765 43210\n"), Some(FileError::OneColumn));
        assert_eq!(error("sep=;\n"), Some(FileError::Empty));
        assert_eq!(error(" , \n"), Some(FileError::Empty));
    }
}
