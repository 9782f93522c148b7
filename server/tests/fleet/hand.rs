use std::{fs, path::PathBuf};

use calliyo_domain::clock::Clock;
use calliyo_server::clock;

/// The hand of the clock that the servers of a test share.
pub struct Hand {
    pub file: PathBuf,
    clock: Clock,
}

impl Hand {
    pub fn new(file: PathBuf) -> Self {
        Self { clock: clock::moved_by(file.clone()), file }
    }

    pub fn now(&self) -> i64 {
        self.clock.now()
    }

    /// Puts the clock to this instant; it goes on from there.
    pub fn set(&self, instant: i64) {
        let ahead = instant - clock::system().now();
        let new = self.file.with_extension("new");
        fs::write(&new, ahead.to_string()).unwrap();
        // In one step: no server reads half a number.
        fs::rename(new, &self.file).unwrap();
    }
}
