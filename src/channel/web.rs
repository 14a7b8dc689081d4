//! The web chat: what its page can carry, and a reply as the page renders it. Pure; nothing is sent
//! from here, because the page reads the history: the turn's commit is the leaving.

use qrcode::{Color, QrCode};
use serde_json::{Value, json};

use super::{Channel, Leaves, Outgoing, Payload, Recipient, SendError, Sending};
use crate::reply::{Choice, Choices, Limits, Reply, Show};
use crate::text::lang::Lang;

/// The word in addresses, tables and logs.
pub const NAME: &str = "web";

/// What our own page carries. There is no manual but `src/web/chat`: bubbles wrap, and buttons grow in
/// height, so these bounds are for the eye (a longer title no longer reads as a button), and for memory.
pub const LIMITS: Limits = Limits {
    text: 8_000,
    buttons: 30,
    button_title: 60,
    rows: None,
    row_title: 60,
    row_note: 160,
    text_with_choices: 8_000,
    paged: false,
    file_bytes: FILE_BYTES_MAX,
    template_needed_after_hours: None,
    native: crate::reply::Native::ALL,
};

/// A photo of a modern phone has 2 to 8 MiB, a scanned form of ten pages about as much; a file is held in
/// memory once while it is sealed.
pub const FILE_BYTES_MAX: u64 = 16 * 1024 * 1024;

/// The web chat as a row of the table of channels.
pub struct Web;

impl Channel for Web {
    fn name(&self) -> &'static str {
        NAME
    }

    fn limits(&self) -> &'static Limits {
        &LIMITS
    }

    fn leaves(&self) -> Leaves {
        Leaves::AtCommit
    }

    fn write(&self, reply: &Reply, _to: &Recipient, _out: &Outgoing) -> Vec<Payload> {
        vec![write(reply)]
    }

    fn send<'a>(&'a self, _payload: &'a Payload) -> Sending<'a> {
        Box::pin(async {
            Err(SendError::Never {
                reason: "the web chat's replies leave at the commit".to_string(),
            })
        })
    }
}

/// One reply as the page renders it. What is not there is left out.
pub fn write(reply: &Reply) -> Payload {
    let mut body = json!({
        "texts": reply.texts,
        "language": language(reply.language),
        "class": reply.class,
    });
    let mut put = |name: &str, value: Value| {
        body[name] = value;
    };
    if let Some(choices) = &reply.choices {
        put("choices", choices_of(choices));
    }
    if let Some(wants) = &reply.wants {
        put("wants", json!(wants));
    }
    if let Some(asks) = &reply.asks {
        put("asks", json!(asks));
    }
    if !reply.shows.is_empty() {
        put("shows", reply.shows.iter().map(show).collect());
    }
    Payload { body }
}

fn choices_of(choices: &Choices) -> Value {
    json!({
        "several": choices.several,
        "options": choices.options.iter().map(choice).collect::<Vec<_>>(),
        "controls": choices.controls.iter().map(choice).collect::<Vec<_>>(),
    })
}

fn choice(choice: &Choice) -> Value {
    match &choice.note {
        Some(note) => json!({"data": choice.data, "title": choice.title, "note": note}),
        None => json!({"data": choice.data, "title": choice.title}),
    }
}

fn show(show: &Show) -> Value {
    match show {
        Show::Place {
            latitude,
            longitude,
            title,
            address,
        } => {
            json!({"kind": "place", "latitude": latitude, "longitude": longitude, "title": title, "address": address})
        }
        Show::Card { name, phones } => json!({"kind": "card", "name": name, "phones": phones}),
        Show::File { path, title } => json!({"kind": "file", "path": path, "title": title}),
        Show::Audio { path } => json!({"kind": "audio", "path": path}),
        Show::Attachment { file } => json!({"kind": "attachment", "file": file}),
        Show::Quote { text, .. } => json!({"kind": "quote", "text": text}),
        Show::Link { url, title } => {
            let mut link = json!({"kind": "link", "url": url, "title": title});
            if let Some((side, path)) = scanned(url) {
                link["scan"] = json!({"side": side, "path": path});
            }
            link
        }
    }
}

/// Where a talk goes on on a phone: links to these begin with it.
const PHONES: &[&str] = &["https://t.me/", "https://wa.me/"];

/// A QR code of a link that is opened on a phone: how many squares a side has, and the dark ones as the path of a
/// picture.
fn scanned(url: &str) -> Option<(usize, String)> {
    if !PHONES.iter().any(|phone| url.starts_with(phone)) {
        return None;
    }
    let code = QrCode::new(url).ok()?;
    let side = code.width();
    let mut path = String::new();
    for (at, color) in code.to_colors().into_iter().enumerate() {
        if color == Color::Dark {
            path.push_str(&format!("M{} {}h1v1h-1z", at % side, at / side));
        }
    }
    Some((side, path))
}

/// The language as HTML writes it.
pub fn language(language: Lang) -> &'static str {
    match language {
        Lang::Ar => "ar",
        Lang::En => "en",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reply::{Class, Wants};

    fn says(text: &str) -> Reply {
        Reply {
            class: Class::Dialog,
            language: Lang::Ar,
            texts: vec![text.to_string()],
            choices: None,
            wants: None,
            shows: vec![],
            asks: None,
            sensitive: false,
            proactive: None,
        }
    }

    fn button(data: &str, title: &str, note: Option<&str>) -> Choice {
        Choice {
            data: data.to_string(),
            title: title.to_string(),
            note: note.map(str::to_string),
        }
    }

    #[test]
    fn a_reply_is_written_as_the_page_renders_it() {
        let table = [
            (
                "a text",
                says("سلام"),
                json!({"texts": ["سلام"], "language": "ar", "class": "dialog"}),
            ),
            (
                "a note of the house in English",
                Reply {
                    class: Class::Notice,
                    language: Lang::En,
                    ..says("Done")
                },
                json!({"texts": ["Done"], "language": "en", "class": "notice"}),
            ),
            (
                "a question with choices",
                Reply {
                    choices: Some(Choices {
                        several: false,
                        options: vec![
                            button("a1b2c3:who:self", "لنفسي", None),
                            button("a1b2c3:who:other", "لغيري", Some("قريب أو جار")),
                        ],
                        controls: vec![button("!back", "رجوع", None)],
                        from: 0,
                        more: String::new(),
                        open: String::new(),
                    }),
                    asks: Some("a1b2c3:who".to_string()),
                    ..says("لمن هذا الطلب؟")
                },
                json!({
                    "texts": ["لمن هذا الطلب؟"], "language": "ar", "class": "dialog",
                    "asks": "a1b2c3:who",
                    "choices": {
                        "several": false,
                        "options": [
                            {"data": "a1b2c3:who:self", "title": "لنفسي"},
                            {"data": "a1b2c3:who:other", "title": "لغيري", "note": "قريب أو جار"},
                        ],
                        "controls": [{"data": "!back", "title": "رجوع"}],
                    },
                }),
            ),
            (
                "what a question would best be answered with",
                Reply {
                    wants: Some(Wants::LongText),
                    ..says("؟")
                },
                json!({"texts": ["؟"], "language": "ar", "class": "dialog", "wants": "long_text"}),
            ),
            (
                "things shown beside the text",
                Reply {
                    shows: vec![
                        Show::Place {
                            latitude: 24.5,
                            longitude: 46.5,
                            title: "المقر".to_string(),
                            address: "الرياض".to_string(),
                        },
                        Show::Card {
                            name: "الاستقبال".to_string(),
                            phones: vec!["+966500000000".to_string()],
                        },
                        Show::File {
                            path: "documents/guide.pdf".to_string(),
                            title: "الدليل".to_string(),
                        },
                        Show::Audio {
                            path: "audio/welcome.ogg".to_string(),
                        },
                        Show::Link {
                            url: "https://charity.example".to_string(),
                            title: "الموقع".to_string(),
                        },
                    ],
                    ..says("هنا")
                },
                json!({
                    "texts": ["هنا"], "language": "ar", "class": "dialog",
                    "shows": [
                        {"kind": "place", "latitude": 24.5, "longitude": 46.5, "title": "المقر", "address": "الرياض"},
                        {"kind": "card", "name": "الاستقبال", "phones": ["+966500000000"]},
                        {"kind": "file", "path": "documents/guide.pdf", "title": "الدليل"},
                        {"kind": "audio", "path": "audio/welcome.ogg"},
                        {"kind": "link", "url": "https://charity.example", "title": "الموقع"},
                    ],
                }),
            ),
        ];
        for (case, reply, expected) in table {
            assert_eq!(write(&reply).body, expected, "{case}");
        }
    }

    #[tokio::test]
    async fn nothing_is_sent_because_the_commit_is_the_leaving() {
        assert_eq!(Web.leaves(), Leaves::AtCommit);
        let payload = write(&says("سلام"));
        let Err(SendError::Never { .. }) = Web.send(&payload).await else {
            panic!("the web chat sent something");
        };
    }
}
