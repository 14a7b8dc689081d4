//! `GET /widget.js`: one line on a site of the charity's shows a button, and behind it the chat in a frame. The
//! script brings its words along, stores nothing, and asks nobody for anything before the button is pressed.

use axum::extract::State;
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE, ETAG, IF_NONE_MATCH};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use super::{Site, headers as answers};
use crate::text::lang::Lang;

const SCRIPT: &str = include_str!("widget.js");

/// The page's words that the script says, and its own names for them.
const WORDS: [(&str, &str); 6] = [
    ("open", "widget_open"),
    ("title", "widget_title"),
    ("close", "widget_close"),
    ("news", "widget_news"),
    ("wait", "opening"),
    ("trouble", "not_here"),
];

/// How long a site goes on with the words and settings of before, in seconds: pages of busy sites ask at most
/// so often, and an operator who adds a site waits no longer.
const KEPT_SECS: u32 = 300;

pub async fn show(State(site): State<Site>, asked: HeaderMap) -> Response {
    let script = script(&site);
    let digest = Sha256::digest(script.as_bytes());
    let digest: String = digest.iter().take(8).map(|b| format!("{b:02x}")).collect();
    let tag = format!("\"{digest}\"");
    let kept = format!("public, max-age={KEPT_SECS}");
    let known = asked.get(IF_NONE_MATCH).is_some_and(|known| known == &tag);
    let headers = [(ETAG, tag), (CACHE_CONTROL, kept)];
    let mut response = match known {
        true => (StatusCode::NOT_MODIFIED, headers).into_response(),
        false => {
            let kind = [(CONTENT_TYPE, "text/javascript; charset=utf-8")];
            (headers, kind, script).into_response()
        }
    };
    answers::foreign(response.headers_mut());
    response
}

/// The script with what it is told: words of both languages, and the sites that may show the chat. Without
/// such a site it only says so.
fn script(site: &Site) -> String {
    let given = json!({
        "sites": site.sites().origins(),
        "texts": {"ar": words(site, Lang::Ar), "en": words(site, Lang::En)},
    });
    format!("{}({given});\n", light(SCRIPT))
}

/// Without indentation and remarks: the site's visitors pay for every letter.
fn light(script: &str) -> String {
    let lines = script.lines().map(str::trim);
    let lines: Vec<_> = lines
        .filter(|line| !line.is_empty() && !line.starts_with("//"))
        .collect();
    lines.join("\n")
}

fn words(site: &Site, language: Lang) -> Value {
    let shelf = site.shelf();
    let charity = site.door().title(language);
    WORDS
        .iter()
        .map(|(own, name)| {
            let text = shelf.texts.say(name, language);
            (own.to_string(), json!(text.replace("{charity}", &charity)))
        })
        .collect()
}
