//! Order, repeats, rounds, timers and versions.

use futures_util::future::join_all;

use super::*;
use crate::store::test_support::on_both;
use crate::store::{Mode, case, dialog_set, timer};

#[test]
fn every_message_has_its_number_and_no_number_is_left_out() {
    on_both(|fresh| async move {
        let desk = Desk::open(&fresh);
        let first = desk.take(wrote("a", "say one; say two")).await;
        assert!(first.fresh && first.applied);
        assert_eq!(first.last_seq, 3);
        desk.take(wrote("b", "say other")).await;
        let second = desk.take(wrote("a", "say three")).await;
        assert_eq!(second.last_seq, 5);
        assert_eq!(
            desk.history(&first.conversation).await,
            [
                "1 in say one; say two received",
                "2 out one sent",
                "3 out two sent",
                "4 in say three received",
                "5 out three sent",
            ]
        );
    });
}

#[test]
fn messages_that_come_together_are_answered_in_the_order_in_which_they_came() {
    on_both(|fresh| async move {
        let desk = Desk::open(&fresh);
        let events: Vec<_> = (0..20)
            .flat_map(|n| ["a", "b"].map(|who| wrote(who, &format!("say {n}"))))
            .collect();
        let taken = desk.started.inbox.take_all(events).await;
        let conversation = taken[0].clone().unwrap().conversation;
        let told: Vec<_> = desk
            .messages(&conversation)
            .await
            .iter()
            .filter(|message| message.direction == message::Direction::Out)
            .map(|message| message.text.clone().unwrap())
            .collect();
        let expected: Vec<_> = (0..20).map(|n| n.to_string()).collect();
        assert_eq!(told, expected);
        assert_eq!(desk.turns(&conversation).await, 20);
    });
}

#[test]
fn ten_copies_of_one_message_at_once_are_one() {
    on_both(|fresh| async move {
        let desk = Desk::open(&fresh);
        let copies = (0..10).map(|_| desk.take(wrote("a", "say once")));
        let taken = join_all(copies).await;
        let fresh = taken.iter().filter(|taken| taken.fresh).count();
        assert_eq!(fresh, 1);
        assert!(taken.iter().all(|taken| taken.last_seq == 2));
        let again = desk.take(wrote("a", "say once")).await;
        assert_eq!((again.fresh, again.last_seq), (false, 2));
        assert_eq!(desk.turns(&again.conversation).await, 1);
    });
}

#[test]
fn copies_on_two_instances_are_one() {
    on_both(|fresh| async move {
        let other = match fresh.engine() {
            crate::store::Engine::Sqlite => fresh.store.clone(),
            crate::store::Engine::Postgres => Store::open(fresh.options.clone(), Mode::Write)
                .await
                .unwrap(),
        };
        let desks = [Desk::open(&fresh), Desk::over(&other, |_| {})];
        let copies = (0..40).map(|n| desks[n % 2].take(wrote("a", &format!("say {}", n / 4))));
        let taken = join_all(copies).await;
        assert_eq!(taken.iter().filter(|taken| taken.fresh).count(), 10);
        let conversation = &taken[0].conversation;
        assert!(taken.iter().all(|one| one.conversation == *conversation));
        let numbers: Vec<_> = desks[0]
            .messages(conversation)
            .await
            .iter()
            .map(|message| message.seq)
            .collect();
        assert_eq!(numbers, (1..=20).collect::<Vec<_>>());
    });
}

#[test]
fn whoever_listens_hears_of_what_was_committed_here_and_elsewhere() {
    on_both(|fresh| async move {
        let here = Desk::open(&fresh);
        let mut ears = vec![here.bus.listen()];
        if fresh.engine() == crate::store::Engine::Postgres {
            let other = Store::open(fresh.options.clone(), Mode::Write)
                .await
                .unwrap();
            let there = Desk::over(&other, |_| {});
            ears.push(there.bus.listen());
            // The ear of the other instance may open late: it is a hint, so say it until it is heard.
            let mut heard = false;
            for n in 0..1_000 {
                here.take(wrote("early", &format!("say {n}"))).await;
                heard = ears[1].try_recv().is_ok();
                if heard {
                    break;
                }
                tokio::task::yield_now().await;
            }
            assert!(heard);
            let taken = here.take(wrote("a", "say hello")).await;
            while let Ok(said) = ears[1].recv().await {
                if *said.conversation == *taken.conversation {
                    assert_eq!(said.seq, taken.last_seq);
                    return;
                }
            }
        }
        let taken = here.take(wrote("a", "say hello")).await;
        let said = ears[0].recv().await.unwrap();
        assert_eq!((&*said.conversation, said.seq), (&*taken.conversation, 2));
    });
}

#[test]
fn of_two_requests_with_one_id_in_one_batch_the_second_is_the_duplicate() {
    on_both(|fresh| async move {
        let desk = Desk::open(&fresh);
        let events = vec![
            wrote("a", "submit A-1 1000000008"),
            wrote("b", "submit B-1 1000000008"),
            wrote("c", "submit C-1 1000000016"),
        ];
        let taken = desk.started.inbox.take_all(events).await;
        let mut told = Vec::new();
        for one in taken {
            told.extend(desk.history(&one.unwrap().conversation).await);
        }
        told.retain(|line| line.contains("out"));
        assert_eq!(told.len(), 3);
        let duplicates = told.iter().filter(|line| line.contains("duplicate: true"));
        assert_eq!(duplicates.count(), 1, "{told:?}");
        assert!(told[2].contains("C-1 duplicate: false"));
        let mut reader = desk.store.reader().await.unwrap();
        for (reference, flagged) in [("A-1", true), ("B-1", true), ("C-1", false)] {
            let case = case::find(&mut reader, reference).await.unwrap().unwrap();
            assert_eq!(case.duplicate, flagged, "{reference}");
        }
    });
}

#[test]
fn of_two_requests_with_one_id_on_two_instances_one_is_the_duplicate() {
    on_both(|fresh| async move {
        if fresh.engine() == crate::store::Engine::Sqlite {
            return; // SQLite has one writer: the batch above is the race.
        }
        let other = Store::open(fresh.options.clone(), Mode::Write)
            .await
            .unwrap();
        let desks = [Desk::open(&fresh), Desk::over(&other, |_| {})];
        for round in 0..5 {
            let who = [format!("a{round}"), format!("b{round}")];
            let submit = |at: usize| {
                let text = format!("submit {}-{round} 10000000{round}", ["A", "B"][at]);
                desks[at].take(wrote(&who[at], &text))
            };
            let (one, two) = tokio::join!(submit(0), submit(1));
            let mut told = desks[0].history(&one.conversation).await;
            told.extend(desks[0].history(&two.conversation).await);
            let duplicates = told.iter().filter(|line| line.contains("duplicate: true"));
            assert_eq!(duplicates.count(), 1, "{told:?}");
        }
    });
}

#[test]
fn a_reference_that_is_taken_is_tried_anew_in_the_same_turn() {
    on_both(|fresh| async move {
        let desk = Desk::open(&fresh);
        desk.take(wrote("a", "submit R-1 1000000008")).await;
        let second = desk.take(wrote("b", "submit R-1 1000000016")).await;
        assert_eq!(
            desk.history(&second.conversation).await[1],
            "2 out R-1-1 duplicate: false sent"
        );
        assert_eq!(desk.turns(&second.conversation).await, 1);
    });
}

#[test]
fn the_next_message_knows_what_the_one_before_it_changed() {
    on_both(|fresh| async move {
        let desk = Desk::open(&fresh);
        let told = r#"Waiting {"data": (true, "1")} ["R-1"] {}"#;
        for (who, together) in [("a", true), ("b", false)] {
            let reference = if together { "R-1" } else { "R-2" };
            let events = vec![
                wrote(who, "agree data; human"),
                wrote(who, &format!("submit {reference} 10000000{who}")),
                wrote(who, "known"),
            ];
            let mut last = None;
            if together {
                last = desk.started.inbox.take_all(events).await.pop();
            } else {
                for event in events {
                    last = Some(Ok(desk.take(event).await));
                }
            }
            let conversation = last.unwrap().unwrap().conversation;
            let history = desk.history(&conversation).await;
            let expected = told.replace("R-1", reference);
            assert!(history.last().unwrap().contains(&expected), "{history:?}");
        }
    });
}

#[test]
fn a_timer_rings_once_as_it_was_set_last() {
    on_both(|fresh| async move {
        let desk = Desk::open(&fresh);
        let first = desk
            .take(wrote("a", "timer remind 500; timer other 900"))
            .await;
        let conversation = first.conversation.as_str();
        desk.take(wrote("a", "timer remind 600")).await;
        for (case, due, applied) in [("stale", 500, false), ("as set", 600, true)] {
            let taken = desk.take(rang(conversation, "remind", due)).await;
            assert_eq!(taken.applied, applied, "{case}");
        }
        let again = desk.take(rang(conversation, "remind", 600)).await;
        assert!(!again.fresh && !again.applied, "twice");
        let mut reader = desk.store.reader().await.unwrap();
        let left: Vec<_> = timer::of(&mut reader, &[conversation])
            .await
            .unwrap()
            .iter()
            .map(|timer| (timer.name.clone(), timer.due))
            .collect();
        assert_eq!(left, [("other".to_owned(), 900)]);
        let history = desk.history(conversation).await;
        assert_eq!(history.last().unwrap(), "3 out rang remind sent");
    });
}

#[test]
fn a_ring_for_a_conversation_that_was_erased_does_nothing() {
    on_both(|fresh| async move {
        let desk = Desk::open(&fresh);
        let taken = desk.take(rang("gone", "remind", 1)).await;
        assert!(!taken.applied);
        assert_eq!((taken.conversation.as_str(), taken.last_seq), ("", 0));
    });
}

#[test]
fn an_open_form_goes_on_under_its_own_set_until_that_is_withdrawn() {
    on_both(|fresh| async move {
        let files = load::embedded();
        let mut older = files.clone();
        let path = "charities/demo/services.yaml";
        let text = older.texts[path].replace("food", "meals");
        older.put(path, text.as_bytes());
        let version = load::reload(&older, "demo").unwrap().version;
        let mut tx = fresh.store.begin_write().await.unwrap();
        let stored = serde_json::to_string(&older).unwrap();
        dialog_set::keep(&mut tx, &version, &stored, NOW)
            .await
            .unwrap();
        tx.commit().await.unwrap();
        let desk = Desk::open(&fresh);
        let taken = desk.take(wrote("a", &format!("open {version}"))).await;
        desk.take(wrote("a", "say still there")).await;
        assert_eq!(desk.state(&taken.conversation).await.version, version);
        desk.registry.withdraw([version.clone()].into_iter());
        desk.take(wrote("a", "say moved")).await;
        assert_eq!(desk.state(&taken.conversation).await.version, DEMO.version);
        let unknown = desk.take(wrote("b", "open nowhere")).await;
        desk.take(wrote("b", "say moved")).await;
        assert_eq!(
            desk.state(&unknown.conversation).await.version,
            DEMO.version
        );
    });
}
