use sqlx::{Arguments, Encode, IntoArguments, Postgres, Sqlite, Type, postgres::PgArguments, sqlite::SqliteArguments};

/// What is bound to a statement that is put together from parts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Value {
    Int(i64),
    Text(String),
}

impl From<i64> for Value {
    fn from(value: i64) -> Self {
        Self::Int(value)
    }
}

impl From<&str> for Value {
    fn from(value: &str) -> Self {
        Self::Text(value.to_owned())
    }
}

/// Values as `$1`, `$2` and so on of either database, for `sqlx::query_with` and its like.
#[derive(Debug)]
pub(crate) struct Values(pub Vec<Value>);

impl IntoArguments<Sqlite> for Values {
    fn into_arguments(self) -> SqliteArguments {
        self.add_to(SqliteArguments::default())
    }
}

impl IntoArguments<Postgres> for Values {
    fn into_arguments(self) -> PgArguments {
        self.add_to(PgArguments::default())
    }
}

impl Values {
    fn add_to<A: Arguments>(self, mut arguments: A) -> A
    where
        for<'q> i64: Encode<'q, A::Database> + Type<A::Database>,
        for<'q> String: Encode<'q, A::Database> + Type<A::Database>,
    {
        for value in self.0 {
            match value {
                Value::Int(value) => arguments.add(value),
                Value::Text(value) => arguments.add(value),
            }
            .expect("numbers and text can be sent");
        }
        arguments
    }
}
