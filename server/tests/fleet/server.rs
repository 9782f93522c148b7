use std::{
    fs::File,
    path::PathBuf,
    process::{ExitStatus, Stdio},
    time::Duration,
};

use tokio::{
    io::{AsyncBufReadExt as _, BufReader},
    process::{Child, Command},
    time::timeout,
};

use crate::hand::Hand;

pub const CALLIYO: &str = env!("CARGO_BIN_EXE_calliyo");

/// How long a server may take to start on a busy machine.
const START: Duration = Duration::from_secs(60);

/// How long it may take to stop: who is answered and the run at work have their time one after the other.
const STOP: Duration = Duration::from_secs(60);

/// How a server looks at the clock.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Looks {
    /// By the schedule's own tick, as the product does.
    ByTick,
    /// Many times a second besides, so that a test of many days is a short one.
    Often,
}

/// A server process; killed when dropped.
pub struct Server {
    process: Child,
    /// Address and port.
    pub address: String,
}

impl Server {
    /// Starts one and waits until it serves.
    pub async fn start(database: &str, hand: &Hand, looks: Looks, log: &PathBuf) -> Self {
        let log = File::options().create(true).append(true).open(log).unwrap();
        let mut process = Command::new(CALLIYO)
            .arg("serve")
            .env("DATABASE_URL", database)
            .env("CALLIYO_LISTEN", "127.0.0.1:0")
            .env("CALLIYO_TEST_CLOCK", &hand.file)
            .env("CALLIYO_TEST_LOOK_OFTEN", (looks == Looks::Often).to_string())
            .env("CALLIYO_LOG", "info,sqlx=warn,apalis_core=warn,memory_serve=warn")
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(log)
            .kill_on_drop(true)
            .spawn()
            .unwrap();
        let mut said = BufReader::new(process.stdout.take().unwrap()).lines();
        let line = timeout(START, said.next_line()).await.expect("the server starts in time").unwrap();
        let line = line.expect("the server starts");
        let (_, address) = line.rsplit_once("http://").unwrap_or_else(|| panic!("it says {line:?}"));
        Self { process, address: address.to_owned() }
    }

    /// Ends it as a power cut would (SIGKILL).
    pub async fn kill(mut self) {
        self.process.kill().await.unwrap();
    }

    /// Tells it to stop, as service managers do (SIGTERM).
    pub async fn tell_to_stop(&self) {
        let kill = format!("kill -TERM {}", self.process.id().expect("it is still there"));
        assert!(Command::new("sh").args(["-c", &kill]).status().await.unwrap().success());
    }

    /// Waits until it has stopped by itself.
    pub async fn stopped(mut self) -> ExitStatus {
        timeout(STOP, self.process.wait()).await.expect("the server stops in time").unwrap()
    }
}
