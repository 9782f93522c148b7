use leptos::prelude::*;

/// What an icon shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Symbol {
    Dashboard,
    Tasks,
    Leads,
    Users,
    Customers,
    Reports,
    Settings,
    More,
    Up,
    Down,
    SignOut,
    System,
    Light,
    Dark,
}

impl Symbol {
    /// The lines, on a field of 20 by 20.
    fn path(self) -> &'static str {
        match self {
            Self::Dashboard => "M3.5 3.5h5.5v7H3.5ZM11 3.5h5.5V8H11ZM11 10.5h5.5v6H11ZM3.5 13h5.5v3.5H3.5Z",
            Self::Tasks => "M3 5.5l1.5 1.5L7 4.5M3 12.5l1.5 1.5L7 11.5M10 6h7M10 13h7",
            Self::Leads => {
                "M7.5 9.5a3 3 0 1 0 0-6 3 3 0 0 0 0 6ZM2 16.5c0-2.8 2.4-4.5 5.5-4.5s5.5 1.7 5.5 4.5M12.8 3.8a3 3 0 0 1 0 5.4M15 12.4c1.8.7 3 2.1 3 4.1"
            }
            Self::Users => {
                "M3 5h14v10.5H3ZM7.2 9.9a1.5 1.5 0 1 0 0-3 1.5 1.5 0 0 0 0 3ZM4.9 13.1c.3-1.2 1.2-1.8 2.3-1.8s2 .6 2.3 1.8M12 8.5h2.8M12 12h2.8"
            }
            Self::Customers => {
                "M8.5 9.5a3 3 0 1 0 0-6 3 3 0 0 0 0 6ZM3 16.5c0-2.8 2.4-4.5 5.5-4.5 1 0 1.9.2 2.7.5M12.5 14.8l1.8 1.7 3.2-3.6"
            }
            Self::Reports => "M3.5 3.5v13h13M7 13.5v-3M10.5 13.5v-7M14 13.5v-4.5",
            Self::Settings => {
                "M3 5.5h8M15 5.5h2M3 14.5h2M9 14.5h8M13 7.5a2 2 0 1 0 0-4 2 2 0 0 0 0 4ZM7 16.5a2 2 0 1 0 0-4 2 2 0 0 0 0 4Z"
            }
            Self::Up => "M10 16V4.5M5 9l5-5 5 5",
            Self::Down => "M10 4v11.5M5 11l5 5 5-5",
            Self::More => "M4.5 10h.01M10 10h.01M15.5 10h.01",
            Self::SignOut => "M8 3.5H5A1.5 1.5 0 0 0 3.5 5v10A1.5 1.5 0 0 0 5 16.5h3M13 13.5l3.5-3.5L13 6.5M16.5 10H8",
            Self::System => "M3 4.5h14v9H3ZM7.5 16.5h5M10 13.5v3",
            Self::Light => {
                "M10 13a3 3 0 1 0 0-6 3 3 0 0 0 0 6ZM10 2.5v1.5M10 16v1.5M2.5 10H4M16 10h1.5M4.7 4.7l1 1M14.3 14.3l1 1M15.3 4.7l-1 1M5.7 14.3l-1 1"
            }
            Self::Dark => "M16.5 11.5A6.8 6.8 0 0 1 8.5 3.5a6.8 6.8 0 1 0 8 8Z",
        }
    }
}

/// A line drawing beside a text that says the same; screen readers pass it over.
#[component]
pub fn Icon(symbol: Symbol) -> impl IntoView {
    view! {
        <svg class="icon" viewBox="0 0 20 20" width="20" height="20" aria-hidden="true">
            <path d=symbol.path() />
        </svg>
    }
}
