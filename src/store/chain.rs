//! Evidence and audit: chains of rows that only a holder of the secret key can write. Each row vouches
//! for the one before; its value is committed to under a salt, so that erasing value and salt leaves
//! the chain whole. It never changes a row but to erase it.

use serde::Serialize;

use super::sealed::{open_text, place};
use super::{Arg, Fault, Row, Tx, heads, statements};
use crate::event::Millis;
use crate::seal::Seal;

/// Bytes of salt under a commitment: nobody guesses a short value behind it.
const SALT_BYTES: usize = 16;
/// Digest before the first row.
const BEGINNING: &str = "";

statements! {
    OPEN_HEAD = "INSERT INTO meta (name, value) VALUES ($1, $2) ON CONFLICT (name) DO NOTHING";
    HEAD = "SELECT value FROM meta WHERE name = $1 {for_update}";
    HEAD_READ = "SELECT value FROM meta WHERE name = $1";
    SET_HEAD = "UPDATE meta SET value = $2 WHERE name = $1";
    ADD = "INSERT INTO chain (name, seq, at, kind, subject, author, detail, value, salt, commitment, prior, digest)
        SELECT r.name, r.seq, r.at, r.kind, r.subject, r.author, r.detail, r.value, r.salt, r.commitment, r.prior, r.digest
        FROM {rows $1 AS r: name TEXT, seq BIGINT, at BIGINT, kind TEXT, subject TEXT, author TEXT, detail TEXT,
            value TEXT, salt TEXT, commitment TEXT, prior TEXT, digest TEXT}";
    PAGE = "SELECT * FROM chain WHERE name = $1 AND seq > $2 ORDER BY seq LIMIT $3";
    OF_SUBJECT = "SELECT * FROM chain WHERE name = $1 AND subject = $2 ORDER BY seq";
    HAS = "SELECT seq FROM chain WHERE name = $1 AND subject = $2 AND author = $3 AND kind = $4 AND at > $5 LIMIT 1";
    NEWEST = "SELECT seq, at, kind, subject, author, detail, CASE WHEN value IS NULL THEN 0 ELSE 1 END AS sealed
        FROM chain WHERE name = $1 AND seq < $2 AND at >= $3 AND at < $4
            AND author = COALESCE($5, author) AND kind = COALESCE($6, kind) AND subject = COALESCE($7, subject)
        ORDER BY seq DESC LIMIT $8";
    TO_ERASE = "SELECT c.* FROM {rows $1 AS r: id TEXT} JOIN chain c ON c.subject = r.id
        WHERE c.erased_at IS NULL AND c.value IS NOT NULL";
    ERASE = "UPDATE chain SET value = NULL, salt = NULL, erased_at = r.at, erased_mark = r.mark
        FROM {rows $1 AS r: name TEXT, seq BIGINT, at BIGINT, mark TEXT}
        WHERE chain.name = r.name AND chain.seq = r.seq";
}

/// Something to be vouched for.
#[derive(Clone, Debug)]
pub struct Link {
    pub at: Millis,
    /// "declaration", "export" …
    pub kind: String,
    /// What it is about: a case, a contact.
    pub subject: String,
    /// Who did it: "applicant", a member of staff.
    pub author: String,
    /// JSON without personal data: stays when the value is erased.
    pub detail: String,
    /// The words themselves, sealed; None where the detail says all.
    pub value: Option<String>,
}

/// A row as it stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(super) struct Entry {
    pub name: String,
    pub seq: i64,
    pub at: Millis,
    pub kind: String,
    pub subject: String,
    pub author: String,
    pub detail: String,
    pub value: Option<String>,
    pub salt: Option<String>,
    pub commitment: String,
    pub prior: String,
    pub digest: String,
    pub erased_at: Option<Millis>,
    pub erased_mark: Option<String>,
}

/// Where a chain ends: number and digest of its last row, and the proof that we wrote so.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, serde::Deserialize)]
pub struct Head {
    pub seq: i64,
    pub digest: String,
    pub proof: String,
}

/// Adds links to the chain `name`, in order. Instances take turns at its head.
///
/// # Errors
/// As the store's.
pub async fn append(tx: &mut Tx, name: &str, links: &[Link]) -> Result<(), Fault> {
    if links.is_empty() {
        return Ok(());
    }
    let seal = tx.seal();
    let from = lock_head(tx, name, &seal).await?;
    let mut head = from.clone();
    let mut rows = Vec::new();
    for link in links {
        let entry = entry(&seal, name, &head, link);
        head = head_of(&seal, name, entry.seq, &entry.digest);
        rows.push(entry);
    }
    tx.run(&ADD, &[Arg::rows(&rows)?]).await?;
    let text = serde_json::to_string(&head).map_err(|_| unreadable_head())?;
    let args = [head_name(name).as_str().into(), text.as_str().into()];
    tx.run(&SET_HEAD, &args).await?;
    let growth = tx.grown.entry(name.to_owned());
    growth
        .and_modify(|growth| growth.to = head.clone())
        .or_insert(heads::Growth { from, to: head });
    Ok(())
}

/// What the chain says about a subject, in order: the words opened, None where they were erased.
///
/// # Errors
/// As the store's.
pub async fn about(tx: &mut Tx, name: &str, subject: &str) -> Result<Vec<Link>, Fault> {
    let rows = tx.rows(&OF_SUBJECT, &[name.into(), subject.into()]).await?;
    let seal = tx.seal();
    rows.iter()
        .map(|row| {
            let entry = read(row)?;
            let open = |sealed: &String| {
                open_text(&seal, place("chain", &entry.row_name(), "value"), sealed)
            };
            Ok(Link {
                value: entry.value.as_ref().map(open).transpose()?,
                at: entry.at,
                kind: entry.kind,
                subject: entry.subject,
                author: entry.author,
                detail: entry.detail,
            })
        })
        .collect()
}

/// Which rows somebody wants to see.
#[derive(Clone, Debug)]
pub struct Filter {
    pub author: Option<String>,
    pub kind: Option<String>,
    pub subject: Option<String>,
    pub from: Millis,
    /// Not itself.
    pub to: Millis,
    /// Only rows before this number.
    pub before: i64,
}

/// A row as a list shows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Seen {
    pub seq: i64,
    pub at: Millis,
    pub kind: String,
    pub subject: String,
    pub author: String,
    pub detail: String,
    /// Words are sealed beside it.
    pub sealed: bool,
}

/// The newest rows of a chain that somebody wants to see.
///
/// # Errors
/// As the store's.
pub async fn newest(
    tx: &mut Tx,
    name: &str,
    filter: &Filter,
    limit: i64,
) -> Result<Vec<Seen>, Fault> {
    let args = [
        name.into(),
        filter.before.into(),
        filter.from.into(),
        filter.to.into(),
        filter.author.as_deref().into(),
        filter.kind.as_deref().into(),
        filter.subject.as_deref().into(),
        limit.into(),
    ];
    let rows = tx.rows(&NEWEST, &args).await?;
    rows.iter()
        .map(|row| {
            Ok(Seen {
                seq: row.int("seq")?,
                at: row.int("at")?,
                kind: row.text("kind")?,
                subject: row.text("subject")?,
                author: row.text("author")?,
                detail: row.text("detail")?,
                sealed: row.flag("sealed")?,
            })
        })
        .collect()
}

/// How many rows a chain has.
///
/// # Errors
/// As the store's.
pub async fn length(tx: &mut Tx, name: &str) -> Result<i64, Fault> {
    let head = stored_head(tx, name).await?.flatten();
    Ok(head.map_or(0, |head| head.seq))
}

/// Whether an author did something of this kind to a subject since then.
///
/// # Errors
/// As the store's.
pub async fn has(
    tx: &mut Tx,
    name: &str,
    subject: &str,
    author: &str,
    kind: &str,
    since: Millis,
) -> Result<bool, Fault> {
    let args = [
        name.into(),
        subject.into(),
        author.into(),
        kind.into(),
        since.into(),
    ];
    Ok(tx.row(&HAS, &args).await?.is_some())
}

/// Erases the values about these subjects, in every chain. What was committed to stays committed to.
pub(super) async fn erase(tx: &mut Tx, subjects: &Arg, at: Millis) -> Result<u64, Fault> {
    #[derive(Serialize)]
    struct Erased {
        name: String,
        seq: i64,
        at: Millis,
        mark: String,
    }
    let seal = tx.seal();
    let mut rows = Vec::new();
    for row in tx.rows(&TO_ERASE, std::slice::from_ref(subjects)).await? {
        let entry = read(&row)?;
        let mark = erased_mark(&seal, &entry, at);
        rows.push(Erased {
            name: entry.name,
            seq: entry.seq,
            at,
            mark,
        });
    }
    tx.run(&ERASE, &[Arg::rows(&rows)?]).await
}

/// Up to `limit` rows of a chain after a number.
pub(super) async fn page(
    tx: &mut Tx,
    name: &str,
    after: i64,
    limit: i64,
) -> Result<Vec<Entry>, Fault> {
    let rows = tx
        .rows(&PAGE, &[name.into(), after.into(), limit.into()])
        .await?;
    rows.iter().map(read).collect()
}

/// The head as the database has it; None for a chain that never began. Some(None) is a head that
/// cannot be read.
pub(super) async fn stored_head(tx: &mut Tx, name: &str) -> Result<Option<Option<Head>>, Fault> {
    let row = tx
        .row(&HEAD_READ, &[head_name(name).as_str().into()])
        .await?;
    let Some(row) = row else { return Ok(None) };
    Ok(Some(serde_json::from_str(&row.text("value")?).ok()))
}

async fn lock_head(tx: &mut Tx, name: &str, seal: &Seal) -> Result<Head, Fault> {
    let beginning = head_of(seal, name, 0, BEGINNING);
    let text = serde_json::to_string(&beginning).map_err(|_| unreadable_head())?;
    let head_name = head_name(name);
    tx.run(
        &OPEN_HEAD,
        &[head_name.as_str().into(), text.as_str().into()],
    )
    .await?;
    let row = tx.row(&HEAD, &[head_name.as_str().into()]).await?;
    let text = row.ok_or_else(unreadable_head)?.text("value")?;
    serde_json::from_str(&text).map_err(|_| unreadable_head())
}

/// The head that belongs to a last row.
pub(super) fn head_of(seal: &Seal, name: &str, seq: i64, digest: &str) -> Head {
    let proof = seal.vouch(&[
        b"head",
        name.as_bytes(),
        &seq.to_be_bytes(),
        digest.as_bytes(),
    ]);
    Head {
        seq,
        digest: digest.to_owned(),
        proof,
    }
}

fn head_name(name: &str) -> String {
    format!("head of {name}")
}

fn unreadable_head() -> Fault {
    Fault::Poison("the head of a chain cannot be read: run `wasl verify`".to_owned())
}

fn entry(seal: &Seal, name: &str, head: &Head, link: &Link) -> Entry {
    let mut salt = [0; SALT_BYTES];
    rand::fill(&mut salt);
    let salt: String = salt.iter().map(|byte| format!("{byte:02x}")).collect();
    let mut entry = Entry {
        name: name.to_owned(),
        seq: head.seq + 1,
        at: link.at,
        kind: link.kind.clone(),
        subject: link.subject.clone(),
        author: link.author.clone(),
        detail: link.detail.clone(),
        value: None,
        commitment: commitment(seal, &salt, link.value.as_deref()),
        salt: Some(salt),
        prior: head.digest.clone(),
        digest: String::new(),
        erased_at: None,
        erased_mark: None,
    };
    let row = entry.row_name();
    let close = |value: &String| seal.close(place("chain", &row, "value"), value.as_bytes());
    entry.value = link.value.as_ref().map(close);
    entry.digest = entry.vouch(seal);
    entry
}

/// What binds a value without telling it.
pub(super) fn commitment(seal: &Seal, salt: &str, value: Option<&str>) -> String {
    match value {
        Some(value) => seal.vouch(&[b"value", salt.as_bytes(), value.as_bytes()]),
        None => seal.vouch(&[b"no value", salt.as_bytes()]),
    }
}

/// The proof that a value was erased by the house.
pub(super) fn erased_mark(seal: &Seal, entry: &Entry, at: Millis) -> String {
    seal.vouch(&[b"erased", entry.digest.as_bytes(), &at.to_be_bytes()])
}

impl Entry {
    pub(super) fn row_name(&self) -> String {
        format!("{}:{}", self.name, self.seq)
    }

    /// The digest over the row before and everything here that erasing does not touch.
    pub(super) fn vouch(&self, seal: &Seal) -> String {
        seal.vouch(&[
            b"row",
            self.prior.as_bytes(),
            self.name.as_bytes(),
            &self.seq.to_be_bytes(),
            &self.at.to_be_bytes(),
            self.kind.as_bytes(),
            self.subject.as_bytes(),
            self.author.as_bytes(),
            self.detail.as_bytes(),
            self.commitment.as_bytes(),
        ])
    }
}

fn read(row: &Row) -> Result<Entry, Fault> {
    Ok(Entry {
        name: row.text("name")?,
        seq: row.int("seq")?,
        at: row.int("at")?,
        kind: row.text("kind")?,
        subject: row.text("subject")?,
        author: row.text("author")?,
        detail: row.text("detail")?,
        value: row.opt_text("value")?,
        salt: row.opt_text("salt")?,
        commitment: row.text("commitment")?,
        prior: row.text("prior")?,
        digest: row.text("digest")?,
        erased_at: row.opt_int("erased_at")?,
        erased_mark: row.opt_text("erased_mark")?,
    })
}
