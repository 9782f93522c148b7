//! Digits of every script (Unicode, general category Nd).

/// The zeros of the scripts: nine more digits follow each. Unicode 16.0, DerivedNumericType.
const ZEROS: [u32; 76] = [
    0x30, 0x660, 0x6f0, 0x7c0, 0x966, 0x9e6, 0xa66, 0xae6, 0xb66, 0xbe6, 0xc66, 0xce6, 0xd66, 0xde6, 0xe50, 0xed0,
    0xf20, 0x1040, 0x1090, 0x17e0, 0x1810, 0x1946, 0x19d0, 0x1a80, 0x1a90, 0x1b50, 0x1bb0, 0x1c40, 0x1c50, 0xa620,
    0xa8d0, 0xa900, 0xa9d0, 0xa9f0, 0xaa50, 0xabf0, 0xff10, 0x104a0, 0x10d30, 0x10d40, 0x11066, 0x110f0, 0x11136,
    0x111d0, 0x112f0, 0x11450, 0x114d0, 0x11650, 0x116c0, 0x116d0, 0x116da, 0x11730, 0x118e0, 0x11950, 0x11bf0,
    0x11c50, 0x11d50, 0x11da0, 0x11f50, 0x16130, 0x16a60, 0x16ac0, 0x16b50, 0x16d70, 0x1ccf0, 0x1d7ce, 0x1d7d8,
    0x1d7e2, 0x1d7ec, 0x1d7f6, 0x1e140, 0x1e2f0, 0x1e4f0, 0x1e5f1, 0x1e950, 0x1fbf0,
];

/// The digit as ASCII has it; nothing for what is no digit.
#[must_use]
pub fn ascii(c: char) -> Option<char> {
    if c.is_ascii() {
        return c.is_ascii_digit().then_some(c);
    }
    let code = u32::from(c);
    let zero = ZEROS.get(ZEROS.partition_point(|zero| *zero <= code).checked_sub(1)?)?;
    char::from_digit(code - zero, 10)
}

/// The text with every digit as ASCII has it.
#[must_use]
pub fn plain(text: &str) -> String {
    text.chars().map(|c| ascii(c).unwrap_or(c)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digits_of_every_script() {
        for (text, digits) in [
            ("0123456789", "0123456789"),
            ("०१२३४५६७८९", "0123456789"),
            ("٠١٢٣٤٥٦٧٨٩", "0123456789"),
            ("۰۱۲۳۴۵۶۷۸۹", "0123456789"),
            ("０１２３４５６７８９", "0123456789"),
            ("০১২৩৪৫৬৭৮৯", "0123456789"),
            ("𝟎𝟏𝟐𝟡", "0129"),
            ("a½²Ⅷ九 x", "a½²Ⅷ九 x"),
        ] {
            assert_eq!(plain(text), digits);
        }
        assert!(ZEROS.is_sorted());
    }

    #[cfg(feature = "server")]
    #[test]
    fn the_table_is_unicodes() {
        let digit = regex::Regex::new(r"^\p{Nd}$").expect("a pattern");
        let wrong: Vec<char> = (char::MIN..=char::MAX)
            .filter(|c| digit.is_match(c.encode_utf8(&mut [0; 4])) != ascii(*c).is_some())
            .collect();
        assert!(wrong.is_empty(), "{wrong:?}");
    }
}
