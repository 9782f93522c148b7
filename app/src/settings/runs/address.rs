use calliyo_domain::job::Job;
use leptos::prelude::*;
use leptos_router::hooks::{use_params_map, use_query_map};

use crate::{
    settings::RUN_HISTORY,
    ui::{of_address, with_query},
};

/// What the address of the list asks for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filter {
    /// Nothing for all of them.
    pub job: Option<Job>,
    /// A run's id, or empty on the first page.
    pub before: String,
}

impl Filter {
    /// Follows the address.
    pub fn of_address() -> Memo<Self> {
        of_address(|text| Self { job: Job::from_key(&text("job")), before: text("before") })
    }

    /// How a server function is asked for the job.
    pub fn job_key(&self) -> String {
        self.job.map(Job::key).unwrap_or_default().to_owned()
    }

    /// Where the first page of the same runs is.
    pub fn first_page(&self) -> String {
        list_address(self.job, None)
    }

    /// Where the page after the run `before` is.
    pub fn page_after(&self, before: i64) -> String {
        list_address(self.job, Some(before))
    }
}

/// Where the runs of `job`, or of all, are listed; those before the run `before`.
pub fn list_address(job: Option<Job>, before: Option<i64>) -> String {
    let before = before.map(|before| before.to_string()).unwrap_or_default();
    with_query(RUN_HISTORY, &[("job", job.map_or("", Job::key)), ("before", &before)])
}

/// What the address of a run's page asks for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Asked {
    /// The run's id.
    pub run: String,
    /// An event's id, or empty on the first page of the leads it moved.
    pub after: String,
}

impl Asked {
    /// Follows the address.
    pub fn of_address() -> Memo<Self> {
        let (path, query) = (use_params_map(), use_query_map());
        Memo::new(move |_| Self {
            run: path.with(|path| path.get("id")).unwrap_or_default(),
            after: query.with(|query| query.get("after")).unwrap_or_default(),
        })
    }
}

/// Where a run is shown.
pub fn run_address(run: i64) -> String {
    format!("{RUN_HISTORY}/{run}")
}

/// Where the leads a run moved after the event `after` are shown.
pub fn moved_address(run: i64, after: i64) -> String {
    format!("{}?after={after}", run_address(run))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_says_only_what_it_must() {
        assert_eq!(list_address(None, None), "/settings/runs");
        assert_eq!(list_address(None, Some(7)), "/settings/runs?before=7");
        assert_eq!(list_address(Some(Job::TopUp), Some(7)), "/settings/runs?job=top_up&before=7");
        assert_eq!(moved_address(3, 9), "/settings/runs/3?after=9");
    }
}
