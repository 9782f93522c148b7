//! R4: spreading a number over columns so that their heights end as even as possible.

/// A column: where it stands, and how much may be put on it.
pub(super) struct Column {
    pub base: usize,
    pub room: usize,
}

/// The evenest spread. The sum of squared heights is smallest exactly where every column gets its
/// `rises` and `spare` of the columns in `next` get one more; R4 doesn't say which of them.
pub(super) struct Spread {
    pub rises: Vec<usize>,
    pub spare: usize,
    pub next: Vec<usize>,
}

/// Pours `total` over the columns like water: each is filled up to a common level, as far as its
/// room goes.
pub(super) fn spread(columns: &[Column], total: usize) -> Spread {
    let level = highest_level(columns, total);
    let rises: Vec<_> = columns.iter().map(|column| column.rise_to(level)).collect();
    let spare = total - rises.iter().sum::<usize>();
    let next = (0..columns.len()).filter(|&at| columns[at].rise_to(level + 1) > rises[at]).collect();
    Spread { rises, spare, next }
}

impl Column {
    fn rise_to(&self, level: usize) -> usize {
        level.saturating_sub(self.base).min(self.room)
    }
}

/// The highest level that `total` is enough for.
fn highest_level(columns: &[Column], total: usize) -> usize {
    let enough = |level| columns.iter().map(|column| column.rise_to(level)).sum::<usize>() <= total;
    let mut low = 0;
    let mut high = columns.iter().map(|column| column.base + column.room).max().unwrap_or_default() + 1;
    while high - low > 1 {
        let middle = low.midpoint(high);
        if enough(middle) { low = middle } else { high = middle }
    }
    low
}
