//! Requests: claims of references, duplicates, answers, status, on both engines.

use std::collections::BTreeMap;

use super::super::case::{self, Filling, Later, Move, Opened, Opening, Question};
use super::super::export::{Format, Noun, Sight, export};
use super::super::identity::Spoken;
use super::super::test_support::{met, on_both, web};
use super::super::{Store, attachment, chain, item, known, rating};
use crate::dialog::turn::{Declaration, Rating, Submission};
use crate::dialog::value::{Flag, Given, Signature, Value};
use crate::event::{Attachment, AttachmentKind, Seed, Source};
use crate::text::lang::Lang;

pub(super) fn given(value: Value) -> Given {
    Given {
        value,
        flags: vec![Flag::Unverified],
        at: 1_000,
        channel: "web".to_owned(),
        message_id: Some("m1".to_owned()),
        version: "v1".to_owned(),
    }
}

pub(super) fn photo(id: &str) -> Attachment {
    Attachment {
        id: id.to_owned(),
        kind: AttachmentKind::Photo,
        mime: "image/jpeg".to_owned(),
        bytes: 5,
        digest: "d".to_owned(),
        name: Some("هوية.jpg".to_owned()),
        seconds: None,
    }
}

pub(super) fn submission(reference: &str, id: &str) -> Submission {
    let answers = BTreeMap::from([
        (
            "full_name".to_owned(),
            given(Value::Text("ليلى مخترعة للاختبار".to_owned())),
        ),
        (
            "national_id".to_owned(),
            given(Value::NationalId(id.to_owned())),
        ),
        (
            "id_photo".to_owned(),
            given(Value::Files(vec![photo(&format!("photo-{reference}"))])),
        ),
    ]);
    Submission {
        reference: reference.to_owned(),
        attempt: 0,
        kind: "support".to_owned(),
        service: "food".to_owned(),
        quota: None,
        dialog: "apply".to_owned(),
        version: "v1".to_owned(),
        language: Lang::Ar,
        answers,
        trail: vec!["full_name".to_owned(), "national_id".to_owned()],
        sensitive: vec!["national_id".to_owned()],
        document: Some(id.to_owned()),
        about: None,
        capacity: "self".to_owned(),
        own: true,
        proven: false,
        missing: vec!["salary".to_owned()],
        flags: vec![Flag::Expired],
        declaration: Some(Declaration {
            text: "أقر بصحة البيانات".to_owned(),
            version: "t1".to_owned(),
            capacity: "self".to_owned(),
            signature: Signature::TypedName("ليلى مخترعة".to_owned()),
            at: 1_000,
            channel: "web".to_owned(),
            message_id: Some("m9".to_owned()),
        }),
        complete_at: None,
        answer_from: None,
        answer_by: None,
        submitted_at: 1_000,
    }
}

pub(super) async fn open(
    store: &Store,
    spoken: &Spoken,
    submission: &Submission,
    seed: u8,
) -> Opened {
    let mut tx = store.begin_write().await.unwrap();
    let photo = photo(&format!("photo-{}", submission.reference));
    let arrived = attachment::Arrived {
        attachment: &photo,
        contact: &spoken.contact,
        conversation: &spoken.conversation,
        fetching: false,
        at: 900,
    };
    attachment::add(&mut tx, &[arrived]).await.unwrap();
    let opened = case::open(&mut tx, &[opening(spoken, submission, seed)])
        .await
        .unwrap();
    tx.commit().await.unwrap();
    opened.into_iter().next().unwrap()
}

fn opening<'a>(spoken: &'a Spoken, submission: &'a Submission, seed: u8) -> Opening<'a> {
    Opening {
        submission,
        contact: &spoken.contact,
        conversation: &spoken.conversation,
        state: "preliminary",
        seed: Seed([seed; 16]),
        source: Source::Own,
        channel: "web",
    }
}

#[test]
fn a_request_is_stored_whole_and_reads_back() {
    on_both(|fresh| async move {
        let spoken = met(&fresh.store, &web("a"), 1_000).await;
        let opened = open(&fresh.store, &spoken, &submission("AB12", "1000000008"), 1).await;
        assert!(!opened.duplicate);
        let id = opened.case.unwrap();
        let mut tx = fresh.store.reader().await.unwrap();
        let case = case::find(&mut tx, "AB12").await.unwrap().unwrap();
        assert_eq!(
            (
                case.id.as_str(),
                case.capacity.as_str(),
                case.language.as_str()
            ),
            (&*id, "self", "ar")
        );
        assert_eq!(
            (case.flags.as_slice(), case.missing.as_slice()),
            (
                ["expired".to_owned()].as_slice(),
                ["salary".to_owned()].as_slice()
            )
        );
        let items = item::of(&mut tx, &[&id]).await.unwrap();
        let names: Vec<_> = items
            .iter()
            .map(|item| (item.name.as_str(), item.sensitive))
            .collect();
        assert_eq!(
            names,
            [
                ("full_name", false),
                ("id_photo", false),
                ("national_id", true)
            ]
        );
        assert_eq!(items[2].value, Value::NationalId("1000000008".to_owned()));
        assert_eq!(items[2].flags, ["unverified"]);
        let files = attachment::of_case(&mut tx, &id).await.unwrap();
        assert_eq!(
            (files.len(), files[0].slot.as_deref()),
            (1, Some("id_photo"))
        );
        assert_eq!(files[0].attachment, photo("photo-AB12"));
        let evidence = chain::about(&mut tx, case::EVIDENCE, &id).await.unwrap();
        assert_eq!(evidence.len(), 1);
        assert!(
            evidence[0]
                .value
                .as_ref()
                .unwrap()
                .contains("أقر بصحة البيانات")
        );
        assert!(
            !evidence[0].detail.contains("m9"),
            "what stays after erasing names no message"
        );
        let known = known::load(&mut tx, &[&spoken.contact]).await.unwrap();
        assert_eq!(known[&spoken.contact].cases[0].reference, "AB12");
    });
}

#[test]
fn a_reference_belongs_to_one_request_and_losing_it_stores_nothing() {
    on_both(|fresh| async move {
        let (one, other) = (
            met(&fresh.store, &web("a"), 1).await,
            met(&fresh.store, &web("b"), 1).await,
        );
        open(&fresh.store, &one, &submission("AB12", "1000000008"), 1).await;
        let lost = open(&fresh.store, &other, &submission("AB12", "1000000016"), 2).await;
        assert_eq!(lost.case, None);
        let mut tx = fresh.store.reader().await.unwrap();
        let case = case::find(&mut tx, "AB12").await.unwrap().unwrap();
        assert_eq!(case.contact, one.contact);
        let report = super::super::verify::verify(&fresh.store).await.unwrap();
        assert_eq!((report.whole, report.findings.len()), (1, 0));
    });
}

#[test]
fn two_requests_with_one_id_in_one_batch_see_each_other() {
    on_both(|fresh| async move {
        let (one, other) = (
            met(&fresh.store, &web("a"), 1).await,
            met(&fresh.store, &web("b"), 1).await,
        );
        let (first, second) = (
            submission("AB12", "1000000008"),
            submission("CD34", "1000000008"),
        );
        let mut tx = fresh.store.begin_write().await.unwrap();
        let opened = case::open(
            &mut tx,
            &[opening(&one, &first, 1), opening(&other, &second, 2)],
        )
        .await
        .unwrap();
        assert!(opened.iter().all(|opened| opened.case.is_some()));
        let duplicates: Vec<_> = opened.iter().map(|opened| opened.duplicate).collect();
        assert_eq!(duplicates, [false, true], "as if they had come one by one");
        for reference in ["AB12", "CD34"] {
            let case = case::find(&mut tx, reference).await.unwrap().unwrap();
            assert!(case.duplicate, "staff see it on both: {reference}");
        }
    });
}

#[test]
fn two_requests_with_one_id_on_two_instances_see_each_other() {
    on_both(|fresh| async move {
        let (one, other) = (
            met(&fresh.store, &web("a"), 1).await,
            met(&fresh.store, &web("b"), 1).await,
        );
        let (first, second) = (
            submission("AB12", "1000000008"),
            submission("CD34", "1000000008"),
        );
        let (a, b) = tokio::join!(
            open(&fresh.store, &one, &first, 1),
            open(&fresh.store, &other, &second, 2)
        );
        assert!(
            a.duplicate != b.duplicate,
            "the later one saw the earlier one: {a:?} {b:?}"
        );
        let mut tx = fresh.store.reader().await.unwrap();
        for reference in ["AB12", "CD34"] {
            let case = case::find(&mut tx, reference).await.unwrap().unwrap();
            assert!(case.duplicate, "staff see it on both: {reference}");
        }
    });
}

#[test]
fn requests_beyond_the_quota_stand_in_line() {
    on_both(|fresh| async move {
        let spoken = met(&fresh.store, &web("a"), 1).await;
        let of = |reference: &str, id: &str, service: &str| {
            let mut submission = submission(reference, id);
            submission.service = service.to_owned();
            submission.quota = Some(1);
            submission
        };
        let first = of("AB12", "1000000008", "fridge");
        let second = of("CD34", "2000000006", "fridge");
        let third = of("EF56", "1234567897", "fridge");
        let other = of("GH78", "1098765439", "washer");
        let alone = open(&fresh.store, &spoken, &first, 1).await;
        assert_eq!(alone.waiting, None, "there is a place");
        let mut tx = fresh.store.begin_write().await.unwrap();
        let openings = [(&second, 2), (&third, 3), (&other, 4)];
        let openings = openings.map(|(submission, seed)| opening(&spoken, submission, seed));
        let opened = case::open(&mut tx, &openings).await.unwrap();
        let places: Vec<_> = opened.iter().map(|opened| opened.waiting).collect();
        assert_eq!(places, [Some(1), Some(2), None]);
        let second = case::find(&mut tx, "CD34").await.unwrap().unwrap();
        assert!(
            second.flags.contains(&"waiting_list".to_owned()),
            "{:?}",
            second.flags
        );
    });
}

#[test]
fn a_closed_request_makes_no_duplicate() {
    on_both(|fresh| async move {
        let spoken = met(&fresh.store, &web("a"), 1).await;
        let first = open(&fresh.store, &spoken, &submission("AB12", "1000000008"), 1)
            .await
            .case
            .unwrap();
        let mut tx = fresh.store.begin_write().await.unwrap();
        let closed = Move {
            id: &first,
            state: "withdrawn",
            told: None,
            closed_at: Some(2_000),
            at: 2_000,
        };
        case::moves(&mut tx, &[closed]).await.unwrap();
        tx.commit().await.unwrap();
        let second = open(&fresh.store, &spoken, &submission("CD34", "1000000008"), 2).await;
        assert!(!second.duplicate);
    });
}

#[test]
fn the_state_of_a_request_needs_the_applicant_or_the_last_four_digits() {
    on_both(|fresh| async move {
        let (one, other) = (
            met(&fresh.store, &web("a"), 1).await,
            met(&fresh.store, &web("b"), 1).await,
        );
        open(&fresh.store, &one, &submission("AB12", "1000000008"), 1).await;
        let mut tx = fresh.store.begin_write().await.unwrap();
        for (case, reference, last_four, contact, told) in [
            ("the applicant", "AB12", None, &one.contact, true),
            (
                "somebody else with the digits",
                "AB12",
                Some("0008"),
                &other.contact,
                true,
            ),
            (
                "the applicant with the digits",
                "AB12",
                Some("0008"),
                &one.contact,
                true,
            ),
            (
                "the applicant's phone with wrong digits",
                "AB12",
                Some("0009"),
                &one.contact,
                false,
            ),
            ("somebody else without", "AB12", None, &other.contact, false),
            ("wrong digits", "AB12", Some("0009"), &other.contact, false),
            ("too few digits", "AB12", Some("08"), &other.contact, false),
            ("no digits", "AB12", Some(""), &other.contact, false),
            (
                "an unknown reference",
                "ZZ99",
                Some("0008"),
                &other.contact,
                false,
            ),
        ] {
            let question = Question {
                reference,
                last_four,
                contact,
            };
            let answers = case::status(&mut tx, &[question]).await.unwrap();
            assert_eq!(answers[0].is_some(), told, "{case}");
        }
    });
}

#[test]
fn a_supplement_takes_the_place_of_the_earlier_answer() {
    on_both(|fresh| async move {
        let spoken = met(&fresh.store, &web("a"), 1).await;
        let id = open(&fresh.store, &spoken, &submission("AB12", "1000000008"), 1)
            .await
            .case
            .unwrap();
        let later = given(Value::Text("اسم آخر".to_owned()));
        let mut tx = fresh.store.begin_write().await.unwrap();
        let supplement = item::Supplement {
            case: &id,
            name: "full_name",
            given: &later,
            sensitive: false,
        };
        item::put(&mut tx, &[supplement]).await.unwrap();
        let filling = Filling {
            id: &id,
            missing: &[],
            complete_at: Some(9),
            answer_from: Some(10),
            answer_by: None,
            at: 9,
        };
        case::fill(&mut tx, &[filling]).await.unwrap();
        let items = item::of(&mut tx, &[&id]).await.unwrap();
        assert_eq!((items.len(), &items[0].value), (3, &later.value));
        let case = case::lock(&mut tx, &["AB12"]).await.unwrap().remove(0);
        assert_eq!(
            (case.missing.len(), case.complete_at, case.answer_from),
            (0, Some(9), Some(10))
        );
    });
}

#[test]
fn what_staff_tell_the_person_stands_with_the_request_and_is_sealed() {
    on_both(|fresh| async move {
        let spoken = met(&fresh.store, &web("a"), 1).await;
        let case = open(&fresh.store, &spoken, &submission("AB12", "1000000008"), 1)
            .await
            .case
            .unwrap();
        let mut tx = fresh.store.begin_write().await.unwrap();
        let later = Later {
            id: &case,
            answer_by: 9_000,
            told: "لأن الملف كبير",
            at: 2_000,
        };
        case::postpone(&mut tx, &[later]).await.unwrap();
        let found = case::find(&mut tx, "AB12").await.unwrap().unwrap();
        assert_eq!(found.answer_by, Some(9_000));
        assert_eq!(found.told.as_deref(), Some("لأن الملف كبير"));
        assert_eq!(found.state_at, 1_000, "it stands where it stood");
        let sql = "SELECT told FROM case_file WHERE reference = 'AB12'";
        let row = tx.rows_of("told", sql, &[]).await.unwrap().remove(0);
        assert!(!row.text("told").unwrap().contains("الملف"));
        let moved = Move {
            id: &case,
            state: "done",
            told: None,
            closed_at: Some(3_000),
            at: 3_000,
        };
        case::moves(&mut tx, &[moved]).await.unwrap();
        let found = case::find(&mut tx, "AB12").await.unwrap().unwrap();
        assert_eq!((found.state_at, found.told), (3_000, None));
        assert!(
            case::open_of_kind(&mut tx, "support")
                .await
                .unwrap()
                .is_empty()
        );
    });
}

#[test]
fn a_rating_is_counted_without_who_gave_it() {
    on_both(|fresh| async move {
        let spoken = met(&fresh.store, &web("a"), 1).await;
        let rating = Rating {
            dialog: "rating".to_owned(),
            version: "v1".to_owned(),
            language: Lang::Ar,
            marks: BTreeMap::from([("service".to_owned(), 2)]),
            answers: BTreeMap::from([(
                "comment".to_owned(),
                given(Value::Text("انتظرت طويلًا".to_owned())),
            )]),
        };
        let rated = rating::Rated {
            id: "r1".to_owned(),
            contact: &spoken.contact,
            conversation: &spoken.conversation,
            channel: "web",
            rating: &rating,
            at: 86_400_000,
        };
        let mut tx = fresh.store.begin_write().await.unwrap();
        rating::add(&mut tx, std::slice::from_ref(&rated))
            .await
            .unwrap();
        rating::add(&mut tx, &[rated]).await.unwrap();
        tx.commit().await.unwrap();
        for (sight, words) in [(Sight::Masked, false), (Sight::Revealed, true)] {
            let mut out = Vec::new();
            export(
                &fresh.store,
                Noun::Surveys,
                Format::JsonLines,
                sight,
                &mut out,
            )
            .await
            .unwrap();
            let told = String::from_utf8(out).unwrap();
            assert_eq!(told.lines().count(), 1);
            assert!(told.contains(r#""marks":{"service":2}"#), "{told}");
            assert!(told.contains(r#""day":"1970-01-02""#), "{told}");
            assert_eq!(told.contains("انتظرت"), words);
            assert!(!told.contains(&spoken.contact) && !told.contains(&spoken.conversation));
        }
    });
}
