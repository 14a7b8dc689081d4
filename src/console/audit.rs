//! The audit trail: who saw, searched, revealed, changed, exported, decided. Written in the transaction of what it
//! tells of, into the chain that `wasl verify` proves. It never holds what was said or sought in the open.

use serde_json::Value;

use super::now;
use crate::store::chain::{self, Link};
use crate::store::{Fault, Tx, verify};

/// What somebody did.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Act {
    Saw,
    Searched,
    /// Saw a sensitive value, for a reason.
    Revealed,
    Changed,
    Exported,
    Decided,
    /// Asked for what is not theirs to see.
    Refused,
    SignedIn,
    SignedOut,
    /// A wrong password or code for an account that exists.
    Failed,
}

impl Act {
    pub const ALL: [Act; 10] = [
        Act::Saw,
        Act::Searched,
        Act::Revealed,
        Act::Changed,
        Act::Exported,
        Act::Decided,
        Act::Refused,
        Act::SignedIn,
        Act::SignedOut,
        Act::Failed,
    ];

    /// In the chain.
    pub fn word(self) -> &'static str {
        match self {
            Act::Saw => "saw",
            Act::Searched => "searched",
            Act::Revealed => "revealed",
            Act::Changed => "changed",
            Act::Exported => "exported",
            Act::Decided => "decided",
            Act::Refused => "refused",
            Act::SignedIn => "signed_in",
            Act::SignedOut => "signed_out",
            Act::Failed => "failed",
        }
    }

    /// Its name in the words of the console.
    pub fn words(self) -> &'static str {
        match self {
            Act::Saw => "act-saw",
            Act::Searched => "act-searched",
            Act::Revealed => "act-revealed",
            Act::Changed => "act-changed",
            Act::Exported => "act-exported",
            Act::Decided => "act-decided",
            Act::Refused => "act-refused",
            Act::SignedIn => "act-signed-in",
            Act::SignedOut => "act-signed-out",
            Act::Failed => "act-failed",
        }
    }
}

/// Notes what `staff` (an id) did to a subject (an id, or a name of ours), in the open transaction. `detail` stays
/// when a person is erased: it holds codes and ids, never words of or about a person.
///
/// # Errors
/// As the store's.
pub async fn note(
    tx: &mut Tx,
    staff: &str,
    act: Act,
    subject: &str,
    detail: &Value,
) -> Result<(), Fault> {
    note_sealed(tx, staff, act, subject, detail, None).await
}

/// Notes that `staff` changed a subject, and what of it in a few words of ours.
///
/// # Errors
/// As the store's.
pub async fn changed(tx: &mut Tx, staff: &str, subject: &str, what: &str) -> Result<(), Fault> {
    let detail = serde_json::json!({ "what": what });
    note(tx, staff, Act::Changed, subject, &detail).await
}

/// As [`note`], with words that are sealed, and erased with their subject: what was sought, why it was revealed.
///
/// # Errors
/// As the store's.
pub async fn note_sealed(
    tx: &mut Tx,
    staff: &str,
    act: Act,
    subject: &str,
    detail: &Value,
    words: Option<&str>,
) -> Result<(), Fault> {
    let link = Link {
        at: now(),
        kind: act.word().to_string(),
        subject: subject.to_string(),
        author: staff.to_string(),
        detail: detail.to_string(),
        value: words.map(str::to_string),
    };
    chain::append(tx, verify::AUDIT, &[link]).await
}

/// How long a reason counts that was given for seeing the sensitive values of a subject: a shift.
pub const REASON_MILLIS: i64 = 12 * 3600 * 1000;

/// Whether this one said within their shift why they see the sensitive values of a subject.
///
/// # Errors
/// As the store's.
pub async fn reason_given(tx: &mut Tx, staff: &str, subject: &str) -> Result<bool, Fault> {
    let since = now() - REASON_MILLIS;
    chain::has(
        tx,
        verify::AUDIT,
        subject,
        staff,
        Act::Revealed.word(),
        since,
    )
    .await
}
