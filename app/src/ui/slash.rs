use leptos::{html, prelude::*};

use super::on_keys;

/// Lets `/` lead to the search, unless something is being typed.
pub fn focus_on_slash(input: NodeRef<html::Input>) {
    on_keys(move |event| {
        if event.key() == "/"
            && let Some(input) = input.try_get_untracked().flatten()
        {
            event.prevent_default();
            // Refused only where the element is gone.
            let _ = input.focus();
            input.select();
        }
    });
}
