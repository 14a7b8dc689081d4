//! Marks: what became of messages on their way, as providers and the outbox tell it. Set-based, forward
//! only, and without any State: no mark makes the bot say something.

use std::collections::{BTreeMap, BTreeSet};

use crate::event::{Millis, Moved, Reach, Reached, Receipt};
use crate::store::early_receipt::{self, Early};
use crate::store::handover::{self, Alert};
use crate::store::message::{self, Fate, Sent};
use crate::store::outbox::{self, At, Ended, Ending};
use crate::store::{Fault, Tx, id, reach};

use super::rows;
use crate::dialog::turn::AlertKind;

/// One thing that became known about a message of ours.
#[derive(Clone, Debug, PartialEq)]
pub enum Mark {
    /// An attempt of the outbox came to an end.
    Attempt(Box<Attempt>),
    /// A provider told how far a message came.
    Receipt(Receipt),
    /// A platform told whether somebody can be reached.
    Reach(Reach),
    /// A platform told that an address became another.
    Moved(Moved),
}

#[derive(Clone, Debug, PartialEq)]
pub struct Attempt {
    pub conversation: String,
    pub seq: i64,
    pub ending: Ending,
    pub provider_id: Option<String>,
    /// Staff must look: nobody else will say that it did not arrive.
    pub alert: bool,
    pub at: Millis,
}

/// # Errors
/// As the store's.
pub async fn write(tx: &mut Tx, marks: &[&Mark]) -> Result<(), Fault> {
    let (mut attempts, mut receipts, mut reaches) = (Vec::new(), Vec::new(), Vec::new());
    for mark in marks {
        match mark {
            Mark::Attempt(attempt) => attempts.push(&**attempt),
            Mark::Receipt(receipt) => receipts.push(receipt),
            Mark::Reach(reach) => reaches.push(reach),
            Mark::Moved(moved) => reach::moved(tx, moved).await?,
        }
    }
    reach::told(tx, &reaches).await?;
    if !attempts.is_empty() {
        write_attempts(tx, &attempts).await?;
    }
    if !receipts.is_empty() {
        write_receipts(tx, &receipts).await?;
    }
    Ok(())
}

async fn write_attempts(tx: &mut Tx, attempts: &[&Attempt]) -> Result<(), Fault> {
    let endings: Vec<_> = attempts.iter().map(|one| one.ending.clone()).collect();
    let held = outbox::end(tx, &endings).await?;
    // Whoever lost the lease says nothing about the message: another tries it now.
    let held: Vec<_> = attempts
        .iter()
        .filter(|one| held.contains(&one.ending.id))
        .collect();
    let fates: Vec<_> = held
        .iter()
        .filter(|one| !matches!(one.ending.state, Ended::Again { .. }))
        .map(|one| Fate {
            conversation_id: &one.conversation,
            seq: one.seq,
            status: one.ending.state.word(),
            reason: one.ending.reason.as_deref(),
            at: one.at,
            provider_id: one.provider_id.as_deref(),
        })
        .collect();
    message::fate(tx, &fates).await?;
    let alerts: Vec<_> = held
        .iter()
        .filter(|one| one.alert)
        .map(|one| Alert {
            id: id::at(one.at, digest(&one.ending.id)),
            conversation_id: one.conversation.clone(),
            kind: rows::word(&AlertKind::Undelivered),
            at: one.at,
        })
        .collect();
    handover::alert(tx, &alerts).await?;
    catch_up(tx, &held).await
}

/// A status may be quicker than the answer to our own call: what was kept of it counts now.
async fn catch_up(tx: &mut Tx, held: &[&&Attempt]) -> Result<(), Fault> {
    let sent: Vec<_> = held
        .iter()
        .filter(|one| one.provider_id.is_some())
        .map(|one| At {
            conversation_id: one.conversation.clone(),
            seq: one.seq,
        })
        .collect();
    let early = early_receipt::take_for(tx, &sent).await?;
    let receipts: Vec<Receipt> = early.into_iter().filter_map(receipt_of).collect();
    match receipts.is_empty() {
        true => Ok(()),
        false => write_receipts(tx, &receipts.iter().collect::<Vec<_>>()).await,
    }
}

fn receipt_of(early: Early) -> Option<Receipt> {
    Some(Receipt {
        reached: Reached::of(&early.reached)?,
        channel: early.channel,
        provider_id: early.provider_id,
        reason: early.reason,
        at: early.at,
    })
}

/// Keeps what is about no message that we know yet; of two about one message what came farther.
async fn keep_early(tx: &mut Tx, unmatched: &[&Receipt]) -> Result<(), Fault> {
    let Some(now) = unmatched.iter().map(|receipt| receipt.at).max() else {
        return Ok(());
    };
    let ids: Vec<_> = unmatched
        .iter()
        .map(|one| (one.channel.as_str(), one.provider_id.as_str()))
        .collect();
    let before = early_receipt::take(tx, &ids).await?;
    let before: Vec<Receipt> = before.into_iter().filter_map(receipt_of).collect();
    let all: Vec<&Receipt> = before.iter().chain(unmatched.iter().copied()).collect();
    let early: Vec<Early> = farthest(&all)
        .into_values()
        .map(|receipt| Early {
            channel: receipt.channel.clone(),
            provider_id: receipt.provider_id.clone(),
            reached: receipt.reached.word().to_owned(),
            reason: receipt.reason.clone(),
            at: receipt.at,
        })
        .collect();
    early_receipt::keep(tx, &early).await?;
    early_receipt::forget(tx, now).await
}

/// The alert about a message is known by that message.
fn digest(id: &str) -> [u8; 16] {
    crate::event::Seed([0; 16]).derive(&format!("alert:{id}"))
}

async fn write_receipts(tx: &mut Tx, receipts: &[&Receipt]) -> Result<(), Fault> {
    let farthest = farthest(receipts);
    let ids: Vec<_> = farthest.keys().copied().collect();
    let found = message::by_provider(tx, &ids).await?;
    let mut written = BTreeSet::new();
    let mut fates = Vec::new();
    for message in &found {
        let Some(receipt) = farthest.get(&(&message.channel, &message.provider_id)) else {
            continue;
        };
        let forward = Reached::of(&message.status).is_none_or(|stands| stands < receipt.reached);
        if forward && written.insert((&message.conversation, message.seq)) {
            fates.push(fate(message, receipt));
        }
    }
    message::fate(tx, &fates).await?;
    let known: BTreeSet<_> = found
        .iter()
        .map(|one| (one.channel.as_str(), one.provider_id.as_str()))
        .collect();
    let unmatched: Vec<_> = farthest
        .iter()
        .filter(|(id, _)| !known.contains(*id))
        .map(|(_, receipt)| *receipt)
        .collect();
    keep_early(tx, &unmatched).await
}

/// Of several receipts about one message the one that came farthest counts.
fn farthest<'a>(receipts: &[&'a Receipt]) -> BTreeMap<(&'a str, &'a str), &'a Receipt> {
    let mut farthest: BTreeMap<_, &Receipt> = BTreeMap::new();
    for receipt in receipts {
        let key = (receipt.channel.as_str(), receipt.provider_id.as_str());
        let known = farthest.entry(key).or_insert(receipt);
        if known.reached < receipt.reached {
            *known = receipt;
        }
    }
    farthest
}

fn fate<'a>(message: &'a Sent, receipt: &'a Receipt) -> Fate<'a> {
    Fate {
        conversation_id: &message.conversation,
        seq: message.seq,
        status: receipt.reached.word(),
        reason: receipt.reason.as_deref(),
        at: receipt.at,
        provider_id: None,
    }
}
