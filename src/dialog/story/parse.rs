//! Reads a story's text. Tells everything that is wrong with a file at once, by its line; runs nothing.

use super::block::{self, Block};
use super::entry::{
    Act, Compare, Deed, Entry, Expected, Item, Jump, Key, KnownFact, KnownRequest, Parcel, Press,
    Problem, Setting, Story,
};
use super::patch;
use crate::dialog::near;
use crate::event::{AttachmentKind, Millis, Source};
use crate::text::lang::Lang;

/// What is wrong, and how to mend it; the line is known to the caller.
type Wrong = (String, String);

fn wrong(what: impl Into<String>, remedy: impl Into<String>) -> Wrong {
    (what.into(), remedy.into())
}

const KEYS: &[&str] = &[
    "charity",
    "language",
    "channel",
    "source",
    "known",
    "as",
    "mark",
    "counts",
    "dialogs",
    "person",
    "presses",
    "presses old",
    "presses raw",
    "sends",
    "edits",
    "opens",
    "staff",
    "clock",
    "undelivered",
    "bot",
    "notice",
    "alert",
    "silent",
    "end",
];

/// Reads a story. Errors with everything that is wrong with the file, in the order of its lines.
pub fn story(path: &str, text: &str) -> Result<Story, Vec<Problem>> {
    let (blocks, mut problems) = block::blocks(text);
    let charity = charity(&blocks, &mut problems);
    let mut items = Vec::new();
    for block in blocks.iter().filter(|block| block.key != "charity") {
        match entry(block) {
            Ok(what) => items.push(Item {
                line: block.line,
                last: block.last,
                what,
            }),
            Err((what, remedy)) => problems.push(Problem::new(block.line, what, remedy)),
        }
    }
    order(&items, &mut problems);
    problems.sort_by_key(|problem| problem.line);
    match problems.is_empty() {
        true => Ok(Story {
            path: path.to_owned(),
            charity,
            items,
            text: text.to_owned(),
        }),
        false => Err(problems),
    }
}

fn charity(blocks: &[Block], problems: &mut Vec<Problem>) -> String {
    let named: Vec<&Block> = blocks
        .iter()
        .filter(|block| block.key == "charity")
        .collect();
    let first = blocks.first().is_some_and(|block| block.key == "charity");
    if !first {
        let line = blocks.first().map_or(1, |block| block.line);
        problems.push(Problem::new(
            line,
            "the story does not say whose it is",
            "Open it with `charity: demo`.",
        ));
    }
    for second in named.iter().skip(1) {
        problems.push(Problem::new(
            second.line,
            "a story belongs to one charity",
            "Put the second story into a file of its own.",
        ));
    }
    named.first().map_or_else(String::new, |block| block.text())
}

/// `end:` comes last, and something must be expected: a story that cannot fail proves nothing.
fn order(items: &[Item], problems: &mut Vec<Problem>) {
    let ends = |item: &&Item| matches!(item.what, Entry::End(_));
    if let Some(at) = items.iter().position(|item| ends(&item))
        && let Some(behind) = items.get(at + 1)
    {
        problems.push(Problem::new(
            behind.line,
            "something stands behind `end:`",
            "`end:` tells what remains when everything has happened; move it to the end.",
        ));
    }
    let said = |item: &Item| {
        matches!(&item.what, Entry::End(_))
            || matches!(&item.what, Entry::Expect(expected) if expected.key == Key::Bot)
    };
    if !items.iter().any(said) {
        problems.push(Problem::new(
            items.last().map_or(1, |item| item.last),
            "the story expects nothing",
            "Write `bot:` behind what the person says, or `end:` at the end; `UPDATE=1` fills them in.",
        ));
    }
}

fn entry(block: &Block) -> Result<Entry, Wrong> {
    let text = block.text();
    Ok(match block.key.as_str() {
        "language" => Entry::Set(Setting::Language(language(&text)?)),
        "channel" => Entry::Set(Setting::Channel(word(&text, "a channel, such as `web`")?)),
        "source" => Entry::Set(Setting::Source(source(&text)?)),
        "known" => Entry::Set(Setting::Known(known(&text)?)),
        "as" => Entry::Set(Setting::As(word(&text, "a name, such as `relative`")?)),
        "mark" => Entry::Set(Setting::Mark),
        "counts" => counts(&text)?,
        "dialogs" => Entry::Set(Setting::Dialogs(patch::read(&block.head, &block.more)?)),
        "person" => Entry::Do(Deed::Person(text)),
        "presses" => press(text, Press::Latest)?,
        "presses old" => press(text, Press::Old)?,
        "presses raw" => press(text, Press::Raw)?,
        "sends" => Entry::Do(Deed::Sends(parcel(&text)?)),
        "edits" => edits(&text)?,
        "opens" => Entry::Do(Deed::Opens(Some(text).filter(|text| !text.is_empty()))),
        "staff" => Entry::Do(Deed::Staff(act(&text)?)),
        "clock" => Entry::Do(Deed::Clock(jump(&text)?)),
        "undelivered" => Entry::Do(Deed::Undelivered),
        "bot" => expect(Key::Bot, block),
        "notice" => expect(Key::Notice, block),
        "alert" => expect(Key::Alert, block),
        "silent" => expect(Key::Silent, block),
        "end" => Entry::End(block.lines()),
        unknown => {
            let remedy = near::remedy(unknown, "There are", KEYS.iter().copied());
            return Err(wrong(format!("no key is called `{unknown}`"), remedy));
        }
    })
}

fn expect(key: Key, block: &Block) -> Entry {
    let lines = block.lines();
    Entry::Expect(Expected { key, lines })
}

fn word(text: &str, what: &str) -> Result<String, Wrong> {
    match text.is_empty() || text.contains(char::is_whitespace) {
        true => Err(wrong(
            format!("`{text}` is not one word"),
            format!("Write {what}."),
        )),
        false => Ok(text.to_owned()),
    }
}

fn language(text: &str) -> Result<Lang, Wrong> {
    match text {
        "ar" => Ok(Lang::Ar),
        "en" => Ok(Lang::En),
        _ => Err(wrong(
            format!("`{text}` is no language of ours"),
            "Write `ar` or `en`.",
        )),
    }
}

const SOURCES: &[(&str, Source)] = &[
    ("own", Source::Own),
    ("interview", Source::Interview),
    ("phone", Source::Phone),
    ("letter", Source::Letter),
    ("social_media", Source::SocialMedia),
    ("help_desk", Source::HelpDesk),
    ("volunteer", Source::Volunteer),
    ("branch_representative", Source::BranchRepresentative),
];

fn source(text: &str) -> Result<Source, Wrong> {
    let found = SOURCES.iter().find(|(name, _)| *name == text);
    found.map(|(_, source)| *source).ok_or_else(|| {
        let remedy = near::remedy(text, "There are", SOURCES.iter().map(|(name, _)| *name));
        wrong(format!("no source is called `{text}`"), remedy)
    })
}

fn known(text: &str) -> Result<KnownFact, Wrong> {
    let words: Vec<&str> = text.split_whitespace().collect();
    match words.as_slice() {
        ["staffed"] => Ok(KnownFact::Staffed),
        ["opted", "out"] => Ok(KnownFact::OptedOut),
        ["anonymous"] => Ok(KnownFact::Anonymous),
        ["consent", purpose] => Ok(KnownFact::Consent((*purpose).to_owned())),
        ["fact", field, kind, value @ ..] if !value.is_empty() => Ok(KnownFact::Fact(
            (*field).to_owned(),
            (*kind).to_owned(),
            value.join(" "),
        )),
        ["case", reference, kind, service, state, rest @ ..] => {
            let request = KnownRequest {
                reference: (*reference).to_owned(),
                kind: (*kind).to_owned(),
                service: service.trim_matches('-').to_owned(),
                state: (*state).to_owned(),
                ..KnownRequest::default()
            };
            known_rest(request, rest).map(KnownFact::Case)
        }
        _ => Err(wrong(
            format!("`known: {text}` is not understood"),
            "Write `staffed`, `opted out`, `anonymous`, `consent application`, `fact full_name text …`, or `case W-… support food_basket submitted id 1… missing lease`.",
        )),
    }
}

fn known_rest(mut request: KnownRequest, rest: &[&str]) -> Result<KnownRequest, Wrong> {
    match rest {
        [] => Ok(request),
        ["id", id, rest @ ..] => {
            request.id = Some((*id).to_owned());
            known_rest(request, rest)
        }
        ["missing", slots @ ..] if !slots.is_empty() => {
            request.missing = slots_of(slots);
            Ok(request)
        }
        ["given", slots @ ..] if !slots.is_empty() => {
            request.given = slots_of(slots);
            Ok(request)
        }
        _ => Err(wrong(
            format!("`{}` behind a case is not understood", rest.join(" ")),
            "Write `id 1…` and then `missing lease, bill` or `given lease, bill`.",
        )),
    }
}

fn slots_of(slots: &[&str]) -> Vec<String> {
    let slots = slots.iter().map(|slot| slot.trim_matches(','));
    slots.map(str::to_owned).collect()
}

fn counts(text: &str) -> Result<Entry, Wrong> {
    let words: Vec<&str> = text.split_whitespace().collect();
    let compare = match words.as_slice() {
        ["person", "<=", _] => Some(Compare::AtMost),
        ["person", "=", _] => Some(Compare::Exactly),
        _ => None,
    };
    let messages = words.last().and_then(|number| number.parse().ok());
    match (compare, messages) {
        (Some(compare), Some(messages)) => Ok(Entry::Counts { compare, messages }),
        _ => Err(wrong(
            format!("`counts: {text}` is not understood"),
            "Write `person <= 12` or `person = 12`.",
        )),
    }
}

fn press(label: String, press: fn(String) -> Press) -> Result<Entry, Wrong> {
    match label.is_empty() {
        true => Err(wrong(
            "no button is named",
            "Write its title or its number.",
        )),
        false => Ok(Entry::Do(Deed::Presses(press(label)))),
    }
}

/// Kinds of messages that carry nothing for a dialog.
const UNREADABLE: &[&str] = &["sticker", "poll", "reaction", "call", "unsupported"];
const FILES: &[(&str, AttachmentKind)] = &[
    ("photo", AttachmentKind::Photo),
    ("document", AttachmentKind::Document),
    ("voice", AttachmentKind::Voice),
    ("video", AttachmentKind::Video),
];

fn parcel(text: &str) -> Result<Parcel, Wrong> {
    let (kind, rest) = text.split_once(char::is_whitespace).unwrap_or((text, ""));
    let rest = rest.trim();
    if let Some((_, kind)) = FILES.iter().find(|(name, _)| *name == kind) {
        let caption = Some(rest.to_owned()).filter(|rest| !rest.is_empty());
        return Ok(Parcel::File(*kind, caption));
    }
    match kind {
        "location" => pin(rest),
        "contact" => card(rest, false),
        "own" if rest.starts_with("contact") => card(rest["contact".len()..].trim(), true),
        _ if UNREADABLE.contains(&kind) => Ok(Parcel::Unreadable(kind.to_owned())),
        _ => {
            let names = FILES.iter().map(|(name, _)| *name);
            let names = names
                .chain(["location", "contact"])
                .chain(UNREADABLE.iter().copied());
            let remedy = near::remedy(kind, "There are", names);
            Err(wrong(
                format!("nothing called `{kind}` can be sent"),
                remedy,
            ))
        }
    }
}

fn pin(text: &str) -> Result<Parcel, Wrong> {
    let (place, label) = text.split_once(char::is_whitespace).unwrap_or((text, ""));
    let degrees = place
        .split_once(',')
        .and_then(|(latitude, longitude)| Some((latitude.parse().ok()?, longitude.parse().ok()?)));
    let label = Some(label.trim().to_owned()).filter(|label| !label.is_empty());
    match degrees {
        Some((latitude, longitude)) => Ok(Parcel::Pin(latitude, longitude, label)),
        None => Err(wrong(
            format!("`{place}` is no place"),
            "Write degrees without a space, such as `location 24.7,46.7`.",
        )),
    }
}

fn card(text: &str, own: bool) -> Result<Parcel, Wrong> {
    let (phones, name) = text.split_once(char::is_whitespace).unwrap_or((text, ""));
    let phones = phones.split(',').filter(|phone| !phone.is_empty());
    Ok(Parcel::Card {
        phones: phones.map(str::to_owned).collect(),
        name: Some(name.trim().to_owned()).filter(|name| !name.is_empty()),
        own,
    })
}

fn edits(text: &str) -> Result<Entry, Wrong> {
    let parts = text.split_once('→').or_else(|| text.split_once("->"));
    let edit = parts.and_then(|(back, words)| Some((back.trim().parse().ok()?, words.trim())));
    match edit {
        Some((back, words)) if back >= 1 => Ok(Entry::Do(Deed::Edits(back, words.to_owned()))),
        _ => Err(wrong(
            format!("`edits: {text}` is not understood"),
            "Write `edits: 1 → new words`; 1 is the person's last message, 2 the one before.",
        )),
    }
}

fn act(text: &str) -> Result<Act, Wrong> {
    let (verb, words) = text.split_once(char::is_whitespace).unwrap_or((text, ""));
    match (verb, words.trim()) {
        ("claims", "") => Ok(Act::Claims),
        ("replies", words) if !words.is_empty() => Ok(Act::Replies(words.to_owned())),
        ("returns", "") => Ok(Act::Returns),
        ("closes", "") => Ok(Act::Closes),
        ("moves", words) => moves(words).ok_or_else(|| {
            wrong(
                format!("`staff: {text}` is not understood"),
                "Write `moves W-… rejected`, and behind it what the person is told, if anything.",
            )
        }),
        ("matches", words) => matches_item(words).ok_or_else(|| {
            wrong(
                format!("`staff: {text}` is not understood"),
                "Write `matches W-… rent_amount`.",
            )
        }),
        ("sends_back", words) => sends_back(words).ok_or_else(|| {
            wrong(
                format!("`staff: {text}` is not understood"),
                "Write `sends_back W-… lease: unreadable`, further items behind `;`.",
            )
        }),
        ("signs_off", reference) => Ok(Act::SignsOff(reference.to_owned())),
        ("registers", reference) => Ok(Act::Registers(reference.to_owned())),
        ("decides", words) => decides(words).ok_or_else(|| {
            wrong(
                format!("`staff: {text}` is not understood"),
                "Write `decides W-… approved`, behind it what the person is told, and `early:` with why.",
            )
        }),
        ("postpones", words) => postpones(words).ok_or_else(|| {
            wrong(
                format!("`staff: {text}` is not understood"),
                "Write `postpones W-… +20d` and behind it why.",
            )
        }),
        _ => Err(wrong(
            format!("`staff: {text}` is not understood"),
            "Write `claims`, `replies` with what they write, `returns`, `closes`, `moves`, `postpones`, `matches`, `sends_back`, `signs_off`, `registers` or `decides`.",
        )),
    }
}

fn moves(words: &str) -> Option<Act> {
    let (reference, rest) = words.split_once(char::is_whitespace)?;
    let (state, told) = rest.split_once(char::is_whitespace).unwrap_or((rest, ""));
    let told = Some(told.trim().to_owned()).filter(|told| !told.is_empty());
    Some(Act::Moves(reference.to_owned(), state.to_owned(), told))
}

fn matches_item(words: &str) -> Option<Act> {
    let (reference, item) = words.split_once(char::is_whitespace)?;
    Some(Act::Matches(reference.to_owned(), item.trim().to_owned()))
}

fn sends_back(words: &str) -> Option<Act> {
    let (reference, rest) = words.split_once(char::is_whitespace)?;
    let item = |one: &str| {
        let (item, why) = one.split_once(':')?;
        Some((item.trim().to_owned(), why.trim().to_owned()))
    };
    let items = rest.split(';').map(item).collect::<Option<Vec<_>>>()?;
    Some(Act::SendsBack(reference.to_owned(), items))
}

fn decides(words: &str) -> Option<Act> {
    let (words, early) = match words.split_once("early:") {
        Some((words, early)) => (words.trim(), Some(early.trim().to_owned())),
        None => (words, None),
    };
    match moves(words)? {
        Act::Moves(reference, to, told) => Some(Act::Decides(reference, to, told, early)),
        _ => None,
    }
}

fn postpones(words: &str) -> Option<Act> {
    let mut words = words.splitn(3, char::is_whitespace);
    let (reference, later, told) = (words.next()?, words.next()?, words.next()?);
    let Jump::By(later) = leap(later)? else {
        return None;
    };
    Some(Act::Postpones(reference.to_owned(), later, told.to_owned()))
}

/// A leap of time (`+1d`, `+2h30m`, `-1h`) or a moment of the charity's own clock (`2026-01-05 10:00`).
/// None: neither.
pub fn leap(text: &str) -> Option<Jump> {
    let moment = chrono::NaiveDateTime::parse_from_str(text, "%Y-%m-%d %H:%M");
    if let Ok(moment) = moment {
        return Some(Jump::To(moment));
    }
    let (sign, mut rest) = match (text.strip_prefix('+'), text.strip_prefix('-')) {
        (Some(rest), _) => (1, rest),
        (None, Some(rest)) => (-1, rest),
        (None, None) => return None,
    };
    let mut sum: Millis = 0;
    while !rest.is_empty() {
        let digits = rest.find(|c: char| !c.is_ascii_digit())?;
        let amount: Millis = rest[..digits].parse().ok()?;
        let unit = match rest.as_bytes()[digits] {
            b'd' => 24 * 60 * 60 * 1_000,
            b'h' => 60 * 60 * 1_000,
            b'm' => 60 * 1_000,
            b's' => 1_000,
            _ => return None,
        };
        sum = sum.checked_add(amount.checked_mul(unit)?)?;
        rest = rest[digits + 1..].trim_start();
    }
    (sum != 0 && sum <= LEAP_MAX).then_some(Jump::By(sign * sum))
}

/// Nobody looks further ahead than ten years (milliseconds).
const LEAP_MAX: Millis = 10 * 366 * 24 * 60 * 60 * 1_000;

fn jump(text: &str) -> Result<Jump, Wrong> {
    leap(text).ok_or_else(|| {
        wrong(
            format!("`{text}` is no time"),
            "Write `+1d`, `+20h`, `+3m`, `+30s`, or a moment such as `2026-01-05 10:00`.",
        )
    })
}
