//! Tampering with evidence, column by column, and with its end.

use super::super::chain::{self, Link};
use super::super::schema::{Kind, TABLES};
use super::super::test_support::{Fresh, on_both};
use super::super::verify::{AUDIT, Finding, Report, verify};
use super::super::{Arg, Store, heads};
use super::*;

fn link(subject: &str) -> Link {
    Link {
        at: 1_000,
        kind: "declaration".to_owned(),
        subject: subject.to_owned(),
        author: "applicant".to_owned(),
        detail: "{}".to_owned(),
        value: Some("أقر بصحة البيانات".to_owned()),
    }
}

async fn append(store: &Store, subjects: &[&str]) {
    let links: Vec<_> = subjects.iter().map(|subject| link(subject)).collect();
    let mut tx = store.begin_write().await.unwrap();
    chain::append(&mut tx, AUDIT, &links).await.unwrap();
    tx.commit().await.unwrap();
}

/// What somebody with the database alone does to it.
async fn tamper(store: &Store, text: &'static str) {
    let mut tx = store.begin_write().await.unwrap();
    tx.raw(text).await.unwrap();
    tx.commit().await.unwrap();
}

async fn whole(store: &Store) -> Report {
    let report = verify(store).await.unwrap();
    assert_eq!(report.findings, [], "nothing was done yet");
    report
}

#[test]
fn an_untouched_chain_is_whole_also_over_several_transactions() {
    on_both(|fresh| async move {
        assert_eq!(whole(&fresh.store).await, Report::default());
        append(&fresh.store, &["a", "b"]).await;
        append(&fresh.store, &["c"]).await;
        assert_eq!(whole(&fresh.store).await.whole, 3);
        let fresh = fresh.reopen().await;
        assert_eq!(whole(&fresh.store).await.whole, 3);
    });
}

#[test]
fn every_single_column_edit_is_found() {
    on_both(|fresh| async move {
        append(&fresh.store, &["a", "b", "c"]).await;
        whole(&fresh.store).await;
        let table = TABLES.iter().find(|table| table.name == "chain").unwrap();
        for column in table.columns {
            let new = match column.kind {
                Kind::Text => "'x'",
                Kind::Int => "77",
            };
            for seq in 1..=3 {
                let edit = format!("UPDATE chain SET {} = {new} WHERE seq = {seq}", column.name);
                let undone = fresh.store.begin_write().await.unwrap();
                let report = edited(undone, &fresh, edit).await;
                assert!(!report.findings.is_empty(), "{} of row {seq}", column.name);
            }
            if column.name == "value" || column.name == "salt" {
                let edit = format!("UPDATE chain SET {} = NULL WHERE seq = 2", column.name);
                let undone = fresh.store.begin_write().await.unwrap();
                let report = edited(undone, &fresh, edit).await;
                assert!(!report.findings.is_empty(), "{} emptied", column.name);
            }
        }
        whole(&fresh.store).await;
    });
}

/// Commits the edit, verifies, and puts the rows back as they were.
async fn edited(mut tx: Tx, fresh: &Fresh, edit: String) -> Report {
    let table = TABLES.iter().find(|table| table.name == "chain").unwrap();
    let before = tx.table_page(table, None, 100).await.unwrap();
    tx.rows_of("edit", sqlx::AssertSqlSafe(edit), &[])
        .await
        .unwrap();
    tx.commit().await.unwrap();
    let report = verify(&fresh.store).await.unwrap();
    let mut tx = fresh.store.begin_write().await.unwrap();
    tx.raw("DELETE FROM chain").await.unwrap();
    tx.table_put(table, &before).await.unwrap();
    tx.commit().await.unwrap();
    report
}

#[test]
fn what_somebody_with_the_database_alone_does_is_found() {
    for (case, deed) in [
        ("the last row dropped", "DELETE FROM chain WHERE seq = 3"),
        ("a row within dropped", "DELETE FROM chain WHERE seq = 2"),
        ("the first row dropped", "DELETE FROM chain WHERE seq = 1"),
        ("all rows dropped", "DELETE FROM chain"),
        (
            "all rows and the head dropped",
            "DELETE FROM chain; DELETE FROM meta WHERE name LIKE 'head%'",
        ),
        (
            "the head dropped",
            "DELETE FROM meta WHERE name LIKE 'head%'",
        ),
        (
            "the head spoilt",
            "UPDATE meta SET value = 'x' WHERE name LIKE 'head%'",
        ),
        (
            "two rows swapped",
            "UPDATE chain SET seq = 9 WHERE seq = 1; UPDATE chain SET seq = 1 WHERE seq = 2; \
             UPDATE chain SET seq = 2 WHERE seq = 9",
        ),
        (
            "two values swapped",
            "UPDATE chain SET value = (SELECT o.value FROM chain o WHERE o.seq = 3 - chain.seq), \
             salt = (SELECT o.salt FROM chain o WHERE o.seq = 3 - chain.seq) WHERE seq < 3",
        ),
        (
            "a value erased by hand",
            "UPDATE chain SET value = NULL, salt = NULL, erased_at = 5, erased_mark = 'x' WHERE seq = 2",
        ),
        (
            "rows moved to another chain",
            "UPDATE chain SET name = 'evidence' WHERE seq = 3",
        ),
        (
            "rows moved to no chain",
            "UPDATE chain SET name = 'old' WHERE seq = 3",
        ),
        (
            "the digest of the last row copied from the one before",
            "UPDATE chain SET digest = (SELECT o.digest FROM chain o WHERE o.seq = 2) WHERE seq = 3",
        ),
    ] {
        on_both(|fresh| async move {
            append(&fresh.store, &["a", "b", "c"]).await;
            tamper(&fresh.store, deed).await;
            let report = verify(&fresh.store).await.unwrap();
            assert!(
                !report.findings.is_empty(),
                "{case} on {:?}",
                fresh.store.engine()
            );
        });
    }
}

#[test]
fn a_chain_recomputed_without_the_key_is_found() {
    on_both(|fresh| async move {
        append(&fresh.store, &["a", "b", "c"]).await;
        // The forger knows the whole program, but not the key.
        let key = crate::config::SecretKey::read("a key that the forger simply made up").unwrap();
        let forger = Seal::new(&key);
        let mut tx = fresh.store.begin_write().await.unwrap();
        let mut prior = String::new();
        for mut entry in chain::page(&mut tx, AUDIT, 0, 10).await.unwrap() {
            entry.prior = prior;
            entry.author = "somebody else".to_owned();
            entry.digest = entry.vouch(&forger);
            let text = "UPDATE chain SET author = $1, prior = $2, digest = $3 WHERE seq = $4";
            let args: [Arg; 4] = [
                entry.author.as_str().into(),
                entry.prior.as_str().into(),
                entry.digest.as_str().into(),
                entry.seq.into(),
            ];
            tx.rows_of("forge", text, &args).await.unwrap();
            prior = entry.digest;
        }
        let head = serde_json::to_string(&chain::head_of(&forger, AUDIT, 3, &prior)).unwrap();
        let args: [Arg; 1] = [head.as_str().into()];
        tx.rows_of(
            "forge",
            "UPDATE meta SET value = $1 WHERE name LIKE 'head%'",
            &args,
        )
        .await
        .unwrap();
        tx.commit().await.unwrap();
        assert!(verify(&fresh.store).await.unwrap().findings.len() >= 3);
    });
}

#[test]
fn an_older_database_put_back_is_found_by_the_note_outside_also_after_it_went_on() {
    on_both(|fresh| async move {
        append(&fresh.store, &["a"]).await;
        let head = chain::stored_head(&mut fresh.store.reader().await.unwrap(), AUDIT)
            .await
            .unwrap();
        let head = serde_json::to_string(&head.unwrap().unwrap()).unwrap();
        append(&fresh.store, &["b"]).await;
        let mut tx = fresh.store.begin_write().await.unwrap();
        tx.raw("DELETE FROM chain WHERE seq = 2").await.unwrap();
        let args: [Arg; 1] = [head.as_str().into()];
        tx.rows_of(
            "forge",
            "UPDATE meta SET value = $1 WHERE name LIKE 'head%'",
            &args,
        )
        .await
        .unwrap();
        tx.commit().await.unwrap();
        let cut = Finding::Cut {
            chain: AUDIT.to_owned(),
            at: 1,
        };
        assert_eq!(verify(&fresh.store).await.unwrap().findings, [cut]);
        append(&fresh.store, &["c", "d", "e"]).await;
        let cut = Finding::Cut {
            chain: AUDIT.to_owned(),
            at: 4,
        };
        assert_eq!(verify(&fresh.store).await.unwrap().findings, [cut]);
    });
}

#[test]
fn a_lost_note_outside_is_no_accusation() {
    on_both(|fresh| async move {
        append(&fresh.store, &["a"]).await;
        std::fs::write(fresh.options.data_dir.join(heads::FILE), "").unwrap();
        whole(&fresh.store).await;
        append(&fresh.store, &["b"]).await;
        assert_eq!(whole(&fresh.store).await.whole, 2);
    });
}

#[test]
fn what_the_house_erased_is_told_as_erased() {
    on_both(|fresh| async move {
        append(&fresh.store, &["a", "b", "a"]).await;
        let mut tx = fresh.store.begin_write().await.unwrap();
        let erased = chain::erase(&mut tx, &Arg::ids(["a"]).unwrap(), 5_000)
            .await
            .unwrap();
        assert_eq!(erased, 2);
        tx.commit().await.unwrap();
        let report = whole(&fresh.store).await;
        assert_eq!((report.whole, report.erased), (1, 2));
        let mut tx = fresh.store.reader().await.unwrap();
        let about = chain::about(&mut tx, AUDIT, "a").await.unwrap();
        assert!(about.iter().all(|link| link.value.is_none()));
        tamper(
            &fresh.store,
            "UPDATE chain SET erased_at = 6000 WHERE seq = 1",
        )
        .await;
        assert_eq!(verify(&fresh.store).await.unwrap().findings.len(), 1);
    });
}
