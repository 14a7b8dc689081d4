//! Small stories of single nouns, on both engines.

use super::super::conversation::{self, Save};
use super::super::event::Claim;
use super::super::identity::Arrival;
use super::super::message::{Direction, Message};
use super::super::test_support::{met, on_both, web};
use super::super::timer::Timer;
use super::super::{
    Arg, Fault, consent, dialog_set, event, faq, handover, identity, known, message, timer,
};
use crate::event::{Control, Seed};

fn arrival(id: &str, seed: u8) -> Arrival {
    Arrival {
        address: web(id),
        also: None,
        at: 1_000,
        seed: Seed([seed; 16]),
    }
}

#[test]
fn a_newcomer_becomes_a_contact_once_also_within_one_batch() {
    on_both(|fresh| async move {
        let mut tx = fresh.store.begin_write().await.unwrap();
        let batch = [arrival("a", 1), arrival("b", 2), arrival("a", 3)];
        let met = identity::meet(&mut tx, &batch).await.unwrap();
        assert_eq!(met[0], met[2], "the same address is the same contact");
        assert_ne!(met[0].conversation, met[1].conversation);
        tx.commit().await.unwrap();
        let mut tx = fresh.store.begin_write().await.unwrap();
        let again = identity::meet(&mut tx, &[arrival("b", 9)]).await.unwrap();
        assert_eq!(again[0], met[1], "who is known stays who they are");
        let known = identity::addresses(&mut tx, &[&met[0].identity])
            .await
            .unwrap();
        assert_eq!(known[0].address, web("a"));
        assert_eq!(identity::find(&mut tx, &web("c")).await.unwrap(), None);
        assert_eq!(
            identity::of_contact(&mut tx, &met[0].contact)
                .await
                .unwrap()
                .len(),
            1
        );
    });
}

#[test]
fn a_newcomer_met_by_two_instances_at_once_is_one_contact() {
    on_both(|fresh| async move {
        let meet = |seed| {
            let store = fresh.store.clone();
            async move {
                let mut tx = store.begin_write().await.unwrap();
                let met = identity::meet(&mut tx, &[arrival("a", seed)])
                    .await
                    .unwrap();
                tx.commit().await.unwrap();
                met
            }
        };
        let (one, other) = tokio::join!(meet(1), meet(2));
        assert_eq!(one, other);
    });
}

#[test]
fn a_state_is_saved_only_over_the_version_that_was_read() {
    on_both(|fresh| async move {
        let spoken = met(&fresh.store, &web("a"), 1_000).await;
        let save = |version, state, control| Save {
            id: &spoken.conversation,
            version,
            state,
            control,
            seq: 3,
            hidden_before_seq: 1,
            identity: None,
            at: 2_000,
        };
        let human = Control::Human("سارة".to_owned());
        let mut tx = fresh.store.begin_write().await.unwrap();
        let locked = conversation::lock(&mut tx, &[&spoken.conversation, "unknown"])
            .await
            .unwrap();
        assert_eq!(locked.len(), 1);
        assert_eq!(
            (locked[0].version, locked[0].seq, &locked[0].state),
            (0, 0, &None)
        );
        conversation::save(&mut tx, &[save(0, Some("{\"a\":1}"), &human)])
            .await
            .unwrap();
        conversation::save(&mut tx, &[save(1, None, &human)])
            .await
            .unwrap();
        let lost = conversation::save(&mut tx, &[save(1, Some("{}"), &Control::Bot)]).await;
        assert!(lost.unwrap_err().retries());
        let saved = conversation::find(&mut tx, &spoken.conversation)
            .await
            .unwrap()
            .unwrap();
        assert_eq!(
            saved.state.as_deref(),
            Some("{\"a\":1}"),
            "None left it as it was"
        );
        assert_eq!(
            (saved.version, saved.seq, saved.hidden_before_seq),
            (2, 3, 1)
        );
        assert_eq!(saved.control, human);
    });
}

#[test]
fn an_event_of_one_key_is_claimed_once() {
    on_both(|fresh| async move {
        let claim = |key| Claim {
            channel: "web",
            account: "",
            key,
            conversation_id: None,
            at: 1_000,
        };
        let mut tx = fresh.store.begin_write().await.unwrap();
        let fresh_keys = event::claim(&mut tx, &[claim("1"), claim("2")])
            .await
            .unwrap();
        assert_eq!(fresh_keys.len(), 2);
        let again = event::claim(&mut tx, &[claim("2"), claim("3")])
            .await
            .unwrap();
        assert_eq!(
            again.iter().map(|key| key.key.as_str()).collect::<Vec<_>>(),
            ["3"]
        );
        assert!(event::seen(&mut tx, &again[0]).await.unwrap());
        assert_eq!(event::forget_before(&mut tx, 1_001, 2).await.unwrap(), 2);
        assert_eq!(event::forget_before(&mut tx, 1_001, 2).await.unwrap(), 1);
        assert!(!event::seen(&mut tx, &again[0]).await.unwrap());
    });
}

fn message(conversation: &str, seq: i64, text: &str, sensitive: bool) -> Message {
    Message {
        conversation: conversation.to_owned(),
        seq,
        direction: Direction::In,
        identity: None,
        channel: "web".to_owned(),
        kind: "text".to_owned(),
        text: Some(text.to_owned()),
        payload: Some("{\"a\":1}".to_owned()),
        sensitive,
        step: None,
        at: 1_000,
        status: "received".to_owned(),
        status_reason: None,
        provider_id: Some(format!("p{seq}")),
        author: None,
        source: "own".to_owned(),
        trace: None,
    }
}

#[test]
fn history_reads_back_as_it_was_said_and_what_is_sensitive_stands_sealed() {
    on_both(|fresh| async move {
        let spoken = met(&fresh.store, &web("a"), 1_000).await;
        let id = &spoken.conversation;
        let said = [
            message(id, 1, "سلام", false),
            message(id, 2, "1000000008", true),
            message(id, 3, "x", false),
        ];
        let mut tx = fresh.store.begin_write().await.unwrap();
        message::add(&mut tx, &said).await.unwrap();
        assert_eq!(message::after(&mut tx, id, 0, 10).await.unwrap(), said);
        assert_eq!(message::after(&mut tx, id, 1, 1).await.unwrap(), said[1..2]);
        assert_eq!(
            message::latest(&mut tx, id, 1, 10).await.unwrap(),
            said[1..]
        );
        assert_eq!(message::latest(&mut tx, id, 0, 1).await.unwrap(), said[2..]);
        let rows = tx
            .rows_of("text", "SELECT text FROM message ORDER BY seq", &[])
            .await
            .unwrap();
        assert_eq!(rows[0].text("text").unwrap(), "سلام");
        assert!(!rows[1].text("text").unwrap().contains("1000000008"));
        let again = message::add(&mut tx, &said[..1]).await.unwrap_err();
        assert!(matches!(again, Fault::Poison(_)), "a number is given once");
    });
}

#[test]
fn the_fate_of_a_message_is_found_by_the_providers_id() {
    on_both(|fresh| async move {
        let spoken = met(&fresh.store, &web("a"), 1_000).await;
        let mut tx = fresh.store.begin_write().await.unwrap();
        let ours = message::Message {
            direction: message::Direction::Out,
            ..message(&spoken.conversation, 1, "x", false)
        };
        message::add(&mut tx, &[ours]).await.unwrap();
        let fate = message::Fate {
            conversation_id: &spoken.conversation,
            seq: 1,
            status: "delivered",
            reason: None,
            at: 5,
            provider_id: None,
        };
        message::fate(&mut tx, &[fate]).await.unwrap();
        let found = message::by_provider(&mut tx, &[("web", "p1"), ("web", "p2"), ("mail", "p1")])
            .await
            .unwrap();
        assert_eq!(found.len(), 1);
        assert_eq!((found[0].seq, found[0].status.as_str()), (1, "delivered"));
    });
}

fn timer(name: &str, due: i64) -> Timer {
    Timer {
        owner: "c".to_owned(),
        name: name.to_owned(),
        id: format!("{name}{due}"),
        due,
        quiet: false,
    }
}

#[test]
fn a_timer_moves_rings_when_due_and_is_leased_to_one() {
    on_both(|fresh| async move {
        let mut tx = fresh.store.begin_write().await.unwrap();
        timer::set(&mut tx, &[timer("remind", 50), timer("forget", 90)])
            .await
            .unwrap();
        timer::set(&mut tx, &[timer("remind", 60)]).await.unwrap();
        assert_eq!(timer::next(&mut tx).await.unwrap(), Some(60));
        assert_eq!(timer::lease(&mut tx, 59, 100, "one", 9).await.unwrap(), []);
        assert_eq!(
            timer::lease(&mut tx, 60, 100, "one", 9).await.unwrap(),
            [timer("remind", 60)]
        );
        assert_eq!(
            timer::lease(&mut tx, 99, 200, "two", 9).await.unwrap(),
            [timer("forget", 90)]
        );
        assert_eq!(
            timer::lease(&mut tx, 100, 200, "two", 9).await.unwrap(),
            [timer("remind", 60)],
            "the lease ended"
        );
        timer::clear(
            &mut tx,
            &[("c", "remind"), ("c", "unknown"), ("d", "forget")],
        )
        .await
        .unwrap();
        assert_eq!(
            timer::of(&mut tx, &["c", "d"]).await.unwrap(),
            [timer("forget", 90)]
        );
    });
}

#[test]
fn what_is_known_of_a_contact_is_the_latest_word() {
    on_both(|fresh| async move {
        let spoken = met(&fresh.store, &web("a"), 1_000).await;
        let consent = |id: &str, given, at| consent::Consent {
            id: id.to_owned(),
            contact_id: &spoken.contact,
            purpose: "application",
            given,
            version: "v1",
            language: "ar",
            channel: "web",
            message_id: None,
            at,
        };
        let mut tx = fresh.store.begin_write().await.unwrap();
        consent::add(&mut tx, &[consent("1", true, 10), consent("2", false, 20)])
            .await
            .unwrap();
        let opt = consent::Opt {
            id: &spoken.contact,
            at: Some(5),
            scope: Some("all"),
        };
        consent::opt(&mut tx, &[opt]).await.unwrap();
        let facts = [("city", crate::dialog::value::Value::Text("أبها".to_owned()))];
        let facts: std::collections::BTreeMap<_, _> = facts.into_iter().collect();
        known::remember(&mut tx, &[(spoken.contact.as_str(), &facts)])
            .await
            .unwrap();
        let all = known::load(&mut tx, &[&spoken.contact, "unknown"])
            .await
            .unwrap();
        assert_eq!(all.len(), 1);
        let known = &all[&spoken.contact];
        assert_eq!(known.consents["application"], (false, "v1".to_owned()));
        assert_eq!(known.facts["city"], facts["city"]);
        assert_eq!(
            (known.opted_out, known.channels.as_slice()),
            (true, ["web".to_owned()].as_slice())
        );
    });
}

#[test]
fn handovers_alerts_failures_and_questions_wait_for_staff() {
    on_both(|fresh| async move {
        let spoken = met(&fresh.store, &web("a"), 1_000).await;
        let conversation = spoken.conversation.clone();
        let mut tx = fresh.store.begin_write().await.unwrap();
        let asked = handover::Handover {
            id: "h".to_owned(),
            conversation_id: conversation.clone(),
            reason: "asked".to_owned(),
            step: None,
            at: 1,
            claimed_by: None,
            claimed_at: None,
        };
        handover::add(&mut tx, std::slice::from_ref(&asked))
            .await
            .unwrap();
        assert_eq!(handover::open(&mut tx).await.unwrap(), [asked]);
        let taken = handover::Taken {
            conversation_id: &conversation,
            by_whom: "سارة",
            at: 2,
        };
        handover::claim(&mut tx, std::slice::from_ref(&taken))
            .await
            .unwrap();
        assert_eq!(
            handover::open(&mut tx).await.unwrap()[0]
                .claimed_by
                .as_deref(),
            Some("سارة")
        );
        handover::end(&mut tx, &[taken]).await.unwrap();
        assert_eq!(handover::open(&mut tx).await.unwrap(), []);
        let alert = handover::Alert {
            id: "a".to_owned(),
            conversation_id: conversation.clone(),
            kind: "distress".to_owned(),
            at: 1,
        };
        handover::alert(&mut tx, std::slice::from_ref(&alert))
            .await
            .unwrap();
        assert_eq!(handover::alerts(&mut tx).await.unwrap(), [alert]);
        let question = handover::Unanswered {
            id: "q".to_owned(),
            conversation_id: conversation.clone(),
            text: "متى؟".to_owned(),
            outcome: "picked",
            entry: Some("hours".to_owned()),
            at: 1,
        };
        handover::unanswered(&mut tx, &[question]).await.unwrap();
        let asked = faq::Asked {
            id: "q".to_owned(),
            text: "متى؟".to_owned(),
            outcome: Some("picked".to_owned()),
            entry: Some("hours".to_owned()),
            at: 1,
        };
        assert_eq!(faq::asked(&mut tx).await.unwrap(), [asked]);
        for _ in 0..2 {
            faq::learn(&mut tx, "hours", "متى تفتحون", "Huda", 2)
                .await
                .unwrap();
        }
        let learned = faq::learned(&mut tx, 0).await.unwrap();
        assert_eq!(
            (learned.len(), learned[0].n),
            (1, 1),
            "the same twice counts once"
        );
        assert_eq!(faq::last(&mut tx).await.unwrap(), 1);
        faq::settle(&mut tx, &["q"], None, 3).await.unwrap();
        assert_eq!(faq::asked(&mut tx).await.unwrap(), []);
        let failed = event::FailedEvent {
            id: "f".to_owned(),
            conversation: Some(conversation),
            channel: "web".to_owned(),
            body: "{}".to_owned(),
            reason: "refused".to_owned(),
            at: 1,
        };
        event::fail(&mut tx, &failed).await.unwrap();
        assert_eq!(event::failed(&mut tx).await.unwrap(), [failed]);
    });
}

#[test]
fn a_dialog_set_is_kept_once_and_can_be_withdrawn() {
    on_both(|fresh| async move {
        let mut tx = fresh.store.begin_write().await.unwrap();
        dialog_set::keep(&mut tx, "v1", "{\"a\":\"b\"}", 1)
            .await
            .unwrap();
        dialog_set::keep(&mut tx, "v1", "{}", 2).await.unwrap();
        dialog_set::withdraw(&mut tx, "v1", 3).await.unwrap();
        let set = dialog_set::find(&mut tx, "v1").await.unwrap().unwrap();
        assert_eq!(
            (set.files.as_str(), set.at, set.withdrawn_at),
            ("{\"a\":\"b\"}", 1, Some(3))
        );
        assert_eq!(dialog_set::all(&mut tx).await.unwrap(), [set]);
        assert_eq!(dialog_set::find(&mut tx, "v2").await.unwrap(), None);
    });
}

#[test]
fn what_one_instance_tells_another_hears_after_the_commit() {
    on_both(|fresh| async move {
        let Some(mut notices) = fresh.store.listen().await.unwrap() else {
            return;
        };
        let mut tx = fresh.store.begin_write().await.unwrap();
        tx.notify("c 7").await.unwrap();
        tx.commit().await.unwrap();
        assert_eq!(notices.next().await.unwrap(), "c 7");
    });
}

#[test]
fn a_parameter_with_a_null_character_is_stored_without_it() {
    assert_eq!(Arg::from("a\0b"), Arg::Text("a\u{FFFD}b".to_owned()));
}
