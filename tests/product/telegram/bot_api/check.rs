//! Shapes and limits of what may be sent (CHANNELS section 2.3), refused in Telegram's words.

use serde_json::Value;

use super::{Refused, html};

const TEXT_MAX: usize = 4096;
const CAPTION_MAX: usize = 1024;
const DATA_BYTES_MAX: usize = 64;
const BUTTONS_MAX: usize = 100;
const VCARD_BYTES_MAX: usize = 2048;
const PLACEHOLDER_MAX: usize = 64;

/// The words of a text parameter within its limit.
pub fn text(params: &Value, name: &str) -> Result<String, Refused> {
    let given = params[name].as_str().unwrap_or_default();
    let words = match params["parse_mode"].as_str() {
        Some(mode) if mode.eq_ignore_ascii_case("html") => html::words(given)
            .map_err(|why| Refused::bad(format!("can't parse entities: {why}")))?,
        Some(_) => return Err(Refused::bad("unsupported parse_mode")),
        None => given.to_owned(),
    };
    let count = words.chars().count();
    match name {
        "text" if words.trim().is_empty() => Err(Refused::bad("message text is empty")),
        "text" if count > TEXT_MAX => Err(Refused::bad("message is too long")),
        "caption" if count > CAPTION_MAX => Err(Refused::bad("message caption is too long")),
        _ => Ok(words),
    }
}

/// A keyboard of any kind.
pub fn markup(markup: &Value) -> Result<(), Refused> {
    if markup.is_null() {
        return Ok(());
    }
    let kinds = [
        "inline_keyboard",
        "keyboard",
        "remove_keyboard",
        "force_reply",
    ];
    let given = kinds.iter().filter(|kind| !markup[**kind].is_null());
    if given.count() != 1 {
        return Err(Refused::bad("object expected as reply markup"));
    }
    if let Some(rows) = markup["inline_keyboard"].as_array() {
        return buttons(rows, inline);
    }
    if let Some(rows) = markup["keyboard"].as_array() {
        let hint = markup["input_field_placeholder"]
            .as_str()
            .unwrap_or_default();
        if hint.chars().count() > PLACEHOLDER_MAX {
            return Err(Refused::bad("input field placeholder is too long"));
        }
        return buttons(rows, |_| Ok(()));
    }
    Ok(())
}

fn buttons(rows: &[Value], one: fn(&Value) -> Result<(), Refused>) -> Result<(), Refused> {
    let mut count = 0;
    for row in rows {
        let row = row
            .as_array()
            .ok_or_else(|| Refused::bad("can't parse reply keyboard markup JSON object"))?;
        for button in row {
            count += 1;
            let title = button["text"].as_str().unwrap_or_default();
            if title.trim().is_empty() {
                return Err(Refused::bad("text buttons must be non-empty"));
            }
            one(button)?;
        }
    }
    match count {
        1..=BUTTONS_MAX => Ok(()),
        _ => Err(Refused::bad("reply markup is too long")),
    }
}

fn inline(button: &Value) -> Result<(), Refused> {
    if let Some(data) = button["callback_data"].as_str() {
        return match data.len() {
            1..=DATA_BYTES_MAX => Ok(()),
            _ => Err(Refused::bad("BUTTON_DATA_INVALID")),
        };
    }
    match button["url"].as_str() {
        Some(url) if url.starts_with("https://") && !url.contains("localhost") => Ok(()),
        Some(url) => Err(Refused::bad(format!(
            "inline keyboard button URL '{url}' is invalid: Wrong HTTP URL"
        ))),
        None => Err(Refused::bad(
            "text buttons are unallowed in the inline keyboard",
        )),
    }
}

pub fn pin(params: &Value) -> Result<(), Refused> {
    let degrees = |name: &str, most: f64| {
        let value = &params[name];
        let value = value.as_f64().or_else(|| value.as_str()?.parse().ok());
        value.is_some_and(|value| value.abs() <= most)
    };
    if !degrees("latitude", 90.0) || !degrees("longitude", 180.0) {
        return Err(Refused::bad("wrong location specified"));
    }
    Ok(())
}

pub fn place(params: &Value) -> Result<(), Refused> {
    pin(params)?;
    for name in ["title", "address"] {
        if params[name].as_str().unwrap_or_default().is_empty() {
            return Err(Refused::bad(format!("parameter \"{name}\" is required")));
        }
    }
    Ok(())
}

pub fn card(params: &Value) -> Result<(), Refused> {
    for name in ["phone_number", "first_name"] {
        if params[name].as_str().unwrap_or_default().is_empty() {
            return Err(Refused::bad(format!("parameter \"{name}\" is required")));
        }
    }
    let vcard = params["vcard"].as_str().unwrap_or_default();
    let is_whole =
        vcard.is_empty() || (vcard.starts_with("BEGIN:VCARD\r\n") && vcard.ends_with("END:VCARD"));
    match is_whole && vcard.len() <= VCARD_BYTES_MAX {
        true => Ok(()),
        false => Err(Refused::bad("vCard is too long or broken")),
    }
}

/// Choices as a numbered text, where buttons exist (CHANNELS section 4).
pub fn is_numbered_choice(words: &str, markup: &Value) -> bool {
    let begins = |number: usize| {
        words.lines().any(|line| {
            let line = line.trim_start_matches(['\u{200F}', '\u{2066}', '\u{2068}']);
            line.starts_with(&format!("{number}. "))
        })
    };
    markup["inline_keyboard"].is_null() && begins(1) && begins(2)
}

/// Lines of an Arabic text that would run from the left.
pub fn runs_from_the_left(words: &str) -> bool {
    let is_arabic = |c: char| ('\u{0600}'..='\u{06FF}').contains(&c);
    let letters = words.chars().filter(|c| c.is_alphabetic());
    let (arabic, all) = letters.fold((0, 0), |(arabic, all), c| {
        (arabic + usize::from(is_arabic(c)), all + 1)
    });
    // What is mostly Arabic is an Arabic text.
    let arabic_text = arabic * 2 > all;
    let strong = |line: &str| {
        let mut chars = line.chars();
        chars
            .find(|c| c.is_alphabetic() || *c == '\u{200F}')
            .is_some_and(|c| c != '\u{200F}' && !is_arabic(c))
    };
    arabic_text && words.lines().any(strong)
}
