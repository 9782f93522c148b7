//! Writes the rows that an import did not take in, to be mended in a spreadsheet and imported again.

use calliyo_domain::import::{BadRow, COLUMNS};
use csv::{Terminator, WriterBuilder};

/// Line and reason, then the row's own cells under the names that an import reads.
///
/// # Errors
/// None that memory could cause; the writer's own.
pub fn write(rows: &[BadRow]) -> csv::Result<Vec<u8>> {
    // Spreadsheets take a file for UTF-8 only where it begins with the mark.
    let mut writer = WriterBuilder::new().terminator(Terminator::CRLF).from_writer("\u{feff}".as_bytes().to_vec());
    writer.write_record(["Line", "Reason"].into_iter().chain(COLUMNS))?;
    for row in rows {
        let cells = (0..COLUMNS.len()).map(|at| row.cells.get(at).map(String::as_str).unwrap_or_default());
        let line = row.line.to_string();
        writer.write_record([line.as_str(), &row.reason].into_iter().chain(cells).map(defused))?;
    }
    writer.into_inner().map_err(|error| error.into_error().into())
}

/// A cell that a spreadsheet would execute becomes plain text by an apostrophe (OWASP, "CSV Injection").
fn defused(cell: &str) -> String {
    if cell.starts_with(['=', '+', '-', '@', '\t', '\r']) { format!("'{cell}") } else { cell.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_spreadsheet_would_execute_is_text() {
        for cell in ["=1+1", "+91", "-1", "@SUM(A1)", "\tx", "\rx"] {
            assert_eq!(defused(cell), format!("'{cell}"));
        }
        for cell in ["", "Asha", "a=b", "'=1", " =1"] {
            assert_eq!(defused(cell), cell);
        }
    }

    #[test]
    fn a_row_keeps_its_cells() {
        let row = |cells: &[&str]| BadRow {
            line: 3,
            reason: "The first name is required.".to_owned(),
            cells: cells.iter().map(|cell| (*cell).to_owned()).collect(),
        };
        let text = write(&[row(&["", "O \"N\", x", "+12", "", "", ""]), row(&[])]).expect("writes");
        assert_eq!(
            String::from_utf8_lossy(&text),
            "\u{feff}Line,Reason,FirstName,LastName,Phone,Email,Status,Tags\r\n\
             3,The first name is required.,,\"O \"\"N\"\", x\",'+12,,,\r\n\
             3,The first name is required.,,,,,,\r\n"
        );
    }
}
