//! Digits of every script (Unicode 17, General_Category Nd).

/// The zeros; nine digits follow each.
const ZEROS: [u32; 75] = [
    0x30, 0x660, 0x6f0, 0x7c0, 0x966, 0x9e6, 0xa66, 0xae6, 0xb66, 0xbe6, 0xc66, 0xce6, 0xd66, 0xde6, 0xe50, 0xed0,
    0xf20, 0x1040, 0x1090, 0x17e0, 0x1810, 0x1946, 0x19d0, 0x1a80, 0x1a90, 0x1b50, 0x1bb0, 0x1c40, 0x1c50, 0xa620,
    0xa8d0, 0xa900, 0xa9d0, 0xa9f0, 0xaa50, 0xabf0, 0xff10, 0x104a0, 0x10d30, 0x10d40, 0x11066, 0x110f0, 0x11136,
    0x111d0, 0x112f0, 0x11450, 0x114d0, 0x11650, 0x116c0, 0x116d0, 0x116da, 0x11730, 0x118e0, 0x11950, 0x11bf0,
    0x11c50, 0x11d50, 0x11da0, 0x11f50, 0x16a60, 0x16ac0, 0x16b50, 0x16d70, 0x1ccf0, 0x1d7ce, 0x1d7d8, 0x1d7e2,
    0x1d7ec, 0x1d7f6, 0x1e140, 0x1e2f0, 0x1e4f0, 0x1e5f1, 0x1e950, 0x1fbf0,
];

/// The digit as ASCII has it; any other character as it is.
#[must_use]
pub fn ascii(c: char) -> char {
    if c.is_ascii() {
        return c;
    }
    let code = u32::from(c);
    let zero = ZEROS.partition_point(|zero| *zero <= code).checked_sub(1).map(|at| ZEROS[at]);
    let digit = zero.map(|zero| code - zero).filter(|digit| *digit < 10);
    digit.and_then(|digit| char::from_digit(digit, 10)).unwrap_or(c)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_script_counts_alike() {
        for digits in [
            "0123456789",
            "०१२३४५६७८९",
            "٠١٢٣٤٥٦٧٨٩",
            "۰۱۲۳۴۵۶۷۸۹",
            "０１２３４５６７８９",
            "০১২৩৪৫৬৭৮৯",
            "𝟎𝟏𝟐𝟑𝟒𝟓𝟔𝟕𝟖𝟗",
            "𞥐𞥑𞥒𞥓𞥔𞥕𞥖𞥗𞥘𞥙",
        ] {
            assert_eq!(digits.chars().map(ascii).collect::<String>(), "0123456789");
        }
        assert!(ZEROS.is_sorted());
        // What Rust calls numeric and no digit of ten stays as it is.
        for c in ['a', 'é', '½', '²', '①', '十', '٬', '\u{66a}', '\u{65f}'] {
            assert_eq!(ascii(c), c);
        }
        for zero in ZEROS.into_iter().filter_map(char::from_u32) {
            assert!(zero.is_numeric(), "{zero:?}");
        }
    }
}
