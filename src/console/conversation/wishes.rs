//! What a person told of how they would like to be dealt with: by a woman or a man, and when they may be called.

use std::collections::BTreeMap;

use crate::console::words::Say;
use crate::dialog::value::Value;

/// The fields in which forms ask for them, and what stands before the answer.
const ASKED: [(&str, &str); 2] = [
    ("prefers", "side-prefers"),
    ("call_times", "side-call-times"),
];

/// The wishes among what is known, each with its name.
pub fn of(facts: &BTreeMap<String, Value>, say: Say) -> Vec<(String, String)> {
    let told = |(field, title): (&str, &str)| {
        let words = match facts.get(field)? {
            Value::Option(one) => word(one, say)?,
            Value::Options(all) => {
                let words: Vec<String> = all.iter().filter_map(|one| word(one, say)).collect();
                words.join("، ")
            }
            _ => return None,
        };
        (!words.is_empty()).then(|| (say.say(title), words))
    };
    ASKED.into_iter().filter_map(told).collect()
}

/// What makes no difference is no wish.
fn word(option: &str, say: Say) -> Option<String> {
    let words = match option {
        "woman" => "duty-gender-woman",
        "man" => "duty-gender-man",
        "morning" => "call-morning",
        "noon" => "call-noon",
        "afternoon" => "call-afternoon",
        "evening" => "call-evening",
        "either" => return None,
        other => return Some(other.to_owned()),
    };
    Some(say.say(words))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::lang::Lang;

    #[test]
    fn wishes_are_told_and_no_preference_is_none() {
        let option = |name: &str| Value::Option(name.to_owned());
        let times = Value::Options(vec!["morning".into(), "evening".into()]);
        let facts = BTreeMap::from([
            ("prefers".to_owned(), option("woman")),
            ("call_times".to_owned(), times),
            ("full_name".to_owned(), Value::Text("x".into())),
        ]);
        let told = of(&facts, Say(Lang::Ar));
        assert_eq!(told[0].1, "موظفة");
        assert_eq!(told[1].1, "صباحًا، مساءً");
        let none = BTreeMap::from([("prefers".to_owned(), option("either"))]);
        assert_eq!(of(&none, Say(Lang::En)), []);
    }
}
