//! What becomes of an answer when its file turns out otherwise, or is not to be had.

use super::*;
use crate::dialog::value::Value;

fn voice(id: &str) -> Attachment {
    Attachment {
        id: id.to_owned(),
        mime: "audio/ogg".to_owned(),
        digest: String::new(),
        seconds: Some(3),
        ..file(AttachmentKind::Voice, 1_000)
    }
}

/// At the question behind the name, which was told by voice.
fn told_by_voice() -> House {
    let mut house = House::at_the_name("1");
    house.take(What::Sent {
        attachment: voice("v1"),
        caption: None,
        fetch: Some("there".to_owned()),
    });
    house
}

fn name(house: &House) -> Option<Value> {
    let frames = house.state.stack.iter();
    let mut given = frames.filter_map(|frame| frame.answers.get("full_name"));
    given.next().map(|given| given.value.clone())
}

#[test]
fn what_turns_out_as_it_was_sent_is_corrected_silently() {
    let mut house = told_by_voice();
    let known = Attachment {
        bytes: 1_234,
        digest: "f".repeat(64),
        seconds: None,
        ..voice("v1")
    };
    let turn = house.take(What::Fetched {
        attachment: known.clone(),
    });
    assert_eq!(turn.replies, []);
    let expected = Attachment {
        seconds: Some(3),
        ..known
    };
    assert_eq!(name(&house), Some(Value::Voice(expected)));
}

#[test]
fn what_cannot_be_had_or_used_is_asked_for_again_at_once() {
    let photo = Attachment {
        id: "v1".to_owned(),
        ..file(AttachmentKind::Photo, 10)
    };
    for (case, what) in [
        (
            "not to be had",
            What::FetchFailed {
                id: "v1".to_owned(),
            },
        ),
        ("no recording", What::Fetched { attachment: photo }),
    ] {
        let mut house = told_by_voice();
        let before = house.state.stack.last().unwrap().step.clone();
        let turn = house.take(what);
        assert_eq!(name(&house), None, "{case}");
        let frame = house.state.stack.last().unwrap();
        assert_eq!(frame.step, "full_name", "{case}");
        assert!(said(&turn).contains("تعذّر فتح الملف"), "{case}");
        house.says("سارة عبدالله محمد القحطاني");
        assert!(name(&house).is_some(), "{case}");
        let frame = house.state.stack.last().unwrap();
        assert_eq!(frame.step, before, "{case}: the other question comes back");
    }
}

#[test]
fn who_speaks_with_a_human_is_not_interrupted() {
    let mut house = told_by_voice();
    house.known.control = crate::event::Control::Human("Huda".to_owned());
    let turn = house.take(What::FetchFailed {
        id: "v1".to_owned(),
    });
    assert_eq!(turn.replies, []);
    assert_eq!(name(&house), None);
}

#[test]
fn a_file_of_a_request_that_is_handed_in_is_asked_for() {
    let mut house = House::new();
    house.says("السلام عليكم");
    let turn = house.take(What::FetchFailed {
        id: "long ago".to_owned(),
    });
    assert!(said(&turn).contains("مع طلبكم"));
}
