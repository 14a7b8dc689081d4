//! The web chat: what the page sends, and what it draws. Stories begin with words; a page that runs its script
//! greets before them, so here it runs none.

use serde_json::{Value, json};
use wasl::dialog::story::Parcel;

use super::media::{Button, Medium, Shown, file};
use crate::support::talk::Person;
use crate::support::{Engine, Server};

pub struct Chat {
    server: Server,
    person: Person,
}

impl Medium for Chat {
    const NAME: &'static str = "web";

    async fn start(engine: &Engine) -> Option<Chat> {
        let server = Server::start(engine).await;
        let person = Person::unheard(&server);
        Some(Chat { server, person })
    }

    fn server(&self) -> &Server {
        &self.server
    }

    async fn somebody_new(&mut self, _number: usize, _language: &'static str) {
        self.person = Person::unheard(&self.server);
    }

    async fn writes(&mut self, text: &str) {
        self.person.says(text).await;
    }

    async fn presses(&mut self, button: &Button) {
        let pressed = json!({"choice": button.key, "title": button.title});
        self.person.posts(pressed).await;
    }

    async fn sends(&mut self, parcel: &Parcel) {
        match parcel {
            Parcel::File(kind, _) => {
                let sent = self.person.tries_file(file(*kind)).await;
                assert_eq!(sent.status(), 200);
                self.person.catches_up().await;
            }
            Parcel::Pin(latitude, longitude, _) => {
                let place = json!({"location": {"latitude": latitude, "longitude": longitude}});
                self.person.posts(place).await;
            }
            // A page shares no cards: numbers are typed.
            Parcel::Card { phones, .. } => drop(self.person.says(&phones.join(" ")).await),
            Parcel::Unreadable(kind) => panic!("the page sends no {kind}"),
        }
    }

    async fn shown(&mut self) -> Vec<Shown> {
        if !self.person.talk.is_empty() {
            self.person.catches_up().await;
        }
        let house = self.person.talk.iter().filter(|one| one["side"] == "house");
        house.map(shown).collect()
    }
}

fn shown(line: &Value) -> Shown {
    let texts = line["texts"].as_array().into_iter().flatten();
    let words: Vec<&str> = texts.filter_map(Value::as_str).collect();
    let choices = &line["choices"];
    let lists = [&choices["options"], &choices["controls"]];
    let all = lists.into_iter().filter_map(Value::as_array).flatten();
    Shown {
        words: words.join("\n"),
        buttons: all.map(button).collect(),
        asks: false,
    }
}

fn button(choice: &Value) -> Button {
    let word = |name: &str| choice[name].as_str().map(str::to_owned);
    Button {
        key: word("data").unwrap_or_default(),
        title: word("title").unwrap_or_default(),
        note: word("note"),
    }
}
