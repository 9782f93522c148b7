use std::process::ExitCode;

use calliyo_server::cli::{Cli, run};
use clap::Parser;
use mimalloc::MiMalloc;

/// Rendering asks for memory all the time, in which glibc's own spends a quarter of the processor; and what password
/// hashes took, 19 MiB each, glibc keeps.
#[global_allocator]
static MEMORY: MiMalloc = MiMalloc;

#[tokio::main]
async fn main() -> ExitCode {
    run(Cli::parse()).await
}
