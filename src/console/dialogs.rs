//! `/staff/dialogs`: what the bot says, read-only: a picture of each dialog, its file as it stands, and what `check`
//! finds. The files of the set in use come from the store, as they were when it was taken into use.

use std::sync::Arc;

use askama::Template;
use axum::Router;
use axum::extract::{Path, State};
use axum::http::header::{CACHE_CONTROL, CONTENT_SECURITY_POLICY, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use axum::routing::get;

use super::Console;
use super::frame::Frame;
use super::permission::Permission;
use super::section::Section;
use super::visit::{Staff, Visit};
use super::wrong::Wrong;
use crate::dialog::check::check_charity;
use crate::dialog::draw;
use crate::dialog::files::Files;
use crate::dialog::finding::{Finding, Severity};
use crate::dialog::load::load;
use crate::store::dialog_set;
use crate::text::lang::Lang;

/// A picture has a style of its own, and may load nothing.
const PICTURE_POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'; sandbox";

pub fn routes() -> Router<Console> {
    Router::new()
        .route("/staff/dialogs", get(index))
        .route("/staff/dialogs/picture.svg", get(whole))
        .route("/staff/dialogs/{name}", get(show))
        .route("/staff/dialogs/{name}/picture.svg", get(picture))
}

/// The set in use: its files, and what `check` finds in them.
pub struct Look {
    pub version: String,
    files: Files,
    findings: Vec<Finding>,
}

/// The look at the set in use; taken once a version.
async fn look(console: &Console) -> Result<Arc<Look>, Wrong> {
    let dialogs = console.registry().current();
    if let Some(look) = console.looked(&dialogs.version) {
        return Ok(look);
    }
    let set = dialog_set::find(&mut console.reader().await?, &dialogs.version).await?;
    let files: Files = set
        .and_then(|set| serde_json::from_str(&set.files).ok())
        .ok_or(Wrong::Missing)?;
    let (charity, version) = (dialogs.charity.name.clone(), dialogs.version.clone());
    let looked = tokio::task::spawn_blocking(move || {
        let findings = check_charity(&files, &charity, &[]).0;
        Look {
            version,
            files,
            findings,
        }
    });
    let look = Arc::new(looked.await.map_err(|_| Wrong::Fault)?);
    console.keep_look(look.clone());
    Ok(look)
}

struct Listed {
    name: String,
    title: String,
    steps: usize,
    form: bool,
}

#[derive(Template)]
#[template(path = "console/dialogs/index.html", config = "src/web/askama.toml")]
struct Index {
    frame: Frame,
    dialogs: Vec<Listed>,
    findings: Vec<Told>,
    version: String,
}

/// A finding, as a list shows it.
struct Told {
    tone: &'static str,
    severity: &'static str,
    place: String,
    what: String,
    remedy: Option<String>,
}

fn told(finding: &Finding) -> Told {
    let (tone, severity) = match finding.severity {
        Severity::Error => ("bad", "finding-error"),
        Severity::Warning => ("warn", "finding-warning"),
        Severity::Note => ("", "finding-note"),
    };
    Told {
        tone,
        severity,
        place: format!("{}:{}", finding.file, finding.at.line),
        what: finding.what.clone(),
        remedy: finding.remedy.clone(),
    }
}

async fn index(
    State(console): State<Console>,
    staff: Staff,
    visit: Visit,
) -> Result<Response, Wrong> {
    staff.need(Permission::Dialogs)?;
    let dialogs = console.registry().current();
    let findings = match look(&console).await {
        Ok(look) => look.findings.iter().map(told).collect(),
        // A set that was never kept, such as in a test, has no files to look at.
        Err(Wrong::Missing) => Vec::new(),
        Err(wrong) => return Err(wrong),
    };
    let frame = Frame::new(&console, &visit, &staff, Section::Dialogs, "nav-dialogs");
    let all = dialogs.dialogs.values().map(|dialog| Listed {
        name: dialog.name.clone(),
        title: in_language(&dialog.title, visit.language),
        steps: dialog.steps.len(),
        form: dialog.form,
    });
    let page = Index {
        dialogs: all.collect(),
        findings,
        version: dialogs.version.chars().take(12).collect(),
        frame: frame.clone(),
    };
    frame.answer(&page)
}

fn in_language(text: &crate::dialog::model::Text, lang: Lang) -> String {
    match lang {
        Lang::Ar => text.ar.clone(),
        Lang::En => text.en.clone(),
    }
}

#[derive(Template)]
#[template(path = "console/dialogs/show.html", config = "src/web/askama.toml")]
struct Show {
    frame: Frame,
    name: String,
    file: String,
    source: Option<String>,
    findings: Vec<Told>,
}

async fn show(
    State(console): State<Console>,
    staff: Staff,
    visit: Visit,
    Path(name): Path<String>,
) -> Result<Response, Wrong> {
    staff.need(Permission::Dialogs)?;
    let dialogs = console.registry().current();
    let dialog = dialogs.dialogs.get(&name).ok_or(Wrong::Missing)?;
    let look = look(&console).await?;
    let of_file = |finding: &&Finding| finding.file == dialog.file;
    let title = in_language(&dialog.title, visit.language);
    let page = Show {
        frame: Frame::titled(&console, &visit, &staff, Section::Dialogs, title),
        file: dialog.file.to_string(),
        source: look
            .files
            .texts
            .get(dialog.file.as_ref())
            .map(ToString::to_string),
        findings: look.findings.iter().filter(of_file).map(told).collect(),
        name,
    };
    page.frame.answer(&page)
}

async fn whole(
    State(console): State<Console>,
    staff: Staff,
    visit: Visit,
) -> Result<Response, Wrong> {
    staff.need(Permission::Dialogs)?;
    drawn(&console, None, visit.language).await
}

async fn picture(
    State(console): State<Console>,
    staff: Staff,
    visit: Visit,
    Path(name): Path<String>,
) -> Result<Response, Wrong> {
    staff.need(Permission::Dialogs)?;
    drawn(&console, Some(name), visit.language).await
}

async fn drawn(console: &Console, name: Option<String>, lang: Lang) -> Result<Response, Wrong> {
    let look = look(console).await?;
    let charity = console.registry().current().charity.name.clone();
    let drawing = tokio::task::spawn_blocking(move || {
        let (loaded, _) = load(&look.files, &charity);
        let picture = match &name {
            Some(name) => draw::dialog(&loaded, name, lang)?,
            None => draw::charity(&loaded, lang),
        };
        draw::svg(&picture)
    });
    // What is too large for a picture has none.
    let svg = drawing
        .await
        .map_err(|_| Wrong::Fault)?
        .map_err(|_| Wrong::Missing)?;
    let headers = [
        (CONTENT_TYPE, "image/svg+xml"),
        (CACHE_CONTROL, "private, no-cache"),
        (CONTENT_SECURITY_POLICY, PICTURE_POLICY),
    ];
    Ok((headers, svg).into_response())
}
