use std::{
    fs,
    path::PathBuf,
    time::{SystemTime, UNIX_EPOCH},
};

use calliyo_domain::clock::Clock;

/// The system's clock.
#[must_use]
pub fn system() -> Clock {
    Clock::new(system_now)
}

/// The system's clock, ahead by the milliseconds that stand in `file`; not ahead where none can be read. For tests
/// of whole servers, whose days would else take days.
#[must_use]
pub fn moved_by(file: PathBuf) -> Clock {
    Clock::new(move || {
        let ahead = fs::read_to_string(&file).ok().and_then(|text| text.trim().parse().ok());
        system_now().saturating_add(ahead.unwrap_or(0))
    })
}

/// The one place that reads the clock.
fn system_now() -> i64 {
    #[expect(clippy::disallowed_methods, reason = "this is the one place")]
    let since_epoch = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    i64::try_from(since_epoch.as_millis()).unwrap_or(i64::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_moves_the_clock_and_nothing_else_does() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("clock");
        let ahead = || moved_by(file.clone()).now() - system().now();
        assert!(ahead().abs() < 60_000, "no file");
        fs::write(&file, "86400000\n").unwrap();
        assert!((ahead() - 86_400_000).abs() < 60_000, "a day ahead");
        fs::write(&file, "tomorrow").unwrap();
        assert!(ahead().abs() < 60_000, "no number");
    }
}
