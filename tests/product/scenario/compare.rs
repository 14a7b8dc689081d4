//! Whether what a person saw is what the story says: the same words and the same choices, in whatever form the
//! medium has for them. Numbers of requests and dates are another day's, and only their places are compared.

use std::sync::LazyLock;

use regex::Regex;

use super::media::{Button, Shown};

/// A reply as a story has it.
pub struct Expected {
    pub words: Vec<String>,
    pub buttons: Vec<Wanted>,
}

/// A choice as a story has it: `[1] title — note`, `(word) title`.
#[derive(Clone, Debug)]
pub struct Wanted {
    /// Of a control.
    pub word: Option<String>,
    pub title: String,
    pub note: Option<String>,
}

impl Expected {
    pub fn read(lines: &[String]) -> Expected {
        let mut expected = Expected {
            words: Vec::new(),
            buttons: Vec::new(),
        };
        for line in lines {
            match wanted(line) {
                Some(button) => expected.buttons.push(button),
                None => expected.words.push(clean(line)),
            }
        }
        expected
    }
}

fn wanted(line: &str) -> Option<Wanted> {
    let (mark, rest) = line.split_once(' ')?;
    if let Some(number) = mark
        .strip_prefix('[')
        .and_then(|mark| mark.strip_suffix(']'))
    {
        number.parse::<u32>().ok()?;
        let (title, note) = match rest.split_once(" — ") {
            Some((title, note)) => (title, Some(clean(note))),
            None => (rest, None),
        };
        return Some(Wanted {
            word: None,
            title: clean(title),
            note,
        });
    }
    let word = mark.strip_prefix('(')?.strip_suffix(')')?;
    word.bytes()
        .all(|byte| byte.is_ascii_lowercase() || byte == b'_')
        .then(|| Wanted {
            word: Some(word.to_owned()),
            title: clean(rest),
            note: None,
        })
}

/// The button that a story presses: by its title, its number, or `(word)`.
pub fn named<'w>(buttons: &'w [Wanted], label: &str) -> Option<&'w Wanted> {
    let options = || buttons.iter().filter(|one| one.word.is_none());
    let number = label.trim_matches(['[', ']']).parse::<usize>().ok();
    let word = label.strip_prefix('(').and_then(|it| it.strip_suffix(')'));
    number
        .and_then(|number| options().nth(number.checked_sub(1)?))
        .or_else(|| buttons.iter().find(|one| one.title == clean(label)))
        .or_else(|| {
            buttons
                .iter()
                .find(|one| word.is_some() && one.word.as_deref() == word)
        })
}

impl Wanted {
    /// Whether this is that button, however the medium writes it.
    pub fn is(&self, button: &Button) -> bool {
        let title = clean(&button.title);
        let whole = match &self.note {
            Some(note) => format!("{} ({note})", self.title),
            None => self.title.clone(),
        };
        let cut = title.strip_suffix('…');
        title == self.title
            || title == whole
            || cut.is_some_and(|cut| self.title.starts_with(cut))
                && self.note.is_none()
                && button.note.as_deref().map(clean) == Some(self.title.clone())
    }

    /// Whether its note can be read there.
    fn is_told(&self, button: &Button, lines: &[String]) -> bool {
        let Some(note) = &self.note else { return true };
        let beside = button.note.as_deref().map(clean).is_some_and(|told| {
            let cut = told.strip_suffix('…');
            told == *note || cut.is_some_and(|cut| note.starts_with(cut))
        });
        beside || clean(&button.title).contains(note) || lines.contains(&self.line())
    }

    /// As it stands in the words of a medium whose buttons have no second line.
    fn line(&self) -> String {
        match &self.note {
            Some(note) => format!("- {}: {note}", self.title),
            None => format!("- {}", self.title),
        }
    }
}

/// In what the two differ; None when they say the same.
pub fn differ(expected: &[Expected], shown: &[Shown]) -> Option<String> {
    let wanted: Vec<&Wanted> = expected.iter().flat_map(|one| &one.buttons).collect();
    let buttons: Vec<&Button> = shown.iter().flat_map(|one| &one.buttons).collect();
    let mut lines: Vec<String> = shown
        .iter()
        .flat_map(|one| one.words.lines().map(clean))
        .collect();
    let asks = shown.iter().any(|one| one.asks);
    let mut at = buttons.iter().peekable();
    for one in &wanted {
        let found = at.next_if(|button| one.is(button));
        match found {
            Some(button) if one.is_told(button, &lines) => {}
            Some(_) => return Some(format!("the note of `{}` is nowhere to be read", one.title)),
            // Where the medium asks in its own way it may have no room for buttons: answers stand in the words,
            // and controls can be written as at any question.
            None if asks && (one.word.is_some() || lines.contains(&one.line())) => {}
            None => {
                return Some(told(
                    &format!("`{}` cannot be picked", one.title),
                    expected,
                    shown,
                ));
            }
        }
    }
    if let Some(more) = at.next() {
        return Some(told(
            &format!("`{}` is too much", more.title),
            expected,
            shown,
        ));
    }
    lines.retain(|line| !wanted.iter().any(|one| one.line() == *line));
    let said = meaning(&lines);
    let meant: Vec<String> = expected.iter().flat_map(|one| one.words.clone()).collect();
    (said != meaning(&meant)).then(|| told("the words differ", expected, shown))
}

fn told(what: &str, expected: &[Expected], shown: &[Shown]) -> String {
    let meant: Vec<String> = expected.iter().flat_map(|one| one.words.clone()).collect();
    let wanted = expected.iter().flat_map(|one| &one.buttons);
    let wanted: Vec<&str> = wanted.map(|one| one.title.as_str()).collect();
    format!(
        "{what}\nexpected: {}\n{wanted:?}\nshown: {shown:#?}",
        meant.join("\n")
    )
}

/// Without marks of direction and outer blanks.
pub fn clean(line: &str) -> String {
    let is_mark = |c: char| matches!(c, '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}');
    line.replace(is_mark, "").trim().to_owned()
}

static REFERENCE: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"W-[A-Z0-9]{5}-[A-Z0-9]{4}").unwrap());
static DATE: LazyLock<Regex> = LazyLock::new(|| {
    let arabic = r"[^\s\d]+ \d{1,2} [^\d]{3,16} \d{4}هـ الموافق \d{1,2} [^\d]{3,12} \d{4}م";
    let english = r"[A-Z][a-z]+day \d{1,2} [A-Z][a-z]+ \d{4} \(\d{1,2} [^\d)]{3,20} \d{4} AH\)";
    Regex::new(&format!("{arabic}|{english}")).unwrap()
});

/// All of the words, without what breaks lines.
fn meaning(lines: &[String]) -> String {
    let whole = lines.join(" ");
    let whole = REFERENCE.replace_all(&whole, "W-");
    let whole = DATE.replace_all(&whole, "<day>");
    whole.split_whitespace().collect()
}

#[test]
fn words_and_choices_are_compared_whatever_their_form() {
    let lines = |text: &str| text.lines().map(str::to_owned).collect::<Vec<_>>();
    let expected = || {
        [Expected::read(&lines(
            "Which?\n[1] Rent — For homes\n[2] A title that is rather long\n(back) Back",
        ))]
    };
    let button = |title: &str, note: Option<&str>| Button {
        key: String::new(),
        title: title.to_owned(),
        note: note.map(str::to_owned),
    };
    let shown = |words: &str, buttons: Vec<Button>| {
        [Shown {
            words: words.to_owned(),
            buttons,
            asks: false,
        }]
    };
    let list = vec![
        button("Rent", Some("For homes")),
        button("A title that…", Some("A title that is rather long")),
        button("Back", None),
    ];
    assert_eq!(
        differ(&expected(), &shown("\u{200F}Which?", list.clone())),
        None
    );
    let plain = vec![
        button("Rent (For homes)", None),
        button("A title that is rather long", None),
        button("Back", None),
    ];
    assert_eq!(differ(&expected(), &shown("Which?", plain.clone())), None);
    for (case, words, buttons) in [
        ("other words", "What?", list.clone()),
        (
            "no note",
            "Which?",
            [vec![button("Rent", None)], list[1..].to_vec()].concat(),
        ),
        ("one less", "Which?", list[..2].to_vec()),
        (
            "one more",
            "Which?",
            [list.clone(), vec![button("x", None)]].concat(),
        ),
        ("another order", "Which?", plain.into_iter().rev().collect()),
    ] {
        assert!(
            differ(&expected(), &shown(words, buttons)).is_some(),
            "{case}"
        );
    }
}
