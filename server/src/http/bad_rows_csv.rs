//! Writes the rows that an import did not take in, to be mended in a spreadsheet and imported again.

use std::io;

use calliyo_app::server::imports::LeftOut;
use calliyo_domain::{import::BadRow, spreadsheet::cell};

use super::csv_file;

/// Line and reason, then the row as it stood, under the file's own names for its columns. What a spreadsheet would
/// execute becomes plain text.
pub fn write(left_out: &LeftOut) -> io::Result<Vec<u8>> {
    let LeftOut { columns, rows } = left_out;
    let most = rows.iter().map(|row| row.cells.len()).max().unwrap_or_default().max(columns.len());
    let names = columns.iter().map(|name| cell(name).into_owned());
    let head: Vec<_> = ["Line", "Reason"].into_iter().map(str::to_owned).chain(names).collect();
    let head: Vec<_> = head.iter().map(String::as_str).chain(vec![""; most - columns.len()]).collect();
    csv_file::table(&head, &rows.iter().map(|row| record(row, most)).collect::<Vec<_>>())
}

fn record(row: &BadRow, most: usize) -> Vec<String> {
    let cells = (0..most).map(|at| row.cells.get(at).map(String::as_str).unwrap_or_default());
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
            "\u{feff}Line,Reason,Who,'=Phone,,\r\n\
             3,The first name is required.,,\"O \"\"N\"\", x\",'+12,'=1\r\n\
             3,The first name is required.,,,,\r\n"
        );
    }
}
