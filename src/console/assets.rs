//! Style, script and icon of the console: embedded, named by their content, kept by browsers for ever.

use std::sync::LazyLock;

use axum::extract::Path;
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use sha2::{Digest, Sha256};

use super::wrong::Wrong;

const STYLE: &str = concat!(
    include_str!("style/tokens.css"),
    include_str!("style/page.css"),
    include_str!("style/parts.css"),
    include_str!("style/desk.css"),
);

const SCRIPT: &str = concat!(
    "(function () {\n\"use strict\";\n",
    include_str!("script/page.js"),
    include_str!("script/desk.js"),
    "})();\n",
);

const ICON: &str = include_str!("icon.svg");

pub static ASSETS: LazyLock<Assets> = LazyLock::new(|| Assets {
    style: asset("console", "css", "text/css; charset=utf-8", STYLE),
    script: asset("console", "js", "text/javascript; charset=utf-8", SCRIPT),
    icon: asset("icon", "svg", "image/svg+xml", ICON),
});

pub struct Assets {
    style: Asset,
    script: Asset,
    icon: Asset,
}

struct Asset {
    address: String,
    kind: &'static str,
    body: &'static str,
}

impl Assets {
    pub fn style(&self) -> &str {
        &self.style.address
    }

    pub fn script(&self) -> &str {
        &self.script.address
    }

    pub fn icon(&self) -> &str {
        &self.icon.address
    }
}

fn asset(stem: &str, ending: &str, kind: &'static str, body: &'static str) -> Asset {
    let digest = Sha256::digest(body.as_bytes());
    let digest: String = digest.iter().take(6).map(|b| format!("{b:02x}")).collect();
    Asset {
        address: format!("/staff/assets/{stem}.{digest}.{ending}"),
        kind,
        body,
    }
}

/// `GET /staff/assets/{name}`. A page that another instance made names another content: it gets that of today,
/// which is not kept.
pub async fn show(Path(name): Path<String>) -> Result<Response, Wrong> {
    let all = [&ASSETS.style, &ASSETS.script, &ASSETS.icon];
    let ending = |address: &str| address.rsplit('.').next().map(str::to_string);
    let wanted = format!("/staff/assets/{name}");
    let found = all
        .into_iter()
        .find(|one| ending(&one.address) == ending(&wanted));
    let asset = found.ok_or(Wrong::Missing)?;
    let kept = match asset.address == wanted {
        true => "public, max-age=31536000, immutable",
        false => "no-store",
    };
    Ok((
        [(CONTENT_TYPE, asset.kind), (CACHE_CONTROL, kept)],
        asset.body,
    )
        .into_response())
}
