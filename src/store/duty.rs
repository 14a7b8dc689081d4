//! Duty: who of the staff is there, what they can, how much they take at once, and who is on call.

use std::collections::BTreeSet;

use super::{Fault, Row, Tx, statements};
use crate::event::Millis;

statements! {
    SET = "INSERT INTO duty (staff_id, away, on_call, capacity, services, languages, gender, here_until)
        VALUES ($1, $2, $3, $4, $5, $6, $7, 0)
        ON CONFLICT (staff_id) DO UPDATE SET away = excluded.away, on_call = excluded.on_call,
            capacity = excluded.capacity, services = excluded.services, languages = excluded.languages,
            gender = excluded.gender";
    HERE = "INSERT INTO duty (staff_id, away, on_call, capacity, services, languages, gender, here_until)
        VALUES ($1, 0, 0, $2, '', '', '', $3)
        ON CONFLICT (staff_id) DO UPDATE SET here_until = excluded.here_until";
    FIND = "SELECT * FROM duty WHERE staff_id = $1";
    PRESENT = "SELECT * FROM duty WHERE here_until > $1 OR on_call = 1 ORDER BY staff_id";
}

/// Conversations that one holds at once, unless they say otherwise: what an officer keeps in the head.
pub const CAPACITY: i64 = 5;

/// One member of staff.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Duty {
    pub staff: String,
    /// Takes nothing now, though a page is open.
    pub away: bool,
    pub on_call: bool,
    pub capacity: i64,
    /// Empty: every service, every language.
    pub services: BTreeSet<String>,
    pub languages: BTreeSet<String>,
    /// `woman`, `man` or empty.
    pub gender: String,
    /// A page of theirs is open until then.
    pub here_until: Millis,
}

impl Duty {
    /// Somebody who has said nothing about it.
    pub fn of(staff: &str) -> Duty {
        Duty {
            staff: staff.to_owned(),
            away: false,
            on_call: false,
            capacity: CAPACITY,
            services: BTreeSet::new(),
            languages: BTreeSet::new(),
            gender: String::new(),
            here_until: 0,
        }
    }
}

/// # Errors
/// As the store's.
pub async fn set(tx: &mut Tx, duty: &Duty) -> Result<(), Fault> {
    let words = |words: &BTreeSet<String>| {
        let words: Vec<&str> = words.iter().map(String::as_str).collect();
        words.join(" ")
    };
    let args = [
        duty.staff.as_str().into(),
        i64::from(duty.away).into(),
        i64::from(duty.on_call).into(),
        duty.capacity.into(),
        words(&duty.services).as_str().into(),
        words(&duty.languages).as_str().into(),
        duty.gender.as_str().into(),
    ];
    tx.run(&SET, &args).await?;
    Ok(())
}

/// A page of theirs is open, at least until then.
///
/// # Errors
/// As the store's.
pub async fn here(tx: &mut Tx, staff: &str, until: Millis) -> Result<(), Fault> {
    tx.run(&HERE, &[staff.into(), CAPACITY.into(), until.into()])
        .await?;
    Ok(())
}

/// # Errors
/// As the store's.
pub async fn find(tx: &mut Tx, staff: &str) -> Result<Duty, Fault> {
    match tx.row(&FIND, &[staff.into()]).await? {
        Some(row) => read(&row),
        None => Ok(Duty::of(staff)),
    }
}

/// Who is there now, and who is on call whether there or not.
///
/// # Errors
/// As the store's.
pub async fn present(tx: &mut Tx, now: Millis) -> Result<Vec<Duty>, Fault> {
    let rows = tx.rows(&PRESENT, &[now.into()]).await?;
    rows.iter().map(read).collect()
}

fn read(row: &Row) -> Result<Duty, Fault> {
    let words = |column| -> Result<BTreeSet<String>, Fault> {
        let words = row.text(column)?;
        Ok(words.split_whitespace().map(str::to_owned).collect())
    };
    Ok(Duty {
        staff: row.text("staff_id")?,
        away: row.flag("away")?,
        on_call: row.flag("on_call")?,
        capacity: row.int("capacity")?,
        services: words("services")?,
        languages: words("languages")?,
        gender: row.text("gender")?,
        here_until: row.int("here_until")?,
    })
}
