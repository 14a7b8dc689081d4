//! What people do beside asking one plain question: they greet first, ask two things in one message, or lean on the
//! answer before. Each is measured on questions of `tests/faq` put together by rule, and on the file `follow.jsonl`.

use serde::Deserialize;
use wasl::dialog::files::embedded;
use wasl::dialog::learned::rank;
use wasl::dialog::load::resolve;
use wasl::faq::{Model, Report};

use super::{Question, percent, questions};

/// How people begin in Saudi Arabia before they ask.
const GREETINGS: [&str; 4] = [
    "السلام عليكم ورحمة الله وبركاته، ",
    "هلا والله مساكم الله بالخير ",
    "يعطيكم العافية لو سمحتوا ",
    "صباح الخير، عندي سؤال: ",
];
/// What a greeting may cost or bring, in points of 100.
const GREETING_COSTS: f64 = 2.0;

fn learned() -> Model {
    let (dialogs, _) = resolve(&embedded(), "demo");
    dialogs
        .expect("the demo has no errors")
        .learn(std::iter::empty())
}

#[test]
fn a_greeting_before_a_question_changes_nothing() {
    let model = learned();
    let (mut plain, mut greeted) = (Report::default(), Report::default());
    for name in ["standard", "saudi"] {
        for (at, Question { text, topic }) in questions(name).into_iter().enumerate() {
            let topic = topic.as_deref();
            plain.count(&text, topic, &model.ask(&text));
            let text = format!("{}{text}", GREETINGS[at % GREETINGS.len()]);
            greeted.count(&text, topic, &model.ask(&text));
        }
    }
    let first = |report: &Report| percent(report.first, report.asked);
    let answered = |report: &Report| percent(report.asserted, report.asked);
    println!(
        "{} asked plainly: {:.1} first, {:.1} answered; behind a greeting {:.1}, {:.1}",
        plain.asked,
        first(&plain),
        answered(&plain),
        first(&greeted),
        answered(&greeted)
    );
    assert!(first(&greeted) >= first(&plain) - GREETING_COSTS);
    assert!(answered(&greeted) >= answered(&plain) - GREETING_COSTS);
}

/// Two questions of two people in one message. Both can be answered only where each alone is.
#[test]
fn two_questions_in_one_message_are_both_answered() {
    let model = learned();
    let asked: Vec<Question> = ["standard", "saudi"]
        .map(questions)
        .into_iter()
        .flatten()
        .collect();
    let sure: Vec<&Question> = asked
        .iter()
        .filter(|question| model.ask(&question.text).asserted == question.topic)
        .collect();
    let half = sure.len() / 2;
    let (mut both, mut one, mut wrong, mut all) = (0, 0, 0, 0);
    for (first, second) in sure.iter().zip(&sure[half..]) {
        if first.topic == second.topic {
            continue;
        }
        all += 1;
        let answer = model.ask(&format!("{}؟ {}؟", first.text, second.text));
        let told: Vec<&String> = answer.asserted.iter().chain(&answer.also).collect();
        let meant = [&first.topic, &second.topic].map(|topic| topic.as_ref());
        let right = meant
            .iter()
            .flatten()
            .filter(|topic| told.contains(topic))
            .count();
        both += usize::from(right == 2);
        one += usize::from(right == 1);
        wrong += usize::from(told.len() > right);
    }
    println!(
        "{all} messages of two questions: both answered {:.1}, one {:.1}, something wrong beside {:.1}",
        percent(both, all),
        percent(one, all),
        percent(wrong, all)
    );
    assert!(percent(both, all) >= 80.0 && percent(wrong, all) <= 5.0);
}

#[derive(Deserialize)]
struct Follow {
    /// The entry that was answered.
    after: String,
    text: String,
    /// The entries of which any answers what is asked behind it.
    topics: Vec<String>,
}

/// A message that leans on the answer before is offered what it means behind it.
#[test]
fn a_message_that_leans_on_the_last_answer_finds_what_it_means() {
    let model = learned();
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/faq/follow.jsonl");
    let text = std::fs::read_to_string(path).expect("the file of follow-ups is there");
    let (mut alone, mut behind, mut all) = (0, 0, 0);
    for line in text.lines() {
        let Follow {
            after,
            text,
            topics,
        } = serde_json::from_str(line).expect("a line is a follow-up");
        let ranked = rank(&model, &text);
        let is_meant = |name: &String| topics.contains(name);
        let offered = ranked.asserted.iter().chain(&ranked.offered).take(3);
        all += 1;
        alone += usize::from(offered.clone().any(is_meant));
        let first = ranked.after.get(&after).into_iter();
        behind += usize::from(first.chain(offered).take(3).any(is_meant));
    }
    println!(
        "{all} follow-ups: offered without what was said before {:.1}, with it {:.1}",
        percent(alone, all),
        percent(behind, all)
    );
    assert!(behind > alone);
}
