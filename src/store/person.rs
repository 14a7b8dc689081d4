//! Persons: who has the ID and needs the service, known by the keyed hash of the document. The row is
//! also the lock by which two requests with one ID see each other.

use std::collections::BTreeMap;

use serde::Serialize;

use super::sealed::{open_text, place};
use super::{Arg, Fault, Tx, id, statements};
use crate::event::Millis;

statements! {
    ADD = "INSERT INTO person (id, id_hash, document, created_at)
        SELECT r.id, r.id_hash, r.document, r.at
        FROM {rows $1 AS r: id TEXT, id_hash TEXT, document TEXT, at BIGINT}
        WHERE TRUE ORDER BY r.id_hash
        ON CONFLICT (id_hash) DO NOTHING";
    LOCK = "SELECT p.id, p.id_hash FROM person p JOIN {rows $1 AS r: id TEXT} ON r.id = p.id_hash
        ORDER BY p.id_hash {for_update OF p}";
    DOCUMENTS = "SELECT p.id, p.document FROM {rows $1 AS r: id TEXT} JOIN person p ON p.id = r.id";
}

/// The document of somebody named in a request.
#[derive(Clone, Debug)]
pub struct Named<'a> {
    /// The number as it is compared: digits of an ID, or another document's folded text.
    pub document: &'a str,
    pub at: Millis,
    /// Makes the id of a person who is new.
    pub bytes: [u8; 16],
}

/// The persons' ids by document, locked until the transaction ends, in one order for everybody.
///
/// # Errors
/// As the store's.
pub async fn lock(tx: &mut Tx, named: &[Named<'_>]) -> Result<BTreeMap<String, String>, Fault> {
    #[derive(Serialize)]
    struct New {
        id: String,
        id_hash: String,
        document: String,
        at: Millis,
    }
    if named.is_empty() {
        return Ok(BTreeMap::new());
    }
    let seal = tx.seal();
    let mut by_hash: BTreeMap<String, &str> = BTreeMap::new();
    let mut rows = Vec::new();
    for one in named {
        let hash = seal.index("person.document", one.document);
        if by_hash.insert(hash.clone(), one.document).is_none() {
            let id = id::at(one.at, one.bytes);
            let document = seal.close(place("person", &id, "document"), one.document.as_bytes());
            rows.push(New {
                document,
                id,
                id_hash: hash,
                at: one.at,
            });
        }
    }
    tx.run(&ADD, &[Arg::rows(&rows)?]).await?;
    let mut persons = BTreeMap::new();
    for row in tx
        .rows(&LOCK, &[Arg::ids(by_hash.keys().map(String::as_str))?])
        .await?
    {
        if let Some(document) = by_hash.get(&row.text("id_hash")?) {
            persons.insert((*document).to_owned(), row.text("id")?);
        }
    }
    Ok(persons)
}

/// The documents of these persons, by id.
///
/// # Errors
/// As the store's.
pub async fn documents(tx: &mut Tx, ids: &[&str]) -> Result<BTreeMap<String, String>, Fault> {
    let rows = tx
        .rows(&DOCUMENTS, &[Arg::ids(ids.iter().copied())?])
        .await?;
    let seal = tx.seal();
    rows.iter()
        .map(|row| {
            let id = row.text("id")?;
            let document = open_text(
                &seal,
                place("person", &id, "document"),
                &row.text("document")?,
            )?;
            Ok((id, document))
        })
        .collect()
}
