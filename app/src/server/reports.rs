//! Reports: calls and conversions of company days, put together from what `db` counts.

use calliyo_db::{
    Tx, funnel,
    reports::{self, Person},
    settings,
};
use calliyo_domain::{
    Invalid,
    call::CallStatus,
    company,
    permission::Permission,
    report::{self, Range, Tally, coverage, day_number, expected, share, stretches, total},
    schedule::local_date,
    settings::{DailyTarget, General},
    spreadsheet::cell,
};
use chrono::NaiveDate;
use chrono_tz::Tz;

use super::{Services, session};
use crate::{
    Fault,
    reports::{Asked, Counted, Figures, Preset, Report, Step},
};

/// What a report is about, before anything is counted.
struct Frame {
    zone: Tz,
    today: NaiveDate,
    target: u32,
    /// All users, by name.
    people: Vec<Person>,
    agent: Option<i64>,
}

impl Frame {
    async fn read(tx: &mut Tx, now: i64, agent: &str) -> Result<Self, Fault> {
        let zone = company::zone(&settings::get::<General>(tx).await?.value);
        Ok(Self {
            zone,
            today: local_date(zone, now).ok_or(Fault::Unavailable)?,
            target: settings::get::<DailyTarget>(tx).await?.value.calls,
            people: reports::people(tx).await?,
            agent: agent.trim().parse().ok(),
        })
    }

    /// Those of whom calls are expected, as far as asked for.
    fn team(&self) -> impl Iterator<Item = &Person> {
        self.people.iter().filter(|person| person.expected && self.agent.is_none_or(|agent| agent == person.id))
    }

    fn team_size(&self) -> i64 {
        self.team().count() as i64
    }

    fn asked(&self, from: String, to: String, problem: Option<Invalid>) -> Asked {
        let offered = self.people.iter().filter(|person| person.expected || Some(person.id) == self.agent);
        let preset = |name: &str, days| {
            let range = Range::last(days, self.today);
            Preset { name: name.to_owned(), from: range.from.to_string(), to: range.to.to_string() }
        };
        Asked {
            from,
            to,
            agent: self.agent.map(|agent| agent.to_string()).unwrap_or_default(),
            problem,
            today: self.today.to_string(),
            presets: vec![preset("Today", 1), preset("Last 7 days", 7), preset("Last 30 days", 30)],
            agents: offered.map(|person| (person.id, person.name.clone())).collect(),
        }
    }
}

pub(crate) async fn read(from: &str, to: &str, agent: &str) -> Result<Report, Fault> {
    let services = Services::current()?;
    session::require(&services, Permission::Reports).await?;
    let mut tx = services.db.read().await?;
    let frame = Frame::read(&mut tx, services.clock.now(), agent).await?;
    match Range::from_address(from, to, frame.today) {
        Ok(range) => Ok(Report {
            asked: frame.asked(range.from.to_string(), range.to.to_string(), None),
            counted: Some(counted(&mut tx, &frame, range).await?),
        }),
        Err(invalid) => Ok(Report { asked: frame.asked(from.to_owned(), to.to_owned(), Some(invalid)), counted: None }),
    }
}

async fn counted(tx: &mut Tx, frame: &Frame, range: Range) -> Result<Counted, Fault> {
    let stretches = stretches(frame.zone, range);
    let tallies = reports::tallies(tx, &stretches, frame.agent).await?;
    let (mut outcomes, mut hours) = ([0; CallStatus::ALL.len()], vec![0; 24]);
    for found in reports::hours(tx, &stretches, frame.agent).await? {
        hours[found.hour as usize] += found.calls.iter().sum::<i64>();
        outcomes.iter_mut().zip(found.calls).for_each(|(sum, calls)| *sum += calls);
    }
    let team = frame.team_size();
    let of_all = expected(frame.target, team, range.days());
    Ok(Counted {
        target: frame.target,
        team,
        total: figures("All".to_owned(), total(&tallies, |_| true), of_all),
        days: range
            .dates()
            .map(|date| {
                let day = day_number(date);
                let of_day = expected(frame.target, team, 1);
                figures(date.format("%a %Y-%m-%d").to_string(), total(&tallies, |tally| tally.day == day), of_day)
            })
            .collect(),
        people: by_person(frame, range, &tallies),
        outcomes: CallStatus::ALL
            .iter()
            .zip(outcomes)
            .map(|(status, calls)| (status.title().to_owned(), calls))
            .collect(),
        hours,
        funnel: steps(tx, frame, range).await?,
        time_zone: frame.zone.name().to_owned(),
    })
}

async fn steps(tx: &mut Tx, frame: &Frame, range: Range) -> Result<Vec<Step>, Fault> {
    let funnel = funnel::of_days(tx, &stretches(frame.zone, range), frame.agent).await?;
    let mut before = funnel.came;
    let steps = funnel.steps(frame.agent.is_some()).map(|(name, leads)| {
        let step =
            Step { name: name.to_owned(), leads, of_first: share(leads, funnel.came), of_before: share(leads, before) };
        before = leads;
        step
    });
    Ok(steps.to_vec())
}

/// The team, and whoever else called or converted.
fn by_person(frame: &Frame, range: Range, tallies: &[Tally]) -> Vec<Figures> {
    let nobody = Person { id: 0, name: "Nobody (came in as customers)".to_owned(), expected: false };
    let everybody = frame.people.iter().map(|person| (person, Some(person.id))).chain([(&nobody, None)]);
    everybody
        .filter_map(|(person, id)| {
            let sum = total(tallies, |tally| tally.person == id);
            let is_expected = id.is_some() && frame.team().any(|member| Some(member.id) == id);
            let of_person = if is_expected { expected(frame.target, 1, range.days()) } else { 0 };
            (is_expected || sum != report::Figures::default()).then(|| figures(person.name.clone(), sum, of_person))
        })
        .collect()
}

fn figures(of: String, sum: report::Figures, expected: i64) -> Figures {
    let report::Figures { attempts, connected, talk, incoming, conversions } = sum;
    Figures { of, attempts, expected, coverage: coverage(attempts, expected), connected, talk, incoming, conversions }
}

/// The columns of a download.
pub const COLUMNS: [&str; 9] = [
    "Date",
    "Agent",
    "OutgoingCalls",
    "Baseline",
    "CoveragePercent",
    "Connected",
    "TalkSeconds",
    "IncomingCalls",
    "Conversions",
];

/// What a download is about: who may have it, and which days.
async fn asked_for(
    services: &Services,
    tx: &mut Tx,
    digest: &str,
    [from, to, agent]: [&str; 3],
) -> Result<(Frame, Range), Fault> {
    let user = session::user_of(services, digest).await?.ok_or(Fault::SignedOut)?;
    if !user.permissions().allow(Permission::Reports) {
        return Err(Fault::Forbidden);
    }
    let frame = Frame::read(tx, services.clock.now(), agent).await?;
    let range = Range::from_address(from, to, frame.today)?;
    Ok((frame, range))
}

/// A row for each day and agent, as [`COLUMNS`]: what a spreadsheet can put together in any other way. What is `asked`
/// for are both ends and the agent.
///
/// # Errors
/// As of any read, and [`Fault::Invalid`] for what is no range.
pub async fn export(services: &Services, digest: &str, asked: [&str; 3]) -> Result<Vec<[String; 9]>, Fault> {
    let mut tx = services.db.read().await?;
    let (frame, range) = asked_for(services, &mut tx, digest, asked).await?;
    let tallies = reports::tallies(&mut tx, &stretches(frame.zone, range), frame.agent).await?;
    let mut rows = Vec::new();
    for date in range.dates() {
        let day = Range { from: date, to: date };
        let number = day_number(date);
        let of_day: Vec<Tally> = tallies.iter().filter(|tally| tally.day == number).copied().collect();
        rows.extend(by_person(&frame, day, &of_day).into_iter().map(|figures| cells(date, &figures)));
    }
    Ok(rows)
}

/// The columns of a funnel's download.
pub const FUNNEL_COLUMNS: [&str; 4] = ["Step", "Leads", "PercentOfFirstStep", "PercentOfStepBefore"];

/// A row for each step, as [`FUNNEL_COLUMNS`].
///
/// # Errors
/// As of [`export`].
pub async fn export_funnel(services: &Services, digest: &str, asked: [&str; 3]) -> Result<Vec<[String; 4]>, Fault> {
    let mut tx = services.db.read().await?;
    let (frame, range) = asked_for(services, &mut tx, digest, asked).await?;
    let percent = |share: Option<i64>| share.map(|share| share.to_string()).unwrap_or_default();
    let steps = steps(&mut tx, &frame, range).await?;
    Ok(steps
        .into_iter()
        .map(|step| [step.name, step.leads.to_string(), percent(step.of_first), percent(step.of_before)])
        .collect())
}

fn cells(date: NaiveDate, figures: &Figures) -> [String; 9] {
    [
        date.to_string(),
        cell(&figures.of).into_owned(),
        figures.attempts.to_string(),
        figures.expected.to_string(),
        figures.coverage.map(|percent| percent.to_string()).unwrap_or_default(),
        figures.connected.to_string(),
        figures.talk.to_string(),
        figures.incoming.to_string(),
        figures.conversions.to_string(),
    ]
}
