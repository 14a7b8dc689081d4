//! Parameters on their way into a statement and rows on their way out. It knows no table.

use sqlx::postgres::{PgArguments, PgRow};
use sqlx::sqlite::{SqliteArguments, SqliteRow};
use sqlx::{Arguments as _, Row as _, TypeInfo as _, ValueRef as _};

use super::Fault;

/// One parameter. Text is stored without null characters, which PostgreSQL refuses: U+FFFD stands
/// in their place.
#[derive(Clone, Debug, PartialEq)]
pub enum Arg {
    Text(String),
    OptText(Option<String>),
    Int(i64),
    OptInt(Option<i64>),
}

impl Arg {
    /// Rows for `{rows $n AS r: …}`: a list of structs whose fields have the columns' names.
    ///
    /// # Errors
    /// When a row cannot be written as JSON.
    pub fn rows<T: serde::Serialize>(rows: &[T]) -> Result<Arg, Fault> {
        let unwritable = |error: serde_json::Error| Fault::Poison(format!("writing rows: {error}"));
        let text = serde_json::to_string(rows).map_err(unwritable)?;
        if !text.contains("\\u0000") {
            return Ok(Arg::Text(text));
        }
        let mut value = serde_json::from_str(&text).map_err(unwritable)?;
        replace_nulls(&mut value);
        Ok(Arg::Text(value.to_string()))
    }

    /// Rows of a single column `id`.
    ///
    /// # Errors
    /// As [`Arg::rows`].
    pub fn ids<'a>(ids: impl IntoIterator<Item = &'a str>) -> Result<Arg, Fault> {
        #[derive(serde::Serialize)]
        struct OneId<'a> {
            id: &'a str,
        }
        let rows: Vec<_> = ids.into_iter().map(|id| OneId { id }).collect();
        Arg::rows(&rows)
    }
}

impl From<&str> for Arg {
    fn from(text: &str) -> Arg {
        Arg::Text(text.replace('\0', "\u{FFFD}"))
    }
}

impl From<Option<&str>> for Arg {
    fn from(text: Option<&str>) -> Arg {
        Arg::OptText(text.map(|text| text.replace('\0', "\u{FFFD}")))
    }
}

impl From<i64> for Arg {
    fn from(number: i64) -> Arg {
        Arg::Int(number)
    }
}

impl From<Option<i64>> for Arg {
    fn from(number: Option<i64>) -> Arg {
        Arg::OptInt(number)
    }
}

fn replace_nulls(value: &mut serde_json::Value) {
    use serde_json::Value;
    match value {
        Value::String(text) => *text = text.replace('\0', "\u{FFFD}"),
        Value::Array(values) => values.iter_mut().for_each(replace_nulls),
        Value::Object(fields) => fields.values_mut().for_each(replace_nulls),
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

pub(super) fn sqlite_arguments(args: &[Arg]) -> SqliteArguments {
    let mut arguments = SqliteArguments::default();
    for arg in args {
        match arg {
            Arg::Text(text) => arguments.add(text.clone()),
            Arg::OptText(text) => arguments.add(text.clone()),
            Arg::Int(number) => arguments.add(*number),
            Arg::OptInt(number) => arguments.add(*number),
        }
        .expect("text and whole numbers always encode");
    }
    arguments
}

pub(super) fn postgres_arguments(args: &[Arg]) -> PgArguments {
    let mut arguments = PgArguments::default();
    for arg in args {
        match arg {
            Arg::Text(text) => arguments.add(text),
            Arg::OptText(text) => arguments.add(text),
            Arg::Int(number) => arguments.add(*number),
            Arg::OptInt(number) => arguments.add(*number),
        }
        .expect("text and whole numbers always encode");
    }
    arguments
}

/// One row of an answer, read by column name.
pub enum Row {
    Sqlite(SqliteRow),
    Postgres(PgRow),
}

impl Row {
    /// # Errors
    /// When the column is missing, empty or no text.
    pub fn text(&self, column: &str) -> Result<String, Fault> {
        self.opt_text(column)?.ok_or_else(|| empty(column))
    }

    /// # Errors
    /// When the column is missing, empty or no whole number.
    pub fn int(&self, column: &str) -> Result<i64, Fault> {
        self.opt_int(column)?.ok_or_else(|| empty(column))
    }

    /// # Errors
    /// When the column is missing or no whole number.
    pub fn flag(&self, column: &str) -> Result<bool, Fault> {
        Ok(self.int(column)? != 0)
    }

    /// # Errors
    /// When the column is missing or no text.
    pub fn opt_text(&self, column: &str) -> Result<Option<String>, Fault> {
        match self {
            Row::Sqlite(row) => row.try_get(column),
            Row::Postgres(row) => row.try_get(column),
        }
        .map_err(|_| unreadable(column))
    }

    /// # Errors
    /// When the column is missing or no whole number.
    pub fn opt_int(&self, column: &str) -> Result<Option<i64>, Fault> {
        match self {
            Row::Sqlite(row) => row.try_get(column),
            Row::Postgres(row) => postgres_int(row, column),
        }
        .map_err(|_| unreadable(column))
    }
}

/// Literals and lengths are four bytes wide on PostgreSQL, columns eight.
fn postgres_int(row: &PgRow, column: &str) -> Result<Option<i64>, sqlx::Error> {
    let narrow = row.try_get_raw(column)?.type_info().name() == "INT4";
    if narrow {
        return Ok(row.try_get::<Option<i32>, _>(column)?.map(i64::from));
    }
    row.try_get(column)
}

fn empty(column: &str) -> Fault {
    Fault::Poison(format!("column {column} is empty"))
}

fn unreadable(column: &str) -> Fault {
    Fault::Poison(format!("column {column} is missing or of another kind"))
}
