//! All SQL: one text for SQLite and PostgreSQL, run through the thin port below. Where the engines
//! differ, the difference stands in this file and nowhere else. It never decides what is said or done.

pub mod attachment;
pub mod backup;
pub mod case;
pub mod chain;
pub mod consent;
pub mod conversation;
pub mod dialog_set;
pub mod erase;
pub mod event;
pub mod export;
pub mod fault;
pub mod handover;
pub mod heads;
pub mod id;
pub mod identity;
pub mod item;
pub mod known;
pub mod message;
pub mod migrate;
pub mod object;
pub mod open;
pub mod outbox;
pub mod person;
pub mod restore;
pub mod row;
pub mod schema;
pub mod timer;
pub mod verify;

mod homes;
mod opening;
mod sealed;
mod table;

#[cfg(test)]
pub mod test_support;

use std::collections::BTreeMap;
use std::sync::{Arc, OnceLock};

use sqlx::pool::PoolConnection;
use sqlx::postgres::PgListener;
use sqlx::{Executor as _, PgPool, Postgres, Sqlite, SqlitePool};

pub use fault::Fault;
pub use open::{Mode, OpenError, Options};
pub use row::{Arg, Row};
use row::{postgres_arguments, sqlite_arguments};

use crate::seal::Seal;

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

    /// Begins a transaction that writes. On SQLite there is one at a time; others wait in line.
    ///
    /// # Errors
    /// When no connection can be had.
    pub async fn begin_write(&self) -> Result<Tx, Fault> {
        let link = self.writing().await?;
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
        let mut tx = self.tx(self.writing().await?, false);
        tx.raw("VACUUM").await?;
        if tx.engine() == Engine::Sqlite {
            let text = "PRAGMA wal_checkpoint(TRUNCATE)";
            let rows = tx.rows_of("checkpoint", text, &[]).await?;
            let busy = rows.first().map_or(Ok(0), |row| row.int("busy"))?;
            if busy != 0 {
                return Err(Fault::Locked(
                    "a reader keeps old pages in the log".to_owned(),
                ));
            }
        }
        Ok(())
    }

    async fn writing(&self) -> Result<Link, Fault> {
        Ok(match &self.pools {
            Pools::Sqlite { writer, .. } => {
                Link::Sqlite(writer.acquire().await.map_err(connecting)?)
            }
            Pools::Postgres(pool) => Link::Postgres(pool.acquire().await.map_err(connecting)?),
        })
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
        }
        if !self.grown.is_empty() {
            heads::note(&self.place.data_dir, &self.grown);
        }
        Ok(())
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

    /// A statement made of the names of our own schema, never of what anybody said.
    pub(super) async fn made(
        &mut self,
        what: &str,
        text: String,
        args: &[Arg],
    ) -> Result<Vec<Row>, Fault> {
        let text = sqlx::AssertSqlSafe(in_words_of(self.engine(), &text));
        self.rows_of(what, text, args).await
    }

    async fn rows_of(
        &mut self,
        what: &str,
        text: impl sqlx::SqlSafeStr,
        args: &[Arg],
    ) -> Result<Vec<Row>, Fault> {
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

fn connecting(error: sqlx::Error) -> Fault {
    Fault::of("connecting", error)
}

/// One statement, in the text that both engines share. Fragments in braces become each engine's own:
///
/// - `{rows $1 AS r: id TEXT, due BIGINT}`: the JSON rows of a parameter as a table
/// - `{for_update}`, `{for_update OF c}`: lock the rows (SQLite: the one writer has the lock)
/// - `{skip_locked}`: lock them, passing over those another instance holds
/// - `{keyed}`: in migrations, a table stored in the order of its key
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
    case::STATEMENTS,
    chain::STATEMENTS,
    consent::STATEMENTS,
    conversation::STATEMENTS,
    dialog_set::STATEMENTS,
    erase::STATEMENTS,
    event::STATEMENTS,
    handover::STATEMENTS,
    homes::STATEMENTS,
    identity::STATEMENTS,
    item::STATEMENTS,
    known::STATEMENTS,
    message::STATEMENTS,
    migrate::STATEMENTS,
    open::STATEMENTS,
    opening::STATEMENTS,
    outbox::STATEMENTS,
    person::STATEMENTS,
    restore::STATEMENTS,
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
        ("keyed", Engine::Postgres) => String::new(),
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
