use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};

/// The row that has the focus, be it on the lead or on the phone.
#[derive(Clone, Copy, Debug)]
pub struct Focused {
    /// Its place, from 0.
    pub number: i64,
    pub lead: i64,
}

impl Focused {
    pub fn now() -> Option<Self> {
        let row = document().active_element()?.closest("tr").ok()??;
        let link = row.query_selector("[data-task]").ok()??;
        Some(Self { number: number(&link, "data-task")?, lead: number(&link, "data-lead")? })
    }
}

fn number(link: &Element, name: &str) -> Option<i64> {
    link.get_attribute(name)?.parse().ok()
}

/// The lead's name, as its row shows it.
pub fn name_of(lead: i64) -> String {
    let link = document().query_selector(&format!("[data-lead='{lead}']")).ok().flatten();
    link.and_then(|link| link.text_content()).unwrap_or_default()
}

/// When the list was read, as forms spell it.
pub fn opened_at() -> String {
    let list = document().query_selector("[data-opened]").ok().flatten();
    list.and_then(|list| list.get_attribute("data-opened")).unwrap_or_default()
}

/// Moves the focus to the row at that place, where there is one.
pub fn focus_row(number: i64) {
    focus(&format!("[data-task='{number}']"));
}

/// Moves the focus to the row of that lead, if there is one.
pub fn focus_lead(lead: i64) -> bool {
    focus(&format!("[data-lead='{lead}']"))
}

pub fn focus_last_row() {
    focus("tbody tr:last-child [data-task]");
}

/// The lead of the row at that place.
pub fn lead_at(number: i64) -> Option<i64> {
    let link = document().query_selector(&format!("[data-task='{number}']")).ok()??;
    self::number(&link, "data-lead")
}

fn focus(link: &str) -> bool {
    let link = document().query_selector(link).ok().flatten();
    // Refused only where the list has changed in this very moment.
    link.and_then(|link| link.dyn_into::<HtmlElement>().ok()).is_some_and(|link| link.focus().is_ok())
}
