use calliyo_domain::{counted::grouped, import::Column};
use leptos::prelude::*;

use super::{Preview, PreviewRow, Problem};
use crate::ui::count;

/// How many rows are what, and the first of them as they would be taken in.
#[component]
pub fn PreviewTable(preview: Preview) -> impl IntoView {
    let sentence = sentence(&preview);
    let shown = count(preview.rows.len() as u64, "row");
    let rows = preview.rows.into_iter().map(|row| view! { <Row row /> });
    view! {
        <section class="import-preview" aria-labelledby="import-preview">
            <h2 id="import-preview">"What would be imported"</h2>
            <p role="status" aria-live="polite">{sentence}</p>
            <div class="table-scroll" role="region" aria-label="The first rows" tabindex="0">
                <table class="row-cards preview" role="table">
                    <caption class="visually-hidden">{format!("The first {shown}")}</caption>
                    <thead role="rowgroup">
                        <tr role="row">
                            <th scope="col" role="columnheader">"Line"</th>
                            {Column::ALL
                                .map(|column| view! { <th scope="col" role="columnheader">{column.title()}</th> })
                                .collect_view()}
                            <th scope="col" role="columnheader">"Left out"</th>
                        </tr>
                    </thead>
                    <tbody role="rowgroup">{rows.collect_view()}</tbody>
                </table>
            </div>
        </section>
    }
    .into_any()
}

#[component]
fn Row(row: PreviewRow) -> impl IntoView {
    let PreviewRow { line, cells, problem, remark } = row;
    let cells = Column::ALL.into_iter().zip(cells).map(|(column, text)| {
        view! {
            <td role="cell" data-column=column.key()>
                {text}
            </td>
        }
    });
    let left_out = problem.is_some().then_some("true");
    view! {
        <tr role="row" data-left-out=left_out>
            <th scope="row" role="rowheader" data-column="line">
                {line}
            </th>
            {cells.collect_view()}
            <td role="cell" data-column="problem">
                {problem.map(why)} {remark}
            </td>
        </tr>
    }
    .into_any()
}

fn why(problem: Problem) -> AnyView {
    match problem {
        Problem::Bad(reason) => reason.into_any(),
        Problem::Line(line) => format!("Line {line} has this phone already.").into_any(),
        Problem::Lead { lead: None, name } => format!("{name} has this phone already.").into_any(),
        Problem::Lead { lead: Some(lead), name } => view! {
            <a href=format!("/leads/{lead}")>{name}</a>
            " has this phone already."
        }
        .into_any(),
    }
}

/// "28,690 rows are good, 1 is a duplicate of a lead, 2 can't be taken in."
fn sentence(preview: &Preview) -> String {
    let Preview { good, bad, there, repeated, without_email, .. } = *preview;
    if good + bad + there + repeated == 0 {
        return "The file has no rows.".to_owned();
    }
    let (row, are) = if good == 1 { ("row", "is") } else { ("rows", "are") };
    let mut parts = vec![format!("{} {row} {are} good", grouped(good))];
    let mut say = |n: u64, one: &str, many: &str| match n {
        0 => {}
        1 => parts.push(format!("1 {one}")),
        n => parts.push(format!("{} {many}", grouped(n))),
    };
    say(without_email, "of them without email", "of them without email");
    say(there, "is a duplicate of a lead", "are duplicates of leads");
    say(repeated, "repeats an earlier row's phone", "repeat an earlier row's phone");
    say(bad, "can't be taken in", "can't be taken in");
    format!("{}. The first ones:", parts.join(", "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_are_counted_by_kind() {
        let said = |good, bad, there, repeated| sentence(&Preview { good, bad, there, repeated, ..Preview::default() });
        assert_eq!(
            said(9, 2, 1, 3),
            "9 rows are good, 1 is a duplicate of a lead, 3 repeat an earlier row's phone, 2 can't be taken in. The first ones:"
        );
        assert_eq!(said(100_000, 1_000, 0, 0), "100,000 rows are good, 1,000 can't be taken in. The first ones:");
        assert_eq!(said(1, 0, 0, 0), "1 row is good. The first ones:");
        assert_eq!(
            said(0, 0, 2, 1),
            "0 rows are good, 2 are duplicates of leads, 1 repeats an earlier row's phone. The first ones:"
        );
        assert_eq!(said(0, 0, 0, 0), "The file has no rows.");
        let without = Preview { good: 3, without_email: 1, ..Preview::default() };
        assert_eq!(sentence(&without), "3 rows are good, 1 of them without email. The first ones:");
    }
}
