/// The two numbers of a place in a list, as addresses have it: `1778470200000.42`.
pub(super) fn numbers(text: &str) -> Option<(i64, i64)> {
    let (first, second) = text.split_once('.')?;
    Some((first.parse().ok()?, second.parse().ok()?))
}

/// A part of a download that is read when the one before has been taken.
#[derive(Clone, Debug)]
pub struct Part<const N: usize, P> {
    pub rows: Vec<[String; N]>,
    /// Where to go on; nothing after the last.
    pub next: Option<P>,
}
