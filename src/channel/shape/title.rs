//! Titles that fit and still differ: platforms refuse two equal ones, and a person must tell them apart.

use crate::reply::{Choice, Limits};
use crate::text::graphemes;

/// Titles within the limit of buttons.
pub fn buttons(choices: Vec<Choice>, limits: &Limits) -> Vec<Choice> {
    differing(choices, limits.button_title)
}

/// Titles and notes within the limits of rows; what was cut off a title stands in its note.
pub fn rows(choices: Vec<Choice>, limits: &Limits) -> Vec<Choice> {
    let whole: Vec<String> = choices.iter().map(|one| one.title.clone()).collect();
    let mut rows = differing(choices, limits.row_title);
    for (row, whole) in rows.iter_mut().zip(whole) {
        if row.note.is_none() && row.title != whole {
            row.note = Some(whole);
        }
        row.note = row.note.take().map(|note| shorten(&note, limits.row_note));
    }
    rows
}

fn differing(choices: Vec<Choice>, most: usize) -> Vec<Choice> {
    let mut taken: Vec<String> = Vec::new();
    choices
        .into_iter()
        .map(|mut one| {
            one.title = fresh(&one.title, most, &taken);
            taken.push(one.title.clone());
            one
        })
        .collect()
}

/// The shortened title, with a number where it would read like an earlier one.
fn fresh(title: &str, most: usize, taken: &[String]) -> String {
    let short = shorten(title, most);
    if !taken.contains(&short) {
        return short;
    }
    (2..)
        .map(|n| {
            let mark = format!(" {n}");
            let room = most.saturating_sub(mark.chars().count());
            format!("{}{mark}", graphemes::cut(title, room).trim_end())
        })
        .find(|numbered| !taken.contains(numbered))
        .unwrap_or(short)
}

fn shorten(text: &str, most: usize) -> String {
    if text.chars().count() <= most {
        return text.to_owned();
    }
    let cut = graphemes::cut(text, most.saturating_sub(1)).trim_end();
    format!("{cut}…")
}
