use leptos::prelude::*;

/// Today's calls against the Daily call target. A soft target: what is above it is said, and the bar is full.
#[component]
pub fn TargetBar(calls: Signal<i64>, target: Signal<i64>) -> impl IntoView {
    let said = move || format!("{} of {} calls today", calls.get(), target.get());
    view! {
        <section class="progress target" aria-label="Daily call target" data-reached=move || (calls.get() >= target.get()).then_some("")>
            <div class="progress-text">
                <label for="daily-target">{said}</label>
                <span class="target-percent">{move || format!("{} %", percent(calls.get(), target.get()))}</span>
            </div>
            <progress id="daily-target" max=move || target.get() value=move || calls.get().min(target.get())></progress>
        </section>
    }
    .into_any()
}

/// Rounded down: 100 % is said once the target is reached, and not before.
pub fn percent(calls: i64, target: i64) -> i64 {
    calls * 100 / target.max(1)
}

#[cfg(test)]
mod tests {
    use super::percent;

    #[test]
    fn above_the_target_it_goes_on() {
        assert_eq!(
            [(0, 100), (37, 100), (112, 100), (9, 8), (199, 200)].map(|(c, t)| percent(c, t)),
            [0, 37, 112, 112, 99]
        );
    }
}
