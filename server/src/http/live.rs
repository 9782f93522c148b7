use std::{convert::Infallible, time::Duration};

use axum::{
    extract::{Query, State},
    http::{HeaderMap, StatusCode},
    response::{
        IntoResponse, Response, Sse,
        sse::{Event, KeepAlive},
    },
};
use calliyo_app::{
    live::{
        LiveEvent,
        event::{CLOCK, VIEWER},
    },
    server::{
        Services, company_time,
        request::digest_in,
        session::{self, user_of},
    },
};
use calliyo_domain::{company, job::Job, permission::Permissions, settings::SectionKey, visibility::may_see_customers};
use chrono_tz::Tz;
use futures::Stream;
use serde::Deserialize;
use tokio::{
    select,
    sync::{broadcast::error::RecvError, mpsc, watch},
    time::{Interval, MissedTickBehavior, interval},
};
use tokio_stream::wrappers::ReceiverStream;

use super::AppState;

/// How often the stream says what time it is, which shows that it lives.
const PULSE: Duration = Duration::from_secs(4);

/// How often it looks whether its session still does.
const LOOK: Duration = Duration::from_secs(10);

/// Of what the page knows: the mark that it was made with.
#[derive(Debug, Deserialize)]
pub struct Since {
    since: Option<String>,
}

/// The one live stream of a page: says what changed, to those who may see it, for as long as the session lives.
pub async fn stream(
    State(state): State<AppState>,
    headers: HeaderMap,
    Query(Since { since }): Query<Since>,
) -> Response {
    let Some(digest) = digest_in(&headers, state.services.secure) else {
        return StatusCode::UNAUTHORIZED.into_response();
    };
    // Who comes back, as browsers say with the first event's id, reads everything anyway.
    let since = since.filter(|_| !headers.contains_key("last-event-id"));
    match user_of(&state.services, &digest).await {
        Ok(Some(user)) => {
            let listener = Listener { id: user.id, permissions: user.permissions() };
            let events = events(state.services, digest, listener, state.stopping, since.as_deref());
            Sse::new(events).keep_alive(KeepAlive::new().interval(LOOK)).into_response()
        }
        // No answer of 200 and no retry: EventSource gives up, as it should.
        Ok(None) => StatusCode::UNAUTHORIZED.into_response(),
        Err(_) => StatusCode::SERVICE_UNAVAILABLE.into_response(),
    }
}

fn events(
    services: Services,
    digest: String,
    listener: Listener,
    mut stopping: watch::Receiver<bool>,
    since: Option<&str>,
) -> impl Stream<Item = Result<Event, Infallible>> + use<> {
    let (sender, receiver) = mpsc::channel(16);
    let (mut changes, mut missed) = match since {
        Some(mark) => services.hub.subscribe_since(mark),
        None => (services.hub.subscribe(), Vec::new()),
    };
    tokio::spawn(async move {
        let (mut pulse, mut look) = (ticks(PULSE), ticks(LOOK));
        let viewer = Event::default().event(VIEWER).data(listener.id.to_string()).id("0");
        if sender.send(Ok(viewer)).await.is_err() {
            return;
        }
        let mut shown_in = zone(&services).await;
        loop {
            let missed = std::mem::take(&mut missed);
            let news = if missed.is_empty() {
                select! {
                    change = changes.recv() => match change {
                        Ok(event) if may_end(listener, &event) && !goes_on(&services, &digest, listener).await => break,
                        Ok(event) => vec![event],
                        Err(RecvError::Lagged(_)) if !goes_on(&services, &digest, listener).await => break,
                        Err(RecvError::Lagged(_)) => LiveEvent::everything(),
                        Err(RecvError::Closed) => break,
                    },
                    _ = pulse.tick() => {
                        let clock = Event::default().event(CLOCK).data(clocks(services.clock.now(), shown_in));
                        if sender.send(Ok(clock)).await.is_ok() { continue } else { break }
                    }
                    _ = look.tick() => if goes_on(&services, &digest, listener).await { continue } else { break },
                    _ = stopping.changed() => break,
                    () = sender.closed() => break,
                }
            } else {
                missed
            };
            if news.contains(&LiveEvent::Settings { section: SectionKey::General }) {
                shown_in = zone(&services).await;
            }
            for event in news.into_iter().filter(|event| may_hear(listener, event)) {
                let Ok(event) = Event::default().json_data(event) else { continue };
                if sender.send(Ok(event)).await.is_err() {
                    return;
                }
            }
        }
    });
    ReceiverStream::new(receiver)
}

fn ticks(every: Duration) -> Interval {
    let mut ticks = interval(every);
    ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
    ticks
}

async fn zone(services: &Services) -> Option<Tz> {
    let mut tx = services.db.read().await.ok()?;
    company_time::zone(&mut tx).await.ok()
}

/// The time, and what the company's clocks show, where that is known.
fn clocks(now: i64, zone: Option<Tz>) -> String {
    let shown = zone.map(|zone| company::minute(now, zone)).unwrap_or_default();
    format!("{now} {}", shown.get(..16).unwrap_or_default())
}

/// Who listens.
#[derive(Clone, Copy)]
struct Listener {
    id: i64,
    permissions: Permissions,
}

/// Whether somebody was banned, signed out or given another role: perhaps whoever listens here.
fn may_end(listener: Listener, event: &LiveEvent) -> bool {
    match event {
        LiveEvent::Users => true,
        LiveEvent::Sessions { user } => [listener.id, LiveEvent::ANYBODY].contains(user),
        _ => false,
    }
}

/// Whether the session lives and its user may what they might when the stream began. Signed out, banned, or with
/// another role, the page connects again as whoever it is now.
async fn goes_on(services: &Services, digest: &str, listener: Listener) -> bool {
    match session::listener(services, digest).await {
        Ok(user) => user.is_some_and(|user| user.permissions() == listener.permissions),
        Err(_) => true,
    }
}

/// Who may hear what: the company's name, country and zone are for everybody, other settings and runs for those who manage settings, imports for those who manage leads, leads for
/// those who see leads, an agent's calls for that agent and for those who see all leads, sign-ins for whose they are.
fn may_hear(listener: Listener, event: &LiveEvent) -> bool {
    let permissions = listener.permissions;
    let sees_leads = permissions.management || permissions.tasks;
    match event {
        // Which customers one sees.
        LiveEvent::Settings { section: SectionKey::ShowCustomer } => {
            permissions.settings || may_see_customers(&permissions)
        }
        // Every page shows the company's name, and times by its clocks.
        LiveEvent::Settings { section: SectionKey::General } => true,
        // What dashboards and reports show besides.
        LiveEvent::Settings { section: SectionKey::DailyTarget } => {
            permissions.settings || permissions.reports || sees_leads
        }
        LiveEvent::Settings { .. } => permissions.settings,
        // Only that some run was asked for, began or ended; a page reads of which one under its own permission.
        LiveEvent::Runs => permissions.settings || permissions.management,
        LiveEvent::Progress { progress } => {
            permissions.settings || (permissions.management && progress.job == Job::LeadImport)
        }
        // Lists and cards show statuses to everybody.
        LiveEvent::Statuses => true,
        LiveEvent::Leads => sees_leads,
        LiveEvent::LeadsOf { agents } => permissions.management || (permissions.tasks && agents.contains(&listener.id)),
        LiveEvent::Calls { agent } => {
            permissions.management || (permissions.tasks && [listener.id, LiveEvent::ANYBODY].contains(agent))
        }
        LiveEvent::Sessions { user } => [listener.id, LiveEvent::ANYBODY].contains(user),
        LiveEvent::Users => permissions.users || permissions.management || permissions.settings,
    }
}
