//! Looking into JSON that somebody else made, where anything may be missing or of another type.

use serde_json::Value;

const NULL: Value = Value::Null;

/// What lies there; null where the way ends.
pub fn path<'a>(value: &'a Value, way: &[&str]) -> &'a Value {
    way.iter()
        .try_fold(value, |value, name| value.get(name))
        .unwrap_or(&NULL)
}

/// The text under a name, if it is one and not empty.
pub fn text<'a>(value: &'a Value, name: &str) -> Option<&'a str> {
    value.get(name)?.as_str().filter(|text| !text.is_empty())
}

/// The list under a name; empty where there is none.
pub fn list<'a>(value: &'a Value, name: &str) -> &'a [Value] {
    value
        .get(name)
        .and_then(Value::as_array)
        .map_or(&[], Vec::as_slice)
}

/// A whole number, whether written as one or as a text.
pub fn number(value: &Value) -> Option<i64> {
    match value {
        Value::String(text) => text.trim().parse().ok(),
        value => value.as_i64(),
    }
}
