use calliyo_domain::permission::Permission;
use leptos::prelude::*;
use leptos_meta::Title;

use crate::{
    Fault,
    sign_in::Session,
    ui::{FaultNote, NotRead, PageHead, set_status},
};

/// Settings → General.
pub const GENERAL_TAB: &str = "/settings?tab=general";
/// Settings → Status.
pub const STATUS_TAB: &str = "/settings?tab=status";
/// Settings → Configurations.
pub const CONFIGURATIONS: &str = "/settings?tab=configurations";
/// Settings → Run history.
pub const RUN_HISTORY: &str = "/settings/runs";

/// A subject of the settings.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tab {
    General,
    Status,
    Configurations,
    RunHistory,
}

impl Tab {
    const ALL: [Self; 4] = [Self::General, Self::Status, Self::Configurations, Self::RunHistory];

    fn title(self) -> &'static str {
        match self {
            Self::General => "General",
            Self::Status => "Status",
            Self::Configurations => "Configurations",
            Self::RunHistory => "Run history",
        }
    }

    fn address(self) -> &'static str {
        match self {
            Self::General => GENERAL_TAB,
            Self::Status => STATUS_TAB,
            Self::Configurations => CONFIGURATIONS,
            Self::RunHistory => RUN_HISTORY,
        }
    }
}

/// The head and the tabs around a page of the settings, for those whose role allows it.
#[component]
pub fn SettingsFrame(
    tab: Tab,
    /// Makes the page; called once, where the viewer may see it.
    content: fn() -> AnyView,
) -> impl IntoView {
    let session = Session::current();
    // Not in a closure: it is to run once only, since it makes resources.
    let content = async move {
        match session.allows(Permission::Settings).await {
            Ok(true) => view! {
                <Tabs tab />
                {content()}
            }
            .into_any(),
            Ok(false) => {
                set_status(403);
                view! { <FaultNote fault=Fault::Forbidden /> }.into_any()
            }
            Err(fault) => view! { <NotRead fault /> }.into_any(),
        }
    };
    view! {
        <Title text=tab.title() />
        <PageHead title="Settings" purpose="How Calliyo works for your whole company." />
        <Suspense>{Suspend::new(content)}</Suspense>
    }
}

#[component]
fn Tabs(tab: Tab) -> impl IntoView {
    let link = |to: Tab| {
        view! {
            <a href=to.address() aria-current=(to == tab).then_some("page")>
                {to.title()}
            </a>
        }
    };
    view! {
        <nav class="tabs" aria-label="Settings">
            {Tab::ALL.map(link).collect_view()}
        </nav>
    }
}
