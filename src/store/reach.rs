//! Whether and how somebody can be reached: when they were last heard, what an answer to them hangs on, why
//! nothing arrives at an address, and addresses that became others.

use std::collections::BTreeMap;

use serde::Serialize;

use super::identity::{self, Identity};
use super::sealed::{close_json, open_json, place};
use super::{Arg, Fault, Tx, statements};
use crate::event::{Millis, Moved, Reach, Thread};

/// Why an address that became another is not written to.
const MOVED: &str = "the address moved";

/// The scope of an opt-out that came by the platform.
const PLATFORM: &str = "platform";

statements! {
    HEARD = "UPDATE identity SET barred = NULL, barred_at = NULL,
            thread = COALESCE(r.thread, identity.thread),
            heard_at = CASE WHEN identity.heard_at > r.at THEN identity.heard_at ELSE r.at END
        FROM {rows $1 AS r: id TEXT, at BIGINT, thread TEXT} WHERE identity.id = r.id";
    BAR = "UPDATE identity SET barred = r.barred,
            barred_at = CASE WHEN r.barred IS NULL THEN NULL ELSE COALESCE(identity.barred_at, r.at) END
        FROM {rows $1 AS r: id TEXT, barred TEXT, at BIGINT}
        WHERE identity.id = r.id AND COALESCE(identity.heard_at, 0) <= r.at";
    OPT_OUT = "UPDATE contact SET opted_out_at = r.at, opted_out_scope = r.scope
        FROM {rows $1 AS r: id TEXT, at BIGINT, scope TEXT}
        WHERE contact.id = r.id AND contact.opted_out_at IS NULL";
    CLOSE = "UPDATE identity SET heard_at = NULL WHERE id = $1";
    NUDGED = "UPDATE identity SET nudged_at = $2 WHERE id = $1";
    RENAME = "UPDATE identity SET address_key = $2, address = $3, also_key = NULL, also = NULL,
            barred = NULL, barred_at = NULL
        WHERE id = $1";
    SPEAK_FROM = "UPDATE conversation SET identity_id = $2 WHERE identity_id = $1";
    SEND_TO = "UPDATE outbox SET identity_id = $2 WHERE identity_id = $1 AND state IN ('waiting', 'parked')";
    CONTACT_OF = "SELECT k.id, k.merged_into FROM contact k WHERE k.id = $1";
    MERGE = "UPDATE contact SET merged_into = $2 WHERE id = $1 OR merged_into = $1";
}

/// Somebody wrote from an identity of theirs.
#[derive(Clone, Debug)]
pub struct Heard<'a> {
    pub identity: &'a str,
    pub at: Millis,
    /// What an answer hangs on, where the channel names its messages.
    pub thread: Option<Thread>,
}

/// Who writes can be reached again, and the platform's window is open.
///
/// # Errors
/// As the store's.
pub async fn heard(tx: &mut Tx, heard: &BTreeMap<&str, Heard<'_>>) -> Result<(), Fault> {
    #[derive(Serialize)]
    struct Row<'a> {
        id: &'a str,
        at: Millis,
        thread: Option<String>,
    }
    if heard.is_empty() {
        return Ok(());
    }
    let seal = tx.seal();
    let row = |one: &Heard<'_>| {
        let close = |thread| close_json(&seal, place("identity", one.identity, "thread"), thread);
        Ok((one.at, one.thread.as_ref().map(close).transpose()?))
    };
    let rows = heard
        .values()
        .map(|one| {
            let (at, thread) = row(one)?;
            Ok(Row {
                id: one.identity,
                at,
                thread,
            })
        })
        .collect::<Result<Vec<_>, Fault>>()?;
    tx.run(&HEARD, &[Arg::rows(&rows)?]).await?;
    Ok(())
}

/// Whether people can be reached, as platforms tell it. Older news than their last word changes nothing.
///
/// # Errors
/// As the store's.
pub async fn told(tx: &mut Tx, reaches: &[&Reach]) -> Result<(), Fault> {
    #[derive(Serialize)]
    struct Bar<'a> {
        id: String,
        barred: Option<&'a str>,
        at: Millis,
    }
    #[derive(Serialize)]
    struct Out {
        id: String,
        at: Millis,
        scope: &'static str,
    }
    let (mut bars, mut outs) = (BTreeMap::new(), BTreeMap::new());
    for reach in reaches {
        let Some(spoken) = identity::find(tx, &reach.address).await? else {
            continue;
        };
        if reach.opted_out {
            let out = Out {
                id: spoken.contact.clone(),
                at: reach.at,
                scope: PLATFORM,
            };
            outs.insert(spoken.contact, out);
        }
        // Of several news about one address the last counts.
        let bar = Bar {
            id: spoken.identity.clone(),
            barred: reach.barred.as_deref(),
            at: reach.at,
        };
        bars.insert(spoken.identity, bar);
    }
    if !bars.is_empty() {
        let bars: Vec<_> = bars.into_values().collect();
        tx.run(&BAR, &[Arg::rows(&bars)?]).await?;
    }
    if !outs.is_empty() {
        let outs: Vec<_> = outs.into_values().collect();
        tx.run(&OPT_OUT, &[Arg::rows(&outs)?]).await?;
    }
    Ok(())
}

/// Nothing arrives at this identity, as a refused message told.
///
/// # Errors
/// As the store's.
pub async fn bar(tx: &mut Tx, identity: &str, why: &str, at: Millis) -> Result<(), Fault> {
    #[derive(Serialize)]
    struct Bar<'a> {
        id: &'a str,
        barred: &'a str,
        at: Millis,
    }
    let bar = Bar {
        id: identity,
        barred: why,
        at,
    };
    tx.run(&BAR, &[Arg::rows(&[bar])?]).await?;
    Ok(())
}

/// The platform says that we may not write freely to this identity now.
///
/// # Errors
/// As the store's.
pub async fn close(tx: &mut Tx, identity: &str) -> Result<(), Fault> {
    tx.run(&CLOSE, &[identity.into()]).await?;
    Ok(())
}

/// The person was asked to write, so that what waits for them can leave.
///
/// # Errors
/// As the store's.
pub async fn nudged(tx: &mut Tx, identity: &str, at: Millis) -> Result<(), Fault> {
    tx.run(&NUDGED, &[identity.into(), at.into()]).await?;
    Ok(())
}

/// An address became another: its identity gets it. Who wrote from the new one already is the same
/// contact from now on, and what waits for the old address goes to the new one.
///
/// # Errors
/// As the store's.
pub async fn moved(tx: &mut Tx, moved: &Moved) -> Result<(), Fault> {
    let Some(old) = identity::find(tx, &moved.from).await? else {
        return Ok(());
    };
    let Some(new) = identity::find(tx, &moved.to).await? else {
        let seal = tx.seal();
        let sealed = seal.close(
            place("identity", &old.identity, "address"),
            moved.to.id.as_bytes(),
        );
        let key = identity::key_of(&seal, &moved.to);
        let args = [
            old.identity.as_str().into(),
            key.as_str().into(),
            sealed.as_str().into(),
        ];
        tx.run(&RENAME, &args).await?;
        return Ok(());
    };
    if old.identity == new.identity {
        return Ok(());
    }
    merge(tx, &new.contact, &old.contact).await?;
    let both = [old.identity.as_str().into(), new.identity.as_str().into()];
    tx.run(&SPEAK_FROM, &both).await?;
    tx.run(&SEND_TO, &both).await?;
    bar(tx, &old.identity, MOVED, moved.at).await
}

/// One contact is another from now on: their addresses, requests and histories count together. Nothing is
/// renumbered, so that it can be undone.
///
/// # Errors
/// As the store's.
pub async fn merge(tx: &mut Tx, contact: &str, into: &str) -> Result<(), Fault> {
    let main = main_of(tx, into).await?;
    if main_of(tx, contact).await? != main {
        tx.run(&MERGE, &[contact.into(), main.as_str().into()])
            .await?;
    }
    Ok(())
}

async fn main_of(tx: &mut Tx, contact: &str) -> Result<String, Fault> {
    let row = tx.row(&CONTACT_OF, &[contact.into()]).await?;
    let merged = row.map(|row| row.opt_text("merged_into")).transpose()?;
    Ok(merged.flatten().unwrap_or_else(|| contact.to_owned()))
}

/// What an answer to an identity hangs on, out of its sealed column.
///
/// # Errors
/// When the value was changed since it was sealed.
pub(super) fn thread(
    seal: &crate::seal::Seal,
    identity: &str,
    sealed: Option<String>,
) -> Result<Option<Thread>, Fault> {
    let open = |sealed: String| open_json(seal, place("identity", identity, "thread"), &sealed);
    sealed.map(open).transpose()
}

/// Where else a contact can be reached now, the one heard last first: not barred, and not this one.
///
/// # Errors
/// As the store's.
pub async fn others(tx: &mut Tx, contact: &str, but: &str) -> Result<Vec<Identity>, Fault> {
    let mut others = identity::of_contact(tx, contact).await?;
    others.retain(|one| one.id != but && one.barred.is_none());
    others.sort_by_key(|one| std::cmp::Reverse(one.heard_at));
    Ok(others)
}
