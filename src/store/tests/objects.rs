//! The bytes of attachments.

use super::super::object::{ObjectFault, Objects, Swept, new_key, preview_key};
use super::super::test_support::{met, on_both, web};
use super::super::{Store, attachment};
use super::request::photo;

const NOW_PLUS_TWO_DAYS: i64 = 2 * 86_400_000;

fn now() -> i64 {
    chrono::Utc::now().timestamp_millis()
}

async fn owned(store: &Store, key: &str) {
    let spoken = met(store, &web("a"), 1).await;
    let mut tx = store.begin_write().await.unwrap();
    let arrived = attachment::Arrived {
        attachment: &photo(key),
        contact: &spoken.contact,
        conversation: &spoken.conversation,
        at: 1,
    };
    attachment::add(&mut tx, &[arrived]).await.unwrap();
    tx.commit().await.unwrap();
}

#[test]
fn bytes_come_back_and_lie_sealed_within_the_folder_whatever_the_key() {
    on_both(|fresh| async move {
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
            matches!(taken, Err(ObjectFault::Folder(_))),
            "a key is taken once"
        );
        let files = super::super::backup::files_below(&fresh.store.place().objects()).unwrap();
        assert_eq!(files.len(), 5, "nothing lies outside");
        for file in files {
            let bytes = std::fs::read(file).unwrap();
            assert!(!bytes.windows(5).any(|window| window == b"plain"));
        }
    });
}

#[test]
fn an_object_without_a_row_is_swept_after_a_day_and_not_before() {
    on_both(|fresh| async move {
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
    on_both(|fresh| async move {
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
