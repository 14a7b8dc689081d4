//! The teller itself, with small machines of its own in the place of the real one.

mod walk;

use std::path::Path;
use std::sync::Arc;

use super::entry::Problem;
use super::parse;
use super::tell::run_all_with;
use super::{ENDING, Report, Talk, run_all};
use crate::channel::web;
use crate::dialog::files::{Files, embedded};
use crate::dialog::load;
use crate::dialog::model::Dialogs;
use crate::dialog::state::State;
use crate::dialog::turn::{AlertKind, Effect, Heard, Turn};
use crate::event::{AttachmentKind, Event, Millis, What};
use crate::reply::{Choice, Choices, Class, ClosedWindow, Limits, Proactive, Reply};
use crate::text::lang::Lang;

/// Every story below `dialogs`, with the real machine, as the folder is now. `UPDATE=1` writes what was said
/// into the files; `STORY=name` tells only those.
#[test]
fn stories_of_the_dialogs_hold() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("dialogs");
    let files: Files = on_disk(&folder, "").into_iter().collect();
    let filter = std::env::var("STORY").ok();
    let update = std::env::var("UPDATE").is_ok_and(|update| update == "1");
    let channels = [(web::NAME, &web::LIMITS)];
    let report = run_all(&files, &channels, filter.as_deref(), update);
    for story in &report.stories {
        if let Some(text) = &story.rewritten {
            std::fs::write(folder.join(&story.path), text).expect("the story is a file of ours");
        }
    }
    assert!(report.holds(), "\n{report}");
}

fn on_disk(folder: &Path, below: &str) -> Vec<(String, Vec<u8>)> {
    let entries = std::fs::read_dir(folder).expect("the folder of the dialogs is there");
    let mut files = Vec::new();
    for entry in entries {
        let path = entry.expect("its entries can be read").path();
        let name = path
            .file_name()
            .map_or_else(String::new, |name| name.to_string_lossy().into());
        match path.is_dir() {
            true => files.extend(on_disk(&path, &format!("{below}{name}/"))),
            false => files.push((
                format!("{below}{name}"),
                std::fs::read(&path).expect("a file"),
            )),
        }
    }
    files
}

#[test]
fn a_talk_in_the_terminal_answers_presses_waits_and_explains() {
    let (dialogs, _) = load::resolve(&embedded(), "demo");
    let dialogs = Arc::new(dialogs.expect("the demo can speak"));
    let mut talk = Talk::new(dialogs, 1_767_510_000_000, Lang::En);
    assert!(
        talk.say("hello")
            .iter()
            .any(|line| line.starts_with("[1] "))
    );
    assert!(
        talk.why()
            .iter()
            .any(|line| line.starts_with("enter: menu"))
    );
    assert!(talk.press("99").is_err() && talk.clock("soon").is_err());
    assert!(
        !talk
            .press("1")
            .expect("the menu has a first button")
            .is_empty()
    );
    assert_eq!(talk.clock("+1d").map(|lines| lines.len()), Ok(1));
    assert!(!talk.send(AttachmentKind::Photo).is_empty());
    assert!(
        talk.remains()
            .iter()
            .any(|line| line.starts_with("open apply at "))
    );
}

const LIMITS: Limits = Limits {
    text: 4_000,
    buttons: 10,
    button_title: 30,
    rows: None,
    row_title: 30,
    row_note: 30,
    text_with_choices: 4_000,
    paged: false,
    file_bytes: 1,
    template_needed_after_hours: None,
    native: crate::reply::Native::ALL,
};

const HOUR: Millis = 60 * 60 * 1_000;

fn said(class: Class, text: &str) -> Reply {
    Reply {
        class,
        language: Default::default(),
        texts: vec![text.to_owned()],
        choices: None,
        wants: None,
        shows: Vec::new(),
        asks: None,
        sensitive: false,
        proactive: None,
    }
}

fn turn(state: State, replies: Vec<Reply>, effects: Vec<Effect>) -> Turn {
    Turn {
        state,
        replies,
        effects,
        asks: Vec::new(),
        heard: Heard::default(),
        trace: Vec::new(),
    }
}

/// Says back what it hears; "late" sets a quiet timer, "help" alarms, "choose" offers two buttons.
fn echo(_: &Dialogs, state: State, event: Event) -> Turn {
    let dialog = |text: &str| said(Class::Dialog, text);
    match &event.what {
        What::Wrote { text } if text == "late" => {
            let effect = Effect::SetTimer {
                name: "remind".to_owned(),
                due: event.received_at + 12 * HOUR,
                quiet: true,
            };
            turn(state, vec![dialog("noted")], vec![effect])
        }
        What::Wrote { text } if text == "help" => {
            let kind = AlertKind::Distress;
            turn(
                state,
                vec![dialog("we are here")],
                vec![Effect::Alert { kind }],
            )
        }
        What::Wrote { text } if text == "choose" => turn(state, vec![offer()], vec![]),
        What::Wrote { text } if text == "hush" => turn(state, vec![], vec![]),
        What::Wrote { text } => turn(
            state,
            vec![dialog(&format!("{text}\nor \u{2068}so\u{2069}"))],
            vec![],
        ),
        What::Chose { data, .. } => turn(state, vec![dialog(data)], vec![]),
        What::Rang { timer, .. } => turn(state, vec![push(timer)], vec![]),
        _ => turn(state, vec![dialog(&event.kind)], vec![]),
    }
}

fn offer() -> Reply {
    let choice = |data: &str, title: &str| Choice {
        data: data.to_owned(),
        title: title.to_owned(),
        note: None,
    };
    Reply {
        choices: Some(Choices {
            several: false,
            options: vec![
                choice("i:s:tea", "Tea"),
                choice("i:s:coffee", "Coffee, black"),
            ],
            controls: vec![choice("!back", "Go back")],
            from: 0,
            more: String::new(),
            open: String::new(),
        }),
        ..said(Class::Dialog, "which?")
    }
}

fn push(timer: &str) -> Reply {
    Reply {
        proactive: Some(Proactive {
            template: "form_reminder".to_owned(),
            parameters: vec![timer.to_owned()],
            purpose: None,
            owed: false,
            expires: None,
            quiet: true,
            closed_window: ClosedWindow::GiveUp,
        }),
        ..said(Class::Notice, "a reminder")
    }
}

fn files(story: &str) -> Files {
    let mut files = embedded();
    files.texts.retain(|path, _| !path.ends_with(ENDING));
    files.put("stories/a.story", story.as_bytes());
    files
}

fn tell(story: &str) -> Report {
    run_all_with(
        &files(story),
        &[("web", &LIMITS), ("other", &LIMITS)],
        None,
        false,
        echo,
    )
}

fn update(story: &str) -> Report {
    run_all_with(&files(story), &[("web", &LIMITS)], None, true, echo)
}

const GOOD: &str = "\
# A talk with an echo.
charity: demo
person: one
  two
bot: one
  two
  or so
person: choose
bot: which?
  [1] Tea
  [2] Coffee, black
  (back) Go back
presses: coffee black
bot: i:s:coffee
presses: (back)
bot: !back
person: hush
silent:
person: help
bot: we are here
alert: distress
counts: person = 6
person: late
bot: noted
clock: +11h
clock: 2026-01-05 09:00
notice: a reminder
  <template form_reminder: remind>
end: nothing
";

#[test]
fn a_story_that_is_as_it_was_told_holds_on_every_channel() {
    let report = tell(GOOD);
    assert!(report.holds(), "{report}");
    assert_eq!(report.stories[0].channels, ["web", "other"]);
}

#[test]
fn a_quiet_timer_rings_at_a_decent_hour_and_remains_until_then() {
    let report = tell(
        "charity: demo\nperson: late\nbot: noted\nclock: +20h\nend:\n  timer remind 2026-01-05 09:00\n",
    );
    assert!(report.holds(), "{report}");
}

#[test]
fn what_is_said_otherwise_is_told_with_its_line_and_the_difference() {
    for (from, to, line, difference) in [
        ("silent:", "bot: hm", 18, "- bot: hm"),
        (
            "bot: i:s:coffee",
            "silent:",
            14,
            "- silent:\n    + bot: i:s:coffee",
        ),
        ("alert: distress\n", "", 20, "+ alert: distress"),
        ("  or so", "  or not", 5, "-   or not\n    +   or so"),
        (
            "end: nothing",
            "end: control waiting",
            29,
            "- control waiting",
        ),
        ("person = 6", "person <= 5", 22, "needed 6 messages"),
        (
            "presses: (back)",
            "presses old: (back)",
            15,
            "no button `(back)`",
        ),
        ("clock: +11h", "staff: returns", 25, ""),
        ("charity: demo", "charity: dmeo", 1, "Did you mean `demo`"),
    ] {
        let report = tell(&GOOD.replacen(from, to, 1));
        let failures = &report.stories[0].failures;
        match difference {
            "" => assert!(
                report.holds(),
                "an act that comes too late does nothing: {report}"
            ),
            _ => {
                let told = report.to_string();
                assert_eq!(
                    failures.first().map(|failure| failure.line),
                    Some(line),
                    "{told}"
                );
                assert!(told.contains(difference), "{told}");
            }
        }
    }
}

#[test]
fn a_rewritten_story_holds_and_what_people_do_stays() {
    let empty =
        "charity: demo\n# greets\nperson: choose\n\npresses: 1\nperson: hush\nbot: old\nend:\n";
    let report = update(empty);
    assert!(report.holds(), "{report}");
    let rewritten = report.stories[0].rewritten.as_deref();
    let expected = "charity: demo\n# greets\nperson: choose\n\npresses: 1\nperson: hush\nbot: which?\n  [1] Tea\n  [2] Coffee, black\n  (back) Go back\nbot: i:s:tea\nend:\n";
    assert_eq!(rewritten, Some(expected));
    let again = update(expected);
    assert_eq!(again.stories[0].rewritten, None, "{again}");
}

#[test]
fn what_rewriting_cannot_mend_still_fails() {
    let report =
        update("charity: demo\nperson: one\nbot: x\ncounts: person = 2\npresses: 3\nbot: y\n");
    assert!(!report.holds());
    let lines: Vec<_> = report.stories[0]
        .failures
        .iter()
        .map(|failure| failure.line)
        .collect();
    assert_eq!(lines, [5, 6], "{report}");
}

#[test]
fn nothing_passes_that_cannot_fail() {
    let none = run_all_with(&Files::default(), &[("web", &LIMITS)], None, false, echo);
    let filtered = run_all_with(
        &files(GOOD),
        &[("web", &LIMITS)],
        Some("nowhere"),
        false,
        echo,
    );
    let nowhere = run_all_with(&files(GOOD), &[], None, false, echo);
    let empty = tell("charity: demo\nperson: one\n");
    for report in [none, filtered, nowhere, empty] {
        assert!(!report.holds(), "{report}");
    }
}

#[test]
fn a_button_that_does_not_fit_a_channel_is_found() {
    let narrow = Limits {
        buttons: 1,
        button_title: 5,
        ..LIMITS
    };
    let story = "charity: demo\nperson: choose\nbot: which?\n  [1] Tea\n  [2] Coffee, black\n  (back) Go back\n";
    let report = run_all_with(
        &files(story),
        &[("web", &LIMITS), ("narrow", &narrow)],
        None,
        false,
        echo,
    );
    let told: Vec<_> = report.stories[0]
        .failures
        .iter()
        .map(|failure| failure.what.clone())
        .collect();
    assert_eq!(told.len(), 3, "{told:?}");
    assert!(
        report.stories[0]
            .failures
            .iter()
            .all(|failure| failure.channels == ["narrow"])
    );
}

#[test]
fn a_relative_writes_from_an_address_of_their_own() {
    let story = "charity: demo\nperson: late\nbot: noted\nas: relative\nperson: x\nbot: x\n  or so\nclock: +1d\nnotice: <to person>\n  a reminder\n  <template form_reminder: remind>\ncounts: person = 1\nend: nothing\n";
    let report = tell(story);
    assert!(report.holds(), "{report}");
}

#[test]
fn a_person_who_opted_out_is_left_alone() {
    let story = "charity: demo\nknown: opted out\nperson: late\nbot: noted\nclock: +1d\nend:\n  opted out\n  outbox form_reminder not sent: opted out\n";
    let report = tell(story);
    assert!(report.holds(), "{report}");
}

#[test]
fn while_a_human_speaks_the_bot_cannot() {
    let story = "charity: demo\nstaff: claims\nsilent:\nperson: x\nsilent:\nend:\n  control human Huda\n  outbox reply not sent: a human speaks\n  outbox reply not sent: a human speaks\n";
    let report = tell(story);
    assert!(report.holds(), "{report}");
}

#[test]
fn everything_wrong_with_a_file_is_told_at_its_line() {
    for (text, line, what) in [
        (
            "person: x\nbot: y\n",
            1,
            "the story does not say whose it is",
        ),
        (
            "charity: demo\nbot: y\ncharity: demo\n",
            3,
            "a story belongs to one charity",
        ),
        (
            "charity: demo\nbto: y\nbot: z\n",
            2,
            "no key is called `bto`",
        ),
        ("charity: demo\nperson: y\n", 2, "the story expects nothing"),
        (
            "charity: demo\nend:\nperson: x\n",
            3,
            "something stands behind `end:`",
        ),
        (
            "charity: demo\nclock: soon\nbot: y\n",
            2,
            "`soon` is no time",
        ),
        ("charity: demo\nclock: +1y\nbot: y\n", 2, "`+1y` is no time"),
        (
            "charity: demo\nclock: +99999999999d\nbot: y\n",
            2,
            "`+99999999999d` is no time",
        ),
        (
            "charity: demo\nsends: photos\nbot: y\n",
            2,
            "nothing called `photos` can be sent",
        ),
        (
            "charity: demo\nsends: location here\nbot: y\n",
            2,
            "`here` is no place",
        ),
        (
            "charity: demo\nedits: 0 → x\nbot: y\n",
            2,
            "`edits: 0 → x` is not understood",
        ),
        (
            "charity: demo\nstaff: waits\nbot: y\n",
            2,
            "`staff: waits` is not understood",
        ),
        (
            "charity: demo\nknown: much\nbot: y\n",
            2,
            "`known: much` is not understood",
        ),
        (
            "charity: demo\nlanguage: fr\nbot: y\n",
            2,
            "`fr` is no language of ours",
        ),
        (
            "charity: demo\nsource: fone\nbot: y\n",
            2,
            "no source is called `fone`",
        ),
        ("charity: demo\npresses:\nbot: y\n", 2, "no button is named"),
        (
            "charity: demo\ncounts: 3\nbot: y\n",
            2,
            "`counts: 3` is not understood",
        ),
        (
            "charity: demo\ndialogs: common/apply.yaml\nbot: y\n",
            2,
            "nothing is changed",
        ),
        (
            "charity: demo\nas: my mother\nbot: y\n",
            2,
            "`my mother` is not one word",
        ),
        ("charity: demo\nhello\nbot: y\n", 2, "this line has no key"),
    ] {
        let problems = parse::story("stories/a.story", text).expect_err(text);
        let told: Vec<_> = problems
            .iter()
            .map(|Problem { line, what, .. }| (*line, what.as_str()))
            .collect();
        assert_eq!(told, [(line, what)], "{text}");
    }
}
