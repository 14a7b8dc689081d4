//! `guide`: which agencies suit a need, the nearest first (P12, guidance: information only, nothing is
//! registered and nobody is told).

use std::cmp::Reverse;

use super::Enter;
use crate::dialog::model::{Agency, Guide, Text};
use crate::dialog::talk::Talk;
use crate::dialog::value::Value;
use crate::reply::Show;
use crate::text::distance;

/// Agencies told at a time: more than three are not compared on a phone.
const AGENCIES_MAX: usize = 3;

pub(in crate::dialog) fn enter(talk: &mut Talk, guide: &Guide) -> Enter {
    let found: Vec<Agency> = suitable(talk, guide).into_iter().cloned().collect();
    talk.note("guide", found.len().to_string());
    if found.is_empty() {
        return Enter::On(guide.unknown.clone());
    }
    talk.say(&guide.text);
    for agency in &found {
        tell(talk, agency);
    }
    Enter::On(None)
}

/// Where the person is, as far as they told it.
#[derive(Default)]
struct Where {
    region: Option<String>,
    pin: Option<(f64, f64)>,
}

fn suitable<'a>(talk: &Talk<'a>, guide: &Guide) -> Vec<&'a Agency> {
    let Some(need) = option(talk, &guide.need) else {
        return Vec::new();
    };
    let place = guide.place.as_ref().map(|field| place(talk, field));
    let place = place.unwrap_or_default();
    let all = talk.dialogs.agencies.agencies.iter();
    let mut suitable: Vec<&Agency> = all
        .filter(|agency| agency.serves.contains(&need) && reaches(agency, &place))
        .collect();
    suitable.sort_by_key(|agency| rank(agency, &place));
    suitable.truncate(AGENCIES_MAX);
    suitable
}

fn option(talk: &Talk, field: &str) -> Option<String> {
    match &talk.frame()?.answers.get(field)?.value {
        Value::Option(name) => Some(name.clone()),
        _ => None,
    }
}

fn place(talk: &Talk, field: &str) -> Where {
    let given = talk.frame().and_then(|frame| frame.answers.get(field));
    match given.map(|given| &given.value) {
        Some(Value::Option(region)) => Where {
            region: Some(region.clone()),
            pin: None,
        },
        Some(Value::Residence(residence)) => Where {
            region: residence.region.clone(),
            pin: residence.pin,
        },
        _ => Where::default(),
    }
}

fn reaches(agency: &Agency, place: &Where) -> bool {
    match &place.region {
        Some(region) => agency.regions.is_empty() || agency.regions.contains(region),
        None => true,
    }
}

/// Those of the region before those of the whole Kingdom, then the nearest (in whole kilometres), then the
/// one that was made sure of last.
fn rank(agency: &Agency, place: &Where) -> (bool, u32, Reverse<Option<chrono::NaiveDate>>) {
    let away = agency.pin.zip(place.pin);
    let kilometres = away.map_or(u32::MAX, |(there, here)| {
        distance::kilometres(here, there).round() as u32
    });
    (
        agency.regions.is_empty(),
        kilometres,
        Reverse(agency.verified),
    )
}

/// One agency: a paragraph, its pin, its numbers as a card. What is not known of it is left out.
fn tell(talk: &mut Talk, agency: &Agency) {
    let lang = talk.lang();
    let said = |text: &Option<Text>| text.as_ref().map(|text| text.source(lang).to_owned());
    let title = agency.title.source(lang).to_owned();
    let address = said(&agency.address);
    let lines = [
        ("what", said(&agency.text)),
        ("city", said(&agency.city)),
        ("address", address.clone()),
        ("times", said(&agency.hours)),
        ("bring", said(&agency.bring)),
    ];
    talk.phrase_with("guide.agency", |context| {
        context.text("title", &title);
        for (name, value) in &lines {
            match value {
                Some(value) => context.text(name, value),
                None => context.unknown(name),
            }
        }
    });
    if let Some((latitude, longitude)) = agency.pin {
        talk.show(Show::Place {
            latitude,
            longitude,
            title: title.clone(),
            address: address.unwrap_or_default(),
        });
    }
    if !agency.phones.is_empty() {
        talk.show(Show::Card {
            name: title,
            phones: agency.phones.clone(),
        });
    }
}
