//! What the house knows of the people of a batch when their turns begin: loaded set-based, in the
//! transaction of the turn. Of a case never more than its owner may hear.

use std::collections::BTreeMap;

use super::case;
use super::sealed::{open_json, place};
use super::{Arg, Fault, Tx, consent, statements};
use crate::event::Known;

/// Cases of a contact that a turn may speak of, newest first: more than a person has open, few
/// enough to load with every turn.
const CASES_MAX: usize = 20;

statements! {
    CONTACTS = "SELECT c.id, c.facts, c.opted_out_at, c.merged_into,
            (SELECT COUNT(*) FROM staff s WHERE s.answers = 1) AS answering
        FROM {rows $1 AS r: id TEXT} JOIN contact c ON c.id = r.id";
    MERGED = "SELECT k.id, k.merged_into, k.opted_out_at FROM {rows $1 AS r: id TEXT}
        JOIN contact k ON k.merged_into = r.id";
    CHANNELS = "SELECT i.contact_id, i.channel FROM {rows $1 AS r: id TEXT}
        JOIN identity i ON i.contact_id = r.id WHERE i.barred IS NULL ORDER BY i.created_at, i.id";
    REMEMBER = "UPDATE contact SET facts = r.facts
        FROM {rows $1 AS r: id TEXT, facts TEXT} WHERE contact.id = r.id";
}

/// What is known of these contacts: facts, consents, channels, cases, whether staff could answer. Conversation,
/// control and the order of channels are the caller's to fill.
///
/// # Errors
/// As the store's.
pub async fn load(tx: &mut Tx, contacts: &[&str]) -> Result<BTreeMap<String, Known>, Fault> {
    let ids = Arg::ids(contacts.iter().copied())?;
    let seal = tx.seal();
    let mut all = BTreeMap::new();
    for row in tx.rows(&CONTACTS, std::slice::from_ref(&ids)).await? {
        let id = row.text("id")?;
        let facts = row.opt_text("facts")?;
        let known = Known {
            contact: id.clone(),
            opted_out: row.opt_int("opted_out_at")?.is_some(),
            merged: row.opt_text("merged_into")?.is_some(),
            staffed: row.int("answering")? > 0,
            facts: match facts {
                Some(facts) => open_json(&seal, place("contact", &id, "facts"), &facts)?,
                None => BTreeMap::new(),
            },
            ..Known::default()
        };
        all.insert(id, known);
    }
    let merged = merged(tx, &ids, &mut all).await?;
    let main = |contact: &str| {
        merged
            .get(contact)
            .map_or(contact, String::as_str)
            .to_owned()
    };
    let ids = match merged.is_empty() {
        true => ids,
        false => Arg::ids(
            contacts
                .iter()
                .copied()
                .chain(merged.keys().map(String::as_str)),
        )?,
    };
    for (contact, purpose, given, version) in consent::of(tx, &ids).await? {
        if let Some(known) = all.get_mut(&main(&contact)) {
            known.consents.insert(purpose, (given, version));
        }
    }
    for row in tx.rows(&CHANNELS, std::slice::from_ref(&ids)).await? {
        let channel = row.text("channel")?;
        if let Some(known) = all.get_mut(&main(&row.text("contact_id")?))
            && !known.channels.contains(&channel)
        {
            known.channels.push(channel);
        }
    }
    for (contact, case) in case::of_contacts(tx, &ids).await? {
        if let Some(known) = all.get_mut(&main(&contact))
            && known.cases.len() < CASES_MAX
        {
            known.cases.push(case);
        }
    }
    Ok(all)
}

/// Contacts that are one of these by now, each with whom; whoever wants to be left alone as one of them
/// wants it as all.
async fn merged(
    tx: &mut Tx,
    ids: &Arg,
    all: &mut BTreeMap<String, Known>,
) -> Result<BTreeMap<String, String>, Fault> {
    let mut merged = BTreeMap::new();
    for row in tx.rows(&MERGED, std::slice::from_ref(ids)).await? {
        let main = row.text("merged_into")?;
        if let Some(known) = all.get_mut(&main) {
            known.opted_out |= row.opt_int("opted_out_at")?.is_some();
        }
        merged.insert(row.text("id")?, main);
    }
    Ok(merged)
}

/// Keeps what a contact told of themself, to be confirmed and not asked again: field to value, JSON
/// of a map of [`crate::dialog::value::Value`].
///
/// # Errors
/// As the store's.
pub async fn remember<T: serde::Serialize>(tx: &mut Tx, facts: &[(&str, T)]) -> Result<(), Fault> {
    #[derive(serde::Serialize)]
    struct Remembered<'a> {
        id: &'a str,
        facts: String,
    }
    if facts.is_empty() {
        return Ok(());
    }
    let seal = tx.seal();
    let mut rows = Vec::new();
    for (contact, facts) in facts {
        let sealed = super::sealed::close_json(&seal, place("contact", contact, "facts"), facts)?;
        rows.push(Remembered {
            id: contact,
            facts: sealed,
        });
    }
    tx.run(&REMEMBER, &[Arg::rows(&rows)?]).await?;
    Ok(())
}
