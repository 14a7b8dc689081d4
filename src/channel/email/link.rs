//! Links in our mails that answer by a press, and end what we start: sealed, so that nothing can be read off
//! an address, for one purpose, and for a time. Nothing happens by opening one.

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::{NAME, read};
use crate::channel::{Asks, Followed, Tokens};
use crate::event::{Brought, Event, EventKey, Known, Millis, Origin, Reach, Seed, Source, What};
use crate::text::lang::Lang;

const PURPOSE: &str = "email.link";

/// A press answers a question of these days; the question itself is asked again by then.
pub const PRESS_MILLIS: Millis = 30 * 86_400_000;

/// Who wants no more mail is heard for as long as our mail lies in a box.
pub const UNSUBSCRIBE_MILLIS: Millis = 2 * 366 * 86_400_000;

/// Letters of a title that travel in a link.
const TITLE_CHARS_MAX: usize = 60;

/// What a link says, in the fewest bytes: it stands in an address.
#[derive(Serialize, Deserialize)]
struct Link(String, Millis, Lang, Does);

#[derive(Serialize, Deserialize)]
enum Does {
    #[serde(rename = "p")]
    Press(String, String),
    #[serde(rename = "u")]
    Unsubscribe,
}

/// The token of a link that presses a choice.
pub fn press(
    tokens: &dyn Tokens,
    person: &str,
    (data, title): (&str, &str),
    language: Lang,
    until: Millis,
) -> String {
    let title = title.chars().take(TITLE_CHARS_MAX).collect();
    wrap(
        tokens,
        &Link(
            person.to_owned(),
            until,
            language,
            Does::Press(data.to_owned(), title),
        ),
    )
}

/// The token of a link that ends what we start.
pub fn unsubscribe(tokens: &dyn Tokens, person: &str, language: Lang, until: Millis) -> String {
    wrap(
        tokens,
        &Link(person.to_owned(), until, language, Does::Unsubscribe),
    )
}

fn wrap(tokens: &dyn Tokens, link: &Link) -> String {
    // These types always are JSON.
    tokens.wrap(PURPOSE, &serde_json::to_string(link).unwrap_or_default())
}

/// What a link of ours asks for; None for any other, and for one whose time is over.
pub fn follow(tokens: &dyn Tokens, token: &str, now: Millis, seed: Seed) -> Option<Followed> {
    let text = tokens.unwrap(PURPOSE, token)?;
    let Link(person, until, language, does) = serde_json::from_str(&text).ok()?;
    if until < now {
        return None;
    }
    let (asks, brought) = match does {
        Does::Press(data, title) => (
            Asks::Press {
                title: title.clone(),
            },
            Brought::Said(Box::new(pressed(token, (&person, data, title), now, seed))),
        ),
        Does::Unsubscribe => (
            Asks::Unsubscribe,
            Brought::Reach(Reach {
                address: read::address(&person),
                barred: None,
                opted_out: true,
                at: now,
            }),
        ),
    };
    Some(Followed {
        language,
        asks,
        brought: vec![brought],
    })
}

/// The same link pressed again is the same event.
fn pressed(
    token: &str,
    (person, data, title): (&str, String, String),
    now: Millis,
    seed: Seed,
) -> Event {
    let key: String = Sha256::digest(token.as_bytes())[..16]
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect();
    Event {
        key: EventKey {
            channel: NAME.to_owned(),
            account: String::new(),
            key: format!("link:{key}"),
        },
        received_at: now,
        sent_at: None,
        seed,
        from: Origin::Address(read::address(person)),
        also: None,
        what: What::Chose {
            data,
            title: Some(title),
        },
        message_id: None,
        note: None,
        kind: "link".to_owned(),
        source: Source::Own,
        ranked: None,
        known: Known::default(),
    }
}

/// For a part of an address.
pub fn percent(text: &str) -> String {
    form_urlencoded::byte_serialize(text.as_bytes())
        .collect::<String>()
        .replace('+', "%20")
}
