//! WhatsApp: signed webhooks, and what the platform took for somebody's phone.

use serde_json::{Value, json};
use wasl::dialog::story::Parcel;
use wasl::event::AttachmentKind;

use super::media::{Button, Medium, Shown, file};
use crate::support::{Engine, Server};
use crate::whatsapp::graph::{File, Graph, Statuses, digest};
use crate::whatsapp::person::{Person, words};
use crate::whatsapp::serve;

pub struct Phone {
    server: Server,
    graph: Graph,
    person: Person,
    files: u32,
}

impl Medium for Phone {
    const NAME: &'static str = "whatsapp";

    async fn start(engine: &Engine) -> Option<Phone> {
        let graph = Graph::start().await;
        graph.world.now().statuses = Some(Statuses::Orderly);
        let server = serve(engine, &graph).await;
        let person = Person::new(&graph, &server, None, None);
        Some(Phone {
            server,
            graph,
            person,
            files: 0,
        })
    }

    fn server(&self) -> &Server {
        &self.server
    }

    async fn somebody_new(&mut self, number: usize, _language: &'static str) {
        let phone = format!("96651200000{number}");
        let bsuid = format!("SA.9876543210{number}");
        self.person = Person::new(&self.graph, &self.server, Some(&phone), Some(&bsuid));
    }

    async fn writes(&mut self, text: &str) {
        self.does("text", json!({ "body": text })).await;
    }

    async fn presses(&mut self, button: &Button) {
        let reply = json!({"id": button.key, "title": button.title});
        let kind = match self.is_row(button) {
            true => "list_reply",
            false => "button_reply",
        };
        self.does("interactive", json!({"type": kind, kind: reply}))
            .await;
    }

    async fn sends(&mut self, parcel: &Parcel) {
        match parcel {
            Parcel::File(kind, _) => self.sends_file(*kind).await,
            Parcel::Pin(latitude, longitude, _) => {
                let place = json!({"latitude": latitude, "longitude": longitude});
                self.does("location", place).await;
            }
            Parcel::Card { phones, name, own } => {
                let phones: Vec<Value> = phones
                    .iter()
                    .map(|phone| match own {
                        true => json!({"phone": phone, "wa_id": self.person.phone, "type": "CELL"}),
                        false => json!({"phone": phone, "type": "CELL"}),
                    })
                    .collect();
                let name = name.as_deref().unwrap_or("سارة");
                let card = json!([{"name": {"formatted_name": name}, "phones": phones}]);
                self.does("contacts", card).await;
            }
            Parcel::Unreadable(kind) => panic!("nobody sends a {kind} here"),
        }
    }

    async fn shown(&mut self) -> Vec<Shown> {
        self.person.inbox().iter().map(shown).collect()
    }

    fn is_content(&self) {
        let world = self.graph.world.now();
        assert!(world.refused.is_empty(), "{:#?}", world.refused);
        assert!(world.dropped.is_empty(), "{:#?}", world.dropped);
        assert!(!world.marks.is_empty(), "what was read is marked");
    }
}

impl Phone {
    async fn does(&mut self, kind: &str, it: Value) {
        assert_eq!(self.person.does(kind, it).await, 200);
    }

    fn is_row(&self, button: &Button) -> bool {
        let inbox = self.person.inbox();
        let rows = inbox.iter().flat_map(rows);
        rows.into_iter().any(|row| row["id"] == button.key.as_str())
    }

    async fn sends_file(&mut self, kind: AttachmentKind) {
        let (name, mime, bytes) = file(kind);
        self.files += 1;
        let id = format!("90{}", self.files);
        let mut it = json!({"id": id, "mime_type": mime, "sha256": digest(&bytes)});
        let word = match kind {
            AttachmentKind::Photo => "image",
            AttachmentKind::Voice => {
                it["voice"] = json!(true);
                "audio"
            }
            _ => {
                it["filename"] = json!(name);
                "document"
            }
        };
        let whole = File::Whole(bytes);
        self.graph.world.now().files.insert(id, whole);
        self.does(word, it).await;
    }
}

fn shown(message: &Value) -> Shown {
    let interactive = &message["interactive"];
    let action = &interactive["action"];
    let asks = ["location_request_message", "request_contact_info"];
    let buttons = action["buttons"].as_array().into_iter().flatten();
    let buttons = buttons.map(|one| button(&one["reply"]));
    Shown {
        words: words(message),
        buttons: buttons.chain(rows(message).iter().map(button)).collect(),
        asks: asks.iter().any(|kind| interactive["type"] == *kind),
    }
}

fn rows(message: &Value) -> Vec<Value> {
    let sections = &message["interactive"]["action"]["sections"];
    let sections = sections.as_array().into_iter().flatten();
    let rows = sections.filter_map(|section| section["rows"].as_array());
    rows.flatten().cloned().collect()
}

fn button(reply: &Value) -> Button {
    let word = |name: &str| reply[name].as_str().map(str::to_owned);
    Button {
        key: word("id").unwrap_or_default(),
        title: word("title").unwrap_or_default(),
        note: word("description"),
    }
}
