/// A part of a download that is read when the one before has been taken.
#[derive(Clone, Debug)]
pub struct Part<const N: usize, P> {
    pub rows: Vec<[String; N]>,
    /// Where to go on; nothing after the last.
    pub next: Option<P>,
}
