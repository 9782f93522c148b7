use std::fmt;

use serde::{Deserialize, Serialize};

/// A value that isn't allowed: which field, and a sentence that says what is. A form of which several are wrong names
/// them all.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Invalid {
    /// The field's name as forms and files spell it, e.g. `reassign_at`.
    pub field: String,
    /// A whole sentence for the person who typed it.
    pub message: String,
    /// What else is wrong with the same form, in the order of its fields. None of these has others.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub also: Vec<Invalid>,
}

impl Invalid {
    /// Names the field and what it allows.
    pub fn new(field: &str, message: impl Into<String>) -> Self {
        Self { field: field.to_owned(), message: message.into(), also: Vec::new() }
    }

    /// This problem, and then `other`; what is said already isn't said twice.
    #[must_use]
    pub fn and(mut self, other: Self) -> Self {
        for problem in other.into_problems() {
            if !self.problems().any(|known| known.field == problem.field && known.message == problem.message) {
                self.also.push(problem);
            }
        }
        self
    }

    /// Each of the problems by itself.
    pub fn problems(&self) -> impl Iterator<Item = &Self> {
        std::iter::once(self).chain(&self.also)
    }

    /// Each of the problems by itself, without the others.
    pub fn into_problems(mut self) -> impl Iterator<Item = Self> {
        let also = std::mem::take(&mut self.also);
        std::iter::once(self).chain(also)
    }

    /// What is wrong with `field`, if anything is.
    #[must_use]
    pub fn at(&self, field: &str) -> Option<String> {
        let said: Vec<_> =
            self.problems().filter(|problem| problem.field == field).map(|problem| problem.message.as_str()).collect();
        (!said.is_empty()).then(|| said.join(" "))
    }

    /// The same problems in the order in which a form has its `fields`, what belongs to none of them at the end.
    #[must_use]
    pub fn in_order(self, fields: &[&str]) -> Self {
        let place = |problem: &Self| fields.iter().position(|field| *field == problem.field).unwrap_or(fields.len());
        let mut problems: Vec<_> = self.clone().into_problems().collect();
        problems.sort_by_key(place);
        problems.into_iter().reduce(Self::and).unwrap_or(self)
    }

    /// Those of the problems that `keep` is true of.
    #[must_use]
    pub fn only(self, keep: impl Fn(&Self) -> bool) -> Option<Self> {
        self.into_problems().filter(keep).reduce(Self::and)
    }

    /// All of `problems`, if there are any.
    ///
    /// # Errors
    /// With all of them.
    pub fn none_of(problems: impl IntoIterator<Item = Self>) -> Result<(), Self> {
        problems.into_iter().reduce(Self::and).map_or(Ok(()), Err)
    }
}

/// One sentence after the other.
impl fmt::Display for Invalid {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)?;
        self.also.iter().try_for_each(|problem| write!(f, " {problem}"))
    }
}

impl std::error::Error for Invalid {}

#[cfg(test)]
mod tests {
    use super::*;

    fn problem(field: &str) -> Invalid {
        Invalid::new(field, format!("The {field} is wrong."))
    }

    fn fields(invalid: &Invalid) -> Vec<&str> {
        invalid.problems().map(|problem| problem.field.as_str()).collect()
    }

    #[test]
    fn several_are_told_one_after_the_other() {
        let all = problem("name").and(problem("email").and(problem("phone")));
        assert_eq!(fields(&all), ["name", "email", "phone"]);
        assert_eq!(all.to_string(), "The name is wrong. The email is wrong. The phone is wrong.");
        assert!(all.also.iter().all(|problem| problem.also.is_empty()));
        assert_eq!(fields(&all.clone().and(problem("email"))), ["name", "email", "phone"], "nothing is said twice");
    }

    #[test]
    fn a_field_has_all_that_is_said_of_it() {
        let all = problem("name").and(problem("email")).and(Invalid::new("name", "It is too long."));
        assert_eq!(all.at("name").as_deref(), Some("The name is wrong. It is too long."));
        assert_eq!(all.at("email").as_deref(), Some("The email is wrong."));
        assert_eq!(all.at("phone"), None);
    }

    #[test]
    fn they_stand_as_the_form_has_its_fields() {
        let all = problem("").and(problem("phone")).and(problem("name"));
        assert_eq!(fields(&all.clone().in_order(&["name", "email", "phone"])), ["name", "phone", ""]);
        assert_eq!(fields(&all.in_order(&[])), ["", "phone", "name"]);
    }

    #[test]
    fn some_can_be_left_out() {
        let all = problem("name").and(problem("email")).and(problem("phone"));
        let kept = all.clone().only(|problem| problem.field != "name").expect("two");
        assert_eq!(fields(&kept), ["email", "phone"]);
        assert_eq!(all.only(|_| false), None);
    }

    #[test]
    fn none_is_no_error() {
        assert_eq!(Invalid::none_of([]), Ok(()));
        assert_eq!(Invalid::none_of([problem("a"), problem("b")]), Err(problem("a").and(problem("b"))));
    }

    #[test]
    fn one_is_sent_as_ever_and_several_with_the_others() {
        let one = serde_json::to_value(problem("a")).expect("JSON");
        assert_eq!(one, serde_json::json!({ "field": "a", "message": "The a is wrong." }));
        assert_eq!(serde_json::from_value::<Invalid>(one).expect("one"), problem("a"));
        let two = problem("a").and(problem("b"));
        let sent = serde_json::to_value(&two).expect("JSON");
        assert_eq!(sent["also"], serde_json::json!([{ "field": "b", "message": "The b is wrong." }]));
        assert_eq!(serde_json::from_value::<Invalid>(sent).expect("two"), two);
    }
}
