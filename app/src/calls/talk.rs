/// How long a call took: "no talk time", "45 s", "2 min 5 s", "1 h 2 min".
pub fn talk(seconds: i64) -> String {
    match (seconds / 3600, seconds % 3600 / 60, seconds % 60) {
        (0, 0, 0) => "no talk time".to_owned(),
        (0, 0, s) => format!("{s} s"),
        (0, m, 0) => format!("{m} min"),
        (0, m, s) => format!("{m} min {s} s"),
        (h, 0, _) => format!("{h} h"),
        (h, m, _) => format!("{h} h {m} min"),
    }
}

/// The same as a form takes it: "2:05"; nothing where nobody talked.
pub fn clock(seconds: i64) -> String {
    if seconds == 0 { String::new() } else { format!("{}:{:02}", seconds / 60, seconds % 60) }
}

#[cfg(test)]
mod tests {
    use super::{clock, talk};

    #[test]
    fn the_two_largest_units() {
        let said = [0, 45, 60, 125, 3600, 3725].map(talk);
        assert_eq!(said, ["no talk time", "45 s", "1 min", "2 min 5 s", "1 h", "1 h 2 min"]);
    }

    #[test]
    fn as_a_form_takes_it() {
        assert_eq!([0, 5, 125, 3725].map(clock), ["", "0:05", "2:05", "62:05"]);
    }
}
