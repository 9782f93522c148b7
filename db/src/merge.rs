use crate::Tx;

/// One statement that gives the rows of `parts`, which all select the same, with an `end` that orders them by what they
/// select and limits them. Where an index has the rows of each part in this order, the parts are merged: SQLite reads
/// them as co-routines, PostgreSQL merges those that say their order themselves. No more rows are read than are given,
/// at most one more of each part, and those that a part itself leaves out.
pub(crate) fn merged(tx: &Tx, parts: &[String], end: &str) -> String {
    let parts = match (tx, parts) {
        (Tx::Postgres(_), [_, _, ..]) => {
            let ordered = |(n, part): (usize, &String)| format!("SELECT * FROM ({part} {end}) AS part{n}");
            parts.iter().enumerate().map(ordered).collect::<Vec<_>>().join(" UNION ALL ")
        }
        _ => parts.join(" UNION ALL "),
    };
    format!("{parts} {end}")
}
