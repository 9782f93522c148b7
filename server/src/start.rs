use anyhow::Context as _;
use calliyo_app::server::{Hub, Passwords, Services};
use calliyo_db::{Alone, ConnectError, Db};

use crate::{clock, random};

/// Opens the database, making it where there is none, and brings its schema up to date.
pub async fn open(url: &str) -> anyhow::Result<Db> {
    up_to_date(Db::connect(url).await).await
}

/// As [`open`], for a server, of which an SQLite file has one.
pub async fn open_to_serve(url: &str) -> anyhow::Result<(Db, Alone)> {
    let db = Db::connect(url).await.context(UNUSABLE)?;
    let alone = db.claim().context(UNUSABLE)?;
    if db.is_open_to_others() {
        tracing::warn!("others on this machine may read the database: take that right from its file");
    }
    Ok((up_to_date(Ok(db)).await?, alone))
}

/// Opens a database that is there: a mistyped file is no new company.
pub async fn open_existing(url: &str) -> anyhow::Result<Db> {
    up_to_date(Db::connect_to_existing(url).await).await
}

const UNUSABLE: &str = "the database can't be used";

async fn up_to_date(db: Result<Db, ConnectError>) -> anyhow::Result<Db> {
    let db = db.context(UNUSABLE)?;
    db.migrate().await.context("the database's schema can't be brought up to date")?;
    Ok(db)
}

/// What the server functions and jobs work with.
#[must_use]
pub fn services(db: Db, secure: bool) -> Services {
    let random = random::system();
    let cores = std::thread::available_parallelism().map_or(2, usize::from);
    let passwords = Passwords::new(cores, random.bytes());
    let [a, b, c, d, e, f, g, h, ..] = random.bytes();
    let hub = Hub::named(u64::from_le_bytes([a, b, c, d, e, f, g, h]));
    Services { db, clock: clock::system(), passwords, random, hub, secure, memo: None }
}
