//! What lies between writing and sending: the platform's own JSON, and beside it the file that must be brought
//! to the platform first.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::channel::Payload;

/// One call to the platform.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Wire {
    Message {
        message: Value,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        upload: Option<Upload>,
    },
    /// A mark that nobody waits for.
    Courtesy(Value),
    /// The window is closed, and there is no template: nothing may be tried.
    Closed,
}

/// A file whose id at the platform goes into the message, under the message's type.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Upload {
    pub place: Place,
    pub mime: String,
    /// As people see it.
    pub name: String,
}

/// Where its bytes are.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Place {
    /// A path in the charity's folder.
    Folder(String),
    /// An object of ours.
    Object(String),
}

impl Wire {
    pub fn payload(&self) -> Payload {
        Payload {
            body: serde_json::to_value(self).unwrap_or_default(),
        }
    }

    /// None: nothing of ours.
    pub fn of(payload: &Payload) -> Option<Wire> {
        Wire::deserialize(&payload.body).ok()
    }
}

pub fn courtesy(body: Value) -> Payload {
    Wire::Courtesy(body).payload()
}
