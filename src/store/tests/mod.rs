//! What holds for every statement and every store, on both engines.

use super::test_support::{bucket_at, elsewhere, fresh, on_both};
use super::*;

mod bucket;
mod chain;
mod erase;
mod nouns;
mod objects;
mod reach;
mod request;
mod schema;
mod search;
mod strange;
mod travel;

#[test]
fn every_statement_is_understood_by_both_engines() {
    on_both(|fresh| async move {
        let mut tx = fresh.store.reader().await.unwrap();
        for noun in ALL {
            for sql in *noun {
                tx.prepare(sql).await.unwrap();
            }
        }
    });
}

#[test]
fn every_file_with_statements_is_among_those_that_are_prepared() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("src/store");
    let with_statements = std::fs::read_dir(folder)
        .unwrap()
        .filter_map(|entry| std::fs::read_to_string(entry.unwrap().path()).ok())
        .filter(|text| text.contains("\nstatements! {"))
        .count();
    // The tests themselves have some too.
    assert_eq!(with_statements + 1, ALL.len());
}

#[test]
fn the_fragments_become_each_engines_own() {
    let text =
        "SELECT r.id FROM {rows $1 AS r: id TEXT, due BIGINT} {for_update OF c} {skip_locked}";
    assert_eq!(
        in_words_of(Engine::Sqlite, text).trim(),
        "SELECT r.id FROM (SELECT value->>'id' AS id, value->>'due' AS due FROM json_each($1)) AS r"
    );
    assert_eq!(
        in_words_of(Engine::Postgres, text),
        "SELECT r.id FROM json_to_recordset($1::json) AS r( id TEXT, due BIGINT) \
         FOR UPDATE OF c FOR UPDATE  SKIP LOCKED"
    );
}

#[test]
fn what_is_not_committed_is_undone_and_the_next_transaction_is_clean() {
    on_both(|fresh| async move {
        let keep = |name: &'static str| [Arg::from(name), Arg::from("x")];
        let mut dropped = fresh.store.begin_write().await.unwrap();
        dropped.run(&KEEP, &keep("dropped")).await.unwrap();
        drop(dropped);
        let mut rolled_back = fresh.store.begin_write().await.unwrap();
        rolled_back.run(&KEEP, &keep("rolled back")).await.unwrap();
        rolled_back.rollback().await.unwrap();
        let mut failed = fresh.store.begin_write().await.unwrap();
        failed.run(&KEEP, &keep("failed")).await.unwrap();
        let fault = failed.run(&KEEP_AGAIN, &keep("failed")).await.unwrap_err();
        assert!(matches!(fault, Fault::Poison(_)), "{fault}");
        assert!(
            !fault.to_string().contains("failed\""),
            "no value in it: {fault}"
        );
        drop(failed);
        let mut kept = fresh.store.begin_write().await.unwrap();
        kept.run(&KEEP, &keep("kept")).await.unwrap();
        kept.commit().await.unwrap();
        let mut reader = fresh.store.reader().await.unwrap();
        let names: Vec<_> = reader
            .rows(&NAMES, &[])
            .await
            .unwrap()
            .iter()
            .map(|row| row.text("name").unwrap())
            .collect();
        assert_eq!(names, ["charity", "kept", "key", "objects"]);
    });
}

statements! {
    KEEP = "INSERT INTO meta (name, value) VALUES ($1, $2) ON CONFLICT DO NOTHING";
    KEEP_AGAIN = "INSERT INTO meta (name, value) VALUES ($1, $2)";
    NAMES = "SELECT name FROM meta ORDER BY name";
    ECHO = "SELECT r.word, r.number, r.missing, 1 AS one FROM {rows $1 AS r: word TEXT, number BIGINT, missing TEXT}";
}

#[test]
fn rows_go_in_as_one_parameter_and_null_characters_do_not_break_them() {
    #[derive(serde::Serialize)]
    struct Echo {
        word: &'static str,
        number: i64,
        missing: Option<String>,
    }
    on_both(|fresh| async move {
        let words = [
            "سلام",
            "a\0b",
            "\\u0000",
            "{{7*7}}",
            "'; DROP TABLE meta; --",
            "\u{202e}x",
            "123",
        ];
        let rows: Vec<_> = words
            .iter()
            .map(|word| Echo {
                word,
                number: i64::MAX,
                missing: None,
            })
            .collect();
        let mut reader = fresh.store.reader().await.unwrap();
        let echoed = reader
            .rows(&ECHO, &[Arg::rows(&rows).unwrap()])
            .await
            .unwrap();
        for (word, row) in words.iter().zip(&echoed) {
            assert_eq!(row.text("word").unwrap(), word.replace('\0', "\u{FFFD}"));
            assert_eq!(row.int("number").unwrap(), i64::MAX);
            assert_eq!(row.opt_text("missing").unwrap(), None);
            assert_eq!(row.int("one").unwrap(), 1);
        }
        assert_eq!(echoed.len(), words.len());
    });
}

#[tokio::test]
async fn a_second_writer_of_a_data_folder_is_refused_and_a_reader_is_not() {
    let fresh = fresh(None).await;
    let Err(refused) = Store::open(fresh.options.clone(), Mode::Write).await else {
        panic!("two writers");
    };
    assert!(matches!(refused, OpenError::Held(_)), "{refused}");
    assert!(refused.to_string().contains("WASL_DATA_DIR"), "{refused}");
    let reader = Store::open(fresh.options.clone(), Mode::Read)
        .await
        .unwrap();
    let mut tx = reader.begin_write().await;
    let refused = match &mut tx {
        Ok(tx) => tx.run(&KEEP, &["a".into(), "b".into()]).await.unwrap_err(),
        Err(fault) => fault.clone(),
    };
    assert!(matches!(refused, Fault::ReadOnly(_)), "{refused}");
}

#[test]
fn data_of_another_charity_or_under_another_key_are_refused() {
    on_both(|fresh| async move {
        fresh.store.close().await;
        drop(fresh.store);
        let other_charity = Options {
            charity: "other".to_owned(),
            ..fresh.options.clone()
        };
        let key = crate::config::SecretKey::read("the other key of an invented charity").unwrap();
        let other_key = Options {
            secret_key: Some(key),
            ..fresh.options.clone()
        };
        for mode in [Mode::Write, Mode::Read] {
            let refused = Store::open(other_charity.clone(), mode)
                .await
                .err()
                .unwrap();
            assert!(
                matches!(refused, OpenError::OtherCharity { .. }),
                "{refused}"
            );
            let refused = Store::open(other_key.clone(), mode).await.err().unwrap();
            assert!(matches!(refused, OpenError::OtherKey { .. }), "{refused}");
        }
        Store::open(fresh.options.clone(), Mode::Write)
            .await
            .unwrap();
    });
}

#[tokio::test]
async fn a_reading_command_makes_nothing_where_there_is_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let nowhere = folder.path().join("none");
    let refused = Store::open(Options::sqlite(&nowhere, "demo"), Mode::Read)
        .await
        .err()
        .unwrap();
    assert!(matches!(refused, OpenError::NoData(_)), "{refused}");
    assert!(!nowhere.exists());
}

#[tokio::test]
async fn a_lost_key_is_not_replaced_beside_data_that_need_it() {
    let folder = tempfile::tempdir().unwrap();
    let options = Options::sqlite(folder.path(), "demo");
    drop(Store::open(options.clone(), Mode::Write).await.unwrap());
    std::fs::remove_file(folder.path().join(crate::seal::secret::FILE)).unwrap();
    let refused = Store::open(options, Mode::Write).await.err().unwrap();
    assert!(
        refused.to_string().contains("Put the file back"),
        "{refused}"
    );
}

#[test]
fn on_postgresql_attachments_must_lie_where_all_instances_see_them() {
    on_both(|fresh| async move {
        let here = Options {
            objects_shared: false,
            ..elsewhere(&fresh.options, "alone")
        };
        let opened = Store::open(here.clone(), Mode::Write).await;
        match fresh.engine() {
            Engine::Sqlite => assert!(opened.is_ok()),
            Engine::Postgres => {
                let refused = opened.err().unwrap();
                assert!(matches!(refused, OpenError::ObjectsNotShared), "{refused}");
            }
        }
        let in_bucket = Options {
            bucket: Some(bucket_at("http://127.0.0.1:1")),
            ..elsewhere(&here, "in a bucket")
        };
        assert!(Store::open(in_bucket, Mode::Write).await.is_ok());
    });
}

#[cfg(unix)]
#[tokio::test]
async fn the_files_are_for_their_owner_alone() {
    use std::os::unix::fs::PermissionsExt;
    let fresh = fresh(None).await;
    let mode = |name: &str| {
        let path = fresh.options.data_dir.join(name);
        std::fs::metadata(path).unwrap().permissions().mode() & 0o777
    };
    assert_eq!(mode(""), 0o700);
    assert_eq!(mode(open::SQLITE_FILE), 0o600);
    assert_eq!(mode("wasl.db-wal"), 0o600);
}
