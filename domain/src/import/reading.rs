use serde::{Deserialize, Serialize};

/// How a file is to be read, where it doesn't say so itself.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Reading {
    /// The line that names the columns; nothing: the first that holds something.
    pub header_line: Option<u64>,
    /// The key of one of [`ENCODINGS`]; empty: UTF-8 or UTF-16, which can be told by looking.
    pub encoding: String,
    /// Whether commas belong to tags; else they separate them, as semicolons do.
    pub commas_in_tags: bool,
    /// Whose numbers phones without a country code are (ISO 3166-1 alpha-2), as its bringer was shown them; empty: the
    /// company's country when the file is read.
    pub country: String,
}

/// What else a file may be written in, usual ones first: the name by which programs know it, and what people call it.
pub const ENCODINGS: [(&str, &str); 12] = [
    ("windows-1252", "Western European (Windows-1252)"),
    ("windows-1250", "Central European (Windows-1250)"),
    ("windows-1251", "Cyrillic (Windows-1251)"),
    ("windows-1253", "Greek (Windows-1253)"),
    ("windows-1254", "Turkish (Windows-1254)"),
    ("windows-1255", "Hebrew (Windows-1255)"),
    ("windows-1256", "Arabic (Windows-1256)"),
    ("windows-874", "Thai (Windows-874)"),
    ("shift_jis", "Japanese (Shift_JIS)"),
    ("gb18030", "Simplified Chinese (GB18030)"),
    ("big5", "Traditional Chinese (Big5)"),
    ("euc-kr", "Korean (EUC-KR)"),
];

/// Whether `key` is one of [`ENCODINGS`], in any case.
#[must_use]
pub fn is_encoding(key: &str) -> bool {
    ENCODINGS.iter().any(|(known, _)| known.eq_ignore_ascii_case(key))
}
