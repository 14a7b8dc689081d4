//! What is kept: of a message, of a form that is handed in, of a State from another build.

use super::{House, demo};
use crate::dialog::kind::ask;
use crate::dialog::model::{Ask as AskStep, Question, ReaderName};
use crate::dialog::state::State;
use crate::dialog::step;
use crate::dialog::turn::{Ask, Effect};
use crate::dialog::value::{Flag, Value};
use crate::event::What;

#[test]
fn a_forwarded_code_is_redacted_and_a_number_that_is_asked_for_is_not() {
    let mut house = House::at_the_name("1");
    let turn = house.writes("رمز التحقق الخاص بك في أبشر هو 482193");
    let redacted = turn.heard.redacted.clone().expect("the code is taken out");
    assert!(!redacted.contains("482193") && turn.heard.sensitive);
    house.writes("سارة عبدالله محمد القحطاني");
    let turn = house.writes("1234567897");
    assert_eq!(turn.heard.redacted, None);
    assert!(turn.heard.sensitive, "the step is sensitive");
    assert_eq!(house.at(), "apply.id_expiry");
}

#[test]
fn nothing_sensitive_stands_in_the_trace() {
    let mut house = House::at_the_name("1");
    house.writes("سارة عبدالله محمد القحطاني");
    let turn = house.writes("1234567897");
    let trace = format!("{:?}", turn.trace);
    assert!(
        !trace.contains("1234567897") && !trace.contains("سارة"),
        "{trace}"
    );
}

#[test]
fn a_submission_holds_what_lies_on_the_way_and_nothing_else() {
    let mut house = House::at_the_name("1");
    for text in [
        "سارة القحطاني",
        "1234567890",
        "1234567890",
        "1/1/1440",
        "تخطي",
        "هنا في المحادثة",
        "الدلم",
    ] {
        house.writes(text);
    }
    assert_eq!(house.at(), "apply.review");
    house.writes("صحيح");
    let event = house.event(What::Wrote {
        text: "سارة القحطاني".to_owned(),
    });
    let turn = step(demo(), house.state.clone(), event);
    let [Ask::Submit(submission)] = &turn.asks[..] else {
        panic!("the case is claimed: {:?}", turn.asks);
    };
    assert_eq!(
        submission.answers["national_id"].value,
        Value::NationalId("1234567890".to_owned())
    );
    assert!(
        !submission.answers.contains_key("review") && !submission.answers.contains_key("relation")
    );
    for flag in [Flag::ShortName, Flag::Unverified, Flag::Expired] {
        assert!(submission.flags.contains(&flag), "{flag:?}");
    }
    let declaration = submission.declaration.as_ref().expect("it is signed");
    assert_eq!(declaration.capacity, "self");
    assert!(submission.sensitive.contains(&"national_id".to_owned()));
    assert_eq!(
        submission.trail.first().map(String::as_str),
        Some("service")
    );
}

#[test]
fn a_number_that_is_taken_is_tried_again_and_at_last_a_human_sees_to_it() {
    let way = [
        "سارة عبدالله محمد القحطاني",
        "1234567897",
        "15/7/1450",
        "هنا في المحادثة",
        "الدلم",
        "صحيح",
    ];
    for (taken, opened) in [(0, true), (1, true), (2, false)] {
        let mut house = House::at_the_name("1");
        house.taken = taken;
        for text in way {
            house.writes(text);
        }
        let turn = house.writes("سارة عبدالله محمد القحطاني");
        assert_eq!(house.known.cases.len(), usize::from(opened), "{taken}");
        let kept = house.state.paused.len();
        let faulted = turn
            .effects
            .iter()
            .any(|effect| matches!(effect, Effect::Alert { .. }));
        assert_eq!(
            (kept, faulted),
            if opened { (0, false) } else { (1, true) },
            "{taken}"
        );
    }
}

#[test]
fn every_reader_takes_what_fits_and_says_why_not() {
    for (read, value, fits) in [
        (
            ReaderName::FullName,
            Value::Text("سارة القحطاني".to_owned()),
            true,
        ),
        (ReaderName::FullName, Value::Number(3), false),
        (
            ReaderName::NationalId,
            Value::OtherDocument("3000000012".to_owned()),
            true,
        ),
        (
            ReaderName::Phone,
            Value::Email("a@example.org".to_owned()),
            false,
        ),
        (
            ReaderName::ContactMeans,
            Value::Email("a@example.org".to_owned()),
            true,
        ),
        (ReaderName::YesNo, Value::Bool(true), true),
        (ReaderName::YesNo, Value::Option("yes".to_owned()), false),
        (ReaderName::Number, Value::Money(3), false),
        (ReaderName::LastFour, Value::Text("1234".to_owned()), true),
    ] {
        let step = question(read);
        assert_eq!(ask::fits(&step, &value), fits, "{read:?} {value:?}");
    }
}

fn question(read: ReaderName) -> AskStep {
    AskStep {
        question: Question {
            text: Default::default(),
            again: None,
            help: None,
            sensitive: false,
            optional: false,
            later: false,
            recall: false,
            label: None,
            retention: None,
            purpose: None,
        },
        read,
        least: None,
        most: None,
        marks: Vec::new(),
    }
}

#[test]
fn a_state_of_another_form_keeps_its_answers() {
    let mut house = House::at_the_name("1");
    house.writes("سارة عبدالله محمد القحطاني");
    let mut json = serde_json::to_value(&house.state).expect("a state can be written");
    // Fields that we do not know, or that hold something else now.
    json["pending"] = serde_json::json!({"something_new": 7});
    json["misunderstood"] = serde_json::json!("often");
    json["stack"][0]["answers"]["service"]["value"] = serde_json::json!({"kind": "unheard_of"});
    let read = State::read(&json.to_string());
    let frame = &read.stack[0];
    assert_eq!(frame.dialog, "apply");
    assert!(frame.answers.contains_key("full_name") && !frame.answers.contains_key("service"));
    house.state = read;
    house.writes("القائمة");
    assert_eq!(house.state.paused.len(), 1, "the form is still there");
}

#[test]
fn a_withdrawn_dialog_lets_the_talk_rest() {
    let mut house = House::at_the_name("1");
    house.state.version = "another".to_owned();
    house.state.stack[0].dialog = "withdrawn".to_owned();
    let turn = house.writes("سارة عبدالله محمد القحطاني");
    assert!(
        turn.effects
            .iter()
            .any(|effect| matches!(effect, Effect::Forget { .. }))
    );
    assert_eq!(house.at(), "menu.item");
}

#[test]
fn a_request_beyond_the_quota_hears_its_place_in_the_waiting_list() {
    let mut house = House::at_the_name("5");
    house.waiting = Some(3);
    for text in [
        "سارة عبدالله محمد القحطاني",
        "1234567897",
        "15/7/1450",
        "هنا في المحادثة",
        "الدلم",
        "5",
        "1",
        "1",
        "تم",
        "صحيح",
    ] {
        house.writes(text);
    }
    let event = house.event(What::Wrote {
        text: "سارة عبدالله محمد القحطاني".to_owned(),
    });
    let asked = step(demo(), house.state.clone(), event);
    let [Ask::Submit(submission)] = &asked.asks[..] else {
        panic!("the case is claimed: {:?}", asked.asks);
    };
    assert_eq!(submission.quota, Some(40), "as services.yaml says");
    let told = house.says("سارة عبدالله محمد القحطاني");
    assert!(told.contains("بالترتيب 3"), "{told}");
}
