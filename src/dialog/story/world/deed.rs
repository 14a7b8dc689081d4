//! What somebody does in a story or in the terminal, as the events that a channel would make of it.

use sha2::{Digest, Sha256};

use super::{Happened, Impossible, World};
use crate::dialog::story::entry::{Act, Deed, Parcel, Press};
use crate::dialog::story::shown;
use crate::event::casework::{Against, CaseAct, Decision, Match, SendBack};
use crate::event::control;
use crate::event::{Attachment, AttachmentKind, Beside, Millis, StaffAct, What};
use crate::reply::{Choice, Class, Reply};
use crate::text::fold::fold;

/// The invented member of staff of all stories.
const STAFF: &str = "Huda";

impl World {
    /// Does one thing, and gives everything that it led to.
    pub fn act(&mut self, deed: &Deed) -> Result<Vec<Happened>, Impossible> {
        let (what, kind) = match deed {
            Deed::Person(text) => (What::Wrote { text: text.clone() }, "text"),
            Deed::Presses(press) => (self.press(press)?, "button"),
            Deed::Sends(parcel) => self.parcel(parcel),
            Deed::Edits(back, text) => (self.edit(*back, text)?, "edit"),
            Deed::Opens(payload) => (self.opened(payload.clone()), "open"),
            Deed::Staff(act) => {
                let promised = |reference: &str| self.promised(reference);
                let act = staff_on_case(self, act).unwrap_or_else(|| staff(act, promised));
                (What::Staff(act), "staff")
            }
            Deed::Undelivered => (self.undelivered()?, "undelivered"),
            Deed::Clock(jump) => return self.jump(*jump),
        };
        self.count(deed);
        Ok(self.happen(self.who, what, kind))
    }

    fn count(&mut self, deed: &Deed) {
        let id = format!("m{}", self.events + 1);
        let contact = &mut self.people[self.who];
        match deed {
            Deed::Person(_) | Deed::Sends(_) => {
                contact.own.push(id);
                contact.counted += 1;
            }
            Deed::Presses(_) => contact.counted += 1,
            Deed::Edits(..) | Deed::Opens(_) | Deed::Staff(_) => {}
            Deed::Undelivered | Deed::Clock(_) => {}
        }
    }

    /// Whether an event still means something; control follows before the machine hears of it.
    pub(super) fn begins(&mut self, who: usize, what: &What) -> bool {
        let contact = &mut self.people[who];
        match what {
            What::Staff(act) => match control::after(&contact.control, act) {
                Some(control) => {
                    contact.control = control;
                    if matches!(act, StaffAct::Returned { .. } | StaffAct::Closed { .. }) {
                        contact.hand_over = None;
                    }
                    true
                }
                None => false,
            },
            // The ring itself took its timer away.
            What::Rang { .. }
            | What::Undelivered { .. }
            | What::Fetched { .. }
            | What::FetchFailed { .. }
            | What::Noted { .. }
            | What::SetAside { .. } => true,
            What::Opened { .. }
            | What::Wrote { .. }
            | What::Chose { .. }
            | What::Sent { .. }
            | What::Pinned { .. }
            | What::Shared { .. }
            | What::Edited { .. }
            | What::Unreadable { .. } => {
                contact.control = control::heard(&contact.control);
                true
            }
        }
    }

    /// What staff write goes to the person as it is; the machine only learns of it.
    pub(super) fn staff_words(&self, who: usize, what: &What) -> Vec<Reply> {
        match what {
            What::Staff(StaffAct::Replied { text, .. }) => vec![Reply {
                class: Class::Staff,
                language: self.people[who].state.language,
                texts: vec![text.clone()],
                choices: None,
                wants: None,
                shows: Vec::new(),
                asks: None,
                sensitive: false,
                proactive: None,
            }],
            _ => Vec::new(),
        }
    }

    fn opened(&self, payload: Option<String>) -> What {
        let language = self.people[self.who].state.language;
        What::Opened {
            payload,
            language: Some(language),
        }
    }

    fn edit(&self, back: usize, text: &str) -> Result<What, Impossible> {
        let own = &self.people[self.who].own;
        let of = own.len().checked_sub(back).and_then(|at| own.get(at));
        match of {
            Some(of) => Ok(What::Edited {
                of: of.clone(),
                text: text.to_owned(),
            }),
            None => Err(Impossible(format!(
                "there are only {} messages to edit",
                own.len()
            ))),
        }
    }

    fn undelivered(&self) -> Result<What, Impossible> {
        let asked = self.people[self.who]
            .said
            .iter()
            .rev()
            .find_map(|reply| reply.asks.clone());
        let step = asked.ok_or_else(|| Impossible("no question was asked yet".to_owned()))?;
        Ok(What::Undelivered { step })
    }

    fn press(&self, press: &Press) -> Result<What, Impossible> {
        let said = &self.people[self.who].said;
        let mut with_buttons = said.iter().rev().filter(|reply| reply.choices.is_some());
        let choice = match press {
            Press::Raw(data) => {
                return Ok(What::Chose {
                    data: data.clone(),
                    title: None,
                });
            }
            Press::Latest(label) => with_buttons
                .next()
                .ok_or(label)
                .and_then(|reply| button(reply, label).ok_or(label)),
            Press::Old(label) => {
                let mut older = with_buttons.skip(1);
                older.find_map(|reply| button(reply, label)).ok_or(label)
            }
        };
        match choice {
            Ok(choice) => Ok(What::Chose {
                data: choice.data.clone(),
                title: Some(choice.title.clone()),
            }),
            Err(label) => Err(Impossible(no_button(label, said))),
        }
    }

    fn parcel(&self, parcel: &Parcel) -> (What, &'static str) {
        match parcel {
            Parcel::File(kind, caption) => (
                What::Sent {
                    attachment: self.attachment(*kind),
                    caption: caption.clone(),
                    fetch: None,
                },
                "file",
            ),
            Parcel::Pin(latitude, longitude, label) => (
                What::Pinned {
                    latitude: *latitude,
                    longitude: *longitude,
                    label: label.clone(),
                },
                "location",
            ),
            Parcel::Card { phones, name, own } => (
                What::Shared {
                    name: name.clone(),
                    phones: phones.clone(),
                    own: *own,
                },
                "contact",
            ),
            Parcel::Unreadable(kind) => (What::Unreadable { kind: kind.clone() }, "unreadable"),
        }
    }

    fn attachment(&self, kind: AttachmentKind) -> Attachment {
        let (mime, name, seconds) = match kind {
            AttachmentKind::Photo => ("image/jpeg", None, None),
            AttachmentKind::Document => ("application/pdf", Some("document.pdf"), None),
            AttachmentKind::Voice => ("audio/ogg", None, Some(7)),
            AttachmentKind::Video => ("video/mp4", None, Some(7)),
        };
        let digest = Sha256::digest(format!("{}:{}", self.name, self.events + 1));
        let hex: String = digest.iter().map(|byte| format!("{byte:02x}")).collect();
        Attachment {
            id: format!("file-{}", self.events + 1),
            kind,
            mime: mime.to_owned(),
            bytes: 20_480,
            digest: hex,
            name: name.map(str::to_owned),
            seconds,
        }
    }
    /// The latest date of a request as it stands; now, where none was promised.
    fn promised(&self, reference: &str) -> Millis {
        let mut cases = self.cases.iter();
        let case = cases.find(|case| case.known.reference == reference);
        case.and_then(|case| case.known.answer_by)
            .unwrap_or(self.now)
    }
}

/// What is done to the file of a request, over what the invented member of staff sees of it.
fn staff_on_case(world: &World, act: &Act) -> Option<StaffAct> {
    let case = |reference: &str| {
        let mut cases = world.cases.iter().map(|case| &case.known);
        cases.find(|case| case.reference == reference)
    };
    let over = |reference: &str, item: &str| {
        let item = case(reference).and_then(|case| case.item(item));
        item.map_or(0, |item| item.revision)
    };
    let (reference, act) = match act {
        Act::Matches(reference, item) => {
            let one = Match {
                item: item.clone(),
                over: over(reference, item),
                against: Against::OriginalSeen,
                valid_then: true,
                valid_now: true,
            };
            (reference, CaseAct::Matched(one))
        }
        Act::SendsBack(reference, items) => {
            let reasons = &world.dialogs.cases.reasons;
            let one = |(item, why): &(String, String)| {
                let listed = reasons.iter().any(|reason| reason.name == *why);
                SendBack {
                    item: item.clone(),
                    over: over(reference, item),
                    reason: if listed { why.clone() } else { String::new() },
                    words: (!listed).then(|| why.clone()),
                    picture: None,
                }
            };
            (
                reference,
                CaseAct::SentBack(items.iter().map(one).collect()),
            )
        }
        Act::SignsOff(reference) => (reference, CaseAct::SignedOff),
        Act::Registers(reference) => {
            let checks = world.dialogs.cases.checks.iter();
            let registered = CaseAct::Registered {
                file_number: reference.clone(),
                checks: checks.map(|check| check.name.clone()).collect(),
            };
            (reference, registered)
        }
        Act::Decides(reference, to, told, early) => {
            let decision = Decision {
                from: case(reference).map_or_else(String::new, |case| case.state.clone()),
                to: to.clone(),
                reason: "…".to_owned(),
                told: told.clone(),
                early: early.clone(),
            };
            (reference, CaseAct::Decided(decision))
        }
        Act::Claims | Act::Replies(_) | Act::Returns | Act::Closes => return None,
        Act::Moves(..) | Act::Postpones(..) => return None,
    };
    Some(StaffAct::Case {
        by: STAFF.to_owned(),
        reference: reference.clone(),
        act,
    })
}

/// `promised` gives the latest date of a request as it stands.
fn staff(act: &Act, promised: impl Fn(&str) -> Millis) -> StaffAct {
    let by = STAFF.to_owned();
    match act {
        Act::Claims => StaffAct::Claimed { by },
        Act::Replies(text) => StaffAct::Replied {
            by,
            text: text.clone(),
            beside: Beside::default(),
        },
        Act::Returns => StaffAct::Returned { by },
        Act::Closes => StaffAct::Closed { by },
        Act::Moves(reference, to, told) => StaffAct::Moved {
            by,
            reference: reference.clone(),
            to: to.clone(),
            told: told.clone(),
        },
        Act::Postpones(reference, later, told) => StaffAct::Postponed {
            by,
            reference: reference.clone(),
            answer_by: promised(reference) + later,
            told: told.clone(),
        },
        // Acts on a file never come here: they are made above.
        Act::Matches(..)
        | Act::SendsBack(..)
        | Act::SignsOff(_)
        | Act::Registers(_)
        | Act::Decides(..) => StaffAct::Seen { by },
    }
}

/// A button of a reply: by its number, its title however it is spelt, or a control by its word: `(back)`.
fn button<'r>(reply: &'r Reply, label: &str) -> Option<&'r Choice> {
    let choices = reply.choices.as_ref()?;
    let word = label
        .strip_prefix('(')
        .and_then(|word| word.strip_suffix(')'));
    let number = label.trim_matches(['[', ']']).parse::<usize>().ok();
    let by_number = number.and_then(|number| choices.options.get(number.checked_sub(1)?));
    let mut all = choices.options.iter().chain(&choices.controls);
    let wanted = fold(label);
    let named = |choice: &&Choice| {
        fold(&choice.title) == wanted || word.is_some_and(|word| shown::word_of(choice) == word)
    };
    by_number.or_else(|| all.find(named))
}

fn no_button(label: &str, said: &[Reply]) -> String {
    let titles = said
        .iter()
        .rev()
        .find_map(|reply| reply.choices.as_ref())
        .map(|choices| {
            let all = choices.options.iter().chain(&choices.controls);
            all.map(|choice| choice.title.as_str())
                .collect::<Vec<_>>()
                .join(", ")
        });
    match titles {
        Some(titles) => format!("no button `{label}` is there; the latest are: {titles}"),
        None => format!("no button `{label}` is there; no reply had any"),
    }
}
