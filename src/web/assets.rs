//! Style, script and icon of the page: embedded, named by their content, kept by browsers for ever.

use std::sync::LazyLock;

use axum::extract::Path;
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE, ETAG};
use axum::response::{IntoResponse, Response};
use sha2::{Digest, Sha256};

use super::texts;
use super::wrong::Wrong;
use crate::channel::web::FILE_BYTES_MAX;
use crate::text::lang::Lang;

const STYLE: &str = include_str!("chat/page.css");
const ICON: &str = include_str!("chat/icon.svg");

/// The page's script, before the words are put in front of it.
pub const SCRIPT: &str = concat!(
    "(function () {\n\"use strict\";\n",
    include_str!("chat/script/words.js"),
    include_str!("chat/script/draw.js"),
    include_str!("chat/script/answers.js"),
    include_str!("chat/script/log.js"),
    include_str!("chat/script/send.js"),
    include_str!("chat/script/files.js"),
    include_str!("chat/script/link.js"),
    include_str!("chat/script/hands.js"),
    "})();\n",
);

struct Asset {
    /// `style.1a2b3c4d5e6f.css`: another content has another name.
    name: String,
    kind: &'static str,
    body: String,
}

struct Assets {
    style: Asset,
    script: Asset,
    icon: Asset,
}

static ASSETS: LazyLock<Assets> = LazyLock::new(|| Assets {
    style: asset("style", "css", "text/css; charset=utf-8", STYLE.to_string()),
    script: asset("chat", "js", "text/javascript; charset=utf-8", script()),
    icon: asset("icon", "svg", "image/svg+xml", ICON.to_string()),
});

fn asset(name: &str, ending: &str, kind: &'static str, body: String) -> Asset {
    let digest = Sha256::digest(body.as_bytes());
    let digest: String = digest.iter().take(6).map(|b| format!("{b:02x}")).collect();
    Asset {
        name: format!("{name}.{digest}.{ending}"),
        kind,
        body,
    }
}

/// The words travel in front of the script: a page without inline code has nowhere else for them.
fn script() -> String {
    let given = serde_json::json!({
        "texts": {"ar": texts::of(Lang::Ar), "en": texts::of(Lang::En)},
        "file_bytes_max": FILE_BYTES_MAX,
    });
    format!("const WASL = {given};\n{SCRIPT}")
}

pub fn style() -> String {
    address(&ASSETS.style)
}

pub fn script_address() -> String {
    address(&ASSETS.script)
}

pub fn icon() -> String {
    address(&ASSETS.icon)
}

fn address(asset: &Asset) -> String {
    format!("/assets/{}", asset.name)
}

/// `GET /assets/{name}`
pub async fn show(Path(name): Path<String>) -> Response {
    let assets = &*ASSETS;
    let found = [&assets.style, &assets.script, &assets.icon]
        .into_iter()
        .find(|asset| asset.name == name);
    let Some(asset) = found else {
        return Wrong::Missing.into_response();
    };
    (
        [
            (CONTENT_TYPE, asset.kind),
            (CACHE_CONTROL, "public, max-age=31536000, immutable"),
            (ETAG, &format!("\"{}\"", asset.name)),
        ],
        asset.body.as_str(),
    )
        .into_response()
}
