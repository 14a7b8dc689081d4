//! All SQL: one text for SQLite and PostgreSQL, run through the thin port below. Where the engines
//! differ, the difference stands in this file and nowhere else. It never decides what is said or done.

pub mod attachment;
pub mod backup;
pub mod bucket;
pub mod calendar;
pub mod canned;
pub mod case;
pub mod casework;
pub mod chain;
pub mod conflict;
pub mod consent;
pub mod conversation;
pub mod desk;
pub mod dialog_set;
pub mod draft;
pub mod duty;
pub mod erase;
pub mod event;
pub mod export;
pub mod faq;
pub mod faq_entry;
pub mod faq_report;
pub mod fault;
pub mod handover;
pub mod heads;
pub mod id;
pub mod identity;
pub mod invitation;
pub mod item;
pub mod known;
pub mod label;
pub mod line;
pub mod link;
pub mod listening;
pub mod media;
pub mod message;
pub mod migrate;
pub mod note;
pub mod object;
pub mod open;
pub mod outbox;
pub mod person;
pub mod queue;
pub mod rating;
pub mod reach;
pub mod receipt;
pub mod restore;
pub mod schema;
pub mod search;
pub mod session;
pub mod staff;
pub mod strange;
pub mod template;
pub mod timer;
pub mod verify;

mod sealed;

#[cfg(test)]
pub mod test_support;

use std::collections::BTreeMap;
use std::sync::atomic::Ordering;
use std::sync::{Arc, OnceLock};

use sqlx::pool::PoolConnection;
use sqlx::postgres::{PgArguments, PgListener, PgRow};
use sqlx::sqlite::{SqliteArguments, SqliteRow};
use sqlx::{Arguments as _, ColumnIndex, Executor as _, Postgres, Row as _, Sqlite, TypeInfo as _};
use sqlx::{PgPool, SqlitePool, ValueRef as _};

pub use fault::Fault;
pub use open::{Mode, OpenError, Options};

use crate::seal::Seal;

/// How long the mutant of [`Tx::split`] dawdles between its halves, so that a kill meets it soon.
const SPLIT_MILLIS: u64 = 15;

/// The name under which PostgreSQL tells other instances that something was committed.
const NOTIFY_CHANNEL: &str = "wasl";

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Engine {
    Sqlite,
    Postgres,
}

/// One database of one charity, open. Cheap to clone.
#[derive(Clone)]
pub struct Store {
    pools: Pools,
    seal: Arc<Seal>,
    place: Arc<open::Place>,
}

#[derive(Clone)]
enum Pools {
    /// One writer, several readers that cannot write.
    Sqlite {
        writer: SqlitePool,
        readers: SqlitePool,
    },
    Postgres(PgPool),
}

impl Store {
    /// Opens the database as `mode` needs it: see [`open`].
    ///
    /// # Errors
    /// What is wrong and what to do, for the operator.
    pub async fn open(options: Options, mode: Mode) -> Result<Store, OpenError> {
        open::open(options, mode).await
    }

    pub fn engine(&self) -> Engine {
        match self.pools {
            Pools::Sqlite { .. } => Engine::Sqlite,
            Pools::Postgres(_) => Engine::Postgres,
        }
    }

    pub fn seal(&self) -> &Arc<Seal> {
        &self.seal
    }

    /// Where everything lies that is not in the database.
    pub fn place(&self) -> &open::Place {
        &self.place
    }

    /// How many statements and how many commits ran since the store was opened; the beginnings and
    /// ends of transactions are statements too.
    pub fn ran(&self) -> (u64, u64) {
        let ran = &self.place.ran;
        (
            ran.statements.load(Ordering::Relaxed),
            ran.commits.load(Ordering::Relaxed),
        )
    }

    /// Begins a transaction that writes. On SQLite there is one at a time; others wait in line.
    ///
    /// # Errors
    /// When no connection can be had.
    pub async fn begin_write(&self) -> Result<Tx, Fault> {
        let link = match &self.pools {
            Pools::Sqlite { writer, .. } => {
                Link::Sqlite(writer.acquire().await.map_err(connecting)?)
            }
            Pools::Postgres(pool) => Link::Postgres(pool.acquire().await.map_err(connecting)?),
        };
        self.begin(link, "BEGIN IMMEDIATE", "BEGIN").await
    }

    /// A consistent view over several reads; writes fail.
    ///
    /// # Errors
    /// When no connection can be had.
    pub async fn snapshot(&self) -> Result<Tx, Fault> {
        let link = self.reading().await?;
        let postgres = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY";
        self.begin(link, "BEGIN", postgres).await
    }

    /// A connection for single reads, each seeing what is committed when it runs.
    ///
    /// # Errors
    /// When no connection can be had.
    pub async fn reader(&self) -> Result<Tx, Fault> {
        Ok(self.tx(self.reading().await?, false))
    }

    /// What other instances tell by [`Tx::notify`]; None on SQLite, where there are no others. A hint
    /// only: poll below it.
    ///
    /// # Errors
    /// When no connection can be had.
    pub async fn listen(&self) -> Result<Option<Notices>, Fault> {
        let Pools::Postgres(pool) = &self.pools else {
            return Ok(None);
        };
        let mut listener = PgListener::connect_with(pool).await.map_err(connecting)?;
        listener.listen(NOTIFY_CHANNEL).await.map_err(connecting)?;
        Ok(Some(Notices(listener)))
    }

    /// Whether something could be written now; writes nothing.
    ///
    /// # Errors
    /// Why not.
    pub async fn probe(&self) -> Result<(), Fault> {
        self.begin_write().await?.rollback().await
    }

    /// Closes all connections; what is committed stays.
    pub async fn close(&self) {
        match &self.pools {
            Pools::Sqlite { writer, readers } => {
                readers.close().await;
                writer.close().await;
            }
            Pools::Postgres(pool) => pool.close().await,
        }
    }

    /// Makes what was erased unreadable in the files too: SQLite keeps old pages and its log, so the
    /// file is written anew; PostgreSQL frees its dead rows.
    ///
    /// # Errors
    /// When the database cannot be written now.
    pub async fn scrub(&self) -> Result<(), Fault> {
        let statements: &[&'static str] = match &self.pools {
            Pools::Sqlite { .. } => &["VACUUM", "PRAGMA wal_checkpoint(TRUNCATE)"],
            Pools::Postgres(_) => &["VACUUM"],
        };
        let link = match &self.pools {
            Pools::Sqlite { writer, .. } => {
                Link::Sqlite(writer.acquire().await.map_err(connecting)?)
            }
            Pools::Postgres(pool) => Link::Postgres(pool.acquire().await.map_err(connecting)?),
        };
        let mut tx = self.tx(link, false);
        for statement in statements {
            tx.raw(statement).await?;
        }
        Ok(())
    }

    async fn reading(&self) -> Result<Link, Fault> {
        Ok(match &self.pools {
            Pools::Sqlite { readers, .. } => {
                Link::Sqlite(readers.acquire().await.map_err(connecting)?)
            }
            Pools::Postgres(pool) => Link::Postgres(pool.acquire().await.map_err(connecting)?),
        })
    }

    async fn begin(
        &self,
        link: Link,
        sqlite: &'static str,
        postgres: &'static str,
    ) -> Result<Tx, Fault> {
        // Counted as open before it is: if the answer never comes, the connection is thrown away.
        let mut tx = self.tx(link, true);
        tx.raw(match tx.engine() {
            Engine::Sqlite => sqlite,
            Engine::Postgres => postgres,
        })
        .await?;
        Ok(tx)
    }

    fn tx(&self, link: Link, open: bool) -> Tx {
        Tx {
            link: Some(link),
            open,
            seal: self.seal.clone(),
            place: self.place.clone(),
            grown: BTreeMap::new(),
        }
    }
}

/// One connection, in a transaction or not. Dropped without [`Tx::commit`], everything since the
/// beginning is undone by closing the connection, whatever state it is in.
pub struct Tx {
    link: Option<Link>,
    open: bool,
    seal: Arc<Seal>,
    place: Arc<open::Place>,
    /// Ends of the chains that this transaction added to, noted outside once it is committed.
    grown: BTreeMap<String, heads::Growth>,
}

enum Link {
    Sqlite(PoolConnection<Sqlite>),
    Postgres(PoolConnection<Postgres>),
}

impl Tx {
    pub fn engine(&self) -> Engine {
        match self.link() {
            Link::Sqlite(_) => Engine::Sqlite,
            Link::Postgres(_) => Engine::Postgres,
        }
    }

    pub fn seal(&self) -> Arc<Seal> {
        self.seal.clone()
    }

    /// All rows of a statement.
    ///
    /// # Errors
    /// Classified as [`Fault`] says.
    pub async fn rows(&mut self, sql: &'static Sql, args: &[Arg]) -> Result<Vec<Row>, Fault> {
        let text = sql.on(self.engine());
        self.rows_of(sql.name, text, args).await
    }

    /// The first row of a statement, if there is one.
    ///
    /// # Errors
    /// Classified as [`Fault`] says.
    pub async fn row(&mut self, sql: &'static Sql, args: &[Arg]) -> Result<Option<Row>, Fault> {
        Ok(self.rows(sql, args).await?.into_iter().next())
    }

    /// Runs a statement and tells how many rows it touched.
    ///
    /// # Errors
    /// Classified as [`Fault`] says.
    pub async fn run(&mut self, sql: &'static Sql, args: &[Arg]) -> Result<u64, Fault> {
        self.count();
        let text = sql.on(self.engine());
        let done = match self.link_mut() {
            Link::Sqlite(link) => sqlx::query_with(text, sqlite_arguments(args))
                .execute(&mut **link)
                .await
                .map(|done| done.rows_affected()),
            Link::Postgres(link) => sqlx::query_with(text, postgres_arguments(args))
                .execute(&mut **link)
                .await
                .map(|done| done.rows_affected()),
        };
        done.map_err(|error| Fault::of(sql.name, error))
    }

    /// Tells other instances, when this commits, that something new is there. Nothing on SQLite.
    ///
    /// # Errors
    /// Classified as [`Fault`] says.
    pub async fn notify(&mut self, what: &str) -> Result<(), Fault> {
        let Link::Postgres(link) = self.link_mut() else {
            return Ok(());
        };
        sqlx::query("SELECT pg_notify($1, $2)")
            .bind(NOTIFY_CHANNEL)
            .bind(what)
            .execute(&mut **link)
            .await
            .map_err(|error| Fault::of("notify", error))?;
        Ok(())
    }

    /// # Errors
    /// Nothing of the transaction counts then, unless the connection was lost in this very moment:
    /// events that come again are found by their keys.
    pub async fn commit(mut self) -> Result<(), Fault> {
        if self.open {
            self.raw("COMMIT").await?;
            self.open = false;
            self.place.ran.commits.fetch_add(1, Ordering::Relaxed);
        }
        if !self.grown.is_empty() {
            heads::note(&self.place.data_dir, &self.grown);
        }
        Ok(())
    }

    /// Commits half of what belongs together, and goes on with the rest: what must never be done, for
    /// the mutant that proves it.
    ///
    /// # Errors
    /// As [`Tx::commit`].
    pub async fn split(&mut self) -> Result<(), Fault> {
        self.raw("COMMIT").await?;
        tokio::time::sleep(std::time::Duration::from_millis(SPLIT_MILLIS)).await;
        self.raw("BEGIN").await
    }

    /// Undoes everything since the beginning and keeps the connection.
    ///
    /// # Errors
    /// When that fails the connection is closed, which undoes it as well.
    pub async fn rollback(mut self) -> Result<(), Fault> {
        if self.open {
            self.raw("ROLLBACK").await?;
            self.open = false;
        }
        Ok(())
    }

    /// One statement as it stands, without parameters.
    pub(super) async fn raw(&mut self, text: &'static str) -> Result<(), Fault> {
        self.count();
        let done = match self.link_mut() {
            Link::Sqlite(link) => link.execute(sqlx::raw_sql(text)).await.map(|_| ()),
            Link::Postgres(link) => link.execute(sqlx::raw_sql(text)).await.map(|_| ()),
        };
        done.map_err(|error| Fault::of(text, error))
    }

    /// The statements of a migration, in this engine's words.
    pub(super) async fn script(&mut self, text: &str) -> Result<(), Fault> {
        let text = sqlx::AssertSqlSafe(in_words_of(self.engine(), text));
        let done = match self.link_mut() {
            Link::Sqlite(link) => link.execute(sqlx::raw_sql(text)).await.map(|_| ()),
            Link::Postgres(link) => link.execute(sqlx::raw_sql(text)).await.map(|_| ()),
        };
        done.map_err(|error| Fault::of("migration", error))
    }

    /// Up to `limit` rows of a whole table after a key, as JSON objects, in the order of their keys.
    pub(super) async fn table_page(
        &mut self,
        table: &schema::Table,
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
        // Made of names of our own schema alone.
        let rows = self
            .rows_of(table.name, sqlx::AssertSqlSafe(text), &args)
            .await?;
        rows.iter().map(|row| table_row(table, row)).collect()
    }

    /// Puts rows into a table as they were read by [`Tx::table_page`].
    pub(super) async fn table_put(
        &mut self,
        table: &schema::Table,
        rows: &[TableRow],
    ) -> Result<(), Fault> {
        let names: Vec<_> = table.columns.iter().map(|column| column.name).collect();
        let typed: Vec<_> = table
            .columns
            .iter()
            .map(|column| match column.kind {
                schema::Kind::Text => format!("{} TEXT", column.name),
                schema::Kind::Int => format!("{} BIGINT", column.name),
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
        let text = in_words_of(self.engine(), &text);
        self.rows_of(table.name, sqlx::AssertSqlSafe(text), &[Arg::rows(rows)?])
            .await?;
        Ok(())
    }

    async fn rows_of(
        &mut self,
        what: &str,
        text: impl sqlx::SqlSafeStr,
        args: &[Arg],
    ) -> Result<Vec<Row>, Fault> {
        self.count();
        let found = match self.link_mut() {
            Link::Sqlite(link) => sqlx::query_with(text, sqlite_arguments(args))
                .fetch_all(&mut **link)
                .await
                .map(|rows| rows.into_iter().map(Row::Sqlite).collect()),
            Link::Postgres(link) => sqlx::query_with(text, postgres_arguments(args))
                .fetch_all(&mut **link)
                .await
                .map(|rows| rows.into_iter().map(Row::Postgres).collect()),
        };
        found.map_err(|error| Fault::of(what, error))
    }

    /// Prepares a statement without running it.
    #[cfg(test)]
    pub(super) async fn prepare(&mut self, sql: &'static Sql) -> Result<(), Fault> {
        use sqlx::SqlSafeStr as _;
        let text = sql.on(self.engine()).into_sql_str();
        let done = match self.link_mut() {
            Link::Sqlite(link) => link.prepare(text).await.map(|_| ()),
            Link::Postgres(link) => link.prepare(text).await.map(|_| ()),
        };
        done.map_err(|error| Fault::of(sql.name, error))
    }

    fn count(&self) {
        self.place.ran.statements.fetch_add(1, Ordering::Relaxed);
    }

    fn link(&self) -> &Link {
        self.link.as_ref().expect("the link is taken only by drop")
    }

    fn link_mut(&mut self) -> &mut Link {
        self.link.as_mut().expect("the link is taken only by drop")
    }
}

impl Drop for Tx {
    fn drop(&mut self) {
        if !self.open {
            return;
        }
        // A connection whose transaction is in doubt must not serve the next one.
        match self.link.take() {
            Some(Link::Sqlite(link)) => drop(link.detach()),
            Some(Link::Postgres(link)) => drop(link.detach()),
            None => {}
        }
    }
}

/// What other instances told.
pub struct Notices(PgListener);

impl Notices {
    /// The next thing that was told. After a lost connection it goes on by itself; what was told in
    /// between is lost.
    ///
    /// # Errors
    /// When the connection cannot be had again now.
    pub async fn next(&mut self) -> Result<String, Fault> {
        let notice = self.0.recv().await.map_err(connecting)?;
        Ok(notice.payload().to_owned())
    }
}

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

fn sqlite_arguments(args: &[Arg]) -> SqliteArguments {
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

fn postgres_arguments(args: &[Arg]) -> PgArguments {
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

/// A row of any table, by column.
pub(super) type TableRow = serde_json::Map<String, serde_json::Value>;

fn table_row(table: &schema::Table, row: &Row) -> Result<TableRow, Fault> {
    let value = |column: &schema::Column| {
        Ok(match column.kind {
            schema::Kind::Text => row.opt_text(column.name)?.into(),
            schema::Kind::Int => row.opt_int(column.name)?.into(),
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

/// Literals and lengths are four bytes wide on PostgreSQL, columns eight.
fn postgres_int<'r>(row: &'r PgRow, column: &str) -> Result<Option<i64>, sqlx::Error>
where
    for<'c> &'c str: ColumnIndex<PgRow>,
{
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

fn connecting(error: sqlx::Error) -> Fault {
    Fault::of("connecting", error)
}

/// One statement, in the text that both engines share. Fragments in braces become each engine's own:
///
/// - `{rows $1 AS r: id TEXT, due BIGINT}`: the JSON rows of a parameter as a table
/// - `{for_update}`, `{for_update OF c}`: lock the rows (SQLite: the one writer has the lock)
/// - `{skip_locked}`: lock them, passing over those another instance holds
/// - `{keyed}`: in migrations, a table stored in the order of its key
/// - `{bytes}`: in migrations, a text that is compared by its bytes, so that its beginning is a range
pub struct Sql {
    name: &'static str,
    text: &'static str,
    sqlite: OnceLock<String>,
    postgres: OnceLock<String>,
}

impl Sql {
    pub(in crate::store) const fn new(name: &'static str, text: &'static str) -> Sql {
        Sql {
            name,
            text,
            sqlite: OnceLock::new(),
            postgres: OnceLock::new(),
        }
    }

    fn on(&'static self, engine: Engine) -> &'static str {
        match engine {
            Engine::Sqlite => &self.sqlite,
            Engine::Postgres => &self.postgres,
        }
        .get_or_init(|| in_words_of(engine, self.text))
    }
}

/// The statements of one noun: a static each, and all of them in `STATEMENTS`, which the test that
/// prepares every statement on both engines reads.
macro_rules! statements {
    ($($(#[$doc:meta])* $name:ident = $text:expr;)*) => {
        $($(#[$doc])* static $name: $crate::store::Sql = $crate::store::Sql::new(stringify!($name), $text);)*
        #[cfg(test)]
        pub(in crate::store) static STATEMENTS: &[&$crate::store::Sql] = &[$(&$name),*];
    };
}
pub(in crate::store) use statements;

/// The statements of every noun.
#[cfg(test)]
static ALL: &[&[&Sql]] = &[
    attachment::STATEMENTS,
    calendar::STATEMENTS,
    canned::STATEMENTS,
    case::STATEMENTS,
    casework::STATEMENTS,
    chain::STATEMENTS,
    conflict::STATEMENTS,
    consent::STATEMENTS,
    conversation::STATEMENTS,
    desk::STATEMENTS,
    dialog_set::STATEMENTS,
    draft::STATEMENTS,
    duty::STATEMENTS,
    erase::STATEMENTS,
    event::STATEMENTS,
    handover::STATEMENTS,
    identity::STATEMENTS,
    invitation::STATEMENTS,
    item::STATEMENTS,
    known::STATEMENTS,
    line::STATEMENTS,
    template::STATEMENTS,
    label::STATEMENTS,
    link::STATEMENTS,
    listening::STATEMENTS,
    media::STATEMENTS,
    message::STATEMENTS,
    migrate::STATEMENTS,
    note::STATEMENTS,
    open::STATEMENTS,
    outbox::STATEMENTS,
    person::STATEMENTS,
    faq::STATEMENTS,
    faq_entry::STATEMENTS,
    faq_report::STATEMENTS,
    queue::STATEMENTS,
    rating::STATEMENTS,
    reach::STATEMENTS,
    receipt::STATEMENTS,
    restore::STATEMENTS,
    session::STATEMENTS,
    staff::STATEMENTS,
    strange::STATEMENTS,
    search::STATEMENTS,
    tests::STATEMENTS,
    timer::STATEMENTS,
    verify::STATEMENTS,
];

/// Replaces every fragment in braces.
fn in_words_of(engine: Engine, text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 64);
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('{') {
        let (fragment, after) = after.split_once('}').unwrap_or((after, ""));
        out.push_str(before);
        out.push_str(&fragment_of(engine, fragment));
        rest = after;
    }
    out.push_str(rest);
    out
}

fn fragment_of(engine: Engine, fragment: &str) -> String {
    let (word, of) = fragment.split_once(' ').unwrap_or((fragment, ""));
    match (word, engine) {
        ("rows", engine) => rows_of(engine, of),
        ("for_update" | "skip_locked", Engine::Sqlite) => String::new(),
        ("for_update", Engine::Postgres) => format!("FOR UPDATE {of}"),
        ("skip_locked", Engine::Postgres) => format!("FOR UPDATE {of} SKIP LOCKED"),
        ("keyed", Engine::Sqlite) => "WITHOUT ROWID".to_owned(),
        ("keyed", Engine::Postgres) | ("bytes", Engine::Sqlite) => String::new(),
        ("bytes", Engine::Postgres) => "COLLATE \"C\"".to_owned(),
        // Left as it stands: the engine refuses it, and the test that prepares everything tells.
        (_, _) => format!("{{{fragment}}}"),
    }
}

/// `$1 AS r: id TEXT, due BIGINT`
fn rows_of(engine: Engine, of: &str) -> String {
    let (head, columns) = of.split_once(':').unwrap_or((of, ""));
    let (parameter, alias) = head.split_once(" AS ").unwrap_or((head, "r"));
    if engine == Engine::Postgres {
        return format!("json_to_recordset({parameter}::json) AS {alias}({columns})");
    }
    let columns: Vec<_> = columns
        .split(',')
        .filter_map(|column| column.split_whitespace().next())
        .map(|name| format!("value->>'{name}' AS {name}"))
        .collect();
    format!(
        "(SELECT {} FROM json_each({parameter})) AS {alias}",
        columns.join(", ")
    )
}

#[cfg(test)]
mod tests;
