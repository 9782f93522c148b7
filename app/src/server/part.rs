/// The two numbers of a place in a list, as addresses have it: `1778470200000.42`.
pub(super) fn numbers(text: &str) -> Option<(i64, i64)> {
    let (first, second) = text.split_once('.')?;
    Some((first.parse().ok()?, second.parse().ok()?))
}

/// Rows on a page.
pub(super) const PAGE: i64 = 50;

/// Cuts what was read, up to one more than `most`, down to `most`; gives whether there is more.
pub(super) fn cut<T>(found: &mut Vec<T>, most: i64) -> bool {
    let more = found.len() as i64 > most;
    found.truncate(most as usize);
    more
}

/// Cuts what was read, up to one more than a page, down to a page; gives the place of its last row where there is more.
pub(super) fn cut_page<T, P>(found: &mut Vec<T>, place: impl Fn(&T) -> P) -> Option<P> {
    let more = cut(found, PAGE);
    found.last().filter(|_| more).map(place)
}

/// A part of a download that is read when the one before has been taken.
#[derive(Clone, Debug)]
pub struct Part<const N: usize, P> {
    pub rows: Vec<[String; N]>,
    /// Where to go on; nothing after the last.
    pub next: Option<P>,
}
