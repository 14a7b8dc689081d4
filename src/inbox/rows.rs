//! What a batch leaves behind, gathered from its turns as rows for the store. It decides nothing and
//! writes nothing.

use std::collections::{BTreeMap, BTreeSet};

use crate::dialog::state::State;
use crate::dialog::turn::{AlertKind, Completion, Effect, Turn};
use crate::dialog::value::{Given, Value};
use crate::event::casework::CaseAct;
use crate::event::{Control, Event, Millis, Priority, Source, StaffAct, What};
use crate::reply::{Class, Reply};
use crate::store::chain::Link;
use crate::store::consent::{Consent, Opt};
use crate::store::desk::{Change, Labelled, Looked};
use crate::store::faq::{Answered, Helped};
use crate::store::handover::{Alert, Handover, Unanswered};
use crate::store::id;
use crate::store::link::Offer;
use crate::store::message::{Direction, Message, source_word};
use crate::store::note::{Mention, Note};
use crate::store::outbox::{AskedAgain, Owed};
use crate::store::rating::Rated;
use crate::store::reach::Heard;
use crate::store::timer::Timer;
use crate::text::lang::Lang;

use super::batch::Held;
use super::came;
use super::fold::{Ended, How};
use super::known::WITHDRAWN;
use super::said;

/// Why a conversation is with a human that nobody had asked for.
const TAKEN_OVER: &str = "taken_over";

/// Why it waits, or is with somebody else, when a colleague handed it on.
const TRANSFERRED: &str = "transferred";

#[derive(Default)]
pub struct Rows<'a> {
    pub saves: Vec<Saved<'a>>,
    pub messages: Vec<Message>,
    pub owed: Vec<Owed<'a>>,
    pub asked_again: Vec<AskedAgain<'a>>,
    /// Conversations that a human took over: what nobody has begun to send is dropped.
    pub taken_over: BTreeSet<&'a str>,
    /// By owner and name; None: deleted.
    pub timers: BTreeMap<(&'a str, &'a str), Option<Timer>>,
    pub consents: Vec<Consent<'a>>,
    pub opts: BTreeMap<&'a str, Opt<'a>>,
    pub languages: BTreeMap<&'a str, Lang>,
    /// Identities that wrote, on channels where something hangs on it.
    pub heard: BTreeMap<&'a str, Heard<'a>>,
    pub facts: Vec<(&'a str, &'a BTreeMap<String, Value>)>,
    /// Handovers of one conversation follow one another: the first of each, then the second, and so on.
    pub waves: Vec<Vec<Moved<'a>>>,
    pub alerts: Vec<Alert>,
    /// What changes at the desk, one change a conversation.
    pub desk: BTreeMap<&'a str, Change<'a>>,
    /// True: put on; the last word on each counts.
    pub labels: BTreeMap<Labelled<'a>, bool>,
    pub looked: BTreeMap<&'a str, Looked<'a>>,
    pub notes: Vec<Note>,
    pub mentions: Vec<Mention<'a>>,
    /// Codes for going on elsewhere.
    pub links: Vec<Offer<'a>>,
    pub unanswered: Vec<Unanswered>,
    pub ratings: Vec<Rated<'a>>,
    /// What the FAQ answered, and whether it helped.
    pub answered: Vec<Answered<'a>>,
    pub helped: Vec<Helped<'a>>,
    pub supplements: Vec<Supplement<'a>>,
    /// Requests that come to another state.
    pub moved: Vec<CaseMove<'a>>,
    pub postponed: Vec<Postponed<'a>>,
    /// What staff did to the files of requests, in its order.
    pub casework: Vec<Casework<'a>>,
    /// Files whose form was thrown away.
    pub forgotten: Vec<&'a str>,
    pub audit: Vec<Link>,
    /// Conversations in which something was said, and up to which number.
    pub said: Vec<(String, i64)>,
}

/// A conversation as it is saved.
pub struct Saved<'a> {
    pub held: &'a Held,
    pub state: String,
    pub seq: i64,
    pub hidden_before_seq: i64,
    pub identity: Option<&'a str>,
    pub at: Millis,
}

/// How a conversation passes between bot and humans.
pub enum Moved<'a> {
    Opened(Handover),
    Claimed {
        conversation: &'a str,
        by: &'a str,
        at: Millis,
    },
    Ended {
        conversation: &'a str,
        by: &'a str,
        at: Millis,
    },
}

/// An answer for a request that stands already.
pub struct Supplement<'a> {
    pub reference: &'a str,
    pub slot: &'a str,
    pub given: &'a Given,
    pub complete: Option<&'a Completion>,
    pub at: Millis,
}

/// A request on its way to another state.
pub struct CaseMove<'a> {
    pub reference: &'a str,
    pub to: &'a str,
    pub closed: bool,
    pub told: Option<&'a str>,
    pub at: Millis,
}

/// An act upon the file of a request.
pub struct Casework<'a> {
    pub reference: &'a str,
    pub by: &'a str,
    pub act: &'a CaseAct,
    pub at: Millis,
}

/// A request whose promised answer comes later.
pub struct Postponed<'a> {
    pub reference: &'a str,
    pub answer_by: Millis,
    pub told: &'a str,
    pub at: Millis,
}

/// One conversation while its rows are gathered.
struct Line<'a> {
    held: &'a Held,
    seq: i64,
    hidden_before_seq: i64,
    /// Identity and channel that replies go to.
    speaker: Option<(&'a str, &'a str)>,
    control: Control,
    messages: Vec<Message>,
    owed: Vec<Owed<'a>>,
    wave: usize,
}

impl<'a> Rows<'a> {
    /// Adds all that one conversation leaves behind.
    pub fn gather(&mut self, held: &'a Held, at_commit: &BTreeSet<&'static str>) {
        let was = &held.was;
        let mut line = Line {
            held,
            seq: was.seq,
            hidden_before_seq: was.hidden_before_seq,
            speaker: was.identity.as_deref().zip(was.channel.as_deref()),
            control: was.control.clone(),
            messages: Vec::new(),
            owed: Vec::new(),
            wave: 0,
        };
        let mut at = None;
        for (ended, (_, spoken)) in held.talk.ended.iter().zip(&held.places) {
            if let Some(spoken) = spoken {
                line.speaker = Some((&spoken.identity, &ended.event.key.channel));
                self.heard(&spoken.identity, &ended.event, at_commit);
            }
            if let How::Turned(turn) = &ended.how {
                at = Some(ended.event.received_at);
                self.turned(&mut line, ended, turn, at_commit);
            }
        }
        if let Some(at) = at {
            self.keep(line, at);
        }
    }

    fn heard(&mut self, identity: &'a str, event: &Event, at_commit: &BTreeSet<&'static str>) {
        if at_commit.contains(event.key.channel.as_str()) || !event.is_word_of_theirs() {
            return;
        }
        let (at, thread) = (event.said_at(), event.thread());
        let heard = self.heard.entry(identity).or_insert(Heard {
            identity,
            at,
            thread: None,
        });
        heard.at = heard.at.max(at);
        heard.thread = thread.or(heard.thread.take());
    }

    fn keep(&mut self, line: Line<'a>, at: Millis) {
        let held = line.held;
        for owed in &line.owed {
            if let Some(asks) = &owed.reply.asks {
                self.asked_again.push(AskedAgain {
                    conversation_id: &held.was.id,
                    asks,
                    seq: owed.seq,
                });
            }
        }
        self.messages.extend(line.messages);
        self.owed.extend(line.owed);
        if held.talk.learned {
            self.facts.push((&held.was.contact, &held.talk.known.facts));
        }
        // Whoever looks at the desk hears of what moves there, too.
        if line.seq > held.was.seq || line.wave > 0 || self.desk.contains_key(&*held.was.id) {
            self.said.push((held.was.id.clone(), line.seq));
        }
        self.saves.push(Saved {
            held,
            state: said::json(&held.talk.state).unwrap_or_default(),
            seq: line.seq,
            hidden_before_seq: line.hidden_before_seq,
            identity: line.speaker.map(|(identity, _)| identity),
            at,
        });
    }

    fn turned(
        &mut self,
        line: &mut Line<'a>,
        ended: &'a Ended,
        turn: &'a Turn,
        at_commit: &BTreeSet<&'static str>,
    ) {
        let event = &ended.event;
        if line.hear(event, turn) && matches!(line.control, Control::Waiting | Control::Human(_)) {
            self.change(line).heard(event.received_at);
        }
        if let What::Rang { timer, .. } = &event.what {
            self.timers.insert((&line.held.was.id, timer), None);
        }
        if let What::Staff(act) = &event.what {
            self.acted(line, event, act);
        }
        for (n, effect) in turn.effects.iter().enumerate() {
            self.follow(line, event, n, effect);
        }
        let before = line.messages.len();
        for (n, reply) in turn.replies.iter().enumerate() {
            line.say(event, n, reply, &turn.state, at_commit);
        }
        for effect in &turn.effects {
            if let Effect::SpeakAt(onward) = effect {
                line.speaker = Some((&onward.identity, &onward.channel));
            }
        }
        if let Some(first) = line.messages.get_mut(before) {
            first.trace = said::trace_of(turn);
        }
        self.forgotten
            .extend(ended.forgotten.iter().map(String::as_str));
    }

    fn acted(&mut self, line: &mut Line<'a>, event: &'a Event, act: &'a StaffAct) {
        let conversation: &'a str = &line.held.was.id;
        let at = event.received_at;
        match act {
            StaffAct::Claimed { by } => self.claimed(line, event, by),
            StaffAct::Replied { by, .. } => {
                self.claimed(line, event, by);
                self.change(line).answered();
            }
            StaffAct::Returned { by } => self.ended(line, by, Control::Bot, at),
            StaffAct::Closed { by } => self.ended(line, by, Control::Closed, at),
            StaffAct::Transferred { by, to, .. } => self.handed_on(line, event, by, to.as_deref()),
            StaffAct::Assigned { to, .. } => self.change(line).assigned = Some(to),
            StaffAct::Prioritised { priority, .. } => {
                self.change(line).priority = Some(i64::from(*priority as u8));
            }
            StaffAct::Snoozed { until, .. } => {
                self.change(line).snoozed_until = Some(until.unwrap_or(0));
            }
            StaffAct::Labelled { label, on, .. } => {
                let labelled = Labelled {
                    conversation_id: conversation,
                    label,
                };
                self.labels.insert(labelled, *on);
            }
            StaffAct::Noted { mentions, .. } => self.mention(line, event, mentions),
            StaffAct::Seen { by } => self.look(line, by, at),
            StaffAct::Moved { .. } | StaffAct::Postponed { .. } | StaffAct::Case { .. } => {}
        }
        if let Some(note) = said::note_of(act) {
            self.note(line, event, note);
        }
        let (detail, value) = said::of_act(act);
        self.audit.push(Link {
            at,
            kind: audit_word(act).to_owned(),
            subject: conversation.to_owned(),
            author: act.by().to_owned(),
            detail,
            value,
        });
    }

    /// A human speaks from here on: what the bot has not begun to send is dropped.
    fn claimed(&mut self, line: &mut Line<'a>, event: &'a Event, by: &'a str) {
        let conversation: &'a str = &line.held.was.id;
        let at = event.received_at;
        self.taken_over.insert(conversation);
        line.taken_over();
        if line.control == Control::Bot || line.control == Control::Closed {
            self.open(line, event, TAKEN_OVER.to_owned(), None);
        }
        if line.control == Control::Human(by.to_owned()) {
            return;
        }
        let claimed = Moved::Claimed {
            conversation,
            by,
            at,
        };
        self.moved(line, claimed);
        self.look(line, by, at);
        let change = self.change(line);
        change.assigned = Some("");
        change.snoozed_until = Some(0);
        self.note(line, event, said::Beside::claimed(by));
        line.control = Control::Human(by.to_owned());
    }

    /// Back to the bot, or to an end: nothing of the waiting stays at the desk.
    fn ended(&mut self, line: &mut Line<'a>, by: &'a str, control: Control, at: Millis) {
        let conversation: &'a str = &line.held.was.id;
        let ended = Moved::Ended {
            conversation,
            by,
            at,
        };
        self.moved(line, ended);
        let change = self.change(line);
        change.answered();
        change.assigned = Some("");
        change.priority = Some(0);
        change.snoozed_until = Some(0);
        line.control = control;
    }

    fn mention(&mut self, line: &Line<'a>, event: &Event, mentions: &'a [String]) {
        self.mentions
            .extend(mentions.iter().map(|staff_id| Mention {
                staff_id,
                note_id: id_of(event, "note"),
                conversation_id: &line.held.was.id,
                at: event.received_at,
            }));
    }

    fn look(&mut self, line: &Line<'a>, by: &'a str, at: Millis) {
        let conversation_id: &'a str = &line.held.was.id;
        let looked = Looked {
            conversation_id,
            by_whom: by,
            at,
        };
        self.looked.insert(conversation_id, looked);
    }

    /// What changes at the desk for a conversation.
    fn change(&mut self, line: &Line<'a>) -> &mut Change<'a> {
        let conversation_id: &'a str = &line.held.was.id;
        let new = || Change {
            conversation_id,
            ..Change::default()
        };
        self.desk.entry(conversation_id).or_insert_with(new)
    }

    /// A line beside the talk.
    fn note(&mut self, line: &Line<'a>, event: &Event, note: said::Beside) {
        self.notes.push(Note {
            id: id_of(event, &format!("note{}", note.place)),
            conversation: line.held.was.id.clone(),
            seq: line.seq,
            kind: note.kind.to_owned(),
            author: note.author,
            text: note.text,
            detail: note.detail,
            at: event.received_at,
        });
    }

    /// One waiting ends, with whoever held it, and another begins.
    fn handed_on(
        &mut self,
        line: &mut Line<'a>,
        event: &'a Event,
        by: &'a str,
        to: Option<&'a str>,
    ) {
        let conversation: &'a str = &line.held.was.id;
        let at = event.received_at;
        let ended = Moved::Ended {
            conversation,
            by,
            at,
        };
        self.moved(line, ended);
        self.open(line, event, TRANSFERRED.to_owned(), None);
        line.control = Control::Waiting;
        if let Some(by) = to {
            let claimed = Moved::Claimed {
                conversation,
                by,
                at,
            };
            self.moved(line, claimed);
            line.control = Control::Human(by.to_owned());
        }
    }

    fn alert(&mut self, line: &Line<'a>, event: &Event, n: usize, kind: AlertKind) {
        self.alerts.push(Alert {
            id: id_of(event, &format!("alert:{n}")),
            conversation_id: line.held.was.id.clone(),
            kind: word(&kind),
            at: event.received_at,
        });
        match kind {
            AlertKind::Distress => self.change(line).priority = Some(URGENT),
            AlertKind::Unclaimed => {
                self.change(line).widened += 1;
                self.note(line, event, said::Beside::late());
            }
            AlertKind::Undelivered | AlertKind::Fault | AlertKind::SetAside | AlertKind::Call => {}
        }
    }

    fn open(&mut self, line: &mut Line<'a>, event: &Event, reason: String, step: Option<String>) {
        let handover = Handover {
            id: id_of(event, "handover"),
            conversation_id: line.held.was.id.clone(),
            reason,
            step,
            at: event.received_at,
            claimed_by: None,
            claimed_at: None,
        };
        let transferred = handover.reason == TRANSFERRED;
        if handover.reason != TAKEN_OVER && !transferred {
            self.note(line, event, said::Beside::waiting(&handover.reason));
        }
        let channel = line.speaker.map(|(_, channel)| channel);
        let change = self.change(line);
        came::fill(change, &line.held.talk, channel);
        if !transferred {
            change.unanswered_since = Some(event.received_at);
        }
        self.moved(line, Moved::Opened(handover));
    }

    fn moved(&mut self, line: &mut Line<'a>, moved: Moved<'a>) {
        if self.waves.len() <= line.wave {
            self.waves.push(Vec::new());
        }
        self.waves[line.wave].push(moved);
        line.wave += 1;
    }

    fn follow(&mut self, line: &mut Line<'a>, event: &'a Event, n: usize, effect: &'a Effect) {
        let held = line.held;
        let conversation: &'a str = &held.was.id;
        let contact: &'a str = &held.was.contact;
        let at = event.received_at;
        match effect {
            Effect::Consent {
                purpose,
                version,
                given,
                language,
            } => self.consents.push(Consent {
                id: id_of(event, &format!("consent:{n}")),
                contact_id: contact,
                purpose,
                given: *given,
                version,
                language: language_word(*language),
                channel: line.speaker.map_or("", |(_, channel)| channel),
                message_id: event.message_id.as_deref(),
                at,
            }),
            Effect::Language(language) => {
                self.languages.insert(contact, *language);
            }
            Effect::SetTimer { name, due, quiet } => {
                let timer = Timer {
                    owner: conversation.to_owned(),
                    name: name.clone(),
                    id: id_of(event, &format!("timer:{name}")),
                    due: *due,
                    quiet: *quiet,
                };
                self.timers.insert((conversation, name), Some(timer));
            }
            Effect::ClearTimer { name } => {
                self.timers.insert((conversation, name), None);
            }
            Effect::HandOver { reason, step } => {
                if matches!(line.control, Control::Bot | Control::Closed) {
                    self.open(line, event, word(reason), step.clone());
                    line.control = Control::Waiting;
                }
            }
            Effect::TakeBack => {
                if line.control == Control::Waiting {
                    let by = "";
                    self.moved(
                        line,
                        Moved::Ended {
                            conversation,
                            by,
                            at,
                        },
                    );
                    line.control = Control::Bot;
                    self.change(line).answered();
                }
            }
            Effect::Alert { kind } => self.alert(line, event, n, *kind),
            Effect::Hide => line.hidden_before_seq = line.seq,
            Effect::Unhide => line.hidden_before_seq = 0,
            Effect::OfferLink { code, expires } => {
                // Codes are for people who wrote from somewhere.
                if let Some((identity, _)) = line.speaker {
                    self.links.push(Offer {
                        id: id_of(event, "link"),
                        code,
                        contact,
                        conversation,
                        identity,
                        expires: *expires,
                    });
                }
            }
            // What this turn says is said where they wrote.
            Effect::SpeakAt(_) => {}
            Effect::OptOut { scope } => {
                self.opts.insert(
                    contact,
                    Opt {
                        id: contact,
                        at: Some(at),
                        scope: Some(scope),
                    },
                );
            }
            Effect::OptIn => {
                self.opts.insert(
                    contact,
                    Opt {
                        id: contact,
                        at: None,
                        scope: None,
                    },
                );
            }
            Effect::Supplement {
                reference,
                slot,
                given,
                complete,
            } => self.supplements.push(Supplement {
                reference,
                slot,
                given,
                complete: complete.as_ref(),
                at,
            }),
            Effect::Withdraw { reference } => self.moved.push(CaseMove {
                reference,
                to: WITHDRAWN,
                closed: true,
                told: None,
                at,
            }),
            Effect::Move {
                reference,
                to,
                closed,
                told,
            } => self.moved.push(CaseMove {
                reference,
                to,
                closed: *closed,
                told: told.as_deref(),
                at,
            }),
            Effect::Postpone {
                reference,
                answer_by,
                told,
            } => self.postponed.push(Postponed {
                reference,
                answer_by: *answer_by,
                told,
                at,
            }),
            Effect::Case { reference, by, act } => self.casework.push(Casework {
                reference,
                by,
                act,
                at,
            }),
            Effect::Rated(rating) => self.ratings.push(Rated {
                id: id_of(event, &format!("rating:{n}")),
                contact,
                conversation,
                channel: line.speaker.map_or("", |(_, channel)| channel),
                rating,
                at,
            }),
            // The answers went with the state, the files are in `Ended::forgotten`.
            Effect::Forget { .. } => {}
            Effect::Unanswered {
                text,
                outcome,
                entry,
            } => self.unanswered.push(Unanswered {
                id: id_of(event, &format!("unanswered:{n}")),
                conversation_id: conversation.to_owned(),
                text: text.clone(),
                outcome: outcome.word(),
                entry: entry.clone(),
                at,
            }),
            Effect::Answered(answered) => self.answered.push(Answered {
                id: id_of(event, &format!("answered:{n}")),
                conversation,
                answered,
                at,
            }),
            Effect::Helped { entry, yes } => self.helped.push(Helped {
                conversation_id: conversation,
                entry,
                helped: i64::from(*yes),
            }),
        }
    }
}

impl<'a> Line<'a> {
    /// What came goes into history; tells whether anything was said.
    fn hear(&mut self, event: &Event, turn: &Turn) -> bool {
        let Some(kept) = said::of_event(event, &turn.heard) else {
            return false;
        };
        self.seq += 1;
        self.messages.push(Message {
            conversation: self.held.was.id.clone(),
            seq: self.seq,
            direction: Direction::In,
            identity: self.speaker.map(|(identity, _)| identity.to_owned()),
            channel: event.key.channel.clone(),
            kind: event.kind.clone(),
            text: kept.text,
            payload: kept.payload,
            sensitive: turn.heard.sensitive,
            step: turn.heard.step.clone(),
            at: event.received_at,
            status: "received".to_owned(),
            status_reason: None,
            provider_id: event.message_id.clone(),
            author: None,
            source: source_word(event.source).to_owned(),
            // Where nothing was said, why stands with what came.
            trace: said::trace_of(turn).filter(|_| turn.replies.is_empty()),
        });
        true
    }

    /// What we say goes into history, and into the outbox unless the commit is its leaving.
    fn say(
        &mut self,
        event: &Event,
        n: usize,
        reply: &'a Reply,
        state: &State,
        at_commit: &BTreeSet<&'static str>,
    ) {
        self.seq += 1;
        let leaves = self
            .speaker
            .is_some_and(|(_, channel)| at_commit.contains(channel));
        self.messages.push(Message {
            conversation: self.held.was.id.clone(),
            seq: self.seq,
            direction: Direction::Out,
            identity: self.speaker.map(|(identity, _)| identity.to_owned()),
            channel: self.speaker.map_or("", |(_, channel)| channel).to_owned(),
            kind: "reply".to_owned(),
            text: Some(said::text_of(reply)),
            payload: said::json(reply),
            sensitive: reply.sensitive,
            step: said::step_of(reply, state),
            at: event.received_at,
            status: if leaves { "sent" } else { "waiting" }.to_owned(),
            status_reason: None,
            provider_id: None,
            author: author_of(event, reply),
            source: source_word(Source::Own).to_owned(),
            trace: None,
        });
        if !leaves {
            self.owe(event, n, reply);
        }
    }

    fn owe(&mut self, event: &Event, n: usize, reply: &'a Reply) {
        let Some((identity, channel)) = self.speaker else {
            return;
        };
        if reply.asks.is_some() {
            self.drop_owed("superseded", |owed| owed.reply.asks == reply.asks);
        }
        self.owed.push(Owed {
            id: id_of(event, &format!("outbox:{n}")),
            conversation_id: &self.held.was.id,
            identity_id: identity,
            channel,
            seq: self.seq,
            reply,
            due: event.received_at,
        });
    }

    fn taken_over(&mut self) {
        self.drop_owed("cancelled", |owed| owed.reply.class == Class::Dialog);
    }

    /// What this very batch owed and nobody has seen yet.
    fn drop_owed(&mut self, fate: &str, which: impl Fn(&Owed<'_>) -> bool) {
        let messages = &mut self.messages;
        self.owed.retain(|owed| {
            if !which(owed) {
                return true;
            }
            if let Some(message) = messages.iter_mut().find(|one| one.seq == owed.seq) {
                message.status = fate.to_owned();
            }
            false
        });
    }
}

/// What the audit calls an act.
fn audit_word(act: &StaffAct) -> &'static str {
    match act {
        StaffAct::Claimed { .. } => "handover.claimed",
        StaffAct::Replied { .. } => "handover.replied",
        StaffAct::Returned { .. } => "handover.returned",
        StaffAct::Closed { .. } => "handover.closed",
        StaffAct::Transferred { .. } => "handover.transferred",
        StaffAct::Assigned { .. } => "handover.assigned",
        StaffAct::Noted { .. } => "conversation.noted",
        StaffAct::Labelled { .. } => "conversation.labelled",
        StaffAct::Prioritised { .. } => "conversation.prioritised",
        StaffAct::Snoozed { .. } => "conversation.snoozed",
        StaffAct::Seen { .. } => "alert.seen",
        StaffAct::Moved { .. } => "case.moved",
        StaffAct::Postponed { .. } => "case.postponed",
        StaffAct::Case { act, .. } => match act {
            CaseAct::Matched(_) => "case.matched",
            CaseAct::SentBack(_) => "case.sent_back",
            CaseAct::SignedOff => "case.signed_off",
            CaseAct::Registered { .. } => "case.registered",
            CaseAct::Decided(_) => "case.decided",
        },
    }
}

/// [`Priority::Urgent`] as it stands in the table.
const URGENT: i64 = Priority::Urgent as i64;

/// The member of staff whose words they are.
fn author_of(event: &Event, reply: &Reply) -> Option<String> {
    match (&event.what, reply.class) {
        (What::Staff(StaffAct::Replied { by, .. }), Class::Staff) => Some(by.clone()),
        (_, Class::Dialog | Class::Notice | Class::Staff) => None,
    }
}

fn id_of(event: &Event, purpose: &str) -> String {
    id::at(event.received_at, event.seed.derive(purpose))
}

fn language_word(language: Lang) -> &'static str {
    match language {
        Lang::Ar => "ar",
        Lang::En => "en",
    }
}

/// An enum that is written as one word.
pub fn word<T: serde::Serialize>(value: &T) -> String {
    said::json(value)
        .unwrap_or_default()
        .trim_matches('"')
        .to_owned()
}
