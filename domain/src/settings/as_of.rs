/// What a section held at `when` (unix milliseconds), of its history: time, before and after of each save, oldest
/// first. Nothing where it was never saved: then it holds what it always has.
#[must_use]
pub fn as_of<S>(history: &[(i64, S, S)], when: i64) -> Option<&S> {
    let saved = history.iter().rev().find(|(at, ..)| *at <= when).map(|(_, _, after)| after);
    saved.or_else(|| history.first().map(|(_, before, _)| before))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_save_until_then_counts() {
        let history = [(10, "a", "b"), (20, "b", "c")];
        let held = [9, 10, 19, 20, 99].map(|when| as_of(&history, when).copied());
        assert_eq!(held, [Some("a"), Some("b"), Some("b"), Some("c"), Some("c")]);
        assert_eq!(as_of::<&str>(&[], 9), None);
    }
}
