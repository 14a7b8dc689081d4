//! Going on elsewhere: codes that join two contacts, and what undoes it. A code is found by its keyed hash and
//! stored nowhere; joining sets one pointer and renumbers nothing, so that parting clears it.

use serde::Serialize;

use super::note::{self, Note};
use super::timer::{self, Timer};
use super::{Arg, Fault, Row, Tx, conversation, id, statements};
use crate::dialog::turn::{Entered, LINK_MILLIS, Onward};
use crate::event::{Control, Millis, Seed};

/// How long a wrong code is remembered (milliseconds).
const TRIES_MILLIS: Millis = 60 * 60 * 1_000;
/// Wrong codes of one identity within that time; then only one in each rest.
const TRIES_MAX: i64 = 5;
/// The rest behind them (milliseconds).
const REST_MILLIS: Millis = 15 * 60 * 1_000;
/// Wrong codes of everybody within that time: guessing from many addresses finds one of 4.3e9 codes no sooner.
const ALL_TRIES_MAX: i64 = 500;

statements! {
    FORGET = "DELETE FROM link WHERE joined_at IS NULL AND (expires_at < $1 OR conversation_id IN (
        SELECT r.conversation_id FROM {rows $2 AS r: conversation_id TEXT}))";
    OFFER = "INSERT INTO link (id, code_key, contact_id, conversation_id, identity_id, expires_at)
        SELECT r.id, r.code_key, r.contact_id, r.conversation_id, r.identity_id, r.expires_at
        FROM {rows $1 AS r: id TEXT, code_key TEXT, contact_id TEXT, conversation_id TEXT, identity_id TEXT,
            expires_at BIGINT}
        WHERE TRUE ON CONFLICT DO NOTHING";
    FIND = "SELECT l.id, l.contact_id, l.conversation_id, i.channel, c.control, c.control_by
        FROM link l JOIN identity i ON i.id = l.identity_id JOIN conversation c ON c.id = l.conversation_id
        WHERE l.code_key = $1 AND l.expires_at >= $2 AND l.by_identity IS NULL";
    ENTER = "UPDATE link SET by_contact = $2, by_conversation = $3, by_identity = $4, expires_at = $5
        WHERE id = $1 AND by_identity IS NULL";
    TRIES = "SELECT COUNT(*) AS everybody, COUNT(CASE WHEN t.identity_id = $1 THEN 1 END) AS own,
            MAX(CASE WHEN t.identity_id = $1 THEN t.at END) AS last
        FROM link_try t WHERE t.at > $2";
    FORGET_TRIES = "DELETE FROM link_try WHERE at <= $1";
    TRY = "INSERT INTO link_try (id, identity_id, at) VALUES ($1, $2, $3)";
    ENTERED = "SELECT l.contact_id, l.conversation_id, l.by_contact, l.by_conversation, l.by_identity, i.channel,
            c.seq, b.seq AS by_seq
        FROM link l JOIN identity i ON i.id = l.by_identity
        JOIN conversation c ON c.id = l.conversation_id JOIN conversation b ON b.id = l.by_conversation
        WHERE l.id = $1 AND l.conversation_id = $2 AND l.joined_at IS NULL AND l.expires_at >= $3";
    ROOTS = "SELECT k.id, k.merged_into FROM contact k JOIN {rows $1 AS r: id TEXT} ON r.id = k.id
        ORDER BY k.id {for_update OF k}";
    MERGE = "UPDATE contact SET merged_into = $2 WHERE id = $1 OR merged_into = $1";
    CLOSE = "UPDATE conversation SET control = 'closed' WHERE id = $1 AND control = 'bot'";
    JOINED = "UPDATE link SET joined_at = $2 WHERE id = $1";
    OF_IDENTITY = "SELECT l.id FROM identity i JOIN link l ON l.by_contact = i.contact_id
        WHERE i.id = $1 AND l.joined_at IS NOT NULL AND l.parted_at IS NULL ORDER BY l.joined_at DESC";
    OF_CONTACT = "SELECT l.id FROM link l
        WHERE l.contact_id = $1 AND l.joined_at IS NOT NULL AND l.parted_at IS NULL ORDER BY l.joined_at";
    LINK = "SELECT l.contact_id, l.by_contact, l.conversation_id, l.by_conversation, l.identity_id, i.channel,
            c.seq, b.seq AS by_seq
        FROM link l JOIN identity i ON i.id = l.identity_id
        JOIN conversation c ON c.id = l.conversation_id JOIN conversation b ON b.id = l.by_conversation
        WHERE l.id = $1";
    PART = "UPDATE contact SET merged_into = NULL WHERE id = $1";
    PART_BEHIND = "UPDATE contact SET merged_into = $1 WHERE id IN (
        SELECT l.by_contact FROM link l
        WHERE l.contact_id = $1 AND l.joined_at IS NOT NULL AND l.parted_at IS NULL)";
    PARTED = "UPDATE link SET parted_at = $2 WHERE id = $1";
}

/// A code that was said.
#[derive(Clone, Debug)]
pub struct Offer<'a> {
    pub id: String,
    pub code: &'a str,
    /// To whom, in which conversation, at which address of theirs.
    pub contact: &'a str,
    pub conversation: &'a str,
    pub identity: &'a str,
    pub expires: Millis,
}

/// Who does something about a code, where and when. `seed` makes the ids.
#[derive(Clone, Copy, Debug)]
pub struct Who<'a> {
    pub contact: &'a str,
    pub conversation: &'a str,
    pub identity: &'a str,
    pub at: Millis,
    pub seed: Seed,
}

impl Who<'_> {
    fn id(&self, purpose: &str) -> String {
        id::at(self.at, self.seed.derive(purpose))
    }
}

/// Keeps codes; earlier ones of the same conversations, and all that are too old, are forgotten.
///
/// # Errors
/// As the store's.
pub async fn offer(tx: &mut Tx, offers: &[Offer<'_>], at: Millis) -> Result<(), Fault> {
    #[derive(Serialize)]
    struct New<'a> {
        id: &'a str,
        code_key: String,
        contact_id: &'a str,
        conversation_id: &'a str,
        identity_id: &'a str,
        expires_at: Millis,
    }
    if offers.is_empty() {
        return Ok(());
    }
    let seal = tx.seal();
    let row = |one: &'_ Offer<'_>| key_of(&seal, one.code);
    let rows: Vec<_> = offers
        .iter()
        .map(|one| New {
            id: &one.id,
            code_key: row(one),
            contact_id: one.contact,
            conversation_id: one.conversation,
            identity_id: one.identity,
            expires_at: one.expires,
        })
        .collect();
    let rows = Arg::rows(&rows)?;
    tx.run(&FORGET, &[at.into(), rows.clone()]).await?;
    tx.run(&OFFER, &[rows]).await?;
    Ok(())
}

fn key_of(seal: &crate::seal::Seal, code: &str) -> String {
    seal.index("link.code", code)
}

/// Somebody enters a code. `sure`: they want it, and the side that said it is asked by a timer that is due now.
///
/// # Errors
/// As the store's.
pub async fn enter(tx: &mut Tx, who: Who<'_>, code: &str, sure: bool) -> Result<Entered, Fault> {
    if is_limited(tx, who).await? {
        return Ok(Entered::Limited);
    }
    let key = key_of(&tx.seal(), code);
    let Some(row) = tx.row(&FIND, &[key.as_str().into(), who.at.into()]).await? else {
        wrong(tx, who).await?;
        return Ok(Entered::Unknown);
    };
    if row.text("contact_id")? == who.contact {
        return Ok(Entered::Own);
    }
    if matches!(conversation::control_of(&row)?, Control::Human(_)) {
        return Ok(Entered::Busy);
    }
    let channel = row.text("channel")?;
    if sure && !ask(tx, who, &row).await? {
        return Ok(Entered::Unknown);
    }
    Ok(Entered::Good { channel })
}

async fn is_limited(tx: &mut Tx, who: Who<'_>) -> Result<bool, Fault> {
    let since = who.at - TRIES_MILLIS;
    let row = tx.row(&TRIES, &[who.identity.into(), since.into()]).await?;
    let Some(row) = row else { return Ok(false) };
    let rests = row
        .opt_int("last")?
        .is_some_and(|last| who.at - last < REST_MILLIS);
    let own = row.int("own")? >= TRIES_MAX && rests;
    Ok(own || row.int("everybody")? >= ALL_TRIES_MAX)
}

async fn wrong(tx: &mut Tx, who: Who<'_>) -> Result<(), Fault> {
    let old = who.at - TRIES_MILLIS;
    tx.run(&FORGET_TRIES, &[old.into()]).await?;
    let id = who.id("link_try");
    let args = [id.as_str().into(), who.identity.into(), who.at.into()];
    tx.run(&TRY, &args).await?;
    Ok(())
}

/// False: somebody else was faster.
async fn ask(tx: &mut Tx, who: Who<'_>, row: &Row) -> Result<bool, Fault> {
    let link = row.text("id")?;
    let args = [
        link.as_str().into(),
        who.contact.into(),
        who.conversation.into(),
        who.identity.into(),
        (who.at + LINK_MILLIS).into(),
    ];
    if tx.run(&ENTER, &args).await? == 0 {
        return Ok(false);
    }
    let channel = tx_channel(tx, who.identity).await?;
    let timer = Timer {
        owner: row.text("conversation_id")?,
        name: format!("link:ask:{link}:{channel}"),
        id: who.id("link:ask"),
        due: who.at,
        quiet: false,
    };
    timer::set(tx, &[timer]).await?;
    Ok(true)
}

async fn tx_channel(tx: &mut Tx, identity: &str) -> Result<String, Fault> {
    let known = super::identity::addresses(tx, &[identity]).await?;
    let first = known.into_iter().next();
    Ok(first.map(|one| one.address.channel).unwrap_or_default())
}

/// Whoever entered the code of this link is the same person as `who` from now on: their identities, requests and
/// histories count together, and their own conversation is closed. None: it came too late, or one of the two is
/// joined to somebody already.
///
/// # Errors
/// As the store's.
pub async fn join(tx: &mut Tx, who: Who<'_>, link: &str) -> Result<Option<Onward>, Fault> {
    let args = [link.into(), who.conversation.into(), who.at.into()];
    let Some(row) = tx.row(&ENTERED, &args).await? else {
        return Ok(None);
    };
    let (contact, by) = (row.text("contact_id")?, row.text("by_contact")?);
    if contact == by || !are_roots(tx, &contact, &by).await? {
        return Ok(None);
    }
    let by_conversation = row.text("by_conversation")?;
    tx.run(&MERGE, &[by.as_str().into(), contact.as_str().into()])
        .await?;
    tx.run(&CLOSE, &[by_conversation.as_str().into()]).await?;
    tx.run(&JOINED, &[link.into(), who.at.into()]).await?;
    beside_both(tx, who, &row, ["linked", "linked_to"]).await?;
    Ok(Some(Onward {
        identity: row.text("by_identity")?,
        channel: row.text("channel")?,
    }))
}

/// Locked, so that two who join one another at once make no circle.
async fn are_roots(tx: &mut Tx, one: &str, other: &str) -> Result<bool, Fault> {
    let rows = tx.rows(&ROOTS, &[Arg::ids([one, other])?]).await?;
    let mut free = 0;
    for row in &rows {
        free += usize::from(row.opt_text("merged_into")?.is_none());
    }
    Ok(free == 2)
}

/// A line beside both talks, for staff; each names the other conversation.
async fn beside_both(tx: &mut Tx, who: Who<'_>, row: &Row, kinds: [&str; 2]) -> Result<(), Fault> {
    let (main, by) = (row.text("conversation_id")?, row.text("by_conversation")?);
    let line = |kind: &str, own: &str, other: &str, seq: i64| Note {
        id: who.id(&format!("{kind}:{own}")),
        conversation: own.to_owned(),
        seq,
        kind: kind.to_owned(),
        author: String::new(),
        text: None,
        detail: [("conversation".to_owned(), other.to_owned())].into(),
        at: who.at,
    };
    let lines = [
        line(kinds[0], &main, &by, row.int("seq")?),
        line(kinds[1], &by, &main, row.int("by_seq")?),
    ];
    note::add(tx, &lines, &[]).await
}

/// Undoes it: of who came by a code this identity gets its own contact back, of the others all who came to them
/// do. Gives where their own talk goes on; None: nothing was joined.
///
/// # Errors
/// As the store's.
pub async fn part(tx: &mut Tx, who: Who<'_>) -> Result<Option<Onward>, Fault> {
    let mut rows = tx.rows(&OF_IDENTITY, &[who.identity.into()]).await?;
    rows.truncate(1);
    if rows.is_empty() {
        rows = tx.rows(&OF_CONTACT, &[who.contact.into()]).await?;
    }
    let mut onward = None;
    for row in rows {
        let link = row.text("id")?;
        let Some(row) = tx.row(&LINK, &[link.as_str().into()]).await? else {
            continue;
        };
        let by = row.text("by_contact")?;
        tx.run(&PART, &[by.as_str().into()]).await?;
        tx.run(&PART_BEHIND, &[by.as_str().into()]).await?;
        tx.run(&PARTED, &[link.as_str().into(), who.at.into()])
            .await?;
        beside_both(tx, who, &row, ["parted", "parted"]).await?;
        onward = Some(Onward {
            identity: row.text("identity_id")?,
            channel: row.text("channel")?,
        });
    }
    Ok(onward)
}
