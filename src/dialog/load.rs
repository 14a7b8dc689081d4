//! Reads the files of a charity into what it can say, and tells everything that is wrong with them in one
//! look. Whether what they say hangs together is proved by `check`.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, OnceLock};

use super::check;
use super::faq_file::{EDITED, edited_path};
use super::fill::Filler;
use super::finding::{Finding, Findings, Severity, Span};
use super::model::{
    Agencies, Cases, Dialog, Dialogs, Document, FaqEntry, MessageTemplate, Service, Text, Words,
};
use super::near;
use super::yaml::{self, Node};
use crate::charity::Charity;
use crate::faq::Concepts;
use look::Look;
use shape::Shape;

pub use super::files::{Files, embedded};
pub use house::comparable;

pub mod build;
pub mod condition;
mod exit;
mod hours;
mod house;
pub mod keys;
mod look;
mod processing;
pub mod shape;

/// The files that are no dialogs, and what stands in them.
pub const HOUSE_FILES: &[(&str, Shape)] = &[
    ("charity", Shape::Map(&keys::CHARITY)),
    ("services", Shape::Map(&keys::SERVICES)),
    ("words", Shape::Map(&keys::WORDS)),
    ("phrases", Shape::Named(&Shape::Text)),
    ("templates", Shape::Map(&keys::TEMPLATES)),
    ("cases", Shape::Map(&keys::CASES)),
    // Labels of the web chat's page; the web room reads them.
    ("page", Shape::Named(&Shape::Text)),
    ("documents", Shape::Map(&keys::DOCUMENTS)),
    ("agencies", Shape::Map(&keys::AGENCIES)),
    ("help_lines", Shape::Map(&keys::HELP_LINES)),
    ("faq", Shape::Map(&keys::FAQ)),
    ("common_faq", Shape::Map(&keys::FAQ)),
    // Made of what staff wrote, and no file of anybody's.
    (EDITED, Shape::Map(&keys::EDITED_FAQ)),
    ("processing", Shape::Map(&keys::PROCESSING)),
    // The FAQ's room reads what stands in a line.
    (CONCEPTS, Shape::Named(&Shape::Words)),
];

/// The table of words that mean nearly the same, which the FAQ's room reads by itself.
const CONCEPTS: &str = "concepts";

/// Every other file is one dialog.
const DIALOG: Shape = Shape::Map(&keys::DIALOG);

/// Files without which a charity cannot speak.
const NEEDED: &[&str] = &["charity", "words", "phrases", "cases"];

/// One charity's files as types, however much is wrong with them, with the trees they were made of.
pub struct Loaded {
    pub files: Files,
    pub version: String,
    /// The version without what staff wrote.
    pub base: String,
    pub charity: Charity,
    pub dialogs: BTreeMap<String, Arc<Dialog>>,
    pub words: Words,
    pub phrases: BTreeMap<String, Text>,
    pub templates: BTreeMap<String, MessageTemplate>,
    pub services: Vec<Service>,
    pub cases: Cases,
    pub documents: Vec<Document>,
    pub agencies: Agencies,
    pub faq: Vec<FaqEntry>,
    pub concepts: Concepts,
    pub processing: super::processing::Processing,
    /// Facts that some charity of the folder tells: a fact that none tells is a slip of the pen.
    pub known_facts: BTreeSet<String>,
    /// Names of files that are there and could not be read: what names them is not wrong for that.
    pub unread: BTreeSet<String>,
    /// Name of the file (`apply`, `words` …) to its path and tree.
    pub trees: BTreeMap<String, (Arc<str>, Node)>,
}

/// What a charity can say, with all findings of its files. None when there are errors. The limits of
/// channels are proved by [`check::check_folder`].
pub fn resolve(files: &Files, charity: &str) -> (Option<Dialogs>, Findings) {
    if !files.charities().contains(charity) {
        return (None, Findings(vec![no_such_charity(files, charity)]));
    }
    let (loaded, mut findings) = load(files, charity);
    check::prove(&loaded, &[], &mut findings);
    findings.sort();
    let dialogs = if findings.has_errors() {
        None
    } else {
        loaded.compile().ok()
    };
    (dialogs, findings)
}

/// A set that was proved when it was stored, perhaps by an older build with other rules: whatever of it can
/// still be read. None when a file is no longer readable at all.
pub fn reload(files: &Files, charity: &str) -> Option<Dialogs> {
    let (loaded, findings) = load(files, charity);
    let unreadable = |finding: &Finding| {
        matches!(
            finding.code,
            "yaml" | "too_deep" | "too_large" | "missing_file"
        )
    };
    if findings.0.iter().any(unreadable) {
        return None;
    }
    loaded.compile().ok()
}

/// Reads everything of a charity, and finds what is wrong in each file by itself.
pub fn load(files: &Files, charity: &str) -> (Loaded, Findings) {
    let known_facts = facts_anywhere(files);
    let files = files.of(charity);
    let mut findings = Findings::default();
    for (path, why) in &files.unreadable {
        let remedy = "Mend it, or take it out of the folder.";
        findings.add(about_file(
            path,
            "unreadable",
            format!("the file {why}"),
            remedy.to_owned(),
        ));
    }
    let trees = trees(&files, &mut findings);
    let concepts = concepts(&files, &mut findings);
    missing_files(charity, &files, &trees, &mut findings);
    let tree = |name: &str| trees.get(name).map(|(_, node)| node);
    let there = files.texts.keys().chain(files.unreadable.keys());
    let unread = there
        .filter_map(|path| file_name(path))
        .filter(|name| !trees.contains_key(*name));
    let profile = house::charity(charity, tree("charity"), tree("help_lines"));
    let loaded = Loaded {
        faq: house::faq(
            tree(EDITED),
            [(tree("faq"), "faq"), (tree("common_faq"), "common_faq")],
            &profile,
        ),
        concepts,
        unread: unread.map(str::to_owned).collect(),
        known_facts,
        version: files.digest(),
        base: files.digest_without(&edited_path(charity)),
        charity: profile,
        dialogs: dialogs(&trees),
        words: tree("words").map(house::words).unwrap_or_default(),
        phrases: tree("phrases").map(house::phrases).unwrap_or_default(),
        templates: tree("templates").map(house::templates).unwrap_or_default(),
        services: tree("services").map(house::services).unwrap_or_default(),
        cases: tree("cases").map(house::cases).unwrap_or_default(),
        documents: tree("documents").map(house::documents).unwrap_or_default(),
        agencies: tree("agencies").map(house::agencies).unwrap_or_default(),
        processing: tree("processing")
            .map(processing::processing)
            .unwrap_or_default(),
        trees,
        files,
    };
    (loaded, findings)
}

fn facts_anywhere(files: &Files) -> BTreeSet<String> {
    let mut facts = BTreeSet::new();
    for path in files
        .texts
        .keys()
        .filter(|path| path.ends_with("/charity.yaml"))
    {
        // What is wrong with it is told where that charity is read.
        if let Some(node) = yaml::parse(
            &path.as_str().into(),
            &files.texts[path],
            &mut Findings::default(),
        ) {
            let told = node.get("facts").map_or(&[][..], Node::entries);
            facts.extend(told.iter().map(|(key, _)| key.text.clone()));
        }
    }
    facts
}

fn trees(files: &Files, findings: &mut Findings) -> BTreeMap<String, (Arc<str>, Node)> {
    let mut trees = BTreeMap::new();
    for (path, text) in files
        .texts
        .iter()
        .filter(|(path, _)| path.ends_with(".yaml"))
    {
        let file: Arc<str> = path.as_str().into();
        let Some(name) = file_name(path) else {
            let remedy = "Dialogs lie directly in common/ or in the charity's folder, and their names are small Latin letters, digits and `_`.";
            findings.add(about_file(
                path,
                "bad_file_name",
                "a dialog cannot have this name or place".to_owned(),
                remedy.to_owned(),
            ));
            continue;
        };
        let Some(node) = yaml::parse(&file, text, findings) else {
            continue;
        };
        let shape = HOUSE_FILES
            .iter()
            .find(|(house, _)| *house == name)
            .map_or(DIALOG, |(_, shape)| *shape);
        Look {
            file: &file,
            findings,
            step: None,
        }
        .over(&node, &shape, name);
        trees.insert(name.to_owned(), (file.clone(), node));
    }
    trees
}

/// The table of concepts: the charity's own, or the common one. A set of an earlier build has none.
fn concepts(files: &Files, findings: &mut Findings) -> Concepts {
    let mut texts = files.texts.iter();
    let Some((path, text)) = texts.find(|(path, _)| file_name(path) == Some(CONCEPTS)) else {
        return Concepts::default();
    };
    match Concepts::read(text) {
        Ok(concepts) => concepts,
        Err(problem) => {
            let remedy = "A line is `name: word, word`; an indented line goes on.";
            let mut finding = about_file(path, "concepts", problem.what, remedy.to_owned());
            finding.at.line = u32::try_from(problem.line).unwrap_or(u32::MAX);
            findings.add(finding);
            Concepts::default()
        }
    }
}

/// `common/apply.yaml` and `charities/demo/apply.yaml` are `apply`.
fn file_name(path: &str) -> Option<&str> {
    let below = path.strip_prefix("common/").or_else(|| {
        path.strip_prefix("charities/")?
            .split_once('/')
            .map(|(_, below)| below)
    })?;
    let name = below.strip_suffix(".yaml")?;
    shape::is_name(name).then_some(name)
}

fn missing_files(
    charity: &str,
    files: &Files,
    trees: &BTreeMap<String, (Arc<str>, Node)>,
    findings: &mut Findings,
) {
    for name in NEEDED.iter().filter(|name| !trees.contains_key(**name)) {
        let (own, common) = (
            format!("charities/{charity}/{name}.yaml"),
            format!("common/{name}.yaml"),
        );
        let there = [&own, &common]
            .into_iter()
            .any(|path| files.texts.contains_key(path) || files.unreadable.contains_key(path));
        if !there {
            let path = if *name == "charity" { own } else { common };
            findings.add(about_file(
                &path,
                "missing_file",
                "the file is missing".to_owned(),
                "GRAMMAR.md says what stands in it.".to_owned(),
            ));
        }
    }
}

fn dialogs(trees: &BTreeMap<String, (Arc<str>, Node)>) -> BTreeMap<String, Arc<Dialog>> {
    let is_dialog = |name: &str| HOUSE_FILES.iter().all(|(house, _)| *house != name);
    let files = trees.iter().filter(|(name, _)| is_dialog(name));
    files
        .map(|(name, (file, node))| (name.clone(), Arc::new(build::dialog(name, file, node))))
        .collect()
}

pub(super) fn about_file(path: &str, code: &'static str, what: String, remedy: String) -> Finding {
    let at = Span {
        line: 1,
        column: 1,
        offset: 0,
        length: 0,
    };
    Finding {
        file: path.into(),
        at,
        severity: Severity::Error,
        code,
        step: None,
        what,
        remedy: Some(remedy),
    }
}

/// The charities that there are, for who named another.
pub fn no_such_charity(files: &Files, name: &str) -> Finding {
    let there: BTreeSet<String> = files.charities();
    let remedy = near::remedy(name, "There are", there.iter().map(String::as_str));
    about_file(
        &format!("charities/{name}"),
        "unknown_charity",
        format!("there is no charity `{name}`"),
        remedy,
    )
}

impl Loaded {
    /// Compiles every text. Errors with the first that cannot be; `check` has told them all.
    fn compile(self) -> Result<Dialogs, super::fill::FillProblem> {
        let mut fill = Filler::default();
        fill.know(&self.charity);
        for text in check::texts::all(&self) {
            fill.add(text.text)?;
        }
        Ok(Dialogs {
            version: self.version,
            base: self.base,
            charity: self.charity,
            dialogs: self.dialogs,
            words: self.words,
            phrases: self.phrases,
            templates: self.templates,
            services: self.services,
            cases: self.cases,
            documents: self.documents,
            agencies: self.agencies,
            faq: self.faq,
            concepts: self.concepts,
            model: OnceLock::new(),
            fill,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_dialogs_in_the_binary_can_be_spoken() {
        let files = embedded();
        for charity in files.charities() {
            let (dialogs, findings) = resolve(&files, &charity);
            let told = crate::dialog::render::people(&findings, &files, "dialogs");
            assert!(dialogs.is_some(), "{charity}:\n{told}");
        }
    }

    #[test]
    fn a_stored_set_is_spoken_again_under_its_version() {
        let files = embedded();
        let (dialogs, _) = resolve(&files, "demo");
        let stored = serde_json::to_string(&files.of("demo")).unwrap();
        let again = reload(&serde_json::from_str(&stored).unwrap(), "demo").unwrap();
        assert_eq!(again.version, dialogs.unwrap().version);
    }

    #[test]
    fn a_set_of_older_rules_is_still_spoken_and_an_unreadable_one_is_not() {
        let mut files = embedded().of("demo");
        let strange = "title: {ar: أ, en: A}\nforgotten_key: 1\nsteps:\n- say: hello\n  text: {ar: أ, en: A}\n";
        files.put("common/strange.yaml", strange.as_bytes());
        assert!(resolve(&files, "demo").0.is_none());
        assert!(
            reload(&files, "demo")
                .unwrap()
                .dialogs
                .contains_key("strange")
        );
        files.put("common/strange.yaml", b"title: [");
        assert!(reload(&files, "demo").is_none());
    }

    #[test]
    fn an_unknown_charity_is_told_which_there_are() {
        let (dialogs, findings) = resolve(&embedded(), "dmeo");
        assert!(dialogs.is_none());
        assert_eq!(findings.0[0].code, "unknown_charity");
        assert!(findings.0[0].remedy.as_ref().unwrap().contains("`demo`"));
    }
}
