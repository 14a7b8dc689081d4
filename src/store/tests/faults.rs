//! A database in trouble: what it means, and that the store is itself again afterwards.

use sqlx::Connection as _;

use super::super::test_support::{Fresh, fresh, on_both};
use super::super::{Arg, Engine, Fault, Tx, open};

async fn keep(tx: &mut Tx, name: &str, value: &str) -> Result<(), Fault> {
    let args: [Arg; 2] = [name.into(), value.into()];
    tx.rows_of(
        "keep",
        "INSERT INTO meta (name, value) VALUES ($1, $2)",
        &args,
    )
    .await?;
    Ok(())
}

/// A transaction like any other goes through, and nothing of a failed one is there.
async fn is_well(fresh: &Fresh) {
    let mut tx = fresh.store.begin_write().await.unwrap();
    keep(&mut tx, "well", "x").await.unwrap();
    tx.commit().await.unwrap();
    let mut tx = fresh.store.reader().await.unwrap();
    let rows = tx
        .rows_of(
            "count",
            "SELECT name FROM meta WHERE name IN ('well', 'failed')",
            &[],
        )
        .await;
    assert_eq!(rows.unwrap().len(), 1);
}

#[tokio::test]
async fn a_full_disk_fails_the_transaction_and_the_next_one_goes_through_when_there_is_room() {
    let fresh = fresh(None).await;
    let mut tx = fresh.store.begin_write().await.unwrap();
    tx.raw("PRAGMA max_page_count = 1").await.unwrap();
    let fault = keep(&mut tx, "failed", &"x".repeat(1_000_000))
        .await
        .unwrap_err();
    assert!(matches!(fault, Fault::Full(_)) && fault.waits(), "{fault}");
    drop(tx);
    is_well(&fresh).await;
}

#[tokio::test]
async fn a_read_only_database_fails_the_transaction() {
    let fresh = fresh(None).await;
    let mut tx = fresh.store.begin_write().await.unwrap();
    tx.raw("PRAGMA query_only = ON").await.unwrap();
    let fault = keep(&mut tx, "failed", "x").await.unwrap_err();
    assert!(
        matches!(fault, Fault::ReadOnly(_)) && fault.waits(),
        "{fault}"
    );
    drop(tx);
    is_well(&fresh).await;
}

#[tokio::test]
async fn a_database_that_another_program_holds_is_locked_until_it_lets_go() {
    let fresh = fresh(None).await;
    let mut tx = fresh.store.begin_write().await.unwrap();
    tx.raw("PRAGMA busy_timeout = 1").await.unwrap();
    tx.commit().await.unwrap();
    let file = fresh.options.data_dir.join(open::SQLITE_FILE);
    let options = sqlx::sqlite::SqliteConnectOptions::new().filename(file);
    let mut other = sqlx::SqliteConnection::connect_with(&options)
        .await
        .unwrap();
    sqlx::query("BEGIN IMMEDIATE")
        .execute(&mut other)
        .await
        .unwrap();
    let Err(fault) = fresh.store.begin_write().await else {
        panic!("two writers");
    };
    assert!(
        matches!(fault, Fault::Locked(_)) && fault.waits(),
        "{fault}"
    );
    let mut reader = fresh.store.reader().await.unwrap();
    assert!(
        reader
            .rows_of("read", "SELECT name FROM meta", &[])
            .await
            .is_ok(),
        "reading goes on"
    );
    other.close().await.unwrap();
    is_well(&fresh).await;
}

#[test]
fn a_connection_that_dies_within_a_transaction_is_replaced() {
    on_both(|fresh| async move {
        if fresh.store.engine() == Engine::Sqlite {
            return;
        }
        let mut tx = fresh.store.begin_write().await.unwrap();
        keep(&mut tx, "failed", "x").await.unwrap();
        let rows = tx
            .rows_of("pid", "SELECT pg_backend_pid() AS pid", &[])
            .await
            .unwrap();
        let pid = rows[0].int("pid").unwrap();
        let mut other = fresh.store.reader().await.unwrap();
        let args: [Arg; 1] = [pid.into()];
        let kill = "SELECT CASE WHEN pg_terminate_backend($1::int, 5000) THEN 1 ELSE 0 END AS done";
        other.rows_of("kill", kill, &args).await.unwrap();
        drop(other);
        let fault = tx.commit().await.unwrap_err();
        assert!(
            matches!(fault, Fault::Connection(_)) && fault.waits(),
            "{fault}"
        );
        is_well(&fresh).await;
    });
}

#[test]
fn two_transactions_that_wait_for_one_another_are_a_conflict_to_run_again() {
    on_both(|fresh| async move {
        if fresh.store.engine() == Engine::Sqlite {
            return;
        }
        let mut tx = fresh.store.begin_write().await.unwrap();
        for name in ["a", "b"] {
            keep(&mut tx, name, "x").await.unwrap();
        }
        tx.commit().await.unwrap();
        let (mut one, mut other) = (
            fresh.store.begin_write().await.unwrap(),
            fresh.store.begin_write().await.unwrap(),
        );
        touch(&mut one, "a").await.unwrap();
        touch(&mut other, "b").await.unwrap();
        let (first, second) = tokio::join!(
            async {
                let touched = touch(&mut one, "b").await;
                drop(one);
                touched
            },
            async {
                let touched = touch(&mut other, "a").await;
                drop(other);
                touched
            }
        );
        let faults: Vec<_> = [first, second]
            .into_iter()
            .filter_map(Result::err)
            .collect();
        assert_eq!(faults.len(), 1, "one of the two goes on: {faults:?}");
        assert!(faults[0].retries(), "{}", faults[0]);
        is_well(&fresh).await;
    });
}

async fn touch(tx: &mut Tx, name: &str) -> Result<(), Fault> {
    let args: [Arg; 1] = [name.into()];
    tx.rows_of(
        "touch",
        "UPDATE meta SET value = 'y' WHERE name = $1",
        &args,
    )
    .await?;
    Ok(())
}

#[test]
fn a_database_that_is_away_at_the_start_is_told_without_its_url() {
    on_both(|fresh| async move {
        if fresh.store.engine() == Engine::Sqlite {
            return;
        }
        let nowhere = super::super::Options {
            database_url: Some(
                "postgres://postgres@localhost/none?host=/nowhere"
                    .to_owned()
                    .into(),
            ),
            ..fresh.options.clone()
        };
        let refused = super::super::Store::open(nowhere, super::super::Mode::Write)
            .await
            .err()
            .unwrap();
        assert!(
            matches!(
                refused,
                super::super::OpenError::Fault(Fault::Connection(_))
            ),
            "{refused}"
        );
        assert!(
            !refused.to_string().contains("postgres@"),
            "no part of the URL: {refused}"
        );
    });
}
