//! Marks: what became of messages on their way, as providers and the outbox tell it. Set-based, forward
//! only, and without any State: no mark makes the bot say something.

use std::collections::{BTreeMap, BTreeSet};

use crate::event::{Millis, Moved, Reach, Reached, Receipt, Strange};
use crate::store::handover::{self, Alert};
use crate::store::message::{self, Fate, Sent};
use crate::store::outbox::{self, At, Ended, Ending, Leaving, Refused};
use crate::store::receipt;
use crate::store::{Fault, Tx, id, reach, strange};

use super::rows;
use crate::dialog::turn::AlertKind;

/// One thing that became known about a message of ours.
#[derive(Clone, Debug, PartialEq)]
pub enum Mark {
    /// An attempt of the outbox came to an end.
    Attempt(Box<Attempt>),
    /// A part of a message has left, and more are to come.
    Leaving(Box<Part>),
    /// A provider told how far a message came.
    Receipt(Receipt),
    /// A platform told whether somebody can be reached.
    Reach(Reach),
    /// A platform told that an address became another.
    Moved(Moved),
    /// A platform brought what nobody reads.
    Strange(Strange),
}

#[derive(Clone, Debug, PartialEq)]
pub struct Attempt {
    pub conversation: String,
    pub seq: i64,
    pub ending: Ending,
    pub channel: String,
    /// The provider's ids of its parts that are not told of yet, each with its number.
    pub provider_ids: Vec<(usize, String)>,
    /// What else it taught us.
    pub learned: Option<Learned>,
    /// Staff must look: nobody else will say that it did not arrive.
    pub alert: bool,
    pub at: Millis,
}

/// One part of a message that has left.
#[derive(Clone, Debug, PartialEq)]
pub struct Part {
    pub conversation: String,
    pub seq: i64,
    pub channel: String,
    pub leaving: Leaving,
    /// Of the parts that left since we told last, each with its number.
    pub provider_ids: Vec<(usize, String)>,
}

/// What an attempt taught us of the identity that it went to.
#[derive(Clone, Debug, PartialEq)]
pub enum Learned {
    Barred { identity: String, why: String },
    Moved(Moved),
    WindowClosed { identity: String },
    Nudged { identity: String },
}

/// # Errors
/// As the store's.
pub async fn write(tx: &mut Tx, marks: &[&Mark]) -> Result<(), Fault> {
    let (mut attempts, mut receipts, mut reaches) = (Vec::new(), Vec::new(), Vec::new());
    let (mut parts, mut odd) = (Vec::new(), Vec::new());
    for mark in marks {
        match mark {
            Mark::Attempt(attempt) => attempts.push(&**attempt),
            Mark::Leaving(part) => parts.push(&**part),
            Mark::Receipt(receipt) => receipts.push(receipt),
            Mark::Reach(reach) => reaches.push(reach),
            Mark::Moved(moved) => reach::moved(tx, moved).await?,
            Mark::Strange(one) => odd.push(one),
        }
    }
    reach::told(tx, &reaches).await?;
    if !odd.is_empty() {
        strange::keep(tx, &odd).await?;
    }
    if !parts.is_empty() {
        write_parts(tx, &parts).await?;
    }
    if !attempts.is_empty() {
        write_attempts(tx, &attempts).await?;
    }
    if !receipts.is_empty() {
        write_receipts(tx, &receipts).await?;
    }
    Ok(())
}

async fn write_parts(tx: &mut Tx, parts: &[&Part]) -> Result<(), Fault> {
    let leaving: Vec<_> = parts.iter().map(|part| &part.leaving).collect();
    let held = outbox::leaving(tx, &leaving).await?;
    let held = parts.iter().filter(|part| held.contains(&part.leaving.id));
    let mut named = Vec::new();
    for part in held {
        let first = part.provider_ids.iter().find(|(n, _)| *n == 0);
        if let Some((_, id)) = first {
            message::name(tx, (&part.conversation, part.seq), id).await?;
        }
        named.push(Named::of_part(part));
    }
    tie(tx, &named).await
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
        .filter(|one| {
            one.ending.reason.is_some() || !matches!(one.ending.state, Ended::Again { .. })
        })
        .map(|one| Fate {
            conversation_id: &one.conversation,
            seq: one.seq,
            status: one.ending.state.word(),
            reason: one.ending.reason.as_deref(),
            at: one.at,
            provider_id: one
                .provider_ids
                .iter()
                .find(|(n, _)| *n == 0)
                .map(|(_, id)| id.as_str()),
        })
        .collect();
    message::fate(tx, &fates).await?;
    for one in &held {
        learn(tx, one).await?;
        if let (Ended::Again { .. }, Some((0, id))) = (one.ending.state, one.provider_ids.first()) {
            message::name(tx, (&one.conversation, one.seq), id).await?;
        }
    }
    let named: Vec<_> = held.iter().map(|one| Named::of_attempt(one)).collect();
    tie(tx, &named).await?;
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
    handover::alert(tx, &alerts).await
}

/// Rare, and so one by one.
async fn learn(tx: &mut Tx, attempt: &Attempt) -> Result<(), Fault> {
    if let Some((identity, channel)) = &attempt.ending.elsewhere {
        message::reroute(tx, (&attempt.conversation, attempt.seq), identity, channel).await?;
    }
    match &attempt.learned {
        None => Ok(()),
        Some(Learned::Barred { identity, why }) => reach::bar(tx, identity, why, attempt.at).await,
        Some(Learned::Moved(moved)) => reach::moved(tx, moved).await,
        Some(Learned::WindowClosed { identity }) => reach::close(tx, identity).await,
        Some(Learned::Nudged { identity }) => reach::nudged(tx, identity, attempt.at).await,
    }
}

/// A message and the provider's ids of its parts.
struct Named<'a> {
    conversation: &'a str,
    seq: i64,
    channel: &'a str,
    provider_ids: &'a [(usize, String)],
}

impl<'a> Named<'a> {
    fn of_attempt(attempt: &'a Attempt) -> Named<'a> {
        Named {
            conversation: &attempt.conversation,
            seq: attempt.seq,
            channel: &attempt.channel,
            provider_ids: &attempt.provider_ids,
        }
    }

    fn of_part(part: &'a Part) -> Named<'a> {
        Named {
            conversation: &part.conversation,
            seq: part.seq,
            channel: &part.channel,
            provider_ids: &part.provider_ids,
        }
    }
}

/// Receipts find a message by the provider's ids, also those that came before we knew them.
async fn tie(tx: &mut Tx, held: &[Named<'_>]) -> Result<(), Fault> {
    let parts: Vec<_> = held
        .iter()
        .flat_map(|one| {
            let more = one.provider_ids.iter().filter(|(n, _)| *n > 0);
            more.map(|(n, provider_id)| receipt::Part {
                conversation_id: one.conversation,
                seq: one.seq,
                n: *n,
                channel: one.channel,
                provider_id,
            })
        })
        .collect();
    receipt::parts(tx, &parts).await?;
    let ids: Vec<(&str, &str)> = held
        .iter()
        .flat_map(|one| {
            let ids = one.provider_ids.iter();
            ids.map(|(_, id)| (one.channel, id.as_str()))
        })
        .collect();
    let early = receipt::early(tx, &ids).await?;
    if early.is_empty() {
        return Ok(());
    }
    write_receipts(tx, &early.iter().collect::<Vec<_>>()).await
}

/// The alert about a message is known by that message.
fn digest(id: &str) -> [u8; 16] {
    crate::event::Seed([0; 16]).derive(&format!("alert:{id}"))
}

async fn write_receipts(tx: &mut Tx, receipts: &[&Receipt]) -> Result<(), Fault> {
    let farthest = farthest(receipts);
    let ids: Vec<_> = farthest.keys().copied().collect();
    let mut found = message::by_provider(tx, &ids).await?;
    found.extend(receipt::by_part(tx, &ids).await?);
    keep_early(tx, &farthest, &found).await?;
    let mut written = BTreeSet::new();
    let (mut fates, mut refused) = (Vec::new(), Vec::new());
    for message in &found {
        let Some(receipt) = farthest.get(&(&message.channel, &message.provider_id)) else {
            continue;
        };
        let stands = Reached::of(&message.status);
        let forward = stands.is_none_or(|stands| stands < receipt.reached);
        // Of a message in parts one may fail while the next still leaves.
        let refuses =
            receipt.reached == Reached::Failed && (forward || stands == Some(Reached::Failed));
        refused.extend(refuses.then(|| no(message, receipt)));
        if forward && written.insert((&message.conversation, message.seq)) {
            fates.push(fate(message, receipt));
        }
    }
    message::fate(tx, &fates).await?;
    outbox::refuse(tx, &refused).await
}

/// The platform took a message and refuses it after all: it is looked for another way, or it is told that it
/// never arrived.
fn no(message: &Sent, receipt: &Receipt) -> Refused {
    Refused {
        at: At {
            conversation_id: message.conversation.clone(),
            seq: message.seq,
        },
        reason: receipt
            .reason
            .clone()
            .unwrap_or_else(|| "the platform refused it".to_owned()),
        told_at: receipt.at,
    }
}

/// A platform may tell of a message before its own answer to our call has come.
async fn keep_early(
    tx: &mut Tx,
    farthest: &BTreeMap<(&str, &str), &Receipt>,
    found: &[Sent],
) -> Result<(), Fault> {
    let known: BTreeSet<(&str, &str)> = found
        .iter()
        .map(|one| (one.channel.as_str(), one.provider_id.as_str()))
        .collect();
    let early: Vec<_> = farthest
        .iter()
        .filter(|(id, _)| !known.contains(*id))
        .map(|(_, receipt)| *receipt)
        .collect();
    let now = early.iter().map(|receipt| receipt.at).max().unwrap_or(0);
    receipt::keep(tx, &early, now).await
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
