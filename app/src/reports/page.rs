use calliyo_domain::settings::SectionKey;
use leptos::prelude::*;
use leptos_meta::Title;

use super::{
    Counted, Report,
    baseline::baseline,
    charts::Columns,
    figures::{DayTable, OutcomeTable, Overview, PeopleTable},
    form::ReportForm,
    funnel::FunnelTable,
    order::{Order, order_of_address},
    question::Question,
    read_report,
};
use crate::{
    Fault,
    live::Live,
    ui::{Empty, PageHead, Refused, in_time, set_status, shown},
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
        move || (question.get(), live.saves(SectionKey::DailyTarget) + live.saves(SectionKey::General)),
        |(question, _)| async move {
            let Question { from, to, agent } = question.clone();
            read_report(from, to, agent).await.map(|report| (question, report))
        },
    );
    let content = async move {
        let shown = shown(report, report.await);
        let refused = Memo::new(move |_| shown.with(|report| report.as_ref().err().cloned()));
        move || match refused.get() {
            None => view! { <Answer shown reread=move || report.refetch() /> }.into_any(),
            Some(fault) => view! { <Refused fault title="Reports" /> }.into_any(),
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
fn Answer(
    shown: RwSignal<Result<(Question, Report), Fault>>,
    reread: impl Fn() + Copy + Send + Sync + 'static,
) -> impl IntoView {
    let changes_at =
        Memo::new(move |_| shown.with(|report| report.as_ref().map_or(i64::MAX, |(_, report)| report.changes_at)));
    in_time(changes_at, reread);
    let answered = Memo::new(move |_| shown.with(|report| report.as_ref().ok().map(|(question, _)| question.clone())));
    let asked = Memo::new(move |_| {
        shown.with(|report| report.as_ref().map(|(_, report)| report.asked.clone()).unwrap_or_default())
    });
    let counted =
        Memo::new(move |_| shown.with(|report| report.as_ref().ok().and_then(|(_, report)| report.counted.clone())));
    let order = order_of_address();
    let problem = Memo::new(move |_| asked.with(|asked| asked.problem.is_some()));
    view! {
        <PageHead title="Reports" purpose=PURPOSE />
        {move || problem.get().then(|| set_status(422))}
        <ReportForm asked answered order />
        {move || problem.get().then(|| view! {
            <Empty title="Nothing was counted">"Put the days right, or choose one of the ranges above."</Empty>
        })}
        {move || counted.get().map(|counted| {
            view! { <Figures counted question=asked.with_untracked(Question::of) order /> }
        })}
    }
    .into_any()
}

#[component]
fn Figures(counted: Counted, question: Question, order: Memo<Order>) -> impl IntoView {
    let baseline = baseline(&counted);
    let Counted { total, days, people, outcomes, hours, funnel, time_zone, .. } = counted;
    let funnel_file = question.funnel();
    let of_whom = if question.agent.is_empty() { CAME_IN } else { GIVEN };
    let (overview, of_days) = (total.clone(), total.clone());
    let by_day = days.iter().map(|day| (day.of.clone(), day.toward)).collect();
    let of_day = days.iter().map(|day| day.expected).collect();
    let by_hour: Vec<(String, i64)> =
        hours.iter().enumerate().map(|(hour, calls)| (format!("{hour:02}:00"), *calls)).collect();
    view! {
        <p class="baseline">{baseline}</p>
        <Overview total=overview />
        <Part id="by-day" title="Coverage by day" purpose="Outgoing calls of each company day against the baseline.">
            <Columns columns=by_day baseline=of_day noun="a day" />
            <DayTable days total=of_days />
        </Part>
        <Part id="by-agent" title="Coverage by agent" purpose="Each agent's outgoing calls against their own target for all of these days.">
            <PeopleTable people total question order />
        </Part>
        <Part id="funnel" title="Funnel" purpose=of_whom>
            <FunnelTable steps=funnel />
            // The router would look for a page there: `external` leaves the link to the browser.
            <p><a class="button" href=funnel_file download rel="external">"Download the funnel as CSV"</a></p>
        </Part>
        <Part id="outcomes" title="Outcomes" purpose="What came of the outgoing calls.">
            <OutcomeTable caption="Calls by outcome" of="Outcome" rows=outcomes />
        </Part>
        <Part id="by-hour" title="Calls by hour" purpose="When the outgoing calls began, by the company's clocks.">
            <Columns columns=by_hour.clone() noun="an hour" />
            <details class="shares">
                <summary>"Calls by hour as a table"</summary>
                <OutcomeTable caption="Calls by hour" of="Hour" rows=by_hour />
            </details>
        </Part>
        <p class="zone">{format!("Days and hours are in {time_zone}.")}</p>
    }
    .into_any()
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
