use anyhow::Context as _;
use calliyo_app::server::{Hub, Passwords, Services};
use calliyo_db::Db;

use crate::{clock, random};

/// Opens the database and brings its schema up to date.
pub async fn open(url: &str) -> anyhow::Result<Db> {
    let db = Db::connect(url).await.context("the database can't be used")?;
    db.migrate().await.context("the database's schema can't be brought up to date")?;
    Ok(db)
}

/// What the server functions and jobs work with.
#[must_use]
pub fn services(db: Db, secure: bool) -> Services {
    let random = random::system();
    let cores = std::thread::available_parallelism().map_or(2, usize::from);
    let passwords = Passwords::new(cores, random.bytes());
    Services { db, clock: clock::system(), passwords, random, hub: Hub::default(), secure }
}
