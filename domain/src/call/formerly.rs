/// How long before it is posted a form may have been opened, in milliseconds: 12 hours.
pub const OPEN_AT_MOST: i64 = 12 * 60 * 60 * 1000;

/// How far what was read with the page may lie off, in milliseconds: a run changes leads in one transaction, and the
/// clocks of several servers may differ.
const OFF_AT_MOST: i64 = 60_000;

/// The states that a lead may have been shown in by a page that was opened at `opened_at` and whose form is posted at
/// `now`; none where it was open for too long. `was` holds each state of the lead that is over, with when it ended, in
/// order from [`unseen_since`] on. All times are unix milliseconds.
///
/// What happened while a lead was somebody's can be written down, though the lead isn't theirs to change any more. When
/// they opened its page is their word alone: what the lead was by then is known.
pub fn when_opened<T>(opened_at: i64, now: i64, was: impl IntoIterator<Item = (i64, T)>) -> Vec<T> {
    let mut found = Vec::new();
    if opened_at.saturating_add(OPEN_AT_MOST) < now || opened_at > now.saturating_add(OFF_AT_MOST) {
        return found;
    }
    for (until, state) in was.into_iter().filter(|(until, _)| *until >= unseen_since(opened_at)) {
        found.push(state);
        if until > opened_at.saturating_add(OFF_AT_MOST) {
            break;
        }
    }
    found
}

/// From when on what changed in a lead may not have been seen by who opened its page at `opened_at` (unix ms).
#[must_use]
pub fn unseen_since(opened_at: i64) -> i64 {
    opened_at.saturating_sub(OFF_AT_MOST)
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: i64 = 1_778_470_200_000;
    const MINUTE: i64 = 60_000;

    #[test]
    fn what_a_lead_was_when_its_page_was_opened() {
        // Nobody's, then Asha's for twenty minutes, then Bela's for ten, then somebody else's.
        let was = [(NOW - 40 * MINUTE, "nobody's"), (NOW - 20 * MINUTE, "Asha's"), (NOW - 10 * MINUTE, "Bela's")];
        for (opened_at, shown) in [
            (NOW - 50 * MINUTE, &["nobody's"][..]),
            (NOW - 42 * MINUTE, &["nobody's"]),
            // About when it changed, it may have been either.
            (NOW - 41 * MINUTE, &["nobody's", "Asha's"]),
            (NOW - 39 * MINUTE, &["nobody's", "Asha's"]),
            (NOW - 39 * MINUTE + 1, &["Asha's"]),
            (NOW - 30 * MINUTE, &["Asha's"]),
            (NOW - 15 * MINUTE, &["Bela's"]),
            // What it is now is no state that is over.
            (NOW - 9 * MINUTE + 1, &[]),
            (NOW, &[]),
        ] {
            assert_eq!(when_opened(opened_at, NOW, was), shown, "{} minutes ago", (NOW - opened_at) / MINUTE);
        }
    }

    #[test]
    fn a_page_is_open_for_twelve_hours_at_most() {
        for (opened_at, open) in [
            (NOW - OPEN_AT_MOST, true),
            (NOW - OPEN_AT_MOST - 1, false),
            (NOW + MINUTE, true),
            (NOW + MINUTE + 1, false),
            (i64::MAX, false),
            (i64::MIN, false),
        ] {
            let shown = when_opened(opened_at, NOW, [(NOW, "Asha's")]);
            assert_eq!(shown.len(), usize::from(open), "{opened_at}");
        }
    }
}
