//! Pictures of a small charity word for word, of the shipped ones that nothing is left out, and of files that are
//! wrong or hostile that they stay pictures.

use regex::Regex;

use super::picture::{Mark, Picture};
use super::{Undrawable, charity, dialog, mermaid, svg};
use crate::dialog::check::recorded_fields;
use crate::dialog::check::tests::sound;
use crate::dialog::files::{Files, embedded};
use crate::dialog::load::{Loaded, load};
use crate::text::lang::Lang;

const LANGS: [Lang; 2] = [Lang::Ar, Lang::En];

/// Every picture of a charity, in both languages.
fn pictures(loaded: &Loaded) -> Vec<Picture> {
    let of_lang = |lang: Lang| {
        let dialogs = loaded.dialogs.keys();
        let dialogs = dialogs.map(move |name| dialog(loaded, name, lang).unwrap());
        dialogs.chain([charity(loaded, lang)])
    };
    LANGS.into_iter().flat_map(of_lang).collect()
}

/// Compares with the golden file, or writes it with `UPDATE=1`.
fn golden(name: &str, said: &str) {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("src/dialog/draw/golden");
    let path = folder.join(name);
    if std::env::var_os("UPDATE").is_some() {
        std::fs::write(&path, said).unwrap();
    }
    let before = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(said == before, "{name} (UPDATE=1 rewrites):\n{said}");
}

/// The small charity, and in it a dialog that has every kind of way.
fn small() -> Files {
    let mut files = sound();
    files.put("common/ways.yaml", WAYS.as_bytes());
    files
}

const WAYS: &str = "title: {ar: الطرق, en: Ways}
starts: [apply]
steps:
- choose: which
  text: {ar: أيّها؟, en: Which?}
  options:
  - first: {ar: الأول, en: First, to: first}
  - second: {ar: الثاني, en: Second}
  - third: {ar: الثالث, en: Third}
- branch: parting
  cases:
  - when: {all: [{field: which, in: [second, third]}, {not: {fact: open_now}}]}
    to: {dialog: menu}
- say: first
  when: {field: which, is: first}
  text: {ar: \"أهلًا {{ charity.title }}\", en: \"Hello {{ charity.title }}\"}
  to: again
- call: aside
  dialog: menu
- ask: again
  read: yes_no
  text: {ar: مرة أخرى؟, en: Again?}
- branch: round
  cases:
  - when: {field: again, is: true}
    to: which
- hand_over: staff
  text: {ar: إلى موظف, en: To staff}
  ends: handed_over
";

#[test]
fn the_pictures_of_a_small_charity_show_what_stands_in_its_files() {
    let (loaded, _) = load(&small(), "demo");
    for lang in LANGS {
        let code = lang.code();
        for name in ["apply", "ways"] {
            let picture = dialog(&loaded, name, lang).unwrap();
            golden(&format!("{name}.{code}.mmd"), &mermaid(&picture));
        }
        let all = charity(&loaded, lang);
        golden(&format!("charity.{code}.mmd"), &mermaid(&all));
        golden(&format!("charity.{code}.svg"), &svg(&all).unwrap());
    }
    let ways = dialog(&loaded, "ways", Lang::Ar).unwrap();
    golden("ways.ar.svg", &svg(&ways).unwrap());
}

#[test]
fn every_shipped_dialog_is_drawn_whole_in_both_languages() {
    let files = embedded();
    for name in files.charities() {
        let (loaded, _) = load(&files, &name);
        let common = |picture: &Picture| {
            let dialog = loaded.dialogs.get(&picture.name);
            dialog.is_some_and(|dialog| dialog.file.starts_with("common/"))
        };
        // A common dialog is the same in every charity.
        for picture in pictures(&loaded)
            .iter()
            .filter(|picture| name == "demo" || !common(picture))
        {
            let drawn = svg(picture).unwrap();
            let nodes = drawn.matches("<g class=\"k ").count();
            assert!(nodes >= picture.nodes.len(), "{name}/{}", picture.name);
            sound_xml(&drawn);
            sound_mermaid(&mermaid(picture));
            let right_to_left = picture.lang == Lang::Ar;
            assert_eq!(drawn.contains("direction=\"rtl\""), right_to_left);
        }
        for (name, dialog) in &loaded.dialogs {
            let picture = super::dialog(&loaded, name, Lang::Ar).unwrap();
            for step in &dialog.steps {
                let id = format!("s_{}", step.name);
                assert!(
                    picture.nodes.iter().any(|node| node.id == id),
                    "{name}.{id}"
                );
            }
        }
    }
}

#[test]
fn the_same_files_give_the_same_picture() {
    let drawn = || {
        let (loaded, _) = load(&embedded(), "demo");
        let pictures = pictures(&loaded).into_iter();
        let pictures = pictures.map(|picture| (svg(&picture).unwrap(), mermaid(&picture)));
        pictures.collect::<Vec<_>>()
    };
    assert!(drawn() == drawn());
}

#[test]
fn what_belongs_into_the_record_is_marked_and_nothing_else() {
    let files = embedded();
    for name in files.charities() {
        let (loaded, _) = load(&files, &name);
        for (name, dialog) in &loaded.dialogs {
            let picture = super::dialog(&loaded, name, Lang::Ar).unwrap();
            let marked = picture.nodes.iter().filter(|node| node.mark != Mark::None);
            let marked: Vec<&str> = marked.map(|node| node.id.as_str()).collect();
            let fields = recorded_fields(dialog).into_iter();
            let fields: Vec<String> = fields.map(|step| format!("s_{}", step.name)).collect();
            assert_eq!(marked, fields, "{name}");
        }
        let apply = super::dialog(&loaded, "apply", Lang::Ar).unwrap();
        let mark = |id: &str| apply.nodes.iter().find(|node| node.id == id).unwrap().mark;
        assert_eq!(mark("s_full_name"), Mark::Personal);
        assert_eq!(mark("s_national_id"), Mark::Sensitive);
        assert_eq!(mark("s_medical_report"), Mark::Sensitive);
    }
}

#[test]
fn markup_in_a_text_stays_a_text() {
    let hostile =
        "</text><script>alert(1)</script> & \\\" ' ` # ; : %%{init: {}}%% ] } ) --> \\u0007end";
    let mut files = sound();
    let text = format!(
        "title: {{ar: \"{hostile}\", en: \"{hostile}\"}}\nsteps:\n- choose: item\n  text: {{ar: \"{hostile}\", en: \"{hostile}\"}}\n  options:\n  - a: {{ar: \"{hostile}\", en: \"{hostile}\", to: {{dialog: apply}}}}\n  - b: {{ar: ب, en: B}}\n  ends: done\n"
    );
    files.put("common/menu.yaml", text.as_bytes());
    let (loaded, _) = load(&files, "demo");
    for picture in pictures(&loaded) {
        let drawn = svg(&picture).unwrap();
        sound_xml(&drawn);
        assert!(!drawn.contains("<script"), "{drawn}");
        sound_mermaid(&mermaid(&picture));
    }
}

#[test]
fn a_dialog_that_no_paper_holds_is_refused_as_a_picture_and_told_as_text() {
    let mut text = "title: {ar: طويل, en: Long}\nsteps:\n".to_owned();
    for number in 0..450 {
        text.push_str(&format!("- say: s{number}\n  text: {{ar: أ, en: A}}\n"));
    }
    let mut files = sound();
    files.put("common/long.yaml", text.as_bytes());
    let (loaded, _) = load(&files, "demo");
    let picture = dialog(&loaded, "long", Lang::En).unwrap();
    let told = svg(&picture).unwrap_err().to_string();
    assert!(
        told.contains("451 nodes") && told.contains("--format mermaid"),
        "{told}"
    );
    assert_eq!(mermaid(&picture).matches("s_s").count(), 450 + 1 + 2 * 449);
    // As long as may be, and every step leads back to the first as well.
    let mut text =
        "title: {ar: طويل, en: Long}\nsteps:\n- say: s0\n  text: {ar: أ, en: A}\n".to_owned();
    for number in 1..200 {
        text.push_str(&format!("- choose: s{number}\n  text: {{ar: أ, en: A}}\n  options: [{{a: {{ar: أ, en: A, to: s0}}}}, {{b: {{ar: ب, en: B}}}}]\n"));
    }
    files.put("common/long.yaml", text.as_bytes());
    let (loaded, _) = load(&files, "demo");
    let picture = dialog(&loaded, "long", Lang::En).unwrap();
    assert!(matches!(
        svg(&picture),
        Err(Undrawable::TooLarge { what: "places", .. })
    ));
}

#[test]
fn files_with_every_mistake_are_drawn_as_far_as_they_go() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("src/dialog/check/golden");
    for entry in std::fs::read_dir(folder).unwrap() {
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
        let (loaded, _) = load(&files, "demo");
        for picture in pictures(&loaded) {
            sound_xml(&svg(&picture).unwrap());
            sound_mermaid(&mermaid(&picture));
        }
    }
    let (loaded, _) = load(&sound(), "demo");
    let told = dialog(&loaded, "aply", Lang::Ar).unwrap_err().to_string();
    assert!(told.contains("Did you mean `apply`?"), "{told}");
}

/// Tags that close, attributes in quotes, and no sign of markup outside them.
fn sound_xml(text: &str) {
    let tag = Regex::new(r#"^<(/?)([a-z]+)((?: [a-zA-Z:-]+="[^"<&]*")*)(/?)>"#).unwrap();
    let entity = Regex::new(r"^&(?:amp|lt|gt|quot|#39);").unwrap();
    let mut open: Vec<&str> = Vec::new();
    let mut rest = text;
    while let Some(at) = rest.find(['<', '&']) {
        assert!(!rest[..at].contains('>'), "{}", &rest[..at]);
        rest = &rest[at..];
        if let Some(found) = entity.find(rest) {
            rest = &rest[found.end()..];
            continue;
        }
        let shown: String = rest.chars().take(120).collect();
        let found = tag
            .captures(rest)
            .unwrap_or_else(|| panic!("no tag: {shown}"));
        let name = found.get(2).unwrap().as_str();
        match (&found[1], &found[4]) {
            ("/", _) => assert_eq!(open.pop(), Some(name), "{shown}"),
            ("", "/") => {}
            _ => open.push(name),
        }
        rest = &rest[found[0].len()..];
    }
    assert!(open.is_empty(), "{open:?}");
    assert!(!text.chars().any(|c| c.is_control() && c != '\n'));
}

/// Every line is one of those that the writer knows, and what stands in quotes cannot end them.
fn sound_mermaid(text: &str) {
    let label = r##""(?:[\w ,?!().…\P{ASCII}]|#\d+;|<br/>)*""##;
    let lines = [
        r#"---|title: "(?:[^"\\]|\\.)*"|flowchart (?:TB|RL|LR)|  end"#.to_owned(),
        format!(
            r"  \w+(?:\(\[|\[\[|\[\(|\[/|\[\\|\{{\{{|\(\(|[\[({{>]){label}(?:\]\)|\]\]|\)\]|/\]|\\\]|\}}\}}|\)\)|[\])}}])"
        ),
        format!(r"  \w+ (?:-->|==>|-\.->|<-\.->)(?:\|{label}\|)? \w+"),
        format!(r"  subgraph legend\[{label}\]"),
        format!(r"    \w+\[{label}\](?:::: ?\w+|:::\w+)?"),
        format!(r#"    \w+\[" "\] (?:-->|==>|-\.->|<-\.->)\|{label}\| \w+\[" "\]"#),
        r"  classDef \w+ [\w#:,-]+(?: \d)?".to_owned(),
        r"  class [\w,]+ \w+".to_owned(),
    ];
    let line = Regex::new(&format!("^(?:{})$", lines.join("|"))).unwrap();
    for one in text.lines() {
        assert!(line.is_match(one), "{one}");
    }
}
