//! `locate`: where somebody lives: region, city and district in words, a National Address, or a pin.

use super::question;
use super::{Said, Taken};
use crate::dialog::model::{Locate, Step};
use crate::dialog::read::{self, Reason};
use crate::dialog::talk::Talk;
use crate::dialog::value::{Residence, Value};
use crate::reply::Wants;
use crate::text::place::Pin;

pub(in crate::dialog) fn ask(talk: &mut Talk, step: &Step, locate: &Locate) {
    if !question::say(talk, step, &locate.question) {
        put(talk, step, locate);
    }
}

pub(in crate::dialog) fn put(talk: &mut Talk, _step: &Step, locate: &Locate) {
    question::put(
        talk,
        &locate.question,
        Vec::new(),
        Some(Wants::Location),
        false,
    );
}

pub(in crate::dialog) fn take(talk: &mut Talk, said: Said) -> Taken {
    match said {
        Said::Text(text) => match read::residence(text) {
            Ok(residence) => Taken::Answer(talk.given(Value::Residence(residence))),
            Err(reason) => Taken::Again(Some(reason)),
        },
        Said::Pin(latitude, longitude, label) => pinned(talk, latitude, longitude, label),
        Said::Pick(_) => Taken::again("old.unknown"),
        Said::File(_) => Taken::again("file.not_here"),
        Said::Card(_) => Taken::again("contact.not_here"),
    }
}

fn pinned(talk: &mut Talk, latitude: f64, longitude: f64, label: Option<&str>) -> Taken {
    if Pin::new(latitude, longitude).is_none() {
        return Taken::Again(Some(Reason::new("reader.residence.empty")));
    }
    let residence = Residence {
        pin: Some((latitude, longitude)),
        words: label
            .map(crate::text::fold::clean)
            .filter(|label| !label.is_empty()),
        ..Residence::default()
    };
    Taken::Answer(talk.given(Value::Residence(residence)))
}
