//! The record of a small charity word for word, and of the shipped ones that nothing is left out.

use super::{csv, json, markdown, record};
use crate::dialog::check::recorded_fields;
use crate::dialog::check::tests::sound;
use crate::dialog::files::{Files, embedded};
use crate::dialog::load::load;
use crate::text::lang::Lang;

fn small() -> Files {
    let mut files = sound();
    let apply = files.texts["common/apply.yaml"].replace(
        "- attach: lease\n",
        "- attach: lease\n  optional: true\n  purpose: health\n  retention: short\n",
    );
    files.put("common/apply.yaml", apply.as_bytes());
    files.put("common/processing.yaml", PROCESSING.as_bytes());
    files
}

const PROCESSING: &str = "purposes:
- purpose: application
  title: {ar: دراسة الطلب, en: Studying the request}
  basis: consent
  recipients: {ar: الموظفون, en: \"Staff, and | nobody else\"}
- purpose: health
  title: {ar: دراسة الحالة الصحية, en: Studying health}
  basis: consent
  sensitive: true
  recipients: {ar: الباحث, en: The researcher}
- purpose: unused
  title: {ar: غرض آخر, en: Another purpose}
  basis: law
  recipients: {ar: الموظفون, en: Staff}
retentions:
- retention: case
  text: {ar: سنة, en: A year}
- retention: short
  text: {ar: شهر, en: A month}
channels:
- channel: web
  text: {ar: على خادم الجمعية, en: On the charity's server}
- channel: telegram
  abroad: true
  text: {ar: خارج المملكة, en: Outside the Kingdom}
beside:
- data: messages
  title: {ar: الرسائل, en: Messages}
  purpose: application
  retention: short
";

/// Compares with the golden file, or writes it with `UPDATE=1`.
fn golden(name: &str, said: &str) {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("src/dialog/record/golden");
    let path = folder.join(name);
    if std::env::var_os("UPDATE").is_some() {
        std::fs::write(&path, said).unwrap();
    }
    let before = std::fs::read_to_string(&path).unwrap_or_default();
    assert_eq!(said, before, "{name} (UPDATE=1 rewrites)");
}

#[test]
fn the_record_of_a_small_charity_says_what_stands_in_its_files() {
    let (mut loaded, _) = load(&small(), "demo");
    // The digest changes with every phrase of the machine.
    loaded.version = "0123456789abcdef".to_owned();
    for lang in [Lang::Ar, Lang::En] {
        let code = lang.code();
        let record = record(&loaded, lang);
        golden(&format!("record.{code}.md"), &markdown(&record));
        golden(&format!("record.{code}.csv"), &csv(&record));
        golden(&format!("record.{code}.json"), &json(&record));
    }
}

#[test]
fn every_field_that_a_shipped_charity_can_ask_has_its_row_with_purpose_and_retention() {
    // What the charity does not offer, it does not collect.
    let never_asked = |charity: &str| match charity {
        "demo" => vec![],
        "amass" => vec!["apply.lease", "apply.bill"],
        "ajyal" => vec!["apply.aware", "apply.declaration", "apply.medical_report"],
        "hemm" => vec![
            "apply.declaration_for",
            "apply.medical_report",
            "volunteer.phone",
        ],
        "elamyoon" | "women-in-mining" => vec!["apply.medical_report", "guidance.near"],
        other => panic!("{other}: which fields does it never ask?"),
    };
    let files = embedded();
    for charity in files.charities() {
        let (loaded, _) = load(&files, &charity);
        let record = record(&loaded, Lang::Ar);
        let rows: Vec<&str> = record.fields.iter().map(|row| row.place.as_str()).collect();
        let all = loaded.dialogs.values().flat_map(|dialog| {
            let fields = recorded_fields(dialog).into_iter();
            fields.map(move |step| format!("{}.{}", dialog.name, step.name))
        });
        let beside = loaded.processing.beside.iter().map(|one| one.name.clone());
        let all: Vec<String> = all.chain(beside).collect();
        let kept = all.iter().filter(|place| rows.contains(&place.as_str()));
        assert!(
            kept.eq(rows.iter()),
            "{charity}: another order, or a row of no field"
        );
        for row in &record.fields {
            assert!(record.purpose(&row.purpose).is_some(), "{}", row.place);
            assert!(!row.retention.is_empty(), "{}", row.place);
        }
        for place in never_asked(&charity) {
            assert!(all.iter().any(|one| one == place), "no field: {place}");
            assert!(!rows.contains(&place), "{charity} never asks {place}");
        }
        for place in ["apply.national_id", "apply.relation", "status.last_four"] {
            assert!(rows.contains(&place), "{charity}: {place}");
        }
        let sensitive = |place: &str| {
            let row = record.fields.iter().find(|row| row.place == place);
            row.map(|row| row.sensitive)
        };
        assert_ne!(sensitive("apply.medical_report"), Some(false));
        assert_eq!(sensitive("apply.contact"), Some(false));
        if charity == "demo" {
            assert!(all.iter().eq(rows.iter()), "everything is on");
        }
    }
}

#[test]
fn what_nobody_told_is_said_to_be_untold() {
    let mut files = small();
    let apply =
        files.texts["common/apply.yaml"].replace("purpose: application\nretention: case\n", "");
    files.put("common/apply.yaml", apply.as_bytes());
    let (loaded, _) = load(&files, "demo");
    let said = csv(&record(&loaded, Lang::En));
    let name = said.lines().find(|line| line.starts_with("Name,")).unwrap();
    assert_eq!(name.matches("not told").count(), 4, "{name}");
}
