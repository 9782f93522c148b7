/// How long before it is posted a form may have been opened, in milliseconds: 24 hours.
pub const OPEN_AT_MOST: i64 = 24 * 60 * 60 * 1000;

/// How far what was read with the page may lie behind, in milliseconds: a run takes leads in one transaction, and the
/// clocks of several servers may differ.
const BEHIND: i64 = 60_000;

/// Whether a call may be logged at `now` by who says to have opened the lead's page at `opened_at`, and from whom the
/// lead was taken at `left_at` (all unix milliseconds): what happened while it was theirs can be written down, though
/// the lead itself isn't theirs to change any more.
#[must_use]
pub fn held_when_opened(opened_at: i64, left_at: i64, now: i64) -> bool {
    let open = opened_at.saturating_add(OPEN_AT_MOST) >= now && opened_at <= now.saturating_add(BEHIND);
    open && left_at.saturating_add(BEHIND) >= opened_at
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_held_it_when_the_page_was_opened() {
        const NOW: i64 = 1_778_470_200_000;
        const MINUTE: i64 = 60_000;
        for (opened, left, may) in [
            (NOW - MINUTE, NOW, true),
            (NOW - OPEN_AT_MOST, NOW - 1, true),
            (NOW - OPEN_AT_MOST - 1, NOW - 1, false),
            // Taken by a run that was at work while the page was read.
            (NOW - MINUTE, NOW - 2 * MINUTE, true),
            (NOW - MINUTE, NOW - 2 * MINUTE - 1, false),
            (NOW + MINUTE, NOW, true),
            (NOW + MINUTE + 1, NOW, false),
            (i64::MAX, NOW, false),
            (i64::MIN, NOW, false),
        ] {
            assert_eq!(
                held_when_opened(opened, left, NOW),
                may,
                "opened {}, left {}",
                opened - NOW.min(opened),
                left - NOW
            );
        }
    }
}
