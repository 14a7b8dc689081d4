//! What an author and an officer print from the dialog files, without a server: pictures, and the record of
//! processing.

use std::process::{Command, Output};

/// The command beside no settings of this machine.
fn wasl(words: &[&str]) -> Output {
    let folder = tempfile::tempdir().unwrap();
    Command::new(env!("CARGO_BIN_EXE_wasl"))
        .args(words)
        .current_dir(folder.path())
        .env_clear()
        .output()
        .unwrap()
}

fn said(output: &Output) -> (Option<i32>, String, String) {
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    (
        output.status.code(),
        text(&output.stdout),
        text(&output.stderr),
    )
}

#[test]
fn a_picture_goes_to_the_output_or_into_a_file_and_is_the_same() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("apply.svg");
    let words = ["draw", "--dialog", "apply", "--format", "svg"];
    let (code, printed, told) = said(&wasl(&words));
    assert_eq!((code, told.as_str()), (Some(0), ""));
    let out = ["--out", file.to_str().unwrap()];
    let (code, silent, told) = said(&wasl(&[&words[..], &out[..]].concat()));
    assert_eq!((code, silent.as_str(), told.as_str()), (Some(0), "", ""));
    assert_eq!(std::fs::read_to_string(&file).unwrap(), printed);
    let (code, text, _) = said(&wasl(&["draw", "--lang", "en"]));
    assert_eq!(code, Some(0));
    assert!(text.contains("flowchart LR"), "{text}");
}

#[test]
fn what_cannot_be_drawn_or_recorded_is_told_with_its_remedy() {
    for (words, code, part) in [
        (
            &["draw", "--dialog", "aply"][..],
            1,
            "Did you mean `apply`?",
        ),
        (&["draw", "--charity", "dmo"][..], 1, "Did you mean `demo`?"),
        (
            &["check", "--privacy", "--charity", "dmo"][..],
            1,
            "Did you mean `demo`?",
        ),
        (&["check", "--format", "csv"][..], 2, "--privacy"),
        (
            &["draw", "--out", "/nowhere/x.mmd"][..],
            74,
            "/nowhere/x.mmd",
        ),
        (&["draw", "/nowhere"][..], 74, "there is no such folder"),
    ] {
        let (ended, printed, told) = said(&wasl(words));
        assert_eq!(
            (ended, printed.as_str()),
            (Some(code), ""),
            "{words:?}: {told}"
        );
        assert!(told.contains(part), "{words:?}: {told}");
    }
}

#[test]
fn the_record_of_processing_is_printed_in_every_form() {
    for (form, part) in [
        ("markdown", "| `apply.national_id`"),
        ("csv", "apply.national_id,"),
        ("json", "\"place\": \"apply.national_id\""),
    ] {
        let words = ["check", "--privacy", "--lang", "en", "--format", form];
        let (code, record, told) = said(&wasl(&words));
        assert_eq!((code, told.as_str()), (Some(0), ""), "{form}");
        assert!(record.contains(part), "{form}: {record}");
    }
}
