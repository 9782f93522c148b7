use calliyo_domain::settings::SectionKey;
use leptos::prelude::*;
use leptos_meta::Title;

use super::{
    Counted, Report,
    charts::Columns,
    figures::{FigureTable, OutcomeTable, Overview},
    form::ReportForm,
    funnel::FunnelTable,
    question::Question,
    read_report,
};
use crate::{
    Fault,
    live::Live,
    ui::{FaultNote, PageHead, count, set_status, shown},
};

const PURPOSE: &str = "How far the calls of each company day reach the Daily call target, and what came of them.";

const CAME_IN: &str = "The leads that came in on these days, and how far they came on these days.";
const GIVEN: &str =
    "The leads that this agent was given on these days, and how far the agent came with them on these days.";

/// `/reports`: calls and conversions by company day and by agent.
#[component]
pub fn ReportsPage() -> impl IntoView {
    let question = Question::of_address();
    let live = Live::current();
    let report = Resource::new(
        move || (question.get(), live.saves(SectionKey::DailyTarget)),
        |(Question { from, to, agent }, _)| read_report(from, to, agent),
    );
    let content = async move {
        let shown = shown(report, report.await);
        let refused = Memo::new(move |_| shown.with(|report| report.as_ref().err().cloned()));
        move || match refused.get() {
            None => view! { <Answer shown /> }.into_any(),
            Some(fault) => view! { <Refused fault /> }.into_any(),
        }
    };
    view! {
        <Title text="Reports" />
        <Transition fallback=Skeleton>{Suspend::new(content)}</Transition>
    }
    .into_any()
}

/// The form stays as it is while its question is answered anew.
#[component]
fn Answer(shown: RwSignal<Result<Report, Fault>>) -> impl IntoView {
    let asked = Memo::new(move |_| shown.with(|report| report.as_ref().ok().map(|report| report.asked.clone())));
    let counted =
        Memo::new(move |_| shown.with(|report| report.as_ref().ok().and_then(|report| report.counted.clone())));
    view! {
        <PageHead title="Reports" purpose=PURPOSE />
        {move || asked.get().map(|asked| {
            if asked.problem.is_some() {
                set_status(422);
            }
            view! { <ReportForm asked /> }
        })}
        {move || counted.get().map(|counted| {
            let question = asked.with_untracked(|asked| asked.as_ref().map(Question::of)).unwrap_or_default();
            view! { <Figures counted question /> }
        })}
    }
    .into_any()
}

#[component]
fn Figures(counted: Counted, question: Question) -> impl IntoView {
    let baseline = baseline(&counted);
    let Counted { target, team, total, days, people, outcomes, hours, funnel, time_zone } = counted;
    let of_whom = if question.agent.is_empty() { CAME_IN } else { GIVEN };
    let (overview, of_days) = (total.clone(), total.clone());
    let by_day = days.iter().map(|day| (day.of.clone(), day.attempts)).collect();
    let by_hour: Vec<(String, i64)> =
        hours.iter().enumerate().map(|(hour, calls)| (format!("{hour:02}:00"), *calls)).collect();
    view! {
        <p class="baseline">{baseline}</p>
        <Overview total=overview />
        <Part id="by-day" title="Coverage by day" purpose="Outgoing calls of each company day against the baseline.">
            <Columns columns=by_day baseline=i64::from(target) * team noun="a day" />
            <FigureTable caption="Calls by day" of="Day" rows=days total=of_days />
        </Part>
        <Part id="by-agent" title="Coverage by agent" purpose="Each agent's outgoing calls against their own target for all of these days.">
            <FigureTable caption="Calls by agent" of="Agent" rows=people total />
        </Part>
        <Part id="funnel" title="Funnel" purpose=of_whom>
            <FunnelTable steps=funnel />
            // The router would look for a page there: `external` leaves the link to the browser.
            <p><a class="button" href=question.funnel() download rel="external">"Download the funnel as CSV"</a></p>
        </Part>
        <Part id="outcomes" title="Outcomes" purpose="What came of the outgoing calls.">
            <OutcomeTable caption="Calls by outcome" of="Outcome" rows=outcomes />
        </Part>
        <Part id="by-hour" title="Calls by hour" purpose="When the outgoing calls began, by the company's clocks.">
            <Columns columns=by_hour.clone() baseline=0 noun="an hour" />
            <details class="shares">
                <summary>"Calls by hour as a table"</summary>
                <OutcomeTable caption="Calls by hour" of="Hour" rows=by_hour />
            </details>
        </Part>
        <p class="zone">{format!("Days and hours are in {time_zone}.")}</p>
    }
    .into_any()
}

/// "Daily call target 100 × 12 agents = 1200 calls a day."
fn baseline(counted: &Counted) -> String {
    let Counted { target, team, .. } = counted;
    if *team == 0 {
        return "There is no agent to expect calls of: coverage has no baseline.".to_owned();
    }
    let agents = count(team.unsigned_abs(), "agent");
    let calls = count((i64::from(*target) * team).unsigned_abs(), "call");
    format!("Baseline: Daily call target {target} × {agents} = {calls} a day.")
}

#[component]
fn Part(id: &'static str, title: &'static str, purpose: &'static str, children: Children) -> impl IntoView {
    let title_id = format!("{id}-title");
    view! {
        <section class="card" id=id aria-labelledby=title_id.clone()>
            <div class="card-head">
                <h2 id=title_id.clone()>{title}</h2>
                <p>{purpose}</p>
            </div>
            <div class="report-part">{children()}</div>
        </section>
    }
    .into_any()
}

#[component]
fn Refused(fault: Fault) -> impl IntoView {
    match fault {
        Fault::Forbidden => set_status(403),
        // The frame leads on to the sign-in page, with a status of its own.
        Fault::SignedOut => {}
        _ => set_status(503),
    }
    view! {
        <PageHead title="Reports" purpose="" />
        <FaultNote fault />
    }
}

/// Holds the page's place while it is read for the first time.
#[component]
fn Skeleton() -> impl IntoView {
    view! {
        <PageHead title="Reports" purpose=PURPOSE />
        <div class="skeleton" data-kind="list" role="status">
            <span class="visually-hidden">"Counting calls…"</span>
        </div>
    }
}
