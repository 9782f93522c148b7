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
    live::{LiveEvent, event::CLOCK},
    server::{
        Services,
        request::digest_in,
        session::{listener, user_of},
    },
};
use calliyo_domain::{job::Job, permission::Permissions, settings::SectionKey, visibility::may_see_customers};
use futures::Stream;
use serde::Deserialize;
use tokio::{
    select,
    sync::{broadcast::error::RecvError, mpsc, watch},
    time::{MissedTickBehavior, interval},
};
use tokio_stream::wrappers::ReceiverStream;

use super::AppState;

/// How often the stream looks whether its session still lives, and says what time it is, which shows that it lives
/// itself.
const PULSE: Duration = Duration::from_secs(10);

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
    match user_of(&state.services, &digest).await {
        Ok(Some(user)) => {
            let listener = Listener { id: user.id, permissions: user.permissions() };
            let events = events(state.services, digest, listener, state.stopping, since.as_deref());
            Sse::new(events).keep_alive(KeepAlive::new().interval(PULSE)).into_response()
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
        let mut pulse = interval(PULSE);
        pulse.set_missed_tick_behavior(MissedTickBehavior::Delay);
        loop {
            let missed = std::mem::take(&mut missed);
            let news = if missed.is_empty() {
                select! {
                    change = changes.recv() => match change {
                        // Somebody was banned, signed out or given another role: perhaps whoever listens here.
                        Ok(LiveEvent::Users) if !goes_on(&services, &digest, listener.permissions).await => break,
                        Ok(event) => vec![event],
                        Err(RecvError::Lagged(_)) => LiveEvent::everything(),
                        Err(RecvError::Closed) => break,
                    },
                    _ = pulse.tick() => {
                        let clock = Event::default().event(CLOCK).data(services.clock.now().to_string());
                        let goes_on = goes_on(&services, &digest, listener.permissions).await;
                        if goes_on && sender.send(Ok(clock)).await.is_ok() { continue } else { break }
                    }
                    _ = stopping.changed() => break,
                    () = sender.closed() => break,
                }
            } else {
                missed
            };
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

/// Who listens.
#[derive(Clone, Copy)]
struct Listener {
    id: i64,
    permissions: Permissions,
}

/// Whether the session lives and its user may what they might when the stream began. Signed out, banned, or with
/// another role, the page connects again as whoever it is now.
async fn goes_on(services: &Services, digest: &str, permissions: Permissions) -> bool {
    match listener(services, digest).await {
        Ok(user) => user.is_some_and(|user| user.permissions() == permissions),
        Err(_) => true,
    }
}

/// Who may hear what: settings and runs are for those who manage settings, imports for those who manage leads, leads for
/// those who see leads, an agent's calls for that agent and for those who see all leads, sign-ins for whose they are.
fn may_hear(listener: Listener, event: &LiveEvent) -> bool {
    let permissions = listener.permissions;
    let sees_leads = permissions.management || permissions.tasks;
    match event {
        // Which customers one sees.
        LiveEvent::Settings { section: SectionKey::ShowCustomer } => {
            permissions.settings || may_see_customers(&permissions)
        }
        // What dashboards and reports show besides: the target, and the zone of the day.
        LiveEvent::Settings { section: SectionKey::DailyTarget | SectionKey::General } => {
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
