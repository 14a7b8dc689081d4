//! Going on elsewhere, as the house does it: codes, who entered them, whose talk somebody goes on with.

use super::{Timer, World};
use crate::dialog::turn::{Entered, LINK_MILLIS, Onward};
use crate::event::{Control, Millis, On};

/// Wrong codes before somebody must rest.
const TRIES_MAX: usize = 5;

/// A code that was said.
pub(super) struct Link {
    code: String,
    owner: usize,
    expires: Millis,
    by: Option<usize>,
    joined: bool,
}

/// The channels that are on in every story.
pub(super) fn on() -> Vec<On> {
    let all = [
        ("web", None),
        ("telegram", Some("https://t.me/wasl_demo_bot?start=")),
        ("whatsapp", Some("https://wa.me/966112345678?text=")),
    ];
    all.map(|(channel, opens)| On {
        channel: channel.to_owned(),
        opens: opens.map(str::to_owned),
    })
    .into()
}

impl World {
    /// In whose talk somebody writes.
    pub(super) fn talk_of(&self, who: usize) -> usize {
        self.people[who].merged.unwrap_or(who)
    }

    /// The same, and replies go to them from now on.
    pub(super) fn heard_from(&mut self, who: usize) -> usize {
        let talk = self.talk_of(who);
        self.people[talk].speaks = Some(who);
        talk
    }

    pub(super) fn offer(&mut self, who: usize, code: &str, expires: Millis) {
        // An earlier one is worth nothing any more.
        for link in self.links.iter_mut().filter(|link| link.owner == who) {
            link.expires = Millis::MIN;
        }
        self.links.push(Link {
            code: code.to_owned(),
            owner: who,
            expires,
            by: None,
            joined: false,
        });
    }

    pub(super) fn enter(&mut self, who: usize, code: &str, sure: bool) -> Entered {
        if self.people[who].tries >= TRIES_MAX {
            return Entered::Limited;
        }
        let now = self.now;
        let is_it = |link: &Link| link.code == code && link.expires >= now && link.by.is_none();
        let Some(at) = self.links.iter().position(is_it) else {
            self.people[who].tries += 1;
            return Entered::Unknown;
        };
        let owner = self.links[at].owner;
        if owner == who {
            return Entered::Own;
        }
        if matches!(self.people[owner].control, Control::Human(_)) {
            return Entered::Busy;
        }
        let channel = self.channel.clone();
        if sure {
            self.links[at].by = Some(who);
            self.links[at].expires = now + LINK_MILLIS;
            let timer = Timer {
                due: now,
                quiet: false,
            };
            let name = format!("link:ask:{at}:{channel}");
            self.people[owner].timers.insert(name, timer);
        }
        Entered::Good { channel }
    }

    pub(super) fn join(&mut self, link: &str) -> Option<Onward> {
        let now = self.now;
        let link = self.links.get_mut(link.parse::<usize>().ok()?)?;
        let by = link.by.filter(|_| !link.joined && link.expires >= now)?;
        link.joined = true;
        let owner = link.owner;
        self.people[by].merged = Some(owner);
        Some(self.onward(by))
    }

    /// Parts everybody who goes on with this talk.
    pub(super) fn part(&mut self, talk: usize) -> Option<Onward> {
        let mut parted = false;
        for person in &mut self.people {
            parted |= person.merged == Some(talk);
            if person.merged == Some(talk) {
                person.merged = None;
            }
        }
        parted.then(|| self.onward(talk))
    }

    fn onward(&self, who: usize) -> Onward {
        Onward {
            identity: who.to_string(),
            channel: self.channel.clone(),
        }
    }

    pub(super) fn speak_at(&mut self, talk: usize, onward: &Onward) {
        self.people[talk].speaks = onward.identity.parse().ok();
    }
}
