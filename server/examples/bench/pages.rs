//! The server's time for each page as a browser asks for it, on a demo company of a chosen size, and what the page
//! asked of the database.

use std::time::Duration;

use calliyo_db::Db;
use calliyo_server::start;
use clap::Args;

use crate::{
    analyze, databases, rows_read,
    site::{PAGES, Site, demo, shown},
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

/// Prints median and 99th percentile of each page's time, its statements, the sums and the other rows that they gave, the
/// things that the page lists, and on PostgreSQL the rows that were read for all that.
pub async fn measure(size: &Size, statements: &Statements) -> anyhow::Result<()> {
    let folder = tempfile::tempdir()?;
    for (name, url) in databases(&folder).await? {
        demo(&url, size.leads, size.calls, size.agents).await?;
        let db = start::open(&url).await?;
        analyze(&db).await?;
        println!("\n{name}: {} leads, {} calls, {} agents", size.leads, size.calls, size.agents);
        println!(
            "{:<10}{:<42}{:>12}{:>12}{:>12}{:>8}{:>8}{:>8}{:>10}",
            "who", "page", "median", "99th", "statements", "sums", "rows", "shown", "read"
        );
        measure_on(db, size.rounds, statements).await?;
    }
    Ok(())
}

async fn measure_on(db: Db, rounds: usize, statements: &Statements) -> anyhow::Result<()> {
    let site = Site::of(&db);
    for (who, page, _) in PAGES {
        let cookie = site.sign_in(who).await?;
        // The first fills caches.
        let (_, html) = site.ask(page, &cookie).await?;
        let read_before = rows_read::so_far(&db).await?;
        let (mut times, mut asked) = (Vec::new(), Counted::default());
        for _ in 0..rounds {
            statements.take();
            times.push(site.ask(page, &cookie).await?.0);
            asked = statements.take();
        }
        let read = match (read_before, rows_read::so_far(&db).await?) {
            (Some(before), Some(after)) => ((after - before) / i64::try_from(rounds)?).to_string(),
            _ => "-".to_owned(),
        };
        times.sort_unstable();
        let [median, late] = [50, 99].map(|percent| milliseconds(times[(times.len() - 1) * percent / 100]));
        let Counted { statements, rows, sums } = asked;
        let shown = shown(&html);
        println!(
            "{who:<10}{page:<42}{median:>9.1} ms{late:>9.1} ms{statements:>12}{sums:>8}{rows:>8}{shown:>8}{read:>10}"
        );
    }
    db.close().await;
    Ok(())
}

fn milliseconds(time: Duration) -> f64 {
    time.as_secs_f64() * 1000.0
}
