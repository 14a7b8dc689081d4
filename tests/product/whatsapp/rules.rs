//! What the Graph API takes and what it refuses, as CHANNELS says: limits and shapes of every payload. A reply
//! that numbers its choices where there is a native form is refused, too.

use std::collections::BTreeSet;

use serde_json::Value;

/// Code and details of a refusal.
pub type Refused = (i64, &'static str);

/// A template that was approved: name, language, number of parameters.
pub type Template = (&'static str, &'static str, usize);

/// What else a payload is judged by.
pub struct Known<'a> {
    pub uploads: &'a BTreeSet<String>,
    pub templates: &'a [Template],
    pub window_open: bool,
}

const MISSING: i64 = 131_008;
const INVALID: i64 = 131_009;

pub fn judge(body: &Value, known: &Known<'_>) -> Result<(), Refused> {
    if body["messaging_product"] != "whatsapp" {
        return Err((100, "messaging_product"));
    }
    if !body["recipient_type"].is_null() && body["recipient_type"] != "individual" {
        return Err((100, "recipient_type"));
    }
    if body["to"].as_str().is_none() && body["recipient"].as_str().is_none() {
        return Err((MISSING, "to"));
    }
    if !body["context"].is_null() {
        text(&body["context"]["message_id"], 255, "context")?;
    }
    if !body["biz_opaque_callback_data"].is_null() {
        text(&body["biz_opaque_callback_data"], 512, "callback data")?;
    }
    let kind = body["type"].as_str().unwrap_or("text");
    if kind != "template" && !known.window_open {
        return Err((131_047, "re-engagement message"));
    }
    let it = &body[kind];
    if !it.is_object() && !it.is_array() {
        return Err((MISSING, "the object named like the type"));
    }
    match kind {
        "text" => plain(it),
        "interactive" => interactive(it),
        "location" => location(it),
        "contacts" => contacts(it),
        "image" | "audio" | "video" | "document" => media(kind, it, known.uploads),
        "template" => template(it, known.templates),
        _ => Err((100, "type")),
    }
}

fn text(value: &Value, most: usize, what: &'static str) -> Result<(), Refused> {
    match value.as_str() {
        None => Err((MISSING, what)),
        Some(text) if text.trim().is_empty() => Err((MISSING, what)),
        Some(text) if text.chars().count() > most => Err((INVALID, what)),
        Some(_) => Ok(()),
    }
}

fn plain(it: &Value) -> Result<(), Refused> {
    text(&it["body"], 4_096, "text.body")?;
    let last = it["body"].as_str().unwrap_or_default().lines().last();
    let numbered = last.is_some_and(|line| {
        let digits: String = line.chars().take_while(char::is_ascii_digit).collect();
        digits.parse::<u32>().is_ok_and(|n| n >= 2)
            && line[digits.len()..].starts_with(['.', ')', '-'])
    });
    match numbered {
        true => Err((
            INVALID,
            "choices as numbered text, where buttons and lists are",
        )),
        false => Ok(()),
    }
}

fn interactive(it: &Value) -> Result<(), Refused> {
    text(&it["body"]["text"], 1_024, "interactive.body")?;
    let action = &it["action"];
    match it["type"].as_str() {
        Some("button") => buttons(&action["buttons"]),
        Some("list") => list(action),
        Some("cta_url") => {
            text(&action["parameters"]["display_text"], 20, "display_text")?;
            let url = action["parameters"]["url"].as_str().unwrap_or_default();
            match url.starts_with("http://") || url.starts_with("https://") {
                true => Ok(()),
                false => Err((INVALID, "url")),
            }
        }
        Some("location_request_message") if action["name"] == "send_location" => Ok(()),
        Some("request_contact_info") if action["name"] == "request_contact_info" => Ok(()),
        _ => Err((INVALID, "interactive.type")),
    }
}

fn buttons(buttons: &Value) -> Result<(), Refused> {
    let buttons = buttons.as_array().ok_or((MISSING, "buttons"))?;
    if !(1..=3).contains(&buttons.len()) {
        return Err((INVALID, "number of buttons"));
    }
    for button in buttons {
        if button["type"] != "reply" {
            return Err((INVALID, "button.type"));
        }
        text(&button["reply"]["id"], 256, "button.id")?;
        text(&button["reply"]["title"], 20, "button.title")?;
    }
    differ(buttons.iter().map(|one| &one["reply"]["id"]), "equal ids")?;
    differ(
        buttons.iter().map(|one| &one["reply"]["title"]),
        "equal titles",
    )
}

fn list(action: &Value) -> Result<(), Refused> {
    text(&action["button"], 20, "action.button")?;
    let sections = action["sections"].as_array().ok_or((MISSING, "sections"))?;
    if !(1..=10).contains(&sections.len()) {
        return Err((INVALID, "number of sections"));
    }
    let mut all = Vec::new();
    for section in sections {
        if sections.len() > 1 {
            text(&section["title"], 24, "section.title")?;
        }
        all.extend(section["rows"].as_array().ok_or((MISSING, "rows"))?);
    }
    if !(1..=10).contains(&all.len()) {
        return Err((INVALID, "number of rows in all"));
    }
    for row in &all {
        text(&row["id"], 200, "row.id")?;
        text(&row["title"], 24, "row.title")?;
        if !row["description"].is_null() {
            text(&row["description"], 72, "row.description")?;
        }
    }
    differ(all.iter().map(|row| &row["id"]), "equal ids")?;
    differ(all.iter().map(|row| &row["title"]), "equal titles")
}

fn differ<'a>(values: impl Iterator<Item = &'a Value>, what: &'static str) -> Result<(), Refused> {
    let mut seen = BTreeSet::new();
    for value in values {
        if !seen.insert(value.as_str().unwrap_or_default()) {
            return Err((INVALID, what));
        }
    }
    Ok(())
}

fn location(it: &Value) -> Result<(), Refused> {
    let on_earth = |name: &str, most: f64| it[name].as_f64().is_some_and(|at| at.abs() <= most);
    match on_earth("latitude", 90.0) && on_earth("longitude", 180.0) {
        true => Ok(()),
        false => Err((INVALID, "location")),
    }
}

fn contacts(it: &Value) -> Result<(), Refused> {
    let cards = it.as_array().ok_or((MISSING, "contacts"))?;
    if !(1..=5).contains(&cards.len()) {
        return Err((INVALID, "number of contacts"));
    }
    for card in cards {
        text(&card["name"]["formatted_name"], 200, "formatted_name")?;
        let parts = ["first_name", "last_name", "middle_name"];
        if parts.iter().all(|part| card["name"][part].is_null()) {
            return Err((MISSING, "a part of the name"));
        }
    }
    Ok(())
}

fn media(kind: &str, it: &Value, uploads: &BTreeSet<String>) -> Result<(), Refused> {
    match it["id"].as_str() {
        Some(id) if uploads.contains(id) => {}
        Some(_) => return Err((INVALID, "media id")),
        None => text(&it["link"], 2_000, "media")?,
    }
    match (kind, it["caption"].is_null()) {
        (_, true) => Ok(()),
        ("audio", false) => Err((INVALID, "caption of a recording")),
        (_, false) => text(&it["caption"], 1_024, "caption"),
    }
}

fn template(it: &Value, known: &[Template]) -> Result<(), Refused> {
    text(&it["name"], 512, "template.name")?;
    let (name, language) = (it["name"].as_str(), it["language"]["code"].as_str());
    let found = known
        .iter()
        .find(|(known, code, _)| Some(*known) == name && Some(*code) == language);
    let Some((_, _, count)) = found else {
        return Err((132_001, "no such template in that language"));
    };
    let given = it["components"].as_array().cloned().unwrap_or_default();
    let body = given.iter().find(|one| one["type"] == "body");
    let parameters = body.and_then(|body| body["parameters"].as_array());
    let parameters = parameters.cloned().unwrap_or_default();
    if parameters.len() != *count {
        return Err((132_000, "number of parameters"));
    }
    for one in &parameters {
        text(&one["text"], 1_024, "parameter")?;
        let words = one["text"].as_str().unwrap_or_default();
        if words.contains(['\n', '\t']) || words.contains("     ") {
            return Err((132_018, "line breaks, tabs or more than four spaces"));
        }
    }
    Ok(())
}

#[test]
fn the_stand_in_refuses_as_the_platform_does() {
    use serde_json::json;
    let uploads = BTreeSet::from(["m1".to_owned()]);
    let known = |window_open| Known {
        uploads: &uploads,
        templates: &[("case_update", "ar", 1)],
        window_open,
    };
    let send = |kind: &str, it: Value, window: bool| {
        let body =
            json!({"messaging_product": "whatsapp", "to": "966512345678", "type": kind, kind: it});
        judge(&body, &known(window)).err().map(|(code, _)| code)
    };
    let button =
        |id: &str, title: &str| json!({"type": "reply", "reply": {"id": id, "title": title}});
    let buttons =
        |all: Value| json!({"type": "button", "body": {"text": "x"}, "action": {"buttons": all}});
    let rows = |n: usize| -> Vec<Value> {
        (0..n)
            .map(|n| json!({"id": n.to_string(), "title": format!("t{n}")}))
            .collect()
    };
    let list = |sections: Value| json!({"type": "list", "body": {"text": "x"}, "action": {"button": "x", "sections": sections}});
    let filled = |text: &str| json!({"name": "case_update", "language": {"code": "ar"}, "components": [{"type": "body", "parameters": [{"type": "text", "text": text}]}]});
    for (case, kind, it, window, expected) in [
        ("words", "text", json!({"body": "x"}), true, None),
        (
            "no words",
            "text",
            json!({"body": " "}),
            true,
            Some(131_008),
        ),
        (
            "too many words",
            "text",
            json!({"body": "x".repeat(4_097)}),
            true,
            Some(131_009),
        ),
        (
            "numbered words",
            "text",
            json!({"body": "x\n1. a\n2. b"}),
            true,
            Some(131_009),
        ),
        (
            "a closed window",
            "text",
            json!({"body": "x"}),
            false,
            Some(131_047),
        ),
        (
            "a button of 20",
            "interactive",
            buttons(json!([button("a", &"x".repeat(20))])),
            true,
            None,
        ),
        (
            "a button of 21",
            "interactive",
            buttons(json!([button("a", &"x".repeat(21))])),
            true,
            Some(131_009),
        ),
        (
            "equal titles",
            "interactive",
            buttons(json!([button("a", "x"), button("b", "x")])),
            true,
            Some(131_009),
        ),
        (
            "four buttons",
            "interactive",
            buttons(json!([
                button("a", "a"),
                button("b", "b"),
                button("c", "c"),
                button("d", "d")
            ])),
            true,
            Some(131_009),
        ),
        (
            "ten rows",
            "interactive",
            list(json!([{"rows": rows(10)}])),
            true,
            None,
        ),
        (
            "eleven rows in two sections",
            "interactive",
            list(json!([{"title": "a", "rows": rows(6)}, {"title": "b", "rows": rows(5)}])),
            true,
            Some(131_009),
        ),
        (
            "an upload",
            "document",
            json!({"id": "m1", "filename": "a.pdf"}),
            true,
            None,
        ),
        (
            "nobody's upload",
            "document",
            json!({"id": "m2"}),
            true,
            Some(131_009),
        ),
        ("a template", "template", filled("W-1"), false, None),
        (
            "a parameter of two lines",
            "template",
            filled("a\nb"),
            false,
            Some(132_018),
        ),
        (
            "no parameter",
            "template",
            json!({"name": "case_update", "language": {"code": "ar"}}),
            false,
            Some(132_000),
        ),
        (
            "another language",
            "template",
            json!({"name": "case_update", "language": {"code": "en"}}),
            false,
            Some(132_001),
        ),
    ] {
        assert_eq!(send(kind, it, window), expected, "{case}");
    }
}
