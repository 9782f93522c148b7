use calliyo_domain::order::{Column, Order};
use leptos::prelude::*;

use super::{Icon, Symbol};

/// The head of a table that is sorted by one of its columns, which the page's address says. The roles are spelled out
/// for tables whose rows the style makes cards on phones: browsers then drop them.
#[component]
pub fn SortHeads<C: Column>(
    order: Memo<Order<C>>,
    /// Where the same is shown in another order.
    address: impl Fn(Order<C>) -> String + Copy + Send + Sync + 'static,
) -> impl IntoView {
    let heads = C::ALL.iter().map(|column| view! { <Head column=*column order address /> });
    view! {
        <thead role="rowgroup">
            <tr role="row">{heads.collect_view()}</tr>
        </thead>
    }
    .into_any()
}

/// A column's head sorts by it. Its arrow shows how it is sorted, or else would be.
#[component]
fn Head<C: Column>(
    column: C,
    order: Memo<Order<C>>,
    address: impl Fn(Order<C>) -> String + Send + Sync + 'static,
) -> impl IntoView {
    let sorted = move || order.get().by == column;
    let arrow = move || {
        let Order { descending, .. } = if sorted() { order.get() } else { order.get().after(column) };
        view! { <Icon symbol=if descending { Symbol::Down } else { Symbol::Up } /> }
    };
    let direction = move || sorted().then(|| if order.get().descending { "descending" } else { "ascending" });
    view! {
        <th scope="col" role="columnheader" aria-sort=direction>
            <a class="sort" href=move || address(order.get().after(column)) data-noscroll="">
                {column.title()}
                {arrow}
            </a>
        </th>
    }
    .into_any()
}
