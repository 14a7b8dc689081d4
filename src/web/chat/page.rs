//! `GET /`: the chat page. Creates nothing, so that crawlers and link previews make no contacts;
//! without script it shows the talk and works by forms.

use askama::Template;
use axum::extract::State;
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use axum::http::{HeaderMap, Uri};
use axum::response::{IntoResponse, Response};

use super::visit::Visit;
use crate::channel::web::language as code;
use crate::reply::{Choice, Class};
use crate::text::lang::Lang;
use crate::web::door::{Line, Page as Part, Said};
use crate::web::session::{chosen, language_cookie, language_of, set};
use crate::web::wrong::{Wrong, direction, other};
use crate::web::{Site, assets, texts};

/// Messages shown to who has no script.
const TALK_MAX: usize = 30;

#[derive(Template)]
#[template(path = "web/chat/page.html", config = "src/web/askama.toml")]
struct Page {
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
    icon: String,
    style: String,
    script: String,
}

impl Page {
    fn say(&self, name: &'static str) -> &'static str {
        texts::say(name, self.reader)
    }
}

/// A message as the page without script shows it.
struct Shown {
    seq: i64,
    side: &'static str,
    texts: Vec<String>,
    choices: Vec<Choice>,
    last: bool,
}

pub async fn show(State(site): State<Site>, uri: Uri, headers: HeaderMap) -> Response {
    let reader = language_of(&uri, &headers);
    let talk = talk(&site, &headers).await;
    let (charity_ar, charity_en) = site.door().charity();
    let page = Page {
        reader,
        language: code(reader),
        direction: direction(reader),
        other: code(other(reader)),
        charity: match reader {
            Lang::Ar => charity_ar.clone(),
            Lang::En => charity_en.clone(),
        },
        charity_ar,
        charity_en,
        chosen: chosen(&uri).is_some(),
        talk,
        draft: draft(),
        icon: assets::icon(),
        style: assets::style(),
        script: assets::script_address(),
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
    if let Some(choice) = chosen(&uri) {
        set(
            response.headers_mut(),
            language_cookie(choice, site.https()),
        );
    }
    response
}

/// The newest messages. The page stands without them: the script asks again.
async fn talk(site: &Site, headers: &HeaderMap) -> Vec<Shown> {
    let Ok(Some(Visit {
        head: Some(head), ..
    })) = Visit::known(site, headers).await
    else {
        return Vec::new();
    };
    let lines = site
        .door()
        .lines(&head, Part::Before(i64::MAX), TALK_MAX)
        .await
        .unwrap_or_default();
    let mut talk: Vec<Shown> = lines.into_iter().filter_map(shown).collect();
    if let Some(asked) = talk.iter().rposition(|one| !one.choices.is_empty()) {
        talk[asked].last = true;
    }
    talk
}

fn shown(line: Line) -> Option<Shown> {
    let (side, texts, choices) = match line.said {
        Said::Silent => return None,
        Said::In { text, .. } => ("own", text.into_iter().collect(), Vec::new()),
        Said::Out(reply) => {
            let side = match reply.class {
                Class::Staff => "staff",
                Class::Dialog | Class::Notice => "house",
            };
            let choices = reply.choices.map_or_else(Vec::new, |choices| {
                [choices.options, choices.controls].concat()
            });
            (side, reply.texts, choices)
        }
    };
    Some(Shown {
        seq: line.seq,
        side,
        texts,
        choices,
        last: false,
    })
}

fn draft() -> String {
    let mut bytes = [0_u8; 12];
    rand::fill(&mut bytes);
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
