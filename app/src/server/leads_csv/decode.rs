//! What the bytes of a file are: text in some encoding, or no list at all.

use std::borrow::Cow;

use calliyo_domain::{
    import::{ENCODINGS, Reading},
    quoted::shown,
};
use encoding_rs::Encoding;

use super::{
    FileError,
    kind::{self, LOOKED_AT},
};

/// The file as text, without the mark that may stand before it.
///
/// # Errors
/// Where it is no text, or in another encoding than `reading` says.
pub fn decode<'a>(bytes: &'a [u8], reading: &Reading) -> Result<Cow<'a, str>, FileError> {
    if let Some(error) = kind::of_bytes(bytes) {
        return Err(error);
    }
    let text = if let Some(utf16) = utf16(bytes) {
        Cow::Owned(utf16?)
    } else if reading.encoding.is_empty() {
        let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
        Cow::Borrowed(std::str::from_utf8(bytes).map_err(|error| not_utf8(bytes, error.valid_up_to()))?)
    } else {
        chosen(bytes, &reading.encoding)?
    };
    kind::of_text(&text).map_or(Ok(text), Err)
}

/// The text of bytes in the encoding that was chosen; no sign stands for bytes that don't fit it.
fn chosen<'a>(bytes: &'a [u8], name: &str) -> Result<Cow<'a, str>, FileError> {
    let encoding = Encoding::for_label(name.as_bytes()).ok_or_else(|| FileError::Encoding(name.to_owned()))?;
    let (text, _, is_broken) = encoding.decode(bytes);
    if !is_broken {
        return Ok(text);
    }
    let known = ENCODINGS.iter().find(|(key, _)| Encoding::for_label(key.as_bytes()) == Some(encoding));
    let title = known.map_or(encoding.name(), |(_, title)| *title);
    let fits = |key: &&str| Encoding::for_label(key.as_bytes()).is_some_and(|encoding| !encoding.decode(bytes).2);
    let fitting = match std::str::from_utf8(bytes) {
        Ok(_) => vec!["utf-8"],
        Err(_) => ENCODINGS.iter().map(|(key, _)| *key).filter(fits).collect(),
    };
    Err(FileError::Misfit { line: first_misfit(bytes, encoding), title, fitting })
}

/// The line of the first bytes that are none of an encoding's.
fn first_misfit(bytes: &[u8], encoding: &'static Encoding) -> u64 {
    let mut decoder = encoding.new_decoder();
    let most = decoder.max_utf8_buffer_length_without_replacement(bytes.len()).unwrap_or_default();
    let mut text = String::with_capacity(most);
    let _ = decoder.decode_to_string_without_replacement(bytes, &mut text, true);
    line_at(&text)
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
            // Separators, line ends and digits are ASCII in every language; a zero or two are a mistake.
            let many = (start.len() / 40).max(2);
            match () {
                () if second > many && second > 4 * first => (bytes, little),
                () if first > many && first > 4 * second => (bytes, big),
                () => return None,
            }
        }
    };
    // Programs that join files leave a line end of one byte.
    let is_cut = bytes.len() % 2 == 1 && !bytes.ends_with(b"\n") && !bytes.ends_with(b"\r");
    let units = bytes.chunks_exact(2).map(|pair| unit([pair[0], pair[1]]));
    let mut text = String::with_capacity(bytes.len() / 2);
    for decoded in char::decode_utf16(units) {
        match decoded {
            Ok(c) => text.push(c),
            Err(_) => return Some(Err(FileError::Broken(line_at(&text)))),
        }
    }
    Some(if is_cut { Err(FileError::Broken(line_at(&text))) } else { Ok(text) })
}

fn not_utf8(bytes: &[u8], valid: usize) -> FileError {
    let start = &bytes[..bytes.len().min(LOOKED_AT)];
    if let Some(error) = kind::of_text(&String::from_utf8_lossy(start)) {
        return error;
    }
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
    fn bytes_that_do_not_fit_the_chosen_encoding_are_told() {
        let reading = |encoding: &str| Reading { encoding: encoding.to_owned(), ..Reading::default() };
        let error = |bytes: &[u8], encoding: &str| decode(bytes, &reading(encoding)).expect_err("it doesn't fit");
        let said = error(b"FirstName,Phone\nA,1\nZo\xd2,2\n", "windows-1253").to_string();
        assert!(said.starts_with("line 3 is not Greek (Windows-1253), which was chosen: all of it fits "), "{said}");
        assert!(said.contains("--encoding windows-1252"), "{said}");
        let said = error("FirstName,Phone\nZoë नाम,1\n".as_bytes(), "euc-kr").to_string();
        assert!(said.contains("line 2 is not Korean (EUC-KR)") && said.contains("it is UTF-8"), "{said}");
        let page: calliyo_domain::Invalid = error(b"FirstName,Phone\r\nZo\xeb,1\r\n", "shift_jis").into();
        assert_eq!(page.message, "Line 2 of the file is not Japanese (Shift_JIS). Choose how the file is written.");
        // The sign itself may stand in a file.
        assert_eq!(read("a\u{fffd}b".as_bytes()).as_deref(), Ok("a\u{fffd}b"));
        assert_eq!(decode(b"\x84\x31\xa4\x37", &reading("gb18030")).as_deref(), Ok("\u{fffd}"));
        assert_eq!(read(b"\xff\xfea\0,\0b\0\n\0x"), Err(FileError::Broken(2)), "cut amid a letter");
        assert_eq!(read(b"\xff\xfea\0,\0b\0\n").as_deref(), Ok("a,b"));
    }

    #[test]
    fn what_is_no_list_is_called_what_it_is_in_every_encoding() {
        for (bytes, named) in [
            (&b"\xef\xbb\xbf\r\n <!DOCTYPE html><html>"[..], "web page"),
            (b"<\0t\0a\0b\0l\0e\0>\0", "web page"),
            (b"[\0{\0\"\0a\0\"\0:\0", "JSON"),
            (b"\x01\x02\0\0abc\xff\xfe,\x03", "another program's file"),
            (b"PAR1\x15\x04", "Parquet"),
        ] {
            let Err(FileError::Kind(kind)) = read(bytes) else { panic!("{bytes:?}") };
            assert!(kind.contains(named), "{kind}");
        }
    }
}
