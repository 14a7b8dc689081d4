//! `to: step` and `to: {dialog: name}`.

use super::look::Look;
use super::shape::is_name;
use crate::dialog::finding::Findings;
use crate::dialog::model::Exit;
use crate::dialog::yaml::{Data, Node};

/// The exit, and what is wrong with it.
pub fn read(node: &Node, look: &mut Look<'_>) -> Option<Exit> {
    let remedy = "Write `to: step`, or `to: {dialog: name}` to leave for another dialog.";
    match (&node.data, node.entries()) {
        (Data::Scalar { .. }, _) => {
            let name = named(node);
            if name.is_none() {
                look.error(
                    node.at,
                    "wrong_exit",
                    format!("{} is no name of a step", quoted(node)),
                    remedy,
                );
            }
            name.map(|name| Exit::Step { name, at: node.at })
        }
        (Data::Map(_), [(key, dialog)]) if key.text == "dialog" && named(dialog).is_some() => {
            named(dialog).map(|name| Exit::Dialog {
                name,
                at: dialog.at,
            })
        }
        (Data::Map(_) | Data::List(_), _) => {
            look.error(
                node.at,
                "wrong_exit",
                "an exit is the name of a step, or `dialog` with a name",
                remedy,
            );
            None
        }
    }
}

/// The exit alone; what is wrong was told before.
pub fn build(node: &Node) -> Option<Exit> {
    read(
        node,
        &mut Look {
            file: &"".into(),
            findings: &mut Findings::default(),
            step: None,
        },
    )
}

fn named(node: &Node) -> Option<String> {
    node.scalar()
        .filter(|text| is_name(text))
        .map(str::to_owned)
}

fn quoted(node: &Node) -> String {
    node.scalar().map_or("nothing".to_owned(), |text| {
        format!("`{}`", super::look::shortened(text))
    })
}
