//! `wasl draw`: a picture of one dialog, or of the whole charity, for who writes and who approves the dialogs.

use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};

use super::dialogs::{Language, files};
use super::exit::{Ended, Ending, Failure, OrEnd};
use super::out::{say, tell};
use crate::config::Settings;
use crate::dialog::check::check_charity;
use crate::dialog::draw::{self, Undrawable};
use crate::dialog::finding::Findings;
use crate::dialog::load::{load, no_such_charity};
use crate::dialog::render;

/// Draw one dialog with its steps, or the whole charity with its dialogs
#[derive(Args)]
pub struct Draw {
    /// A whole dialogs/ folder; without it the setting, or the dialogs inside the program
    dir: Option<PathBuf>,
    /// This dialog; without it all dialogs of the charity and what leads where
    #[arg(long, value_name = "NAME")]
    dialog: Option<String>,
    /// A charity of the folder; without it that of the settings
    #[arg(long, value_name = "NAME")]
    charity: Option<String>,
    #[arg(long, value_enum, default_value = "mermaid")]
    format: Format,
    /// Language of the picture; Arabic runs from right to left
    #[arg(long, value_enum, default_value = "ar")]
    lang: Language,
    /// Write it into this file; without it to the standard output
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
}

#[derive(Clone, Copy, ValueEnum)]
enum Format {
    /// Text that Mermaid draws: in many pages and editors
    Mermaid,
    /// A picture that every browser shows and prints
    Svg,
}

pub fn run(draw: &Draw, settings: &Settings) -> Ended {
    let dir = draw.dir.as_deref().or(settings.dialogs.as_deref());
    let root = dir.unwrap_or(Path::new("dialogs")).to_string_lossy();
    let files = files(dir)?;
    let charity = draw.charity.as_deref().unwrap_or(&settings.charity);
    if !files.charities().contains(charity) {
        let findings = Findings(vec![no_such_charity(&files, charity)]);
        let told = render::people(&findings, &files, &root);
        return Err(Failure::new(Ending::Findings, told.trim_end()));
    }
    let (loaded, _) = load(&files, charity);
    let lang = draw.lang.lang();
    let picture = match &draw.dialog {
        Some(name) => draw::dialog(&loaded, name, lang).map_err(undrawable)?,
        None => draw::charity(&loaded, lang),
    };
    let text = match draw.format {
        Format::Mermaid => draw::mermaid(&picture),
        Format::Svg => draw::svg(&picture).map_err(undrawable)?,
    };
    if check_charity(&files, charity, &[]).has_errors() {
        tell(
            "wasl: the dialogs have errors, so the picture may lack something; `wasl check` tells them",
        );
    }
    match &draw.out {
        Some(file) => std::fs::write(file, text)
            .or_end(Ending::File, &format!("writing {}", file.display()))?,
        None => say(text.trim_end()),
    }
    Ok(Ending::Done)
}

fn undrawable(why: Undrawable) -> Failure {
    Failure::new(Ending::Findings, why)
}
