use leptos::prelude::*;

/// What `find` finds, or else found last: a row that has just left its list keeps its text until it is taken away.
pub fn kept<T: Clone + PartialEq + Send + Sync + 'static>(
    find: impl Fn() -> Option<T> + Send + Sync + 'static,
) -> Memo<Option<T>> {
    Memo::new(move |last: Option<&Option<T>>| find().or_else(|| last.cloned().flatten()))
}
