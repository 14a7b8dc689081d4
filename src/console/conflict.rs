//! Declaring whom a member of staff never handles: their own requests, and those of relatives.

use super::audit;
use super::fields::Fields;
use super::wrong::Wrong;
use super::{Console, fresh_id, now};
use crate::store::conflict::{self, Declared};
use crate::text::national_id;

/// Declares the person of a form for `staff`, said by `by`; gives the words for the next page.
///
/// # Errors
/// The database cannot be written now.
pub async fn declare(
    console: &Console,
    staff: &str,
    by: &str,
    fields: &Fields,
) -> Result<&'static str, Wrong> {
    let Ok(read) = national_id::read_any(fields.raw("document")) else {
        return Ok("said-conflict-unread");
    };
    let relation = fields.line("relation");
    let relation = match relation.as_str() {
        "" => format!("…{}", read.id.last_four()),
        words => format!("{words} · …{}", read.id.last_four()),
    };
    let new = Declared {
        id: &fresh_id(),
        staff,
        document: read.id.as_str(),
        relation: &relation,
        at: now(),
        by,
    };
    let mut tx = console.writer().await?;
    conflict::declare(&mut tx, &new).await?;
    audit::changed(&mut tx, by, staff, "conflict declared").await?;
    tx.commit().await?;
    Ok("said-conflict-declared")
}
