use calliyo_domain::{
    settings::{AutoAssignment, AutoRemoval, Section as _, SectionKey, SelectsStatuses},
    status::{self, Status},
};

use crate::{
    Result, Tx,
    seen_names::{self, Named},
    settings,
};

/// What went with a status.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Deleted {
    /// Leads that moved to the new home.
    pub moved: u64,
    /// The settings sections that had selected it.
    pub sections: Vec<SectionKey>,
}

/// Keeps the leads of a status where they are until the transaction ends, and new ones off it; gives how many they are.
pub async fn hold_leads(tx: &mut Tx, status: i64) -> Result<i64> {
    Ok(match tx {
        // The write transaction is alone already.
        Tx::Sqlite(tx) => {
            sqlx::query_scalar("SELECT count(*) FROM leads WHERE status_id = $1")
                .bind(status)
                .fetch_one(&mut **tx)
                .await?
        }
        Tx::Postgres(tx) => {
            // Whoever is putting a lead on it has the row's key shared: this waits for them.
            sqlx::query("SELECT id FROM statuses WHERE id = $1 FOR UPDATE").bind(status).execute(&mut **tx).await?;
            sqlx::query_scalar(
                "SELECT count(*) FROM (SELECT id FROM leads WHERE status_id = $1 ORDER BY id FOR UPDATE) AS held",
            )
            .bind(status)
            .fetch_one(&mut **tx)
            .await?
        }
    })
}

/// Deletes a status whose leads are held ([`hold_leads`]): they go to `home` with one event each by `user`, and the
/// settings that select it are saved without it. The number of statements does not depend on the number of leads.
pub async fn delete(tx: &mut Tx, status: &Status, home: Option<i64>, user: i64, now: i64) -> Result<Deleted> {
    let moved = match home {
        Some(home) => {
            write_events(tx, status, home, user, now).await?;
            move_leads(tx, status.id, home, now).await?
        }
        None => 0,
    };
    let mut sections = Vec::new();
    if deselect::<AutoAssignment>(tx, status.id, user, now).await? {
        sections.push(AutoAssignment::KEY);
    }
    if deselect::<AutoRemoval>(tx, status.id, user, now).await? {
        sections.push(AutoRemoval::KEY);
    }
    on!(tx, conn => {
        // The four that the rules know stay, whatever the caller decided.
        sqlx::query("DELETE FROM statuses WHERE id = $1 AND id > 4").bind(status.id).execute(conn).await?;
    });
    seen_names::remove(tx, Named::Status, status.id).await?;
    Ok(Deleted { moved, sections })
}

/// From the leads as they are before they move.
async fn write_events(tx: &mut Tx, status: &Status, home: i64, user: i64, now: i64) -> Result<()> {
    on!(tx, conn => {
        sqlx::query(
            "INSERT INTO lead_events (lead_id, at, actor_id, from_status_id, to_status_id, from_owner_id, to_owner_id, why) \
             SELECT id, $2, $3, status_id, $4, owner_id, CASE WHEN $5 THEN owner_id END, $6 \
             FROM leads WHERE status_id = $1 ORDER BY id",
        )
        .bind(status.id)
        .bind(now)
        .bind(user)
        .bind(home)
        .bind(home != status::UNASSIGNED)
        .bind(status::deleted(&status.name))
        .execute(conn)
        .await?;
    });
    Ok(())
}

async fn move_leads(tx: &mut Tx, from: i64, home: i64, now: i64) -> Result<u64> {
    let sql = if home == status::UNASSIGNED {
        "UPDATE leads SET status_id = $2, status_since = $3, version = version + 1, \
           owner_id = NULL, assigned_at = NULL, last_owner_id = owner_id WHERE status_id = $1"
    } else {
        "UPDATE leads SET status_id = $2, status_since = $3, version = version + 1 WHERE status_id = $1"
    };
    Ok(on!(tx, conn => {
        sqlx::query(sql).bind(from).bind(home).bind(now).execute(conn).await?.rows_affected()
    }))
}

/// Saves a section without `status`, if it is selected there.
async fn deselect<S: SelectsStatuses>(tx: &mut Tx, status: i64, user: i64, now: i64) -> Result<bool> {
    loop {
        let settings::Current { version, mut value } = settings::get::<S>(tx).await?;
        if !value.deselect(status) {
            return Ok(false);
        }
        // Nothing: somebody saved since it was read, so that it is read again.
        if settings::save(tx, version, &value, user, now).await?.is_some() {
            return Ok(true);
        }
    }
}
