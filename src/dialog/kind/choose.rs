//! `choose`: one or several of options, by button, number, label or another word for it.

use super::question;
use super::{Enter, Said, Taken, options};
use crate::dialog::finding::Span;
use crate::dialog::form;
use crate::dialog::model::{Choose, Dialog, Exit, Options, Step};
use crate::dialog::talk::Talk;
use crate::dialog::value::Value;
use crate::dialog::words;
use crate::text::article;
use crate::text::fold::{ascii_digits, fold, strip_marks};
use options::Pickable;

/// The frame's note of what is picked so far, where several may be: names with spaces between.
const PICKED_NOTE: &str = "picked";

pub(in crate::dialog) fn enter(talk: &mut Talk, step: &Step, choose: &Choose) -> Enter {
    if let Some(frame) = talk.frame_mut() {
        frame.notes.remove(PICKED_NOTE);
    }
    let nothing = options::of(talk, choose).is_empty();
    if nothing && choose.question.optional {
        return Enter::On(None);
    }
    if nothing {
        talk.phrase("choose.nothing");
        return Enter::On(Some(Exit::Dialog {
            name: form::MENU.to_owned(),
            at: Span::default(),
        }));
    }
    if let Some(only) = single(talk, choose) {
        let given = talk.given(Value::Option(only));
        if let Some(frame) = talk.frame_mut() {
            frame.answers.insert(step.name.clone(), given);
        }
        return Enter::On(None);
    }
    let now = talk.now();
    if let Some(frame) = talk.frame_mut() {
        frame.asked_at = now;
    }
    ask(talk, step, choose);
    Enter::Waits
}

/// The only option, where that is picked without asking.
fn single(talk: &Talk, choose: &Choose) -> Option<String> {
    let options = options::of(talk, choose);
    match &options[..] {
        [only] if choose.single => Some(only.name.clone()),
        _ => None,
    }
}

pub(in crate::dialog) fn ask(talk: &mut Talk, step: &Step, choose: &Choose) {
    if question::say(talk, step, &choose.question) {
        return;
    }
    if choose.several {
        say_picked(talk, step, choose);
    }
    put(talk, step, choose);
}

pub(in crate::dialog) fn put(talk: &mut Talk, _step: &Step, choose: &Choose) {
    let options = options::of(talk, choose).into_iter();
    let choices = options
        .map(|option| talk.choice(&option.name, option.title, option.note))
        .collect();
    question::put(talk, &choose.question, choices, None, choose.several);
}

fn say_picked(talk: &mut Talk, step: &Step, choose: &Choose) {
    let picked = picked(talk);
    let titles: Vec<String> = options::of(talk, choose)
        .into_iter()
        .filter(|o| picked.contains(&o.name))
        .map(|o| o.title)
        .collect();
    let _ = step;
    talk.phrase_with("choose.several", |context| match titles.is_empty() {
        true => context.unknown("picked"),
        false => context.list("picked", &titles),
    });
}

pub(in crate::dialog) fn take(
    talk: &mut Talk,
    _dialog: &Dialog,
    step: &Step,
    choose: &Choose,
    said: Said,
) -> Taken {
    match said {
        Said::Pick(question::DONE) if choose.several => done(talk),
        Said::Pick(name) => match options::of(talk, choose)
            .iter()
            .any(|option| option.name == name)
        {
            true => pick(talk, step, choose, vec![name.to_owned()]),
            false => Taken::again("old.unknown"),
        },
        Said::Text(text) => match read(&options::of(talk, choose), text, choose.several) {
            Some(names) => pick(talk, step, choose, names),
            None => unknown(talk, choose),
        },
        Said::File(_) => Taken::again("choose.by_number"),
        Said::Pin(..) => Taken::again("location.not_here"),
        Said::Card(_) => Taken::again("contact.not_here"),
    }
}

fn unknown(talk: &Talk, choose: &Choose) -> Taken {
    if choose.question.again.is_some() {
        return Taken::Again(None);
    }
    let count = options::of(talk, choose).len();
    Taken::Again(Some(crate::dialog::read::Reason::counting(
        "choose.unknown",
        "count",
        count as i64,
    )))
}

/// Reads which options a text means: numbers, a title, another word, or a title within more words.
fn read(options: &[Pickable], text: &str, several: bool) -> Option<Vec<String>> {
    if several && let Some(names) = by_numbers(options, text) {
        return Some(names);
    }
    one(options, text).map(|option| vec![option.name.clone()])
}

fn one<'o>(options: &'o [Pickable], text: &str) -> Option<&'o Pickable> {
    if let Some(number) = words::number(text) {
        return options.get(number.checked_sub(1)?);
    }
    let folded = fold(text);
    if folded.is_empty() {
        return None;
    }
    let exact =
        |option: &&Pickable| fold(&option.title) == folded || option.words.contains(&folded);
    options
        .iter()
        .find(exact)
        .or_else(|| near(options, text))
        .or_else(|| within(options, &folded))
}

/// The only option whose title differs by one slip.
fn near<'o>(options: &'o [Pickable], text: &str) -> Option<&'o Pickable> {
    only(
        options
            .iter()
            .filter(|option| words::nearly(text, &option.title)),
    )
}

/// The only option whose title or word stands in the message, as whole words.
fn within<'o>(options: &'o [Pickable], folded: &str) -> Option<&'o Pickable> {
    let spaced = format!(" {} ", article::without(folded));
    let stands =
        |text: &str| !text.is_empty() && spaced.contains(&format!(" {} ", article::without(text)));
    let named = |option: &&Pickable| {
        stands(&fold(&option.title)) || option.words.iter().any(|word| stands(word))
    };
    only(options.iter().filter(named))
}

fn only<'o>(mut found: impl Iterator<Item = &'o Pickable>) -> Option<&'o Pickable> {
    let first = found.next()?;
    found.next().is_none().then_some(first)
}

/// Several numbers in one message: `1 و 3`, `١،٣`.
fn by_numbers(options: &[Pickable], text: &str) -> Option<Vec<String>> {
    let plain = ascii_digits(&strip_marks(text));
    let groups: Vec<&str> = plain
        .split(|c: char| !c.is_ascii_digit())
        .filter(|group| !group.is_empty())
        .collect();
    let letters = plain.chars().filter(|c| c.is_alphabetic()).count();
    if groups.len() < 2 || letters > groups.len() {
        return None;
    }
    let option = |group: &&str| options.get(group.parse::<usize>().ok()?.checked_sub(1)?);
    groups
        .iter()
        .map(|group| option(group).map(|option| option.name.clone()))
        .collect()
}

fn pick(talk: &mut Talk, step: &Step, choose: &Choose, names: Vec<String>) -> Taken {
    if choose.several {
        return pick_more(talk, step, choose, names);
    }
    let name = names.into_iter().next().unwrap_or_default();
    match closed(talk, choose, &name) {
        true => Taken::Told,
        false => Taken::Answer(talk.given(Value::Option(name))),
    }
}

/// A closed service says so, and the question stands.
fn closed(talk: &mut Talk, choose: &Choose, name: &str) -> bool {
    let Options::Services = choose.options else {
        return false;
    };
    let Some(service) = talk.service_named(name).filter(|service| !service.open) else {
        return false;
    };
    match &service.closed {
        Some(text) => talk.say(text),
        None => {
            let label = service.title.source(talk.lang()).to_owned();
            talk.phrase_with("choose.closed", |context| context.text("label", &label));
        }
    }
    question::put_again(talk);
    true
}

fn picked(talk: &Talk) -> Vec<String> {
    let note = talk.frame().and_then(|frame| frame.notes.get(PICKED_NOTE));
    note.map(|note| {
        note.split(' ')
            .filter(|name| !name.is_empty())
            .map(str::to_owned)
            .collect()
    })
    .unwrap_or_default()
}

/// A pick again takes it back. Several at once, by numbers, are the answer.
fn pick_more(talk: &mut Talk, step: &Step, choose: &Choose, names: Vec<String>) -> Taken {
    if names.len() > 1 {
        let mut names = names;
        names.sort();
        names.dedup();
        return Taken::Answer(talk.given(Value::Options(names)));
    }
    let mut picked = picked(talk);
    for name in names {
        match picked.iter().position(|known| *known == name) {
            Some(at) => drop(picked.remove(at)),
            None => picked.push(name),
        }
    }
    if let Some(frame) = talk.frame_mut() {
        frame.notes.insert(PICKED_NOTE.to_owned(), picked.join(" "));
    }
    say_picked(talk, step, choose);
    put(talk, step, choose);
    Taken::Told
}

fn done(talk: &mut Talk) -> Taken {
    let picked = picked(talk);
    match picked.is_empty() {
        true => Taken::again("choose.none"),
        false => Taken::Answer(talk.given(Value::Options(picked))),
    }
}

pub(in crate::dialog) fn fits(choose: &Choose, value: &Value) -> bool {
    match (&choose.options, value, choose.several) {
        (Options::Listed(options), Value::Option(name), false) => {
            options.iter().any(|option| option.name == *name)
        }
        (Options::Listed(options), Value::Options(names), true) => names
            .iter()
            .all(|name| options.iter().any(|option| option.name == *name)),
        (_, Value::Option(_), false) | (_, Value::Options(_), true) => true,
        _ => false,
    }
}

pub(in crate::dialog) fn exit_of(choose: &Choose, name: &str) -> Option<Exit> {
    options::exit(choose, name)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pickable(name: &str, title: &str, words: &[&str]) -> Pickable {
        Pickable {
            name: name.to_owned(),
            title: title.to_owned(),
            note: None,
            words: words.iter().map(|word| fold(word)).collect(),
        }
    }

    #[test]
    fn an_option_is_picked_by_number_title_slip_or_word() {
        let options = [
            pickable("food", "سلة غذائية", &["سله"]),
            pickable("rent", "دعم الإيجار", &["ايجار"]),
            pickable("bill", "فاتورة الكهرباء", &[]),
        ];
        for (text, expected) in [
            ("2", Some("rent")),
            ("٢", Some("rent")),
            ("\u{200F}۲.", Some("rent")),
            ("(3)", Some("bill")),
            ("سلة غذائية", Some("food")),
            ("السلة", Some("food")),
            ("السله الغذائيه", Some("food")),
            ("للايجار", Some("rent")),
            ("الثالث", Some("bill")),
            ("الخيار الثاني", Some("rent")),
            ("رقم ٢", Some("rent")),
            ("واحد", Some("food")),
            ("سَلّة غذائيه", Some("food")),
            ("دعم الاجار", Some("rent")),
            ("ابغى الكهرباء", None),
            ("ابغى فاتوره الكهرباء لو سمحتم", Some("bill")),
            ("ايجار", Some("rent")),
            ("ايجار او سله", None),
            ("9", None),
            ("0", None),
            ("😀", None),
            ("", None),
        ] {
            let found = read(&options, text, false).map(|names| names[0].clone());
            assert_eq!(found.as_deref(), expected, "{text}");
        }
        assert_eq!(
            read(&options, "١ و ٣", true),
            Some(vec!["food".to_owned(), "bill".to_owned()])
        );
        assert_eq!(read(&options, "1 و 9", true), None);
    }
}
