//! Nothing that a person tells in confidence lies about in the clear: the whole house runs with invented
//! values, then every byte that it left behind is searched for them in every form that they could take.

use std::path::{Path, PathBuf};
use std::process::Command;

use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD_NO_PAD, URL_SAFE_NO_PAD};

use crate::journey::{RENT, reference};
use crate::support::talk::Person;
use crate::support::{Server, engines, postgres};

/// The ID and the need of the person of [`RENT`]: sealed wherever they are kept, history included.
const SEALED: &[&str] = &[
    "1234567897",
    "1234 567 897",
    "تأخرنا في الإيجار بعد توقف العمل",
];

/// All that they told. History keeps names and addresses readable, so that staff can search it; nothing
/// else does.
const TOLD: &[&str] = &[
    "1234567897",
    "1234 567 897",
    "تأخرنا في الإيجار بعد توقف العمل",
    "نورة بنت سعد بن علي الشهري",
    "نورة سعد علي الشهري",
    "550198437",
    "RHSB4821",
    "٢٠ رمضان ١٤٥١",
];

/// Something that was left behind, by name, and its bytes.
type Place = (String, Vec<u8>);

#[tokio::test]
async fn what_a_person_confides_lies_nowhere_in_the_clear_and_who_is_erased_is_gone() {
    for engine in engines() {
        let server = Server::start(&engine).await;
        let mut person = Person::arrives(&server, "ar").await;
        let open = person.answers(RENT).await;
        assert_eq!(open, "", "{}", person.said());
        let receipt = reference(&person.said());
        let backup = server.data().with_file_name("backup");
        done(&server, &format!("backup {}", backup.display()));

        let kept = [files(server.data()), files(&backup), dumped(&server)].concat();
        let found = search(&kept, SEALED);
        assert!(found.is_empty(), "{}: {found:#?}", engine.name);
        assert!(
            !search(&kept, &TOLD[3..4]).is_empty(),
            "{}: the search is blind: history keeps the name readable",
            engine.name
        );
        for (name, bytes) in files(&server.data().join("objects")) {
            let seen =
                [&b"PNG"[..], b"JFIF", b"IHDR"].map(|mark| latin(&bytes).contains(&latin(mark)));
            assert_eq!(seen, [false; 3], "{name} is no sealed photo");
        }
        let beside: Vec<Place> = files(&backup)
            .into_iter()
            .filter(|(name, _)| !name.contains("message"))
            .collect();
        let found = search(&beside, TOLD);
        assert!(found.is_empty(), "{}: {found:#?}", engine.name);

        let erased = format!("erase --reference {receipt} --yes");
        done(&server, &erased);
        let left = [files(server.data()), dumped(&server)].concat();
        let found = search(&left, TOLD);
        assert!(found.is_empty(), "{}: erased, yet {found:#?}", engine.name);
        done(&server, "verify");

        let log = [("the log".to_string(), server.output().into_bytes())];
        let found = search(&log, &[TOLD, &[&receipt]].concat());
        assert!(found.is_empty(), "{}: {found:#?}", engine.name);
    }
}

#[test]
fn the_search_finds_a_value_in_every_form_that_it_could_take() {
    for value in TOLD {
        let forms = forms(value);
        assert!(forms.len() > 10, "{value}");
        for form in forms {
            let place = [b"\x00before ", &form[..], b" after\xff"].concat();
            let found = search(&[("a file".to_string(), place)], &[value]);
            assert_eq!(found.len(), 1, "{}", String::from_utf8_lossy(&form));
        }
    }
    let clean = "nothing of the kind, 1234 5678, 1451".as_bytes().to_vec();
    assert!(search(&[("a file".to_string(), clean)], TOLD).is_empty());
}

/// Runs a command beside the server; gives what it printed.
fn done(server: &Server, words: &str) -> String {
    let output = server.command(words).output().unwrap();
    assert!(output.status.success(), "{words}: {output:?}");
    String::from_utf8(output.stdout).unwrap()
}

/// Where a value stands, in which form.
fn search(places: &[Place], values: &[&str]) -> Vec<String> {
    let mut found = Vec::new();
    let forms: Vec<_> = values.iter().map(|value| (value, forms(value))).collect();
    for (name, bytes) in places {
        let text = latin(bytes);
        for (value, forms) in &forms {
            if let Some(form) = forms.iter().find(|form| text.contains(&latin(form))) {
                let form = String::from_utf8_lossy(form);
                found.push(format!("{name}: {value} as {form}"));
            }
        }
    }
    found
}

/// A byte a character: the standard library searches texts fast, also in a debug build.
fn latin(bytes: &[u8]) -> String {
    bytes.iter().copied().map(char::from).collect()
}

/// A value as text of every kind, and each of these as it stands in a file.
fn forms(value: &str) -> Vec<Vec<u8>> {
    let spaced: String = value.chars().flat_map(|c| [c, ' ']).collect();
    let grouped: String = value
        .chars()
        .enumerate()
        .flat_map(|(at, c)| [(at > 0 && at % 3 == 0).then_some('-'), Some(c)])
        .flatten()
        .collect();
    let texts = [
        value.to_string(),
        digits(value, '٠'),
        digits(value, '۰'),
        digits(value, '0'),
        spaced.trim_end().to_string(),
        digits(spaced.trim_end(), '٠'),
        grouped,
        value.replace(' ', ""),
    ];
    let mut forms: Vec<Vec<u8>> = texts.iter().flat_map(|text| written(text)).collect();
    forms.sort();
    forms.dedup();
    forms
}

/// The value with its digits from this zero on.
fn digits(value: &str, zero: char) -> String {
    let digit = |c: char| match c {
        '٠'..='٩' => Some(c as u32 - '٠' as u32),
        _ => c.to_digit(10),
    };
    let put = |c: char| digit(c).and_then(|digit| char::from_u32(zero as u32 + digit));
    value.chars().map(|c| put(c).unwrap_or(c)).collect()
}

/// One text as bytes: plain, JSON's escapes, UTF-16, hexadecimal, percent, base64 at every offset.
fn written(text: &str) -> Vec<Vec<u8>> {
    let units: Vec<u16> = text.encode_utf16().collect();
    let escaped: String = units.iter().map(|unit| format!("\\u{unit:04x}")).collect();
    let hex: String = text.bytes().map(|byte| format!("{byte:02x}")).collect();
    let percent: String = text.bytes().map(|byte| format!("%{byte:02X}")).collect();
    let mut forms = vec![
        text.as_bytes().to_vec(),
        escaped.to_uppercase().replace("\\U", "\\u").into_bytes(),
        escaped.into_bytes(),
        units.iter().flat_map(|unit| unit.to_le_bytes()).collect(),
        hex.to_uppercase().into_bytes(),
        hex.into_bytes(),
        percent.into_bytes(),
    ];
    for before in 0..3 {
        forms.push(inner(&STANDARD_NO_PAD.encode(at(text, before)), before));
        forms.push(inner(&URL_SAFE_NO_PAD.encode(at(text, before)), before));
    }
    forms
}

fn at(text: &str, before: usize) -> Vec<u8> {
    [&vec![0; before][..], text.as_bytes()].concat()
}

/// The characters of base64 that depend on the text alone, wherever it stands in something longer.
fn inner(base64: &str, before: usize) -> Vec<u8> {
    let first = (before * 8).div_ceil(6);
    let whole = base64.len() - 1;
    base64.as_bytes()[first..whole].to_vec()
}

/// Every file below a folder, whole.
fn files(folder: &Path) -> Vec<Place> {
    let mut found = Vec::new();
    let mut folders = vec![PathBuf::from(folder)];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(&folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.is_file() {
                let bytes = std::fs::read(&path).unwrap();
                found.push((path.display().to_string(), bytes));
            }
        }
    }
    assert!(!found.is_empty(), "{} is empty", folder.display());
    found
}

/// What the database server holds, as its own tool writes it out; nothing on SQLite, whose files are
/// searched as they are.
fn dumped(server: &Server) -> Vec<Place> {
    let Some(url) = &server.start.engine.database_url else {
        return Vec::new();
    };
    let output = Command::new(postgres::tool("pg_dump"))
        .arg("--inserts")
        .arg(url)
        .output()
        .unwrap();
    assert!(output.status.success(), "{output:?}");
    vec![("the database".to_string(), output.stdout)]
}
