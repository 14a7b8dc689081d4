//! Erasing a person: one transaction over one list of every home of personal data, a tombstone that a
//! restored backup obeys, then the objects and the files' old pages. Evidence keeps its commitments.

use std::io::Write as _;
use std::path::Path;

use serde::{Deserialize, Serialize};

use super::object::{ObjectFault, Objects};
use super::{
    Arg, Fault, Sql, Store, Tx, attachment, chain, conversation, identity, search, statements,
};
use crate::event::{Address, Millis};

/// What was erased, one JSON line each, beside the database: a backup older than an erasure does not
/// know of it.
pub const FILE: &str = "erasures.jsonl";

statements! {
    BY_REFERENCE = "SELECT id, contact_id, person_id FROM case_file WHERE reference = $1";
    BY_CONTACT = "SELECT id, contact_id, person_id FROM case_file WHERE contact_id = $1";
    BY_PERSON = "SELECT id, contact_id, person_id FROM case_file WHERE person_id = $1";
    OTHERS_OF_CONTACT = "SELECT COUNT(*) AS n FROM case_file WHERE contact_id = $2 AND state <> 'erased'
        AND id NOT IN (SELECT r.id FROM {rows $1 AS r: id TEXT})";
    OTHERS_OF_PERSON = "SELECT COUNT(*) AS n FROM case_file WHERE person_id = $2
        AND id NOT IN (SELECT r.id FROM {rows $1 AS r: id TEXT})";
    ONE = "SELECT k.id FROM contact k JOIN contact w ON w.id = $1
        WHERE COALESCE(k.merged_into, k.id) = COALESCE(w.merged_into, w.id) ORDER BY k.id";
    CONVERSATION_OF = "SELECT id FROM conversation WHERE contact_id = $1";
    FILES = "SELECT id FROM attachment
        WHERE case_id IN (SELECT r.id FROM {rows $1 AS r: id TEXT})
        OR (case_id IS NULL AND contact_id IN (SELECT r.id FROM {rows $2 AS r: id TEXT}))";
    REMEMBER = "INSERT INTO erasure (noun, row_id, at) SELECT r.noun, r.row_id, r.at
        FROM {rows $1 AS r: noun TEXT, row_id TEXT, at BIGINT}
        WHERE TRUE ON CONFLICT (noun, row_id) DO NOTHING";
    REMEMBERED = "SELECT noun, row_id, at FROM erasure";

    MESSAGES = "DELETE FROM message WHERE conversation_id IN (SELECT r.id FROM {rows $1 AS r: id TEXT})";
    PARTS = "DELETE FROM part WHERE conversation_id IN (SELECT r.id FROM {rows $1 AS r: id TEXT})";
    MEDIA = "DELETE FROM media WHERE conversation_id IN (SELECT r.id FROM {rows $1 AS r: id TEXT})";
    OUTBOX = "DELETE FROM outbox WHERE conversation_id IN (SELECT r.id FROM {rows $1 AS r: id TEXT})";
    FAILED = "DELETE FROM failed_event WHERE conversation_id IN (SELECT r.id FROM {rows $1 AS r: id TEXT})";
    STRANGE = "DELETE FROM strange WHERE address_key IN (
        SELECT i.address_key FROM identity AS i WHERE i.contact_id IN (SELECT r.id FROM {rows $1 AS r: id TEXT})
        UNION SELECT i.also_key FROM identity AS i WHERE i.contact_id IN (SELECT r.id FROM {rows $1 AS r: id TEXT}))";
    QUESTIONS = "DELETE FROM unanswered WHERE conversation_id IN (SELECT r.id FROM {rows $1 AS r: id TEXT})";
    NOTES = "DELETE FROM note WHERE conversation_id IN (SELECT r.id FROM {rows $1 AS r: id TEXT})";
    MENTIONS = "DELETE FROM mention WHERE conversation_id IN (SELECT r.id FROM {rows $1 AS r: id TEXT})";
    DRAFTS = "DELETE FROM draft WHERE conversation_id IN (SELECT r.id FROM {rows $1 AS r: id TEXT})";
    DESK = "DELETE FROM desk WHERE conversation_id IN (SELECT r.id FROM {rows $1 AS r: id TEXT})";
    LABELS = "DELETE FROM conversation_label WHERE conversation_id IN (SELECT r.id FROM {rows $1 AS r: id TEXT})";
    STATES = "UPDATE conversation SET state = NULL, hidden_before_seq = seq, version = version + 1
        WHERE id IN (SELECT r.id FROM {rows $1 AS r: id TEXT})";
    TIMERS = "DELETE FROM timer WHERE owner IN (SELECT r.id FROM {rows $1 AS r: id TEXT})";
    FACTS = "UPDATE contact SET facts = NULL WHERE id IN (SELECT r.id FROM {rows $1 AS r: id TEXT})";
    RATINGS = "DELETE FROM rating WHERE contact_id IN (SELECT r.id FROM {rows $1 AS r: id TEXT})";
    CONSENTS = "UPDATE consent SET message_id = NULL WHERE contact_id IN (SELECT r.id FROM {rows $1 AS r: id TEXT})";
    ATTACHMENTS = "DELETE FROM attachment WHERE id IN (SELECT r.id FROM {rows $1 AS r: id TEXT})";
    ITEMS = "DELETE FROM item WHERE case_id IN (SELECT r.id FROM {rows $1 AS r: id TEXT})";
    CASES = "UPDATE case_file SET state = 'erased', flags = '[]', missing = '[]', trail = '[]', person_id = NULL,
            conversation_id = NULL, about = NULL, told = NULL
        WHERE id IN (SELECT r.id FROM {rows $1 AS r: id TEXT})";
    PERSONS = "DELETE FROM person WHERE id IN (SELECT r.id FROM {rows $1 AS r: id TEXT})";
    IDENTITIES = "DELETE FROM identity WHERE contact_id IN (SELECT r.id FROM {rows $1 AS r: id TEXT})";
    CONVERSATIONS = "DELETE FROM conversation WHERE contact_id IN (SELECT r.id FROM {rows $1 AS r: id TEXT})";
    LINKS = "DELETE FROM link WHERE contact_id IN (SELECT r.id FROM {rows $1 AS r: id TEXT})
        OR by_contact IN (SELECT r.id FROM {rows $1 AS r: id TEXT})";
    LOOSE = "UPDATE contact SET merged_into = NULL WHERE merged_into IN (SELECT r.id FROM {rows $1 AS r: id TEXT})";
    CONTACTS = "DELETE FROM contact WHERE id IN (SELECT r.id FROM {rows $1 AS r: id TEXT})";
}

/// Whose ids a home is reached by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum By {
    /// Conversations whose history goes.
    Conversations,
    /// Contacts whose history goes.
    Heard,
    /// Contacts who go wholly.
    Contacts,
    Cases,
    Persons,
    Files,
}

/// One home of personal data, and what empties it.
struct Home {
    table: &'static str,
    /// The columns that are emptied; all, where the rows go.
    columns: &'static [&'static str],
    by: By,
    sql: &'static Sql,
}

/// Rows that go wholly.
const ALL: &[&str] = &["*"];

/// The one list. Its order suits the foreign keys. The table `chain` is emptied by its own room, which
/// must vouch for it, and what is found by words by the search (see [`ELSEWHERE`]).
static HOMES: &[Home] = &[
    Home {
        table: "message",
        columns: ALL,
        by: By::Conversations,
        sql: &MESSAGES,
    },
    Home {
        table: "part",
        columns: ALL,
        by: By::Conversations,
        sql: &PARTS,
    },
    Home {
        table: "media",
        columns: ALL,
        by: By::Conversations,
        sql: &MEDIA,
    },
    Home {
        table: "outbox",
        columns: ALL,
        by: By::Conversations,
        sql: &OUTBOX,
    },
    Home {
        table: "failed_event",
        columns: ALL,
        by: By::Conversations,
        sql: &FAILED,
    },
    Home {
        table: "strange",
        columns: ALL,
        by: By::Heard,
        sql: &STRANGE,
    },
    Home {
        table: "unanswered",
        columns: ALL,
        by: By::Conversations,
        sql: &QUESTIONS,
    },
    Home {
        table: "note",
        columns: ALL,
        by: By::Conversations,
        sql: &NOTES,
    },
    Home {
        table: "mention",
        columns: ALL,
        by: By::Conversations,
        sql: &MENTIONS,
    },
    Home {
        table: "draft",
        columns: ALL,
        by: By::Conversations,
        sql: &DRAFTS,
    },
    Home {
        table: "desk",
        columns: ALL,
        by: By::Conversations,
        sql: &DESK,
    },
    Home {
        table: "conversation_label",
        columns: ALL,
        by: By::Conversations,
        sql: &LABELS,
    },
    Home {
        table: "conversation",
        columns: &["state"],
        by: By::Conversations,
        sql: &STATES,
    },
    Home {
        table: "timer",
        columns: ALL,
        by: By::Conversations,
        sql: &TIMERS,
    },
    Home {
        table: "timer",
        columns: ALL,
        by: By::Cases,
        sql: &TIMERS,
    },
    Home {
        table: "contact",
        columns: &["facts"],
        by: By::Heard,
        sql: &FACTS,
    },
    Home {
        table: "rating",
        columns: ALL,
        by: By::Heard,
        sql: &RATINGS,
    },
    Home {
        table: "consent",
        columns: &["message_id"],
        by: By::Heard,
        sql: &CONSENTS,
    },
    Home {
        table: "attachment",
        columns: ALL,
        by: By::Files,
        sql: &ATTACHMENTS,
    },
    Home {
        table: "item",
        columns: ALL,
        by: By::Cases,
        sql: &ITEMS,
    },
    Home {
        table: "case_file",
        columns: &["flags", "told"],
        by: By::Cases,
        sql: &CASES,
    },
    Home {
        table: "person",
        columns: ALL,
        by: By::Persons,
        sql: &PERSONS,
    },
    Home {
        table: "identity",
        columns: ALL,
        by: By::Contacts,
        sql: &IDENTITIES,
    },
    Home {
        table: "conversation",
        columns: ALL,
        by: By::Contacts,
        sql: &CONVERSATIONS,
    },
    Home {
        table: "link",
        columns: ALL,
        by: By::Contacts,
        sql: &LINKS,
    },
    Home {
        table: "contact",
        columns: &["merged_into"],
        by: By::Contacts,
        sql: &LOOSE,
    },
    Home {
        table: "contact",
        columns: ALL,
        by: By::Contacts,
        sql: &CONTACTS,
    },
];

/// What [`chain::erase`] and [`search::forget`] empty.
#[cfg(test)]
const ELSEWHERE: [(&str, &[&str]); 2] =
    [("chain", &["value", "salt"]), ("search_token", &["token"])];

/// Who is to be erased.
#[derive(Clone, Debug)]
pub enum Whom<'a> {
    /// The person of this request: all their requests, and the history of whoever wrote for them. Who
    /// wrote for others too stays reachable.
    Reference(&'a str),
    /// Who writes from this address: their requests and all that they ever said.
    Address(&'a Address),
}

/// What is erased, by ids.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Scope {
    /// Contacts whose words go.
    pub heard: Vec<String>,
    /// Those of them who go wholly.
    pub contacts: Vec<String>,
    pub conversations: Vec<String>,
    pub cases: Vec<String>,
    pub persons: Vec<String>,
}

/// Something that was erased: kept for backups that still hold it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Tombstone {
    pub noun: String,
    pub row_id: String,
    pub at: Millis,
}

/// Why an erasure was not done, or not to the end.
#[derive(Debug, thiserror::Error)]
pub enum EraseError {
    #[error("nobody is known by that reference or address")]
    Nobody,
    #[error(transparent)]
    Fault(#[from] Fault),
    #[error(
        "the data are erased, their objects not yet: {0}\nThe server deletes them at its next sweep"
    )]
    Objects(ObjectFault),
    #[error("the data are erased, but the note for later restores was not written: {0}")]
    Note(std::io::Error),
    #[error(
        "the data are erased, but old pages of the database file may still hold them: {0}\nRun it again"
    )]
    Scrub(Fault),
}

/// Erases a person everywhere: rows in one transaction, then objects, then old pages of the files.
///
/// # Errors
/// When nobody is meant, nothing could be done, or something after the commit is left to do.
pub async fn erase(store: &Store, whom: Whom<'_>, at: Millis) -> Result<Scope, EraseError> {
    let mut tx = store.begin_write().await?;
    let scope = match &whom {
        Whom::Reference(reference) => by_reference(&mut tx, reference).await?,
        Whom::Address(address) => by_address(&mut tx, address).await?,
    };
    if scope == Scope::default() {
        tx.rollback().await?;
        return Err(EraseError::Nobody);
    }
    empty(&mut tx, &scope, at).await?;
    let tombstones = tombstones(&scope, at);
    tx.run(&REMEMBER, &[Arg::rows(&tombstones)?]).await?;
    tx.commit().await?;
    note(&store.place().data_dir, &tombstones).map_err(EraseError::Note)?;
    let objects = Objects::open(store).map_err(EraseError::Objects)?;
    objects
        .delete_owed(store, at)
        .await
        .map_err(EraseError::Objects)?;
    store.scrub().await.map_err(EraseError::Scrub)?;
    Ok(scope)
}

/// Empties every home of a scope.
pub(super) async fn empty(tx: &mut Tx, scope: &Scope, at: Millis) -> Result<(), Fault> {
    let ids = |ids: &[String]| Arg::ids(ids.iter().map(String::as_str));
    let locked: Vec<&str> = scope.conversations.iter().map(String::as_str).collect();
    conversation::lock(tx, &locked).await?;
    let rows = tx
        .rows(&FILES, &[ids(&scope.cases)?, ids(&scope.heard)?])
        .await?;
    let files: Vec<String> = rows
        .iter()
        .map(|row| row.text("id"))
        .collect::<Result<_, _>>()?;
    let keys: Vec<&str> = files.iter().map(String::as_str).collect();
    attachment::erase(tx, &keys, at).await?;
    let subjects = [
        &scope.cases[..],
        &scope.heard,
        &scope.conversations,
        &scope.persons,
    ]
    .concat();
    chain::erase(tx, &ids(&subjects)?, at).await?;
    search::forget(tx, &ids(&subjects)?).await?;
    for home in HOMES {
        let whose = match home.by {
            By::Conversations => &scope.conversations,
            By::Heard => &scope.heard,
            By::Contacts => &scope.contacts,
            By::Cases => &scope.cases,
            By::Persons => &scope.persons,
            By::Files => &files,
        };
        if !whose.is_empty() {
            let rows = tx.run(home.sql, &[ids(whose)?]).await?;
            tracing::debug!(table = home.table, columns = ?home.columns, rows, "emptied");
        }
    }
    Ok(())
}

async fn by_reference(tx: &mut Tx, reference: &str) -> Result<Scope, Fault> {
    let mut scope = Scope::default();
    let Some(row) = tx.row(&BY_REFERENCE, &[reference.into()]).await? else {
        return Ok(scope);
    };
    add_case(&mut scope, &row)?;
    if let Some(person) = row.opt_text("person_id")? {
        for row in tx.rows(&BY_PERSON, &[person.as_str().into()]).await? {
            add_case(&mut scope, &row)?;
        }
    }
    complete(tx, &mut scope).await?;
    Ok(scope)
}

async fn by_address(tx: &mut Tx, address: &Address) -> Result<Scope, Fault> {
    let mut scope = Scope::default();
    let Some(spoken) = identity::find(tx, address).await? else {
        return Ok(scope);
    };
    for contact in as_one(tx, &spoken.contact).await? {
        for row in tx.rows(&BY_CONTACT, &[contact.as_str().into()]).await? {
            add_case(&mut scope, &row)?;
        }
        add(&mut scope.heard, contact);
    }
    complete(tx, &mut scope).await?;
    Ok(scope)
}

/// The contacts that are one person with this one.
async fn as_one(tx: &mut Tx, contact: &str) -> Result<Vec<String>, Fault> {
    let rows = tx.rows(&ONE, &[contact.into()]).await?;
    rows.iter().map(|row| row.text("id")).collect()
}

fn add_case(scope: &mut Scope, row: &super::Row) -> Result<(), Fault> {
    add(&mut scope.cases, row.text("id")?);
    add(&mut scope.heard, row.text("contact_id")?);
    if let Some(person) = row.opt_text("person_id")? {
        add(&mut scope.persons, person);
    }
    Ok(())
}

fn add(ids: &mut Vec<String>, id: String) {
    if !ids.contains(&id) {
        ids.push(id);
    }
}

/// Who has requests outside the scope stays, without history; a person who has some stays too.
async fn complete(tx: &mut Tx, scope: &mut Scope) -> Result<(), Fault> {
    let cases = Arg::ids(scope.cases.iter().map(String::as_str))?;
    for contact in scope.heard.clone() {
        for other in as_one(tx, &contact).await? {
            add(&mut scope.heard, other);
        }
    }
    for contact in &scope.heard {
        for row in tx
            .rows(&CONVERSATION_OF, &[contact.as_str().into()])
            .await?
        {
            add(&mut scope.conversations, row.text("id")?);
        }
        let mut left = 0;
        for one in as_one(tx, contact).await? {
            left += others(tx, &OTHERS_OF_CONTACT, &cases, &one).await?;
        }
        if left == 0 {
            scope.contacts.push(contact.clone());
        }
    }
    let mut gone = Vec::new();
    for person in &scope.persons {
        if others(tx, &OTHERS_OF_PERSON, &cases, person).await? == 0 {
            gone.push(person.clone());
        }
    }
    scope.persons = gone;
    Ok(())
}

async fn others(tx: &mut Tx, sql: &'static Sql, cases: &Arg, of: &str) -> Result<i64, Fault> {
    let row = tx.row(sql, &[cases.clone(), of.into()]).await?;
    row.map_or(Ok(0), |row| row.int("n"))
}

fn tombstones(scope: &Scope, at: Millis) -> Vec<Tombstone> {
    [
        ("heard", &scope.heard),
        ("contact", &scope.contacts),
        ("conversation", &scope.conversations),
        ("case", &scope.cases),
        ("person", &scope.persons),
    ]
    .into_iter()
    .flat_map(|(noun, ids)| {
        ids.iter().map(move |id| Tombstone {
            noun: noun.to_owned(),
            row_id: id.clone(),
            at,
        })
    })
    .collect()
}

/// The scope that tombstones stand for.
pub(super) fn scope_of(tombstones: &[Tombstone]) -> Scope {
    let of = |noun: &str| {
        let those = tombstones.iter().filter(|one| one.noun == noun);
        those.map(|one| one.row_id.clone()).collect()
    };
    Scope {
        heard: of("heard"),
        contacts: of("contact"),
        conversations: of("conversation"),
        cases: of("case"),
        persons: of("person"),
    }
}

pub(super) async fn remember(tx: &mut Tx, tombstones: &[Tombstone]) -> Result<(), Fault> {
    tx.run(&REMEMBER, &[Arg::rows(tombstones)?]).await?;
    Ok(())
}

/// What this database knows to be erased.
pub(super) async fn remembered(tx: &mut Tx) -> Result<Vec<Tombstone>, Fault> {
    let rows = tx.rows(&REMEMBERED, &[]).await?;
    rows.iter()
        .map(|row| {
            Ok(Tombstone {
                noun: row.text("noun")?,
                row_id: row.text("row_id")?,
                at: row.int("at")?,
            })
        })
        .collect()
}

fn note(folder: &Path, tombstones: &[Tombstone]) -> std::io::Result<()> {
    let mut options = std::fs::File::options();
    options.create(true).append(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(folder.join(FILE))?;
    for tombstone in tombstones {
        writeln!(file, "{}", serde_json::to_string(tombstone)?)?;
    }
    file.sync_all()
}

/// The notes of a file; none when it is not there.
pub(super) fn noted(file: &Path) -> std::io::Result<Vec<Tombstone>> {
    match std::fs::read_to_string(file) {
        Ok(text) => text
            .lines()
            .map(|line| Ok(serde_json::from_str(line)?))
            .collect(),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(Vec::new()),
        Err(error) => Err(error),
    }
}

#[cfg(test)]
mod tests {
    use super::super::schema::{DERIVED, Holds, TABLES};
    use super::*;

    #[test]
    fn every_home_of_personal_data_is_in_the_one_list() {
        for table in TABLES.iter().chain(DERIVED) {
            for column in table
                .columns
                .iter()
                .filter(|column| column.holds == Holds::Personal)
            {
                let reaches = |columns: &[&str]| columns == ALL || columns.contains(&column.name);
                let listed = HOMES
                    .iter()
                    .any(|home| home.table == table.name && reaches(home.columns));
                let elsewhere = ELSEWHERE
                    .iter()
                    .any(|(name, columns)| table.name == *name && reaches(columns));
                assert!(
                    listed || elsewhere,
                    "{}.{} is in no home",
                    table.name,
                    column.name
                );
            }
        }
    }
}
