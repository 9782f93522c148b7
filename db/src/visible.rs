use calliyo_domain::visibility::Customers;

/// Asks of lead `l` that it is no customer, or one that whoever is bound as [`converter`] may see.
macro_rules! visible {
    ($converter:literal) => {
        concat!("(l.converted_at IS NULL OR l.converter_id = ", $converter, " OR ", $converter, " = 0)")
    };
}

/// Whose customers are visible, for a statement; 0: everybody's.
pub(crate) fn converter(visible: Customers) -> i64 {
    match visible {
        Customers::All => 0,
        Customers::ConvertedBy(agent) => agent,
    }
}
