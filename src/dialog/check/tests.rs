//! What an author is told. Golden files: each `golden/*.yaml` holds every mistake of one kind, and the
//! `.txt` beside it what is said of them; `UPDATE=1 cargo test` rewrites these, to be read before commit.

use std::fmt::Write as _;
use std::path::Path;

use super::{Channel, check_charity};
use crate::dialog::files::Files;
use crate::dialog::finding::Findings;
use crate::dialog::{phrase, render};
use crate::reply::Limits;

mod mutation;
mod noise;

/// A medium as narrow as the narrowest: three buttons, ten rows, no pages.
pub const NARROW: Limits = Limits {
    text: 4_096,
    buttons: 3,
    button_title: 20,
    rows: Some(10),
    row_title: 24,
    row_note: 72,
    text_with_choices: 1_024,
    paged: false,
    file_bytes: 16 * 1024 * 1024,
    template_needed_after_hours: Some(24),
    native: crate::reply::Native::ALL,
};

pub const CHANNELS: &[Channel<'static>] = &[("narrow", &NARROW)];

/// The smallest charity without a finding.
pub fn sound() -> Files {
    let mut phrases = String::new();
    for (name, _) in phrase::PHRASES {
        writeln!(phrases, "{name}: {{ar: جملة, en: A sentence}}").unwrap();
    }
    let mut words = "controls:\n".to_owned();
    for (number, (name, _)) in phrase::CONTROLS.iter().enumerate() {
        writeln!(words, "  {name}: [word {number}]").unwrap();
    }
    words.push_str(
        "  apply: [apply]\ndistress: [help me now]\nyes: [yes]\nno: [no]\nquestion_words: [when]\n",
    );
    let mut templates = "templates:\n".to_owned();
    for (name, parameters) in phrase::TEMPLATES {
        let said: String = parameters
            .iter()
            .map(|name| format!(" {{{{ {name} }}}}"))
            .collect();
        let put_in = match parameters.is_empty() {
            true => String::new(),
            false => format!("\n  parameters: [{}]", parameters.join(", ")),
        };
        writeln!(templates, "- template: {name}\n  category: utility{put_in}\n  text: {{ar: \"نص{said}.\", en: \"Text{said}.\"}}").unwrap();
    }
    let mut files = Files::default();
    for (path, text) in [
        ("common/phrases.yaml", phrases.as_str()),
        ("common/words.yaml", &words),
        ("common/templates.yaml", &templates),
        ("common/cases.yaml", CASES),
        ("common/processing.yaml", PROCESSING),
        ("common/menu.yaml", MENU),
        ("common/apply.yaml", APPLY),
        ("charities/demo/charity.yaml", CHARITY),
        ("charities/demo/services.yaml", SERVICES),
        ("charities/demo/documents/guide.pdf", "%PDF"),
    ] {
        files.put(path, text.as_bytes());
    }
    files
}

const MENU: &str = "title: {ar: القائمة, en: Menu}
steps:
- choose: item
  text: {ar: كيف نخدمكم؟, en: How can we help?}
  options:
  - apply: {ar: تقديم طلب, en: Apply, to: {dialog: apply}}
  - nothing: {ar: لا شيء, en: Nothing, to: bye}
- say: bye
  text: {ar: في أمان الله, en: Good-bye}
  ends: done
";

const APPLY: &str = "title: {ar: طلب, en: Request}
form: true
starts: [apply]
purpose: application
retention: case
steps:
- choose: service
  from: services
  label: {ar: الخدمة, en: Service}
  text: {ar: ما الخدمة؟, en: Which service?}
- consent: agreed
  purpose: application
  text: {ar: هل توافقون؟, en: Do you agree?}
  refused: declined
- ask: name
  read: full_name
  label: {ar: الاسم, en: Name}
  text: {ar: ما الاسم؟, en: What is your name?}
- ask: income
  when: {asks: income}
  read: money
  label: {ar: الدخل, en: Income}
  text: {ar: كم الدخل؟, en: What is your income?}
- attach: lease
  when: {asks: lease}
  label: {ar: العقد, en: Lease}
  text: {ar: صورة العقد, en: A photo of the lease}
- submit: receipt
  case: support
  text: {ar: \"استلمنا طلب {{ name }} رقم {{ reference }}\", en: \"Received from {{ name }}: {{ reference }}\"}
  duplicate: {ar: استلمنا طلبكم, en: We have your request}
  ends: done
- say: declined
  text: {ar: كما تودّون, en: As you wish}
  ends: declined
";

const CASES: &str = "kinds:
- kind: support
  title: {ar: دعم, en: Support}
  committee: true
  first: submitted
states:
- state: submitted
  title: {ar: مستلم, en: Received}
  text: {ar: استلمنا الطلب, en: We have the request}
  to: [closed]
- state: closed
  title: {ar: مغلق, en: Closed}
  text: {ar: أُغلق الطلب, en: The request is closed}
";

const PROCESSING: &str = "purposes:
- purpose: application
  title: {ar: دراسة الطلب, en: Studying the request}
  basis: consent
  recipients: {ar: الموظفون, en: Staff}
retentions:
- retention: case
  text: {ar: سنة, en: A year}
";

const CHARITY: &str = "title: {ar: جمعية, en: Charity}
facts: {phone: \"0110000000\"}
capabilities: [declaration]
hours:
  week: {sunday: [\"08:00-16:00\"]}
periods: {answer_from_days: 14, first_reminder_hours: 20, last_reminder_days: 3, forget_form_days: 90, objection_days: 30}
help_lines:
- line: \"911\"
  title: {ar: الطوارئ, en: Emergency}
";

const SERVICES: &str = "services:
- service: rent
  title: {ar: إيجار, en: Rent}
  text: {ar: دعم الإيجار, en: Help with rent}
  asks: [income, lease]
  needs: [lease]
";

/// What is said of one file put among the sound ones.
pub fn told(path: &str, text: &str) -> Findings {
    let mut files = sound();
    files.put(path, text.as_bytes());
    let mut findings = check_charity(&files, "demo", CHANNELS);
    findings.0.retain(|finding| &*finding.file == path);
    // Of the phrases that are missing one is enough: their list grows with the machine, as other lists do.
    let mut missing = findings
        .0
        .iter()
        .filter(|finding| finding.code == "missing_phrase");
    let first = missing.next().cloned();
    findings
        .0
        .retain(|finding| finding.code != "missing_phrase" || Some(finding) == first.as_ref());
    for finding in &mut findings.0 {
        if matches!(
            finding.code,
            "unknown_control" | "unknown_phrase" | "unknown_variable"
        ) {
            let remedy = finding.remedy.take().unwrap_or_default();
            finding.remedy = Some(
                remedy
                    .split_inclusive(": ")
                    .next()
                    .unwrap_or_default()
                    .to_owned()
                    + "…",
            );
        }
        if finding.code == "missing_control" {
            finding.what = "no words mean …, so nobody can say it".to_owned();
        }
    }
    findings
}

#[test]
fn a_sound_charity_has_no_finding() {
    let files = sound();
    let findings = check_charity(&files, "demo", CHANNELS);
    assert!(
        findings.0.is_empty(),
        "{}",
        render::people(&findings, &files, "")
    );
}

/// `# file: common/menu.yaml` in its first line says in the place of which file it stands.
#[test]
fn every_mistake_is_told_where_it_stands_and_how_to_mend_it() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/dialog/check/golden");
    let mut wrong = String::new();
    for entry in std::fs::read_dir(&folder).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_none_or(|ending| ending != "yaml") {
            continue;
        }
        let text = std::fs::read_to_string(&path).unwrap();
        let file = text
            .lines()
            .next()
            .unwrap()
            .strip_prefix("# file: ")
            .unwrap();
        let mut files = sound();
        files.put(file, text.as_bytes());
        let said = render::people(&told(file, &text), &files, "dialogs");
        let golden = path.with_extension("txt");
        if std::env::var_os("UPDATE").is_some() {
            std::fs::write(&golden, &said).unwrap();
        } else if std::fs::read_to_string(&golden).unwrap_or_default() != said {
            writeln!(wrong, "{}:\n{said}", golden.display()).unwrap();
        }
    }
    assert!(
        wrong.is_empty(),
        "said otherwise than before (UPDATE=1 rewrites):\n{wrong}"
    );
}

/// Each word for a kind of finding stands in some golden file, so that none is invented and never seen.
#[test]
fn every_code_of_a_finding_has_a_golden_file() {
    let mut seen = std::collections::BTreeSet::new();
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/dialog/check/golden");
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_some_and(|ending| ending == "yaml") {
            let text = std::fs::read_to_string(&path).unwrap();
            let file = text
                .lines()
                .next()
                .unwrap()
                .strip_prefix("# file: ")
                .unwrap();
            seen.extend(told(file, &text).0.into_iter().map(|finding| finding.code));
        }
    }
    let missing: Vec<_> = CODES.iter().filter(|code| !seen.contains(**code)).collect();
    let unnamed: Vec<_> = seen.iter().filter(|code| !CODES.contains(code)).collect();
    assert!(
        missing.is_empty() && unnamed.is_empty(),
        "no golden file: {missing:?}; not in the list: {unnamed:?}"
    );
}

/// Every code but those about whole files and folders, which tests of their own show.
const CODES: &[&str] = &[
    "bad_key",
    "bad_link",
    "bad_name",
    "bounds",
    "capability_lacks",
    "circle",
    "committee_answers",
    "duplicate_key",
    "duplicate_name",
    "duplicate_option",
    "duplicate_start",
    "duplicate_step",
    "duplicate_word",
    "empty",
    "empty_file",
    "equal_questions",
    "equal_titles",
    "example",
    "exit_of_several",
    "false_quotes",
    "few_questions",
    "field_later",
    "half_a_pin",
    "impossible_value",
    "marks",
    "missing_control",
    "missing_key",
    "missing_label",
    "missing_phrase",
    "missing_purpose",
    "missing_retention",
    "missing_template",
    "missing_text",
    "names_somebody",
    "no_consent",
    "no_end",
    "no_exit",
    "no_file",
    "not_asked",
    "not_sensitive",
    "not_yet_known",
    "reference",
    "renamed",
    "second_document",
    "tag",
    "too_deep",
    "too_long",
    "too_many",
    "two_ends",
    "two_lists",
    "two_meanings",
    "unknown_case",
    "unknown_control",
    "unknown_dialog",
    "unknown_fact",
    "unknown_field",
    "unknown_file",
    "unknown_key",
    "unknown_kind",
    "unknown_label",
    "unknown_need",
    "unknown_phrase",
    "unknown_purpose",
    "unknown_retention",
    "unknown_state",
    "unknown_step",
    "unknown_template",
    "unknown_variable",
    "unknown_word",
    "unopened_dialog",
    "unquoted_comma",
    "unreachable_state",
    "unreachable_step",
    "unreadable_text",
    "unserved_need",
    "unused_parameter",
    "variables_differ",
    "wrong_basis",
    "wrong_condition",
    "wrong_exit",
    "wrong_field",
    "wrong_parameters",
    "wrong_type",
    "yaml",
];
