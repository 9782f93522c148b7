use std::time::Duration;

use leptos::prelude::*;

use crate::live::Live;

const SECOND: i64 = 1000;
const MINUTE: i64 = 60 * SECOND;
const HOUR: i64 = 60 * MINUTE;
const DAY: i64 = 24 * HOUR;

/// How long it is until `at` (unix milliseconds) by the server's clock, kept up to date in the browser.
#[component]
pub fn Countdown(at: i64) -> impl IntoView {
    let live = Live::current();
    let left = RwSignal::new(String::new());
    Effect::new(move |_| {
        let show = move || left.set(until(at - live.now()));
        show();
        if let Ok(timer) = set_interval_with_handle(move || untrack(show), Duration::from_secs(1)) {
            on_cleanup(move || timer.clear());
        }
    });
    view! { <span class="countdown">{move || left.get()}</span> }
}

/// The two largest units; the seconds only within the last minutes.
fn until(left: i64) -> String {
    let (days, hours) = (left / DAY, left % DAY / HOUR);
    let (minutes, seconds) = (left % HOUR / MINUTE, left % MINUTE / SECOND);
    match left {
        ..SECOND => "now".to_owned(),
        SECOND..MINUTE => format!("in {seconds} s"),
        MINUTE..HOUR if minutes < 5 => format!("in {minutes} min {seconds} s"),
        MINUTE..HOUR => format!("in {minutes} min"),
        HOUR..DAY => format!("in {hours} h {minutes} min"),
        _ => format!("in {days} d {hours} h"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearer_the_finer() {
        let said = [-5, 999, 1_000, 59_999, 61_000, 5 * MINUTE + 1, HOUR, 23 * HOUR + 5 * MINUTE, 25 * HOUR].map(until);
        let expected = [
            "now",
            "now",
            "in 1 s",
            "in 59 s",
            "in 1 min 1 s",
            "in 5 min",
            "in 1 h 0 min",
            "in 23 h 5 min",
            "in 1 d 1 h",
        ];
        assert_eq!(said, expected);
    }
}
