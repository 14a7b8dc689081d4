//! `GET /`, `/widget`, `/anonymous`: the chat page of each way in. Creates nothing, so that crawlers and link
//! previews make no contacts; without script it shows the talk and works by forms.

use std::sync::Arc;

use askama::Template;
use axum::Extension;
use axum::extract::State;
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use axum::http::{HeaderMap, Uri};
use axum::response::{IntoResponse, Response};

use super::visit::Visit;
use crate::channel::web::language as code;
use crate::reply::{Choice, Class, Show};
use crate::text::lang::Lang;
use crate::web::door::{Line, Page as Part, Said};
use crate::web::plain::{direction, other};
use crate::web::session::{chosen, language_cookie, language_of, set};
use crate::web::shelf::Shelf;
use crate::web::way::Way;
use crate::web::wrong::Wrong;
use crate::web::{Site, headers as answers};

/// Messages shown to who has no script.
const TALK_MAX: usize = 30;

#[derive(Template)]
#[template(path = "web/chat/page.html", config = "src/web/askama.toml")]
struct Page {
    shelf: Arc<Shelf>,
    way: Way,
    /// Sites that may show it in a frame, by spaces.
    sites: String,
    reader: Lang,
    language: &'static str,
    direction: &'static str,
    other: &'static str,
    charity: String,
    charity_ar: String,
    charity_en: String,
    chosen: bool,
    talk: Vec<Shown>,
    /// Makes one press of a form one event.
    draft: String,
}

impl Page {
    fn say(&self, name: &'static str) -> &str {
        self.shelf.texts.say(name, self.reader)
    }

    fn is_anonymous(&self) -> bool {
        self.way == Way::Anonymous
    }
}

/// A message as the page without script shows it.
struct Shown {
    seq: i64,
    side: &'static str,
    texts: Vec<String>,
    choices: Vec<Choice>,
    /// Where they lead, and what is written on them.
    links: Vec<(String, String)>,
    last: bool,
}

pub async fn show(
    State(site): State<Site>,
    Extension(way): Extension<Way>,
    uri: Uri,
    headers: HeaderMap,
) -> Response {
    let reader = language_of(&uri, &headers);
    let talk = talk(&site, way, &headers).await;
    let (charity_ar, charity_en) = site.door().charity();
    let page = Page {
        shelf: site.shelf(),
        way,
        sites: match way {
            Way::Frame => site.sites().origins().join(" "),
            Way::Page | Way::Anonymous => String::new(),
        },
        reader,
        language: code(reader),
        direction: direction(reader),
        other: code(other(reader)),
        charity: site.door().title(reader),
        charity_ar,
        charity_en,
        chosen: chosen(&uri).is_some(),
        talk,
        draft: draft(),
    };
    let Ok(html) = page.render() else {
        return Wrong::Fault.into_response();
    };
    let mut response = (
        [
            (CONTENT_TYPE, "text/html; charset=utf-8"),
            (CACHE_CONTROL, "no-store"),
        ],
        html,
    )
        .into_response();
    if way == Way::Frame {
        answers::framed(response.headers_mut(), site.sites());
    }
    // A talk without a name leaves nothing behind, not even its language.
    if let Some(choice) = chosen(&uri).filter(|_| way != Way::Anonymous) {
        set(
            response.headers_mut(),
            language_cookie(choice, site.https()),
        );
    }
    response
}

/// The newest messages. The page stands without them: the script asks again.
async fn talk(site: &Site, way: Way, headers: &HeaderMap) -> Vec<Shown> {
    let Ok(Some(Visit {
        head: Some(head), ..
    })) = Visit::known(site, way, headers).await
    else {
        return Vec::new();
    };
    let lines = site
        .door()
        .lines(&head, Part::Before(i64::MAX), TALK_MAX)
        .await
        .unwrap_or_default();
    let shelf = site.shelf();
    let shown = lines.into_iter().filter_map(|line| shown(line, &shelf));
    let mut talk: Vec<Shown> = shown.collect();
    if let Some(asked) = talk.iter().rposition(|one| !one.choices.is_empty()) {
        talk[asked].last = true;
    }
    talk
}

fn shown(line: Line, shelf: &Shelf) -> Option<Shown> {
    match line.said {
        Said::Silent => None,
        Said::In { text, .. } => Some(Shown {
            seq: line.seq,
            side: "own",
            texts: text.into_iter().collect(),
            choices: Vec::new(),
            links: Vec::new(),
            last: false,
        }),
        Said::Out(reply) => Some(Shown {
            seq: line.seq,
            side: match reply.class {
                Class::Staff => "staff",
                Class::Dialog | Class::Notice => "house",
            },
            texts: reply.texts,
            choices: reply.choices.map_or_else(Vec::new, |choices| {
                [choices.options, choices.controls].concat()
            }),
            links: reply
                .shows
                .iter()
                .flat_map(|show| links(show, shelf))
                .collect(),
            last: false,
        }),
    }
}

/// What stands beside a text, as who has no script can follow it. A recording reads the text again.
fn links(show: &Show, shelf: &Shelf) -> Vec<(String, String)> {
    match show {
        Show::File { path, title } => match shelf.file(path) {
            Some(_) => vec![(format!("/chat/files/{path}"), title.clone())],
            None => Vec::new(),
        },
        Show::Link { url, title } => vec![(url.clone(), title.clone())],
        Show::Place {
            latitude,
            longitude,
            title,
            ..
        } => vec![(format!("geo:{latitude},{longitude}"), title.clone())],
        Show::Card { name, phones } => phones
            .iter()
            .map(|phone| (format!("tel:{phone}"), format!("{name} {phone}")))
            .collect(),
        Show::Attachment { file } => vec![(
            format!("/chat/attachments/{}", file.id),
            file.name.clone().unwrap_or_else(|| file.mime.clone()),
        )],
        Show::Audio { .. } | Show::Quote { .. } => Vec::new(),
    }
}

fn draft() -> String {
    let mut bytes = [0_u8; 12];
    rand::fill(&mut bytes);
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
