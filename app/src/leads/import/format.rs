use leptos::prelude::*;

/// What a file must look like.
#[component]
pub fn Format(
    /// The company's country, by name.
    country: Signal<String>,
) -> impl IntoView {
    view! {
        <section class="card import-format" aria-labelledby="import-format">
            <h2 id="import-format">"What the file looks like"</h2>
            <p>
                "A CSV file, its columns separated by commas, semicolons, tabs or |, and named by a line above the rows, in any order. In the next step you see which line that is and choose what each column is taken as; these names, and usual other ones, need no choosing."
            </p>
            <dl>
                <dt>"Required"</dt>
                <dd><code>"FirstName"</code> ", " <code>"Phone"</code></dd>
                <dt>"Optional"</dt>
                <dd>
                    <code>"LastName"</code> ", " <code>"Email"</code> ", " <code>"Status"</code> ", " <code>"Tags"</code>
                </dd>
                <dt>"Phone"</dt>
                <dd>
                    {move || format!("With its country code (+…); without one it is a number of {}. A phone that is there already is skipped.", country.get())}
                </dd>
                <dt>"Status"</dt>
                <dd>
                    "One of your statuses, or empty. A customer comes in as a customer; every other lead starts unassigned, and its history keeps what the file says."
                </dd>
                <dt>"Tags"</dt>
                <dd>"Separated by semicolons or commas: " <code>"website;premium"</code></dd>
                <dt>"Email"</dt>
                <dd>"A lead whose email is none comes in without it."</dd>
            </dl>
            <p>
                <a href="/sample-leads.csv" download="sample-leads.csv">
                    "Download a sample file"
                </a>
            </p>
        </section>
    }
    .into_any()
}
