use std::process::ExitCode;

use calliyo_db::call_sums;

use crate::start;

/// Counts all calls anew; agents who log calls meanwhile wait.
pub async fn recount(url: &str) -> anyhow::Result<ExitCode> {
    let db = start::open_existing(url).await?;
    let mut tx = db.write().await?;
    call_sums::recount(&mut tx).await?;
    tx.commit().await?;
    db.close().await;
    println!("All calls are counted anew.");
    Ok(ExitCode::SUCCESS)
}
