//! Labels by which staff sort conversations: named in both languages, in one of a few tones.

use super::{Fault, Row, Tx, statements};
use crate::event::Millis;

statements! {
    ALL = "SELECT * FROM label WHERE gone_at IS NULL ORDER BY ar, id";
    EVERY = "SELECT * FROM label ORDER BY ar, id";
    FIND = "SELECT * FROM label WHERE id = $1";
    PUT = "INSERT INTO label (id, ar, en, tone, by_whom, at) VALUES ($1, $2, $3, $4, $5, $6)
        ON CONFLICT (id) DO UPDATE SET ar = $2, en = $3, tone = $4, by_whom = $5, at = $6";
    REMOVE = "UPDATE label SET gone_at = $2 WHERE id = $1 AND gone_at IS NULL";
}

/// How a label looks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Tone {
    #[default]
    Plain,
    Good,
    Warn,
    Bad,
    Info,
}

impl Tone {
    pub const ALL: [Tone; 5] = [Tone::Plain, Tone::Good, Tone::Warn, Tone::Bad, Tone::Info];

    /// In the table, in forms, and as a class of the style.
    pub fn word(self) -> &'static str {
        match self {
            Tone::Plain => "plain",
            Tone::Good => "good",
            Tone::Warn => "warn",
            Tone::Bad => "bad",
            Tone::Info => "info",
        }
    }

    pub fn read(word: &str) -> Option<Tone> {
        Tone::ALL.into_iter().find(|tone| tone.word() == word)
    }
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Label {
    pub id: String,
    pub ar: String,
    pub en: String,
    pub tone: Tone,
}

/// Those that can be given.
///
/// # Errors
/// As the store's.
pub async fn all(tx: &mut Tx) -> Result<Vec<Label>, Fault> {
    tx.rows(&ALL, &[]).await?.iter().map(read).collect()
}

/// Those that ever were: to name what was labelled.
///
/// # Errors
/// As the store's.
pub async fn every(tx: &mut Tx) -> Result<Vec<Label>, Fault> {
    tx.rows(&EVERY, &[]).await?.iter().map(read).collect()
}

/// # Errors
/// As the store's.
pub async fn find(tx: &mut Tx, id: &str) -> Result<Option<Label>, Fault> {
    let row = tx.row(&FIND, &[id.into()]).await?;
    row.map(|row| read(&row)).transpose()
}

/// Makes a label, or changes it.
///
/// # Errors
/// As the store's.
pub async fn put(tx: &mut Tx, label: &Label, by: &str, at: Millis) -> Result<(), Fault> {
    let args = [
        label.id.as_str().into(),
        label.ar.as_str().into(),
        label.en.as_str().into(),
        label.tone.word().into(),
        by.into(),
        at.into(),
    ];
    tx.run(&PUT, &args).await?;
    Ok(())
}

/// From now on it is given to nothing. False: there is no such label.
///
/// # Errors
/// As the store's.
pub async fn remove(tx: &mut Tx, id: &str, at: Millis) -> Result<bool, Fault> {
    Ok(tx.run(&REMOVE, &[id.into(), at.into()]).await? > 0)
}

fn read(row: &Row) -> Result<Label, Fault> {
    Ok(Label {
        id: row.text("id")?,
        ar: row.text("ar")?,
        en: row.text("en")?,
        tone: Tone::read(&row.text("tone")?).unwrap_or_default(),
    })
}
