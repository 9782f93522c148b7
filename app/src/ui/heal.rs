use std::time::Duration;

use leptos::prelude::*;
use serde::{Serialize, de::DeserializeOwned};

use crate::{Fault, live::Live};

/// How long after a read that failed the next is made.
pub const AGAIN: Duration = Duration::from_secs(5);

/// Has `resource` read again while its reads fail for what passes: now and then, and at once when the server is back, or
/// whoever was signed out. The frame says so meanwhile; what was read before stays in sight.
pub fn heal<T>(resource: Resource<Result<T, Fault>>)
where
    T: Serialize + DeserializeOwned + Send + Sync + 'static,
{
    let server = Live::current().server();
    let fails = move || resource.with(|loaded| loaded.as_ref().and_then(|loaded| loaded.as_ref().err()).cloned());
    Effect::new(move |before: Option<u32>| {
        let returns = server.returns();
        let Some(fault) = fails().filter(|fault| fault.passes() || *fault == Fault::SignedOut) else { return returns };
        if fault.passes() {
            server.lack();
        }
        if before.is_some_and(|before| before != returns) {
            resource.refetch();
        } else if fault.passes()
            && let Ok(again) = set_timeout_with_handle(move || resource.refetch(), AGAIN)
        {
            on_cleanup(move || again.clear());
        }
        returns
    });
}
