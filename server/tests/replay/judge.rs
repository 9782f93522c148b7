use serde_json::{Value, json};

use crate::{
    company::{Company, Person},
    play::{Task, Team, queue},
    sums::{Log, Sum},
};

/// The Daily call target that a company begins with.
const TARGET: i64 = 100;

/// The fortnight's dates, weekend included.
const DATES: [&str; 12] = [
    "2026-05-11",
    "2026-05-12",
    "2026-05-13",
    "2026-05-14",
    "2026-05-15",
    "2026-05-16",
    "2026-05-17",
    "2026-05-18",
    "2026-05-19",
    "2026-05-20",
    "2026-05-21",
    "2026-05-22",
];

/// Compares what the product says with the sums of the log.
pub struct Judge<'a> {
    pub company: &'a Company,
    pub team: &'a Team,
    pub tasks: &'a [Task],
}

impl Judge<'_> {
    /// The leads that an agent was given.
    fn given(&self, agent: usize) -> i64 {
        self.tasks.iter().filter(|task| task.agent == agent).count() as i64
    }

    /// What stands on an agent's queue: all but those that converted.
    fn load(&self, log: &Log, agent: usize) -> i64 {
        self.given(agent) - log.sum(Some(self.team.agents[agent].id), None).conversions
    }

    /// The dashboards and queues when the day's work is done.
    pub async fn evening(&self, log: &Log, date: usize) {
        let seen = self.company.get("/api/dashboard", &self.team.manager).await;
        for (n, agent) in self.team.agents.iter().enumerate() {
            let Sum { attempts: calls, connected, .. } = log.sum(Some(agent.id), Some(date));
            let load = self.load(log, n);
            let own = &self.company.get("/api/dashboard", agent).await["agent"];
            assert_eq!(own["calls"], calls, "{} on {}", agent.name, DATES[date]);
            assert_eq!(sum_of(&own["queue"], "leads"), load, "{} on {}", agent.name, DATES[date]);
            let row = seen["team"]["agents"].as_array().unwrap().iter().find(|row| row["id"] == agent.id).unwrap();
            let shown = [&row["calls"], &row["connected"], &row["load"]].map(Value::as_i64);
            assert_eq!(shown, [calls, connected, load].map(Some), "{} on {}", agent.name, DATES[date]);
        }
        let customers = log.sum(None, None).conversions;
        let standing = |id: i64| {
            let part = seen["team"]["pipeline"].as_array().unwrap().iter().find(|part| part["status_id"] == id);
            part.unwrap()["leads"].as_i64().unwrap()
        };
        assert_eq!((standing(2), standing(4)), (self.tasks.len() as i64 - customers, customers), "the pipeline");
        assert_eq!(sum_of(&seen["team"]["pipeline"], "leads"), self.tasks.len() as i64);
    }

    /// Reports, downloads and queues of the whole, and the invariants.
    pub async fn fortnight(&self, log: &Log) {
        self.report(log, None).await;
        for agent in &self.team.agents {
            self.report(log, Some(agent)).await;
        }
        for (day, date) in DATES.iter().enumerate() {
            let one = self.read(date, date, None).await;
            assert_eq!(figures(&one["counted"]["total"]), log.sum(None, Some(day)), "{date}");
        }
        self.download(log).await;
        for (n, agent) in self.team.agents.iter().enumerate() {
            assert_eq!(queue(self.company, agent).await.len() as i64, self.load(log, n), "the tasks of {}", agent.name);
        }
        let mut tx = self.company.services.db.read().await.unwrap();
        let findings = calliyo_db::check::run(&mut tx).await.unwrap();
        assert!(findings.iter().all(|finding| finding.broken == 0), "{findings:?}");
    }

    async fn read(&self, from: &str, to: &str, agent: Option<i64>) -> Value {
        let agent = agent.map(|id| id.to_string()).unwrap_or_default();
        self.company.get(&format!("/api/reports?from={from}&to={to}&agent={agent}"), &self.team.manager).await
    }

    /// The report on the fortnight, of all or of one agent.
    async fn report(&self, log: &Log, agent: Option<&Person>) {
        let id = agent.map(|agent| agent.id);
        let counted = &self.read(DATES[0], DATES[11], id).await["counted"];
        let sum = log.sum(id, None);
        assert_eq!(figures(&counted["total"]), sum, "{agent:?}");
        let team = if agent.is_some() { 1 } else { self.team.agents.len() as i64 };
        let expected = TARGET * team * DATES.len() as i64;
        assert_eq!(counted["total"]["expected"], expected);
        assert_eq!(counted["total"]["coverage"], sum.attempts * 100 / expected, "{agent:?}");
        for (day, row) in counted["days"].as_array().unwrap().iter().enumerate() {
            assert_eq!(figures(row), log.sum(id, Some(day)), "{agent:?} on {row}");
            assert!(row["of"].as_str().unwrap().ends_with(DATES[day]), "{row}");
        }
        for row in counted["people"].as_array().unwrap() {
            let person = self.team.agents.iter().find(|person| row["of"] == person.name.as_str()).unwrap();
            assert_eq!(figures(row), log.sum(Some(person.id), None), "{row}");
        }
        let outcomes = log.outcomes(id);
        for (title, key) in [("Called", "called"), ("Busy", "busy"), ("No Answer", "no_answer"), ("Missed", "missed")] {
            let row = counted["outcomes"].as_array().unwrap().iter().find(|row| row[0] == title).unwrap();
            assert_eq!(row[1], outcomes.get(key).copied().unwrap_or_default(), "{agent:?}: {title}");
        }
        assert_eq!(counted["hours"], json!(log.hours(id)), "{agent:?}");
        self.funnel(log, agent, &counted["funnel"]);
    }

    fn funnel(&self, log: &Log, agent: Option<&Person>, steps: &Value) {
        let given = match agent {
            Some(agent) => self.given(self.team.agents.iter().position(|one| one.id == agent.id).unwrap()),
            None => self.tasks.len() as i64,
        };
        let [called, connected, converted] = log.funnel(agent.map(|agent| agent.id));
        let seen: Vec<_> = steps.as_array().unwrap().iter().map(|step| step["leads"].as_i64().unwrap()).collect();
        assert_eq!(seen, [given, called, connected, converted], "{agent:?}");
    }

    /// The file has a row for each day and agent.
    async fn download(&self, log: &Log) {
        let path = format!("/reports/report.csv?from={}&to={}", DATES[0], DATES[11]);
        let file = self.company.text(&path, &self.team.manager).await;
        let mut rows = 0;
        for row in csv::Reader::from_reader(file.as_bytes()).into_records() {
            let row = row.unwrap();
            let day = DATES.iter().position(|date| *date == &row[0]).unwrap();
            let agent = self.team.agents.iter().find(|agent| agent.name == row[1]).unwrap();
            let number = |column: usize| row[column].parse::<i64>().unwrap();
            let seen = Sum { attempts: number(2), connected: number(5), talk: number(6), conversions: number(8) };
            assert_eq!(seen, log.sum(Some(agent.id), Some(day)), "{row:?}");
            rows += 1;
        }
        assert_eq!(rows, DATES.len() * self.team.agents.len());
    }
}

fn figures(row: &Value) -> Sum {
    let number = |field: &str| row[field].as_i64().unwrap_or_else(|| panic!("no {field} in {row}"));
    assert_eq!(number("incoming"), 0, "{row}");
    Sum {
        attempts: number("attempts"),
        connected: number("connected"),
        talk: number("talk"),
        conversions: number("conversions"),
    }
}

fn sum_of(rows: &Value, field: &str) -> i64 {
    rows.as_array().unwrap().iter().map(|row| row[field].as_i64().unwrap()).sum()
}
