//! A bucket that is away, slow, closed or empty: what is told, what is tried again, and that nothing is
//! promised which the bucket does not have.

use std::time::Duration;

use secrecy::SecretString;

use super::super::attachment;
use super::super::bucket::{Patience, Trouble};
use super::super::object::{ObjectFault, Objects, Swept};
use super::super::test_support::s3::{ACCESS_KEY, Mood, SECRET_KEY, Standin};
use super::super::test_support::{Fresh, bucket_at, fresh, fresh_in_bucket};
use super::objects::{NOW_PLUS_TWO_DAYS, now, owned};
use crate::config::{Bucket, SecretKey};
use crate::seal::Seal;

/// Tries again at once, and never gives up on a machine that is only busy.
const BRISK: Patience = Patience {
    retries: 2,
    pause: Duration::from_millis(1),
    ..Patience::USUAL
};

/// For a bucket that never answers.
const HASTY: Patience = Patience {
    word: Duration::from_millis(200),
    answer: Duration::from_millis(200),
    whole: Duration::from_millis(100),
    ..BRISK
};

const ALWAYS: usize = usize::MAX;

fn brisk(fresh: &Fresh, bucket: &Bucket) -> Objects {
    Objects::in_bucket(bucket, fresh.store.seal().clone(), BRISK).unwrap()
}

fn hasty(fresh: &Fresh, bucket: &Bucket) -> Objects {
    Objects::in_bucket(bucket, fresh.store.seal().clone(), HASTY).unwrap()
}

fn bucket(fresh: &Fresh) -> Bucket {
    fresh.options.bucket.clone().unwrap()
}

async fn put(objects: &Objects, key: &str) -> Result<(), ObjectFault> {
    objects.put(key, b"bytes of a photo".to_vec()).await
}

#[tokio::test]
async fn what_is_wrong_with_a_bucket_is_told_in_words_without_keys_and_addresses() {
    let (fresh, s3) = fresh_in_bucket().await;
    let right = bucket(&fresh);
    let nobody = bucket_at(&format!("http://{}", Standin::nobody()));
    let with = |change: fn(&mut Bucket)| {
        let mut bucket = right.clone();
        change(&mut bucket);
        bucket
    };
    let other_key = with(|bucket| bucket.access_key = "OTHERKEY".to_owned());
    let other_secret =
        with(|bucket| bucket.secret_key = SecretString::from("topsecret of somebody else"));
    let other_region = with(|bucket| bucket.region = "elsewhere".to_owned());
    let other_bucket = with(|bucket| bucket.address.bucket = "other".to_owned());
    let fails = |status| Mood::Fails {
        status,
        times: ALWAYS,
    };
    for (case, bucket, mood, words) in [
        (
            "down",
            &nobody,
            Mood::Well,
            "cannot be reached: Connection refused",
        ),
        ("slow", &right, Mood::Hangs, "does not answer in time"),
        (
            "another key",
            &other_key,
            Mood::Well,
            "answers 403 InvalidAccessKeyId: look at WASL_OBJECTS_ACCESS_KEY",
        ),
        (
            "another secret",
            &other_secret,
            Mood::Well,
            "answers 403 SignatureDoesNotMatch: look at WASL_OBJECTS_ACCESS_KEY",
        ),
        (
            "another region",
            &other_region,
            Mood::Well,
            "answers 403 AccessDenied",
        ),
        (
            "no such bucket",
            &other_bucket,
            Mood::Well,
            "answers 404 NoSuchBucket: look at the bucket in WASL_OBJECTS_URL",
        ),
        (
            "broken",
            &right,
            fails(500),
            "answers 500 InternalError: the store has a trouble of its own",
        ),
        (
            "moved",
            &right,
            fails(301),
            "answers 301 InternalError: look at WASL_OBJECTS_REGION",
        ),
    ] {
        s3.becomes(mood);
        let objects = match mood {
            Mood::Hangs => hasty(&fresh, bucket),
            _ => brisk(&fresh, bucket),
        };
        let got = objects.get("a").await.map(|bytes| bytes.is_some());
        let swept = objects.sweep(&fresh.store, now()).await.map(|_| true);
        for (what, outcome) in [("get", got), ("sweep", swept)] {
            let told = outcome.unwrap_err().to_string();
            assert!(
                told.starts_with(&format!("the attachments' bucket {words}")),
                "{case}, {what}: {told}"
            );
            for secret in [ACCESS_KEY, SECRET_KEY, "OTHERKEY", "topsecret", "127.0.0.1"] {
                assert!(!told.contains(secret), "{case}, {what}: {told}");
            }
        }
        let refused = put(&objects, "a").await.unwrap_err();
        assert!(
            matches!(refused, ObjectFault::Bucket(_)),
            "{case}: {refused}"
        );
    }
    assert!(s3.objects().is_empty());
}

#[tokio::test]
async fn a_hiccup_is_bridged_and_an_outage_is_not_tried_for_ever() {
    let (fresh, s3) = fresh_in_bucket().await;
    let objects = brisk(&fresh, &bucket(&fresh));
    let hiccup = Mood::Fails {
        status: 503,
        times: BRISK.retries,
    };
    s3.becomes(hiccup);
    put(&objects, "a").await.unwrap();
    s3.becomes(hiccup);
    assert!(objects.get("a").await.unwrap().is_some());
    s3.asked();
    s3.becomes(Mood::Fails {
        status: 503,
        times: ALWAYS,
    });
    put(&objects, "b").await.unwrap_err();
    assert_eq!(s3.asked().len(), 1 + BRISK.retries);
    // What a store cannot do is not asked again.
    s3.becomes(Mood::Fails {
        status: 501,
        times: ALWAYS,
    });
    put(&objects, "b").await.unwrap_err();
    assert_eq!(s3.asked().len(), 1);
    s3.becomes(Mood::Well);
    assert_eq!(objects.get("b").await.unwrap(), None);
}

#[tokio::test]
async fn a_put_whose_answer_was_lost_is_made_again_and_is_no_second_object() {
    let (fresh, s3) = fresh_in_bucket().await;
    let objects = brisk(&fresh, &bucket(&fresh));
    s3.becomes(Mood::LosesAnswers { times: 1 });
    put(&objects, "a").await.unwrap();
    let asked = s3.asked();
    let methods: Vec<_> = asked
        .iter()
        .filter_map(|one| one.split(' ').next())
        .collect();
    assert_eq!(methods, ["HEAD", "PUT", "PUT"]);
    s3.becomes(Mood::LosesAnswers { times: ALWAYS });
    put(&objects, "b").await.unwrap_err();
    s3.becomes(Mood::Well);
    let taken = put(&objects, "a").await.unwrap_err();
    assert!(matches!(taken, ObjectFault::Taken), "{taken}");
}

#[tokio::test]
async fn nothing_is_told_to_be_kept_before_the_bucket_has_it() {
    let (fresh, s3) = fresh_in_bucket().await;
    let objects = hasty(&fresh, &bucket(&fresh));
    s3.becomes(Mood::Hangs);
    let waiting = put(&objects, "a").await.unwrap_err();
    assert!(
        matches!(waiting, ObjectFault::Bucket(Trouble::Silent)),
        "{waiting}"
    );
    assert!(s3.objects().is_empty());
    s3.becomes(Mood::Well);
    let objects = brisk(&fresh, &bucket(&fresh));
    put(&objects, "a").await.unwrap();
    assert_eq!(s3.objects().len(), 1);
}

#[tokio::test]
async fn an_object_that_is_gone_is_none_and_a_bucket_that_is_gone_is_a_fault() {
    let (fresh, s3) = fresh_in_bucket().await;
    let here = brisk(&fresh, &bucket(&fresh));
    put(&here, "a").await.unwrap();
    s3.forgets();
    assert_eq!(here.get("a").await.unwrap(), None);
    let mut other = bucket(&fresh);
    other.address.bucket = "other".to_owned();
    brisk(&fresh, &other).get("a").await.unwrap_err();
}

#[tokio::test]
async fn what_was_promised_to_be_deleted_stays_promised_until_the_bucket_says_so() {
    let (fresh, s3) = fresh_in_bucket().await;
    let here = brisk(&fresh, &bucket(&fresh));
    put(&here, "gone").await.unwrap();
    owned(&fresh.store, "gone").await;
    let mut tx = fresh.store.begin_write().await.unwrap();
    attachment::erase(&mut tx, &["gone"], 5).await.unwrap();
    tx.commit().await.unwrap();

    let mut other = bucket(&fresh);
    other.address.bucket = "other".to_owned();
    let elsewhere = brisk(&fresh, &other);
    elsewhere.sweep(&fresh.store, now()).await.unwrap_err();
    s3.becomes(Mood::Fails {
        status: 500,
        times: ALWAYS,
    });
    here.sweep(&fresh.store, now()).await.unwrap_err();
    assert_eq!(s3.objects().len(), 1);

    s3.becomes(Mood::Well);
    let swept = here.sweep(&fresh.store, now()).await.unwrap();
    let erased = Swept {
        orphans: 0,
        erased: 1,
    };
    assert_eq!((swept, s3.objects().len()), (erased, 0));
}

#[tokio::test]
async fn an_installation_that_was_pointed_at_another_ones_bucket_sweeps_only_its_own() {
    let (here, s3) = fresh_in_bucket().await;
    put(&brisk(&here, &bucket(&here)), "a").await.unwrap();
    let there = fresh(None).await;
    let key = SecretKey::read("the other key of an invented charity").unwrap();
    let other = Objects::in_bucket(&bucket(&here), Seal::new(&key).into(), BRISK).unwrap();
    for key in ["b", "c", "d"] {
        put(&other, key).await.unwrap();
    }
    let later = now() + NOW_PLUS_TWO_DAYS;
    let swept = other.sweep(&there.store, later).await.unwrap();
    assert_eq!((swept.orphans, s3.objects().len()), (3, 1));
}

#[tokio::test]
async fn an_attachment_of_the_largest_size_goes_there_and_back() {
    let (fresh, _s3) = fresh_in_bucket().await;
    let objects = Objects::open(&fresh.store).unwrap();
    let bytes = vec![7; 20 * 1024 * 1024];
    objects.put("large", bytes.clone()).await.unwrap();
    assert!(objects.get("large").await.unwrap().unwrap() == bytes);
}
