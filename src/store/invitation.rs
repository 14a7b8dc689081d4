//! Links that are good once: for the first administrator, an invitation, a new password. Only keyed hashes are
//! kept; a used link is deleted in the transaction that uses it.

use super::{Fault, Tx, statements};
use crate::event::Millis;

/// An invitation is read by the next working day, also over a weekend and a holiday.
pub const LIFE_MILLIS: i64 = 7 * 24 * 3600 * 1000;
/// The first link stands on the screen of whoever started the server.
pub const SETUP_MILLIS: i64 = 24 * 3600 * 1000;

statements! {
    MAKE = "INSERT INTO staff_link (token, purpose, staff_id, made_by, at, expires_at) VALUES ($1, $2, $3, $4, $5, $6)";
    DROP_SAME = "DELETE FROM staff_link WHERE purpose = $1 AND COALESCE(staff_id, '') = $2";
    SWEEP = "DELETE FROM staff_link WHERE expires_at <= $1";
    FIND = "SELECT * FROM staff_link WHERE token = $1 AND expires_at > $2";
    USE = "DELETE FROM staff_link WHERE token = $1 AND expires_at > $2";
    OPEN = "SELECT staff_id, expires_at FROM staff_link WHERE staff_id IS NOT NULL AND expires_at > $1";
    DROP_OF = "DELETE FROM staff_link WHERE staff_id = $1";
}

/// What a link lets somebody do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// Become the first administrator.
    Setup,
    /// Choose a first password.
    Invite,
    /// Choose a new password.
    Reset,
}

impl Purpose {
    fn word(self) -> &'static str {
        match self {
            Purpose::Setup => "setup",
            Purpose::Invite => "invite",
            Purpose::Reset => "reset",
        }
    }
}

/// A link that is good now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    pub purpose: Purpose,
    /// Whom it is for; None: somebody who is not there yet.
    pub staff: Option<String>,
    pub made_by: String,
    pub expires_at: Millis,
}

/// Makes a link; an older one for the same is good no longer.
///
/// # Errors
/// As the store's.
pub async fn make(tx: &mut Tx, token: &str, link: &Link, now: Millis) -> Result<(), Fault> {
    let staff = link.staff.as_deref();
    tx.run(&SWEEP, &[now.into()]).await?;
    tx.run(
        &DROP_SAME,
        &[link.purpose.word().into(), staff.unwrap_or_default().into()],
    )
    .await?;
    let token = hash(tx, token);
    let args = [
        token.as_str().into(),
        link.purpose.word().into(),
        staff.into(),
        link.made_by.as_str().into(),
        now.into(),
        link.expires_at.into(),
    ];
    tx.run(&MAKE, &args).await?;
    Ok(())
}

/// The link of a token, if it is good at this moment.
///
/// # Errors
/// As the store's.
pub async fn find(tx: &mut Tx, token: &str, now: Millis) -> Result<Option<Link>, Fault> {
    let token = hash(tx, token);
    let row = tx.row(&FIND, &[token.as_str().into(), now.into()]).await?;
    let Some(row) = row else { return Ok(None) };
    let purpose = match row.text("purpose")?.as_str() {
        "setup" => Purpose::Setup,
        "invite" => Purpose::Invite,
        "reset" => Purpose::Reset,
        _ => return Ok(None),
    };
    Ok(Some(Link {
        purpose,
        staff: row.opt_text("staff_id")?,
        made_by: row.text("made_by")?,
        expires_at: row.int("expires_at")?,
    }))
}

/// Uses a link up. False: somebody was faster, or it is too old.
///
/// # Errors
/// As the store's.
pub async fn spend(tx: &mut Tx, token: &str, now: Millis) -> Result<bool, Fault> {
    let token = hash(tx, token);
    Ok(tx.run(&USE, &[token.as_str().into(), now.into()]).await? > 0)
}

/// Whom links wait for, and until when.
///
/// # Errors
/// As the store's.
pub async fn open(tx: &mut Tx, now: Millis) -> Result<Vec<(String, Millis)>, Fault> {
    let rows = tx.rows(&OPEN, &[now.into()]).await?;
    rows.iter()
        .map(|row| Ok((row.text("staff_id")?, row.int("expires_at")?)))
        .collect()
}

/// No link for this one is good any longer.
///
/// # Errors
/// As the store's.
pub async fn withdraw(tx: &mut Tx, staff: &str) -> Result<(), Fault> {
    tx.run(&DROP_OF, &[staff.into()]).await?;
    Ok(())
}

fn hash(tx: &Tx, token: &str) -> String {
    tx.seal().index("staff_link.token", token)
}
