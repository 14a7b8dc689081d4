//! Going on elsewhere: a code said here and entered on another channel, confirmed on both sides. The house keeps
//! the codes and says what became of one; here stands what is said about it.

use super::exit;
use super::order::{ask_or_rest, greet_first, misfit};
use super::pending;
use super::read::Reason;
use super::state::Pending;
use super::talk::Talk;
use super::turn::{Answer, Ask, Effect, Entered, LINK_MILLIS, Onward};
use crate::event::On;
use crate::reply::Show;
use crate::text::link_code;
use crate::text::secret::REDACTED;

/// The timer that rings where the talk goes on, in the talk that it is.
const HERE: &str = "link:here";

/// Says a code with which the talk goes on elsewhere, and where it can be entered.
pub(super) fn offer(talk: &mut Talk) {
    if let Some(why) = hindrance(talk) {
        return misfit(talk, why);
    }
    say_code(talk);
    if talk.form().is_some() {
        exit::ask_again(talk);
    }
}

/// As [`offer`], where a dialog goes on by itself.
pub(super) fn say_code(talk: &mut Talk) {
    if let Some(why) = hindrance(talk) {
        return talk.phrase(why.phrase);
    }
    let code = link_code::make(talk.event.seed.derive("link"));
    talk.effects.push(Effect::OfferLink {
        code: code.clone(),
        expires: talk.now() + LINK_MILLIS,
    });
    let others = others(talk);
    talk.phrase_with("link.code", |context| {
        context.text("code", &link_code::shown(&code));
        context.text("channels", &others);
        context.number("minutes", LINK_MILLIS / 60_000);
    });
    for (url, title) in doors(talk, &code) {
        talk.show(Show::Link { url, title });
    }
    talk.sensitive();
}

/// Links that open the other channels with the code written already.
fn doors(talk: &mut Talk, code: &str) -> Vec<(String, String)> {
    let mut doors = Vec::new();
    for one in others_on(talk) {
        let Some(opens) = one.opens else { continue };
        let name = called(talk, &one.channel);
        let title = talk.phrase_text("link.open", |context| context.text("channel", &name));
        doors.push((format!("{opens}{code}"), title));
    }
    doors
}

/// A talk without a name leads to no other; a hidden one stays where it is.
fn hindrance(talk: &Talk) -> Option<Reason> {
    if talk.event.is_anonymous() {
        return Some(Reason::new("link.anonymous"));
    }
    talk.state.hidden.then_some(Reason::new("unhide.how"))
}

/// The other channels that are on, by name.
fn others(talk: &mut Talk) -> String {
    let others = others_on(talk);
    let names = others.iter().map(|one| called(talk, &one.channel));
    let names: Vec<String> = names.collect();
    let either = |first: String, second: String| {
        talk.phrase_text("link.either", |context| {
            context.text("first", &first);
            context.text("second", &second);
        })
    };
    names.into_iter().reduce(either).unwrap_or_default()
}

fn others_on(talk: &Talk) -> Vec<On> {
    let here = &talk.event.key.channel;
    let on = talk.event.known.on.iter();
    on.filter(|one| one.channel != *here).cloned().collect()
}

/// How people call a channel.
fn called(talk: &mut Talk, channel: &str) -> String {
    let phrase = match channel {
        "web" => "channel.web",
        "telegram" => "channel.telegram",
        "whatsapp" => "channel.whatsapp",
        "email" => "channel.email",
        other => return other.to_owned(),
    };
    talk.phrase_text(phrase, |_| ())
}

/// A message, or what a link carries, that is a code. False: it is something else.
pub(super) fn entered(talk: &mut Talk, text: &str) -> bool {
    let Some(code) = link_code::read(text) else {
        return false;
    };
    talk.note("order", "link");
    talk.heard.redacted = Some(REDACTED.to_owned());
    talk.heard.sensitive = true;
    greet_first(talk);
    if talk.event.is_anonymous() {
        misfit(talk, Reason::new("link.anonymous"));
        return true;
    }
    enter(talk, code, false);
    true
}

/// They confirmed: the other side is asked.
pub(super) fn confirmed(talk: &mut Talk, code: String) {
    enter(talk, code, true);
}

fn enter(talk: &mut Talk, code: String, sure: bool) {
    let answer = talk.event.known.answers.iter().find_map(|one| match one {
        Answer::Link(entered) => Some(entered.clone()),
        _ => None,
    });
    match answer {
        None => talk.asks.push(Ask::Link { code, sure }),
        Some(Entered::Good { channel }) if sure => {
            say_of(talk, "link.asked", &channel);
            if talk.form().is_some() {
                exit::ask_again(talk);
            }
        }
        Some(Entered::Good { channel }) => {
            talk.state.pending = Some(Pending::ConfirmLink { code, channel });
            pending::ask(talk);
        }
        Some(Entered::Unknown) => misfit(talk, Reason::new("link.unknown")),
        Some(Entered::Own) => misfit(talk, Reason::new("link.own")),
        Some(Entered::Limited) => misfit(talk, Reason::new("link.limited")),
        Some(Entered::Busy) => misfit(talk, Reason::new("link.busy")),
    }
}

/// Says a phrase that names a channel.
pub(super) fn say_of(talk: &mut Talk, phrase: &str, channel: &str) {
    let name = called(talk, channel);
    talk.phrase_with(phrase, |context| context.text("channel", &name));
}

/// A timer of going on elsewhere: `ask:<link>:<channel>` where the code was said, `here` where the talk goes on.
pub(super) fn rang(talk: &mut Talk, rest: &str) {
    let asked = rest
        .strip_prefix("ask:")
        .and_then(|rest| rest.split_once(':'));
    if let Some((link, channel)) = asked {
        talk.state.pending = Some(Pending::ConfirmJoin {
            link: link.to_owned(),
            channel: channel.to_owned(),
        });
        return pending::ask(talk);
    }
    talk.phrase("link.here");
    ask_or_rest(talk);
}

/// The side that said the code agrees.
pub(super) fn join(talk: &mut Talk, link: String, channel: &str) {
    let answer = talk.event.known.answers.iter().find_map(|one| match one {
        Answer::Joined(onward) => Some(onward.clone()),
        _ => None,
    });
    match answer {
        None => talk.asks.push(Ask::Join { link }),
        Some(None) => misfit(talk, Reason::new("link.late")),
        Some(Some(onward)) => {
            say_of(talk, "link.joined", channel);
            go_on_at(talk, onward);
        }
    }
}

/// What is said from the next turn on is said there; and that turn comes now.
fn go_on_at(talk: &mut Talk, onward: Onward) {
    talk.effects.push(Effect::SpeakAt(onward));
    talk.effects.push(Effect::SetTimer {
        name: HERE.to_owned(),
        due: talk.now(),
        quiet: false,
    });
}

/// Every channel stands for itself again.
pub(super) fn part(talk: &mut Talk) {
    let answer = talk.event.known.answers.iter().find_map(|one| match one {
        Answer::Parted(onward) => Some(onward.clone()),
        _ => None,
    });
    match answer {
        None => talk.asks.push(Ask::Part),
        Some(None) => misfit(talk, Reason::new("link.none")),
        Some(Some(onward)) => {
            talk.phrase("link.parted");
            talk.effects.push(Effect::SpeakAt(onward));
        }
    }
}
