//! What a stray quote does to a table: nothing is lost without a word, and no sound table is suspected.

use std::collections::BTreeSet;

use proptest::prelude::*;

use super::*;

fn is_phone(cell: &str) -> bool {
    let digits = cell.split(|c: char| !c.is_ascii_digit()).map(str::len).max();
    digits.is_some_and(|n| n >= 9) || cell.contains("E+09")
}

fn shape(separator: u8, columns: usize, phone: usize) -> Shape<'static> {
    Shape { separator, columns, phone, is_phone: &is_phone }
}

/// How many rows are suspected, in a table of three columns of which the second is the phone.
fn suspected(text: &str) -> usize {
    Reader::new(text, 1, b',').filter(|row| swallows(row, &shape(b',', 3, 1))).count()
}

#[test]
fn rows_in_a_cell_are_told_from_a_cells_own_lines() {
    for text in [
        // A pair at two cells' ends, whatever is left out behind the phone.
        "A,9876543210,\"x\nB,9876543211\nC,9876543212,y\"",
        "A,9876543210,\"x\nB,Mob. 9876543211,y\"",
        "A,9876543210,\"x\nB,tel:+919876543211\n\"",
        "A,9876543210,\"x\nB,9.81E+09,\n\"",
        "\"A,9876543210,x\nB\",9876543211,y",
        "\"A,9876543210\nB,9876543211\n\",9876543212,y",
        // What is left over of a cell with a separator.
        "A,9876543210,\"x\nB,\", z\",9876543211",
        // A quote too many in a cell that has its own.
        "\"Rao, A\"\",9876543210,x\nB,9876543211,\",y\"",
        "A,\"\"\"9876543210,x\nB,9876543211,\",y\"",
        // Rows with empty cells in quotes.
        "A,9876543210,\"x\nB,9876543211,\"\"\nC,9876543212,\", z\"",
    ] {
        assert_eq!(suspected(text), 1, "{text}");
    }
    for text in [
        "A,9876543210,\"12, MG Road, Pune\n411001, India, 9876543211\"",
        "A,9876543210,\"Called,\nthen, wrote, again, 9876543211\"",
        "\"A\nB\",9876543210,x",
        "\"Rao, A\nB, C\",9876543210,x",
        "\"A, of\nB\",9876543210,\"x\ny\"",
        "A,\"9876543210\n9876543211\",x",
        "A,9876543210,\"say \"\"hi\"\"\nthen, \"\"bye\"\"\"",
    ] {
        assert_eq!(suspected(text), 0, "{text}");
    }
    // Another phone behind a note.
    let note = "A,9876543210,\"x\ny\",9876543211";
    let row = Reader::new(note, 1, b',').next().expect("a row");
    assert!(!swallows(&row, &shape(b',', 4, 1)));
    assert!(swallows(&row, &shape(b',', 3, 1)), "it has a cell too many: it could be two rows");
}

const ENDS: [csv::Terminator; 3] = [csv::Terminator::CRLF, csv::Terminator::Any(b'\n'), csv::Terminator::Any(b'\r')];

/// A table as the csv crate writes it.
fn written(rows: &[Vec<String>], separator: u8, end: csv::Terminator, style: csv::QuoteStyle) -> String {
    let mut writer = csv::WriterBuilder::new()
        .flexible(true)
        .terminator(end)
        .quote_style(style)
        .delimiter(separator)
        .from_writer(Vec::new());
    for row in rows {
        writer.write_record(row).expect("writes");
    }
    String::from_utf8(writer.into_inner().expect("writes")).expect("text")
}

fn separators() -> impl Strategy<Value = u8> {
    prop::sample::select(vec![b',', b';', b'\t', b'|'])
}

fn styles() -> impl Strategy<Value = csv::QuoteStyle> {
    prop::sample::select(vec![csv::QuoteStyle::Necessary, csv::QuoteStyle::Always])
}

/// What may stand in a cell, but a phone.
fn nasty() -> impl Strategy<Value = String> {
    prop_oneof![
        4 => Just(String::new()),
        2 => "[ab]{1,3}",
        4 => "[a1 \",;|\t\n\r]{0,8}",
        1 => "[\",;\n]{0,5}",
    ]
}

/// Lines that look like rows, with a phone where a cell of `column` could have it without being the phone's.
fn like_rows(columns: usize, phone: usize, column: usize, separator: u8) -> impl Strategy<Value = String> {
    let line = prop::collection::vec(prop_oneof![Just("9876543210"), Just("x"), Just("")], columns);
    prop::collection::vec(line, 1..4).prop_map(move |lines| {
        let lines: Vec<_> = lines
            .into_iter()
            .map(|mut cells| {
                for (at, cell) in cells.iter_mut().enumerate() {
                    if at == phone || at + column == phone {
                        *cell = "y";
                    }
                }
                cells.join(&char::from(separator).to_string())
            })
            .collect();
        lines.join("\n")
    })
}

/// Separator, columns, the phone's, and rows.
type Table = (u8, usize, usize, Vec<Vec<String>>);

fn sound_table() -> impl Strategy<Value = Table> {
    (separators(), 2..6_usize)
        .prop_flat_map(|(separator, columns)| (Just(separator), Just(columns), 0..columns))
        .prop_flat_map(|(separator, columns, phone)| {
            let cells: Vec<_> = (0..columns)
                .map(|at| {
                    if at == phone {
                        Just("9876543210".to_owned()).boxed()
                    } else {
                        prop_oneof![nasty(), like_rows(columns, phone, at, separator)].boxed()
                    }
                })
                .collect();
            (Just(separator), Just(columns), Just(phone), prop::collection::vec(cells, 1..5))
        })
}

/// The phone of the row `n`, as people write them.
fn phone(n: usize, style: usize) -> String {
    match style {
        0 => format!("+9198765432{n:02}"),
        1 => format!("Mob. 98765432{n:02}"),
        2 => format!("tel:+9198765432{n:02}"),
        3 => format!("9.8{n:02}E+09"),
        _ => format!("98765432{n:02}"),
    }
}

fn list() -> impl Strategy<Value = Table> {
    (separators(), 2..6_usize)
        .prop_flat_map(|(separator, columns)| (Just(separator), Just(columns), 0..columns))
        .prop_flat_map(|(separator, columns, place)| {
            let row = (prop::collection::vec(nasty(), columns), 0..5_usize, 0..columns);
            prop::collection::vec(row, 1..8).prop_map(move |rows| {
                let row = |(n, (mut cells, style, length)): (usize, (Vec<String>, usize, usize))| {
                    cells[place] = phone(n, style);
                    cells.truncate(length.max(place + 1).max(2));
                    cells
                };
                (separator, columns, place, rows.into_iter().enumerate().map(row).collect())
            })
        })
}

/// The lines that are told of, and the phones that are taken.
fn taken(text: &str, shape: &Shape<'_>) -> (BTreeSet<u64>, Vec<String>) {
    let (mut told, mut phones) = (BTreeSet::new(), Vec::new());
    for row in Reader::new(text, 1, shape.separator) {
        let cell = row.cells.get(shape.phone).filter(|cell| is_phone(cell) && !cell.trim().contains(['\n', '\r']));
        match cell {
            Some(cell)
                if row.flaw.is_none()
                    && !swallows(&row, shape)
                    && row.cells.iter().skip(shape.columns).all(|cell| crate::spreadsheet::is_blank(cell)) =>
            {
                phones.push(cell.to_string());
            }
            _ => told.extend(row.line..=row.last_line),
        }
    }
    (told, phones)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1_000))]

    #[test]
    fn no_sound_table_is_suspected(
        (separator, columns, phone, rows) in sound_table(),
        end in prop::sample::select(ENDS.to_vec()),
        style in styles(),
    ) {
        let text = written(&rows, separator, end, style);
        let read: Vec<_> = Reader::new(&text, 1, separator).collect();
        let cells: Vec<Vec<String>> =
            read.iter().map(|row| row.cells.iter().map(|cell| cell.to_string()).collect()).collect();
        prop_assert_eq!(&cells, &rows);
        for row in &read {
            prop_assert!(row.flaw.is_none() && !swallows(row, &shape(separator, columns, phone)), "{:?}", row.text);
        }
    }

    #[test]
    fn a_stray_quote_loses_no_row_without_a_word(
        (separator, columns, place, rows) in list(),
        end in prop::sample::select(ENDS.to_vec()),
        style in styles(),
    ) {
        let sound = written(&rows, separator, end, style);
        let shape = shape(separator, columns, place);
        let lines: Vec<_> = Reader::new(&sound, 1, separator).map(|row| row.line..=row.last_line).collect();
        prop_assert_eq!(lines.len(), rows.len());
        for at in (0..=sound.len()).filter(|at| sound.is_char_boundary(*at)) {
            let text = [&sound[..at], "\"", &sound[at..]].concat();
            let (told, phones) = taken(&text, &shape);
            for (row, mut lines) in rows.iter().zip(lines.clone()) {
                let phone = &row[place];
                let is_taken = phones.iter().any(|taken| taken.replace('"', "").contains(phone.as_str()));
                prop_assert!(is_taken || lines.any(|line| told.contains(&line)), "{phone} is gone from {text:?}");
            }
        }
    }
}
