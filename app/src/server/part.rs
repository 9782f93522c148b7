use calliyo_db::Page;

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

/// The page that an address asks for; the first where it has no place, or none that can be read.
pub(super) fn page<P>(after: &str, before: &str, place: impl Fn(&str) -> Option<P>) -> Page<P> {
    match (place(after), place(before)) {
        (Some(after), _) => Page::After(after),
        (None, Some(before)) => Page::Before(before),
        (None, None) => Page::First,
    }
}

/// Whether what was read in front of a place, up to one more than a page, is where the list begins: then the first page
/// is shown instead, which is full.
pub(super) fn begins<T, P>(found: &[T], page: &Page<P>) -> bool {
    matches!(page, Page::Before(_)) && found.len() as i64 <= PAGE
}

/// Where the pages beside one begin.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Beside {
    /// The page before ends in front of it.
    pub previous: Option<String>,
    /// The next page follows it.
    pub next: Option<String>,
}

/// Cuts what was read of `page`, up to one more than a page, down to a page.
pub(super) fn cut_beside<T, P>(found: &mut Vec<T>, page: &Page<P>, place: impl Fn(&T) -> String) -> Beside {
    let more = found.len() as i64 > PAGE;
    let (previous, next) = match page {
        Page::First => (false, more),
        Page::After(_) => (true, more),
        Page::Before(_) => (more, true),
    };
    match page {
        // The row too many is the first.
        Page::Before(_) => drop(found.drain(..usize::from(more))),
        _ => found.truncate(PAGE as usize),
    }
    Beside { previous: found.first().filter(|_| previous).map(&place), next: found.last().filter(|_| next).map(&place) }
}

/// A part of a download that is read when the one before has been taken.
#[derive(Clone, Debug)]
pub struct Part<const N: usize, P> {
    pub rows: Vec<[String; N]>,
    /// Where to go on; nothing after the last.
    pub next: Option<P>,
}
