//! `wasl channels strange`: what platforms brought in a form that this version does not read. It shows how the latest of
//! each kind is built, which is what a programmer needs, and never what it says.

use chrono::DateTime;
use serde_json::{Map, Value};

use crate::cli::exit::{Ended, Ending, OrEnd};
use crate::cli::out::say;
use crate::cli::store::reading;
use crate::config::Settings;
use crate::store::strange::{self, StrangeKind};

/// Letters of a structure that are shown.
const SHOWN_MAX: usize = 4_000;

pub async fn list(settings: &Settings) -> Ended {
    let doing = "reading what nobody could read";
    let store = reading(settings).await?;
    let mut reader = store.reader().await.or_end(Ending::Unavailable, doing)?;
    let kinds = strange::kinds(&mut reader).await;
    for one in kinds.or_end(Ending::Unavailable, doing)? {
        let latest = strange::latest(&mut reader, &one.channel, &one.kind).await;
        let latest = latest.or_end(Ending::Unavailable, doing)?;
        say(told(&one, latest));
    }
    Ok(Ending::Done)
}

fn told(kind: &StrangeKind, latest: Option<(String, i64)>) -> String {
    let at = DateTime::from_timestamp_millis(kind.latest).unwrap_or_default();
    let when = at.format("%Y-%m-%d %H:%M UTC");
    let (body, bytes) = latest.unwrap_or_default();
    format!(
        "{}  {}, {} kept, the latest {when} of {bytes} bytes\n    {}",
        kind.channel,
        kind.kind,
        kind.count,
        built(&body)
    )
}

/// How it is built, without what it says.
fn built(body: &str) -> String {
    match serde_json::from_str(body) {
        Ok(value) => {
            let bare = bare(&value).to_string();
            bare.chars().take(SHOWN_MAX).collect()
        }
        Err(_) => "no JSON, too deep, or too long to be kept whole".to_owned(),
    }
}

fn bare(value: &Value) -> Value {
    match value {
        Value::Null => Value::Null,
        Value::Bool(_) => Value::Bool(true),
        Value::Number(_) => Value::from(0),
        Value::String(_) => Value::from("…"),
        Value::Array(all) => all.iter().take(1).map(bare).collect(),
        Value::Object(fields) => {
            let fields = fields
                .iter()
                .map(|(name, value)| (name.clone(), bare(value)));
            Value::Object(fields.collect::<Map<_, _>>())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_structure_is_shown_and_nothing_of_what_it_says() {
        let body = r#"{"update_id":871,"story_note":{"from":{"id":5001,"first_name":"سارة"},"parts":["a","b"],"seen":true,"of":null}}"#;
        let expected = r#"{"story_note":{"from":{"first_name":"…","id":0},"of":null,"parts":["…"],"seen":true},"update_id":0}"#;
        let (given, expected): (Value, Value) = (
            serde_json::from_str(&built(body)).unwrap(),
            serde_json::from_str(expected).unwrap(),
        );
        assert_eq!(given, expected);
        assert!(built("{").starts_with("no JSON"));
    }
}
