//! What staff see at the desk after each act, on both engines: lists, labels, notes, and who was too late.

use super::*;
use crate::event::{Control, Priority};
use crate::store::desk::{self, Asked, List};
use crate::store::note;
use crate::store::test_support::on_both;

const HUDA: &str = "huda";
const SAAD: &str = "saad";

async fn list(desk: &Desk, list: List, who: &str) -> Vec<String> {
    let mut reader = desk.store.reader().await.unwrap();
    let asked = Asked {
        staff: who.into(),
        list,
        now: NOW,
        ..Asked::default()
    };
    let listed = desk::list(&mut reader, &asked, 50).await.unwrap();
    listed
        .rows
        .into_iter()
        .map(|one| one.conversation)
        .collect()
}

async fn act(desk: &Desk, conversation: &str, act: StaffAct) -> Taken {
    desk.take(staff(conversation, act)).await
}

fn claim(by: &str) -> StaffAct {
    StaffAct::Claimed { by: by.into() }
}

fn reply(by: &str, text: &str) -> StaffAct {
    StaffAct::Replied {
        by: by.into(),
        text: text.into(),
        beside: Default::default(),
    }
}

/// Stops of one conversation on its way through the lists: mine, unassigned, for us, for them.
async fn places(desk: &Desk, conversation: &str) -> String {
    let mut found = String::new();
    for (name, which) in [
        ("mine ", List::Mine),
        ("unassigned ", List::Unassigned),
        ("for_us ", List::ForUs),
        ("for_them ", List::ForThem),
        ("aside ", List::Snoozed),
    ] {
        if list(desk, which, HUDA)
            .await
            .iter()
            .any(|id| id == conversation)
        {
            found.push_str(name);
        }
    }
    found.trim_end().to_owned()
}

#[test]
fn a_conversation_goes_through_the_lists_as_it_is_dealt_with() {
    on_both(|fresh| async move {
        let desk = Desk::open(&fresh);
        let talk = desk.take(wrote("a", "say hello")).await.conversation;
        assert_eq!(places(&desk, &talk).await, "");
        assert_eq!(
            list(&desk, List::All, HUDA).await,
            std::slice::from_ref(&talk)
        );
        desk.take(wrote("a", "human")).await;
        assert_eq!(places(&desk, &talk).await, "unassigned for_us");
        let to_huda = StaffAct::Assigned {
            by: String::new(),
            to: HUDA.into(),
        };
        act(&desk, &talk, to_huda).await;
        assert_eq!(places(&desk, &talk).await, "mine unassigned for_us");
        act(&desk, &talk, claim(HUDA)).await;
        assert_eq!(places(&desk, &talk).await, "mine for_us");
        act(&desk, &talk, reply(HUDA, "good morning")).await;
        assert_eq!(places(&desk, &talk).await, "mine for_them");
        let aside = StaffAct::Snoozed {
            by: HUDA.into(),
            until: Some(NOW + 1_000),
        };
        act(&desk, &talk, aside).await;
        assert_eq!(places(&desk, &talk).await, "aside");
        desk.take(wrote("a", "thank you")).await;
        assert_eq!(
            places(&desk, &talk).await,
            "mine for_us",
            "who writes is seen"
        );
        let on = StaffAct::Transferred {
            by: HUDA.into(),
            to: Some(SAAD.into()),
            why: "speaks Urdu".into(),
        };
        act(&desk, &talk, on).await;
        assert_eq!(places(&desk, &talk).await, "for_us");
        let found = desk.conversation(&talk).await;
        assert_eq!(found.control, Control::Human(SAAD.into()));
        let down = StaffAct::Transferred {
            by: SAAD.into(),
            to: None,
            why: "going home".into(),
        };
        act(&desk, &talk, down).await;
        assert_eq!(places(&desk, &talk).await, "unassigned for_us");
        act(&desk, &talk, StaffAct::Returned { by: HUDA.into() }).await;
        assert_eq!(places(&desk, &talk).await, "");
    });
}

#[test]
fn of_two_who_press_at_once_one_wins_and_the_other_learns_who() {
    on_both(|fresh| async move {
        let desk = Desk::open(&fresh);
        let talk = desk.take(wrote("a", "human")).await.conversation;
        let both = vec![staff(&talk, claim(HUDA)), staff(&talk, claim(SAAD))];
        let taken = desk.started.inbox.take_all(both).await;
        let told: Vec<_> = taken
            .into_iter()
            .map(|one| one.map(|taken| (taken.applied, taken.control)).unwrap())
            .collect();
        let huda = Control::Human(HUDA.into());
        assert_eq!(told, [(true, huda.clone()), (false, huda.clone())]);
        let late = act(&desk, &talk, reply(SAAD, "too late")).await;
        assert_eq!((late.applied, late.control), (false, huda));
        let history = desk.history(&talk).await;
        assert!(history.iter().all(|line| !line.contains("too late")));
    });
}

#[test]
fn a_double_click_does_nothing_twice() {
    on_both(|fresh| async move {
        let desk = Desk::open(&fresh);
        let talk = desk.take(wrote("a", "human")).await.conversation;
        let event = staff(&talk, reply(HUDA, "once"));
        let first = desk.take(event.clone()).await;
        let again = desk.take(event).await;
        assert_eq!((first.fresh, again.fresh), (true, false));
        let history = desk.history(&talk).await;
        let said = history.iter().filter(|line| line.contains("once"));
        assert_eq!(said.count(), 1);
    });
}

#[test]
fn urgent_ones_come_first_and_a_list_goes_on_where_it_ended() {
    on_both(|fresh| async move {
        let desk = Desk::open(&fresh);
        let mut talks = Vec::new();
        for n in 0..5 {
            let mut event = wrote(&format!("p{n}"), "human");
            event.received_at = NOW + n;
            talks.push(desk.take(event).await.conversation);
        }
        let mut urgent = wrote("p9", "human; distress");
        urgent.received_at = NOW + 9;
        let urgent = desk.take(urgent).await.conversation;
        let raise = StaffAct::Prioritised {
            by: HUDA.into(),
            priority: Priority::High,
        };
        act(&desk, &talks[3], raise).await;
        let expected = [
            &urgent, &talks[3], &talks[0], &talks[1], &talks[2], &talks[4],
        ];
        let mut reader = desk.store.reader().await.unwrap();
        let mut asked = Asked {
            staff: HUDA.into(),
            now: NOW,
            ..Asked::default()
        };
        let mut found = Vec::new();
        loop {
            let page = desk::list(&mut reader, &asked, 2).await.unwrap();
            found.extend(page.rows.into_iter().map(|one| one.conversation));
            asked.after = page.after;
            if asked.after.is_none() {
                break;
            }
        }
        assert_eq!(found.iter().collect::<Vec<_>>(), expected);
        asked.list = List::All;
        asked.after = None;
        let mut found = Vec::new();
        loop {
            let page = desk::list(&mut reader, &asked, 4).await.unwrap();
            found.extend(page.rows.into_iter().map(|one| one.conversation));
            asked.after = page.after;
            if asked.after.is_none() {
                break;
            }
        }
        assert_eq!(found.len(), 6);
        assert_eq!(found[0], urgent);
    });
}

#[test]
fn under_a_rare_filter_a_page_of_all_looks_so_far_and_the_next_goes_on() {
    on_both(|fresh| async move {
        let desk = Desk::open(&fresh);
        let mut talks = Vec::new();
        for n in 0..13 {
            let mut event = wrote(&format!("p{n}"), ["human", "say hello"][n % 2]);
            event.received_at = NOW + n as Millis;
            talks.push(desk.take(event).await.conversation);
        }
        let rare = StaffAct::Labelled {
            by: HUDA.into(),
            label: "rare".into(),
            on: true,
        };
        act(&desk, &talks[0], rare).await;
        let mut reader = desk.store.reader().await.unwrap();
        for (label, expected) in [("rare", 1), ("", 13), ("nobody has it", 0)] {
            let mut asked = Asked {
                staff: HUDA.into(),
                list: List::All,
                label: label.into(),
                now: NOW,
                ..Asked::default()
            };
            let (mut found, mut pages) = (Vec::new(), 0);
            loop {
                let page = desk::all(&mut reader, &asked, 3, 4).await.unwrap();
                pages += 1;
                assert!(page.rows.len() <= 3, "a page is a page");
                found.extend(page.rows.into_iter().map(|one| one.conversation));
                asked.after = page.after;
                if asked.after.is_none() {
                    break;
                }
            }
            let mut distinct = found.clone();
            distinct.sort();
            distinct.dedup();
            assert_eq!(
                (found.len(), distinct.len()),
                (expected, expected),
                "{label}"
            );
            assert!((2..10).contains(&pages), "{label}: {pages} pages");
        }
    });
}

#[test]
fn filters_and_counts_agree() {
    on_both(|fresh| async move {
        let desk = Desk::open(&fresh);
        let one = desk.take(wrote("a", "human")).await.conversation;
        let other = desk
            .take(wrote_on(SENDING, "b", "human"))
            .await
            .conversation;
        let on = |on| StaffAct::Labelled {
            by: HUDA.into(),
            label: "flood".into(),
            on,
        };
        act(&desk, &one, on(true)).await;
        let filter = async |change: &dyn Fn(&mut Asked)| -> Vec<String> {
            let mut asked = Asked {
                staff: HUDA.into(),
                now: NOW,
                ..Asked::default()
            };
            change(&mut asked);
            let mut reader = desk.store.reader().await.unwrap();
            let listed = desk::list(&mut reader, &asked, 50).await.unwrap();
            listed
                .rows
                .into_iter()
                .map(|one| one.conversation)
                .collect()
        };
        for which in [List::Unassigned, List::All] {
            let on_web = filter(&|asked| {
                asked.list = which;
                asked.channel = "web".into();
            })
            .await;
            assert_eq!(on_web, std::slice::from_ref(&one));
            let labelled = filter(&|asked| {
                asked.list = which;
                asked.label = "flood".into();
            })
            .await;
            assert_eq!(labelled, std::slice::from_ref(&one));
            let english = filter(&|asked| {
                asked.list = which;
                asked.language = "en".into();
            })
            .await;
            assert_eq!(english, [""; 0]);
            let closed = filter(&|asked| {
                asked.list = which;
                asked.state = "closed".into();
            })
            .await;
            assert_eq!(closed, [""; 0]);
            let late = filter(&|asked| {
                asked.list = which;
                asked.unanswered_before = NOW - 1;
            })
            .await;
            assert_eq!(late, [""; 0]);
            let elsewhere = filter(&|asked| {
                asked.list = which;
                asked.branch = "north".into();
            })
            .await;
            assert_eq!(elsewhere, [""; 0]);
        }
        act(&desk, &one, on(false)).await;
        act(&desk, &other, claim(HUDA)).await;
        let mut reader = desk.store.reader().await.unwrap();
        let counts = desk::counts(&mut reader, HUDA, "", NOW).await.unwrap();
        let found = (
            counts.mine,
            counts.unassigned,
            counts.for_us,
            counts.for_them,
        );
        assert_eq!(found, (1, 1, 2, 0));
        let labels = desk::labels(&mut reader, &[&one]).await.unwrap();
        assert!(labels.is_empty());
    });
}

#[test]
fn notes_stand_beside_the_talk_and_never_in_it() {
    on_both(|fresh| async move {
        let desk = Desk::open(&fresh);
        let talk = desk.take(wrote("a", "human")).await.conversation;
        let noted = StaffAct::Noted {
            by: HUDA.into(),
            text: "{{7*7}} <script>alert(1)</script>".into(),
            mentions: vec![SAAD.into()],
        };
        act(&desk, &talk, noted).await;
        act(&desk, &talk, claim(HUDA)).await;
        let mut reader = desk.store.reader().await.unwrap();
        let notes = note::between(&mut reader, &talk, 0, 100, 50).await.unwrap();
        let mut told: Vec<_> = notes
            .iter()
            .map(|note| format!("{} {} {}", note.seq, note.kind, note.author))
            .collect();
        // All of them happened in one moment.
        told.sort();
        assert_eq!(told, ["1 claimed huda", "1 noted huda", "1 waiting "]);
        let noted = notes.iter().find(|note| note.kind == "noted").unwrap();
        assert!(noted.text.as_deref().unwrap().contains("<script>"));
        let named = note::mentioned(&mut reader, SAAD, 10).await.unwrap();
        assert_eq!(named, std::slice::from_ref(&talk));
        assert_eq!(
            desk::counts(&mut reader, SAAD, "", NOW)
                .await
                .unwrap()
                .mentions,
            1
        );
        drop(reader);
        let mut tx = desk.store.begin_write().await.unwrap();
        note::looked(&mut tx, SAAD, &talk, NOW).await.unwrap();
        tx.commit().await.unwrap();
        let mut reader = desk.store.reader().await.unwrap();
        assert_eq!(
            desk::counts(&mut reader, SAAD, "", NOW)
                .await
                .unwrap()
                .mentions,
            0
        );
        let history = desk.history(&talk).await;
        assert_eq!(history, ["1 in human received"]);
    });
}

#[test]
fn whoever_takes_over_has_seen_the_alerts() {
    on_both(|fresh| async move {
        let desk = Desk::open(&fresh);
        let talk = desk.take(wrote("a", "distress")).await.conversation;
        let alerts = async |desk: &Desk| {
            let mut reader = desk.store.reader().await.unwrap();
            desk::counts(&mut reader, HUDA, "", NOW)
                .await
                .unwrap()
                .alerts
        };
        assert_eq!(alerts(&desk).await, 1);
        act(&desk, &talk, StaffAct::Seen { by: HUDA.into() }).await;
        assert_eq!(alerts(&desk).await, 0);
        desk.take(wrote("a", "distress; say again")).await;
        assert_eq!(alerts(&desk).await, 1);
        act(&desk, &talk, claim(HUDA)).await;
        assert_eq!(alerts(&desk).await, 0);
    });
}

#[test]
fn files_of_staff_belong_to_the_conversation_and_stand_in_the_reply() {
    on_both(|fresh| async move {
        let desk = Desk::open(&fresh);
        let talk = desk.take(wrote("a", "human")).await.conversation;
        let file = crate::event::Attachment {
            id: "f1".into(),
            kind: crate::event::AttachmentKind::Document,
            mime: "application/pdf".into(),
            bytes: 3,
            digest: "00".into(),
            name: Some("form.pdf".into()),
            seconds: None,
        };
        let sent = StaffAct::Replied {
            by: HUDA.into(),
            text: String::new(),
            beside: crate::event::Beside {
                files: vec![file],
                ..Default::default()
            },
        };
        act(&desk, &talk, sent).await;
        let mut reader = desk.store.reader().await.unwrap();
        let stored = crate::store::attachment::find(&mut reader, "f1")
            .await
            .unwrap();
        assert_eq!(stored.unwrap().conversation.as_deref(), Some(&*talk));
        let messages = desk.messages(&talk).await;
        let last: Reply =
            serde_json::from_str(messages.last().unwrap().payload.as_ref().unwrap()).unwrap();
        assert!(
            matches!(&last.shows[..], [crate::reply::Show::Attachment { file }] if file.id == "f1")
        );
        assert!(last.texts.is_empty());
    });
}
