//! R5: which leads move, the longest on their status first.

use std::ops::Range;

use super::quotas::{Quota, Quotas};
use super::team::Team;

/// The leads that move, and where R5 would have been as content with others.
pub(super) struct Selection {
    /// By position in [`Team::leads`]: whether the lead moves. Among equals the lower ids do.
    pub moves: Vec<bool>,
    /// Disjoint groups of leads that may trade places between moving and staying.
    pub ties: Vec<Tie>,
}

/// Leads of one class equally long on their status, some of which move.
///
/// Any of them may move in another's stead. So may leads of other ties, as long as each tie keeps
/// within its `least..=most` and the number moved over all of them stays what it is.
pub(super) struct Tie {
    /// Positions in [`Team::leads`].
    pub leads: Vec<usize>,
    /// How many move.
    pub moved: usize,
    pub least: usize,
    pub most: usize,
}

/// The leads of one class, the longest waiting first, and how many of them move.
struct Line<'t> {
    team: &'t Team<'t>,
    leads: Vec<usize>,
    quota: Quota,
    moved: usize,
}

/// Chooses the leads for the quotas.
pub(super) fn select(team: &Team, quotas: &Quotas) -> Selection {
    let mut lines = lines(team, quotas);
    let last_age = take_oldest(&mut lines, quotas.total);
    let mut moves = vec![false; team.leads.len()];
    for line in &lines {
        for &lead in &line.leads[..line.moved] {
            moves[lead] = true;
        }
    }
    Selection { moves, ties: ties(&lines, last_age) }
}

/// The ties of the lines; those without limits of their own come to one.
fn ties(lines: &[Line], last_age: Option<i64>) -> Vec<Tie> {
    let found = lines.iter().filter_map(|line| line.tie(last_age));
    let (open, mut ties): (Vec<_>, Vec<_>) = found.partition(|tie| tie.least == 0 && tie.most == tie.leads.len());
    let leads: Vec<_> = open.iter().flat_map(|tie| &tie.leads).copied().collect();
    if !leads.is_empty() {
        let moved = open.iter().map(|tie| tie.moved).sum();
        ties.push(Tie { moved, least: 0, most: leads.len(), leads });
    }
    ties
}

fn lines<'t>(team: &'t Team, quotas: &Quotas) -> Vec<Line<'t>> {
    let line = |&quota: &Quota| Line { team, leads: Vec::new(), quota, moved: quota.least };
    let mut lines: Vec<_> = quotas.by_class.iter().map(line).collect();
    for (at, candidate) in team.leads.iter().enumerate() {
        lines[candidate.class().index()].leads.push(at);
    }
    lines
}

/// Fills the lines up to `total`, from the oldest of the leads that can still be added. Returns the
/// age of the last one where there were more to choose from than could go.
fn take_oldest(lines: &mut [Line], total: usize) -> Option<i64> {
    let missing = total - lines.iter().map(|line| line.moved).sum::<usize>();
    let mut open: Vec<(usize, usize)> = Vec::new();
    for (at, line) in lines.iter().enumerate() {
        open.extend(line.leads[line.quota.least..line.quota.most].iter().map(|&lead| (lead, at)));
    }
    // Positions in the team are in order of age.
    open.sort_unstable();
    for &(_, line) in &open[..missing] {
        lines[line].moved += 1;
    }
    let &(last, line) = open[..missing].last().filter(|_| missing < open.len())?;
    Some(lines[line].since(last))
}

impl Line<'_> {
    fn since(&self, lead: usize) -> i64 {
        self.team.leads[lead].lead.status_since
    }

    /// The tie at the end of the line's moving part, if there is one.
    fn tie(&self, last_age: Option<i64>) -> Option<Tie> {
        let newest_moved = self.leads[..self.moved].last().map(|&lead| self.since(lead));
        let oldest_left = self.leads.get(self.moved).map(|&lead| self.since(lead));
        let loses_one = self.moved > self.quota.least && newest_moved == last_age;
        let gains_one = self.moved < self.quota.most && oldest_left == last_age;
        if loses_one || gains_one {
            let tied = self.tied(last_age?);
            let Quota { least, most } = self.quota;
            return Some(self.tie_within(&tied, least, most));
        }
        let tied = self.tied(newest_moved.filter(|_| newest_moved == oldest_left)?);
        Some(self.tie_within(&tied, self.moved, self.moved))
    }

    /// Where in the line the leads of one age are.
    fn tied(&self, since: i64) -> Range<usize> {
        let start = self.leads.partition_point(|&lead| self.since(lead) < since);
        let end = self.leads.partition_point(|&lead| self.since(lead) <= since);
        start..end
    }

    /// `least` and `most` count from the line's start.
    fn tie_within(&self, tied: &Range<usize>, least: usize, most: usize) -> Tie {
        Tie {
            leads: self.leads[tied.clone()].to_vec(),
            moved: self.moved - tied.start,
            least: least.saturating_sub(tied.start),
            most: most.min(tied.end) - tied.start,
        }
    }
}
