//! The list of tables is the truth about both databases.

use std::collections::BTreeSet;

use super::super::schema::{DERIVED, TABLES};
use super::super::test_support::on_both;
use super::*;

#[test]
fn every_column_of_every_table_is_listed_with_what_it_holds() {
    on_both(|fresh| async move {
        let mut tx = fresh.store.reader().await.unwrap();
        let columns = match fresh.store.engine() {
            Engine::Sqlite => {
                "SELECT m.name || '.' || c.name AS name FROM sqlite_master m, pragma_table_info(m.name) c
                 WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite%'"
            }
            Engine::Postgres => {
                "SELECT table_name || '.' || column_name AS name FROM information_schema.columns
                 WHERE table_schema = current_schema()"
            }
        };
        let rows = tx.rows_of("columns", columns, &[]).await.unwrap();
        let there: BTreeSet<String> = rows
            .iter()
            .map(|row| row.text("name").unwrap())
            // How far the migrations came is the build's own matter.
            .filter(|name| !name.starts_with("migration."))
            .collect();
        let listed: BTreeSet<String> = TABLES
            .iter()
            .chain(DERIVED)
            .flat_map(|table| {
                table
                    .columns
                    .iter()
                    .map(move |column| format!("{}.{}", table.name, column.name))
            })
            .collect();
        let differing: Vec<_> = there.symmetric_difference(&listed).collect();
        assert!(
            differing.is_empty(),
            "only in one of database and list: {differing:?}"
        );
    });
}
