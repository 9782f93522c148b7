use std::collections::HashSet;

use calliyo_domain::report::{Tally, day_number, total};
use chrono::NaiveDate;

use super::{Question, figures};
use crate::reports::Figures;

/// An agent, who came on this day.
pub(super) struct Member {
    pub(super) since: NaiveDate,
    pub(super) banned: bool,
}

/// Of whom calls are expected. Their calls, and nobody else's, are what coverage is about.
pub(super) struct Expected<'a> {
    question: &'a Question,
    /// Who called on which day.
    callers: HashSet<(i64, i64)>,
}

impl<'a> Expected<'a> {
    pub(super) fn new(question: &'a Question, tallies: &[Tally]) -> Self {
        let called = tallies.iter().filter(|tally| tally.figures.attempts > 0);
        Self { question, callers: called.filter_map(|tally| Some((tally.person?, tally.day))).collect() }
    }

    /// Nothing says when an agent was banned: until then are the days on which they called.
    pub(super) fn is_there(&self, person: i64, date: NaiveDate) -> bool {
        self.question.team.get(&person).is_some_and(|member| {
            member.since <= date && (!member.banned || self.callers.contains(&(person, day_number(date))))
        })
    }

    pub(super) fn team_on(&self, date: NaiveDate) -> i64 {
        self.question.team.keys().filter(|person| self.is_there(**person, date)).count() as i64
    }

    /// The calls that are expected of a person on all of the days.
    pub(super) fn of(&self, person: i64) -> i64 {
        let days = self.question.baseline.days().filter(|(date, _)| self.is_there(person, *date));
        days.map(|(_, target)| i64::from(target)).sum()
    }

    pub(super) fn figures(
        &self,
        of: String,
        tallies: &[Tally],
        wanted: impl Fn(&Tally) -> bool,
        expected: i64,
    ) -> Figures {
        let is_agents = |tally: &Tally| tally.person.is_some_and(|person| self.question.team.contains_key(&person));
        let toward = total(tallies, |tally| is_agents(tally) && wanted(tally)).attempts;
        figures(of, total(tallies, wanted), toward, expected)
    }
}
