//! Who writes: contacts, and their addresses on the channels. An address is looked up by its keyed
//! hash and stands sealed; it is never stored in the clear. Where a channel gives a sender two ids, the
//! lasting one is the address and the other, a phone, is an alias that may pass to somebody else.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use super::sealed::{open_text, place};
use super::{Arg, Fault, Row, Tx, id, statements};
use crate::event::{Address, Millis, Seed};
use crate::seal::Seal;
use crate::text::lang::Lang;

statements! {
    FIND = "SELECT r.n, i.id, COALESCE(k.merged_into, k.id) AS contact_id, c.id AS conversation_id, i.also_key
        FROM {rows $1 AS r: n BIGINT, channel TEXT, account TEXT, address_key TEXT}
        JOIN identity i ON i.channel = r.channel AND i.account = r.account AND i.address_key = r.address_key
        JOIN contact k ON k.id = i.contact_id
        JOIN conversation c ON c.contact_id = COALESCE(k.merged_into, k.id)";
    FIND_ALSO = "SELECT r.n, i.id, i.channel, i.account, i.address_key, i.also_key
        FROM {rows $1 AS r: n BIGINT, channel TEXT, account TEXT, address_key TEXT}
        JOIN identity i ON i.channel = r.channel AND i.account = r.account AND i.also_key = r.address_key
        ORDER BY COALESCE(i.heard_at, i.created_at), i.id";
    NAME = "UPDATE identity SET address_key = r.address_key, address = r.address,
            also_key = r.also_key, also = r.also
        FROM {rows $1 AS r: id TEXT, address_key TEXT, address TEXT, also_key TEXT, also TEXT}
        WHERE identity.id = r.id";
    LOSE_ALSO = "UPDATE identity SET also_key = NULL, also = NULL
        WHERE also_key IS NOT NULL AND EXISTS (
            SELECT 1 FROM {rows $1 AS r: id TEXT, channel TEXT, account TEXT, also_key TEXT}
            WHERE r.channel = identity.channel AND r.account = identity.account
                AND r.also_key = identity.also_key AND r.id <> identity.id)";
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
    ADDRESSES = "SELECT i.id, i.contact_id, i.channel, i.account, i.address, i.also, i.heard_at, i.barred, i.barred_at
        FROM {rows $1 AS r: id TEXT} JOIN identity i ON i.id = r.id";
    SPEAK = "UPDATE contact SET language = r.language
        FROM {rows $1 AS r: id TEXT, language TEXT} WHERE contact.id = r.id";
    OF_CONTACTS = "SELECT i.id, i.contact_id, i.channel, i.account, i.address, i.also, i.heard_at, i.barred, i.barred_at
        FROM {rows $1 AS r: id TEXT} JOIN identity i ON i.contact_id = r.id ORDER BY i.created_at, i.id";
    OF_CONTACT = "SELECT i.id, i.contact_id, i.channel, i.account, i.address, i.also, i.heard_at, i.barred, i.barred_at
        FROM identity i WHERE i.contact_id IN (
            SELECT k.id FROM contact k WHERE k.id = $1 UNION ALL SELECT k.id FROM contact k WHERE k.merged_into = $1)
        ORDER BY i.created_at, i.id";
}

/// Somebody who wrote, known or not. `seed` and `at` make the ids of an unknown one.
#[derive(Clone, Debug)]
pub struct Arrival {
    pub address: Address,
    /// Their other id on this channel (see [`crate::event::Event::also`]).
    pub also: Option<String>,
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
    /// Who it was met as; where contacts are linked, one of them.
    pub contact: String,
    pub address: Address,
    pub also: Option<String>,
    /// When they last wrote from here, by the earlier of the platform's clock and ours; None on channels
    /// where nothing hangs on it.
    pub heard_at: Option<Millis>,
    /// Why nothing arrives here, and since when.
    pub barred: Option<(String, Millis)>,
}

/// Who these are, in their order; who is unknown becomes a contact with a conversation. An address that
/// is new, with an alias that is known: whoever had the alias alone is meant, and gets the address; whoever
/// has another address beside it lost the alias, which is how phone numbers pass on.
///
/// # Errors
/// As the store's.
pub async fn meet(tx: &mut Tx, arrivals: &[Arrival]) -> Result<Vec<Spoken>, Fault> {
    let seal = tx.seal();
    let keys: Vec<_> = arrivals.iter().map(|one| Keys::of(&seal, one)).collect();
    let looked: Vec<_> = arrivals
        .iter()
        .zip(&keys)
        .enumerate()
        .map(|(n, (arrival, keys))| Looked::new(n, &arrival.address, &keys.address))
        .collect();
    let mut found = find_all(tx, &looked).await?;
    if found.len() < arrivals.len() {
        by_alias(tx, &seal, arrivals, &keys, &mut found).await?;
    }
    if found.len() < arrivals.len() {
        add(tx, &seal, arrivals, &keys, &found).await?;
        found.extend(find_all(tx, &looked).await?);
    }
    note_aliases(tx, &seal, arrivals, &keys, &found).await?;
    if found.len() < arrivals.len() {
        // Who wrote with their phone alone in the same delivery in which they got an address.
        by_alias(tx, &seal, arrivals, &keys, &mut found).await?;
    }
    (0..arrivals.len())
        .map(|n| {
            let spoken = found.get(&n).map(|met| met.spoken.clone());
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
    let looked = Looked::new(0, address, &key);
    let mut found = find_all(tx, std::slice::from_ref(&looked)).await?;
    if found.is_empty() {
        let owners = owners(tx, &[looked]).await?;
        if let Some(owner) = owners.get(&0) {
            let looked = owner.looked(0);
            found = find_all(tx, &[looked]).await?;
        }
    }
    Ok(found.remove(&0).map(|met| met.spoken))
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
    key_of_id(seal, &address.id)
}

/// An alias has the key that it would have as an address: who first wrote with their phone alone is found.
fn key_of_id(seal: &Seal, id: &str) -> String {
    seal.index("identity.address", id)
}

/// The keyed hashes of an arrival.
struct Keys {
    address: String,
    also: Option<String>,
}

impl Keys {
    fn of(seal: &Seal, arrival: &Arrival) -> Keys {
        Keys {
            address: key_of(seal, &arrival.address),
            also: arrival.also.as_deref().map(|also| key_of_id(seal, also)),
        }
    }
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

/// Somebody found by their address, and the key of the alias that is noted.
struct Met {
    spoken: Spoken,
    also_key: Option<String>,
}

async fn find_all(tx: &mut Tx, looked: &[Looked<'_>]) -> Result<BTreeMap<usize, Met>, Fault> {
    let mut found = BTreeMap::new();
    for row in tx.rows(&FIND, &[Arg::rows(looked)?]).await? {
        let n = usize::try_from(row.int("n")?).unwrap_or_default();
        let spoken = Spoken {
            identity: row.text("id")?,
            contact: row.text("contact_id")?,
            conversation: row.text("conversation_id")?,
        };
        let also_key = row.opt_text("also_key")?;
        found.insert(n, Met { spoken, also_key });
    }
    Ok(found)
}

/// An identity that has an id as its alias.
struct Owner {
    channel: String,
    account: String,
    address_key: String,
}

impl Owner {
    fn looked(&self, n: usize) -> Looked<'_> {
        Looked {
            n,
            channel: &self.channel,
            account: &self.account,
            address_key: &self.address_key,
        }
    }
}

/// Who has these ids as an alias; of several the one heard last.
async fn owners(tx: &mut Tx, looked: &[Looked<'_>]) -> Result<BTreeMap<usize, Owner>, Fault> {
    let mut owners = BTreeMap::new();
    for row in tx.rows(&FIND_ALSO, &[Arg::rows(looked)?]).await? {
        let n = usize::try_from(row.int("n")?).unwrap_or_default();
        let owner = Owner {
            channel: row.text("channel")?,
            account: row.text("account")?,
            address_key: row.text("address_key")?,
        };
        owners.insert(n, owner);
    }
    Ok(owners)
}

/// Finds by alias whom no address told: somebody who writes with their phone alone and is known by another
/// address, and somebody whose address is new and who was known by the phone alone.
async fn by_alias(
    tx: &mut Tx,
    seal: &Seal,
    arrivals: &[Arrival],
    keys: &[Keys],
    found: &mut BTreeMap<usize, Met>,
) -> Result<(), Fault> {
    let missing = |found: &BTreeMap<usize, Met>| -> Vec<usize> {
        (0..arrivals.len())
            .filter(|n| !found.contains_key(n))
            .collect()
    };
    let looked: Vec<_> = missing(found)
        .into_iter()
        .map(|n| Looked::new(n, &arrivals[n].address, &keys[n].address))
        .collect();
    let owners = owners(tx, &looked).await?;
    let looked: Vec<_> = owners.iter().map(|(n, owner)| owner.looked(*n)).collect();
    found.extend(find_all(tx, &looked).await?);
    let with_alias = |n: usize| {
        let also = keys[n].also.as_deref()?;
        Some(Looked::new(n, &arrivals[n].address, also))
    };
    let looked: Vec<_> = missing(found).into_iter().filter_map(with_alias).collect();
    if looked.is_empty() {
        return Ok(());
    }
    let mut named: BTreeMap<String, usize> = BTreeMap::new();
    for (n, met) in find_all(tx, &looked).await? {
        // Of two new addresses with one phone the first is who was known.
        let first = *named.entry(met.spoken.identity.clone()).or_insert(n);
        if arrivals[first].address == arrivals[n].address {
            found.insert(n, met);
        }
    }
    let names = named
        .iter()
        .map(|(id, n)| Name::new(seal, id, &arrivals[*n], &keys[*n]))
        .collect::<Vec<_>>();
    if !names.is_empty() {
        tx.run(&NAME, &[Arg::rows(&names)?]).await?;
    }
    for (id, n) in named {
        for met in found.values_mut().filter(|met| met.spoken.identity == id) {
            met.also_key = keys[n].also.clone();
        }
    }
    Ok(())
}

/// The ids of an identity as they are stored.
#[derive(Serialize)]
struct Name<'a> {
    id: &'a str,
    address_key: &'a str,
    address: String,
    also_key: Option<&'a str>,
    also: Option<String>,
}

impl<'a> Name<'a> {
    fn new(seal: &Seal, id: &'a str, arrival: &Arrival, keys: &'a Keys) -> Name<'a> {
        let close = |column, text: &str| seal.close(place("identity", id, column), text.as_bytes());
        Name {
            id,
            address_key: &keys.address,
            address: close("address", &arrival.address.id),
            also_key: keys.also.as_deref(),
            also: arrival.also.as_deref().map(|also| close("also", also)),
        }
    }
}

/// Aliases that are new to whom they came with; whoever had them before has them no more.
async fn note_aliases(
    tx: &mut Tx,
    seal: &Seal,
    arrivals: &[Arrival],
    keys: &[Keys],
    found: &BTreeMap<usize, Met>,
) -> Result<(), Fault> {
    #[derive(Serialize)]
    struct Has<'a> {
        id: &'a str,
        channel: &'a str,
        account: &'a str,
        also_key: &'a str,
    }
    let mut names: BTreeMap<&str, Name<'_>> = BTreeMap::new();
    let mut has = Vec::new();
    for (n, met) in found {
        let Some(also_key) = keys[*n].also.as_deref() else {
            continue;
        };
        if met.also_key.as_deref() == Some(also_key) {
            continue;
        }
        let id = met.spoken.identity.as_str();
        names.insert(id, Name::new(seal, id, &arrivals[*n], &keys[*n]));
        has.push(Has {
            id,
            channel: &arrivals[*n].address.channel,
            account: &arrivals[*n].address.account,
            also_key,
        });
    }
    if names.is_empty() {
        return Ok(());
    }
    tx.run(&LOSE_ALSO, &[Arg::rows(&has)?]).await?;
    let names: Vec<_> = names.into_values().collect();
    tx.run(&NAME, &[Arg::rows(&names)?]).await?;
    Ok(())
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
    keys: &[Keys],
    found: &BTreeMap<usize, Met>,
) -> Result<(), Fault> {
    let mut new: Vec<New<'_>> = Vec::new();
    let mut places = BTreeSet::new();
    let aliases: BTreeSet<_> = arrivals
        .iter()
        .zip(keys)
        .filter_map(|(arrival, keys)| Some(place_of(arrival, keys.also.as_deref()?)))
        .collect();
    for (n, (arrival, keys)) in arrivals.iter().zip(keys).enumerate() {
        let here = place_of(arrival, &keys.address);
        if !found.contains_key(&n) && !aliases.contains(&here) && places.insert(here) {
            new.push(newcomer(seal, arrival, &keys.address));
        }
    }
    let mut added = BTreeSet::new();
    for row in tx.rows(&ADD, &[Arg::rows(&new)?]).await? {
        added.insert(row.text("id")?);
    }
    new.retain(|one| added.contains(&one.id));
    let rows = Arg::rows(&new)?;
    tx.run(&ADD_CONTACTS, std::slice::from_ref(&rows)).await?;
    tx.run(&ADD_CONVERSATIONS, &[rows]).await?;
    Ok(())
}

fn place_of<'a>(arrival: &'a Arrival, key: &'a str) -> (&'a str, &'a str, &'a str) {
    (&arrival.address.channel, &arrival.address.account, key)
}

fn newcomer<'a>(seal: &Seal, arrival: &'a Arrival, key: &'a str) -> New<'a> {
    let id_for = |purpose| id::at(arrival.at, arrival.seed.derive(purpose));
    let id = id_for("identity");
    let sealed = seal.close(
        place("identity", &id, "address"),
        arrival.address.id.as_bytes(),
    );
    New {
        contact_id: id_for("contact"),
        conversation_id: id_for("conversation"),
        channel: &arrival.address.channel,
        account: &arrival.address.account,
        address_key: key,
        address: sealed,
        at: arrival.at,
        id,
    }
}

fn read(seal: &Seal, row: &Row) -> Result<Identity, Fault> {
    let id = row.text("id")?;
    let open = |column, sealed: String| open_text(seal, place("identity", &id, column), &sealed);
    let address = Address {
        channel: row.text("channel")?,
        account: row.text("account")?,
        id: open("address", row.text("address")?)?,
    };
    let also = row.opt_text("also")?;
    Ok(Identity {
        contact: row.text("contact_id")?,
        address,
        also: also.map(|also| open("also", also)).transpose()?,
        heard_at: row.opt_int("heard_at")?,
        barred: row.opt_text("barred")?.zip(row.opt_int("barred_at")?),
        id,
    })
}
