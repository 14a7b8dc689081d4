//! What the tests of the whole product stand on: both engines, a server of one's own, a browser.
// A helper that no test uses today is no mistake.
#![allow(dead_code, unused_imports)]

pub mod axe;
pub mod browser;
pub mod desk;
pub mod postgres;
pub mod s3;
pub mod server;
pub mod site;
pub mod talk;
pub mod tls;

pub use server::{Server, Start};

/// A database for one test.
#[derive(Clone, Debug)]
pub struct Engine {
    pub name: &'static str,
    /// None: SQLite in the data folder.
    pub database_url: Option<String>,
}

/// Both engines, each with a fresh database; SQLite alone where PostgreSQL is missing (never in CI).
pub fn engines() -> Vec<Engine> {
    with_postgres(postgres::database())
}

/// As [`engines`], on a PostgreSQL that syncs as in earnest.
pub fn durable_engines() -> Vec<Engine> {
    with_postgres(postgres::durable_database())
}

fn with_postgres(url: Option<String>) -> Vec<Engine> {
    let sqlite = Engine {
        name: "SQLite",
        database_url: None,
    };
    let postgres = url.map(|url| Engine {
        name: "PostgreSQL",
        database_url: Some(url),
    });
    std::iter::once(sqlite).chain(postgres).collect()
}
