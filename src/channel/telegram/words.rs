//! The few words that Telegram itself shows of us, from `words.yaml`. Holds no sentence itself.

use serde::Deserialize;
use serde_json::{Value, json};

use crate::text::lang::Lang;

const FILE: &str = include_str!("words.yaml");

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Words {
    pub share_number: Word,
    pub share_place: Word,
    pub number_hint: Word,
    pub contact_hint: Word,
    pub place_hint: Word,
    commands: Vec<Command>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Word {
    ar: String,
    en: String,
}

impl Word {
    pub fn of(&self, language: Lang) -> &str {
        match language {
            Lang::Ar => &self.ar,
            Lang::En => &self.en,
        }
    }
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Command {
    /// A control of `words.yaml` of the dialogs.
    name: String,
    ar: String,
    en: String,
}

impl Default for Words {
    fn default() -> Words {
        let words = serde_saphyr::from_str(FILE);
        words.expect("the file is part of the program, and a test reads it")
    }
}

impl Words {
    pub fn is_command(&self, name: &str) -> bool {
        self.commands.iter().any(|command| command.name == name)
    }

    /// The menu as `setMyCommands` takes it.
    pub fn menu(&self, language: Lang) -> Value {
        let entry = |command: &Command| {
            let description = match language {
                Lang::Ar => &command.ar,
                Lang::En => &command.en,
            };
            json!({"command": command.name, "description": description})
        };
        self.commands.iter().map(entry).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const CONTROLS: &str = include_str!("../../../dialogs/common/words.yaml");

    #[test]
    fn every_command_is_a_control_and_fits() {
        #[derive(Deserialize)]
        struct File {
            controls: std::collections::BTreeMap<String, Vec<String>>,
        }
        let file: File = serde_saphyr::from_str(CONTROLS).unwrap();
        let words = Words::default();
        assert!(words.commands.len() <= 100, "Telegram takes a hundred");
        for command in &words.commands {
            let name = &command.name;
            assert!(file.controls.contains_key(name), "/{name} means nothing");
            let letters = name
                .bytes()
                .all(|byte| byte.is_ascii_lowercase() || byte == b'_');
            assert!(letters && name.len() <= 32, "/{name}");
            for description in [&command.ar, &command.en] {
                assert!((1..=256).contains(&description.chars().count()), "/{name}");
            }
        }
        for hint in [&words.number_hint, &words.contact_hint, &words.place_hint] {
            assert!(hint.ar.chars().count().max(hint.en.chars().count()) <= 64);
        }
    }
}
