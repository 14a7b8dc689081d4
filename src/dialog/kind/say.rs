//! `say`: tells and goes on without waiting.

use super::{Enter, options};
use crate::dialog::model::{Say, ShowSpec};
use crate::dialog::talk::Talk;
use crate::dialog::value::Value;
use crate::reply::Show;

pub(in crate::dialog) fn enter(talk: &mut Talk, say: &Say) -> Enter {
    talk.say(&say.text);
    for spec in &say.shows {
        show(talk, spec);
    }
    Enter::On(None)
}

/// Shows what stands beside a text.
pub(in crate::dialog) fn show(talk: &mut Talk, spec: &ShowSpec) {
    match spec {
        ShowSpec::File { path, title } => {
            let title = title.source(talk.lang()).to_owned();
            let path = path.clone();
            talk.show(Show::File { path, title });
        }
        ShowSpec::Link { url, title } => {
            let title = title.source(talk.lang()).to_owned();
            let url = url.clone();
            talk.show(Show::Link { url, title });
        }
        ShowSpec::Document { field } => document(talk, field),
        ShowSpec::Places => place(talk),
    }
}

/// The public document picked in a field.
fn document(talk: &mut Talk, field: &str) {
    let given = talk.frame().and_then(|frame| frame.answers.get(field));
    let Some(Value::Option(name)) = given.map(|given| given.value.clone()) else {
        return;
    };
    let found = options::public(talk).find(|document| document.name == name);
    if let Some((document, path)) = found.and_then(|one| Some((one, one.file.clone()?))) {
        let title = document.title.source(talk.lang()).to_owned();
        talk.show(Show::File { path, title });
    }
}

/// The charity's own place, where its facts `latitude` and `longitude` are told.
fn place(talk: &mut Talk) {
    let facts = &talk.dialogs.charity.facts;
    let lang = talk.lang();
    let number = |name: &str| facts.get(name).and_then(|fact| fact.parse::<f64>().ok());
    let (Some(latitude), Some(longitude)) = (number("latitude"), number("longitude")) else {
        return;
    };
    let title = match lang {
        crate::text::lang::Lang::Ar => talk.dialogs.charity.title_ar.clone(),
        crate::text::lang::Lang::En => talk.dialogs.charity.title_en.clone(),
    };
    let own = facts.get(&format!("address.{}", lang.code()));
    let address = own
        .or_else(|| facts.get("address"))
        .cloned()
        .unwrap_or_default();
    talk.show(Show::Place {
        latitude,
        longitude,
        title,
        address,
    });
}
