use leptos::prelude::{GetValue, SetValue, StoredValue};

use super::{
    focused::{Focused, focus_row},
    row_log::RowLog,
};
use crate::{
    calls::{AT_FOLLOW_UP, AT_NOTE, outcome_of_key},
    ui::on_keys,
};

/// j and k move the focus down and up the list, where Enter opens the lead, being on its link. 1 to 7 log a call on it;
/// n and f `open` it, at the note or at the follow-up.
pub fn work_by_keys(rows: RowLog, open: impl Fn(i64, &str) + Copy + 'static) {
    // What is typed while the lead comes up is meant for its form: a digit of a note is no outcome.
    let leaving = StoredValue::new(false);
    let open = move |lead, at: &str| {
        leaving.set_value(true);
        open(lead, at);
    };
    on_keys(move |event| {
        if leaving.get_value() {
            return;
        }
        match (event.key().as_str(), Focused::now()) {
            ("j", here) => focus_row(here.map_or(0, |here| here.number + 1)),
            ("k", here) => focus_row(here.map_or(0, |here| here.number - 1)),
            ("n", Some(here)) => open(here.lead, AT_NOTE),
            ("f", Some(here)) => open(here.lead, AT_FOLLOW_UP),
            (key, Some(here)) => {
                if let Some(status) = outcome_of_key(key) {
                    rows.log(here, status);
                }
            }
            (_, None) => {}
        }
    });
}
