use leptos::{html, prelude::*};

/// Resets a form in the next frame: by then its fields' attributes, to which a reset leads, are new.
pub fn reset_form(form: NodeRef<html::Form>) {
    request_animation_frame(move || {
        if let Some(form) = form.try_get_untracked().flatten() {
            form.reset();
        }
    });
}
