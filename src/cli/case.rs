//! `wasl case`: a request's file, checked item by item, sent back, signed off, registered and decided, until there is
//! a page for it. Sensitive values are masked. Acts enter by the inbox, over the file as this command read it; of two
//! who act at once one wins, and the other is told who.

use clap::{Args, Subcommand, ValueEnum};

use super::dialogs;
use super::exit::{Ended, Ending, Failure, OrEnd};
use super::out::say;
use super::socket::{Errand, told};
use super::store::{now, reading, run_errand};
use super::{account, block_on};
use crate::config::Settings;
use crate::dialog::casework::{WhyNot, may_move, why_not};
use crate::dialog::model::Dialogs;
use crate::dialog::value::Value;
use crate::event::casework::{Against, CaseAct, Decision, Match, SendBack};
use crate::event::{KnownCase, Millis, StaffAct};
use crate::store::case::{self, Case as Stored};
use crate::store::export::MASK;
use crate::store::item::{self, Item};

/// Work on a request: show its file, match, send back, sign off, register, decide
#[derive(Args)]
pub struct Case {
    #[command(subcommand)]
    act: Act,
}

/// Who acts, of every command that changes something.
#[derive(Args)]
struct Who {
    /// Who does it; without it the name of the account on this machine
    #[arg(long, value_name = "NAME")]
    by: Option<String>,
}

#[derive(Subcommand)]
enum Act {
    /// The file of a request: where it stands, and every item with its revision and how it was checked
    Show {
        /// Number of the request
        reference: String,
    },
    /// An item is right
    Match {
        /// Number of the request
        reference: String,
        /// Name of the item, of `wasl case show`
        item: String,
        /// What it was matched against
        #[arg(long)]
        against: Source,
        /// It was not valid on the day on which the request was handed in
        #[arg(long)]
        not_valid_then: bool,
        /// It is not valid now
        #[arg(long)]
        not_valid_now: bool,
        #[command(flatten)]
        who: Who,
    },
    /// Items go back to the person, whom the bot asks for exactly these: `lease=unreadable` or `lease=your own words`
    SendBack {
        /// Number of the request
        reference: String,
        /// Item and reason of cases.yaml, or own words
        #[arg(required = true, value_name = "ITEM=REASON")]
        items: Vec<String>,
        #[command(flatten)]
        who: Who,
    },
    /// Every item is matched, and you vouch for it with your name
    SignOff {
        /// Number of the request
        reference: String,
        #[command(flatten)]
        who: Who,
    },
    /// Registration is complete: with every check of cases.yaml
    Register {
        /// Number of the request
        reference: String,
        /// Number of the file; without it the number of the request
        #[arg(long, value_name = "NUMBER", value_parser = super::reason)]
        file_number: Option<String>,
        /// A check that was ticked; all of them must be
        #[arg(long = "check", value_name = "NAME")]
        checks: Vec<String>,
        #[command(flatten)]
        who: Who,
    },
    /// A decision: the internal reason stays in the house, what the person is told goes to them
    Decide {
        /// Number of the request
        reference: String,
        /// The state to which it leads, such as approved, rejected, deferred
        to: String,
        /// Why, for the house alone
        #[arg(long, value_name = "TEXT", value_parser = super::reason)]
        reason: String,
        /// What the person reads
        #[arg(long, value_name = "TEXT", value_parser = super::reason)]
        told: Option<String>,
        /// Why before the first date that was promised
        #[arg(long, value_name = "TEXT", value_parser = super::reason)]
        early: Option<String>,
        #[command(flatten)]
        who: Who,
    },
}

#[derive(Clone, Copy, ValueEnum)]
enum Source {
    Original,
    Copy,
    Official,
}

impl Source {
    fn against(self) -> Against {
        match self {
            Source::Original => Against::OriginalSeen,
            Source::Copy => Against::Copy,
            Source::Official => Against::OfficialService,
        }
    }
}

pub fn run(case: Case, settings: &Settings) -> Ended {
    block_on(async move {
        match case.act {
            Act::Show { reference } => show(settings, &reference).await,
            other => change(settings, other).await,
        }
    })
}

/// A file as it is read for one command.
struct Read {
    case: Stored,
    items: Vec<Item>,
    known: KnownCase,
}

async fn read(settings: &Settings, reference: &str) -> Result<Read, Failure> {
    let doing = "reading the request";
    let store = reading(settings).await?;
    let mut reader = store.reader().await.or_end(Ending::Unavailable, doing)?;
    let found = case::find(&mut reader, reference).await;
    let case = found.or_end(Ending::Unavailable, doing)?;
    let case = case.ok_or_else(|| refused(reference, "there is no request of this number"))?;
    let items = item::of(&mut reader, &[&case.id]).await;
    let items = items.or_end(Ending::Unavailable, doing)?;
    let mut known = case.known();
    known.file.items = items.iter().cloned().map(Item::known).collect();
    if let Some(about) = &case.about {
        let first = case::find(&mut reader, about).await;
        let first = first.or_end(Ending::Unavailable, doing)?;
        let decided = first.and_then(|first| first.work.decided);
        known.file.first_decider = decided.unwrap_or_default().0;
    }
    Ok(Read { case, items, known })
}

async fn show(settings: &Settings, reference: &str) -> Ended {
    let Read { case, items, known } = read(settings, reference).await?;
    let service = Some(case.service.as_str()).filter(|service| !service.is_empty());
    let service = service.unwrap_or("no service");
    say(format!(
        "{reference}  {}, {service}, {}",
        case.kind, case.state
    ));
    say(format!(
        "  handed in {} on {}",
        time(case.submitted_at),
        case.channel
    ));
    for (word, act) in [
        ("signed off", &case.work.signed_off),
        ("registered", &case.work.registered),
        ("decided", &case.work.decided),
    ] {
        if let Some((by, at)) = act {
            say(format!("  {word} by {by}, {}", time(*at)));
        }
    }
    if let Some(number) = &case.work.file_number {
        say(format!("  file {number}"));
    }
    for (word, at) in [
        ("answer from", case.answer_from),
        ("answer by", case.answer_by),
    ] {
        if let Some(at) = at {
            say(format!("  {word} {}", time(at)));
        }
    }
    if !case.missing.is_empty() {
        say(format!("  missing: {}", case.missing.join(", ")));
    }
    for item in &items {
        say(line(item));
    }
    let dialogs = dialogs::set(settings)?.dialogs;
    if why_not(&dialogs, Some(&known), "", &CaseAct::SignedOff, now()).is_none() {
        say("  every item is matched: it can be signed off");
    }
    Ok(Ending::Done)
}

fn line(item: &Item) -> String {
    let check = &item.check;
    let mut line = format!(
        "  {}  {}, revision {}, {} by {}",
        item.name,
        check.status.word(),
        check.revision,
        time(item.at),
        item.channel
    );
    if let Some(against) = check.against {
        line += &format!(", against {}", against.word());
    }
    for (valid, when) in [(check.valid_then, "then"), (check.valid_now, "now")] {
        if valid == Some(false) {
            line += &format!(", not valid {when}");
        }
    }
    if !check.by.is_empty() {
        line += &format!(", {}", check.by);
    }
    line + &format!(": {}", shown(item))
}

/// Only what was picked from a list stands here; a person's own words and numbers are masked.
fn shown(item: &Item) -> String {
    match &item.value {
        Value::Option(name) if !item.sensitive => name.clone(),
        Value::Options(names) if !item.sensitive => names.join(" "),
        Value::Bool(yes) => yes.to_string(),
        Value::Rating(mark) => mark.to_string(),
        Value::Files(files) => format!("{} files", files.len()),
        Value::Later => "later".to_owned(),
        Value::Skipped => "skipped".to_owned(),
        _ => MASK.to_string(),
    }
}

async fn change(settings: &Settings, act: Act) -> Ended {
    let reference = reference_of(&act).to_owned();
    let before = read(settings, &reference).await?;
    let dialogs = dialogs::set(settings)?.dialogs;
    let (act, who) = act_of(&dialogs, &before, act)?;
    let by = who.by.unwrap_or_else(account);
    let known = Some(&before.known);
    if let Some(why) = why_not(&dialogs, known, &by, &act, now()) {
        return Err(refused(&reference, &words(&dialogs, &before.known, &why)));
    }
    let Some(conversation) = before.case.conversation.clone() else {
        return Err(refused(&reference, "its conversation was erased"));
    };
    let errand = Errand::Staff {
        conversation,
        act: StaffAct::Case {
            by: by.clone(),
            reference: reference.clone(),
            act: act.clone(),
        },
    };
    let report = run_errand(settings, errand).await?;
    if !report.done {
        // Somebody was faster: who, stands in the file by now.
        let after = read(settings, &reference).await?.known;
        if let Some(why) = why_not(&dialogs, Some(&after), &by, &act, now()) {
            return Err(refused(&reference, &words(&dialogs, &after, &why)));
        }
    }
    told(report)
}

fn reference_of(act: &Act) -> &str {
    match act {
        Act::Show { reference }
        | Act::Match { reference, .. }
        | Act::SendBack { reference, .. }
        | Act::SignOff { reference, .. }
        | Act::Register { reference, .. }
        | Act::Decide { reference, .. } => reference,
    }
}

fn act_of(dialogs: &Dialogs, before: &Read, act: Act) -> Result<(CaseAct, Who), Failure> {
    let over = |item: &str| before.known.item(item).map_or(0, |item| item.revision);
    Ok(match act {
        Act::Show { reference } => return Err(refused(&reference, "nothing is to be changed")),
        Act::Match {
            item,
            against,
            not_valid_then,
            not_valid_now,
            who,
            ..
        } => {
            let one = Match {
                over: over(&item),
                item,
                against: against.against(),
                valid_then: !not_valid_then,
                valid_now: !not_valid_now,
            };
            (CaseAct::Matched(one), who)
        }
        Act::SendBack {
            reference,
            items,
            who,
        } => {
            let mut back = Vec::new();
            for item in &items {
                let Some((item, why)) = item.split_once('=') else {
                    let told = format!("`{item}` is not understood; write `lease=unreadable`");
                    return Err(refused(&reference, &told));
                };
                let mut reasons = dialogs.cases.reasons.iter();
                let listed = reasons.any(|reason| reason.name == why);
                back.push(SendBack {
                    item: item.to_owned(),
                    over: over(item),
                    reason: if listed {
                        why.to_owned()
                    } else {
                        String::new()
                    },
                    words: (!listed).then(|| why.to_owned()),
                    picture: None,
                });
            }
            (CaseAct::SentBack(back), who)
        }
        Act::SignOff { who, .. } => (CaseAct::SignedOff, who),
        Act::Register {
            reference,
            file_number,
            checks,
            who,
        } => {
            let registered = CaseAct::Registered {
                file_number: file_number.unwrap_or(reference),
                checks,
            };
            (registered, who)
        }
        Act::Decide {
            to,
            reason,
            told,
            early,
            who,
            ..
        } => {
            let decision = Decision {
                from: before.known.state.clone(),
                to,
                reason,
                told,
                early,
            };
            (CaseAct::Decided(decision), who)
        }
    })
}

/// Why not, for whoever gave the command, and what to do.
fn words(dialogs: &Dialogs, case: &KnownCase, why: &WhyNot) -> String {
    match why {
        WhyNot::NoRequest => "there is no request of this number".to_owned(),
        WhyNot::Ended => format!("it has come to its end (`{}`)", case.state),
        WhyNot::NoItem(name) => {
            let items: Vec<&str> = case
                .file
                .items
                .iter()
                .map(|item| item.name.as_str())
                .collect();
            format!(
                "`{name}` is no item of it, or stands twice; it has {}",
                items.join(", ")
            )
        }
        WhyNot::NotGiven(name) => format!("`{name}` was not given yet"),
        WhyNot::Late { item, by, status } => {
            format!(
                "`{item}` is `{}` by now, by {by}; look at it again",
                status.word()
            )
        }
        WhyNot::NoReason(_) => {
            let reasons = dialogs.cases.reasons.iter();
            let reasons: Vec<&str> = reasons.map(|reason| reason.name.as_str()).collect();
            format!("say why: {}, or own words", reasons.join(", "))
        }
        WhyNot::NotMatched(items) => format!("not matched yet: {}", items.join(", ")),
        WhyNot::Missing(items) => format!("the person owes {}", items.join(", ")),
        WhyNot::SignedOff => "it is signed off already".to_owned(),
        WhyNot::NotSignedOff => "it is not signed off yet; `wasl case sign-off`".to_owned(),
        WhyNot::Registered => "it is registered already".to_owned(),
        WhyNot::NotRegistered => "it is not registered yet; `wasl case register`".to_owned(),
        WhyNot::NoCheck(name) => format!("the check `{name}` is open; add `--check {name}`"),
        WhyNot::Elsewhere(state) => format!("it stands at `{state}` by now"),
        WhyNot::NoMove(_) | WhyNot::NoDecision(_) => {
            let states = dialogs.cases.states.values();
            let decisions =
                states.filter(|state| state.decision && may_move(dialogs, case, &state.name));
            let names: Vec<&str> = decisions.map(|state| state.name.as_str()).collect();
            format!(
                "from `{}` it can be decided to: {}",
                case.state,
                names.join(", ")
            )
        }
        WhyNot::Early(from) => format!(
            "the first date promised is {}; say why it is earlier with `--early`",
            time(*from)
        ),
        WhyNot::SameDecider => "whoever decided first does not decide again".to_owned(),
    }
}

fn refused(reference: &str, why: &str) -> Failure {
    Failure::new(Ending::Findings, format!("{reference}: {why}"))
}

/// Local time of this machine, to the minute.
fn time(at: Millis) -> String {
    let at = chrono::DateTime::from_timestamp_millis(at).unwrap_or_default();
    let at = at.with_timezone(&chrono::Local);
    at.format("%Y-%m-%d %H:%M").to_string()
}
