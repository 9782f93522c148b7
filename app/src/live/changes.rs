use std::collections::BTreeMap;

use calliyo_domain::{job::Progress, settings::SectionKey};
use leptos::prelude::*;

use super::{Connection, LiveEvent, counter::Counter, stream};
use crate::{Fault, hear_faults, sign_in::Session};

/// What the server says of changes, as signals: counters that grow, on which the pages' resources depend, so that
/// they read again under their viewer's permission.
#[derive(Clone, Copy)]
pub struct Live {
    saves: RwSignal<BTreeMap<SectionKey, u32>>,
    /// Grows when anything may have changed unheard.
    gaps: RwSignal<u32>,
    statuses: RwSignal<u32>,
    runs: RwSignal<u32>,
    leads: Counter,
    users: RwSignal<u32>,
    sessions: RwSignal<u32>,
    calls: Counter,
    progress: RwSignal<Option<Progress>>,
    /// How far the server's clock is ahead of the browser's, in milliseconds.
    ahead: RwSignal<i64>,
    server: Connection,
}

/// What the two clocks may drift apart unheeded, in milliseconds.
const DRIFT: u64 = 1000;

impl Live {
    /// Listens while somebody is signed in.
    pub fn provide(session: Session) {
        let live = Self {
            saves: RwSignal::default(),
            gaps: RwSignal::new(0),
            statuses: RwSignal::new(0),
            runs: RwSignal::new(0),
            leads: Counter::new(),
            users: RwSignal::new(0),
            sessions: RwSignal::new(0),
            calls: Counter::new(),
            progress: RwSignal::new(None),
            ahead: RwSignal::new(0),
            server: Connection::new(),
        };
        provide_context(live);
        stream::listen(live, session);
        Effect::new(move |_| {
            hear_faults(move |fault| match fault {
                Fault::SignedOut => session.has_ended(),
                Fault::AnotherPerson { .. } => session.check(),
                // The zone or the country was saved, perhaps unheard.
                Fault::MadeUnder(_) => live.hear(LiveEvent::Settings { section: SectionKey::General }),
                _ => {}
            });
        });
        // Every page shows the company's name.
        Effect::new(move |before: Option<u32>| {
            let now = live.company();
            if before.is_some_and(|before| before != now) {
                session.check();
            }
            now
        });
    }

    /// Those of this page.
    pub fn current() -> Self {
        expect_context()
    }

    /// Whether the server is there.
    pub fn server(self) -> Connection {
        self.server
    }

    /// Grows with each save of a settings section, and when the statuses that it may show are edited.
    pub fn saves(self, section: SectionKey) -> u32 {
        self.statuses() + self.saves_alone(section)
    }

    /// Grows when it is saved who sees which customers.
    pub fn visibility(self) -> u32 {
        self.saves_alone(SectionKey::ShowCustomer)
    }

    /// Grows when the company's name, country or zone is saved.
    pub fn company(self) -> u32 {
        self.saves_alone(SectionKey::General)
    }

    fn saves_alone(self, section: SectionKey) -> u32 {
        self.saves.with(|saves| saves.get(&section).copied().unwrap_or_default())
    }

    /// Grows with each save of any settings section.
    pub fn any_save(self) -> u32 {
        self.statuses() + self.saves.with(|saves| saves.values().sum::<u32>())
    }

    /// Grows when the pipeline is edited, or may have been unheard.
    pub fn statuses(self) -> u32 {
        self.gaps.get() + self.pipeline()
    }

    /// Grows when the pipeline is edited.
    pub fn pipeline(self) -> u32 {
        self.statuses.get()
    }

    /// Grows when a run is asked for, starts or ends.
    pub fn runs(self) -> u32 {
        self.gaps.get() + self.runs.get()
    }

    /// Grows when leads change, or may have changed unheard.
    pub fn leads(self) -> u32 {
        self.leads.get()
    }

    /// How often leads changed until now, as far as heard.
    pub fn leads_heard(self) -> u32 {
        self.leads.heard()
    }

    /// Grows when users or roles change; heard by those who manage users, leads or settings.
    pub fn users(self) -> u32 {
        self.gaps.get() + self.users.get()
    }

    /// Grows when the viewer signs in or out somewhere.
    pub fn sessions(self) -> u32 {
        self.gaps.get() + self.sessions.get()
    }

    /// Grows when a call was logged that the viewer may hear of.
    pub fn calls(self) -> u32 {
        self.gaps.get() + self.calls.get()
    }

    /// How far `run` is, as far as heard.
    pub fn progress(self, run: i64) -> Option<Progress> {
        self.progress.get().filter(|progress| progress.run == run)
    }

    /// What the server's clock shows, in unix milliseconds; the browser's may be wrong. Changes as that is noticed.
    pub fn now(self) -> i64 {
        js_sys::Date::now() as i64 + self.ahead.get()
    }

    /// The server's clock shows `now`.
    pub(super) fn set_clock(self, now: i64) {
        let ahead = now - js_sys::Date::now() as i64;
        if self.ahead.with_untracked(|before| before.abs_diff(ahead) > DRIFT) {
            self.ahead.set(ahead);
        }
    }

    pub(super) fn hear(self, event: LiveEvent) {
        match event {
            LiveEvent::Settings { section } => self.saves.update(|saves| *saves.entry(section).or_default() += 1),
            LiveEvent::Statuses => self.statuses.update(|n| *n += 1),
            LiveEvent::Runs => self.runs.update(|n| *n += 1),
            LiveEvent::Progress { progress } => self.progress.set(Some(progress)),
            LiveEvent::Leads | LiveEvent::LeadsOf { .. } => self.leads.grow(),
            LiveEvent::Users => self.users.update(|n| *n += 1),
            LiveEvent::Sessions { .. } => self.sessions.update(|n| *n += 1),
            LiveEvent::Calls { .. } => self.calls.grow(),
        }
    }

    /// The stream began just now, and can't say what changed between the rendering of the page and this. Leads
    /// aren't, since that would call every list stale as soon as it is open.
    pub(super) fn began(self) {
        self.gaps.update(|n| *n += 1);
    }

    /// The stream was interrupted: anything may have changed.
    pub(super) fn missed_some(self) {
        self.began();
        self.leads.grow();
    }
}
