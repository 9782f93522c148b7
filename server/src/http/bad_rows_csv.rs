//! Writes the rows that an import did not take in, to be mended in a spreadsheet and imported again.

use std::io;

use calliyo_app::server::imports::LeftOut;
use calliyo_domain::{import::BadRow, spreadsheet::cell};

use super::csv_file;

/// Line and reason, then the row as it stood, under the file's own names for its columns. What a spreadsheet would
/// execute becomes plain text.
pub fn write(left_out: &LeftOut) -> io::Result<Vec<u8>> {
    let LeftOut { columns, rows } = left_out;
    let names: Vec<_> = columns.iter().map(|name| cell(name).into_owned()).collect();
    let head: Vec<_> = ["Line", "Reason"].into_iter().chain(names.iter().map(String::as_str)).collect();
    let mut file = csv_file::head(&head)?.to_vec();
    csv_file::append(&mut file, rows.iter().map(|row| record(row, columns.len())))?;
    Ok(file)
}

/// As many cells as the row has, and as the file has columns: a row too long by itself makes no other longer.
fn record(row: &BadRow, columns: usize) -> Vec<String> {
    let cells = (0..columns.max(row.cells.len())).map(|at| row.cells.get(at).map(String::as_str).unwrap_or_default());
    let line = row.line.to_string();
    let texts = [line.as_str(), &row.reason].into_iter().chain(cells);
    texts.map(|text| cell(text).into_owned()).collect()
}

#[cfg(test)]
mod tests {
    use calliyo_domain::import::RowKind;

    use super::*;

    #[test]
    fn a_row_keeps_its_cells_under_the_files_own_names() {
        let row = |cells: &[&str]| BadRow {
            line: 3,
            reason: "The first name is required.".to_owned(),
            cells: cells.iter().map(|cell| (*cell).to_owned()).collect(),
            kind: RowKind::Row,
        };
        let columns = ["Who", "=Phone", ""].map(str::to_owned).to_vec();
        let rows = vec![row(&["", "O \"N\", x", "+12", "=1"]), row(&[])];
        let text = write(&LeftOut { columns, rows }).expect("writes");
        assert_eq!(
            String::from_utf8_lossy(&text),
            "\u{feff}Line,Reason,Who,'=Phone,\r\n\
             3,The first name is required.,,\"O \"\"N\"\", x\",'+12,'=1\r\n\
             3,The first name is required.,,,\r\n"
        );
    }
}
