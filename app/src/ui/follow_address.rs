use leptos::{html, prelude::*};

/// Back and forward show what was searched for then; what is being typed stays as it is.
pub fn follow_address(search: Memo<String>, input: NodeRef<html::Input>) {
    Effect::new(move |before: Option<String>| {
        let now = search.get();
        if let Some(input) = input.get_untracked()
            && before.is_some_and(|before| before != now)
            && input.value().trim() != now
        {
            input.set_value(&now);
        }
        now
    });
}
