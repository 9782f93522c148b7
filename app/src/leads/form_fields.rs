use leptos::prelude::*;

use super::{Filter, filter::SEVERAL};

/// The filter as hidden fields of a form that posts it.
#[component]
pub fn FilterFields(filter: Memo<Filter>) -> impl IntoView {
    move || {
        let filter = filter.get();
        let fields = filter.pairs().into_iter().map(|(name, value)| {
            let list = if SEVERAL.contains(&name) { "[]" } else { "" };
            view! { <input type="hidden" name=format!("filter[{name}]{list}") value=value.to_owned() /> }
        });
        fields.collect_view()
    }
}
