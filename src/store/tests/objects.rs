//! The bytes of attachments.

use super::super::object::{ObjectFault, Objects, Swept, new_key, preview_key};
use super::super::test_support::{Fresh, files_below, in_every_home, met, web};
use super::super::{Store, attachment};
use super::request::photo;

pub(super) const NOW_PLUS_TWO_DAYS: i64 = 2 * 86_400_000;

pub(super) fn now() -> i64 {
    chrono::Utc::now().timestamp_millis()
}

pub(super) async fn owned(store: &Store, key: &str) {
    let spoken = met(store, &web("a"), 1).await;
    let mut tx = store.begin_write().await.unwrap();
    let arrived = attachment::Arrived {
        attachment: &photo(key),
        contact: &spoken.contact,
        conversation: &spoken.conversation,
        fetching: false,
        at: 1,
    };
    attachment::add(&mut tx, &[arrived]).await.unwrap();
    tx.commit().await.unwrap();
}

/// What lies where attachments lie.
fn lying(fresh: &Fresh) -> Vec<Vec<u8>> {
    match &fresh.s3 {
        None => files_below(&fresh.store.place().objects())
            .into_iter()
            .map(|file| std::fs::read(file).unwrap())
            .collect(),
        Some(s3) => {
            let own = format!("{}/", fresh.store.seal().fingerprint());
            let objects = s3.objects().into_iter();
            objects
                .filter(|(name, _)| name.starts_with(&own))
                .map(|(_, bytes)| bytes)
                .collect()
        }
    }
}

#[test]
fn bytes_come_back_and_lie_sealed_in_their_place_whatever_the_key() {
    in_every_home(|fresh| async move {
        let objects = Objects::open(&fresh.store).unwrap();
        assert_eq!(new_key().len(), 32);
        for key in [new_key().as_str(), "../../etc/passwd", "a/b", "صورة", ".."] {
            objects
                .put(key, b"plain bytes of a photo".to_vec())
                .await
                .unwrap();
            assert_eq!(
                objects.get(key).await.unwrap().unwrap(),
                b"plain bytes of a photo"
            );
        }
        assert_eq!(objects.get("unknown").await.unwrap(), None);
        let taken = objects.put("a/b", b"other".to_vec()).await;
        assert!(
            matches!(taken, Err(ObjectFault::Taken)),
            "a key is taken once"
        );
        let lying = lying(&fresh);
        assert_eq!(lying.len(), 5, "nothing lies outside");
        for bytes in lying {
            assert!(!bytes.windows(5).any(|window| window == b"plain"));
        }
    });
}

#[test]
fn an_object_without_a_row_is_swept_after_a_day_and_not_before() {
    in_every_home(|fresh| async move {
        let objects = Objects::open(&fresh.store).unwrap();
        objects.put("orphan", b"x".to_vec()).await.unwrap();
        objects.put("kept", b"x".to_vec()).await.unwrap();
        let preview = preview_key("kept");
        objects.put(&preview, b"x".to_vec()).await.unwrap();
        owned(&fresh.store, "kept").await;
        assert_eq!(
            objects.sweep(&fresh.store, now()).await.unwrap(),
            Swept::default()
        );
        let swept = objects
            .sweep(&fresh.store, now() + NOW_PLUS_TWO_DAYS)
            .await
            .unwrap();
        assert_eq!(
            swept,
            Swept {
                orphans: 1,
                erased: 0
            }
        );
        assert_eq!(objects.get("orphan").await.unwrap(), None);
        assert!(objects.get("kept").await.unwrap().is_some());
        assert!(objects.get(&preview).await.unwrap().is_some());
    });
}

#[test]
fn an_erased_object_is_deleted_after_its_tombstone_is_committed() {
    in_every_home(|fresh| async move {
        let objects = Objects::open(&fresh.store).unwrap();
        objects.put("gone", b"x".to_vec()).await.unwrap();
        let preview = preview_key("gone");
        objects.put(&preview, b"x".to_vec()).await.unwrap();
        owned(&fresh.store, "gone").await;
        let mut tx = fresh.store.begin_write().await.unwrap();
        attachment::erase(&mut tx, &["gone"], 5).await.unwrap();
        drop(tx);
        assert_eq!(
            objects.sweep(&fresh.store, now()).await.unwrap(),
            Swept::default()
        );
        assert!(
            objects.get("gone").await.unwrap().is_some(),
            "the promise was not committed"
        );
        let mut tx = fresh.store.begin_write().await.unwrap();
        attachment::erase(&mut tx, &["gone"], 5).await.unwrap();
        tx.commit().await.unwrap();
        assert_eq!(
            objects.sweep(&fresh.store, now()).await.unwrap(),
            Swept {
                orphans: 0,
                erased: 1
            }
        );
        assert_eq!(objects.get("gone").await.unwrap(), None);
        assert_eq!(objects.get(&preview).await.unwrap(), None);
        assert_eq!(
            objects.sweep(&fresh.store, now()).await.unwrap(),
            Swept::default()
        );
    });
}
