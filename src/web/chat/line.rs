//! A message of the history as the page draws it.

use serde_json::{Value, json};

use crate::channel::web::write;
use crate::event::{Attachment, AttachmentKind};
use crate::reply::Class;
use crate::web::door::{Line, Said};
use crate::web::shelf::Shelf;

/// None where there is nothing to draw.
pub fn draw(line: &Line, shelf: &Shelf) -> Option<Value> {
    let mut drawn = match &line.said {
        Said::Silent => return None,
        Said::Out(reply) => {
            let mut drawn = write(reply).body;
            if let Some(shows) = drawn["shows"].as_array_mut() {
                shows.iter_mut().for_each(|show| weigh(show, shelf));
                shows.iter_mut().for_each(drawable);
            }
            drawn["side"] = json!(match reply.class {
                Class::Staff => "staff",
                Class::Dialog | Class::Notice => "house",
            });
            drawn
        }
        Said::In {
            key,
            text,
            attachment,
            place,
        } => json!({
            "side": "own",
            "key": key,
            "texts": text.iter().filter(|text| !text.is_empty()).collect::<Vec<_>>(),
            "attachment": attachment.as_ref().map(file),
            "place": place.map(|(latitude, longitude)| json!({"latitude": latitude, "longitude": longitude})),
        }),
    };
    drawn["seq"] = json!(line.seq);
    drawn["at"] = json!(line.at);
    Some(drawn)
}

/// A file of the charity's is told with its kind and weight, which count where every megabyte is paid for. One
/// that an older message names may have gone.
fn weigh(show: &mut Value, shelf: &Shelf) {
    let Some(path) = show["path"].as_str() else {
        return;
    };
    match shelf.file(path) {
        Some(named) => {
            show["ending"] = json!(super::files::ending(path).to_uppercase());
            show["bytes"] = json!(named.bytes);
        }
        None => show["gone"] = json!(true),
    }
}

/// Of a file that staff sent: whether the page has a preview to show.
fn drawable(show: &mut Value) {
    if show["kind"] == "attachment" {
        let photo = show["file"]["kind"] == "photo";
        let mime = show["file"]["mime"].as_str().unwrap_or_default();
        show["file"]["preview"] = json!(photo && super::sniff::drawable(mime));
    }
}

fn file(attachment: &Attachment) -> Value {
    json!({
        "id": attachment.id,
        "kind": attachment.kind,
        "mime": attachment.mime,
        "name": attachment.name,
        "bytes": attachment.bytes,
        "seconds": attachment.seconds,
        "preview": attachment.kind == AttachmentKind::Photo && super::sniff::drawable(&attachment.mime),
    })
}
