use std::time::Duration;

use leptos::prelude::*;
use serde::{Serialize, de::DeserializeOwned};

use crate::{Fault, live::Live};

/// How long after a read that failed the next is made.
pub const AGAIN: Duration = Duration::from_secs(5);

/// Has `resource` read again while its reads fail for what passes: now and then, and at once when the server is back.
/// The frame says so meanwhile; what was read before stays in sight.
pub fn heal<T>(resource: Resource<Result<T, Fault>>)
where
    T: Serialize + DeserializeOwned + Send + Sync + 'static,
{
    let server = Live::current().server();
    let fails = move || resource.with(|loaded| matches!(loaded, Some(Err(fault)) if fault.passes()));
    Effect::new(move |before: Option<u32>| {
        let returns = server.returns();
        if !fails() {
            return returns;
        }
        server.lack();
        if before.is_some_and(|before| before != returns) {
            resource.refetch();
        } else if let Ok(again) = set_timeout_with_handle(move || resource.refetch(), AGAIN) {
            on_cleanup(move || again.clear());
        }
        returns
    });
}
