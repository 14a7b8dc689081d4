//! The JSON Schema of the dialog files, made from the very tables by which they are read: an editor that
//! has it completes keys and shows what is wrong while an author types.

use serde_json::{Map, Value, json};

use super::load::HOUSE_FILES;
use super::load::keys::{CONDITION, DIALOG, SHOW_DOCUMENT, SHOW_FILE, SHOW_LINK, STEPS, TEXT};
use super::load::shape::{KeySpec, NAME_CHARS_MAX, Shape, Table, Verb};

/// The schema of a dialog file; those of the other files stand in `$defs` by their names (`#/$defs/words`).
pub fn schema() -> Value {
    let mut defs = Map::new();
    defs.insert("text".to_owned(), table(&TEXT));
    defs.insert("condition".to_owned(), table(&CONDITION));
    defs.insert(
        "step".to_owned(),
        json!({"oneOf": STEPS.iter().map(verb).collect::<Vec<_>>()}),
    );
    defs.insert("dialog".to_owned(), table(&DIALOG));
    defs.extend(
        HOUSE_FILES
            .iter()
            .map(|(name, shape)| ((*name).to_owned(), of(shape))),
    );
    json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": "wasl-dialog.schema.json",
        "title": "A dialog file of Wasl",
        "description": "For the other files point your editor at #/$defs/charity, services, words, phrases, templates, cases or processing.",
        "$ref": "#/$defs/dialog",
        "$defs": defs,
    })
}

fn of(shape: &Shape) -> Value {
    match shape {
        Shape::Text => json!({"$ref": "#/$defs/text"}),
        // Numbers and true stand for themselves where a word is wanted.
        Shape::Words => json!({"type": ["string", "number", "boolean"]}),
        Shape::Name => name(),
        Shape::Flag => json!({"type": "boolean"}),
        Shape::Whole(i64::MIN, _) => json!({"type": "integer"}),
        Shape::Whole(least, most) => json!({"type": "integer", "minimum": least, "maximum": most}),
        Shape::OneOf(words) => json!({"enum": words}),
        Shape::Condition => json!({"$ref": "#/$defs/condition"}),
        Shape::Exit => json!({"anyOf": [name(), {
            "type": "object",
            "properties": {"dialog": name()},
            "required": ["dialog"],
            "additionalProperties": false,
        }]}),
        Shape::List(item) => json!({"type": "array", "items": of(item), "minItems": 1}),
        Shape::Map(keys) => table(keys),
        Shape::Named(value) => json!({"type": "object", "additionalProperties": of(value)}),
        Shape::NamedItem(keys) => json!({
            "type": "object",
            "minProperties": 1,
            "maxProperties": 1,
            "propertyNames": {"pattern": NAME},
            "additionalProperties": table(keys),
        }),
        Shape::Verbs(verbs) if std::ptr::eq(*verbs, STEPS) => json!({"$ref": "#/$defs/step"}),
        Shape::Verbs([one]) => verb(one),
        Shape::Verbs(verbs) => json!({"oneOf": verbs.iter().map(verb).collect::<Vec<_>>()}),
        Shape::Fact => json!({"anyOf": [{"type": ["string", "number"]}, {"$ref": "#/$defs/text"}]}),
        Shape::Show => {
            let shown = [&SHOW_FILE, &SHOW_LINK, &SHOW_DOCUMENT].map(table);
            let [file, link, document] = shown;
            json!({"anyOf": [{"const": "places"}, file, link, document]})
        }
        Shape::Like(like) => {
            json!({"type": "string", "examples": [like.example.trim_matches('"')]})
        }
        Shape::Any => json!({}),
    }
}

const NAME: &str = "^[a-z][a-z0-9_]*$";

fn name() -> Value {
    json!({"type": "string", "pattern": NAME, "maxLength": NAME_CHARS_MAX})
}

fn table(table: &Table) -> Value {
    object(table.keys.iter())
}

fn verb(verb: &Verb) -> Value {
    let mut schema = object(verb.keys());
    let mut named = of(&verb.name);
    named["description"] = verb.about.into();
    schema["properties"][verb.verb] = named;
    if let Some(required) = schema["required"].as_array_mut() {
        required.insert(0, verb.verb.into());
    }
    schema["title"] = verb.verb.into();
    schema
}

fn object<'k>(keys: impl Iterator<Item = &'k KeySpec> + Clone) -> Value {
    let needed: Vec<&str> = keys
        .clone()
        .filter(|key| key.needed)
        .map(|key| key.name)
        .collect();
    let properties: Map<String, Value> = keys
        .map(|key| (key.name.to_owned(), property(key)))
        .collect();
    json!({"type": "object", "properties": properties, "required": needed, "additionalProperties": false})
}

fn property(key: &KeySpec) -> Value {
    let mut schema = of(&key.shape);
    schema["description"] = key.about.into();
    schema
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dialog::finding::Findings;
    use crate::dialog::load::embedded;
    use crate::dialog::yaml::{self, Data, Node};

    /// As an editor reads YAML.
    fn value(node: &Node) -> Value {
        match &node.data {
            Data::Scalar { text, quoted: true } => text.as_str().into(),
            Data::Scalar { text, .. } => match text.as_str() {
                "true" => true.into(),
                "false" => false.into(),
                "" | "~" | "null" => Value::Null,
                text => text
                    .parse::<i64>()
                    .map_or_else(|_| text.into(), Value::from),
            },
            Data::List(items) => items.iter().map(value).collect(),
            Data::Map(entries) => Value::Object(
                entries
                    .iter()
                    .map(|(key, node)| (key.text.clone(), value(node)))
                    .collect(),
            ),
        }
    }

    /// The part of JSON Schema that ours uses.
    fn fits(root: &Value, schema: &Value, value: &Value) -> bool {
        let each = |key: &str| schema[key].as_array().cloned().unwrap_or_default();
        let reference = schema["$ref"]
            .as_str()
            .is_none_or(|path| fits(root, root.pointer(&path[1..]).unwrap(), value));
        let kinds: Vec<Value> = if schema["type"].is_string() {
            vec![schema["type"].clone()]
        } else {
            each("type")
        };
        let kind = kinds.is_empty() || kinds.iter().any(|kind| is(kind.as_str().unwrap(), value));
        let any = each("anyOf").is_empty()
            || each("anyOf").iter().any(|schema| fits(root, schema, value));
        let one = each("oneOf").is_empty()
            || each("oneOf")
                .iter()
                .filter(|schema| fits(root, schema, value))
                .count()
                == 1;
        let word = each("enum").is_empty()
            || each("enum")
                .iter()
                .any(|word| as_text(word) == as_text(value));
        let constant = schema["const"].is_null() || schema["const"] == *value;
        let pattern = schema["pattern"].as_str().is_none_or(|pattern| {
            value
                .as_str()
                .is_none_or(|text| regex::Regex::new(pattern).unwrap().is_match(text))
        });
        reference && kind && any && one && word && constant && pattern && parts(root, schema, value)
    }

    fn parts(root: &Value, schema: &Value, value: &Value) -> bool {
        let items = value.as_array().is_none_or(|items| {
            schema["items"].is_null() || items.iter().all(|item| fits(root, &schema["items"], item))
        });
        let Some(object) = value.as_object() else {
            return items;
        };
        let required = schema["required"].as_array().is_none_or(|keys| {
            keys.iter()
                .all(|key| object.contains_key(key.as_str().unwrap()))
        });
        items
            && required
            && object.iter().all(|(key, value)| {
                match (&schema["properties"][key], &schema["additionalProperties"]) {
                    (Value::Null, Value::Bool(more)) => *more,
                    (Value::Null, Value::Null) => true,
                    (Value::Null, more) => fits(root, more, value),
                    (known, _) => fits(root, known, value),
                }
            })
    }

    /// `accepted_ids: ["1"]` and `[1]` are the same to us.
    fn as_text(value: &Value) -> String {
        value
            .as_str()
            .map_or_else(|| value.to_string(), str::to_owned)
    }

    fn is(kind: &str, value: &Value) -> bool {
        match kind {
            "string" => value.is_string(),
            "number" | "integer" => value.is_i64(),
            "boolean" => value.is_boolean(),
            "object" => value.is_object(),
            "array" => value.is_array(),
            other => panic!("{other}"),
        }
    }

    fn definition(root: &Value, path: &str) -> Value {
        let name = path
            .rsplit('/')
            .next()
            .unwrap()
            .strip_suffix(".yaml")
            .unwrap();
        let found = &root["$defs"][name];
        if HOUSE_FILES.iter().any(|(house, _)| *house == name) {
            found.clone()
        } else {
            root["$defs"]["dialog"].clone()
        }
    }

    #[test]
    fn every_shipped_file_fits_the_schema() {
        let root = schema();
        let files = embedded();
        for (path, text) in files
            .texts
            .iter()
            .filter(|(path, _)| path.ends_with(".yaml"))
        {
            let node = yaml::parse(&path.as_str().into(), text, &mut Findings::default()).unwrap();
            assert!(
                fits(&root, &definition(&root, path), &value(&node)),
                "{path}"
            );
        }
    }

    #[test]
    fn the_schema_refuses_what_the_check_refuses() {
        let root = schema();
        let menu = |steps: &str| format!("title: {{ar: أ, en: A}}\nsteps:\n{steps}");
        for (case, text, wanted) in [
            (
                "sound",
                menu("- say: hello\n  text: {ar: أ, en: A}\n  ends: done\n"),
                true,
            ),
            (
                "an unknown key",
                menu("- say: hello\n  text: {ar: أ, en: A}\n  end: done\n"),
                false,
            ),
            (
                "a missing language",
                menu("- say: hello\n  text: {ar: أ}\n"),
                false,
            ),
            (
                "an unknown verb",
                menu("- sya: hello\n  text: {ar: أ, en: A}\n"),
                false,
            ),
            (
                "an unknown reader",
                menu("- ask: name\n  read: name\n  text: {ar: أ, en: A}\n"),
                false,
            ),
            (
                "a key of another kind",
                menu("- say: hello\n  read: full_name\n  text: {ar: أ, en: A}\n"),
                false,
            ),
            ("no steps", "title: {ar: أ, en: A}\n".to_owned(), false),
        ] {
            let node =
                yaml::parse(&"common/menu.yaml".into(), &text, &mut Findings::default()).unwrap();
            assert_eq!(fits(&root, &root, &value(&node)), wanted, "{case}");
        }
    }
}
