//! Writes the rows that an import did not take in, to be mended in a spreadsheet and imported again.

use calliyo_domain::{
    import::{BadRow, Column},
    spreadsheet::cell,
};
use csv::{Terminator, WriterBuilder};

/// Line and reason, then the row's own cells under the names that an import reads. What a spreadsheet would execute
/// becomes plain text.
///
/// # Errors
/// None that memory could cause; the writer's own.
pub fn write(rows: &[BadRow]) -> csv::Result<Vec<u8>> {
    // Spreadsheets take a file for UTF-8 only where it begins with the mark.
    let mut writer = WriterBuilder::new().terminator(Terminator::CRLF).from_writer("\u{feff}".as_bytes().to_vec());
    writer.write_record(["Line", "Reason"].into_iter().chain(Column::ALL.map(Column::name)))?;
    for row in rows {
        let cells = (0..Column::ALL.len()).map(|at| row.cells.get(at).map(String::as_str).unwrap_or_default());
        let line = row.line.to_string();
        let record = [line.as_str(), &row.reason].into_iter().chain(cells);
        writer.write_record(record.map(|text| cell(text).into_owned()))?;
    }
    writer.into_inner().map_err(|error| error.into_error().into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_keeps_its_cells() {
        let row = |cells: &[&str]| BadRow {
            line: 3,
            reason: "The first name is required.".to_owned(),
            cells: cells.iter().map(|cell| (*cell).to_owned()).collect(),
        };
        let text = write(&[row(&["", "O \"N\", x", "+12", "=1", "", ""]), row(&[])]).expect("writes");
        assert_eq!(
            String::from_utf8_lossy(&text),
            "\u{feff}Line,Reason,FirstName,LastName,Phone,Email,Status,Tags\r\n\
             3,The first name is required.,,\"O \"\"N\"\", x\",'+12,'=1,,\r\n\
             3,The first name is required.,,,,,,\r\n"
        );
    }
}
