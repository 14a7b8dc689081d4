//! Consents and the wish to be left alone: one record per purpose and word, the latest counts. None
//! is ever changed.

use serde::Serialize;

use super::{Arg, Fault, Tx, statements};
use crate::event::Millis;

statements! {
    ADD = "INSERT INTO consent (id, contact_id, purpose, given, version, language, channel, message_id, at)
        SELECT r.id, r.contact_id, r.purpose, r.given, r.version, r.language, r.channel, r.message_id, r.at
        FROM {rows $1 AS r: id TEXT, contact_id TEXT, purpose TEXT, given BIGINT, version TEXT, language TEXT,
            channel TEXT, message_id TEXT, at BIGINT}
        WHERE TRUE ON CONFLICT (id) DO NOTHING";
    OF = "SELECT c.contact_id, c.purpose, c.given, c.version
        FROM {rows $1 AS r: id TEXT} JOIN consent c ON c.contact_id = r.id ORDER BY c.at, c.id";
    OPT = "UPDATE contact SET opted_out_at = r.at, opted_out_scope = r.scope
        FROM {rows $1 AS r: id TEXT, at BIGINT, scope TEXT} WHERE contact.id = r.id";
}

/// One word on one purpose (SAUDI 11).
#[derive(Clone, Debug, Serialize)]
pub struct Consent<'a> {
    pub id: String,
    pub contact_id: &'a str,
    pub purpose: &'a str,
    #[serde(serialize_with = "as_number")]
    pub given: bool,
    /// Of the text that was shown.
    pub version: &'a str,
    pub language: &'a str,
    pub channel: &'a str,
    pub message_id: Option<&'a str>,
    pub at: Millis,
}

fn as_number<S: serde::Serializer>(given: &bool, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_i64(i64::from(*given))
}

/// # Errors
/// As the store's.
pub async fn add(tx: &mut Tx, consents: &[Consent<'_>]) -> Result<(), Fault> {
    if !consents.is_empty() {
        tx.run(&ADD, &[Arg::rows(consents)?]).await?;
    }
    Ok(())
}

/// The words of these contacts: contact, purpose, given, version; the later ones later.
pub(super) async fn of(
    tx: &mut Tx,
    contacts: &Arg,
) -> Result<Vec<(String, String, bool, String)>, Fault> {
    let rows = tx.rows(&OF, std::slice::from_ref(contacts)).await?;
    rows.iter()
        .map(|row| {
            Ok((
                row.text("contact_id")?,
                row.text("purpose")?,
                row.flag("given")?,
                row.text("version")?,
            ))
        })
        .collect()
}

/// A contact who wants no more messages of ours since `at`, or again (None).
#[derive(Clone, Debug, Serialize)]
pub struct Opt<'a> {
    pub id: &'a str,
    pub at: Option<Millis>,
    pub scope: Option<&'a str>,
}

/// # Errors
/// As the store's.
pub async fn opt(tx: &mut Tx, opts: &[Opt<'_>]) -> Result<(), Fault> {
    if !opts.is_empty() {
        tx.run(&OPT, &[Arg::rows(opts)?]).await?;
    }
    Ok(())
}
