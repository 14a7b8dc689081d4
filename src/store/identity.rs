//! Who writes: contacts, and their addresses on the channels. An address is looked up by its keyed
//! hash and stands sealed; it is never stored in the clear.

use std::collections::BTreeMap;

use serde::Serialize;

use super::sealed::{open_text, place};
use super::{Arg, Fault, Row, Tx, id, statements};
use crate::event::{Address, Millis, Seed};
use crate::seal::Seal;
use crate::text::lang::Lang;

statements! {
    FIND = "SELECT r.n, i.id, i.contact_id, c.id AS conversation_id
        FROM {rows $1 AS r: n BIGINT, channel TEXT, account TEXT, address_key TEXT}
        JOIN identity i ON i.channel = r.channel AND i.account = r.account AND i.address_key = r.address_key
        JOIN conversation c ON c.contact_id = i.contact_id";
    ADD = "INSERT INTO identity (id, contact_id, channel, account, address_key, address, created_at)
        SELECT r.id, r.contact_id, r.channel, r.account, r.address_key, r.address, r.at
        FROM {rows $1 AS r: id TEXT, contact_id TEXT, channel TEXT, account TEXT, address_key TEXT, address TEXT, at BIGINT}
        WHERE TRUE ORDER BY r.channel, r.account, r.address_key
        ON CONFLICT (channel, account, address_key) DO NOTHING
        RETURNING id";
    ADD_CONTACTS = "INSERT INTO contact (id, created_at)
        SELECT r.contact_id, r.at FROM {rows $1 AS r: contact_id TEXT, at BIGINT}";
    ADD_CONVERSATIONS = "INSERT INTO conversation (id, contact_id, control, version, seq, hidden_before_seq, created_at, updated_at)
        SELECT r.conversation_id, r.contact_id, 'bot', 0, 0, 0, r.at, r.at
        FROM {rows $1 AS r: conversation_id TEXT, contact_id TEXT, at BIGINT}";
    ADDRESSES = "SELECT i.id, i.contact_id, i.channel, i.account, i.address
        FROM {rows $1 AS r: id TEXT} JOIN identity i ON i.id = r.id";
    SPEAK = "UPDATE contact SET language = r.language
        FROM {rows $1 AS r: id TEXT, language TEXT} WHERE contact.id = r.id";
    OF_CONTACTS = "SELECT i.id, i.contact_id, i.channel, i.account, i.address
        FROM {rows $1 AS r: id TEXT} JOIN identity i ON i.contact_id = r.id ORDER BY i.created_at, i.id";
    OF_CONTACT = "SELECT i.id, i.contact_id, i.channel, i.account, i.address
        FROM identity i WHERE i.contact_id = $1 ORDER BY i.created_at, i.id";
}

/// Somebody who wrote, known or not. `seed` and `at` make the ids of an unknown one.
#[derive(Clone, Debug)]
pub struct Arrival {
    pub address: Address,
    pub at: Millis,
    pub seed: Seed,
}

/// Whose address it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Spoken {
    pub identity: String,
    pub contact: String,
    pub conversation: String,
}

/// An address with its owner.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Identity {
    pub id: String,
    pub contact: String,
    pub address: Address,
}

/// Who these are, in their order; who is unknown becomes a contact with a conversation.
///
/// # Errors
/// As the store's.
pub async fn meet(tx: &mut Tx, arrivals: &[Arrival]) -> Result<Vec<Spoken>, Fault> {
    let seal = tx.seal();
    let keys: Vec<_> = arrivals
        .iter()
        .map(|arrival| key_of(&seal, &arrival.address))
        .collect();
    let looked: Vec<_> = arrivals
        .iter()
        .zip(&keys)
        .enumerate()
        .map(|(n, (arrival, key))| Looked::new(n, &arrival.address, key))
        .collect();
    let mut found = find_all(tx, &looked).await?;
    if found.len() < arrivals.len() {
        add(tx, &seal, arrivals, &keys, &found).await?;
        found = find_all(tx, &looked).await?;
    }
    (0..arrivals.len())
        .map(|n| {
            let spoken = found.get(&n).cloned();
            spoken.ok_or_else(|| Fault::Poison("an address that was added is not there".into()))
        })
        .collect()
}

/// Whose address this is, if it ever wrote.
///
/// # Errors
/// As the store's.
pub async fn find(tx: &mut Tx, address: &Address) -> Result<Option<Spoken>, Fault> {
    let key = key_of(&tx.seal(), address);
    let mut found = find_all(tx, &[Looked::new(0, address, &key)]).await?;
    Ok(found.remove(&0))
}

/// The addresses of these identities.
///
/// # Errors
/// As the store's.
pub async fn addresses(tx: &mut Tx, ids: &[&str]) -> Result<Vec<Identity>, Fault> {
    let rows = tx
        .rows(&ADDRESSES, &[Arg::ids(ids.iter().copied())?])
        .await?;
    let seal = tx.seal();
    rows.iter().map(|row| read(&seal, row)).collect()
}

/// The languages that these contacts have chosen.
///
/// # Errors
/// As the store's.
pub async fn speak(tx: &mut Tx, languages: &[(&str, Lang)]) -> Result<(), Fault> {
    #[derive(Serialize)]
    struct Speaks<'a> {
        id: &'a str,
        language: Lang,
    }
    if languages.is_empty() {
        return Ok(());
    }
    let rows: Vec<_> = languages
        .iter()
        .map(|(id, language)| Speaks {
            id,
            language: *language,
        })
        .collect();
    tx.run(&SPEAK, &[Arg::rows(&rows)?]).await?;
    Ok(())
}

/// All addresses of a contact, the oldest first.
///
/// # Errors
/// As the store's.
pub async fn of_contact(tx: &mut Tx, contact: &str) -> Result<Vec<Identity>, Fault> {
    let rows = tx.rows(&OF_CONTACT, &[contact.into()]).await?;
    let seal = tx.seal();
    rows.iter().map(|row| read(&seal, row)).collect()
}

/// All addresses of these contacts, the oldest first.
///
/// # Errors
/// As the store's.
pub async fn of_contacts(tx: &mut Tx, contacts: &[&str]) -> Result<Vec<Identity>, Fault> {
    let ids = Arg::ids(contacts.iter().copied())?;
    let rows = tx.rows(&OF_CONTACTS, &[ids]).await?;
    let seal = tx.seal();
    rows.iter().map(|row| read(&seal, row)).collect()
}

/// The keyed hash by which an address is found.
pub(super) fn key_of(seal: &Seal, address: &Address) -> String {
    seal.index("identity.address", &address.id)
}

#[derive(Serialize)]
struct Looked<'a> {
    n: usize,
    channel: &'a str,
    account: &'a str,
    address_key: &'a str,
}

impl<'a> Looked<'a> {
    fn new(n: usize, address: &'a Address, key: &'a str) -> Looked<'a> {
        Looked {
            n,
            channel: &address.channel,
            account: &address.account,
            address_key: key,
        }
    }
}

async fn find_all(tx: &mut Tx, looked: &[Looked<'_>]) -> Result<BTreeMap<usize, Spoken>, Fault> {
    let mut found = BTreeMap::new();
    for row in tx.rows(&FIND, &[Arg::rows(looked)?]).await? {
        let n = usize::try_from(row.int("n")?).unwrap_or_default();
        let spoken = Spoken {
            identity: row.text("id")?,
            contact: row.text("contact_id")?,
            conversation: row.text("conversation_id")?,
        };
        found.insert(n, spoken);
    }
    Ok(found)
}

#[derive(Serialize)]
struct New<'a> {
    id: String,
    contact_id: String,
    conversation_id: String,
    channel: &'a str,
    account: &'a str,
    address_key: &'a str,
    address: String,
    at: Millis,
}

/// The identity comes first: of two instances that meet the same newcomer one inserts, and only that
/// one makes the contact and the conversation.
async fn add(
    tx: &mut Tx,
    seal: &Seal,
    arrivals: &[Arrival],
    keys: &[String],
    found: &BTreeMap<usize, Spoken>,
) -> Result<(), Fault> {
    let mut new: Vec<New<'_>> = Vec::new();
    for (n, (arrival, key)) in arrivals.iter().zip(keys).enumerate() {
        let address = &arrival.address;
        let twice = |one: &New<'_>| {
            (one.channel, one.account, one.address_key)
                == (&address.channel, &address.account, key.as_str())
        };
        if !found.contains_key(&n) && !new.iter().any(twice) {
            new.push(newcomer(seal, arrival, key)?);
        }
    }
    let mut added = Vec::new();
    for row in tx.rows(&ADD, &[Arg::rows(&new)?]).await? {
        added.push(row.text("id")?);
    }
    new.retain(|one| added.contains(&one.id));
    let rows = Arg::rows(&new)?;
    tx.run(&ADD_CONTACTS, std::slice::from_ref(&rows)).await?;
    tx.run(&ADD_CONVERSATIONS, &[rows]).await?;
    Ok(())
}

fn newcomer<'a>(seal: &Seal, arrival: &'a Arrival, key: &'a str) -> Result<New<'a>, Fault> {
    let id_for = |purpose| id::at(arrival.at, arrival.seed.derive(purpose));
    let id = id_for("identity");
    let sealed = seal.close(
        place("identity", &id, "address"),
        arrival.address.id.as_bytes(),
    );
    Ok(New {
        contact_id: id_for("contact"),
        conversation_id: id_for("conversation"),
        channel: &arrival.address.channel,
        account: &arrival.address.account,
        address_key: key,
        address: sealed,
        at: arrival.at,
        id,
    })
}

fn read(seal: &Seal, row: &Row) -> Result<Identity, Fault> {
    let id = row.text("id")?;
    let address = Address {
        channel: row.text("channel")?,
        account: row.text("account")?,
        id: open_text(
            seal,
            place("identity", &id, "address"),
            &row.text("address")?,
        )?,
    };
    Ok(Identity {
        contact: row.text("contact_id")?,
        address,
        id,
    })
}
