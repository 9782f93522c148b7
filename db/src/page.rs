/// A page of a list whose rows each have a place in it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Page<P> {
    #[default]
    First,
    /// What follows a place.
    After(P),
    /// What ends in front of a place, in the list's own order.
    Before(P),
}

impl<P: Copy> Page<P> {
    /// How a list that is in ascending order, or in descending one, is read for this page.
    pub(crate) fn reading(self, descending: bool) -> Reading {
        if descending == self.is_before() { Reading::Up } else { Reading::Down }
    }

    /// Where reading begins; nothing on the first page.
    pub(crate) fn place(self) -> Option<P> {
        match self {
            Self::First => None,
            Self::After(place) | Self::Before(place) => Some(place),
        }
    }

    /// What was read, in the list's order.
    pub(crate) fn in_order<T>(self, mut read: Vec<T>) -> Vec<T> {
        if self.is_before() {
            read.reverse();
        }
        read
    }

    fn is_before(self) -> bool {
        matches!(self, Self::Before(_))
    }
}

/// Which way rows are read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Reading {
    Up,
    Down,
}

impl Reading {
    /// What nothing stands in front of.
    pub(crate) fn start(self) -> i64 {
        match self {
            Self::Up => i64::MIN,
            Self::Down => i64::MAX,
        }
    }

    /// What SQL orders by.
    pub(crate) fn order(self, columns: &[&str]) -> String {
        let direction = match self {
            Self::Up => "",
            Self::Down => " DESC",
        };
        columns.iter().map(|column| format!("{column}{direction}")).collect::<Vec<_>>().join(", ")
    }

    /// The condition that a row comes beyond the place that is bound from `$first` on.
    pub(crate) fn beyond(self, columns: &[&str], first: usize) -> String {
        let place: Vec<_> = (first..).take(columns.len()).map(|n| format!("${n}")).collect();
        let compare = match self {
            Self::Up => ">",
            Self::Down => "<",
        };
        format!("({}) {compare} ({})", columns.join(", "), place.join(", "))
    }
}
