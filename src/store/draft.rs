//! What a member of staff has begun to write in a conversation: kept until it is sent, sealed. And the views of
//! the inbox that they keep under a name.

use super::sealed::{open_text, place};
use super::{Fault, Tx, statements};
use crate::event::Millis;

statements! {
    KEEP = "INSERT INTO draft (staff_id, conversation_id, text, at) VALUES ($1, $2, $3, $4)
        ON CONFLICT (staff_id, conversation_id) DO UPDATE SET text = excluded.text, at = excluded.at";
    DROP = "DELETE FROM draft WHERE staff_id = $1 AND conversation_id = $2";
    FIND = "SELECT text FROM draft WHERE staff_id = $1 AND conversation_id = $2";
    SAVE_VIEW = "INSERT INTO saved_view (id, staff_id, name, query, at) VALUES ($1, $2, $3, $4, $5)
        ON CONFLICT (id) DO NOTHING";
    DROP_VIEW = "DELETE FROM saved_view WHERE id = $1 AND staff_id = $2";
    VIEWS = "SELECT id, name, query FROM saved_view WHERE staff_id = $1 ORDER BY at, id LIMIT $2";
}

/// Views that one keeps at most: more than fit beside the lists.
pub const VIEWS_MAX: i64 = 30;

/// Keeps what was written so far; nothing written is nothing kept.
///
/// # Errors
/// As the store's.
pub async fn keep(
    tx: &mut Tx,
    staff: &str,
    conversation: &str,
    text: &str,
    at: Millis,
) -> Result<(), Fault> {
    if text.trim().is_empty() {
        return drop(tx, staff, conversation).await;
    }
    let row = format!("{staff}:{conversation}");
    let sealed = tx
        .seal()
        .close(place("draft", &row, "text"), text.as_bytes());
    let args = [
        staff.into(),
        conversation.into(),
        sealed.as_str().into(),
        at.into(),
    ];
    tx.run(&KEEP, &args).await?;
    Ok(())
}

/// # Errors
/// As the store's.
pub async fn drop(tx: &mut Tx, staff: &str, conversation: &str) -> Result<(), Fault> {
    tx.run(&DROP, &[staff.into(), conversation.into()]).await?;
    Ok(())
}

/// # Errors
/// As the store's.
pub async fn find(tx: &mut Tx, staff: &str, conversation: &str) -> Result<Option<String>, Fault> {
    let Some(row) = tx.row(&FIND, &[staff.into(), conversation.into()]).await? else {
        return Ok(None);
    };
    let name = format!("{staff}:{conversation}");
    open_text(
        &tx.seal(),
        place("draft", &name, "text"),
        &row.text("text")?,
    )
    .map(Some)
}

/// A list with its filters, under a name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct View {
    pub id: String,
    pub name: String,
    /// As it stands in the address of the page.
    pub query: String,
}

/// # Errors
/// As the store's.
pub async fn save_view(tx: &mut Tx, staff: &str, view: &View, at: Millis) -> Result<(), Fault> {
    let args = [
        view.id.as_str().into(),
        staff.into(),
        view.name.as_str().into(),
        view.query.as_str().into(),
        at.into(),
    ];
    tx.run(&SAVE_VIEW, &args).await?;
    Ok(())
}

/// # Errors
/// As the store's.
pub async fn drop_view(tx: &mut Tx, staff: &str, id: &str) -> Result<(), Fault> {
    tx.run(&DROP_VIEW, &[id.into(), staff.into()]).await?;
    Ok(())
}

/// # Errors
/// As the store's.
pub async fn views(tx: &mut Tx, staff: &str) -> Result<Vec<View>, Fault> {
    let rows = tx.rows(&VIEWS, &[staff.into(), VIEWS_MAX.into()]).await?;
    rows.iter()
        .map(|row| {
            Ok(View {
                id: row.text("id")?,
                name: row.text("name")?,
                query: row.text("query")?,
            })
        })
        .collect()
}
