use std::{fs::File, path::PathBuf, process::Stdio, time::Duration};

use tokio::{
    io::{AsyncBufReadExt as _, BufReader},
    process::{Child, Command},
    time::timeout,
};

use crate::hand::Hand;

pub const CALLIYO: &str = env!("CARGO_BIN_EXE_calliyo");

/// How long a server may take to start on a busy machine.
const START: Duration = Duration::from_secs(60);

/// A server process; killed when dropped.
pub struct Server(Child);

impl Server {
    /// Starts one and waits until it serves.
    pub async fn start(database: &str, hand: &Hand, log: &PathBuf) -> Self {
        let log = File::options().create(true).append(true).open(log).unwrap();
        let mut process = Command::new(CALLIYO)
            .arg("serve")
            .env("DATABASE_URL", database)
            .env("CALLIYO_LISTEN", "127.0.0.1:0")
            .env("CALLIYO_TEST_CLOCK", &hand.file)
            .env("CALLIYO_LOG", "info,sqlx=warn,apalis_core=warn,memory_serve=warn")
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(log)
            .kill_on_drop(true)
            .spawn()
            .unwrap();
        let mut said = BufReader::new(process.stdout.take().unwrap()).lines();
        let line = timeout(START, said.next_line()).await.expect("the server starts in time").unwrap();
        assert!(line.is_some_and(|line| line.contains("http://")), "the server did not start");
        Self(process)
    }

    /// Ends it as a power cut would (SIGKILL).
    pub async fn kill(mut self) {
        self.0.kill().await.unwrap();
    }
}
