//! Conditions: which keys go together, and their types as far as the file alone tells. Whether the field
//! exists and can have that value is `check`'s.

use super::keys::{CONDITION, FLAGS};
use super::look::Look;
use crate::dialog::model::Condition;
use crate::dialog::value::Flag;
use crate::dialog::yaml::{Data, Node};

/// What may be asked of a field; exactly one of them stands beside `field`.
const OF_FIELD: &[&str] = &["is", "in", "over", "under", "known", "flagged"];
/// What stands by itself.
const ALONE: &[&str] = &["asks", "capability", "fact", "all", "any", "not"];

const REMEDY: &str = "Write {field: name, is: value} (or in, over, under, known, flagged), {asks: …}, {capability: …}, {fact: …}, {all: […]}, {any: […]} or {not: {…}}.";

/// Tells what is wrong with a condition, and with those inside.
pub fn look_over(node: &Node, look: &mut Look<'_>) {
    let Data::Map(entries) = &node.data else {
        return look.error(
            node.at,
            "wrong_condition",
            format!("a condition has keys, and this is {}", node.what()),
            REMEDY,
        );
    };
    let before = look.findings.0.len();
    look.map(node, &CONDITION);
    let keys: Vec<&str> = entries.iter().map(|(key, _)| key.text.as_str()).collect();
    let fits = match keys[..] {
        ["field", asked] | [asked, "field"] => OF_FIELD.contains(&asked),
        [alone] => ALONE.contains(&alone),
        _ => false,
    };
    if !fits && look.findings.0.len() == before {
        look.error(node.at, "wrong_condition", told(&keys), REMEDY);
    }
}

/// The condition, when nothing is wrong with it.
pub fn build(node: &Node) -> Option<Condition> {
    let keys: Vec<&str> = node
        .entries()
        .iter()
        .map(|(key, _)| key.text.as_str())
        .collect();
    match keys[..] {
        ["field", asked] | [asked, "field"] => of_field(node, asked),
        [alone] => by_itself(node, alone),
        _ => None,
    }
}

fn told(keys: &[&str]) -> String {
    match keys {
        [] => "the condition is empty".to_owned(),
        ["field"] => "the condition does not say what `field` should be".to_owned(),
        [one] if OF_FIELD.contains(one) => format!("`{one}` stands without its `field`"),
        several => format!("{} do not go together in one condition", several.join(", ")),
    }
}

fn of_field(node: &Node, asked: &str) -> Option<Condition> {
    let field = node.get("field")?.scalar()?.to_owned();
    let value = node.get(asked)?;
    let at = node.at;
    let number = || value.scalar()?.parse().ok();
    Some(match asked {
        "is" => Condition::Is {
            field,
            value: value.scalar()?.to_owned(),
            at,
        },
        "in" => Condition::In {
            field,
            values: texts(value),
            at,
        },
        "over" => Condition::Over {
            field,
            number: number()?,
            at,
        },
        "under" => Condition::Under {
            field,
            number: number()?,
            at,
        },
        "known" => Condition::Known {
            field,
            known: value.scalar()? == "true",
            at,
        },
        "flagged" => Condition::Flagged {
            field,
            flag: flag(value.scalar()?)?,
            at,
        },
        _ => return None,
    })
}

fn by_itself(node: &Node, key: &str) -> Option<Condition> {
    let value = node.get(key)?;
    let at = value.at;
    let name = || value.scalar().map(str::to_owned);
    Some(match key {
        "asks" => Condition::Asks { name: name()?, at },
        "capability" => Condition::Capability { name: name()?, at },
        "fact" => Condition::Fact { name: name()?, at },
        "all" => Condition::All(each(value)),
        "any" => Condition::Any(each(value)),
        "not" => Condition::Not(Box::new(build(value)?)),
        _ => return None,
    })
}

fn each(node: &Node) -> Vec<Condition> {
    node.list().iter().filter_map(build).collect()
}

fn texts(node: &Node) -> Vec<String> {
    node.list()
        .iter()
        .filter_map(|item| item.scalar().map(str::to_owned))
        .collect()
}

fn flag(word: &str) -> Option<Flag> {
    let flags = [
        Flag::Unverified,
        Flag::Weak,
        Flag::Expired,
        Flag::ShortName,
        Flag::ForeignPhone,
        Flag::Ambiguous,
        Flag::ToTypeUp,
        Flag::OtherDocument,
        Flag::Recalled,
        Flag::Late,
    ];
    FLAGS
        .iter()
        .zip(flags)
        .find(|(name, _)| **name == word)
        .map(|(_, flag)| flag)
}
