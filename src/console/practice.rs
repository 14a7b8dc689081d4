//! `/staff/practice`: the work on people who do not exist. The very dialogs answer, in memory; nothing is stored, nothing
//! leaves, nobody is counted. What was done so far travels in the form itself.

use std::sync::LazyLock;

use askama::Template;
use axum::Router;
use axum::extract::{Path, State};
use axum::response::Response;
use axum::routing::get;
use serde::{Deserialize, Serialize};

use super::fields::Fields;
use super::frame::Frame;
use super::permission::Permission;
use super::section::Section;
use super::visit::{Staff, Visit};
use super::words::Say;
use super::wrong::Wrong;
use super::{Console, now};
use crate::dialog::model::Dialogs;
use crate::dialog::story::{Act, Happened, Talk};
use crate::event::Control;
use crate::reply::{Class, Reply};
use crate::text::lang::Lang;

const HERE: &str = "/staff/practice";
/// Acts of one practice: more than any of them needs.
const ACTS_MAX: usize = 30;

static SCENARIOS: LazyLock<Vec<Scenario>> = LazyLock::new(|| {
    // What cannot be read leaves the page empty, and fails the test of this file.
    serde_saphyr::from_str(include_str!("practice/scenarios.yaml")).unwrap_or_default()
});

#[derive(Clone, Debug, Deserialize)]
struct Words {
    ar: String,
    en: String,
}

impl Words {
    fn of(&self, lang: Lang) -> &str {
        match lang {
            Lang::Ar => &self.ar,
            Lang::En => &self.en,
        }
    }
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Scenario {
    name: String,
    title: Words,
    about: Words,
    /// What they write until they wait for a human; `[1]` presses a button.
    before: Vec<String>,
    /// What they write after each act that they notice.
    then: Vec<String>,
}

/// Something that was done in a practice.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Did {
    Claimed,
    Replied(String),
    Noted(String),
    Returned,
    Closed,
}

/// One thing in the log.
struct Line {
    /// `person`, `bot`, `staff` or `note`.
    side: &'static str,
    texts: Vec<String>,
    choices: Vec<String>,
}

pub fn routes() -> Router<Console> {
    Router::new()
        .route(HERE, get(index))
        .route("/staff/practice/{name}", get(begin).post(act))
}

#[derive(Template)]
#[template(path = "console/practice/index.html", config = "src/web/askama.toml")]
struct Index {
    frame: Frame,
    /// Name, title and what it is about.
    scenarios: Vec<(String, String, String)>,
}

async fn index(
    State(console): State<Console>,
    staff: Staff,
    visit: Visit,
) -> Result<Response, Wrong> {
    staff.need(Permission::Answer)?;
    let lang = visit.say().lang();
    let told = |one: &Scenario| {
        let (title, about) = (one.title.of(lang), one.about.of(lang));
        (one.name.clone(), title.to_owned(), about.to_owned())
    };
    let frame = Frame::new(&console, &visit, &staff, Section::Practice, "nav-practice");
    frame.answer(&Index {
        scenarios: SCENARIOS.iter().map(told).collect(),
        frame: frame.clone(),
    })
}

#[derive(Template)]
#[template(path = "console/practice/show.html", config = "src/web/askama.toml")]
struct Page {
    frame: Frame,
    name: String,
    about: String,
    lines: Vec<Line>,
    /// What was done so far, as the form carries it.
    acts: String,
    control: &'static str,
    hint: String,
}

async fn begin(
    State(console): State<Console>,
    staff: Staff,
    visit: Visit,
    Path(name): Path<String>,
) -> Result<Response, Wrong> {
    show(&console, &staff, &visit, &name, Vec::new())
}

async fn act(
    State(console): State<Console>,
    staff: Staff,
    visit: Visit,
    Path(name): Path<String>,
    fields: Fields,
) -> Result<Response, Wrong> {
    let mut acts: Vec<Did> = serde_json::from_str(fields.raw("acts")).map_err(|_| Wrong::Bad)?;
    let text = fields.text("text");
    acts.push(match fields.raw("do") {
        "claim" => Did::Claimed,
        "return" => Did::Returned,
        "close" => Did::Closed,
        "reply" if !text.is_empty() => Did::Replied(text),
        "note" if !text.is_empty() => Did::Noted(text),
        _ => return Err(Wrong::Bad),
    });
    if acts.len() > ACTS_MAX {
        return Err(Wrong::TooLarge);
    }
    show(&console, &staff, &visit, &name, acts)
}

fn show(
    console: &Console,
    staff: &Staff,
    visit: &Visit,
    name: &str,
    acts: Vec<Did>,
) -> Result<Response, Wrong> {
    staff.need(Permission::Answer)?;
    let found = SCENARIOS.iter().find(|one| one.name == name);
    let scenario = found.ok_or(Wrong::Missing)?;
    let (lines, control) = replay(console.registry().current(), scenario, &acts);
    let lang = visit.say().lang();
    let title = scenario.title.of(lang).to_owned();
    let frame = Frame::titled(console, visit, staff, Section::Practice, title);
    let page = Page {
        name: name.to_owned(),
        about: scenario.about.of(lang).to_owned(),
        lines,
        acts: serde_json::to_string(&acts).map_err(|_| Wrong::Fault)?,
        control: word(&control),
        hint: hint(&control, &acts, visit.say()),
        frame: frame.clone(),
    };
    frame.answer(&page)
}

fn word(control: &Control) -> &'static str {
    match control {
        Control::Bot => "bot",
        Control::Waiting => "waiting",
        Control::Human(_) => "human",
        Control::Closed => "closed",
    }
}

fn hint(control: &Control, acts: &[Did], say: Say) -> String {
    let answered = acts.iter().any(|one| matches!(one, Did::Replied(_)));
    say.say(match (control, answered) {
        (Control::Waiting, _) => "practice-hint-waiting",
        (Control::Human(_), false) => "practice-hint-answer",
        (Control::Human(_), true) => "practice-hint-end",
        (Control::Bot, true) => "practice-hint-returned",
        (Control::Closed, true) => "practice-hint-closed",
        (Control::Bot | Control::Closed, false) => "practice-hint-unanswered",
    })
}

/// The whole practice from its beginning, and who speaks at its end.
fn replay(
    dialogs: std::sync::Arc<Dialogs>,
    scenario: &Scenario,
    acts: &[Did],
) -> (Vec<Line>, Control) {
    let mut talk = Talk::new(dialogs, now(), Lang::Ar);
    talk.staffed();
    let mut lines = Vec::new();
    for said in &scenario.before {
        person(&mut talk, said, &mut lines);
    }
    let mut then = scenario.then.iter();
    for did in acts {
        let noticed = match did {
            Did::Claimed => staff(&mut talk, Act::Claims, &mut lines),
            Did::Replied(text) => staff(&mut talk, Act::Replies(text.clone()), &mut lines),
            // Of what follows they notice nothing that they would answer.
            Did::Returned => {
                staff(&mut talk, Act::Returns, &mut lines);
                false
            }
            Did::Closed => {
                staff(&mut talk, Act::Closes, &mut lines);
                false
            }
            Did::Noted(text) => {
                lines.push(Line::of("note", vec![text.clone()]));
                false
            }
        };
        if let Some(said) = then.next().filter(|_| noticed) {
            person(&mut talk, said, &mut lines);
        }
    }
    (lines, talk.control().clone())
}

impl Line {
    fn of(side: &'static str, texts: Vec<String>) -> Line {
        Line {
            side,
            texts,
            choices: Vec::new(),
        }
    }

    fn reply(reply: Reply) -> Line {
        let choices = reply.choices.map(|choices| choices.options);
        let titles = choices.unwrap_or_default().into_iter();
        Line {
            side: match reply.class {
                Class::Staff => "staff",
                Class::Dialog | Class::Notice => "bot",
            },
            texts: reply.texts,
            choices: titles.map(|one| one.title).collect(),
        }
    }
}

fn person(talk: &mut Talk, said: &str, lines: &mut Vec<Line>) {
    let pressed = said.strip_prefix('[').and_then(|n| n.strip_suffix(']'));
    let (shown, happened) = match pressed {
        // A dialog without this button goes on without it.
        Some(number) => match talk.pressed(number) {
            Some(pressed) => pressed,
            None => return,
        },
        None => (said.to_owned(), talk.wrote(said)),
    };
    lines.push(Line::of("person", vec![shown]));
    heard(happened, lines);
}

/// Whether the act meant anything.
fn staff(talk: &mut Talk, act: Act, lines: &mut Vec<Line>) -> bool {
    let Ok(happened) = talk.staff(act) else {
        return false;
    };
    heard(happened, lines);
    true
}

fn heard(happened: Vec<Happened>, lines: &mut Vec<Line>) {
    for one in happened {
        if let Happened::Said { to: None, reply } = one {
            lines.push(Line::reply(*reply));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dialog::load;

    #[test]
    fn everybody_invented_waits_for_a_human_under_every_charity_and_is_given_back() {
        assert_eq!(SCENARIOS.len(), 3);
        let files = load::embedded();
        for charity in [
            "demo",
            "hemm",
            "elamyoon",
            "amass",
            "ajyal",
            "women-in-mining",
        ] {
            let dialogs = load::reload(&files.of(charity), charity).unwrap();
            let dialogs = std::sync::Arc::new(dialogs);
            for one in SCENARIOS.iter() {
                let (lines, control) = replay(dialogs.clone(), one, &[]);
                assert_eq!(control, Control::Waiting, "{charity} {}", one.name);
                let acts = [
                    Did::Claimed,
                    Did::Replied("نعم".into()),
                    Did::Noted("x".into()),
                    Did::Returned,
                ];
                let (after, control) = replay(dialogs.clone(), one, &acts);
                assert_eq!(control, Control::Bot, "{charity} {}", one.name);
                let sides: Vec<_> = after[lines.len()..].iter().map(|one| one.side).collect();
                assert_eq!(sides, ["person", "staff", "person", "note", "bot"]);
            }
        }
    }
}
