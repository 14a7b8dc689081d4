//! Staff take over and give back; what is unsent is superseded or cancelled.

use super::*;
use crate::event::{Control, Reached, Receipt};
use crate::store::handover;
use crate::store::test_support::on_both;

fn claim(by: &str) -> StaffAct {
    StaffAct::Claimed { by: by.into() }
}

#[test]
fn a_question_asked_again_supersedes_the_unsent_one() {
    on_both(|fresh| async move {
        let desk = Desk::open(&fresh);
        let here = |text: &str| wrote_on(SENDING, "a", text);
        let taken = desk.take(here("ask name; notice hours")).await;
        desk.take(here("ask name again")).await;
        desk.take(here("ask id")).await;
        assert_eq!(
            desk.owed().await,
            [
                "2 Dialog superseded",
                "3 Notice waiting",
                "5 Dialog waiting",
                "7 Dialog waiting"
            ]
        );
        let history = desk.history(&taken.conversation).await;
        assert_eq!(history[1], "2 out name superseded");
        let together = vec![here("ask city"), here("ask city again")];
        desk.started.inbox.take_all(together).await;
        let history = desk.history(&taken.conversation).await;
        assert_eq!(history[8], "9 out city superseded");
        assert_eq!(history[10], "11 out city again waiting");
    });
}

#[test]
fn on_the_web_every_answer_has_left_with_its_commit() {
    on_both(|fresh| async move {
        let desk = Desk::open(&fresh);
        let together = vec![wrote("a", "ask name"), wrote("a", "ask name again")];
        desk.started.inbox.take_all(together).await;
        assert_eq!(desk.owed().await, [""; 0]);
    });
}

#[test]
fn a_takeover_cancels_what_the_bot_has_not_begun_to_send() {
    on_both(|fresh| async move {
        let desk = Desk::open(&fresh);
        let taken = desk
            .take(wrote_on(SENDING, "a", "say one; notice two; human"))
            .await;
        let claimed = desk.take(staff(&taken.conversation, claim("Huda"))).await;
        assert!(claimed.applied);
        assert_eq!(
            desk.owed().await,
            ["2 Dialog cancelled", "3 Notice waiting"]
        );
        let history = desk.history(&taken.conversation).await;
        assert_eq!(history[1], "2 out one cancelled");
    });
}

#[test]
fn a_takeover_in_the_batch_of_the_answer_cancels_it_too() {
    on_both(|fresh| async move {
        let desk = Desk::open(&fresh);
        let taken = desk.take(wrote_on(SENDING, "a", "notice hello")).await;
        let together = vec![
            wrote_on(SENDING, "a", "say one"),
            staff(&taken.conversation, claim("Huda")),
        ];
        desk.started.inbox.take_all(together).await;
        assert_eq!(desk.owed().await, ["2 Notice waiting"]);
        let history = desk.history(&taken.conversation).await;
        assert_eq!(history[3], "4 out one cancelled");
    });
}

#[test]
fn one_human_at_a_time_speaks_and_every_act_is_logged() {
    on_both(|fresh| async move {
        let desk = Desk::open(&fresh);
        let conversation = desk.take(wrote("a", "human")).await.conversation;
        let control = |desk: &Desk| {
            let (store, id) = (desk.store.clone(), conversation.clone());
            async move {
                let mut reader = store.reader().await.unwrap();
                crate::store::conversation::find(&mut reader, &id)
                    .await
                    .unwrap()
                    .unwrap()
                    .control
            }
        };
        assert_eq!(control(&desk).await, Control::Waiting);
        let replied = StaffAct::Replied {
            by: "Huda".into(),
            text: "good morning".into(),
            beside: Default::default(),
        };
        for (act, applied, after) in [
            (claim("Huda"), true, Control::Human("Huda".into())),
            (claim("Saad"), false, Control::Human("Huda".into())),
            (replied, true, Control::Human("Huda".into())),
            (StaffAct::Returned { by: "Huda".into() }, true, Control::Bot),
        ] {
            let taken = desk.take(staff(&conversation, act.clone())).await;
            assert_eq!(taken.applied, applied, "{act:?}");
            assert_eq!(control(&desk).await, after, "{act:?}");
        }
        let messages = desk.messages(&conversation).await;
        let last = messages.last().unwrap();
        assert_eq!(last.text.as_deref(), Some("good morning"));
        assert_eq!(last.author.as_deref(), Some("Huda"));
        let mut reader = desk.store.reader().await.unwrap();
        assert_eq!(handover::open(&mut reader).await.unwrap(), []);
        let logged: Vec<_> = crate::store::chain::about(&mut reader, "audit", &conversation)
            .await
            .unwrap()
            .iter()
            .map(|link| format!("{} {}", link.author, link.kind))
            .collect();
        assert_eq!(
            logged,
            [
                "Huda handover.claimed",
                "Huda handover.replied",
                "Huda handover.returned"
            ]
        );
    });
}

#[test]
fn a_claim_of_a_talk_that_nobody_handed_over_is_listed_as_a_takeover() {
    on_both(|fresh| async move {
        let desk = Desk::open(&fresh);
        let conversation = desk.take(wrote("a", "say hello")).await.conversation;
        desk.take(staff(&conversation, claim("Huda"))).await;
        let mut reader = desk.store.reader().await.unwrap();
        let open = handover::open(&mut reader).await.unwrap();
        assert_eq!(open.len(), 1);
        assert_eq!(open[0].reason, "taken_over");
        assert_eq!(open[0].claimed_by.as_deref(), Some("Huda"));
    });
}

#[test]
fn asking_for_a_human_twice_is_one_request_and_the_bot_can_be_called_back() {
    on_both(|fresh| async move {
        let desk = Desk::open(&fresh);
        let taken = desk.take(wrote("a", "human; distress")).await;
        desk.take(wrote("a", "human; human")).await;
        let mut reader = desk.store.reader().await.unwrap();
        assert_eq!(handover::open(&mut reader).await.unwrap().len(), 1);
        assert_eq!(handover::alerts(&mut reader).await.unwrap().len(), 1);
        drop(reader);
        desk.take(wrote("a", "bot")).await;
        let mut reader = desk.store.reader().await.unwrap();
        assert_eq!(handover::open(&mut reader).await.unwrap(), []);
        let found = desk.conversation(&taken.conversation).await;
        assert_eq!(found.control, Control::Bot);
    });
}

#[test]
fn opened_and_ended_and_opened_again_in_one_batch_leaves_one_open() {
    on_both(|fresh| async move {
        let desk = Desk::open(&fresh);
        let events = ["human", "bot", "human; say x"].map(|text| wrote("a", text));
        desk.started.inbox.take_all(events.into()).await;
        let mut reader = desk.store.reader().await.unwrap();
        assert_eq!(handover::open(&mut reader).await.unwrap().len(), 1);
    });
}

#[test]
fn a_receipt_moves_a_message_forward_only() {
    on_both(|fresh| async move {
        let desk = Desk::open(&fresh);
        let talk = desk
            .take(wrote_on(SENDING, "a", "say one"))
            .await
            .conversation;
        let mut tx = fresh.store.begin_write().await.unwrap();
        let sent = message::Fate {
            conversation_id: &talk,
            seq: 2,
            status: "sent",
            reason: None,
            at: NOW,
            provider_id: Some("p1"),
        };
        message::fate(&mut tx, &[sent]).await.unwrap();
        tx.commit().await.unwrap();
        let receipt = |reached| {
            Mark::Receipt(Receipt {
                channel: SENDING.into(),
                provider_id: "p1".into(),
                reached,
                reason: None,
                at: NOW,
            })
        };
        for (case, reached, expected) in [
            ("came", vec![Reached::Delivered], "delivered"),
            ("again", vec![Reached::Sent], "delivered"),
            ("too late to fail", vec![Reached::Failed], "delivered"),
            (
                "out of order",
                vec![Reached::Read, Reached::Delivered],
                "read",
            ),
        ] {
            let marks = reached.into_iter().map(receipt).collect();
            desk.started.inbox.mark(marks).await.unwrap();
            assert_eq!(desk.messages(&talk).await[1].status, expected, "{case}");
        }
        let unknown = Mark::Receipt(Receipt {
            channel: SENDING.into(),
            provider_id: "nobody's".into(),
            reached: Reached::Read,
            reason: None,
            at: NOW,
        });
        desk.started.inbox.mark(vec![unknown]).await.unwrap();
    });
}
