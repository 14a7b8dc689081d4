//! Events that break, databases that do not answer, queues that are full.

use futures_util::future::join_all;

use super::*;
use crate::event::Control;
use crate::store::test_support::{interfere, on_both};
use crate::store::{Engine, event, handover};

#[test]
fn one_event_that_breaks_its_turn_harms_nobody_else() {
    on_both(|fresh| async move {
        let desk = Desk::open(&fresh);
        let broken = desk.take(wrote("b", "say hello")).await.conversation;
        let events = vec![
            wrote("a", "say one"),
            wrote("b", "panic"),
            wrote("b", "say after"),
            wrote("c", "say three"),
        ];
        let taken = desk.started.inbox.take_all(events).await;
        assert!(taken.iter().all(|one| one.as_ref().unwrap().fresh));
        let applied: Vec<_> = taken
            .iter()
            .map(|one| one.as_ref().unwrap().applied)
            .collect();
        assert_eq!(applied, [true, false, true, true]);
        let again = desk.take(wrote("b", "panic")).await;
        assert!(!again.fresh, "it is acknowledged for good");
        let mut reader = desk.store.reader().await.unwrap();
        let failed = event::failed(&mut reader).await.unwrap();
        assert_eq!(failed.len(), 1);
        assert_eq!(failed[0].conversation.as_deref(), Some(broken.as_str()));
        assert_eq!(
            handover::alerts(&mut reader).await.unwrap()[0].kind,
            "fault"
        );
        let open = handover::open(&mut reader).await.unwrap();
        assert_eq!(open[0].reason, "fault");
        drop(reader);
        let found = desk.conversation(&broken).await;
        assert_eq!(found.control, Control::Waiting);
        let history = desk.history(&broken).await;
        assert_eq!(history.last().unwrap(), "4 out after sent");
    });
}

#[test]
fn a_talk_that_cannot_be_read_any_more_is_for_staff_and_holds_up_nobody() {
    on_both(|fresh| async move {
        let desk = Desk::open(&fresh);
        let broken = desk.take(wrote("a", "say one")).await.conversation;
        interfere::change(&fresh, "UPDATE conversation SET state = 'x' || state").await;
        let events = vec![wrote("a", "say two"), wrote("b", "say hello")];
        let taken = desk.started.inbox.take_all(events).await;
        let applied: Vec<_> = taken
            .iter()
            .map(|one| one.as_ref().unwrap().applied)
            .collect();
        assert_eq!(applied, [false, true]);
        let mut reader = desk.store.reader().await.unwrap();
        let failed = event::failed(&mut reader).await.unwrap();
        assert_eq!(failed[0].conversation.as_deref(), Some(broken.as_str()));
        let alerts = handover::alerts(&mut reader).await.unwrap();
        assert_eq!(alerts[0].conversation_id, broken);
    });
}

#[test]
fn a_full_queue_refuses_and_what_it_took_is_kept() {
    on_both(|fresh| async move {
        let desk = Desk::over(&fresh.store, |options| options.entries_max = 4);
        // The database is held, so that what is taken has to wait.
        let held = fresh.store.begin_write().await.unwrap();
        let events = (0..40).map(|n| {
            let inbox = desk.started.inbox.clone();
            async move { inbox.take(wrote(&format!("p{n}"), "say hello")).await }
        });
        let waiting = tokio::spawn(join_all(events));
        if fresh.engine() == Engine::Postgres {
            drop(held);
        } else {
            tokio::task::yield_now().await;
            held.rollback().await.unwrap();
        }
        let taken = waiting.await.unwrap();
        let refused = taken
            .iter()
            .filter(|one| **one == Err(Refused::Busy))
            .count();
        let kept = taken.iter().filter(|one| one.is_ok()).count();
        assert!(refused >= 40 - 2 * 4, "{refused}");
        assert_eq!(refused + kept, 40);
        for n in 0..40 {
            desk.take(wrote(&format!("p{n}"), "say hello")).await;
        }
    });
}

#[test]
fn while_the_database_cannot_be_written_events_must_come_again_and_nothing_is_lost() {
    on_both(|fresh| async move {
        let desk = Desk::open(&fresh);
        let before = desk.take(wrote("a", "say before")).await;
        for (trouble, remedy) in interfere::troubles(fresh.engine()) {
            interfere::run(&fresh, trouble).await;
            // Long enough that no free page holds it.
            let text = format!("say after {trouble} {}", "x".repeat(100_000));
            let refused = desk.started.inbox.take(wrote("a", &text)).await;
            assert_eq!(refused, Err(Refused::Unavailable), "{trouble}");
            interfere::run(&fresh, remedy).await;
            let taken = desk.take(wrote("a", &text)).await;
            assert!(taken.fresh, "{trouble}");
        }
        let turns = 1 + interfere::troubles(fresh.engine()).len();
        assert_eq!(desk.turns(&before.conversation).await, turns as u32);
        let mut reader = desk.store.reader().await.unwrap();
        assert_eq!(event::failed(&mut reader).await.unwrap(), []);
    });
}

#[test]
fn a_locked_database_is_waited_for_and_then_refused() {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    runtime.block_on(async {
        let fresh = crate::store::test_support::fresh(None).await;
        let desk = Desk::open(&fresh);
        let file = fresh.options.data_dir.join("wasl.db");
        let other = interfere::hold(&file).await;
        let refused = desk.started.inbox.take(wrote("a", "say x")).await;
        assert_eq!(refused, Err(Refused::Unavailable));
        drop(other);
        assert!(desk.take(wrote("a", "say x")).await.fresh);
    });
}

#[test]
fn a_lost_connection_comes_back_by_itself() {
    on_both(|fresh| async move {
        if fresh.engine() == Engine::Sqlite {
            return;
        }
        let desk = Desk::open(&fresh);
        let mut conversation = String::new();
        for n in 0..5 {
            interfere::cut_connections(&fresh).await;
            let text = format!("say {n}");
            // Whether it comes through or is refused, it is there once in the end.
            if desk.started.inbox.take(wrote("a", &text)).await.is_err() {
                desk.take(wrote("a", &text)).await;
            }
            conversation = desk.take(wrote("a", &text)).await.conversation;
        }
        assert_eq!(desk.turns(&conversation).await, 5);
    });
}

#[test]
fn a_house_that_closes_ends_what_it_took() {
    on_both(|fresh| async move {
        let desk = Desk::open(&fresh);
        let inbox = desk.started.inbox.clone();
        let waiting: Vec<_> = (0..20)
            .map(|n| {
                let inbox = inbox.clone();
                tokio::spawn(async move { inbox.take(wrote("a", &format!("say {n}"))).await })
            })
            .collect();
        tokio::task::yield_now().await;
        let store = desk.store.clone();
        desk.started.close().await;
        let mut kept = 0;
        for one in join_all(waiting).await {
            match one.unwrap() {
                Ok(taken) => kept += i64::from(taken.fresh),
                Err(refused) => assert_eq!(refused, Refused::Busy),
            }
        }
        let again = Desk::over(&store, |_| {});
        let last = again.take(wrote("a", "say last")).await;
        assert_eq!(last.last_seq, 2 * (kept + 1));
    });
}
