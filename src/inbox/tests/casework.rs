//! A request's file, checked item by item with the dialogs themselves, on both engines: what staff do to it, what the
//! person answers, and who was too late.

use super::*;
use crate::dialog::casework::{WhyNot, why_not};
use crate::event::KnownCase;
use crate::event::casework::{Against, CaseAct, Decision, ItemStatus, Match, SendBack};
use crate::store::case::Case;
use crate::store::chain;
use crate::store::item::Check;
use crate::store::test_support::on_both;
use crate::store::{case, item};

const REFERENCE: &str = "W-8ZWW9-4K9Q";

/// Orders are obeyed, everything else is a matter of the dialogs.
fn both(dialogs: &Dialogs, state: State, event: Event) -> Turn {
    match &event.what {
        What::Wrote { text } if text.starts_with("submit ") => obey(dialogs, state, event),
        _ => crate::dialog::step(dialogs, state, event),
    }
}

async fn open(fresh: &Fresh) -> (Desk, String) {
    let desk = Desk::over(&fresh.store, |options| options.step = both);
    let order = format!("submit {REFERENCE} 1098765439");
    let talk = desk.take(wrote("a", &order)).await.conversation;
    (desk, talk)
}

fn act(by: &str, act: CaseAct) -> StaffAct {
    StaffAct::Case {
        by: by.into(),
        reference: REFERENCE.into(),
        act,
    }
}

fn matched(over: i64) -> CaseAct {
    CaseAct::Matched(Match {
        item: "national_id".into(),
        over,
        against: Against::OfficialService,
        valid_then: true,
        valid_now: false,
    })
}

fn back(over: i64) -> CaseAct {
    CaseAct::SentBack(vec![SendBack {
        item: "national_id".into(),
        over,
        reason: "not_confirmed".into(),
        words: Some("the fourth digit".into()),
        picture: None,
    }])
}

async fn file(desk: &Desk) -> (Case, Check) {
    let mut reader = desk.store.reader().await.unwrap();
    let case = case::find(&mut reader, REFERENCE).await.unwrap().unwrap();
    let items = item::of(&mut reader, &[&case.id]).await.unwrap();
    (case, items.into_iter().next().unwrap().check)
}

async fn evidence(desk: &Desk) -> Vec<String> {
    let (case, _) = file(desk).await;
    let mut reader = desk.store.reader().await.unwrap();
    let links = chain::about(&mut reader, case::EVIDENCE, &case.id).await;
    let links = links.unwrap().into_iter();
    links
        .map(|link| format!("{} {}", link.kind, link.author))
        .collect()
}

#[test]
fn of_two_officers_who_decide_one_item_at_once_one_wins_and_the_other_sees_who() {
    on_both(|fresh| async move {
        let (desk, talk) = open(&fresh).await;
        let both = vec![
            staff(&talk, act("huda", matched(0))),
            staff(&talk, act("saad", back(0))),
        ];
        let taken = desk.started.inbox.take_all(both).await;
        let applied: Vec<_> = taken.into_iter().map(|one| one.unwrap().applied).collect();
        assert_eq!(applied, [true, false]);
        let (case, check) = file(&desk).await;
        assert_eq!((check.status, check.revision), (ItemStatus::Matched, 1));
        assert_eq!(check.by, "huda");
        assert_eq!(
            (check.valid_then, check.valid_now),
            (Some(true), Some(false))
        );
        assert_eq!(case.work.owner, "huda", "whoever began owns it");
        let again = staff(&talk, act("huda", matched(0)));
        assert!(
            !desk.take(again).await.fresh,
            "the same act once more is one"
        );
    });
}

#[test]
fn an_item_sent_back_is_fetched_once_and_the_request_lies_with_its_owner_again() {
    on_both(|fresh| async move {
        let (desk, talk) = open(&fresh).await;
        assert!(desk.take(staff(&talk, act("huda", back(0)))).await.applied);
        let (case, check) = file(&desk).await;
        assert_eq!(
            (case.state.as_str(), check.status),
            ("waiting", ItemStatus::SentBack)
        );
        assert_eq!(check.words.as_deref(), Some("the fourth digit"));
        desk.take(wrote("a", "resume")).await;
        let asked = desk.state(&talk).await.stack;
        assert_eq!(asked[0].step, "national_id");
        assert!(
            asked[0].answers.is_empty(),
            "answers stand in the request alone"
        );
        desk.take(wrote("a", "1087654321")).await;
        let (case, check) = file(&desk).await;
        assert_eq!((check.status, check.revision), (ItemStatus::Answered, 2));
        assert_eq!(case.state, "checking");
        assert_eq!(case.work.returned_at, Some(NOW));
        assert_eq!(case.work.owner, "huda");
        assert!(case.complete_at.is_some());
        // The same words once more, from the other telephone: nothing is asked, so nothing is taken.
        desk.take(wrote("a", " 1087654321")).await;
        assert_eq!(file(&desk).await.1.revision, 2);
        let late = desk.take(staff(&talk, act("saad", matched(1)))).await;
        assert!(
            !late.applied,
            "what the person answered since must be looked at"
        );
    });
}

#[test]
fn only_what_is_matched_is_signed_off_registered_and_decided_and_all_of_it_is_evidence() {
    on_both(|fresh| async move {
        let (desk, talk) = open(&fresh).await;
        let decide = |by: &str, from: &str, to: &str| {
            let decision = Decision {
                from: from.into(),
                to: to.into(),
                reason: "internal words".into(),
                told: Some("courteous words".into()),
                early: None,
            };
            staff(&talk, act(by, CaseAct::Decided(decision)))
        };
        let sign = || staff(&talk, act("huda", CaseAct::SignedOff));
        let mut number = 0;
        let mut take = async |mut event: Event| {
            number += 1;
            event.key.key = number.to_string();
            event.seed = Seed([number as u8; 16]);
            desk.take(event).await.applied
        };
        assert!(!take(sign()).await, "nothing is matched yet");
        assert!(take(staff(&talk, act("huda", matched(0)))).await);
        let checks = DEMO.cases.checks.iter().map(|check| check.name.clone());
        let checks: Vec<String> = checks.collect();
        let register = |checks: &[String]| {
            let registered = CaseAct::Registered {
                file_number: "17".into(),
                checks: checks.to_vec(),
            };
            staff(&talk, act("huda", registered))
        };
        assert!(!take(register(&checks)).await, "nobody vouches for it yet");
        assert!(take(sign()).await);
        assert!(!take(sign()).await, "once is enough");
        assert!(!take(register(&checks[1..])).await, "a check is open");
        let move_to = |to: &str| {
            staff(
                &talk,
                StaffAct::Moved {
                    by: "huda".into(),
                    reference: REFERENCE.into(),
                    to: to.into(),
                    told: None,
                },
            )
        };
        take(move_to("checking")).await;
        take(move_to("committee")).await;
        assert_eq!(
            file(&desk).await.0.state,
            "checking",
            "registration gates the committee"
        );
        assert!(take(register(&checks)).await);
        take(move_to("committee")).await;
        assert_eq!(file(&desk).await.0.state, "committee");
        take(move_to("approved")).await;
        assert_eq!(
            file(&desk).await.0.state,
            "committee",
            "a decision has reasons"
        );
        assert!(take(decide("mona", "committee", "rejected")).await);
        assert!(
            !take(decide("sami", "committee", "approved")).await,
            "it was decided since"
        );
        let (case, _) = file(&desk).await;
        assert_eq!(case.state, "rejected");
        assert_eq!(case.told.as_deref(), Some("courteous words"));
        assert_eq!(case.work.decided, Some(("mona".into(), NOW)));
        assert_eq!(case.work.file_number.as_deref(), Some("17"));
        assert_eq!(
            evidence(&desk).await,
            [
                "case.signed_off huda",
                "case.registered huda",
                "case.decided mona"
            ]
        );
        let history = format!("{:?}", desk.messages(&talk).await);
        assert!(!history.contains("internal words"));
    });
}

#[test]
fn an_early_decision_needs_its_reason_and_an_objection_another_decider() {
    let mut case: KnownCase = serde_json::from_value(serde_json::json!({
        "reference": REFERENCE, "kind": "support", "service": "rent", "state": "committee",
        "opened_at": 0, "missing": [], "answer_from": NOW + 1, "answer_by": null,
    }))
    .unwrap();
    case.file.registered = true;
    let decide = |case: &KnownCase, by: &str, to: &str, early: Option<&str>| {
        let decision = Decision {
            from: case.state.clone(),
            to: to.into(),
            reason: "words".into(),
            told: None,
            early: early.map(str::to_owned),
        };
        why_not(&DEMO, Some(case), by, &CaseAct::Decided(decision), NOW)
    };
    let early = Some(WhyNot::Early(NOW + 1));
    assert_eq!(decide(&case, "huda", "rejected", None), early);
    assert_eq!(decide(&case, "huda", "rejected", Some("  ")), early);
    assert_eq!(decide(&case, "huda", "rejected", Some("urgent")), None);
    assert_eq!(
        decide(&case, "huda", "deferred", None),
        None,
        "no answer yet"
    );
    case.file.registered = false;
    let unregistered = Some(WhyNot::NotRegistered);
    assert_eq!(
        decide(&case, "huda", "approved", Some("urgent")),
        unregistered
    );
    case.kind = "objection".into();
    case.state = "review".into();
    case.answer_from = None;
    case.file.first_decider = "huda".into();
    assert_eq!(
        decide(&case, "Huda ", "upheld", None),
        Some(WhyNot::SameDecider)
    );
    assert_eq!(decide(&case, "saad", "upheld", None), None);
}
