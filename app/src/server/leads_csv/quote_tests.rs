//! Quotes that swallow rows, and cells that hold line ends.

use std::collections::BTreeSet;

use super::{
    tests::{read, said},
    *,
};

#[test]
fn a_stray_quote_is_told_with_the_lines_that_are_in_it() {
    let head = "FirstName,LastName,Phone,Note";
    let row = |n: usize| format!("L{n},Das,+91987654321{n},note {n}");
    for end in ["\n", "\r\n", "\r"] {
        let file = |rows: &[String]| [&[head.to_owned()], rows].concat().join(end);
        let open = "\"Ravi,Iyer,+919876543202,".to_owned();
        // Never closed.
        let parsed = read(&file(&[row(1), open.clone(), row(2), String::new(), row(3)]));
        assert_eq!((parsed.leads.len(), parsed.bad.len()), (1, 3));
        assert_eq!(
            parsed.bad[0].reason,
            "The quote that line 3 opens is never closed: lines 3 to 6 are in it, to the file's end."
        );
        assert_eq!(parsed.bad.iter().map(|row| row.line).collect::<Vec<_>>(), [3, 4, 6]);
        assert_eq!(parsed.bad[0].cells, ["\"Ravi", "Iyer", "+919876543202", ""]);
        assert_eq!(parsed.bad[2].cells, ["L3", "Das", "+919876543213", "note 3"]);
        // A pair: at the beginnings of two cells, at a beginning and an end, in a column that is ignored.
        for (rows, lines, good) in [
            (vec![row(1), open.clone(), row(2), "\"Mina,Das,+919876543209,".to_owned(), row(3)], 3..=5, 2),
            (vec![row(1), open.clone(), "L9\",Das,+919876543219,".to_owned(), row(3)], 3..=4, 2),
            (vec!["A,B,+919876543200,\"note".to_owned(), row(2), "C,D,+919876543204,note\"".to_owned()], 2..=4, 0),
        ] {
            let parsed = read(&file(&rows));
            assert_eq!(parsed.bad.iter().map(|row| row.line).collect::<Vec<_>>(), lines.clone().collect::<Vec<_>>());
            let within = format!("lines {} to {} are in it", lines.start(), lines.end());
            assert!(parsed.bad[0].reason.contains(&within), "{}", parsed.bad[0].reason);
            assert_eq!(parsed.leads.len(), good, "{rows:?}");
        }
        // Cells that do hold line ends.
        let note = ["A,B,+919876543200,\"Called, then", "wrote, on 2026-05-11", "", "twice\""].join(end);
        let name = ["\"A", "B\",C,+919876543201,"].join(end);
        let parsed = read(&file(&[note, row(3)]));
        assert_eq!((parsed.leads.len(), parsed.bad.len(), parsed.places[1].line), (2, 0, 6));
        assert_eq!(said(&file(&[name])).len(), 1, "a name of two lines is refused for itself");
    }
}

#[test]
fn quotes_that_do_not_say_what_they_mean_are_told() {
    let reason = |row: &str| said(&format!("FirstName,Phone,Note\n{row}\nLast,+18725550119,\n"));
    for row in ["\"A\"x,+18725550112,", "A,+18725550112,\"n\"x"] {
        assert!(reason(row)[0].1.starts_with("Text stands behind a cell's closing quote."), "{row}");
    }
    for row in ["\"A \\\"B\\\" C\",+18725550112,", "A,+18725550112,\"say \\\"hi\\\"\""] {
        assert!(reason(row)[0].1.starts_with("A backslash stands before a quote."), "{row}");
    }
    assert_eq!(reason("A,+18725550112,\"C:\\\""), []);
    assert_eq!(reason("\"Asha \"\"Ash\"\" R\",+18725550112,5\" pipe"), []);
}

/// Whether a row's phone is taken as the row's, or one of its lines is told of.
fn lost(text: &str, rows: &[(&str, &str, std::ops::RangeInclusive<u64>)]) -> Vec<String> {
    let parsed = read(text);
    let mut told: BTreeSet<u64> = BTreeSet::new();
    for row in &parsed.bad {
        told.insert(row.line);
        let range = row.reason.split_once("lines ").and_then(|(_, rest)| {
            let mut numbers = rest.split(|c: char| !c.is_ascii_digit()).filter(|number| !number.is_empty());
            Some(numbers.next()?.parse::<u64>().ok()?..=numbers.next()?.parse().ok()?)
        });
        told.extend(range.into_iter().flatten());
    }
    let is_taken = |name: &str, phone: &str| {
        let named = |lead: &Incoming| lead.lead.first_name.replace('"', "").contains(name.trim_matches('"'));
        parsed.leads.iter().any(|lead| lead.lead.phone == phone && named(lead))
    };
    let is_lost = |(name, phone, lines): &&(&str, &str, std::ops::RangeInclusive<u64>)| {
        !is_taken(name, phone) && !lines.clone().any(|line| told.contains(&line))
    };
    rows.iter().filter(is_lost).map(|(name, ..)| (*name).to_owned()).collect()
}

/// One quote too many, anywhere below the names: every row is taken as itself or told of.
#[test]
fn wherever_a_quote_is_too_many_no_row_is_gone_without_a_word() {
    let phone = |n: usize| format!("+91987654320{n}");
    for separator in [",", ";", "\t", "|"] {
        for (head, rows) in [
            (
                "FirstName,Phone",
                &["A,Mob. 9876543201", "\"B, b\",tel:+919876543202", "\",C\",98765 43203", "D,+919876543204"][..],
            ),
            (
                "Phone,FirstName,Note",
                &["9876543201,A,", "Mob. 98765 43202,B,\"x, y\"", "+919876543203,C,\", z\"", "09876543204,D"],
            ),
            (
                "FirstName,Note,Phone,Address",
                &[
                    "A,\"\",9876543201,\"12, MG Road\nPune, Maharashtra, India, 411001\"",
                    "B,\"say \"\"hi\"\", then\nwrote\",98765-43202,",
                    "C,\",\",9876543203",
                    "D,,+91 98765 43204,\"\n\"",
                    "E,,9876543205",
                ],
            ),
        ] {
            let with = |text: &str| text.replace(',', separator);
            let mut lines = 2;
            let names = ["A", "B", "C", "D", "E"];
            let phones: Vec<_> = (1..=rows.len()).map(phone).collect();
            let mut known = Vec::new();
            for (n, row) in rows.iter().enumerate() {
                let last = lines + row.matches('\n').count() as u64;
                known.push((names[n], phones[n].as_str(), lines..=last));
                lines = last + 1;
            }
            let (head, body) = (with(head) + "\n", with(&rows.join("\n")));
            let sound = read(&format!("{head}{body}"));
            // No name holds tabs.
            assert!(sound.bad.is_empty() || separator == "\t", "{head}{body}: {:?}", sound.bad);
            assert_eq!(sound.count(), rows.len());
            for at in (0..=body.len()).filter(|at| body.is_char_boundary(*at)) {
                let text = format!("{head}{}\"{}", &body[..at], &body[at..]);
                assert_eq!(lost(&text, &known), Vec::<String>::new(), "{text}");
            }
        }
    }
}

#[test]
fn cells_of_several_lines_are_taken_whole() {
    for (head, row) in [
        ("FirstName,Phone,Address", "A,9876543201,\"12, MG Road\nPune, Maharashtra, 411001\nIndia\""),
        ("FirstName,Phone,Note,Alt", "A,9876543201,\"Called,\nthen wrote, again\",9876543202"),
        ("Address,FirstName,Phone", "\"12, MG Road\nPune, 411001\",A,9876543201"),
        ("FirstName,LastName,Phone,Email,Note", "A,B,9876543201,,\"a,b,c,d,e\nf,g,h,i,j\nk,l,2026-05-11,n,o\""),
        ("Phone,FirstName,Note", "9876543201,A,\"Called\n9876543202\n9876543203\""),
    ] {
        let parsed = read(&format!("{head}\n{row}\nLast,,,,\n"));
        assert_eq!(parsed.leads.len(), 1, "{row}: {:?}", parsed.bad);
        assert_eq!(parsed.places[0].line, 2);
    }
    let two = said("FirstName,Phone\nA,\"9876543211\n9876543212\"\n");
    assert!(two[0].1.starts_with("The phone holds two numbers") && two[0].1.ends_with("The row is lines 2 to 3."));
    assert_eq!(two.len(), 1);
}
