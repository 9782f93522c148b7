use leptos::prelude::*;

use super::{parameter, problem_in_address};
use crate::Fault;

/// Why a form was refused: by its action, or before that by way of the address.
#[derive(Clone, Copy)]
pub struct Refusal(Memo<Option<Fault>>);

impl Refusal {
    /// Of the page's only form.
    pub fn of<T: Clone + Send + Sync + 'static>(answer: Signal<Option<Result<T, Fault>>>) -> Self {
        Self::since(problem_in_address(), answer)
    }

    /// Of the form that addresses call `form`, among several on the page.
    pub fn of_form<T: Clone + Send + Sync + 'static>(form: &str, answer: Signal<Option<Result<T, Fault>>>) -> Self {
        Self::since(problem_of_form(form), answer)
    }

    /// As the address said, until the action has an answer.
    pub fn since<T: Clone + Send + Sync + 'static>(
        in_address: Option<Fault>,
        answer: Signal<Option<Result<T, Fault>>>,
    ) -> Self {
        Self(Memo::new(move |_| answer.get().map_or_else(|| in_address.clone(), Result::err)))
    }

    /// The message beside `field`.
    pub fn at(self, field: &'static str) -> Signal<Option<String>> {
        Signal::derive(move || self.0.with(|fault| fault.as_ref().and_then(|fault| fault.at(field))))
    }

    /// Where the lead is that stands in the way.
    pub fn lead(self) -> Signal<Option<String>> {
        Signal::derive(move || match self.0.get() {
            Some(Fault::Taken { lead, .. }) => Some(format!("/leads/{lead}")),
            _ => None,
        })
    }

    /// Whether it is this one.
    pub fn is(self, fault: &Fault) -> bool {
        self.0.with(|refusal| refusal.as_ref() == Some(fault))
    }

    /// What belongs to none of `fields`.
    pub fn elsewhere(self, fields: &[&str]) -> Option<Fault> {
        self.0.with(|fault| fault.as_ref().and_then(|fault| fault.elsewhere(|field| fields.contains(&field))))
    }
}

/// Why the form that addresses call `form` was refused when it was posted without JavaScript.
pub fn problem_of_form(form: &str) -> Option<Fault> {
    (parameter("form").as_deref() == Some(form)).then(problem_in_address).flatten()
}
