use std::{collections::BTreeMap, env, fs, path::PathBuf};

/// Working days on which the calls are played.
pub const DAYS: usize = 10;

/// A lead's attempts, in their order.
pub type Attempts = Vec<Attempt>;

#[derive(Clone, Copy, Debug)]
pub struct Attempt {
    pub seconds: i64,
    pub converted: bool,
}

impl Attempt {
    /// What its agent logs: nobody takes a call of no length.
    pub fn outcome(self, number: usize) -> &'static str {
        match (self.seconds, number % 2) {
            (0, 0) => "no_answer",
            (0, _) => "busy",
            _ => "called",
        }
    }
}

/// The files that are played.
pub struct Files {
    /// As it is imported.
    pub leads: Vec<u8>,
    /// The attempts of each phone.
    pub calls: BTreeMap<String, Attempts>,
}

impl Files {
    /// Those that the environment names, or else the extract.
    pub fn read() -> Self {
        let calls = fs::read(path("CALLIYO_REPLAY_CALLS", "calls.csv")).unwrap();
        Self { leads: fs::read(path("CALLIYO_REPLAY_LEADS", "leads.csv")).unwrap(), calls: attempts(&calls) }
    }
}

fn path(variable: &str, extract: &str) -> PathBuf {
    let ours = || PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/data").join(extract);
    env::var_os(variable).map_or_else(ours, PathBuf::from)
}

/// Phone, Attempt, DurationSeconds, Converted; a phone's attempts stand in their order.
fn attempts(file: &[u8]) -> BTreeMap<String, Attempts> {
    let mut calls: BTreeMap<String, Attempts> = BTreeMap::new();
    for row in csv::Reader::from_reader(file).into_records() {
        let row = row.unwrap();
        let of_phone = calls.entry(row[0].to_owned()).or_default();
        of_phone.push(Attempt { seconds: row[2].parse().unwrap(), converted: &row[3] == "1" });
        assert_eq!(row[1].parse(), Ok(of_phone.len()), "the attempts of {}", &row[0]);
    }
    calls
}

/// On which of the [`DAYS`] the attempt `number` of `count` is made, for the lead at `position`: one a day where there
/// are days enough, beginning on another day for another lead.
pub fn day(position: usize, number: usize, count: usize) -> usize {
    if count > DAYS { number * DAYS / count } else { position % (DAYS + 1 - count) + number }
}
