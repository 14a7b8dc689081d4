//! The rows of bad input: whatever comes, it is answered, the question stands, and nothing is changed.

use super::{House, START, said};
use crate::dialog::turn::Effect;
use crate::dialog::value::Value;
use crate::event::What;

#[test]
fn what_cannot_be_read_is_answered_and_the_question_stands() {
    for (case, text) in [
        ("50,000 characters", "ا".repeat(50_000)),
        ("only emoji", "😀👍🏽".to_owned()),
        ("only bidi marks", "\u{200F}\u{202B}\u{2069}".to_owned()),
        ("only NUL", "\0\0\0".to_owned()),
        ("nothing", String::new()),
        ("an option that is none", "99".to_owned()),
    ] {
        let mut house = House::at_the_name("1");
        let turn = house.writes(&text);
        assert!(!said(&turn).is_empty(), "{case}");
        assert_eq!(house.at(), "apply.full_name", "{case}");
    }
}

#[test]
fn nul_and_marks_inside_a_name_are_not_kept() {
    let mut house = House::at_the_name("1");
    house.writes("سارة\0 \u{202B}عبدالله\u{202C} محمد القحطاني");
    let given = &house.state.stack[0].answers["full_name"];
    assert_eq!(
        given.value,
        Value::Text("سارة عبدالله محمد القحطاني".to_owned())
    );
}

#[test]
fn template_and_sql_text_stays_text() {
    let mut house = House::at_the_name("2");
    for text in [
        "سارة عبدالله محمد القحطاني",
        "1234567897",
        "15/7/1450",
        "0512345678",
    ] {
        house.writes(text);
    }
    let place = "حي {{7*7}} '; DROP TABLE case; --";
    house.writes(place);
    assert!(house.says("إجاباتي").contains(place));
}

#[test]
fn a_forged_button_changes_nothing() {
    let mut house = House::at_the_name("1");
    let instance = house.state.stack[0].instance.clone();
    let before = house.state.stack[0].answers.clone();
    for data in [
        format!("{instance}:submit:go"),
        format!("{instance}:declaration:~right"),
        format!("{instance}:review:~right"),
        format!("{instance}:full_name:yes"),
        format!("{instance}:service:no_such_service"),
        format!("{instance}:national_id:~skip"),
        "::".to_owned(),
        ":".repeat(64),
        "!do:cancel_form:".to_owned(),
        "!slot:7".to_owned(),
        "!nonsense".to_owned(),
    ] {
        let turn = house.take(What::Chose {
            data: data.clone(),
            title: None,
        });
        assert!(!said(&turn).is_empty(), "{data}");
        assert_eq!(house.state.stack[0].answers, before, "{data}");
        assert!(
            turn.effects
                .iter()
                .all(|effect| !matches!(effect, Effect::Forget { .. })),
            "{data}"
        );
    }
}

#[test]
fn a_clock_that_goes_back_neither_reminds_nor_forgets() {
    let mut house = House::at_the_name("1");
    house.clock -= 40 * 24 * 3_600_000;
    let timer = house
        .timers
        .keys()
        .find(|name| name.starts_with("remind:"))
        .cloned();
    let timer = timer.expect("the form is watched");
    let due = house.timers[&timer];
    let turn = house.take(What::Rang {
        timer: timer.clone(),
        due,
    });
    assert!(turn.replies.is_empty());
    assert_eq!(
        house.timers.get(&timer),
        Some(&due),
        "it rings again at the right moment"
    );
    assert_eq!(house.at(), "apply.full_name");
}

#[test]
fn a_late_or_repeated_ring_does_nothing() {
    let mut house = House::at_the_name("1");
    let before = house.state.clone();
    for timer in [
        "remind:000000",
        "album:000000",
        "missing:W-2222-2222",
        "nonsense",
        "",
    ] {
        let turn = house.take(What::Rang {
            timer: timer.to_owned(),
            due: START,
        });
        assert!(
            turn.replies.is_empty() && turn.effects.is_empty(),
            "{timer}"
        );
        assert_eq!(house.state, before, "{timer}");
    }
}
