use std::{
    collections::VecDeque,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use calliyo_domain::job::Progress;
use tokio::sync::broadcast;

use crate::live::LiveEvent;

/// Passes what changed on to this server's open pages, and remembers how far the run under way is.
#[derive(Clone, Debug)]
pub struct Hub {
    /// Tells this server's marks from another's, and from those of before it was started anew.
    name: u64,
    sender: broadcast::Sender<LiveEvent>,
    progress: Arc<Mutex<Option<Progress>>>,
    recent: Arc<Mutex<Recent>>,
}

/// The last events, of which the newest has the number `last`.
#[derive(Debug, Default)]
struct Recent {
    last: u64,
    events: VecDeque<LiveEvent>,
}

/// Events a slow page may lag behind before it is told to read everything again.
const BACKLOG: usize = 256;

impl Default for Hub {
    fn default() -> Self {
        Self::named(0)
    }
}

impl Hub {
    /// One whose marks no other server, nor this one at another time, takes for its own.
    #[must_use]
    pub fn named(name: u64) -> Self {
        let sender = broadcast::channel(BACKLOG).0;
        Self { name, sender, progress: Arc::default(), recent: Arc::default() }
    }

    /// Something changed, here or on another server.
    pub fn hear(&self, event: LiveEvent) {
        if let LiveEvent::Progress { progress } = event {
            *self.progress.lock().unwrap_or_else(PoisonError::into_inner) = Some(progress);
            // Without a page open there is nobody to tell.
            let _ = self.sender.send(event);
            return;
        }
        let mut recent = self.recent();
        recent.last += 1;
        if recent.events.len() == BACKLOG {
            recent.events.pop_front();
        }
        recent.events.push_back(event.clone());
        let _ = self.sender.send(event);
    }

    /// What changes from now on.
    #[must_use]
    pub fn subscribe(&self) -> broadcast::Receiver<LiveEvent> {
        self.sender.subscribe()
    }

    /// Where this server is now: taken before a page is read, it says what the page knows of.
    #[must_use]
    pub fn mark(&self) -> String {
        format!("{:x}-{}", self.name, self.recent().last)
    }

    /// What changes from now on, and what has changed since `mark`; where that isn't known, all may have.
    #[must_use]
    pub fn subscribe_since(&self, mark: &str) -> (broadcast::Receiver<LiveEvent>, Vec<LiveEvent>) {
        let recent = self.recent();
        let missed = recent.since(mark.strip_prefix(&format!("{:x}-", self.name)));
        (self.sender.subscribe(), missed)
    }

    fn recent(&self) -> MutexGuard<'_, Recent> {
        self.recent.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// How far `run` is, if it has said so.
    #[must_use]
    pub fn progress_of(&self, run: i64) -> Option<Progress> {
        self.progress.lock().unwrap_or_else(PoisonError::into_inner).filter(|progress| progress.run == run)
    }
}

impl Recent {
    fn since(&self, number: Option<&str>) -> Vec<LiveEvent> {
        let behind = number.and_then(|number| self.last.checked_sub(number.parse().ok()?));
        let behind = behind.and_then(|behind| usize::try_from(behind).ok());
        match behind.filter(|behind| *behind <= self.events.len()) {
            Some(behind) => self.events.range(self.events.len() - behind..).cloned().collect(),
            None if behind.is_some() => LiveEvent::everything(),
            // But for leads: every list would be called stale as soon as it is open.
            None => LiveEvent::everything().into_iter().filter(|event| *event != LiveEvent::Leads).collect(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_comes_later_is_told_what_they_missed() {
        let hub = Hub::named(7);
        let marks: Vec<String> = (0..3)
            .map(|_| {
                let mark = hub.mark();
                hub.hear(LiveEvent::Runs);
                mark
            })
            .collect();
        for (mark, missed) in marks.iter().zip([3, 2, 1]) {
            assert_eq!(hub.subscribe_since(mark).1, vec![LiveEvent::Runs; missed], "{mark}");
        }
        assert_eq!(hub.subscribe_since(&hub.mark()).1, []);
    }

    #[test]
    fn of_what_it_does_not_know_all_may_have_changed() {
        let hub = Hub::named(7);
        let old = hub.mark();
        for _ in 0..=BACKLOG {
            hub.hear(LiveEvent::Users);
        }
        assert_eq!(hub.subscribe_since(&old).1, LiveEvent::everything(), "too long ago to be remembered");
        for mark in ["", "7-", "7-x", "8-257", "7-9999", "7--1", &Hub::named(8).mark()] {
            let missed = hub.subscribe_since(mark).1;
            assert!(missed.contains(&LiveEvent::Statuses) && !missed.contains(&LiveEvent::Leads), "{mark}: {missed:?}");
        }
    }
}
