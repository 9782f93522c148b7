use calliyo_domain::{
    csv::{Flaw, Reader, Record, cells, lines},
    import::{Column, MAX_COLUMNS, Mapping},
    quoted::shown,
    spreadsheet,
};

use super::{FileError, quotes};

/// Lines that are looked at for the one that names the columns.
const LOOKED_AT: usize = 20;

/// So many characters of a line are shown.
const SHOWN: usize = 80;

/// What separates columns where nothing says so; of several that are as many the last counts.
const SEPARATORS: [u8; 4] = [b'|', b'\t', b';', b','];

/// A file whose columns are named.
#[derive(Clone, Debug)]
pub struct Table<'a> {
    /// What the columns are called.
    pub names: Vec<String>,
    /// The line that names them.
    pub header_line: u64,
    pub separator: u8,
    /// The first lines of the file that hold something.
    pub first_lines: Vec<(u64, String)>,
    /// The separator that the file says.
    said: Option<u8>,
    reader: Reader<'a>,
}

impl<'a> Table<'a> {
    /// Reads the line that names the columns: `header_line`, or else the first that holds something.
    ///
    /// # Errors
    /// Where there is none, or there is but one column, or too many.
    pub fn open(text: &'a str, header_line: Option<u64>) -> Result<Self, FileError> {
        let said = said_separator(text);
        let lines: Vec<_> = filled(text, said).take(LOOKED_AT).collect();
        let header = match header_line {
            None => *lines.first().ok_or(FileError::Empty)?,
            Some(asked) => {
                let found = filled(text, said).find(|(line, ..)| *line >= asked);
                found.filter(|(line, ..)| *line == asked).ok_or(FileError::NoLine(asked))?
            }
        };
        let (line, rest, _) = header;
        let separator = match said {
            Some((separator, _)) => separator,
            None => std::iter::once(&header)
                .chain(&lines)
                .find_map(|(_, _, line)| likely_separator(line))
                .ok_or(FileError::OneColumn)?,
        };
        let mut reader = Reader::new(rest, line, separator);
        let record = reader.next().ok_or(FileError::Empty)?;
        if record.flaw == Some(Flaw::TooMany) {
            return Err(FileError::ManyColumns("more than 1,000".to_owned()));
        }
        quotes::header(&record, separator)?;
        let mut names: Vec<_> = record.cells.iter().map(|name| name.trim().to_owned()).collect();
        if names.len() > MAX_COLUMNS {
            // Spreadsheets write every column that was ever touched.
            names.truncate(names.iter().rposition(|name| !spreadsheet::is_blank(name)).map_or(0, |last| last + 1));
        }
        if names.len() > MAX_COLUMNS {
            return Err(FileError::ManyColumns(names.len().to_string()));
        }
        let said = said.map(|(separator, _)| separator);
        Ok(Self { names, header_line: line, separator, first_lines: first_lines(text), said, reader })
    }

    /// What its names say the columns are.
    ///
    /// # Errors
    /// Where they don't say what is needed, or say it twice.
    pub fn mapping(&self) -> Result<Mapping, FileError> {
        let line = self.header_line;
        for column in Column::ALL {
            if self.names.iter().filter(|name| name.eq_ignore_ascii_case(column.name())).count() > 1 {
                return Err(FileError::Twice { line, name: column.name() });
            }
        }
        let mapping = self.guess();
        self.known(&mapping)?;
        for column in [Column::FirstName, Column::Phone] {
            let missing = || FileError::NoColumn { line, name: column.name(), instead: self.better_line() };
            mapping.place(column).ok_or_else(missing)?;
        }
        Ok(mapping)
    }

    /// What its names most likely say.
    #[must_use]
    pub fn guess(&self) -> Mapping {
        Mapping::guess(self.names.iter().map(String::as_str))
    }

    /// Whether any of its names is known, as none of a title's is.
    ///
    /// # Errors
    /// [`FileError::NoNames`].
    pub fn known(&self, mapping: &Mapping) -> Result<(), FileError> {
        if !mapping.is_empty() {
            return Ok(());
        }
        let filled = self.names.iter().filter(|name| !spreadsheet::is_blank(name));
        let text = filled.map(String::as_str).collect::<Vec<_>>().join(", ");
        Err(FileError::NoNames { line: self.header_line, text, instead: self.better_line() })
    }

    /// The first line below that names all that is needed.
    #[must_use]
    pub fn better_line(&self) -> Option<u64> {
        let names = |line: &str| {
            let separator = likely_separator(line).unwrap_or(self.separator);
            let said = self.said.unwrap_or(separator);
            Mapping::guess(cells(line, said).map(|name| name.trim_matches('"'))).check()
        };
        let below = self.first_lines.iter().filter(|(line, _)| *line > self.header_line);
        below.into_iter().find(|(_, text)| names(text).is_ok()).map(|(line, _)| *line)
    }

    /// The rows that hold something.
    pub fn rows(&self) -> impl Iterator<Item = Record<'a>> + use<'a> {
        self.reader
            .clone()
            .filter(|row| row.flaw.is_some() || !row.cells.iter().all(|cell| spreadsheet::is_blank(cell)))
    }
}

/// How many rows a text holds, before they are judged: lines, of those that a wrong quote makes one.
#[must_use]
pub fn count_rows(table: &Table<'_>) -> usize {
    let count = |row: Record<'_>| match row.flaw {
        Some(_) => row.lines().filter(|(_, line)| !line.is_empty()).count(),
        None => 1,
    };
    table.rows().map(count).sum()
}

/// The first lines of a file that hold something, to choose from which of them names the columns.
#[must_use]
pub fn first_lines(text: &str) -> Vec<(u64, String)> {
    let lines = filled(text, said_separator(text)).take(LOOKED_AT);
    lines.map(|(line, _, text)| (line, shown(text, SHOWN))).collect()
}

/// The lines that hold something, but for one that says the separator.
fn filled<'a>(text: &'a str, said: Option<(u8, &'a str)>) -> impl Iterator<Item = (u64, &'a str, &'a str)> {
    let (begin, number) = said.map_or((text, 1), |(_, rest)| (rest, 2));
    numbered(begin, number).filter(move |(_, _, line)| !is_blank(line, said.map(|(separator, _)| separator)))
}

/// The lines of a text, each with its number and all that begins with it.
fn numbered(text: &str, first: u64) -> impl Iterator<Item = (u64, &str, &str)> {
    let start = text.as_ptr().addr();
    (first..).zip(lines(text)).map(move |(number, line)| (number, &text[line.as_ptr().addr() - start..], line))
}

/// Whether a line says nothing, whatever separates its cells.
fn is_blank(line: &str, separator: Option<u8>) -> bool {
    let separates =
        |c: char| separator.map_or(matches!(c, '|' | '\t' | ';' | ','), |separator| c == char::from(separator));
    line.split(|c: char| separates(c) || c == '"').all(spreadsheet::is_blank)
}

/// What a first line such as `sep=;` says, by which Excel knows it, and the text behind that line. Spreadsheets that
/// don't know it put it in quotes, and separators behind it.
fn said_separator(text: &str) -> Option<(u8, &str)> {
    let line = lines(text).next()?;
    let said = line.trim_start_matches(['"', ' ']);
    let (name, said) = said.split_at_checked(4)?;
    let separator =
        said.bytes().next().filter(|byte| byte.is_ascii() && !byte.is_ascii_alphanumeric() && *byte != b'"')?;
    let is_rest = |c: char| c == char::from(separator) || matches!(c, '"' | ' ' | '\t' | ',' | ';');
    if !name.eq_ignore_ascii_case("sep=") || !said.chars().all(is_rest) {
        return None;
    }
    let rest = &text[line.len()..];
    Some((separator, rest.strip_prefix("\r\n").or_else(|| rest.get(1..)).unwrap_or_default()))
}

/// What a line that names columns has the most of, names in quotes aside.
fn likely_separator(line: &str) -> Option<u8> {
    let count = |separator| line.split('"').step_by(2).flat_map(str::bytes).filter(|byte| *byte == separator).count();
    SEPARATORS.into_iter().max_by_key(|separator| count(*separator)).filter(|separator| count(*separator) > 0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(text: &str) -> Vec<(u64, Vec<String>)> {
        let table = Table::open(text, None).expect("a readable file");
        table.rows().map(|row| (row.line, row.cells.iter().map(|cell| cell.to_string()).collect())).collect()
    }

    fn error(text: &str) -> Option<FileError> {
        Table::open(text, None).err()
    }

    #[test]
    fn columns_are_separated_as_the_header_has_them() {
        let asha = |line| [(line, vec!["Asha".to_owned(), "98765 43210".to_owned(), "a,b;c".to_owned()])];
        for end in ["\n", "\r\n", "\r"] {
            for (file, line) in [
                ("FirstName,Phone,Tags|Asha,98765 43210,\"a,b;c\"|", 2),
                ("FirstName;\"Phone, mobile, or other\";Tags|Asha;98765 43210;\"a,b;c\"|", 2),
                ("FirstName\tPhone\tTags|Asha\t98765 43210\ta,b;c|", 2),
                ("sep=;|FirstName, or name, or both;Phone;Tags|Asha;98765 43210;\"a,b;c\"|", 3),
                ("FirstName\u{1}Phone\u{1}Tags|Asha\u{1}98765 43210\u{1}a,b;c|", 2),
                ("SEP=^|FirstName^Phone^Tags|Asha^98765 43210^a,b;c|", 3),
                ("\"sep=,\"|FirstName,Phone,Tags|Asha,98765 43210,\"a,b;c\"|", 3),
                ("\"sep=,\",,|FirstName,Phone,Tags|Asha,98765 43210,\"a,b;c\"|", 3),
                ("sep=;;|FirstName;Phone;Tags|Asha;98765 43210;a,b\";\"c|", 3),
                ("sep=; |FirstName;Phone;Tags|Asha;98765 43210;\"a,b;c\"|", 3),
                ("sep=\t|FirstName\tPhone\tTags|Asha\t98765 43210\ta,b;c|", 3),
            ] {
                let file = file.replace('|', end).replace('\u{1}', "|");
                let first = rows(&file).remove(0);
                assert_eq!((first.0, &first.1[..2]), (line, &asha(line)[0].1[..2]), "{file:?}");
            }
        }
    }

    #[test]
    fn rows_are_counted_as_they_are_read_and_blank_ones_passed_over() {
        assert_eq!(rows("FirstName,Phone\n\"As\nha\",1\n\n,\n \u{a0},\u{200b}\nRavi,2,3\nMina").len(), 3);
        assert_eq!(rows("FirstName,Phone\n"), []);
        for end in ["\n", "\r\n", "\r"] {
            let text = "FirstName,Phone\n\"As\nha\",1\n\nRavi,2\n,\nMina,3".replace('\n', end);
            assert_eq!(rows(&text).into_iter().map(|(line, _)| line).collect::<Vec<_>>(), [2, 5, 7]);
        }
    }

    #[test]
    fn one_column_is_too_few_and_many_are_too_many() {
        assert_eq!(error("FirstName\rAsha\r"), Some(FileError::OneColumn));
        assert_eq!(error("sep=;\n"), Some(FileError::Empty));
        assert_eq!(error(" , \n;;\n\"\"\n"), Some(FileError::Empty));
        assert_eq!(error(&format!("FirstName,Phone{}", ",x".repeat(98))), None);
        assert_eq!(
            error(&format!("FirstName,Phone{}", ",x".repeat(99))),
            Some(FileError::ManyColumns("101".to_owned()))
        );
        let many = Some(FileError::ManyColumns("more than 1,000".to_owned()));
        assert_eq!(error(&format!("FirstName,Phone{}", ",x".repeat(400_000))), many);
        for blank in [900, 16_000] {
            assert_eq!(error(&format!("FirstName,Phone{}", ",".repeat(blank))), None, "at the end they are none");
        }
    }

    #[test]
    fn the_line_that_names_the_columns_can_be_said() {
        let text = ",,\rLeads of May\r\rFirstName,Phone,\"Tags\"\rAsha,1,\r";
        let table = Table::open(text, None).expect("reads");
        assert_eq!((table.header_line, table.separator), (2, b','));
        assert_eq!(
            table.mapping(),
            Err(FileError::NoNames { line: 2, text: "Leads of May".to_owned(), instead: Some(4) })
        );
        assert_eq!(table.first_lines.iter().map(|(line, _)| *line).collect::<Vec<_>>(), [2, 4, 5]);
        let table = Table::open(text, Some(4)).expect("reads");
        assert_eq!(
            (table.names.as_slice(), table.rows().count()),
            (&["FirstName", "Phone", "Tags"].map(str::to_owned)[..], 1)
        );
        for line in [0, 1, 3, 6, 99] {
            assert_eq!(Table::open(text, Some(line)).err(), Some(FileError::NoLine(line)));
        }
        let semicolons = Table::open("Leads, May\nFirstName;Phone\n", Some(2)).expect("reads");
        assert_eq!(semicolons.names.len(), 2);
    }

    #[test]
    fn a_quote_in_the_header_is_told() {
        let said = |text: &str| error(text).expect("refused").to_string();
        for (text, told) in [
            (
                "\"FirstName,Phone\nAsha,+919876543201\n",
                "The quote that line 1 opens is never closed: lines 1 to 2 are in it",
            ),
            (
                "\"FirstName,Phone\nAsha,+919876543201\n\"Mina,+919876543202\n",
                "The quote that line 1 opens is closed amid line 3: lines 1 to 3",
            ),
            ("FirstName,\"Phone\nAsha,+919876543201\n\",x\nMina,+919876543202", "lines 1 to 3 are in it"),
            ("\"First\"Name,Phone\nAsha,+919876543201", "Text stands behind"),
        ] {
            assert!(said(text).contains(told) && said(text).starts_with("line 1, which names"), "{}", said(text));
        }
        assert_eq!(rows("FirstName,\"Phone\n(mobile)\"\nAsha,1\n").len(), 1);
    }
}
