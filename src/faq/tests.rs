//! What the room holds as a whole: the same FAQ gives the same answers, no text is too long, too strange or too
//! short, and every answer has its three guesses.

use proptest::prelude::*;

use super::{Answer, Concepts, Entry, Model, tuning::Tuning};

const OTHERS: &[&str] = &[
    "صباح الخير",
    "كم الساعة الآن",
    "وين أقرب مطعم",
    "who won the match",
    "كيف الجو اليوم",
];

fn entries() -> Vec<Entry> {
    [
        (
            "apply",
            &[
                "كيف أقدم طلب دعم؟",
                "ابي اقدم طلب",
                "how do I apply",
                "طريقة التقديم",
            ][..],
        ),
        (
            "hours",
            &[
                "متى أوقات الدوام؟",
                "متى تفتحون",
                "opening hours",
                "دوامكم كم",
            ],
        ),
        (
            "papers",
            &[
                "ما الوثائق المطلوبة؟",
                "وش الاوراق اللي اجيبها",
                "which documents",
                "المستندات",
            ],
        ),
        (
            "place",
            &["أين موقعكم؟", "وينكم", "where are you", "عنوان المقر"],
        ),
    ]
    .map(|(id, questions)| Entry {
        id: id.to_owned(),
        questions: questions.iter().map(|text| text.to_string()).collect(),
    })
    .to_vec()
}

fn learned() -> Model {
    Model::learn(&entries(), &Concepts::shipped(), OTHERS, &Tuning::default())
}

fn first(answer: &Answer) -> &str {
    &answer.best[0].id
}

#[test]
fn other_words_other_letters_and_slips_find_the_entry() {
    let model = learned();
    for (text, id) in [
        ("شلون اسجل عندكم", "apply"),
        ("ابغى اقدم طلبب", "apply"),
        ("kef a8dm talab", "apply"),
        ("متى تقفلون", "hours"),
        ("فين مكانكم", "place"),
        ("what papers do I need", "papers"),
        (
            "السلام عليكم ورحمة الله، وش المستندات المطلوبه لو سمحتوا",
            "papers",
        ),
        ("وينكـــــم؟؟؟", "place"),
    ] {
        assert_eq!(first(&model.ask(text)), id, "{text}");
    }
}

#[test]
fn a_phrasing_is_known_to_the_letter_and_a_confirmed_text_too() {
    let mut model = learned();
    for entry in entries() {
        for question in &entry.questions {
            assert_eq!(
                model.ask(question).asserted.as_ref(),
                Some(&entry.id),
                "{question}"
            );
        }
    }
    let odd = "يا عم الشباك اللي تحت";
    assert_ne!(model.ask(odd).asserted.as_deref(), Some("place"));
    model.confirm(odd, "place");
    model.confirm(odd, "no such entry");
    assert_eq!(
        model.ask("يا عم الشباك، اللي تحت!").asserted.as_deref(),
        Some("place")
    );
}

#[test]
fn two_questions_in_one_message_are_both_heard() {
    let mut model = learned();
    model.sureness.assert_at = -6.0;
    let answer = model.ask("كيف أقدم طلب؟ ومتى تفتحون؟");
    assert_eq!(answer.asserted.as_deref(), Some("apply"));
    assert_eq!(answer.also, ["hours"]);
    assert_eq!(answer.best.len(), 3);
}

#[test]
fn a_question_that_leans_on_the_last_answer_thinks_of_it_and_asserts_nothing() {
    let model = learned();
    let answer = model.ask("وكيف؟");
    assert!(answer.leans, "{answer:?}");
    let leaning = model.ask_after("وكيف؟", "papers");
    assert_eq!((first(&leaning), &leaning.asserted), ("papers", &None));
    assert!(!model.ask("متى تفتحون").leans);
}

#[test]
fn an_empty_faq_and_texts_without_words_answer_nothing() {
    let none = Model::learn(&[], &Concepts::shipped(), OTHERS, &Tuning::default());
    assert_eq!(none.ask("متى الدوام").best, []);
    let model = learned();
    for text in ["", " ", "؟", "!!!", "😀", "\u{200f}", "a", "ا"] {
        let answer = model.ask(text);
        assert_eq!((answer.asserted, answer.best.len()), (None, 3), "{text}");
    }
    let bare = Entry {
        id: "bare".to_owned(),
        questions: Vec::new(),
    };
    let model = Model::learn(&[bare], &Concepts::shipped(), &[], &Tuning::default());
    assert_eq!(model.ask("متى الدوام").asserted, None);
}

#[test]
fn the_same_faq_gives_the_same_answers() {
    let (one, two) = (learned(), learned());
    for text in [
        "كيف التقديم",
        "وينكم",
        "متى",
        "salam wain mkankom",
        "كلام آخر تماما",
    ] {
        assert_eq!(one.ask(text), two.ask(text), "{text}");
    }
}

/// Ten thousand words, and pieces that something could look at again and again.
#[test]
fn hostile_lengths_are_answered_in_good_time() {
    let model = learned();
    for piece in [
        "كلمة ",
        "ب",
        "؟",
        "كيف؟ ",
        "a1",
        "وكم ",
        "6",
        "\u{64b}",
        "ا ",
        "keef ",
        "😀",
        "\n",
    ] {
        let text = piece.repeat(60_000 / piece.chars().count());
        let _ = model.ask(&text);
    }
}

#[test]
fn what_each_word_says_is_told() {
    let model = learned();
    let voices = model.explain("متى تفتحون", &["hours", "place", "unknown"]);
    assert_eq!(voices.len(), 2);
    let of = |at: usize| {
        voices
            .iter()
            .filter_map(|voice| voice.weights.get(at))
            .sum::<f32>()
    };
    assert!(of(0) > of(1), "{voices:?}");
    assert_eq!(voices[0].concept.as_deref(), Some("hours_open"));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, ..ProptestConfig::default() })]

    #[test]
    fn any_text_is_answered_alike_twice(text in "\\PC{0,60}|[ا-ي ؟]{0,60}|[a-z0-9' ]{0,40}") {
        thread_local! { static MODEL: Model = learned(); }
        MODEL.with(|model| {
            let answer = model.ask(&text);
            prop_assert_eq!(&answer, &model.ask(&text));
            prop_assert_eq!(answer.best.len(), 3);
            prop_assert!(answer.score.is_finite());
            prop_assert!(answer.asserted.is_none() || answer.offered);
            let _ = (model.explain(&text, &["hours"]), model.ask_after(&text, "hours"));
            Ok(())
        })?;
    }

    #[test]
    fn any_phrasings_can_be_learned(questions in prop::collection::vec("\\PC{0,30}|[ا-ي ]{0,30}", 0..6)) {
        let entry = |id: &str, questions: &[String]| Entry { id: id.to_owned(), questions: questions.to_vec() };
        let half = questions.len() / 2;
        let entries = [entry("a", &questions[..half]), entry("b", &questions[half..])];
        let concepts = Concepts::read("ask_when: متى").unwrap();
        let model = Model::learn(&entries, &concepts, &[], &Tuning::default());
        for question in &questions {
            prop_assert!(model.ask(question).score.is_finite());
        }
    }
}
