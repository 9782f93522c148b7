use leptos::prelude::*;

use crate::{Fault, ui::Symbol};

/// Which colours the page has. Kept in the cookie `theme`, so that the server renders the page in them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Theme {
    /// Those of the viewer's system: no cookie.
    #[default]
    System,
    Light,
    Dark,
}

const COOKIE: &str = "theme";
const YEAR: u32 = 365 * 24 * 60 * 60;

impl Theme {
    pub const ALL: [Self; 3] = [Self::System, Self::Light, Self::Dark];

    /// How cookie and form spell it.
    pub fn key(self) -> &'static str {
        match self {
            Self::System => "system",
            Self::Light => "light",
            Self::Dark => "dark",
        }
    }

    pub fn title(self) -> &'static str {
        match self {
            Self::System => "System",
            Self::Light => "Light",
            Self::Dark => "Dark",
        }
    }

    pub fn symbol(self) -> Symbol {
        match self {
            Self::System => Symbol::System,
            Self::Light => Symbol::Light,
            Self::Dark => Symbol::Dark,
        }
    }

    fn from_key(key: &str) -> Self {
        Self::ALL.into_iter().find(|theme| theme.key() == key).unwrap_or_default()
    }

    /// `data-theme` of the document.
    pub fn attribute(self) -> Option<&'static str> {
        (self != Self::System).then_some(self.key())
    }

    /// The page's theme, for every part that shows or changes it.
    pub fn provide() {
        provide_context(RwSignal::new(Self::requested()));
    }

    /// Of the request being answered, or in the browser of the document that came.
    pub fn requested() -> Self {
        #[cfg(feature = "ssr")]
        let key = cookie();
        #[cfg(not(feature = "ssr"))]
        let key = document().document_element().and_then(|html| html.get_attribute("data-theme"));
        key.as_deref().map(Self::from_key).unwrap_or_default()
    }

    /// The `Set-Cookie` text, which is also what `document.cookie` takes; `secure` where the site is reached by https.
    fn cookie(self, secure: bool) -> String {
        let life = if self == Self::System { 0 } else { YEAR };
        let secure = if secure { "; Secure" } else { "" };
        format!("{COOKIE}={}; Path=/; Max-Age={life}; SameSite=Lax{secure}", self.key())
    }

    /// In the browser: at once on this page, and for those to come.
    pub fn apply(self) {
        use wasm_bindgen::JsCast;

        let document = document();
        if let Some(html) = document.document_element() {
            let changed = match self.attribute() {
                Some(theme) => html.set_attribute("data-theme", theme),
                None => html.remove_attribute("data-theme"),
            };
            if let Err(error) = changed {
                leptos::logging::warn!("the theme could not be changed: {error:?}");
            }
        }
        let secure = location().protocol().is_ok_and(|protocol| protocol == "https:");
        if let Err(error) = document.unchecked_into::<web_sys::HtmlDocument>().set_cookie(&self.cookie(secure)) {
            leptos::logging::warn!("the theme could not be kept: {error:?}");
        }
    }
}

#[cfg(feature = "ssr")]
fn cookie() -> Option<String> {
    let parts = use_context::<http::request::Parts>()?;
    let cookies = axum_extra::extract::CookieJar::from_headers(&parts.headers);
    cookies.get(COOKIE).map(|cookie| cookie.value().to_owned())
}

/// Keeps the theme; for those without JavaScript.
#[server(endpoint = "set-theme")]
pub async fn set_theme(theme: String) -> Result<(), Fault> {
    let secure = crate::server::Services::current()?.secure;
    let cookie =
        http::HeaderValue::from_str(&Theme::from_key(&theme).cookie(secure)).map_err(|_| Fault::Unavailable)?;
    expect_context::<leptos_axum::ResponseOptions>().append_header(http::header::SET_COOKIE, cookie);
    Ok(())
}
