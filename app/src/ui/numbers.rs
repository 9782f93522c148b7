use calliyo_domain::counted;
pub use calliyo_domain::counted::count_grouped as count;

/// Thousands apart: "4,000".
pub fn grouped(n: i64) -> String {
    counted::grouped(n.unsigned_abs())
}

/// How many in a hundred of `whole` are `part`, rounded to the nearest: parts of a whole then add up to about 100.
pub fn share(part: i64, whole: i64) -> i64 {
    let whole = whole.max(1);
    (part * 200 + whole) / (whole * 2)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_as_people_write_them() {
        assert_eq!([0, 1_234_567].map(grouped), ["0", "1,234,567"]);
    }

    #[test]
    fn shares_are_rounded_to_the_nearest() {
        let cases = [(0, 0), (0, 9), (1, 3), (2, 3), (1, 200), (1, 201), (239, 4_001), (9, 9)];
        assert_eq!(cases.map(|(part, whole)| share(part, whole)), [0, 0, 33, 67, 1, 0, 6, 100]);
    }
}
