//! Values on their way into and out of a sealed column. It never keeps one.

use serde::Serialize;
use serde::de::DeserializeOwned;

use super::Fault;
use crate::seal::{Place, Seal};

/// Where a value of one column lives.
pub fn place<'a>(table: &'static str, row: &'a str, column: &'static str) -> Place<'a> {
    Place { table, row, column }
}

/// # Errors
/// When the value cannot be written as JSON.
pub fn close_json<T: Serialize + ?Sized>(
    seal: &Seal,
    place: Place<'_>,
    value: &T,
) -> Result<String, Fault> {
    let plain = serde_json::to_vec(value).map_err(|error| unwritable(place, &error))?;
    Ok(seal.close(place, &plain))
}

/// # Errors
/// When the value was changed since it was sealed, or is of another kind.
pub fn open_json<T: DeserializeOwned>(
    seal: &Seal,
    place: Place<'_>,
    sealed: &str,
) -> Result<T, Fault> {
    let plain = seal
        .open(place, sealed)
        .map_err(|why| unreadable(place, &why))?;
    serde_json::from_slice(&plain).map_err(|_| unreadable(place, &"of another kind"))
}

/// # Errors
/// When the value was changed since it was sealed.
pub fn open_text(seal: &Seal, place: Place<'_>, sealed: &str) -> Result<String, Fault> {
    seal.open_text(place, sealed)
        .map_err(|why| unreadable(place, &why))
}

fn unreadable(place: Place<'_>, why: &dyn std::fmt::Display) -> Fault {
    Fault::Poison(format!("{}.{}: {why}", place.table, place.column))
}

fn unwritable(place: Place<'_>, error: &serde_json::Error) -> Fault {
    let kind = error.classify();
    Fault::Poison(format!("{}.{}: {kind:?}", place.table, place.column))
}
