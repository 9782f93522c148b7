//! What is not one number, and what is said of it.

use calliyo_domain::phone::e164;

/// What is refused, in which country, and what its reason begins with.
const REFUSED: &[(&str, &str, &str)] = &[
    ("IN", "", "The phone is required"),
    ("IN", " \u{200b}", "The phone is required"),
    ("IN", "hello", LETTERS),
    ("IN", "+", "The phone has no digits"),
    ("IN", "12", "The phone is too short: it has 2 digits, numbers of India have 10."),
    ("IN", "98765 4321", "The phone is too short: it has 9 digits"),
    ("IN", "560001", "The phone is too short"),
    ("IN", "1234567890123456789", "The phone is too long"),
    ("IN", "+1 872 555 011", "The phone is too short: it has 9 digits, numbers of +1 have 10."),
    ("IN", "+999 123 456 789", "The phone begins with a country code that no country has"),
    ("IN", "+0 98765 43210", "The phone begins with a country code that no country has"),
    ("IN", "1-800-FLOWERS", LETTERS),
    ("IN", "98765O3210", LETTERS),
    // A spreadsheet's numbers.
    ("IN", "987654321.0", "The phone is too short: it has 9 digits"),
    ("IN", "9.876543201E9", SHORTENED),
    ("IN", "9.87654E+09", SHORTENED),
    ("IN", "9,87654E+09", SHORTENED),
    ("IN", "+9.19877E+11", SHORTENED),
    ("IN", "9876543210.5", SHORTENED),
    ("IN", "98765 43210.5", SHORTENED),
    ("ID", "0812-3456-789.0", SHORTENED),
    ("DE", "0171/392 00.00", SHORTENED),
    // Two numbers.
    ("IN", "022-2345678/9", TWO),
    ("IN", "022-23456780/81", TWO),
    ("IN", "022-2345678-9", TWO),
    ("IN", "022-23456780-81", TWO),
    ("IN", "022-2345678~9", TWO),
    ("IN", "9876543201/9876543202", TWO),
    ("IN", "9876543203, 9876543204", TWO),
    ("IN", "9876543203,9876543204", TWO),
    ("IN", "022,987,654,321,099", "The phone is too long: it has 14 digits"),
    ("IN", "9876543203,204,205", TWO),
    ("IN", "9876543203; 9876543204", TWO),
    ("IN", "9876543203،9876543204", TWO),
    ("IN", "9876543203、9876543204", TWO),
    ("IN", "9876543205 ::: 9876543206", TWO),
    ("IN", "9876543205 | 9876543206", TWO),
    ("IN", "9876543205 & 9876543206", TWO),
    ("IN", "9876543207 9876543208", TWO),
    ("IN", "98765 43207 98765 43208", TWO),
    ("IN", "09876543207 09876543208", TWO),
    ("IN", "9876543207\t9876543208", TWO),
    ("IN", "9876543209 or 9876543210", TWO),
    ("IN", "9876543209 और 9876543210", TWO),
    ("IN", "9876543211\n9876543212", TWO),
    ("IN", "9876543211\r\n9876543212", TWO),
    ("IN", "9876543211\u{2028}9876543212", TWO),
    ("IN", "+919876543211+919876543212", TWO),
    ("IN", "+919876543211 +919876543212", TWO),
    ("IN", "98765+43210", TWO),
    ("IN", "9876543211 (9876543212)", TWO),
    ("IN", "M: 9876543211 O: 022 2756 7890", TWO),
    ("DE", "030 23456780/81", TWO),
    ("DE", "0171 3920001 oder 0171 3920002", TWO),
    ("DE", "0171 3920001 / 0171 3920002", TWO),
    ("DE", "0171 3920001 0171 3920002", TWO),
    ("DE", "030 901821 030 901822", TWO),
    ("SG", "6512 3456 6512 3457", TWO),
    ("GB", "020 7946 0058 / 59", TWO),
    ("GB", "020 7946 0058/9", TWO),
    ("GB", "01234 567890-91", TWO),
    ("IN", "022 234 5678-9", TWO),
    ("IN", "022-2345678 - 9", TWO),
    ("IN", "022-2345678 – 79", TWO),
    ("IN", "(022 2345678) 9", TWO),
    ("DE", "0171 3920001-2", TWO),
    ("DE", "0171 3920001 – 2", TWO),
    ("DE", "0171 3920001 2", TWO),
    ("DE", "(0171 3920001) 2", TWO),
    ("DE", "040 123456-57-58", TWO),
    ("ID", "0812 3456 789-2", TWO),
    ("ID", "021 2345678 - 79", TWO),
    ("IT", "06 12345680 - 1", TWO),
    ("BR", "11 3222-1234-5", TWO),
    ("TH", "02 123 4567-8", TWO),
    ("JP", "03-1234-5678・9", SHORTENED),
    ("CN", "8612345 8612346", "The phone "),
    ("CN", "11234 5678901", "The phone "),
    // Places in lists, and what belongs to a word.
    ("IN", "Mob 2 98765 4321", REMARK),
    ("IN", "1. 98765 4321", LIST),
    ("IN", "1) 98765 4321", LIST),
    ("IN", "#2 98765 4321", LIST),
    ("IN", "Call after 6 987654321", REMARK),
    ("DE", "Tel1 0171 3920001", REMARK),
    ("DE", "Zimmer 12 030 901821", REMARK),
    ("ID", "WA1 0812 3456 789", REMARK),
    ("IN", "2) 98765 43210", LIST),
    ("IN", "(2) 98765 43210", LIST),
    ("IN", "2️⃣ 98765 43210", LIST),
    ("IN", "No. 2: 98765 43210", LIST),
    ("IT", "1) 347 123 4567", LIST),
    ("CN", "2) 131 2345 6789", LIST),
    ("CN", "2、131 2345 6789", LIST),
    ("IN", "1) 98765 43210 2) 98765 43211", TWO),
    ("IN", "1. 98765 43210\n2. 98765 43211", TWO),
    ("IN", "① 98765 43210 ② 98765 43211", TWO),
    ("IN", "a) 98765 43210 b) 98765 43211", TWO),
    // Amounts and dates.
    ("DE", "1713920001.50", SHORTENED),
    ("ID", "1500000.00", SHORTENED),
    ("DE", "1250.00", SHORTENED),
    ("LU", "20.05", SHORTENED),
    ("SG", "123456.78", SHORTENED),
    ("SG", "2024-05-01", DATE),
    ("DE", "01.05.2024", DATE),
    ("IN", "2024-05-01 10", DATE),
    ("IT", "12.05.2026", DATE),
    ("IT", "12/05/2026", DATE),
    ("IT", "12-05-2026 10:30", DATE),
    ("FR", "5. 12. 2026", DATE),
    ("IN", "2026-05-12T10:30:00Z", DATE),
    ("IN", "2026-05-12 10:30:00.000", DATE),
    ("IN", "2026/5/12", DATE),
    ("IN", "12 May 2026", DATE),
    ("IN", "12-May-2026", DATE),
    ("IN", "May 12, 2026", DATE),
    ("DE", "12. Mai 2026", DATE),
    ("IN", "१२.०५.२०२६", DATE),
    ("CN", "2026年5月12日", DATE),
    ("IN", "Call on 12.05.2026", DATE),
    ("IN", "98765 43210 12.05.2026", "The phone "),
    // Remarks.
    ("IN", "+91 98765 4320 (2)", REMARK),
    ("IN", "98765 43210 (2)", REMARK),
    ("IN", "98765 43210 (office)", REMARK),
    ("IN", "98765 43210 office", REMARK),
    ("IN", "98765 43210 - wife", REMARK),
    ("IN", "98765 4320 [2]", REMARK),
    ("IN", "98765 4320 （2）", REMARK),
    ("DE", "0171 3920001 (2)", REMARK),
    ("DE", "0171 3920001 (2", REMARK),
    // Extensions.
    ("IN", "98765 43210 ext. 5", EXTENSION),
    ("IN", "98765 43210x5", EXTENSION),
    ("IN", "98765 4321 x12", EXTENSION),
    ("IN", "98765 43210 Extn 12", EXTENSION),
    ("IN", "98765 43210 #12", EXTENSION),
    ("IN", "98765 4321,5", EXTENSION),
    ("IN", "98765 43210;ext=12", EXTENSION),
    ("IN", "98765 43210 (ext 5)", EXTENSION),
    ("US", "872-555-0199 x 1234", EXTENSION),
    ("RU", "8 916 123-45-69 доб. 12", EXTENSION),
    ("CN", "010-12345678转801", EXTENSION),
    ("CN", "010-12345678-801", EXTENSION),
    ("CN", "0086-10-12345678-801", EXTENSION),
    ("CN", "+86 10 1234 5678 轉 801", EXTENSION),
    ("IT", "+39 06 1234 5678 int. 12", EXTENSION),
    ("IT", "+39 06 1234 5678 (interno 12)", EXTENSION),
    ("ES", "912 34 56 78 ampliacio\u{301}n 12", EXTENSION),
    ("ES", "912 34 56 78 Extensión: 12", EXTENSION),
    ("TH", "02 123 4567 ต่อ 12", EXTENSION),
    ("IN", "98765 43210 एक्सटेंशन 12", EXTENSION),
    ("IN", "ext 12, 98765 43210", EXTENSION),
    ("IN", "98765 43210 w 12", EXTENSION),
    ("IN", "98765 43210 * 12", EXTENSION),
];

pub const TWO: &str = "The phone holds two numbers";
pub const REMARK: &str = "The phone has a remark";
pub const EXTENSION: &str = "The phone has an extension";
pub const SHORTENED: &str = "The phone was shortened by a spreadsheet";
pub const LIST: &str = "The phone has its place in a list";
const DATE: &str = "The phone is a date";
const LETTERS: &str = "The phone has letters";

#[test]
fn what_is_not_one_number_is_refused_with_its_reason() {
    let said = |text: &str, country: &str| match e164(text, country) {
        Ok(number) => number,
        Err(invalid) => {
            assert_eq!(invalid.field, "phone");
            invalid.message
        }
    };
    let wrong: Vec<_> = REFUSED
        .iter()
        .map(|(country, typed, reason)| (*country, *typed, said(typed, country), *reason))
        .filter(|(_, _, got, reason)| !got.starts_with(reason))
        .collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
    assert_eq!(e164("98765 43210", "").expect_err("of no country").field, "phone");
    assert_eq!(e164("+91 98765 43210", "").as_deref(), Ok("+919876543210"));
}
