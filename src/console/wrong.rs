//! What a page of the console answers badly: a status here, words and the way on in [`crate::console::door`],
//! where it is known who reads. Never tells inner reasons.

use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};

use super::permission::Permission;
use crate::inbox::Refused;
use crate::store::Fault;

/// Seconds after which a browser may come back when we could not do it.
pub const BUSY_RETRY_SECS: u64 = 2;

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Wrong {
    /// There is no such page or record.
    Missing,
    /// There is one, and this member of staff may not see it: told like [`Wrong::Missing`], and audited.
    Hidden(Hidden),
    /// A link that was used already, or is too old.
    Link,
    /// Not what was agreed: a field missing, a value that no form of ours sends.
    Bad,
    TooLarge,
    /// Changed by somebody else meanwhile.
    Changed,
    /// Signing in over http that others can read.
    Unsafe,
    /// Too many attempts; the seconds to wait.
    Often(u64),
    /// The database or the queue cannot take it now.
    Busy,
    Fault,
}

/// What somebody was not let see.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hidden {
    /// A permission, or the noun of a record: "conversation", "case".
    pub what: String,
    /// The record's id; empty for a page.
    pub id: String,
}

impl Wrong {
    pub fn hidden(what: &str, id: &str) -> Wrong {
        Wrong::Hidden(Hidden {
            what: what.to_string(),
            id: id.to_string(),
        })
    }

    pub fn not_permitted(permission: Permission) -> Wrong {
        Wrong::hidden(permission.words(), "")
    }

    pub fn status(&self) -> StatusCode {
        match self {
            Wrong::Missing | Wrong::Hidden(_) | Wrong::Link => StatusCode::NOT_FOUND,
            Wrong::Bad => StatusCode::BAD_REQUEST,
            Wrong::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
            Wrong::Changed => StatusCode::CONFLICT,
            Wrong::Unsafe => StatusCode::FORBIDDEN,
            Wrong::Often(_) => StatusCode::TOO_MANY_REQUESTS,
            Wrong::Busy => StatusCode::SERVICE_UNAVAILABLE,
            Wrong::Fault => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }

    /// Its sentence in the words of the console.
    pub fn words(&self) -> &'static str {
        match self {
            Wrong::Missing | Wrong::Hidden(_) => "wrong-missing",
            Wrong::Link => "wrong-link",
            Wrong::Bad => "wrong-bad",
            Wrong::TooLarge => "wrong-too-large",
            Wrong::Changed => "wrong-changed",
            Wrong::Unsafe => "wrong-unsafe",
            Wrong::Often(_) => "wrong-often",
            Wrong::Busy => "wrong-busy",
            Wrong::Fault => "wrong-fault",
        }
    }

    pub fn retry_after(&self) -> Option<u64> {
        match self {
            Wrong::Busy => Some(BUSY_RETRY_SECS),
            Wrong::Often(seconds) => Some(*seconds),
            Wrong::Missing
            | Wrong::Hidden(_)
            | Wrong::Link
            | Wrong::Bad
            | Wrong::TooLarge
            | Wrong::Changed
            | Wrong::Unsafe
            | Wrong::Fault => None,
        }
    }
}

impl From<Fault> for Wrong {
    fn from(fault: Fault) -> Wrong {
        match fault.waits() || fault.retries() {
            true => {
                tracing::warn!(%fault, "the console cannot reach the database");
                Wrong::Busy
            }
            false => {
                tracing::error!(%fault, "the console met a fault");
                Wrong::Fault
            }
        }
    }
}

impl From<Refused> for Wrong {
    fn from(_: Refused) -> Wrong {
        Wrong::Busy
    }
}

/// Only the status; the door gives it words.
impl IntoResponse for Wrong {
    fn into_response(self) -> Response {
        let mut response = self.status().into_response();
        response.extensions_mut().insert(self);
        response
    }
}
