use leptos::prelude::*;

use crate::Fault;

/// Whether the last load of `resource` found nothing any more, or nothing that is the viewer's to see. Loads that fail
/// otherwise say nothing of that.
pub fn taken_away<T>(resource: Resource<Result<T, Fault>>) -> Memo<bool>
where
    T: Clone + Send + Sync + 'static,
{
    let taken = RwSignal::new(false);
    Effect::new(move |_| match resource.get() {
        Some(Err(Fault::NotFound | Fault::Forbidden)) => taken.set(true),
        Some(Ok(_)) => taken.set(false),
        Some(Err(_)) | None => {}
    });
    Memo::new(move |_| taken.get())
}
