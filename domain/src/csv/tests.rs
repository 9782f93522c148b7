use proptest::prelude::*;

use super::*;

fn read(text: &str) -> Vec<Record<'_>> {
    Reader::new(text, 1, b',').collect()
}

/// Each row's first and last line, and its cells.
fn rows(text: &str) -> Vec<(u64, u64, Vec<String>)> {
    let cells = |record: &Record<'_>| record.cells.iter().map(|cell| cell.to_string()).collect();
    read(text).iter().map(|record| (record.line, record.last_line, cells(record))).collect()
}

fn row(line: u64, last: u64, cells: &[&str]) -> (u64, u64, Vec<String>) {
    (line, last, cells.iter().map(|cell| (*cell).to_owned()).collect())
}

#[test]
fn lines_are_counted_whatever_ends_them() {
    for end in ["\n", "\r", "\r\n"] {
        let text = ["a,b", "", "\"c", "", "d\",e", "", "f"].join(end);
        let cell = ["c", "", "d"].join(end);
        assert_eq!(rows(&text), [row(1, 1, &["a", "b"]), row(3, 5, &[&cell, "e"]), row(7, 7, &["f"])], "{end:?}");
        assert_eq!(lines(&text).count(), 7);
    }
    assert_eq!(rows("a\n\r\nb").last(), Some(&row(3, 3, &["b"])), "a line feed, then a line that is empty");
}

#[test]
fn what_is_well_formed_is_no_flaw() {
    for (text, cells) in [
        ("\"a,\"\"b\"\"\",c", &["a,\"b\"", "c"][..]),
        ("\"\",\"\"\"\"", &["", "\""]),
        ("5\" pipe,a\"b\"", &["5\" pipe", "a\"b\""]),
        (",", &["", ""]),
        ("\"C:\\\",x", &["C:\\", "x"]),
        ("\"a \\\"\"b\",x", &["a \\\"b", "x"]),
        (" \"a\", \"b, c\"\t,\"d\" ", &["a", "b, c", "d"]),
        (" a ,  b\"c\"", &[" a ", "  b\"c\""]),
    ] {
        let record = read(text).remove(0);
        assert_eq!((record.flaw, record.text), (None, text));
        assert_eq!(record.cells, cells, "{text}");
    }
}

#[test]
fn a_flawed_row_ends_with_the_line_on_which_it_is_seen() {
    let backslash = Some(Flaw::Backslash { opened: 1 });
    let after = |closed| Some(Flaw::AfterQuote { opened: 1, closed });
    for (text, flaw, last) in [
        ("\"A\"x,b", after(1), 1),
        ("\"A\" x,b", after(1), 1),
        (" \"A\"x,b", after(1), 1),
        ("\"A \\\"B\\\" C\",b", backslash, 1),
        ("\"A \\\"\",b", backslash, 1),
        ("\"A\\\", B\",b", backslash, 1),
        ("\"A,b\nB,c\nC,\"D,e", after(3), 3),
        ("\"A,b\nB,c\n", Some(Flaw::Unclosed { opened: 1 }), 2),
        ("x,\"", Some(Flaw::Unclosed { opened: 1 }), 1),
    ] {
        let next = format!("{text}\nlast,1");
        let records = read(if matches!(flaw, Some(Flaw::Unclosed { .. })) { text } else { &next });
        assert_eq!((records[0].flaw, records[0].last_line), (flaw, last), "{text}");
        if records.len() > 1 {
            assert_eq!((records[1].line, records[1].cells.len()), (last + 1, 2), "{text}");
        }
    }
    assert_eq!(read("a\nb,\"c\n\"d").remove(1).flaw, Some(Flaw::AfterQuote { opened: 2, closed: 3 }));
}

#[test]
fn cells_beyond_all_measure_are_not_told_apart() {
    let text = format!("{}\n{}\nb", "a,".repeat(400_000), ",".repeat(400_000));
    let records = read(&text);
    assert_eq!((records[1].cells.len(), records[1].flaw), (MAX_CELLS, None), "what is blank is none");
    assert_eq!((records.len(), records[0].cells.len(), records[0].flaw), (3, MAX_CELLS + 1, Some(Flaw::TooMany)));
    assert_eq!(cells(records[0].text, b',').count(), MAX_CELLS + 1);
}

proptest! {
    /// What the csv crate writes is read as it reads it, and each row is on the line where it was written.
    #[test]
    fn well_formed_text_is_read_as_the_csv_crate_reads_it(
        table in prop::collection::vec(prop::collection::vec("[ab \",;\n\ré]{0,6}", 1..5), 0..8),
        end in prop::sample::select(vec![csv::Terminator::CRLF, csv::Terminator::Any(b'\n'), csv::Terminator::Any(b'\r')]),
        always in any::<bool>(),
        separator in prop::sample::select(vec![b',', b';', b'\t']),
    ) {
        let style = if always { csv::QuoteStyle::Always } else { csv::QuoteStyle::Necessary };
        let mut writer = csv::WriterBuilder::new()
            .flexible(true).terminator(end).quote_style(style).delimiter(separator).from_writer(Vec::new());
        for row in &table {
            writer.write_record(row).expect("writes");
        }
        let bytes = writer.into_inner().expect("writes");
        let text = std::str::from_utf8(&bytes).expect("text");
        let mut reader = csv::ReaderBuilder::new()
            .flexible(true).has_headers(false).delimiter(separator).from_reader(bytes.as_slice());
        let known: Vec<Vec<String>> =
            reader.records().map(|row| row.expect("reads").iter().map(str::to_owned).collect()).collect();
        let records: Vec<_> = Reader::new(text, 1, separator).collect();
        prop_assert!(records.iter().all(|record| record.flaw.is_none()));
        let cells: Vec<Vec<String>> =
            records.iter().map(|record| record.cells.iter().map(|cell| cell.to_string()).collect()).collect();
        prop_assert_eq!(cells, known);
        let mut line = 1;
        for record in &records {
            prop_assert_eq!(record.line, line);
            line += lines(record.text).count() as u64;
            prop_assert_eq!(record.last_line, line - 1);
        }
    }

    /// Whatever stands there, no line is lost and none is read twice.
    #[test]
    fn any_text_is_read_to_its_end(text in "[ab\",\n\r\\\\]{0,40}") {
        let mut line = 0;
        for record in Reader::new(&text, 1, b',') {
            prop_assert!(record.line > line && record.last_line >= record.line);
            prop_assert_eq!(record.lines().count() as u64, record.last_line - record.line + 1);
            line = record.last_line;
        }
        let last = lines(&text).zip(1..).filter(|(line, _)| !line.is_empty()).map(|(_, n)| n).last().unwrap_or_default();
        prop_assert!(line >= last && line <= lines(&text).count() as u64);
    }
}
