//! Writes the rows that an import did not take in, to be mended in a spreadsheet and imported again.

use std::io;

use calliyo_domain::{
    import::{BadRow, Column},
    spreadsheet::cell,
};

use super::csv_file;

/// Line and reason, then the row's own cells under the names that an import reads. What a spreadsheet would execute
/// becomes plain text.
pub fn write(rows: &[BadRow]) -> io::Result<Vec<u8>> {
    let columns: Vec<_> = ["Line", "Reason"].into_iter().chain(Column::ALL.map(Column::name)).collect();
    csv_file::table(&columns, &rows.iter().map(record).collect::<Vec<_>>())
}

fn record(row: &BadRow) -> Vec<String> {
    let cells = (0..Column::ALL.len()).map(|at| row.cells.get(at).map(String::as_str).unwrap_or_default());
    let line = row.line.to_string();
    let texts = [line.as_str(), &row.reason].into_iter().chain(cells);
    texts.map(|text| cell(text).into_owned()).collect()
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
