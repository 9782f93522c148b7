//! Files as real people have them, and what is right for each.

/// What is right for a file.
pub struct Trial {
    pub file: &'static str,
    /// The company's.
    pub country: &'static str,
    pub header_line: &'static str,
    /// Leads that are taken in.
    pub leads: i64,
    /// Rows that aren't; lines, of those that a quote makes one.
    pub bad: i64,
    /// The lines of those that are listed, each with words of its reason.
    pub listed: &'static [(u64, &'static str)],
    /// Rows whose phone an earlier row has.
    pub duplicates: i64,
    /// What is stored, in the file's order: name and phone, and the email where there is one; nothing where that isn't
    /// looked at.
    pub stored: &'static [&'static str],
    /// Tags by phone, in the order of their spelling.
    pub tags: &'static [(&'static str, &'static [&'static str])],
}

const fn trial(file: &'static str, leads: i64) -> Trial {
    Trial { file, country: "IN", header_line: "", leads, bad: 0, listed: &[], duplicates: 0, stored: &[], tags: &[] }
}

const TWO_NUMBERS: [(u64, &str); 8] = [
    (2, "holds two numbers"),
    (3, "holds two numbers"),
    (4, "holds two numbers"),
    (5, "holds two numbers"),
    (6, "holds two numbers"),
    (7, "holds two numbers"),
    (8, "holds two numbers"),
    (9, "holds two numbers: give one. Write it such as +"),
];

pub const TRIALS: [Trial; 18] = [
    trial("03_utf16le_without_bom_ascii_only.csv", 2),
    Trial {
        tags: &[("+919876543201", &["hot", "vip"]), ("+919876543202", &["fair", "new", "pune"])],
        ..trial("08_semicolon_with_quoted_lists_in_cells.csv", 2)
    },
    trial("11_sep_quoted_first_line.csv", 1),
    Trial { header_line: "3", ..trial("18_title_and_blank_line_above_header.csv", 1) },
    trial("19_rows_with_one_separator_too_many.csv", 5),
    trial("20_excel_drops_trailing_empty_cells.csv", 30),
    Trial {
        bad: 21,
        listed: &[(3, "The quote that line 3 opens is never closed: lines 3 to 23 are in it")],
        ..trial("24_unclosed_quote_in_row_3.csv", 1)
    },
    Trial {
        bad: 1,
        listed: &[(2, "A backslash stands before a quote.")],
        ..trial("26_backslash_escaped_quotes.csv", 1)
    },
    Trial { bad: 2, listed: &[(3, "phone"), (5, "phone")], ..trial("27_cr_only_with_two_bad_rows.csv", 2) },
    Trial {
        duplicates: 2,
        stored: &[
            "Asha Rao +919876543201",
            "Ravi Iyer +919876543202",
            "Mina Das +919876543203 mina@example.com",
            "Zoe Paul +919876543204 zoe@example.com",
        ],
        ..trial("33_direction_marks_copied_from_contacts.csv", 4)
    },
    trial("34_nbsp_in_status_email_name.csv", 3),
    Trial {
        stored: &[
            "India Ten +919876543201",
            "India Code +919876543202",
            "Indonesia Mobile +918123456789",
            "Germany Mobile +911713920001",
            "Brazil Landline +911132345678",
            "Plus Kept +919876543203",
        ],
        ..trial("36_phones_with_dot_zero.csv", 6)
    },
    Trial {
        country: "DE",
        stored: &[
            "India Ten +499876543201",
            "India Code +49919876543202",
            "Indonesia Mobile +498123456789",
            "Germany Mobile +491713920001",
            "Brazil Landline +491132345678",
            "Plus Kept +919876543203",
        ],
        ..trial("36_phones_with_dot_zero.csv", 6)
    },
    Trial { bad: 8, listed: &TWO_NUMBERS, ..trial("39_two_phones_in_a_cell.csv", 0) },
    Trial {
        country: "DE",
        bad: 7,
        listed: &[
            TWO_NUMBERS[0],
            TWO_NUMBERS[1],
            TWO_NUMBERS[2],
            TWO_NUMBERS[3],
            TWO_NUMBERS[4],
            TWO_NUMBERS[6],
            TWO_NUMBERS[7],
        ],
        stored: &["F 6 +494012345657"],
        ..trial("39_two_phones_in_a_cell.csv", 1)
    },
    Trial {
        stored: &[
            "Hindi Digits +919876543201",
            "Arabic Digits +919876543202",
            "Persian Digits +919876543203",
            "Full Width +919876543204",
            "Bengali Digits +919876543205",
        ],
        ..trial("41_phones_in_native_digits.csv", 5)
    },
    Trial {
        bad: 1,
        listed: &[(7, "20")],
        tags: &[
            ("+919876543201", &["R&D"]),
            ("+919876543202", &["R&D"]),
            ("+919876543203", &["Hot", "VIP"]),
            ("+919876543204", &["VIP"]),
            ("+919876543205", &["50%", "a+b", "c#d", "it's", "say \"hi\""]),
            ("+919876543207", &["line1", "line2"]),
        ],
        ..trial("49_tags_case_spaces_commas_specials.csv", 6)
    },
    trial("53_facebook_lead_ads_download_utf16_tsv.csv", 2),
];

/// Files that can't be taken in as they are, and what is said of them.
pub const REFUSED: [(&str, &str); 2] = [
    ("18_title_and_blank_line_above_header.csv", "Leads of May"),
    ("56_xlsx_renamed_to_csv.csv", "a workbook (such as Excel's .xlsx)"),
];
