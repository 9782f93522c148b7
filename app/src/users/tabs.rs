use leptos::prelude::*;

/// Users and roles stand side by side.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PeopleTab {
    Users,
    Roles,
}

impl PeopleTab {
    const ALL: [Self; 2] = [Self::Users, Self::Roles];

    fn title(self) -> &'static str {
        match self {
            Self::Users => "Users",
            Self::Roles => "Roles",
        }
    }

    fn address(self) -> &'static str {
        match self {
            Self::Users => "/users",
            Self::Roles => "/roles",
        }
    }
}

#[component]
pub fn PeopleTabs(here: PeopleTab) -> impl IntoView {
    let link = |to: PeopleTab| {
        view! {
            <a href=to.address() aria-current=(to == here).then_some("page")>
                {to.title()}
            </a>
        }
    };
    view! {
        <nav class="tabs" aria-label="Users and roles">
            {PeopleTab::ALL.map(link).collect_view()}
        </nav>
    }
}
