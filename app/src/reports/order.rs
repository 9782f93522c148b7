use std::cmp::Ordering;

use calliyo_domain::order::{self, Column};
use leptos::prelude::*;

use super::Figures;
use crate::ui::of_address;

/// The columns of figures; agents can be sorted by each.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum FigureColumn {
    #[default]
    Agent,
    Coverage,
    Outgoing,
    Baseline,
    Connected,
    TalkTime,
    Incoming,
    Conversions,
}

impl Column for FigureColumn {
    const ALL: &'static [Self] = &[
        Self::Agent,
        Self::Coverage,
        Self::Outgoing,
        Self::Baseline,
        Self::Connected,
        Self::TalkTime,
        Self::Incoming,
        Self::Conversions,
    ];

    fn title(self) -> &'static str {
        match self {
            Self::Agent => "Agent",
            Self::Coverage => "Coverage",
            Self::Outgoing => "Outgoing",
            Self::Baseline => "Baseline",
            Self::Connected => "Connected",
            Self::TalkTime => "Talk time",
            Self::Incoming => "Incoming",
            Self::Conversions => "Conversions",
        }
    }

    fn key(self) -> &'static str {
        match self {
            Self::Agent => "agent",
            Self::Coverage => "coverage",
            Self::Outgoing => "outgoing",
            Self::Baseline => "baseline",
            Self::Connected => "connected",
            Self::TalkTime => "talk",
            Self::Incoming => "incoming",
            Self::Conversions => "conversions",
        }
    }

    fn is_figure(self) -> bool {
        self != Self::Agent
    }
}

/// The order of the agents: by name, unless something else is chosen.
pub type Order = order::Order<FigureColumn>;

/// What the page's address says.
pub fn order_of_address() -> Memo<Order> {
    of_address(|text| Order::of_text(&text("sort")))
}

/// Compares two rows by a figure.
pub fn compare(by: FigureColumn, a: &Figures, b: &Figures) -> Ordering {
    match by {
        FigureColumn::Agent => Ordering::Equal,
        FigureColumn::Coverage => a.coverage.cmp(&b.coverage),
        FigureColumn::Outgoing => a.attempts.cmp(&b.attempts),
        FigureColumn::Baseline => a.expected.cmp(&b.expected),
        FigureColumn::Connected => a.connected.cmp(&b.connected),
        FigureColumn::TalkTime => a.talk.cmp(&b.talk),
        FigureColumn::Incoming => a.incoming.cmp(&b.incoming),
        FigureColumn::Conversions => a.conversions.cmp(&b.conversions),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_figure_has_its_column() {
        let row = |of: &str| Figures { of: of.to_owned(), ..Figures::default() };
        let sorted = |sort: &str, mut rows: Vec<Figures>| {
            Order::of_text(sort).sort(&mut rows, compare);
            rows.into_iter().map(|row| row.of).collect::<Vec<_>>()
        };
        for (key, more) in [
            ("coverage", Figures { coverage: Some(0), ..row("B") }),
            ("outgoing", Figures { attempts: 1, ..row("B") }),
            ("baseline", Figures { expected: 1, ..row("B") }),
            ("connected", Figures { connected: 1, ..row("B") }),
            ("talk", Figures { talk: 1, ..row("B") }),
            ("incoming", Figures { incoming: 1, ..row("B") }),
            ("conversions", Figures { conversions: 1, ..row("B") }),
        ] {
            assert_eq!(sorted(&format!("-{key}"), vec![row("A"), more.clone()]), ["B", "A"], "{key}");
            assert_eq!(sorted(key, vec![more, row("C")]), ["C", "B"], "{key}");
        }
    }
}
