//! Reports: calls and conversions of company days, put together from what `db` counts.

mod expected;

use std::collections::HashMap;

use calliyo_db::{
    Tx, funnel,
    reports::{self, Person},
    settings,
};
use calliyo_domain::{
    Invalid, Together as _,
    call::CallStatus,
    permission::Permission,
    report::{self, Baseline, Range, Tally, coverage, day_number, share, stretches, total},
    schedule::local_date,
    settings::DailyTarget,
    spreadsheet::cell,
};
use chrono::NaiveDate;
use chrono_tz::Tz;

use expected::{Expected, Member};

use super::{Services, company_time, session};
use crate::{
    Fault,
    reports::{Asked, Counted, Figures, Preset, Report, Step},
};

/// What reports are about, whatever is asked.
struct Frame {
    zone: Tz,
    today: NaiveDate,
    /// When today ends, in unix milliseconds.
    ends: i64,
    target: DailyTarget,
    /// Each save of the target: time, before and after.
    saves: Vec<(i64, DailyTarget, DailyTarget)>,
    /// All users, by name.
    people: Vec<Person>,
}

impl Frame {
    async fn read(tx: &mut Tx, now: i64) -> Result<Self, Fault> {
        let zone = company_time::zone(tx).await?;
        Ok(Self {
            zone,
            today: local_date(zone, now).ok_or(Fault::Unavailable)?,
            ends: company_time::today(now, zone).ends,
            target: settings::get::<DailyTarget>(tx).await?.value,
            saves: settings::history::<DailyTarget>(tx).await?,
            people: reports::people(tx).await?,
        })
    }

    /// What an address asks for: both ends and the agent.
    fn question(&self, [from, to, agent]: [&str; 3]) -> Result<Question, Invalid> {
        let range = Range::from_address(from, to, self.today);
        let (range, agent) = (range, self.agent(agent.trim())).together()?;
        let asked_for = |person: &&Person| person.agent && agent.is_none_or(|agent| agent == person.id);
        let member = |person: &Person| {
            let since = local_date(self.zone, person.created_at)?;
            Some((person.id, Member { since, banned: person.banned }))
        };
        Ok(Question {
            range,
            agent,
            baseline: Baseline::new(self.zone, range, &self.saves, self.target),
            team: self.people.iter().filter(asked_for).filter_map(member).collect(),
        })
    }

    fn agent(&self, text: &str) -> Result<Option<i64>, Invalid> {
        if text.is_empty() {
            return Ok(None);
        }
        let found = text.parse().ok().filter(|id| self.people.iter().any(|person| person.id == *id));
        found.map(Some).ok_or_else(|| Invalid::new("agent", "Agent is one of those in the menu, or Everybody."))
    }

    fn asked(&self, [from, to, agent]: [String; 3], tallies: &[Tally], problem: Option<Invalid>) -> Asked {
        let has_figures = |person: &Person| tallies.iter().any(|tally| tally.person == Some(person.id));
        let offered = self
            .people
            .iter()
            .filter(|person| (person.agent && !person.banned) || person.id.to_string() == agent || has_figures(person));
        let agents: Vec<_> = offered.map(|person| (person.id, person.name.clone())).collect();
        let preset = |name: &str, days| {
            let range = Range::last(days, self.today);
            Preset { name: name.to_owned(), from: range.from.to_string(), to: range.to.to_string() }
        };
        Asked {
            from,
            to,
            agent: if agents.iter().any(|(id, _)| id.to_string() == agent) { agent } else { String::new() },
            problem,
            today: self.today.to_string(),
            presets: vec![preset("Today", 1), preset("Last 7 days", 7), preset("Last 30 days", 30)],
            agents,
        }
    }
}

/// A question that can be answered.
struct Question {
    range: Range,
    agent: Option<i64>,
    baseline: Baseline,
    /// The agents, as far as asked for.
    team: HashMap<i64, Member>,
}

impl Question {
    fn is_about(&self, tally: &Tally) -> bool {
        self.agent.is_none() || self.agent == tally.person
    }
}

pub(crate) async fn read(from: &str, to: &str, agent: &str) -> Result<Report, Fault> {
    let services = Services::current()?;
    session::require(&services, Permission::Reports).await?;
    let mut tx = services.read().await?;
    let frame = Frame::read(&mut tx, services.clock.now()).await?;
    let question = match frame.question([from, to, agent]) {
        Ok(question) => question,
        Err(invalid) => {
            let asked = frame.asked([from, to, agent].map(str::to_owned), &[], Some(invalid));
            return Ok(Report { asked, changes_at: frame.ends, counted: None });
        }
    };
    // Everybody's, since whoever has figures can be chosen.
    let mut tallies = reports::tallies(&mut tx, &stretches(frame.zone, question.range), None).await?;
    let Question { range, agent, .. } = question;
    let agent = agent.map(|agent| agent.to_string()).unwrap_or_default();
    let asked = frame.asked([range.from.to_string(), range.to.to_string(), agent], &tallies, None);
    tallies.retain(|tally| question.is_about(tally));
    let counted = counted(&mut tx, &frame, &question, &tallies).await?;
    Ok(Report { asked, changes_at: frame.ends, counted: Some(counted) })
}

async fn counted(tx: &mut Tx, frame: &Frame, question: &Question, tallies: &[Tally]) -> Result<Counted, Fault> {
    let Question { range, agent, baseline, .. } = question;
    let (mut outcomes, mut hours) = ([0; CallStatus::ALL.len()], vec![0; 24]);
    for found in reports::hours(tx, &stretches(frame.zone, *range), *agent).await? {
        hours[found.hour as usize] += found.calls.iter().sum::<i64>();
        outcomes.iter_mut().zip(found.calls).for_each(|(sum, calls)| *sum += calls);
    }
    let expected = Expected::new(question, tallies);
    let of_day = |(date, target): (NaiveDate, u32)| {
        let calls = i64::from(target) * expected.team_on(date);
        let day = day_number(date);
        expected.figures(date.format("%a %Y-%m-%d").to_string(), tallies, |tally| tally.day == day, calls)
    };
    let days: Vec<Figures> = baseline.days().map(of_day).collect();
    let calls = days.iter().map(|day| day.expected).sum();
    Ok(Counted {
        targets: baseline.targets(),
        team: expected.team_on(range.to),
        team_before: expected.team_on(range.from),
        total: expected.figures("All".to_owned(), tallies, |_| true, calls),
        days,
        people: by_person(frame, tallies, |person| expected.of(person)),
        outcomes: CallStatus::ALL
            .iter()
            .zip(outcomes)
            .map(|(status, calls)| (status.title().to_owned(), calls))
            .collect(),
        hours,
        funnel: steps(tx, frame, question).await?,
        time_zone: frame.zone.name().to_owned(),
    })
}

async fn steps(tx: &mut Tx, frame: &Frame, question: &Question) -> Result<Vec<Step>, Fault> {
    let funnel = funnel::of_days(tx, &stretches(frame.zone, question.range), question.agent).await?;
    let steps = funnel.steps(question.agent.is_some()).map(|(name, leads, before)| Step {
        name: name.to_owned(),
        leads,
        of_first: share(leads, funnel.came),
        of_before: before.and_then(|before| share(leads, before)),
    });
    Ok(steps.to_vec())
}

/// Those of whom calls are `expected`, and whoever else called or converted.
fn by_person(frame: &Frame, tallies: &[Tally], expected: impl Fn(i64) -> i64) -> Vec<Figures> {
    let name = "Nobody (had no owner)".to_owned();
    let nobody = Person { id: 0, name, agent: false, banned: false, created_at: 0 };
    let everybody = frame.people.iter().map(|person| (person, Some(person.id))).chain([(&nobody, None)]);
    everybody
        .filter_map(|(person, id)| {
            let sum = total(tallies, |tally| tally.person == id);
            let expected = id.map_or(0, &expected);
            (expected > 0 || sum != report::Figures::default())
                .then(|| figures(person.name.clone(), sum, sum.attempts, expected))
        })
        .collect()
}

fn figures(of: String, sum: report::Figures, toward: i64, expected: i64) -> Figures {
    let report::Figures { attempts, connected, talk, incoming, conversions } = sum;
    let coverage = coverage(toward, expected);
    Figures { of, attempts, toward, expected, coverage, connected, talk, incoming, conversions }
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

/// What a download is about: who may have it, and what is asked for.
async fn asked_for(services: &Services, digest: &str, asked: [&str; 3]) -> Result<(Tx, Frame, Question), Fault> {
    session::require_of(services, digest, Permission::Reports).await?;
    let mut tx = services.read().await?;
    let frame = Frame::read(&mut tx, services.clock.now()).await?;
    let question = frame.question(asked)?;
    Ok((tx, frame, question))
}

/// A row for each day and agent, as [`COLUMNS`]: what a spreadsheet can put together in any other way. What is `asked`
/// for are both ends and the agent.
///
/// # Errors
/// As of any read, and [`Fault::Invalid`] for what can't be answered.
pub async fn export(services: &Services, digest: &str, asked: [&str; 3]) -> Result<Vec<[String; 9]>, Fault> {
    let (mut tx, frame, question) = asked_for(services, digest, asked).await?;
    let tallies = reports::tallies(&mut tx, &stretches(frame.zone, question.range), question.agent).await?;
    let expected = Expected::new(&question, &tallies);
    let mut rows = Vec::new();
    for (date, target) in question.baseline.days() {
        let number = day_number(date);
        let of_day: Vec<Tally> = tallies.iter().filter(|tally| tally.day == number).copied().collect();
        let of_person = |person: i64| if expected.is_there(person, date) { i64::from(target) } else { 0 };
        let people = by_person(&frame, &of_day, of_person);
        rows.extend(people.into_iter().map(|figures| cells(date, &figures)));
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
    let (mut tx, frame, question) = asked_for(services, digest, asked).await?;
    let percent = |share: Option<i64>| share.map(|share| share.to_string()).unwrap_or_default();
    let steps = steps(&mut tx, &frame, &question).await?;
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
