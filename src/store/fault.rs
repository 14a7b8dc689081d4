//! What an error of a database means for whoever waits: try again, wait, or give up on this one
//! event. Its texts never carry a value, only codes and names of columns.

/// A failure of the store.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Fault {
    /// Somebody else holds the database longer than we wait.
    #[error("the database is locked: {0}")]
    Locked(String),
    #[error("the disk of the database is full: {0}")]
    Full(String),
    #[error("the database is read-only: {0}")]
    ReadOnly(String),
    /// Not reachable, shutting down, or its files cannot be read.
    #[error("the database is not reachable: {0}")]
    Connection(String),
    /// Two transactions met; running it again at once is right.
    #[error("two transactions met: {0}")]
    Conflict(String),
    /// The statement or its values are refused; running it again gives the same.
    #[error("the database refuses: {0}")]
    Poison(String),
}

impl Fault {
    /// The whole house must wait: nothing is wrong with the event (503, and everything stays).
    pub fn waits(&self) -> bool {
        match self {
            Fault::Locked(_) | Fault::Full(_) | Fault::ReadOnly(_) | Fault::Connection(_) => true,
            Fault::Conflict(_) | Fault::Poison(_) => false,
        }
    }

    /// Worth running again at once.
    pub fn retries(&self) -> bool {
        matches!(self, Fault::Conflict(_))
    }

    /// The fault that an error of a driver stands for, met while doing `what` (a statement's name).
    pub(super) fn of(what: &str, error: sqlx::Error) -> Fault {
        match &error {
            sqlx::Error::Database(database) => of_database(what, &**database),
            sqlx::Error::Io(cause) => Fault::Connection(format!("{what}: {}", cause.kind())),
            sqlx::Error::PoolTimedOut | sqlx::Error::PoolClosed | sqlx::Error::WorkerCrashed => {
                Fault::Connection(format!("{what}: {error}"))
            }
            sqlx::Error::Tls(_) | sqlx::Error::Protocol(_) => {
                Fault::Connection(format!("{what}: {error}"))
            }
            _ => Fault::Poison(format!("{what}: {}", kind_of(&error))),
        }
    }
}

fn of_database(what: &str, error: &dyn sqlx::error::DatabaseError) -> Fault {
    let code = error.code().unwrap_or_default().into_owned();
    if error
        .try_downcast_ref::<sqlx::postgres::PgDatabaseError>()
        .is_some()
    {
        let names = [error.table(), error.constraint()];
        let names: Vec<_> = names.into_iter().flatten().collect();
        return of_sqlstate(
            &code,
            format!("{what}: SQLSTATE {code} {}", names.join(" ")),
        );
    }
    // SQLite's messages name tables and columns, never values.
    of_sqlite(&code, format!("{what}: {error}"))
}

/// <https://www.sqlite.org/rescode.html>; the low byte is the primary code.
fn of_sqlite(code: &str, text: String) -> Fault {
    match code.parse::<i64>().unwrap_or(1) & 0xff {
        5 | 6 => Fault::Locked(text),
        8 => Fault::ReadOnly(text),
        13 => Fault::Full(text),
        // NOMEM, INTERRUPT, IOERR, CORRUPT, CANTOPEN, PROTOCOL, NOLFS, NOTADB: no event is to blame.
        7 | 9 | 10 | 11 | 14 | 15 | 22 | 26 => Fault::Connection(text),
        _ => Fault::Poison(text),
    }
}

/// <https://www.postgresql.org/docs/current/errcodes-appendix.html>
fn of_sqlstate(code: &str, text: String) -> Fault {
    match code {
        "40001" | "40P01" => Fault::Conflict(text),
        "55P03" | "57014" => Fault::Locked(text),
        "53100" => Fault::Full(text),
        "25006" => Fault::ReadOnly(text),
        _ if ["08", "53", "57", "58", "XX"].contains(&code.get(..2).unwrap_or("")) => {
            Fault::Connection(text)
        }
        _ => Fault::Poison(text),
    }
}

/// The kind of an error without its text, which may hold a value.
fn kind_of(error: &sqlx::Error) -> &'static str {
    match error {
        sqlx::Error::RowNotFound => "no row",
        sqlx::Error::ColumnNotFound(_) | sqlx::Error::ColumnIndexOutOfBounds { .. } => {
            "no such column"
        }
        sqlx::Error::ColumnDecode { .. } | sqlx::Error::Decode(_) => "a value of another kind",
        sqlx::Error::Encode(_) => "a value that cannot be written",
        _ => "an unexpected error of the driver",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_of_both_engines_say_who_must_wait_and_who_is_to_blame() {
        let said = |fault: Fault| (fault.waits(), fault.retries());
        let waits = (true, false);
        for (code, expected) in [
            ("5", waits),
            ("517", waits), // BUSY_SNAPSHOT
            ("13", waits),
            ("8", waits),
            ("778", waits),           // IOERR_WRITE
            ("2067", (false, false)), // CONSTRAINT_UNIQUE
            ("1", (false, false)),
        ] {
            assert_eq!(
                said(of_sqlite(code, String::new())),
                expected,
                "SQLite {code}"
            );
        }
        for (code, expected) in [
            ("40001", (false, true)),
            ("40P01", (false, true)),
            ("57P01", waits),
            ("08006", waits),
            ("53100", waits),
            ("53300", waits),
            ("25006", waits),
            ("23505", (false, false)),
            ("22P05", (false, false)),
        ] {
            assert_eq!(
                said(of_sqlstate(code, String::new())),
                expected,
                "PostgreSQL {code}"
            );
        }
    }
}
