//! The planner against a search through every plan, on instances small enough for that.

use calliyo_domain::assignment::{Agent, Lead, Snapshot, plan};

use super::key::{key, receivers};
use super::search::best;

/// Fails unless the plan is the best there is by R1 to R7.
fn assert_best(snapshot: &Snapshot) {
    assert_eq!(snapshot.check(), Ok(()));
    let plan = plan(snapshot);
    let found = key(snapshot, &receivers(snapshot, &plan));
    let best = best(snapshot);
    assert_eq!(found, Ok(best), "{plan:?} for {}", serde_json::to_string(snapshot).expect("JSON"));
}

/// A small generator of the test's own, so that a failure comes again.
struct Draw(u64);

impl Draw {
    fn below(&mut self, bound: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % bound
    }

    fn of<T: Copy>(&mut self, values: &[T]) -> T {
        let at = self.below(values.len() as u64);
        values[usize::try_from(at).expect("an index")]
    }

    fn small(&mut self, bound: u32) -> u32 {
        u32::try_from(self.below(bound.into())).expect("a small number")
    }
}

/// What a batch of instances is drawn from.
struct Shape {
    agents: u64,
    leads: u64,
    cap: u32,
    ages: i64,
    /// Loads beyond the eligible leads on the queue are below this.
    other_load: u32,
}

fn draw(draw: &mut Draw, shape: &Shape) -> Snapshot {
    let ids = &[5, 2, 9, 7][..usize::try_from(1 + draw.below(shape.agents)).expect("few agents")];
    let anyone: Vec<Option<i64>> = ids.iter().copied().chain([66]).map(Some).chain([None]).collect();
    let on_queue_of_3 = draw.below(4);
    let lead = |draw: &mut Draw, id: i64| Lead {
        id,
        owner: draw.of(&anyone),
        status_since: i64::from(draw.small(u32::try_from(shape.ages).expect("few ages"))),
        on_queue: draw.below(3) < on_queue_of_3,
        last_owner: draw.of(&anyone),
    };
    let leads: Vec<Lead> = (0..=draw.below(shape.leads)).map(|id| lead(draw, 40 - id.cast_signed())).collect();
    let agents = ids.iter().map(|&id| agent(draw, shape, id, &leads)).collect();
    Snapshot { agents, leads }
}

fn agent(draw: &mut Draw, shape: &Shape, id: i64, leads: &[Lead]) -> Agent {
    let on_queue = leads.iter().filter(|lead| lead.on_queue && lead.owner == Some(id)).count();
    let load = u32::try_from(on_queue).expect("few leads") + draw.small(shape.other_load);
    let (received, last_given_at) = (draw.small(2), draw.of(&[None, Some(1), Some(2)]));
    Agent { id, cap: draw.small(shape.cap + 1), load, received, last_given_at }
}

fn assert_best_of(seed: u64, instances: u32, shape: &Shape) {
    let mut generator = Draw(seed);
    for _ in 0..instances {
        assert_best(&draw(&mut generator, shape));
    }
}

#[test]
fn best_with_two_agents() {
    assert_best_of(1, 50_000, &Shape { agents: 2, leads: 4, cap: 4, ages: 2, other_load: 2 });
    assert_best_of(2, 20_000, &Shape { agents: 2, leads: 6, cap: 6, ages: 3, other_load: 3 });
}

#[test]
fn best_with_three_agents() {
    assert_best_of(3, 40_000, &Shape { agents: 3, leads: 4, cap: 3, ages: 2, other_load: 2 });
    assert_best_of(4, 6_000, &Shape { agents: 3, leads: 6, cap: 5, ages: 3, other_load: 3 });
}

#[test]
fn best_with_leads_all_of_one_age() {
    assert_best_of(5, 30_000, &Shape { agents: 3, leads: 5, cap: 2, ages: 1, other_load: 2 });
}

#[test]
fn best_with_four_agents() {
    assert_best_of(6, 5_000, &Shape { agents: 4, leads: 4, cap: 3, ages: 2, other_load: 3 });
    assert_best_of(7, 500, &Shape { agents: 4, leads: 6, cap: 4, ages: 2, other_load: 2 });
}

/// One agent has room and three are above the cap: R4 and R5 choose among the leads of those.
fn draw_above_cap(draw: &mut Draw) -> Snapshot {
    let lead = |draw: &mut Draw, id: i64| Lead {
        id,
        owner: Some(draw.of(&[2, 3, 4])),
        status_since: i64::from(draw.below(6) == 0),
        on_queue: draw.below(10) > 0,
        last_owner: draw.of(&[None, Some(1), Some(2)]),
    };
    let leads: Vec<Lead> = (0..6 + draw.below(5)).map(|id| lead(draw, id.cast_signed())).collect();
    let shape = Shape { agents: 4, leads: 10, cap: 0, ages: 2, other_load: 2 };
    let mut agents: Vec<Agent> = (1..=4).map(|id| agent(draw, &shape, id, &leads)).collect();
    agents[0].cap = agents[0].load + draw.small(7);
    Snapshot { agents, leads }
}

#[test]
fn best_with_agents_above_the_cap() {
    let mut generator = Draw(8);
    for _ in 0..2_500 {
        assert_best(&draw_above_cap(&mut generator));
    }
}

/// Every snapshot of two agents and up to two leads, within small ranges.
#[test]
fn best_on_the_whole_small_grid() {
    let kinds = lead_kinds();
    let agents = pairs_of_agents();
    for (at, first) in kinds.iter().enumerate() {
        for second in &kinds[at..] {
            let leads = vec![Lead { id: 1, ..first.clone() }, Lead { id: 2, ..second.clone() }];
            for agents in &agents {
                assert_best(&Snapshot { agents: with_loads(agents, &leads), leads: leads.clone() });
            }
        }
    }
}

fn lead_kinds() -> Vec<Lead> {
    let mut kinds = Vec::new();
    for owner in [None, Some(1), Some(2)] {
        for last_owner in [None, Some(1), Some(2)] {
            for (status_since, on_queue) in [(0, false), (0, true), (1, false), (1, true)] {
                kinds.push(Lead { id: 0, owner, status_since, on_queue, last_owner });
            }
        }
    }
    kinds
}

fn pairs_of_agents() -> Vec<[Agent; 2]> {
    let mut pairs = Vec::new();
    let agents = |id| {
        let caps = (0..3).flat_map(move |cap| (0..2).map(move |load| (cap, load)));
        caps.map(move |(cap, load)| Agent { id, cap, load, received: 0, last_given_at: None })
    };
    for first in agents(1) {
        for second in agents(2) {
            pairs.push([first.clone(), second.clone()]);
            pairs.push([Agent { received: 1, ..first.clone() }, second.clone()]);
            pairs.push([Agent { last_given_at: Some(1), ..first.clone() }, second]);
        }
    }
    pairs
}

fn with_loads(agents: &[Agent; 2], leads: &[Lead]) -> Vec<Agent> {
    let mut agents = agents.to_vec();
    for agent in &mut agents {
        let on_queue = leads.iter().filter(|lead| lead.on_queue && lead.owner == Some(agent.id));
        agent.load += u32::try_from(on_queue.count()).expect("few leads");
    }
    agents
}
