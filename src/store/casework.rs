//! What staff do to the file of a request, written down. Acts are few: each is a statement or two, in their order,
//! and counts only over the revision that whoever acted had seen.

use serde::Serialize;

use super::case::{EVIDENCE, list};
use super::sealed::{close_json, place};
use super::{Arg, Fault, Tx, chain, item, statements};
use crate::event::Millis;
use crate::event::casework::{CaseAct, Decision, Match, SendBack};

statements! {
    MATCHED = "UPDATE item SET status = 'matched', revision = revision + 1, by_whom = $4, by_at = $5, against = $6,
            valid_then = $7, valid_now = $8
        WHERE case_id = $1 AND name = $2 AND revision = $3";
    SENT_BACK = "UPDATE item SET status = 'sent_back', revision = revision + 1, times = times + 1, by_whom = $4,
            by_at = $5, reason = $6, words = $7, picture = $8, against = NULL, valid_then = NULL, valid_now = NULL
        WHERE case_id = $1 AND name = $2 AND revision = $3";
    BEGUN = "UPDATE case_file SET owner = CASE WHEN owner = '' THEN $2 ELSE owner END, updated_at = $3 WHERE id = $1";
    WAITS = "UPDATE case_file SET was_sent_back = 1, returned_at = NULL, signed_off_by = NULL, signed_off_at = NULL
        WHERE id = $1";
    RETURNED = "UPDATE case_file SET returned_at = r.at FROM {rows $1 AS r: id TEXT, at BIGINT}
        WHERE case_file.id = r.id AND was_sent_back = 1
        AND NOT EXISTS (SELECT 1 FROM item i WHERE i.case_id = case_file.id AND i.status = 'sent_back')";
    UNVOUCHED = "UPDATE case_file SET signed_off_by = NULL, signed_off_at = NULL
        WHERE id IN (SELECT r.id FROM {rows $1 AS r: id TEXT})";
    SIGNED_OFF = "UPDATE case_file SET signed_off_by = $2, signed_off_at = $3, returned_at = NULL WHERE id = $1";
    REGISTERED = "UPDATE case_file SET file_number = $2, checks = $3, registered_by = $4, registered_at = $5
        WHERE id = $1";
    DECIDED = "UPDATE case_file SET decided_by = $2, decided_at = $3 WHERE id = $1";
}

/// One act upon one request.
#[derive(Clone, Debug)]
pub struct Done<'a> {
    pub case: &'a str,
    pub reference: &'a str,
    pub by: &'a str,
    pub act: &'a CaseAct,
    pub at: Millis,
}

/// Writes them down in their order, with the evidence of what is vouched for and decided.
///
/// # Errors
/// As the store's.
pub async fn write(tx: &mut Tx, all: &[Done<'_>]) -> Result<(), Fault> {
    let mut evidence = Vec::new();
    for done in all {
        let begun = [done.case.into(), done.by.into(), done.at.into()];
        tx.run(&BEGUN, &begun).await?;
        match done.act {
            CaseAct::Matched(one) => matched(tx, done, one).await?,
            CaseAct::SentBack(items) => sent_back(tx, done, items).await?,
            CaseAct::SignedOff => {
                tx.run(&SIGNED_OFF, &begun).await?;
                evidence.push(vouched(tx, done).await?);
            }
            CaseAct::Registered {
                file_number,
                checks,
            } => {
                registered(tx, done, file_number, checks).await?;
                let detail = serde_json::json!({"checks": checks, "file_number": file_number});
                evidence.push(link(done, detail, None));
            }
            CaseAct::Decided(decision) => {
                tx.run(&DECIDED, &begun).await?;
                evidence.push(decided(done, decision)?);
            }
        }
    }
    chain::append(tx, EVIDENCE, &evidence).await
}

async fn matched(tx: &mut Tx, done: &Done<'_>, one: &Match) -> Result<(), Fault> {
    let args = [
        done.case.into(),
        one.item.as_str().into(),
        one.over.into(),
        done.by.into(),
        done.at.into(),
        one.against.word().into(),
        i64::from(one.valid_then).into(),
        i64::from(one.valid_now).into(),
    ];
    tx.run(&MATCHED, &args).await?;
    Ok(())
}

async fn sent_back(tx: &mut Tx, done: &Done<'_>, items: &[SendBack]) -> Result<(), Fault> {
    let seal = tx.seal();
    for one in items {
        let row = item::row_name(done.case, &one.item);
        let words = one
            .words
            .as_ref()
            .map(|words| seal.close(place("item", &row, "words"), words.as_bytes()));
        let picture = one
            .picture
            .as_ref()
            .map(|picture| close_json(&seal, place("item", &row, "picture"), picture))
            .transpose()?;
        let args = [
            done.case.into(),
            one.item.as_str().into(),
            one.over.into(),
            done.by.into(),
            done.at.into(),
            one.reason.as_str().into(),
            words.as_deref().into(),
            picture.as_deref().into(),
        ];
        tx.run(&SENT_BACK, &args).await?;
    }
    tx.run(&WAITS, &[done.case.into()]).await?;
    Ok(())
}

async fn registered(
    tx: &mut Tx,
    done: &Done<'_>,
    file_number: &str,
    checks: &[String],
) -> Result<(), Fault> {
    let checks = list(checks)?;
    let args = [
        done.case.into(),
        file_number.into(),
        checks.as_str().into(),
        done.by.into(),
        done.at.into(),
    ];
    tx.run(&REGISTERED, &args).await?;
    Ok(())
}

/// What a sign-off vouches for: every item as it stood, with what it was matched against.
async fn vouched(tx: &mut Tx, done: &Done<'_>) -> Result<chain::Link, Fault> {
    #[derive(Serialize)]
    struct Vouched {
        item: String,
        value: crate::dialog::value::Value,
        against: Option<&'static str>,
        by: String,
        valid_then: Option<bool>,
        valid_now: Option<bool>,
    }
    let items = item::of(tx, &[done.case]).await?;
    let vouched: Vec<_> = items
        .into_iter()
        .map(|one| Vouched {
            item: one.name,
            value: one.value,
            against: one.check.against.map(|against| against.word()),
            by: one.check.by,
            valid_then: one.check.valid_then,
            valid_now: one.check.valid_now,
        })
        .collect();
    let detail = serde_json::json!({"items": vouched.len()});
    let value = serde_json::to_string(&vouched)
        .map_err(|error| Fault::Poison(format!("writing a sign-off: {error}")))?;
    Ok(link(done, detail, Some(value)))
}

/// The internal reason is erased with the person; that there was one, and why early, is told by the detail.
fn decided(done: &Done<'_>, decision: &Decision) -> Result<chain::Link, Fault> {
    let detail = serde_json::json!({
        "from": decision.from,
        "to": decision.to,
        "early": decision.early.is_some(),
    });
    let value = serde_json::to_string(decision)
        .map_err(|error| Fault::Poison(format!("writing a decision: {error}")))?;
    Ok(link(done, detail, Some(value)))
}

fn link(done: &Done<'_>, mut detail: serde_json::Value, value: Option<String>) -> chain::Link {
    if let Some(fields) = detail.as_object_mut() {
        fields.insert("reference".to_owned(), done.reference.into());
    }
    chain::Link {
        at: done.at,
        kind: format!("case.{}", done.act.word()),
        subject: done.case.to_owned(),
        author: done.by.to_owned(),
        detail: detail.to_string(),
        value,
    }
}

/// The person answered something of these requests: what was vouched for is so no more, and what had been sent back
/// lies with its owner again.
///
/// # Errors
/// As the store's.
pub async fn answered(tx: &mut Tx, cases: &[(&str, Millis)]) -> Result<(), Fault> {
    #[derive(Serialize)]
    struct Answered<'a> {
        id: &'a str,
        at: Millis,
    }
    if cases.is_empty() {
        return Ok(());
    }
    let ids = cases.iter().map(|(id, _)| *id);
    tx.run(&UNVOUCHED, &[Arg::ids(ids)?]).await?;
    let rows: Vec<_> = cases
        .iter()
        .map(|(id, at)| Answered { id, at: *at })
        .collect();
    tx.run(&RETURNED, &[Arg::rows(&rows)?]).await?;
    Ok(())
}
