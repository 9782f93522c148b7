use leptos::prelude::*;

use super::Refusal;
use crate::Fault;

/// The company's setting that a form is made under, its zone or its country: `start` to begin with. It goes along with
/// what the setting is `now` as long as nothing is `typed`: what is typed was typed under what it was then, and the form
/// says so. Once a refusal has told of the present one, the next try is made under that.
pub fn made_under(start: String, now: Signal<String>, typed: Signal<bool>, refusal: Refusal) -> RwSignal<String> {
    let made = RwSignal::new(start);
    let learn = move |mark: String| {
        if made.with_untracked(|made| *made != mark) {
            made.set(mark);
        }
    };
    Effect::new(move |_| {
        let now = now.get();
        if !typed.get() {
            learn(now);
        }
    });
    Effect::new(move |before: Option<()>| {
        // What the address says was said before the page was made.
        if let (Some(Fault::MadeUnder(told)), Some(())) = (refusal.elsewhere(&[]), before) {
            learn(told.mark);
        }
    });
    made
}

/// Says beside a time whose clocks it is by: the company's, `now`; and under which zone it was typed, where that was
/// another.
pub fn company_time(now: Signal<String>, made: RwSignal<String>) -> impl Fn() -> String + Copy {
    move || {
        let (now, made) = (now.get(), made.get());
        if now == made {
            format!("Company time, {now}.")
        } else {
            format!("Company time, {now} now. What stands here was typed for {made}: check it.")
        }
    }
}
