use std::sync::Arc;

use calliyo_db::{Db, Memo, Tx};
use calliyo_domain::clock::Clock;
use http::request::Parts;
use leptos::prelude::{use_context, with_context};

use super::{Hub, Passwords};
use crate::{Fault, live::LiveEvent};

/// Where randomness comes from: the system's source in the product, anything else in tests.
#[derive(Clone)]
pub struct Random(Arc<dyn Fn() -> [u8; 32] + Send + Sync>);

impl Random {
    /// A source that draws 32 bytes at a time from `draw`.
    pub fn new(draw: impl Fn() -> [u8; 32] + Send + Sync + 'static) -> Self {
        Self(Arc::new(draw))
    }

    /// 32 unguessable bytes.
    #[must_use]
    pub fn bytes(&self) -> [u8; 32] {
        (self.0)()
    }
}

/// What the server gives to every server function.
#[derive(Clone)]
pub struct Services {
    pub db: Db,
    pub clock: Clock,
    pub random: Random,
    pub passwords: Passwords,
    pub hub: Hub,
    /// Whether people reach the site by https: then cookies are bound to the host and never sent in the clear.
    pub secure: bool,
    /// What the request has read already; nothing where each read is to be of its moment.
    pub memo: Option<Memo>,
}

impl Services {
    /// Those of the request being answered.
    ///
    /// # Errors
    /// [`Fault::Unavailable`] outside of a request.
    pub fn current() -> Result<Self, Fault> {
        let services: Self = use_context().ok_or(Fault::Unavailable)?;
        // What may write reads what it has written.
        let reads = with_context::<Parts, _>(|parts| parts.method.is_safe()).unwrap_or(false);
        Ok(if reads { services } else { Self { memo: None, ..services } })
    }

    /// As they are for one request: its parts, if it only reads, share what they read of the company.
    #[must_use]
    pub fn for_request(&self) -> Self {
        Self { memo: Some(Memo::default()), ..self.clone() }
    }

    /// As [`Db::read`]; settings and pipeline are as the request has read them first.
    ///
    /// # Errors
    /// The database's own.
    pub async fn read(&self) -> calliyo_db::Result<Tx> {
        match &self.memo {
            Some(memo) => self.db.read_once(memo).await,
            None => self.db.read().await,
        }
    }

    /// Commits, and tells every open page of every server what changed.
    pub async fn commit(&self, mut tx: Tx, events: &[LiveEvent]) -> calliyo_db::Result<()> {
        let mut local = Vec::new();
        for event in events {
            if !calliyo_db::notify::send(&mut tx, &serde_json::to_string(event)?).await? {
                local.push(event.clone());
            }
        }
        tx.commit().await?;
        for event in local {
            self.hub.hear(event);
        }
        Ok(())
    }
}
