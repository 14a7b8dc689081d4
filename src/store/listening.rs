//! What listeners without a webhook remember between starts, and which of several instances listens.

use super::{Fault, Tx, statements};
use crate::event::Millis;

statements! {
    LEASE = "INSERT INTO listening (name, lease_until, lease_by) VALUES ($1, $2, $3)
        ON CONFLICT (name) DO UPDATE SET lease_until = excluded.lease_until, lease_by = excluded.lease_by
        WHERE listening.lease_by = $3 OR listening.lease_until <= $4
        RETURNING name";
    RECALL = "SELECT place FROM listening WHERE name = $1";
    NOTE = "INSERT INTO listening (name, place, lease_until) VALUES ($1, $2, 0)
        ON CONFLICT (name) DO UPDATE SET place = excluded.place";
}

/// Takes the lease of a name, or keeps it; false while another has it.
///
/// # Errors
/// As the store's.
pub async fn lease(
    tx: &mut Tx,
    name: &str,
    by: &str,
    now: Millis,
    until: Millis,
) -> Result<bool, Fault> {
    let args = [name.into(), until.into(), by.into(), now.into()];
    Ok(tx.row(&LEASE, &args).await?.is_some())
}

/// The noted place.
///
/// # Errors
/// As the store's.
pub async fn recall(tx: &mut Tx, name: &str) -> Result<Option<String>, Fault> {
    match tx.row(&RECALL, &[name.into()]).await? {
        Some(row) => row.opt_text("place"),
        None => Ok(None),
    }
}

/// Notes a place over the one before.
///
/// # Errors
/// As the store's.
pub async fn note(tx: &mut Tx, name: &str, place: &str) -> Result<(), Fault> {
    tx.run(&NOTE, &[name.into(), place.into()]).await?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::test_support::on_both;

    #[test]
    fn one_listens_at_a_time_and_its_place_is_kept() {
        on_both(|fresh| async move {
            let store = fresh.store.clone();
            let mut tx = store.begin_write().await.unwrap();
            for (case, by, now, expected) in [
                ("the first", "one", 0, true),
                ("another", "two", 99, false),
                ("the first keeps it", "one", 99, true),
                ("another, still in time", "two", 198, false),
                ("another, when it has ended", "two", 199, true),
                ("the first, too late", "one", 200, false),
            ] {
                let held = lease(&mut tx, "mail", by, now, now + 100).await.unwrap();
                assert_eq!(held, expected, "{case}");
            }
            assert_eq!(recall(&mut tx, "mail").await.unwrap(), None);
            for place in ["7:1", "7:2"] {
                note(&mut tx, "mail", place).await.unwrap();
                let found = recall(&mut tx, "mail").await.unwrap();
                assert_eq!(found.as_deref(), Some(place));
            }
            tx.commit().await.unwrap();
        });
    }
}
