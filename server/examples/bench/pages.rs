//! The server's time for each page as a browser asks for it, on a demo company of a chosen size, and what the page
//! asked of the database.

use std::{
    net::SocketAddr,
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
use clap::{Args, Parser as _};
use tokio::sync::watch;
use tower::ServiceExt as _;

use crate::{
    analyze, databases, rows_read,
    statements::{Counted, Statements},
};

#[derive(Args, Clone)]
pub struct Size {
    #[arg(long, default_value_t = 1_000_000)]
    leads: u64,
    #[arg(long, default_value_t = 2_000_000)]
    calls: u64,
    #[arg(long, default_value_t = 200)]
    agents: u64,
    /// How often each page is asked for
    #[arg(long, default_value_t = 100)]
    rounds: usize,
}

impl Default for Size {
    fn default() -> Self {
        Self { leads: 1_000_000, calls: 2_000_000, agents: 200, rounds: 100 }
    }
}

/// Who asks, and for what. A day's dates make the reports that are asked for most.
const PAGES: &[(&str, &str)] = &[
    ("", "/sign-in"),
    ("agent1", "/dashboard"),
    ("agent1", "/tasks"),
    ("agent1", "/leads"),
    ("agent1", "/leads?q=asha"),
    ("agent1", "/calls"),
    ("agent1", "/customers"),
    ("agent1", "/account"),
    ("manager", "/dashboard"),
    ("manager", "/leads"),
    ("manager", "/leads?status=2"),
    ("manager", "/leads?owner=none"),
    ("manager", "/leads?owner=5&status=8"),
    ("manager", "/leads?after=0.500000"),
    ("manager", "/leads?days=3"),
    ("manager", "/leads?days=300"),
    ("manager", "/leads?q=asha"),
    ("manager", "/leads?q=asha&owner=5"),
    ("manager", "/leads?tag=walk-in"),
    ("manager", "/leads?tag=walk-in&status=8"),
    ("manager", "/leads?tag=walk-in&owner=none"),
    ("manager", "/leads?source=Demo&status=8"),
    ("manager", "/leads?source=Demo&days=3"),
    ("manager", "/leads?sort=oldest"),
    ("manager", "/leads?sort=longest"),
    ("manager", "/leads?sort=latest&tag=walk-in"),
    ("manager", "/leads?before=0.500000"),
    ("manager", "/leads/500000"),
    ("manager", "/leads/500000/edit"),
    ("manager", "/leads/new"),
    ("manager", "/leads/import"),
    ("manager", "/customers"),
    ("manager", "/customers?q=asha"),
    ("manager", "/reports"),
    ("admin", "/users"),
    ("admin", "/users/5"),
    ("admin", "/users/new"),
    ("admin", "/roles"),
    ("admin", "/roles/3"),
    ("admin", "/roles/new"),
    ("admin", "/settings?tab=general"),
    ("admin", "/settings?tab=status"),
    ("admin", "/settings?tab=configurations"),
    ("admin", "/settings/runs"),
];

/// Prints median and 99th percentile of each page's time, its statements, the rows that they gave, and on PostgreSQL the
/// rows that were read for that.
pub async fn measure(size: &Size, statements: &Statements) -> anyhow::Result<()> {
    let folder = tempfile::tempdir()?;
    for (name, url) in databases(&folder).await? {
        demo(&url, size).await?;
        let db = start::open(&url).await?;
        analyze(&db).await?;
        println!("\n{name}: {} leads, {} calls, {} agents", size.leads, size.calls, size.agents);
        println!(
            "{:<10}{:<42}{:>12}{:>12}{:>12}{:>8}{:>10}",
            "who", "page", "median", "99th", "statements", "rows", "read"
        );
        measure_on(db, size.rounds, statements).await?;
    }
    Ok(())
}

async fn demo(url: &str, size: &Size) -> anyhow::Result<()> {
    let Size { leads, calls, agents, .. } = size;
    let [leads, calls, agents] = [leads, calls, agents].map(ToString::to_string);
    let line = ["calliyo", "--database-url", url, "demo", "--leads", &leads, "--calls", &calls, "--agents", &agents];
    let code = cli::run(Cli::parse_from(line)).await;
    anyhow::ensure!(code == std::process::ExitCode::SUCCESS, "the demo company could not be made");
    Ok(())
}

async fn measure_on(db: Db, rounds: usize, statements: &Statements) -> anyhow::Result<()> {
    let (_stop, stopping) = watch::channel(false);
    let site = router(AppState::new(start::services(db.clone(), false), false, stopping));
    for (who, page) in PAGES {
        let cookie = if who.is_empty() { String::new() } else { sign_in(&site, who).await? };
        // The first fills caches.
        ask(&site, page, &cookie).await?;
        let read_before = rows_read::so_far(&db).await?;
        let (mut times, mut asked) = (Vec::new(), Counted::default());
        for _ in 0..rounds {
            statements.take();
            times.push(ask(&site, page, &cookie).await?);
            asked = statements.take();
        }
        let read = match (read_before, rows_read::so_far(&db).await?) {
            (Some(before), Some(after)) => ((after - before) / i64::try_from(rounds)?).to_string(),
            _ => "-".to_owned(),
        };
        times.sort_unstable();
        let [median, late] = [50, 99].map(|percent| milliseconds(times[(times.len() - 1) * percent / 100]));
        let Counted { statements, rows } = asked;
        println!("{who:<10}{page:<42}{median:>9.1} ms{late:>9.1} ms{statements:>12}{rows:>8}{read:>10}");
    }
    db.close().await;
    Ok(())
}

fn milliseconds(time: Duration) -> f64 {
    time.as_secs_f64() * 1000.0
}

/// The session's cookie of a user of the demo company.
async fn sign_in(site: &Router, who: &str) -> anyhow::Result<String> {
    let form = format!("email={who}%40demo.example&password=calliyo+demo");
    let request = Request::post("/api/sign-in")
        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
        .header(header::ACCEPT, "application/json")
        .body(Body::from(form))?;
    let answer = send(site, request).await?;
    let cookie = answer.headers().get(header::SET_COOKIE).context("no cookie")?.to_str()?;
    Ok(cookie.split(';').next().unwrap_or_default().to_owned())
}

/// Opens a page and reads it to its end: how long that took.
async fn ask(site: &Router, page: &str, cookie: &str) -> anyhow::Result<Duration> {
    let request =
        Request::get(page).header(header::COOKIE, cookie).header(header::ACCEPT, "text/html").body(Body::empty())?;
    let begun = Instant::now();
    let answer = send(site, request).await?;
    let status = answer.status();
    axum::body::to_bytes(answer.into_body(), usize::MAX).await?;
    let took = begun.elapsed();
    anyhow::ensure!(status == StatusCode::OK, "{page} answers {status}");
    Ok(took)
}

async fn send(site: &Router, mut request: Request<Body>) -> anyhow::Result<Response<Body>> {
    request.extensions_mut().insert(ConnectInfo(SocketAddr::from(([127, 0, 0, 1], 4711))));
    Ok(site.clone().oneshot(request).await?)
}
