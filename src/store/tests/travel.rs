//! Exports, backups and restores.

use super::super::backup::{BackupError, MANIFEST, backup};
use super::super::erase::{self, Whom};
use super::super::export::{Format, MASK, Noun, Reason, Sight, audit, export, headers};
use super::super::object::Objects;
use super::super::restore::{RestoreError, restore};
use super::super::schema::TABLES;
use super::super::test_support::{
    Fresh, elsewhere, fresh, fresh_in_bucket, in_every_home, on_both, web,
};
use super::super::verify::verify;
use super::super::{Mode, OpenError, Options, Store, case, identity};
use super::erase::{applied_as, nowhere_in};

const ID: &str = "1000000008";

async fn exported(store: &Store, noun: Noun, format: Format, reveal: Option<&Reason>) -> String {
    let mut out = Vec::new();
    let sight = match reveal {
        None => Sight::Masked,
        Some(reason) => {
            audit(store, noun, reason).await.unwrap();
            Sight::Revealed
        }
    };
    export(store, noun, format, sight, &mut out).await.unwrap();
    String::from_utf8(out).unwrap()
}

#[test]
fn an_export_of_messages_has_the_promised_columns_and_masks_what_is_sensitive() {
    on_both(|fresh| async move {
        applied_as(&fresh, "session-a", "AB12", ID, 1).await;
        let lines = exported(&fresh.store, Noun::Messages, Format::JsonLines, None).await;
        let rows: Vec<serde_json::Value> = lines
            .lines()
            .map(|line| serde_json::from_str(line).unwrap())
            .collect();
        assert_eq!(rows.len(), 2);
        let columns = [
            "channel",
            "id",
            "from",
            "conversation",
            "seq",
            "direction",
            "kind",
            "text",
            "payload",
            "filename",
            "at",
            "status",
        ];
        for column in columns {
            assert!(rows[0].get(column).is_some(), "{column}");
        }
        assert_eq!(rows[0].as_object().unwrap().len(), columns.len());
        assert_eq!(
            (&rows[0]["from"], &rows[0]["at"]),
            (&"session-a".into(), &"1970-01-01T00:00:01.000Z".into())
        );
        assert_eq!(rows[1]["text"], MASK);
        let csv = exported(&fresh.store, Noun::Messages, Format::Csv, None).await;
        assert!(csv.starts_with(
            "channel,id,from,conversation,seq,direction,kind,text,payload,filename,at,status\n"
        ));
        assert_eq!(csv.lines().count(), 3);
    });
}

#[test]
fn revealing_takes_a_reason_that_stands_in_the_audit() {
    on_both(|fresh| async move {
        applied_as(&fresh, "a", "AB12", ID, 1).await;
        let cases = exported(&fresh.store, Noun::Cases, Format::JsonLines, None).await;
        assert!(
            !cases.contains(ID) && cases.contains(MASK) && cases.contains("AB12"),
            "{cases}"
        );
        let before = verify(&fresh.store).await.unwrap().whole;
        let reason = Reason {
            by: "operator".to_owned(),
            why: "طلب الجهة المشرفة".to_owned(),
            at: 5,
        };
        let revealed = exported(&fresh.store, Noun::Cases, Format::JsonLines, Some(&reason)).await;
        assert!(revealed.contains(ID));
        let report = verify(&fresh.store).await.unwrap();
        assert_eq!((report.whole, report.findings.len()), (before + 1, 0));
    });
}

#[test]
fn an_export_of_nothing_is_its_header() {
    for (noun, format, expected) in [
        (Noun::Messages, Format::JsonLines, ""),
        (
            Noun::Messages,
            Format::Csv,
            "channel,id,from,conversation,seq,direction,kind,text,payload,filename,at,status\n",
        ),
        (
            Noun::Cases,
            Format::Csv,
            "reference,kind,service,state,capacity,submitted_at,complete_at,answer_from,answer_by,closed_at,missing,\
             flags,duplicate,source,channel,about,proven,language,version,answers\n",
        ),
    ] {
        let mut out = Vec::new();
        headers(noun, format, &mut out).unwrap();
        assert_eq!(String::from_utf8(out).unwrap(), expected);
    }
}

async fn backed_up(fresh: &Fresh) -> std::path::PathBuf {
    let folder = fresh.options.data_dir.with_file_name("backup");
    backup(&fresh.store, &folder, 7, &mut |_, _| {})
        .await
        .unwrap();
    folder
}

async fn restored(folder: &std::path::Path, options: &Options) -> Store {
    restore(folder, options.clone(), None, 9, &mut |_, _| {})
        .await
        .unwrap();
    Store::open(options.clone(), Mode::Write).await.unwrap()
}

async fn dump(store: &Store) -> Vec<super::super::TableRow> {
    let mut tx = store.snapshot().await.unwrap();
    let mut all = Vec::new();
    for table in TABLES {
        all.extend(tx.table_page(table, None, 10_000).await.unwrap());
    }
    all
}

#[test]
fn a_backup_comes_back_row_for_row_and_byte_for_byte_and_tells_nothing_sealed() {
    in_every_home(|fresh| async move {
        applied_as(&fresh, "session-a", "AB12", ID, 1).await;
        let folder = backed_up(&fresh).await;
        for value in [ID, "session-a"] {
            nowhere_in(&folder, value);
        }
        let store = restored(&folder, &elsewhere(&fresh.options, "restored")).await;
        assert_eq!(dump(&store).await, dump(&fresh.store).await);
        let bytes = Objects::open(&store)
            .unwrap()
            .get("photo-AB12")
            .await
            .unwrap()
            .unwrap();
        assert_eq!(bytes, format!("bytes with {ID}").into_bytes());
        assert_eq!(verify(&store).await.unwrap().findings, []);
    });
}

#[test]
fn a_charity_moves_from_one_engine_to_the_other_by_its_backup() {
    on_both(|there| async move {
        let here = fresh(None).await;
        applied_as(&here, "a", "AB12", ID, 1).await;
        let folder = backed_up(&here).await;
        let store = restored(&folder, &elsewhere(&there.options, "restored")).await;
        assert_eq!(dump(&store).await, dump(&here.store).await);
    });
}

#[tokio::test]
async fn attachments_move_from_the_folder_to_a_bucket_by_a_backup_and_in_no_other_way() {
    let here = fresh(None).await;
    applied_as(&here, "a", "AB12", ID, 1).await;
    let folder = backed_up(&here).await;
    let (there, _) = fresh_in_bucket().await;
    let bucket = there.options.bucket.clone();
    let options = Options {
        bucket: bucket.clone(),
        ..elsewhere(&here.options, "restored")
    };
    let store = restored(&folder, &options).await;
    let objects = Objects::open(&store).unwrap();
    let bytes = objects.get("photo-AB12").await.unwrap().unwrap();
    assert_eq!(bytes, format!("bytes with {ID}").into_bytes());

    let again = Options {
        bucket: bucket.clone(),
        ..elsewhere(&here.options, "restored again")
    };
    let refused = restore(&folder, again, None, 9, &mut |_, _| {}).await;
    let refused = refused.unwrap_err();
    assert!(matches!(refused, RestoreError::NotEmpty(_)), "{refused}");

    here.store.close().await;
    store.close().await;
    drop((here.store, store));
    let back = Options {
        bucket: None,
        ..options
    };
    let forth = Options {
        bucket,
        ..here.options
    };
    for options in [back, forth] {
        for mode in [Mode::Write, Mode::Read] {
            let refused = Store::open(options.clone(), mode).await.err().unwrap();
            assert!(
                matches!(refused, OpenError::ObjectsElsewhere { .. }),
                "{refused}"
            );
        }
    }
}

#[test]
fn a_restored_backup_does_not_bring_back_who_was_erased_after_it() {
    in_every_home(|fresh| async move {
        applied_as(&fresh, "a", "AB12", ID, 1).await;
        applied_as(&fresh, "b", "CD34", "1000000016", 2).await;
        let folder = backed_up(&fresh).await;
        erase::erase(&fresh.store, Whom::Reference("AB12"), 8)
            .await
            .unwrap();
        let notes = fresh.options.data_dir.join(erase::FILE);
        let options = elsewhere(&fresh.options, "restored");
        restore(&folder, options.clone(), Some(&notes), 9, &mut |_, _| {})
            .await
            .unwrap();
        let store = Store::open(options, Mode::Write).await.unwrap();
        let mut tx = store.reader().await.unwrap();
        assert_eq!(identity::find(&mut tx, &web("a")).await.unwrap(), None);
        assert!(identity::find(&mut tx, &web("b")).await.unwrap().is_some());
        assert_eq!(
            case::find(&mut tx, "AB12").await.unwrap().unwrap().state,
            "erased"
        );
        drop(tx);
        assert_eq!(
            Objects::open(&store)
                .unwrap()
                .get("photo-AB12")
                .await
                .unwrap(),
            None
        );
        let report = verify(&store).await.unwrap();
        assert_eq!((report.erased, report.findings.len()), (1, 0));
    });
}

#[test]
fn a_restore_refuses_what_is_damaged_and_where_something_is() {
    on_both(|fresh| async move {
        applied_as(&fresh, "a", "AB12", ID, 1).await;
        let folder = backed_up(&fresh).await;
        let attempt = |options: Options| {
            let folder = folder.clone();
            async move {
                restore(&folder, options, None, 9, &mut |_, _| {})
                    .await
                    .unwrap_err()
            }
        };
        let refused = attempt(fresh.options.clone()).await;
        assert!(matches!(refused, RestoreError::NotEmpty(_)), "{refused}");
        let free = elsewhere(&fresh.options, "restored");
        let other = Options {
            charity: "other".to_owned(),
            ..free.clone()
        };
        let refused = attempt(other).await;
        assert!(
            matches!(refused, RestoreError::Open(OpenError::OtherCharity { .. })),
            "{refused}"
        );
        let key = crate::config::SecretKey::read("the other key of an invented charity").unwrap();
        let refused = attempt(Options {
            secret_key: Some(key),
            ..free.clone()
        })
        .await;
        assert!(
            matches!(refused, RestoreError::Open(OpenError::OtherKey { .. })),
            "{refused}"
        );
        assert!(!free.data_dir.exists(), "nothing was written");
        std::fs::write(folder.join("tables/item.jsonl"), "").unwrap();
        let refused = attempt(free.clone()).await;
        assert!(matches!(refused, RestoreError::Damaged(_)), "{refused}");
        std::fs::remove_file(folder.join(MANIFEST)).unwrap();
        let refused = attempt(free).await;
        assert!(matches!(refused, RestoreError::NoBackup(_)), "{refused}");
        let again = backup(&fresh.store, &folder, 7, &mut |_, _| {})
            .await
            .unwrap_err();
        assert!(matches!(again, BackupError::NotEmpty(_)), "{again}");
    });
}
