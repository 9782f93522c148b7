use calliyo_domain::permission::Permission;
use leptos::{prelude::*, task::spawn_local};

use super::{Viewer, Visitor, who_am_i};
use crate::Fault;

/// Who looks at the page, the same for all its parts.
#[derive(Clone, Copy)]
pub struct Session {
    visitor: Resource<Result<Visitor, Fault>>,
    standing: RwSignal<Standing>,
    /// How often it was asked who is looking: an answer counts only until a later one has come.
    asked: StoredValue<u32>,
    answered: StoredValue<u32>,
}

/// Whether the page may be shown, which was made for whoever looked at it first.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Standing {
    /// They are signed in.
    #[default]
    Open,
    /// Nobody is.
    Ended,
    /// Somebody of this name is, and it never comes back.
    Others(String),
}

impl Session {
    /// Asks once who is looking, and lets every part of the page know.
    pub fn provide() -> Self {
        let session = Self {
            visitor: Resource::new(|| (), |()| who_am_i()),
            standing: RwSignal::default(),
            asked: StoredValue::new(0),
            answered: StoredValue::new(0),
        };
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

    /// Whether the page may be shown.
    pub fn standing(self) -> Standing {
        self.standing.get()
    }

    /// Whether the page may be shown now.
    pub fn is_open(self) -> bool {
        self.standing.with_untracked(|standing| *standing == Standing::Open)
    }

    /// Asks anew who is looking: the session may have ended, the role may allow something else, or the company have
    /// another name.
    pub fn check(self) {
        self.asked.update_value(|n| *n += 1);
        let number = self.asked.get_value();
        spawn_local(async move {
            // No answer says nothing about the session.
            if let Ok(now) = who_am_i().await
                && self.answered.try_get_value().is_some_and(|answered| answered < number)
            {
                self.answered.set_value(number);
                self.learn(now);
            }
        });
    }

    /// The page's stream is that of the user with this id.
    pub fn meets(self, user: i64) {
        if self.known().is_some_and(|known| known.id != user) {
            self.check();
        }
    }

    /// A request was refused since nobody is signed in. Perhaps somebody is by now.
    pub fn has_ended(self) {
        if self.known().is_some() && self.is_open() {
            self.standing.set(Standing::Ended);
            self.check();
        }
    }

    fn learn(self, now: Visitor) {
        let Some(known) = self.known() else { return };
        let standing = match &now {
            Visitor::SignedIn(viewer) if viewer.id != known.id => Standing::Others(viewer.name.clone()),
            Visitor::SignedIn(viewer) => self.back(viewer),
            Visitor::SignedOut | Visitor::FirstRun => self.gone(),
        };
        if standing == Standing::Open && self.visitor.with_untracked(|visitor| *visitor != Some(Ok(now.clone()))) {
            self.visitor.set(Some(Ok(now)));
        }
        if self.standing.with_untracked(|before| *before != standing) {
            self.standing.set(standing);
        }
    }

    /// Whom the page was made for is signed in.
    fn back(self, viewer: &Viewer) -> Standing {
        match self.standing.get_untracked() {
            Standing::Others(_) => Standing::Others(viewer.name.clone()),
            _ => Standing::Open,
        }
    }

    /// Nobody is signed in.
    fn gone(self) -> Standing {
        match self.standing.get_untracked() {
            Standing::Open => Standing::Ended,
            ended => ended,
        }
    }

    /// Whom the page was made for, where it was made for anybody.
    fn known(self) -> Option<Viewer> {
        match self.visitor.get_untracked() {
            Some(Ok(Visitor::SignedIn(viewer))) => Some(viewer),
            _ => None,
        }
    }
}
