//! A manager's dashboard: the team's sums, today's runs, the pipeline, and each agent's day.

mod agent_row;
mod agents;
mod day;
mod figures;
mod order;
mod pipeline;
mod place;
mod rows;
mod runs;
mod search;
mod table;

pub use day::TeamDay;
