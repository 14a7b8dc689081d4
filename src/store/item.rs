//! The answers of a request, one row each, sealed: what staff match. A later answer to the same slot
//! takes the place of the earlier one; the evidence keeps what was signed.

use serde::Serialize;

use super::case::{Opening, list, listed};
use super::sealed::{close_json, open_json, open_text, place};
use super::{Arg, Fault, Row, Tx, statements};
use crate::dialog::value::{Given, Value};
use crate::event::casework::{Against, ItemStatus, KnownItem};
use crate::event::{Attachment, Millis};
use crate::seal::Seal;

statements! {
    PUT = "INSERT INTO item (case_id, name, value, flags, label, sensitive, message_id, channel, at, version)
        SELECT r.case_id, r.name, r.value, r.flags, NULL, r.sensitive, r.message_id, r.channel, r.at, r.version
        FROM {rows $1 AS r: case_id TEXT, name TEXT, value TEXT, flags TEXT, sensitive BIGINT, message_id TEXT,
            channel TEXT, at BIGINT, version TEXT}
        WHERE TRUE ON CONFLICT (case_id, name) DO UPDATE
        SET value = excluded.value, flags = excluded.flags, message_id = excluded.message_id,
            channel = excluded.channel, at = excluded.at, version = excluded.version, revision = item.revision + 1,
            status = CASE WHEN item.status = 'sent_back' THEN 'answered' ELSE 'open' END";
    OF = "SELECT i.* FROM {rows $1 AS r: id TEXT} JOIN item i ON i.case_id = r.id ORDER BY i.case_id, i.name";
}

/// One answer of a request.
#[derive(Clone, Debug, PartialEq)]
pub struct Item {
    pub case: String,
    /// The field or slot.
    pub name: String,
    pub value: Value,
    /// Words of `Flag`.
    pub flags: Vec<String>,
    /// Staff's word on it.
    pub label: Option<String>,
    pub sensitive: bool,
    pub message_id: Option<String>,
    pub channel: String,
    pub at: Millis,
    pub version: String,
    /// How it stands with staff.
    pub check: Check,
}

/// What staff made of an item.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Check {
    /// Grows with every act upon it and every answer to it.
    pub revision: i64,
    pub status: ItemStatus,
    /// How often it was sent back.
    pub times: i64,
    /// Who acted upon it last, and when.
    pub by: String,
    pub at: Option<Millis>,
    pub against: Option<Against>,
    pub valid_then: Option<bool>,
    pub valid_now: Option<bool>,
    /// A reason of cases.yaml, an officer's own words, a picture of what is wanted.
    pub reason: String,
    pub words: Option<String>,
    pub picture: Option<Attachment>,
}

/// An answer for a request that is open already.
#[derive(Clone, Debug)]
pub struct Supplement<'a> {
    pub case: &'a str,
    pub name: &'a str,
    pub given: &'a Given,
    pub sensitive: bool,
}

/// Puts answers into their requests; a name of one request at most once in a call.
///
/// # Errors
/// As the store's.
pub async fn put(tx: &mut Tx, supplements: &[Supplement<'_>]) -> Result<(), Fault> {
    let seal = tx.seal();
    let rows: Vec<_> = supplements
        .iter()
        .map(|one| stored(&seal, one))
        .collect::<Result<_, _>>()?;
    if !rows.is_empty() {
        tx.run(&PUT, &[Arg::rows(&rows)?]).await?;
    }
    Ok(())
}

/// The answers of requests that were just opened.
pub(super) async fn add_all(tx: &mut Tx, kept: &[(&str, &Opening<'_>)]) -> Result<(), Fault> {
    let mut all = Vec::new();
    for (case, opening) in kept {
        for (name, given) in &opening.submission.answers {
            let sensitive = opening.submission.sensitive.contains(name);
            all.push(Supplement {
                case,
                name,
                given,
                sensitive,
            });
        }
    }
    put(tx, &all).await
}

/// The answers of these requests, by request and name.
///
/// # Errors
/// As the store's.
pub async fn of(tx: &mut Tx, cases: &[&str]) -> Result<Vec<Item>, Fault> {
    let rows = tx.rows(&OF, &[Arg::ids(cases.iter().copied())?]).await?;
    let seal = tx.seal();
    rows.iter()
        .map(|row| {
            let (case, name) = (row.text("case_id")?, row.text("name")?);
            let value = open_json(
                &seal,
                place("item", &row_name(&case, &name), "value"),
                &row.text("value")?,
            )?;
            Ok(Item {
                check: check(&seal, row, &row_name(&case, &name))?,
                value,
                flags: listed(row, "flags")?,
                label: row.opt_text("label")?,
                sensitive: row.flag("sensitive")?,
                message_id: row.opt_text("message_id")?,
                channel: row.text("channel")?,
                at: row.int("at")?,
                version: row.text("version")?,
                case,
                name,
            })
        })
        .collect()
}

fn check(seal: &Seal, row: &Row, name: &str) -> Result<Check, Fault> {
    let words = row.opt_text("words")?;
    let words = words.map(|sealed| open_text(seal, place("item", name, "words"), &sealed));
    let picture = row.opt_text("picture")?;
    let picture = picture.map(|sealed| open_json(seal, place("item", name, "picture"), &sealed));
    let flag = |column| Ok(row.opt_int(column)?.map(|flag| flag == 1));
    Ok(Check {
        revision: row.int("revision")?,
        status: ItemStatus::read(&row.text("status")?).unwrap_or_default(),
        times: row.int("times")?,
        by: row.text("by_whom")?,
        at: row.opt_int("by_at")?,
        against: row
            .opt_text("against")?
            .and_then(|word| Against::read(&word)),
        valid_then: flag("valid_then")?,
        valid_now: flag("valid_now")?,
        reason: row.text("reason")?,
        words: words.transpose()?,
        picture: picture.transpose()?,
    })
}

impl Item {
    /// What a talk must know of it.
    pub fn known(self) -> KnownItem {
        KnownItem {
            name: self.name,
            value: self.value,
            revision: self.check.revision,
            status: self.check.status,
            times: self.check.times,
            by: self.check.by,
            reason: self.check.reason,
            words: self.check.words,
            picture: self.check.picture,
        }
    }
}

#[derive(Serialize)]
struct Stored<'a> {
    case_id: &'a str,
    name: &'a str,
    value: String,
    flags: String,
    sensitive: i64,
    message_id: Option<&'a str>,
    channel: &'a str,
    at: Millis,
    version: &'a str,
}

fn stored<'a>(seal: &Seal, one: &Supplement<'a>) -> Result<Stored<'a>, Fault> {
    let row = row_name(one.case, one.name);
    Ok(Stored {
        case_id: one.case,
        name: one.name,
        value: close_json(seal, place("item", &row, "value"), &one.given.value)?,
        flags: list(&one.given.flags)?,
        sensitive: i64::from(one.sensitive),
        message_id: one.given.message_id.as_deref(),
        channel: &one.given.channel,
        at: one.given.at,
        version: &one.given.version,
    })
}

/// How an answer is named where one name is wanted.
pub(super) fn row_name(case: &str, name: &str) -> String {
    format!("{case}:{name}")
}
