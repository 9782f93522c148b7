use leptos::prelude::*;

use crate::{Fault, sign_in::Session};

/// Calls `hear` with each later load of `resource`. A load that fails changes nothing on the page; only that the
/// session has ended is said, by the frame.
pub fn follow<T>(resource: Resource<Result<T, Fault>>, hear: impl Fn(T) + 'static)
where
    T: Clone + Send + Sync + 'static,
{
    let session = Session::current();
    Effect::new(move |_| match resource.get() {
        Some(Ok(loaded)) => {
            session.goes_on();
            hear(loaded);
        }
        Some(Err(Fault::SignedOut)) => session.has_ended(),
        Some(Err(_)) | None => {}
    });
}
