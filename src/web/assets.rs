//! Style, script and icon of the page: embedded, named by their content, kept by browsers for ever.

use axum::extract::{Path, State};
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE, ETAG};
use axum::response::{IntoResponse, Response};
use sha2::{Digest, Sha256};

use super::Site;
use super::texts::Texts;
use super::wrong::Wrong;
use crate::channel::web::FILE_BYTES_MAX;
use crate::text::lang::Lang;

const STYLE: &str = include_str!("chat/page.css");
const ICON: &str = include_str!("chat/icon.svg");

/// The page's script, before the words are put in front of it.
pub const SCRIPT: &str = concat!(
    "(function () {\n\"use strict\";\n",
    include_str!("chat/script/words.js"),
    include_str!("chat/script/frame.js"),
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
    /// What of the name stays: `style` and `css`.
    stem: &'static str,
    ending: &'static str,
    kind: &'static str,
    body: String,
}

/// Those that go with one set of words.
pub struct Assets {
    style: Asset,
    script: Asset,
    icon: Asset,
}

fn asset(stem: &'static str, ending: &'static str, kind: &'static str, body: String) -> Asset {
    let digest = Sha256::digest(body.as_bytes());
    let digest: String = digest.iter().take(6).map(|b| format!("{b:02x}")).collect();
    Asset {
        name: format!("{stem}.{digest}.{ending}"),
        stem,
        ending,
        kind,
        body,
    }
}

impl Assets {
    pub fn with(texts: &Texts) -> Assets {
        Assets {
            style: asset("style", "css", "text/css; charset=utf-8", STYLE.to_string()),
            script: asset(
                "chat",
                "js",
                "text/javascript; charset=utf-8",
                script(texts),
            ),
            icon: asset("icon", "svg", "image/svg+xml", ICON.to_string()),
        }
    }

    pub fn style(&self) -> String {
        address(&self.style)
    }

    pub fn script(&self) -> String {
        address(&self.script)
    }

    pub fn icon(&self) -> String {
        address(&self.icon)
    }

    /// The one of this name, and whether it is exactly that one. A page that another instance or the words
    /// before a reload made still gets the style and script of today.
    fn find(&self, name: &str) -> Option<(&Asset, bool)> {
        let all = [&self.style, &self.script, &self.icon];
        let exact = all.into_iter().find(|asset| asset.name == name);
        let kin = || all.into_iter().find(|asset| asset.is_kin(name));
        exact
            .map(|asset| (asset, true))
            .or_else(|| Some((kin()?, false)))
    }
}

impl Asset {
    /// Another content under the same name.
    fn is_kin(&self, name: &str) -> bool {
        let middle = name
            .strip_prefix(self.stem)
            .and_then(|rest| rest.strip_prefix('.'))
            .and_then(|rest| rest.strip_suffix(self.ending))
            .and_then(|rest| rest.strip_suffix('.'));
        middle.is_some_and(|digest| {
            digest.len() == 12 && digest.bytes().all(|byte| byte.is_ascii_hexdigit())
        })
    }
}

/// The words travel in front of the script: a page without inline code has nowhere else for them.
fn script(texts: &Texts) -> String {
    let given = serde_json::json!({
        "texts": {"ar": texts.of(Lang::Ar), "en": texts.of(Lang::En)},
        "file_bytes_max": FILE_BYTES_MAX,
    });
    format!("const WASL = {given};\n{SCRIPT}")
}

fn address(asset: &Asset) -> String {
    format!("/assets/{}", asset.name)
}

/// `GET /assets/{name}`
pub async fn show(State(site): State<Site>, Path(name): Path<String>) -> Response {
    let shelf = site.shelf();
    let Some((asset, exact)) = shelf.assets.find(&name) else {
        return Wrong::Missing.into_response();
    };
    let kept = match exact {
        true => "public, max-age=31536000, immutable",
        false => "no-store",
    };
    (
        [
            (CONTENT_TYPE, asset.kind),
            (CACHE_CONTROL, kept),
            (ETAG, &format!("\"{}\"", asset.name)),
        ],
        asset.body.clone(),
    )
        .into_response()
}
