//! A demo company's site, asked for its pages as a browser asks for them.

use std::{
    net::SocketAddr,
    process::ExitCode,
    time::{Duration, Instant},
};

use anyhow::Context as _;
use axum::{
    Router,
    body::Body,
    extract::ConnectInfo,
    http::{Request, Response, StatusCode, header},
};
use calliyo_db::Db;
use calliyo_server::{
    cli::{self, Cli},
    http::{AppState, router},
    start,
};
use clap::Parser as _;
use tokio::sync::watch;
use tower::ServiceExt as _;

/// Who asks, for what, and by how many statements it is read at most. A day's dates make the reports that are asked for
/// most.
pub const PAGES: &[(&str, &str, u64)] = &[
    ("", "/sign-in", 1),
    ("agent1", "/dashboard", 11),
    ("agent1", "/tasks", 7),
    ("agent1", "/leads", 6),
    ("agent1", "/leads?q=asha", 6),
    ("agent1", "/calls", 4),
    ("agent1", "/customers", 5),
    ("agent1", "/account", 4),
    ("manager", "/dashboard", 6),
    ("manager", "/leads", 10),
    ("manager", "/leads?status=2", 10),
    ("manager", "/leads?owner=none", 10),
    ("manager", "/leads?owner=5&status=8", 9),
    ("manager", "/leads?after=0.500000", 10),
    ("manager", "/leads?days=3", 11),
    ("manager", "/leads?days=300", 10),
    ("manager", "/leads?q=asha", 10),
    ("manager", "/leads?q=asha&owner=5", 9),
    ("manager", "/leads?tag=walk-in", 11),
    ("manager", "/leads?tag=walk-in&status=8", 13),
    ("manager", "/leads?tag=walk-in&owner=none", 13),
    ("manager", "/leads?source=Demo&status=8", 12),
    ("manager", "/leads?source=Demo&days=3", 12),
    ("manager", "/leads?sort=oldest", 10),
    ("manager", "/leads?sort=longest", 10),
    ("manager", "/leads?sort=latest&tag=walk-in", 12),
    ("manager", "/leads?before=0.500000", 10),
    ("manager", "/leads/500000", 12),
    ("manager", "/leads/500000/edit", 4),
    ("manager", "/leads/new", 3),
    ("manager", "/leads/import", 5),
    ("manager", "/customers", 5),
    ("manager", "/customers?q=asha", 5),
    ("manager", "/reports", 8),
    ("admin", "/users", 4),
    ("admin", "/users/5", 6),
    ("admin", "/users/new", 3),
    ("admin", "/roles", 3),
    ("admin", "/roles/3", 3),
    ("admin", "/roles/new", 3),
    ("admin", "/settings?tab=general", 2),
    ("admin", "/settings?tab=status", 5),
    ("admin", "/settings?tab=configurations", 9),
    ("admin", "/settings/runs", 3),
];

/// Fills the database with a demo company.
pub async fn demo(url: &str, leads: u64, calls: u64, agents: u64) -> anyhow::Result<()> {
    let [leads, calls, agents] = [leads, calls, agents].map(|number| number.to_string());
    let line = ["calliyo", "--database-url", url, "demo", "--leads", &leads, "--calls", &calls, "--agents", &agents];
    let code = cli::run(Cli::parse_from(line)).await;
    anyhow::ensure!(code == ExitCode::SUCCESS, "the demo company could not be made");
    Ok(())
}

pub struct Site {
    router: Router,
    _stop: watch::Sender<bool>,
}

impl Site {
    pub fn of(db: &Db) -> Self {
        let (stop, stopping) = watch::channel(false);
        Self { router: router(AppState::new(start::services(db.clone(), false), false, stopping)), _stop: stop }
    }

    /// The session's cookie of a user of the demo company; nobody's where there is no name.
    pub async fn sign_in(&self, who: &str) -> anyhow::Result<String> {
        if who.is_empty() {
            return Ok(String::new());
        }
        let form = format!("email={who}%40demo.example&password=calliyo+demo");
        let request = Request::post("/api/sign-in")
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .header(header::ACCEPT, "application/json")
            .body(Body::from(form))?;
        let answer = self.send(request).await?;
        let cookie = answer.headers().get(header::SET_COOKIE).context("no cookie")?.to_str()?;
        Ok(cookie.split(';').next().unwrap_or_default().to_owned())
    }

    /// Opens a page and reads it to its end: how long that took, and the page.
    pub async fn ask(&self, page: &str, cookie: &str) -> anyhow::Result<(Duration, String)> {
        let request =
            Request::get(page).header(header::COOKIE, cookie).header(header::ACCEPT, "text/html").body(Body::empty())?;
        let begun = Instant::now();
        let answer = self.send(request).await?;
        let status = answer.status();
        let body = axum::body::to_bytes(answer.into_body(), usize::MAX).await?;
        let took = begun.elapsed();
        anyhow::ensure!(status == StatusCode::OK, "{page} answers {status}");
        Ok((took, String::from_utf8(body.into())?))
    }

    async fn send(&self, mut request: Request<Body>) -> anyhow::Result<Response<Body>> {
        request.extensions_mut().insert(ConnectInfo(SocketAddr::from(([127, 0, 0, 1], 4711))));
        Ok(self.router.clone().oneshot(request).await?)
    }
}

/// How many things a page lists: rows of tables, of lists and of charts, choices, fields, and the tags of leads.
pub fn shown(page: &str) -> u64 {
    let listed = ["<tr", "<li", "<option", "<rect", "<input", "class=\"tag\""];
    listed.iter().map(|element| page.matches(element).count() as u64).sum()
}
