use calliyo_domain::permission::Permission;
use leptos::{prelude::*, task::spawn_local};

use super::{Viewer, Visitor, who_am_i};
use crate::Fault;

/// Who looks at the page, the same for all its parts.
#[derive(Clone, Copy)]
pub struct Session {
    visitor: Resource<Result<Visitor, Fault>>,
    ended: RwSignal<bool>,
}

impl Session {
    /// Asks once who is looking, and lets every part of the page know.
    pub fn provide() -> Self {
        let session = Self { visitor: Resource::new(|| (), |()| who_am_i()), ended: RwSignal::new(false) };
        provide_context(session);
        session
    }

    /// The session of this page.
    pub fn current() -> Self {
        expect_context()
    }

    /// Who looks at the page; nothing while that is asked.
    pub fn visitor(self) -> Option<Result<Visitor, Fault>> {
        self.visitor.get()
    }

    /// The signed-in user, once that is known.
    pub fn viewer(self) -> Option<Viewer> {
        match self.visitor.get() {
            Some(Ok(Visitor::SignedIn(viewer))) => Some(viewer),
            _ => None,
        }
    }

    /// Who looks at the page, as soon as that is known.
    pub async fn resolve(self) -> Result<Visitor, Fault> {
        self.visitor.await
    }

    /// Whether the signed-in user's role allows `permission`.
    pub async fn allows(self, permission: Permission) -> Result<bool, Fault> {
        match self.resolve().await? {
            Visitor::SignedIn(viewer) => Ok(viewer.permissions.allow(permission)),
            Visitor::SignedOut | Visitor::FirstRun => Err(Fault::SignedOut),
        }
    }

    /// Whether the session was seen to end while the page was open.
    pub fn ended(self) -> bool {
        self.ended.get()
    }

    /// Asks anew who is looking: the session may have ended, the role may allow something else, or the company have
    /// another name.
    pub fn check(self) {
        spawn_local(async move {
            match who_am_i().await {
                Ok(now @ Visitor::SignedIn(_)) => {
                    self.goes_on();
                    let now = Some(Ok(now));
                    if self.visitor.get_untracked() != now {
                        self.visitor.set(now);
                    }
                }
                Ok(Visitor::SignedOut | Visitor::FirstRun) => self.has_ended(),
                // No answer says nothing about the session.
                Err(_) => {}
            }
        });
    }

    /// A request was refused since nobody is signed in.
    pub fn has_ended(self) {
        self.ended.set(true);
    }

    /// A request was answered: somebody is signed in.
    pub fn goes_on(self) {
        if self.ended.get_untracked() {
            self.ended.set(false);
        }
    }
}
