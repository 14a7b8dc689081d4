//! People whom a member of staff never handles, because they are their own or a relative's: declared once, by
//! the document, and asked wherever a conversation or a request is opened.

use std::collections::BTreeSet;

use super::sealed::{open_text, place};
use super::{Arg, Fault, Tx, statements};
use crate::event::Millis;

statements! {
    DECLARE = "INSERT INTO staff_conflict (id, staff_id, person, relation, at, declared_by)
        VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (staff_id, person) DO NOTHING";
    OF_STAFF = "SELECT id, relation, at, declared_by FROM staff_conflict WHERE staff_id = $1 ORDER BY at, id";
    WITHDRAW = "DELETE FROM staff_conflict WHERE id = $1 AND staff_id = $2";
    CONTACTS = "SELECT DISTINCT r.id FROM {rows $1 AS r: id TEXT}
        JOIN case_file c ON c.contact_id = r.id
        JOIN person p ON p.id = c.person_id
        JOIN staff_conflict s ON s.person = p.id_hash
        WHERE s.staff_id = $2";
}

/// Somebody who was declared.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Conflict {
    pub id: String,
    /// Who they are to the member of staff, and the last digits of the document.
    pub relation: String,
    pub at: Millis,
    pub declared_by: String,
}

/// A declaration.
pub struct Declared<'a> {
    pub id: &'a str,
    pub staff: &'a str,
    /// The number as it is compared (see [`super::person::Named`]).
    pub document: &'a str,
    pub relation: &'a str,
    pub at: Millis,
    pub by: &'a str,
}

/// # Errors
/// As the store's.
pub async fn declare(tx: &mut Tx, new: &Declared<'_>) -> Result<(), Fault> {
    let seal = tx.seal();
    let person = seal.index("person.document", new.document);
    let at = place("staff_conflict", new.id, "relation");
    let relation = seal.close(at, new.relation.as_bytes());
    let args = [
        new.id.into(),
        new.staff.into(),
        person.as_str().into(),
        relation.as_str().into(),
        new.at.into(),
        new.by.into(),
    ];
    tx.run(&DECLARE, &args).await?;
    Ok(())
}

/// Whom somebody declared, in that order.
///
/// # Errors
/// As the store's.
pub async fn of_staff(tx: &mut Tx, staff: &str) -> Result<Vec<Conflict>, Fault> {
    let rows = tx.rows(&OF_STAFF, &[staff.into()]).await?;
    let seal = tx.seal();
    rows.iter()
        .map(|row| {
            let id = row.text("id")?;
            let at = place("staff_conflict", &id, "relation");
            Ok(Conflict {
                relation: open_text(&seal, at, &row.text("relation")?)?,
                at: row.int("at")?,
                declared_by: row.text("declared_by")?,
                id,
            })
        })
        .collect()
}

/// # Errors
/// As the store's.
pub async fn withdraw(tx: &mut Tx, id: &str, staff: &str) -> Result<bool, Fault> {
    Ok(tx.run(&WITHDRAW, &[id.into(), staff.into()]).await? > 0)
}

/// Which of these contacts this one must not handle: they asked for somebody who was declared.
///
/// # Errors
/// As the store's.
pub async fn among(tx: &mut Tx, staff: &str, contacts: &[&str]) -> Result<BTreeSet<String>, Fault> {
    let ids = Arg::ids(contacts.iter().copied())?;
    let rows = tx.rows(&CONTACTS, &[ids, staff.into()]).await?;
    rows.iter().map(|row| row.text("id")).collect()
}
