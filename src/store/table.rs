//! Whole tables, row by row, for backup and restore: statements made of the names of our own schema.

use super::schema::{Column, Kind, Table};
use super::{Arg, Fault, Row, Tx};

/// A row of any table, by column.
pub(super) type TableRow = serde_json::Map<String, serde_json::Value>;

impl Tx {
    /// Up to `limit` rows of a whole table after a key, as JSON objects, in the order of their keys.
    pub(super) async fn table_page(
        &mut self,
        table: &Table,
        after: Option<&TableRow>,
        limit: i64,
    ) -> Result<Vec<TableRow>, Fault> {
        let key = table.key.join(", ");
        let places: Vec<_> = (1..=table.key.len()).map(|n| format!("${n}")).collect();
        let (behind, args) = match after {
            None => (String::new(), Vec::new()),
            Some(row) => {
                let values = table.key.iter().map(|column| argument(&row[*column]));
                (
                    format!("WHERE ({key}) > ({})", places.join(", ")),
                    values.collect(),
                )
            }
        };
        let text = format!(
            "SELECT * FROM {} {behind} ORDER BY {key} LIMIT {limit}",
            table.name
        );
        let rows = self.made(table.name, text, &args).await?;
        rows.iter().map(|row| table_row(table, row)).collect()
    }

    /// Puts rows into a table as they were read by [`Tx::table_page`].
    pub(super) async fn table_put(
        &mut self,
        table: &Table,
        rows: &[TableRow],
    ) -> Result<(), Fault> {
        let names: Vec<_> = table.columns.iter().map(|column| column.name).collect();
        let typed: Vec<_> = table
            .columns
            .iter()
            .map(|column| match column.kind {
                Kind::Text => format!("{} TEXT", column.name),
                Kind::Int => format!("{} BIGINT", column.name),
            })
            .collect();
        let of_rows: Vec<_> = names.iter().map(|name| format!("r.{name}")).collect();
        let text = format!(
            "INSERT INTO {} ({}) SELECT {} FROM {{rows $1 AS r: {}}} WHERE TRUE ON CONFLICT DO NOTHING",
            table.name,
            names.join(", "),
            of_rows.join(", "),
            typed.join(", ")
        );
        self.made(table.name, text, &[Arg::rows(rows)?]).await?;
        Ok(())
    }
}

fn table_row(table: &Table, row: &Row) -> Result<TableRow, Fault> {
    let value = |column: &Column| {
        Ok(match column.kind {
            Kind::Text => row.opt_text(column.name)?.into(),
            Kind::Int => row.opt_int(column.name)?.into(),
        })
    };
    let columns = table.columns.iter();
    columns
        .map(|column| Ok((column.name.to_owned(), value(column)?)))
        .collect()
}

fn argument(value: &serde_json::Value) -> Arg {
    match value.as_i64() {
        Some(number) => Arg::Int(number),
        None => Arg::from(value.as_str().unwrap_or_default()),
    }
}
