//! What a file is that is no list of leads.

use super::FileError;

/// So much of a file tells what it is, in bytes.
pub const LOOKED_AT: usize = 4096;

const ZIPPED: &str = "a zipped file";
const PICTURE: &str = "a picture";
const MEDIA: &str = "a recording or a film";

/// By its first bytes.
const KINDS: [(&[u8], &str); 30] = [
    (b"PK\x03\x04", "a workbook (such as Excel's .xlsx) or another zipped file"),
    (b"PK\x05\x06", "an empty zipped file"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an Excel workbook (.xls) or another Office file"),
    (b"\x09\x08\x10\x00\x00\x06\x05\x00", "an Excel workbook (.xls)"),
    (b"%PDF", "a PDF"),
    (b"\x1f\x8b", "a zipped file (gzip)"),
    (b"Rar!", "a zipped file (RAR)"),
    (b"7z\xbc\xaf\x27\x1c", "a zipped file (7z)"),
    (b"BZh", ZIPPED),
    (b"\xfd7zXZ\0", ZIPPED),
    (b"\x28\xb5\x2f\xfd", ZIPPED),
    (b"\x89PNG", PICTURE),
    (b"\xff\xd8\xff", PICTURE),
    (b"GIF87a", PICTURE),
    (b"GIF89a", PICTURE),
    (b"II*\0", PICTURE),
    (b"MM\0*", PICTURE),
    (b"RIFF", "a picture or a recording"),
    (b"OggS", MEDIA),
    (b"ID3\x03", MEDIA),
    (b"ID3\x04", MEDIA),
    (b"{\\rtf", "a text document (RTF)"),
    (b"SQLite format 3\0", "a database"),
    (b"PAR1", "a Parquet table"),
    (b"bplist00", "a property list"),
    (b"!BDN", "an Outlook mailbox (.pst)"),
    (b"\x7fELF", "a program"),
    (b"MZ\x90\0", "a program"),
    (b"BEGIN:VCARD", "a file of contacts (vCard)"),
    (b"BEGIN:VCALENDAR", "a calendar"),
];

/// What its bytes say that it is.
pub fn of_bytes(bytes: &[u8]) -> Option<FileError> {
    let plain = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let known = KINDS.iter().find(|(start, _)| plain.starts_with(start)).map(|(_, kind)| FileError::Kind(kind));
    let is_film = bytes.get(4..8) == Some(b"ftyp");
    known.or(is_film.then_some(FileError::Kind(MEDIA))).or(is_utf32(bytes).then_some(FileError::Form("UTF-32")))
}

/// What a text says that it is.
pub fn of_text(text: &str) -> Option<FileError> {
    let text = text.trim_start();
    if is_page(text) {
        return Some(FileError::Kind("a web page (HTML or XML)"));
    }
    if is_json(text) {
        return Some(FileError::Kind("JSON"));
    }
    let start = || text.chars().take(LOOKED_AT);
    let controls = start().filter(|c| c.is_control() && !matches!(c, '\t'..='\r' | '\u{1a}' | '\u{80}'..)).count();
    (controls * 50 > start().count()).then_some(FileError::Kind("another program's file (no text)"))
}

/// Whether a text is a web page, or a table that was saved as one.
fn is_page(text: &str) -> bool {
    let start: String = text.chars().take(20).collect::<String>().to_ascii_lowercase();
    ["<!doctype", "<html", "<head", "<meta", "<table", "<?xml", "<body", "<div", "<style", "<!--"]
        .iter()
        .any(|tag| start.starts_with(tag))
}

/// Whether it is an object, several of them, or a list of objects or lists. Columns may be called `[Name]`.
fn is_json(text: &str) -> bool {
    let begins = |text: &str, signs: [char; 2]| text.trim_start().starts_with(signs);
    match text.strip_prefix('[') {
        Some(rest) => begins(rest, ['{', '[']) || rest.trim() == "]",
        None => text.strip_prefix('{').is_some_and(|rest| begins(rest, ['"', '}'])),
    }
}

/// With a mark, or three zeros in every four bytes.
fn is_utf32(bytes: &[u8]) -> bool {
    if bytes.starts_with(b"\xff\xfe\0\0") || bytes.starts_with(b"\0\0\xfe\xff") {
        return true;
    }
    let (mut units, mut little, mut big) = (0, 0, 0);
    for unit in bytes.chunks_exact(4).take(LOOKED_AT / 4) {
        units += 1;
        little += usize::from(unit[2..] == [0, 0] && unit[..2] != [0, 0]);
        big += usize::from(unit[..2] == [0, 0] && unit[2..] != [0, 0]);
    }
    units > 1 && (little == units || big == units)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_list_is_called_what_it_is() {
        let utf32 = |text: &str| text.chars().flat_map(|c| u32::from(c).to_le_bytes()).collect::<Vec<_>>();
        for (bytes, named) in [
            (b"PK\x03\x04\x14\0\x06\0".to_vec(), "workbook"),
            (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1\0\0".to_vec(), "workbook"),
            (b"%PDF-1.7\n".to_vec(), "PDF"),
            (b"\x89PNG\r\n".to_vec(), "picture"),
            (b"GIF89a\x01\0\x01\0".to_vec(), "picture"),
            (b"\0\0\0\x18ftypmp42".to_vec(), "film"),
            (b"\xef\xbb\xbfBEGIN:VCARD\r\n".to_vec(), "contacts"),
            (b"\xff\xfe\0\0F\0\0\0".to_vec(), "UTF-32"),
            (b"\0\0\xfe\xff\0\0\0F".to_vec(), "UTF-32"),
            (utf32("FirstName,Phone\nज़ो,1\n"), "UTF-32"),
        ] {
            let said = of_bytes(&bytes).unwrap_or_else(|| panic!("{bytes:?}")).to_string();
            assert!(said.contains(named), "{said}");
        }
        for (text, named) in [
            ("\r\n <!DOCTYPE html><html>", "web page"),
            ("<Table border=1><tr>", "web page"),
            ("[{\"FirstName\":\"Asha\",\"Phone\":\"1\"}]", "JSON"),
            (" {\n  \"leads\": []}", "JSON"),
            ("{\"FirstName\":\"Asha\"}\n{\"FirstName\":\"Ravi\"}\n", "JSON"),
            ("[\n]", "JSON"),
            ("\u{1}\u{2}\0\0abc,\u{3}", "another program's file"),
        ] {
            let said = of_text(text).unwrap_or_else(|| panic!("{text:?}")).to_string();
            assert!(said.contains(named), "{said}");
        }
        for text in ["FirstName,Phone\nA,1\u{1a}", "[FirstName],[Phone]\nA,1", "{name},{phone}\n", "[]x,y", ""] {
            assert_eq!((of_bytes(text.as_bytes()), of_text(text)), (None, None), "{text}");
        }
        assert_eq!(
            of_bytes("नाम,फ़ोन\r\nF,1".encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<_>>().as_slice()),
            None
        );
    }
}
