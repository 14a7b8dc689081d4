//! What nobody could read: few, for a while, and gone with whom it came from; on both engines.

use super::super::erase::{self, Whom};
use super::super::strange::{self, BYTES_MAX, KEPT_MAX, StrangeKind};
use super::super::test_support::{Fresh, met, on_both, web};
use crate::event::{Millis, Strange};

fn one(kind: &str, body: &str, at: Millis) -> Strange {
    Strange::new("web", kind, body.to_owned(), at)
}

async fn keep(fresh: &Fresh, strange: &[Strange]) {
    let mut tx = fresh.store.begin_write().await.unwrap();
    let all: Vec<_> = strange.iter().collect();
    strange::keep(&mut tx, &all).await.unwrap();
    tx.commit().await.unwrap();
}

async fn kinds(fresh: &Fresh) -> Vec<StrangeKind> {
    let mut reader = fresh.store.reader().await.unwrap();
    strange::kinds(&mut reader).await.unwrap()
}

fn kind(kind: &str, count: i64, latest: Millis) -> StrangeKind {
    StrangeKind {
        channel: "web".to_owned(),
        kind: kind.to_owned(),
        count,
        latest,
    }
}

#[test]
fn what_comes_twice_is_kept_once_its_beginning_alone_and_not_for_ever() {
    on_both(|fresh| async move {
        let long = "س".repeat(BYTES_MAX);
        keep(&fresh, &[one("a", &long, 1), one("a", &long, 1)]).await;
        keep(&fresh, &[one("a", &long, 2), one("b", "{}", 3)]).await;
        assert_eq!(kinds(&fresh).await, [kind("b", 1, 3), kind("a", 1, 1)]);
        let mut reader = fresh.store.reader().await.unwrap();
        let latest = strange::latest(&mut reader, "web", "a").await.unwrap();
        let (body, bytes) = latest.unwrap();
        assert_eq!((body.len(), bytes), (BYTES_MAX, 2 * BYTES_MAX as i64));
        drop(reader);
        let mut tx = fresh.store.begin_write().await.unwrap();
        strange::forget(&mut tx, 30 * 24 * 3_600_000 + 2)
            .await
            .unwrap();
        tx.commit().await.unwrap();
        assert_eq!(kinds(&fresh).await, [kind("b", 1, 3)]);
    });
}

#[test]
fn of_many_the_latest_are_kept() {
    on_both(|fresh| async move {
        let all: Vec<_> = (0..KEPT_MAX + 7)
            .map(|n| one("a", &format!("[{n}]"), n))
            .collect();
        keep(&fresh, &all).await;
        assert_eq!(kinds(&fresh).await, [kind("a", KEPT_MAX, KEPT_MAX + 6)]);
    });
}

#[test]
fn whoever_is_erased_takes_along_what_came_from_them() {
    on_both(|fresh| async move {
        met(&fresh.store, &web("sara"), 1_000).await;
        let mut hers = one("a", "hers", 1);
        hers.from = Some(web("sara"));
        keep(&fresh, &[hers, one("b", "nobody's", 2)]).await;
        erase::erase(&fresh.store, Whom::Address(&web("sara")), 2_000)
            .await
            .unwrap();
        assert_eq!(kinds(&fresh).await, [kind("b", 1, 2)]);
    });
}
