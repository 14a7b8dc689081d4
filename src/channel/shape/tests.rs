//! What becomes of a reply on media that carry little, some, and much.

use super::*;
use crate::reply::{Class, Native};
use crate::text::lang::Lang;
use proptest::prelude::*;

/// As WhatsApp: three buttons, ten rows.
const NARROW: Limits = Limits {
    text: 400,
    buttons: 3,
    button_title: 20,
    rows: Some(10),
    row_title: 24,
    row_note: 72,
    text_with_choices: 100,
    paged: true,
    file_bytes: 1,
    template_needed_after_hours: Some(24),
    native: Native::ALL,
};

/// As Telegram: many buttons, no list.
const WIDE: Limits = Limits {
    buttons: 100,
    button_title: 60,
    rows: None,
    text_with_choices: 400,
    ..NARROW
};

/// As mail: words alone.
const WORDS: Limits = Limits {
    buttons: 0,
    rows: None,
    native: Native {
        place: false,
        card: false,
        file: true,
        audio: true,
        quote: false,
        link: false,
        ask_place: false,
        ask_contact: false,
        ask_beside: false,
    },
    ..NARROW
};

fn says(texts: &[&str]) -> Reply {
    Reply {
        class: Class::Dialog,
        language: Lang::Ar,
        texts: texts.iter().map(|text| (*text).to_owned()).collect(),
        choices: None,
        wants: None,
        shows: vec![],
        asks: None,
        sensitive: false,
        proactive: None,
    }
}

fn choice(data: &str, title: &str) -> Choice {
    Choice {
        data: data.to_owned(),
        title: title.to_owned(),
        note: None,
    }
}

fn offers(options: usize, controls: usize, from: usize) -> Reply {
    let many = |mark: &'static str, count: usize| {
        (0..count)
            .map(|n| choice(&format!("{mark}{n}"), &format!("خيار {mark} {n}")))
            .collect()
    };
    Reply {
        choices: Some(Choices {
            several: false,
            options: many("o", options),
            controls: many("c", controls),
            from,
            more: "المزيد".to_owned(),
            open: "الخيارات".to_owned(),
        }),
        ..says(&["أي خدمة؟"])
    }
}

/// The data of what can be pressed, behind the name of its form.
fn pressed(shaped: &Shaped) -> (&'static str, Vec<&str>) {
    let Some(Part::Text { below, .. }) = shaped.parts.last() else {
        return ("nothing", vec![]);
    };
    match below {
        Below::Nothing => ("nothing", vec![]),
        Below::Buttons(buttons) => ("buttons", data(buttons)),
        Below::List { rows, .. } => ("list", data(rows)),
        Below::Numbered { options, .. } => ("numbered", data(options)),
        Below::Ask { .. } => ("ask", vec![]),
        Below::Link { .. } => ("link", vec![]),
    }
}

fn data(choices: &[Choice]) -> Vec<&str> {
    choices.iter().map(|one| one.data.as_str()).collect()
}

#[test]
fn choices_take_the_form_that_fits() {
    for (case, options, controls, from, limits, form, expected) in [
        ("three", 2, 1, 0, NARROW, "buttons", vec!["o0", "o1", "c0"]),
        (
            "four",
            3,
            1,
            0,
            NARROW,
            "list",
            vec!["o0", "o1", "o2", "c0"],
        ),
        (
            "a full list",
            8,
            2,
            0,
            NARROW,
            "list",
            vec!["o0", "o1", "o2", "o3", "o4", "o5", "o6", "o7", "c0", "c1"],
        ),
        (
            "beyond: the first page",
            9,
            2,
            0,
            NARROW,
            "list",
            vec![
                "o0", "o1", "o2", "o3", "o4", "o5", "o6", "!more:7", "c0", "c1",
            ],
        ),
        (
            "beyond: the last page leads to the first",
            9,
            2,
            7,
            NARROW,
            "list",
            vec!["o7", "o8", "!more:0", "c0", "c1"],
        ),
        (
            "beyond all",
            9,
            2,
            99,
            NARROW,
            "list",
            vec![
                "o0", "o1", "o2", "o3", "o4", "o5", "o6", "!more:7", "c0", "c1",
            ],
        ),
        ("words", 2, 1, 0, WORDS, "numbered", vec!["o0", "o1"]),
        ("no choice", 0, 0, 0, NARROW, "nothing", vec![]),
    ] {
        let shaped = shape(&offers(options, controls, from), &limits);
        assert_eq!(pressed(&shaped), (form, expected), "{case}");
    }
    let wide = shape(&offers(30, 2, 0), &WIDE);
    assert_eq!(pressed(&wide).1.len(), PAGE_MOST);
}

#[test]
fn long_titles_go_to_a_list_and_stay_apart() {
    let mut reply = offers(2, 0, 0);
    let choices = reply.choices.as_mut().unwrap();
    choices.options[0].title = "دعم الأسر المتعففة في المنطقة الوسطى".to_owned();
    choices.options[1].title = "دعم الأسر المتعففة في المنطقة الشرقية".to_owned();
    let shaped = shape(&reply, &NARROW);
    let Some(Part::Text {
        below: Below::List { rows, open },
        ..
    }) = shaped.parts.last()
    else {
        panic!("{shaped:?}");
    };
    assert_eq!(open, "الخيارات");
    assert_ne!(rows[0].title, rows[1].title);
    assert!(rows.iter().all(|row| length(&row.title) <= 24));
    assert_eq!(
        rows[1].note.as_deref(),
        Some("دعم الأسر المتعففة في المنطقة الشرقية")
    );
}

#[test]
fn what_a_medium_has_no_form_for_becomes_words() {
    let mut reply = says(&["عنواننا"]);
    reply.shows = vec![
        Show::Place {
            latitude: 24.5,
            longitude: 46.5,
            title: "المقر".to_owned(),
            address: "الرياض".to_owned(),
        },
        Show::Card {
            name: "الاستقبال".to_owned(),
            phones: vec!["+966500000000".to_owned()],
        },
    ];
    let words = shape(&reply, &WORDS);
    let text = "عنواننا\n\nالمقر\nالرياض\nhttps://maps.google.com/?q=24.5,46.5\n\nالاستقبال\n\u{2066}+966500000000\u{2069}";
    assert_eq!(
        words.parts,
        [Part::Text {
            text: text.to_owned(),
            below: Below::Nothing
        }]
    );
    let own = shape(&reply, &NARROW);
    assert_eq!(own.parts.len(), 3);
    assert!(matches!(own.parts[1], Part::Show(Show::Place { .. })));
}

#[test]
fn what_is_pressed_comes_last_where_something_is_shown() {
    let mut reply = offers(2, 0, 0);
    reply.texts = vec!["هذه الجهات".to_owned(), "أي خدمة؟".to_owned()];
    reply.shows = vec![Show::Card {
        name: "أ".to_owned(),
        phones: vec![],
    }];
    let kinds: Vec<_> = shape(&reply, &NARROW)
        .parts
        .iter()
        .map(|part| matches!(part, Part::Show(_)))
        .collect();
    assert_eq!(kinds, [false, true, false]);
}

#[test]
fn an_answer_hangs_on_its_message_or_repeats_its_words() {
    let quote = |of: Option<&str>| Show::Quote {
        of: of.map(str::to_owned),
        text: "متى الموعد؟".to_owned(),
    };
    for (case, of, limits, answers, text) in [
        ("own form", Some("7"), NARROW, Some("7"), "غدًا"),
        ("no id", None, NARROW, None, "«متى الموعد؟»\n\nغدًا"),
        ("no form", Some("7"), WORDS, None, "«متى الموعد؟»\n\nغدًا"),
    ] {
        let reply = Reply {
            shows: vec![quote(of)],
            ..says(&["غدًا"])
        };
        let shaped = shape(&reply, &limits);
        assert_eq!(shaped.answers.as_deref(), answers, "{case}");
        let below = Below::Nothing;
        let text = text.to_owned();
        assert_eq!(shaped.parts, [Part::Text { text, below }], "{case}");
    }
}

#[test]
fn a_place_is_asked_for_in_the_way_of_the_medium() {
    let mut reply = offers(0, 2, 0);
    reply.wants = Some(Wants::Location);
    assert_eq!(pressed(&shape(&reply, &NARROW)).0, "ask");
    assert_eq!(pressed(&shape(&reply, &WORDS)).0, "numbered");
}

#[test]
fn controls_alone_are_all_there() {
    for controls in 1..=3 {
        let shaped = shape(&offers(0, controls, 0), &NARROW);
        assert_eq!(pressed(&shaped).1.len(), controls);
    }
}

#[test]
fn the_own_number_is_asked_for_beside_the_other_answers() {
    let mut reply = offers(1, 2, 0);
    reply.wants = Some(Wants::Contact);
    let asked = |limits: &Limits| match shape(&reply, limits).parts.pop() {
        Some(Part::Text {
            text,
            below: Below::Ask { beside, .. },
        }) => (text, beside.len()),
        other => panic!("{other:?}"),
    };
    let title = &reply.choices.as_ref().unwrap().options[0].title;
    let (text, beside) = asked(&WIDE);
    assert!(!text.contains(title));
    assert_eq!(beside, 3);
    // Without room the answer is a word, and controls are words at any question.
    let mut alone = WIDE;
    alone.native.ask_beside = false;
    let (text, beside) = asked(&alone);
    assert!(text.ends_with(&format!("- {title}")), "{text}");
    assert_eq!(beside, 0);
    // What else is picked is picked with buttons.
    reply.wants = Some(Wants::Phone);
    assert_eq!(pressed(&shape(&reply, &WIDE)).0, "buttons");
}

#[test]
fn a_lone_link_is_a_button_and_others_are_words() {
    let link = Show::Link {
        url: "https://charity.example".to_owned(),
        title: "الموقع".to_owned(),
    };
    let mut reply = says(&["هنا"]);
    reply.shows = vec![link.clone()];
    assert_eq!(pressed(&shape(&reply, &NARROW)).0, "link");
    reply.shows.push(link);
    let shaped = shape(&reply, &NARROW);
    assert_eq!(pressed(&shaped).0, "nothing");
    assert_eq!(shaped.parts.len(), 1);
}

proptest! {
    #[test]
    fn nothing_is_lost_and_nothing_is_too_long(
        text in "[ا-ي .؟\n]{1,900}",
        options in 0usize..30,
        controls in 0usize..5,
        from in 0usize..40,
    ) {
        let mut reply = offers(options, controls, from);
        reply.texts = vec![text.clone()];
        for limits in [NARROW, WIDE, WORDS] {
            let shaped = shape(&reply, &limits);
            let solid = |text: &str| text.chars().filter(|c| !c.is_whitespace()).collect::<String>();
            let mut said = String::new();
            for part in &shaped.parts {
                let Part::Text { text, below } = part else { continue };
                said.push_str(text);
                let most = match below {
                    Below::Nothing | Below::Numbered { .. } => limits.text,
                    _ => limits.text_with_choices,
                };
                prop_assert!(length(text) <= most);
                if let Below::Buttons(all) | Below::List { rows: all, .. } = below {
                    let mut titles: Vec<_> = all.iter().map(|one| &one.title).collect();
                    titles.sort();
                    titles.dedup();
                    prop_assert_eq!(titles.len(), all.len());
                    prop_assert!(all.len() <= limits.rows.unwrap_or(limits.buttons));
                }
            }
            prop_assert!(solid(&said).starts_with(&solid(&text)));
        }
    }
}
