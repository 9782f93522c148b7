//! A mobile and a fixed line of many countries, in every way in which people write them, alone and beside something.

use calliyo_domain::phone::e164;

use super::refused::{EXTENSION, LIST, REMARK, SHORTENED, TWO};

/// A number as it is written in its country, and from the plus on.
type Forms = (&'static str, &'static str);

/// The country, what is dialled first within it, a mobile and a fixed line.
const NUMBERS: &[(&str, &str, [Forms; 2])] = &[
    ("IN", "0", [("98765 43210", "+91 9876543210"), ("(022) 2756 7890", "+91 2227567890")]),
    ("US", "", [("(872) 555-0199", "+1 8725550199"), ("(212) 555-0198", "+1 2125550198")]),
    ("CA", "", [("(416) 555-0123", "+1 4165550123"), ("(604) 555-0123", "+1 6045550123")]),
    ("GB", "0", [("07700 900123", "+44 7700900123"), ("(020) 7946 0018", "+44 2079460018")]),
    ("IE", "0", [("085 012 3456", "+353 850123456"), ("(01) 234 5678", "+353 12345678")]),
    ("DE", "0", [("0151 23456789", "+49 15123456789"), ("(030) 901820", "+49 30901820")]),
    ("AT", "0", [("0664 1234569", "+43 6641234569"), ("(01) 5123456", "+43 15123456")]),
    ("CH", "0", [("079 123 45 67", "+41 791234567"), ("(044) 668 18 00", "+41 446681800")]),
    ("FR", "0", [("06 12 34 56 78", "+33 612345678"), ("01 42 68 53 00", "+33 142685300")]),
    ("IT", "", [("347 123 4567", "+39 3471234567"), ("(06) 1234 5678", "+39 0612345678")]),
    ("ES", "", [("612 34 56 78", "+34 612345678"), ("912 34 56 78", "+34 912345678")]),
    ("PT", "", [("912 345 678", "+351 912345678"), ("212 345 678", "+351 212345678")]),
    ("NL", "0", [("06 12345678", "+31 612345678"), ("(020) 123 4567", "+31 201234567")]),
    ("BE", "0", [("0470 12 34 56", "+32 470123456"), ("(02) 123 45 67", "+32 21234567")]),
    ("LU", "", [("628 123 456", "+352 628123456"), ("27 12 34 56", "+352 27123456")]),
    ("PL", "", [("512 345 678", "+48 512345678"), ("(22) 123 45 67", "+48 221234567")]),
    ("CZ", "", [("601 123 456", "+420 601123456"), ("212 345 678", "+420 212345678")]),
    ("SE", "0", [("070-123 45 67", "+46 701234567"), ("(08) 123 456 78", "+46 812345678")]),
    ("NO", "", [("406 12 345", "+47 40612345"), ("21 23 45 67", "+47 21234567")]),
    ("DK", "", [("32 12 34 56", "+45 32123456"), ("33 12 34 56", "+45 33123456")]),
    ("FI", "0", [("041 2345678", "+358 412345678"), ("(09) 123 4567", "+358 91234567")]),
    ("HU", "06", [("06 20 123 4567", "+36 201234567"), ("(06 1) 234 5678", "+36 12345678")]),
    ("RO", "0", [("0712 034 567", "+40 712034567"), ("(021) 123 4567", "+40 211234567")]),
    ("GR", "", [("691 234 5678", "+30 6912345678"), ("212 345 6789", "+30 2123456789")]),
    ("RU", "8", [("8 912 345-67-89", "+7 9123456789"), ("(495) 123-45-67", "+7 4951234567")]),
    ("UA", "0", [("050 123 4567", "+380 501234567"), ("(044) 123 4567", "+380 441234567")]),
    ("TR", "0", [("0501 234 56 78", "+90 5012345678"), ("(0212) 345 67 89", "+90 2123456789")]),
    ("IL", "0", [("050-234-5678", "+972 502345678"), ("(02) 123-4567", "+972 21234567")]),
    ("AE", "0", [("050 123 4567", "+971 501234567"), ("(02) 234 5678", "+971 22345678")]),
    ("SA", "0", [("051 234 5678", "+966 512345678"), ("(011) 234 5678", "+966 112345678")]),
    ("PK", "0", [("0301 2345678", "+92 3012345678"), ("(021) 23456789", "+92 2123456789")]),
    ("BD", "0", [("01812-345678", "+880 1812345678"), ("(02) 7111234", "+880 27111234")]),
    ("LK", "0", [("071 234 5678", "+94 712345678"), ("(011) 234 5678", "+94 112345678")]),
    ("SG", "", [("8123 4567", "+65 81234567"), ("6123 4567", "+65 61234567")]),
    ("MY", "0", [("012-345 6789", "+60 123456789"), ("(03) 2345 6789", "+60 323456789")]),
    ("ID", "0", [("0812-345-678", "+62 812345678"), ("(021) 8350 123", "+62 218350123")]),
    ("PH", "0", [("0905 123 4567", "+63 9051234567"), ("(02) 3234 5678", "+63 232345678")]),
    ("TH", "0", [("081 234 5678", "+66 812345678"), ("(02) 123 4567", "+66 21234567")]),
    ("VN", "0", [("091 234 56 78", "+84 912345678"), ("(024) 3234 5678", "+84 2432345678")]),
    ("CN", "0", [("131 2345 6789", "+86 13123456789"), ("(010) 1234 5678", "+86 1012345678")]),
    ("HK", "", [("5123 4567", "+852 51234567"), ("2123 4567", "+852 21234567")]),
    ("TW", "0", [("0912 345 678", "+886 912345678"), ("(02) 1234 5678", "+886 212345678")]),
    ("JP", "0", [("090-1234-5678", "+81 9012345678"), ("(03) 1234-5678", "+81 312345678")]),
    ("KR", "0", [("010-2000-0000", "+82 1020000000"), ("(02) 2212-3456", "+82 222123456")]),
    ("AU", "0", [("0412 345 678", "+61 412345678"), ("(02) 1234 5678", "+61 212345678")]),
    ("NZ", "0", [("021 123 4567", "+64 211234567"), ("(03) 234 5678", "+64 32345678")]),
    ("ZA", "0", [("071 123 4567", "+27 711234567"), ("(010) 123 4567", "+27 101234567")]),
    ("KE", "0", [("0712 123456", "+254 712123456"), ("(020) 2012345", "+254 202012345")]),
    ("EG", "0", [("0100 123 4567", "+20 1001234567"), ("(02) 3456 7890", "+20 234567890")]),
    ("MA", "0", [("0650 123456", "+212 650123456"), ("0520 123456", "+212 520123456")]),
    ("BR", "0", [("(11) 96123-4567", "+55 11961234567"), ("(11) 2345-6789", "+55 1123456789")]),
    ("AR", "0", [("(011) 15 2345-6789", "+54 91123456789"), ("(011) 2345-6789", "+54 1123456789")]),
    ("MX", "", [("55 1234 5678", "+52 5512345678"), ("(33) 1234 5678", "+52 3312345678")]),
    ("CL", "", [("9 6123 4567", "+56 961234567"), ("(2) 2123 4567", "+56 221234567")]),
    ("CO", "", [("321 1234567", "+57 3211234567"), ("(601) 1234567", "+57 6011234567")]),
    ("PE", "0", [("912 345 678", "+51 912345678"), ("(01) 1234567", "+51 11234567")]),
];

struct Number {
    /// What is dialled first within its country.
    first: &'static str,
    written: &'static str,
    number: &'static str,
    is_mobile: bool,
}

/// What is typed in a country, and what it is: a number, or the beginning of what is said.
type Case = (&'static str, String, String);

fn each(write: impl Fn(&Number) -> Vec<(String, String)>) -> Vec<Case> {
    let mut cases = Vec::new();
    for (country, first, numbers) in NUMBERS {
        for (at, (written, number)) in numbers.iter().enumerate() {
            let typed = write(&Number { first, written, number, is_mobile: at == 0 });
            cases.extend(typed.into_iter().map(|(typed, meant)| (*country, typed, meant)));
        }
    }
    cases
}

fn check(cases: &[Case]) {
    let said = |typed: &str, country: &str| e164(typed, country).unwrap_or_else(|refused| refused.message);
    let wrong: Vec<_> = cases
        .iter()
        .map(|(country, typed, meant)| (*country, typed.as_str(), said(typed, country), meant.as_str()))
        .filter(|(_, _, got, meant)| !got.starts_with(meant) || meant.is_empty())
        .collect();
    let shown: Vec<_> = wrong.iter().map(|case| format!("{case:?}")).collect();
    assert!(wrong.is_empty(), "{} of {}:\n{}", wrong.len(), cases.len(), shown.join("\n"));
}

fn without_brackets(written: &str) -> String {
    written.replace(['(', ')'], "")
}

fn digits(text: &str) -> String {
    text.chars().filter(char::is_ascii_digit).collect()
}

#[test]
fn numbers_are_taken_however_they_are_written() {
    check(&each(|&Number { first, written, number, is_mobile }| {
        let (code, national) = number.split_once(' ').expect("a code");
        let abroad = code.replace('+', "00");
        let (area, rest) = national.split_at(3);
        let plain = without_brackets(written);
        let mut typed = vec![
            written.to_owned(),
            plain.clone(),
            digits(written),
            plain.replace(' ', "-"),
            plain.replace(' ', "\u{a0}"),
            format!("Tel.: {plain}"),
            format!("'{plain}"),
            format!("{plain};"),
            format!("{} ", plain.replace(' ', "\u{2013}")),
            number.replace(' ', ""),
            number.to_owned(),
            format!("{code} {area} {rest}"),
            format!("{code}-{area}-{rest}"),
            format!("{code} ({area}) {rest}"),
            format!("({code}) {national}"),
            format!("({code}) {area} {rest}"),
            format!("{abroad}{national}"),
            format!("{abroad} {area} {rest}"),
            format!("{abroad} ({area}) {rest}"),
            format!("({abroad}) {national}"),
            format!("tel:{code}-{area}-{rest}"),
            format!("\u{202a}{code} {national}\u{202c}"),
        ];
        if is_mobile {
            // A spreadsheet's number; the code before a fixed line may be a town's.
            typed.extend([format!("{}{national}.0", digits(code)), format!("{}{national},00", digits(code))]);
        }
        if first == "0" {
            typed.extend([
                format!("{code} (0) {area} {rest}"),
                format!("{code} (0){area} {rest}"),
                format!("{code} 0{area} {rest}"),
                format!("{abroad} (0){area} {rest}"),
            ]);
        }
        typed.into_iter().map(|typed| (typed, number.replace(' ', ""))).collect()
    }));
}

/// The same number, but for its last digits.
fn next(written: &str) -> String {
    let last = written.rfind(|c: char| c.is_ascii_digit()).expect("a digit");
    format!("{}{}", &written[..last], if written.ends_with('1') { "2" } else { "1" })
}

#[test]
fn two_numbers_are_none() {
    check(&each(|&Number { written, number, .. }| {
        let of = |written: &str| {
            let other = next(written);
            [
                format!("{written} / {other}"),
                format!("{written}/{other}"),
                format!("{written}, {other}"),
                format!("{written}; {other}"),
                format!("{written}\n{other}"),
                format!("{written} & {other}"),
                format!("{written} or {other}"),
                format!("{written} | {other}"),
                format!("{written} ({other})"),
                format!("{written}, Office: {other}"),
                format!("1) {written} 2) {other}"),
                format!("1. {written} 2. {other}"),
                format!("1\u{fe0f}\u{20e3} {written} 2\u{fe0f}\u{20e3} {other}"),
            ]
        };
        let both = [of(&without_brackets(written)), of(number)].concat();
        both.into_iter().map(|typed| (typed, TWO.to_owned())).collect()
    }));
}

const WORDS: [&str; 24] = [
    "ext",
    "ext.",
    "extn",
    "x",
    "X",
    "int.",
    "interno",
    "poste",
    "доб.",
    "anexo",
    "ramal",
    "Durchwahl",
    "DW",
    "ampliación",
    "内线",
    "分机",
    "转",
    "內線",
    "Ext:",
    "Extension",
    "anx.",
    "dahili",
    "вн.",
    "tst.",
];

#[test]
fn an_extension_is_told() {
    check(&each(|&Number { written, number, .. }| {
        let words = WORDS.iter().flat_map(|word| {
            [without_brackets(written), number.to_owned()].into_iter().flat_map(move |number| {
                [format!("{number} {word} 12"), format!("{number} ({word} 123)"), format!("{number}{word}5")]
            })
        });
        words.map(|typed| (typed, EXTENSION.to_owned())).collect()
    }));
}

#[test]
fn what_stands_beside_a_number_is_told() {
    check(&each(|&Number { written, number, .. }| {
        let plain = without_brackets(written);
        let is_luxembourg = number.starts_with("+352");
        let mut cases: Vec<(String, String)> = Vec::new();
        for number in [plain.as_str(), number] {
            for remark in [" (office)", " office", " - wife", " (2)", " office 2", " after 6 pm"] {
                cases.push((format!("{number}{remark}"), REMARK.to_owned()));
            }
            // Numbers of Luxembourg are of any length.
            if !is_luxembourg {
                cases.push((format!("(2) {number}"), LIST.to_owned()));
            }
            for place in ["2) ", "2. ", "#2 ", "2\u{fe0f}\u{20e3} ", "2\u{fe0f}\u{20e3}", "2: "] {
                cases.push((format!("{place}{number}"), LIST.to_owned()));
            }
        }
        let digits = digits(number);
        let (first, decimals) = digits.split_at(1);
        cases.push((format!("{first}.{}E+{}", &decimals[..5], digits.len() - 1), SHORTENED.to_owned()));
        cases.push((format!("{first},{}E+{}", &decimals[..5], digits.len() - 1), SHORTENED.to_owned()));
        cases
    }));
}
