use leptos::prelude::*;
use serde::{Deserialize, Serialize};
use wasm_bindgen::JsValue;

/// An instant, as the company's clocks show it.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Moment {
    /// Unix milliseconds.
    pub at: i64,
    /// Company time to the minute, with the zone's abbreviation.
    pub text: String,
}

impl Moment {
    /// The instant `at` (unix milliseconds) in the company's zone.
    #[cfg(feature = "ssr")]
    #[must_use]
    pub fn of(at: i64, zone: chrono_tz::Tz) -> Self {
        Self { at, text: calliyo_domain::company::minute(at, zone) }
    }

    /// Date and time alone: "2026-05-11 09:00".
    #[must_use]
    pub fn minute(&self) -> &str {
        self.text.get(..16).unwrap_or_default()
    }

    /// Date and time as a field writes them: "2026-05-11T09:00".
    #[must_use]
    pub fn for_field(&self) -> String {
        self.minute().replace(' ', "T")
    }

    /// The viewer's own date and time, where it isn't the company's.
    fn viewers_own(&self) -> Option<String> {
        let date = js_sys::Date::new(&JsValue::from_f64(self.at as f64));
        let [year, month, day] = [date.get_full_year(), date.get_month() + 1, date.get_date()];
        let [hour, minute] = [date.get_hours(), date.get_minutes()];
        let own = format!("{year:04}-{month:02}-{day:02} {hour:02}:{minute:02}");
        (self.minute() != own).then(|| format!("{own} your time"))
    }
}

/// Shows company time; hovering shows the viewer's own where that differs.
#[component]
pub fn MomentView(
    moment: Moment,
    /// Whether the zone stands beside it, where the page doesn't say it once for all.
    #[prop(optional)]
    zone: bool,
) -> impl IntoView {
    let own = RwSignal::new(None);
    let text = if zone { moment.text.clone() } else { moment.minute().to_owned() };
    // Only the browser knows its zone.
    Effect::new(move |_| own.set(moment.viewers_own()));
    view! { <time title=own>{text}</time> }
}
