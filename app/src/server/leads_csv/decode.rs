//! What the bytes of a file are: text in some encoding, or no list at all.

use std::borrow::Cow;

use calliyo_domain::{
    import::{ENCODINGS, Reading},
    quoted::shown,
};
use encoding_rs::Encoding;

use super::FileError;

/// So much of a file tells what it is, in bytes.
const LOOKED_AT: usize = 4096;

/// The file as text, without the mark that may stand before it.
///
/// # Errors
/// Where it is no text, or in another encoding than `reading` says.
pub fn decode<'a>(bytes: &'a [u8], reading: &Reading) -> Result<Cow<'a, str>, FileError> {
    if let Some(kind) = kind(bytes) {
        return Err(FileError::Kind(kind));
    }
    let text = if let Some(utf16) = utf16(bytes) {
        Cow::Owned(utf16?)
    } else if reading.encoding.is_empty() {
        let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
        Cow::Borrowed(std::str::from_utf8(bytes).map_err(|error| not_utf8(bytes, error.valid_up_to()))?)
    } else {
        let unknown = || FileError::Encoding(reading.encoding.clone());
        let encoding = Encoding::for_label(reading.encoding.as_bytes()).ok_or_else(unknown)?;
        encoding.decode(bytes).0
    };
    match is_page(&text) {
        true => Err(FileError::Kind("a web page (HTML or XML)")),
        false => Ok(text),
    }
}

/// What a file is that is known to be no list by its first bytes.
fn kind(bytes: &[u8]) -> Option<&'static str> {
    let kinds: [(&[u8], &str); 12] = [
        (b"PK\x03\x04", "a workbook (such as Excel's .xlsx) or another zipped file"),
        (b"PK\x05\x06", "an empty zipped file"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an Excel workbook (.xls) or another Office file"),
        (b"\x09\x08\x10\x00\x00\x06\x05\x00", "an Excel workbook (.xls)"),
        (b"%PDF", "a PDF"),
        (b"\x1f\x8b", "a zipped file (gzip)"),
        (b"Rar!", "a zipped file (RAR)"),
        (b"7z\xbc\xaf\x27\x1c", "a zipped file (7z)"),
        (b"\x89PNG", "a picture"),
        (b"\xff\xd8\xff", "a picture"),
        (b"{\\rtf", "a text document (RTF)"),
        (b"SQLite format 3\0", "a database"),
    ];
    kinds.into_iter().find(|(start, _)| bytes.starts_with(start)).map(|(_, kind)| kind)
}

/// Whether a text is a web page, or a table that was saved as one.
fn is_page(text: &str) -> bool {
    let start: String = text.trim_start().chars().take(20).collect::<String>().to_ascii_lowercase();
    ["<!doctype", "<html", "<head", "<meta", "<table", "<?xml", "<body", "<div", "<style", "<!--"]
        .iter()
        .any(|tag| start.starts_with(tag))
}

/// The text of a file in UTF-16, which has a mark, or a zero in every other byte of most ASCII characters.
fn utf16(bytes: &[u8]) -> Option<Result<String, FileError>> {
    type Unit = fn([u8; 2]) -> u16;
    let (little, big): (Unit, Unit) = (u16::from_le_bytes, u16::from_be_bytes);
    let (bytes, unit) = match bytes {
        [0xff, 0xfe, rest @ ..] => (rest, little),
        [0xfe, 0xff, rest @ ..] => (rest, big),
        _ => {
            let start = &bytes[..bytes.len().min(LOOKED_AT)];
            let zeros = |odd: usize| start.iter().skip(odd).step_by(2).filter(|byte| **byte == 0).count();
            let (first, second) = (zeros(0), zeros(1));
            // Separators, line ends and digits are ASCII in every language.
            let many = start.len() / 40;
            match () {
                () if second > many && second > 4 * first => (bytes, little),
                () if first > many && first > 4 * second => (bytes, big),
                () => return None,
            }
        }
    };
    let units = bytes.chunks_exact(2).map(|pair| unit([pair[0], pair[1]]));
    let mut text = String::with_capacity(bytes.len() / 2);
    for decoded in char::decode_utf16(units) {
        match decoded {
            Ok(c) => text.push(c),
            Err(_) => return Some(Err(FileError::Broken(line_at(&text)))),
        }
    }
    Some(Ok(text))
}

fn not_utf8(bytes: &[u8], valid: usize) -> FileError {
    let before = String::from_utf8_lossy(&bytes[..valid]);
    FileError::NotUtf8 { line: line_at(&before), seems: samples(bytes, ENCODINGS[0].0) }
}

/// The number of the line that a text ends on.
fn line_at(before: &str) -> u64 {
    calliyo_domain::csv::lines(before).count() as u64
}

/// What the words of a file that are no ASCII would be in an encoding: the first few of them.
pub fn samples(bytes: &[u8], encoding: &str) -> String {
    let is_ascii = |word: &&[u8]| word.is_ascii();
    let words = bytes.split(|byte| byte.is_ascii() && !byte.is_ascii_alphanumeric());
    let words: Vec<_> = words.filter(|word| !is_ascii(word)).take(6).map(|word| &word[..word.len().min(60)]).collect();
    let encoding = Encoding::for_label(encoding.as_bytes()).unwrap_or(encoding_rs::WINDOWS_1252);
    shown(&encoding.decode_without_bom_handling(&words.join(&b", "[..])).0, 80)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(bytes: &[u8]) -> Result<String, FileError> {
        decode(bytes, &Reading::default()).map(Cow::into_owned)
    }

    #[test]
    fn utf_8_and_utf_16_are_told_by_looking() {
        for text in ["FirstName,Phone\r\nAsha,1\r\n", "नाम,फ़ोन\nरवि,९८७६५,x\nज़ो,1\n", "a,b\n🦊,é"]
        {
            let units: Vec<u16> = text.encode_utf16().collect();
            let bytes = |mark: &[u8], unit: fn(u16) -> [u8; 2]| {
                [mark.to_vec(), units.iter().copied().flat_map(unit).collect()].concat()
            };
            let little: fn(u16) -> [u8; 2] = u16::to_le_bytes;
            let big: fn(u16) -> [u8; 2] = u16::to_be_bytes;
            for file in [
                text.as_bytes().to_vec(),
                [b"\xef\xbb\xbf", text.as_bytes()].concat(),
                bytes(b"\xff\xfe", little),
                bytes(b"\xfe\xff", big),
                bytes(b"", little),
                bytes(b"", big),
            ] {
                assert_eq!(read(&file).as_deref(), Ok(text), "{file:?}");
            }
        }
        assert_eq!(read(b"\xff\xfea\0\n\0\x00\xd8b\0"), Err(FileError::Broken(2)));
    }

    #[test]
    fn another_encoding_is_offered_and_read() {
        let file = b"FirstName,Phone\rZo\xeb,1\rM\xfcller \x80,2\r";
        let Err(FileError::NotUtf8 { line, seems }) = read(file) else { panic!("not UTF-8") };
        assert_eq!((line, seems.as_str()), (2, "Zoë, Müller, €"));
        let reading = |encoding: &str| Reading { encoding: encoding.to_owned(), ..Reading::default() };
        assert_eq!(decode(file, &reading("windows-1252")).as_deref(), Ok("FirstName,Phone\rZoë,1\rMüller €,2\r"));
        assert_eq!(decode(b"\xcf\xf0\xe8", &reading("Windows-1251")).as_deref(), Ok("При"));
        assert_eq!(decode(b"a", &reading("x")), Err(FileError::Encoding("x".to_owned())));
        for (key, _) in ENCODINGS {
            assert!(Encoding::for_label(key.as_bytes()).is_some(), "{key}");
        }
    }

    #[test]
    fn what_is_no_list_is_called_what_it_is() {
        for (bytes, named) in [
            (&b"PK\x03\x04\x14\0\x06\0"[..], "workbook"),
            (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1\0\0", "workbook"),
            (b"%PDF-1.7\n", "PDF"),
            (b"\xef\xbb\xbf\r\n <!DOCTYPE html><html>", "web page"),
            (b"<Table border=1><tr>", "web page"),
            (b"<\0t\0a\0b\0l\0e\0>\0", "web page"),
            (b"\x89PNG\r\n", "picture"),
        ] {
            let Err(FileError::Kind(kind)) = read(bytes) else { panic!("{bytes:?}") };
            assert!(kind.contains(named), "{kind}");
        }
    }
}
