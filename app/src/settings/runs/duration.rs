const SECOND: i64 = 1000;
const MINUTE: i64 = 60 * SECOND;
const HOUR: i64 = 60 * MINUTE;

/// How long something took, of milliseconds, in the two largest units.
pub fn duration(took: i64) -> String {
    match took.max(0) {
        // Rounded up: nothing takes no time at all.
        short @ ..MINUTE if short < 10 * SECOND => {
            let tenths = (short + 99).max(100) / 100;
            format!("{}.{} s", tenths / 10, tenths % 10)
        }
        seconds @ ..MINUTE => format!("{} s", seconds / SECOND),
        minutes @ ..HOUR => format!("{} min {} s", minutes / MINUTE, minutes % MINUTE / SECOND),
        hours => format!("{} h {} min", hours / HOUR, hours % HOUR / MINUTE),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_shorter_the_finer() {
        let said =
            [-5, 0, 1, 100, 101, 9_999, 10_000, 59_999, 60_000, 3_599_999, HOUR, 25 * HOUR + MINUTE].map(duration);
        let expected = [
            "0.1 s",
            "0.1 s",
            "0.1 s",
            "0.1 s",
            "0.2 s",
            "10.0 s",
            "10 s",
            "59 s",
            "1 min 0 s",
            "59 min 59 s",
            "1 h 0 min",
            "25 h 1 min",
        ];
        assert_eq!(said, expected);
    }
}
