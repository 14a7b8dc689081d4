//! Makes the files beside the dialogs: charity, words, phrases, templates, cases, services.

use std::collections::{BTreeMap, BTreeSet};

use super::build::{Place, flag, kind, names, number, owned, scalar};
use super::hours;
use crate::charity::{Charity, HelpLine, Periods};
use crate::dialog::faq_file::EDITED;
use crate::dialog::model::{
    Agencies, Agency, BackReason, CaseKind, CaseState, Cases, Document, FaqEntry, MessageTemplate,
    Need, RegistrationCheck, Service, Text, Words,
};
use crate::dialog::yaml::Node;
use crate::text::calendar::WorkingCalendar;
use crate::text::fold::fold;

/// Days and hours where charity.yaml could not be read: only so that the rest can still be proved.
const NO_PERIODS: Periods = Periods {
    answer_from_days: 14,
    answer_by_days: None,
    answer_days: BTreeMap::new(),
    first_reminder_hours: 20,
    last_reminder_days: 3,
    forget_form_days: 90,
    objection_days: 30,
    claim_minutes: 15,
    alert_minutes: 60,
    reply_minutes: 60,
};

/// `common` is help_lines.yaml, whose lines count where the charity names none of its own.
pub fn charity(name: &str, node: Option<&Node>, common: Option<&Node>) -> Charity {
    let place = Place {
        file: "charity".to_owned(),
        step: String::new(),
    };
    let title = node
        .map(|node| place.text(node, "title"))
        .unwrap_or_default();
    let own = node.and_then(|node| node.get("help_lines"));
    let lines = own
        .or_else(|| common.and_then(|common| common.get("help_lines")))
        .map_or(&[][..], Node::list);
    let ids: Vec<char> = node
        .map(|node| names(node, "accepted_ids"))
        .unwrap_or_default()
        .iter()
        .filter_map(|id| id.chars().next())
        .collect();
    Charity {
        name: name.to_owned(),
        title_ar: title.ar,
        title_en: title.en,
        facts: node.map(facts).unwrap_or_default(),
        capabilities: node
            .map(|node| names(node, "capabilities"))
            .unwrap_or_default()
            .into_iter()
            .collect::<BTreeSet<_>>(),
        sources: node.map(|node| names(node, "sources")).unwrap_or_default(),
        calendar: node
            .and_then(|node| node.get("hours"))
            .map_or_else(WorkingCalendar::default, hours::build),
        periods: node
            .and_then(|node| node.get("periods"))
            .map_or(NO_PERIODS, periods),
        help_lines: lines
            .iter()
            .filter_map(|line| help_line(&place, line))
            .collect(),
        accepted_ids: if ids.is_empty() { vec!['1', '2'] } else { ids },
    }
}

/// A fact in both languages goes by `name.ar` and `name.en`.
fn facts(node: &Node) -> BTreeMap<String, String> {
    let mut facts = BTreeMap::new();
    for (key, value) in node.get("facts").map_or(&[][..], Node::entries) {
        if let Some(text) = value.scalar() {
            facts.insert(key.text.clone(), text.to_owned());
        }
        for language in ["ar", "en"] {
            if let Some(text) = scalar(value, language) {
                facts.insert(format!("{}.{language}", key.text), text.to_owned());
            }
        }
    }
    facts
}

fn periods(node: &Node) -> Periods {
    Periods {
        answer_from_days: number(node, "answer_from_days").unwrap_or(NO_PERIODS.answer_from_days),
        answer_by_days: number(node, "answer_by_days"),
        answer_days: answer_days(node),
        first_reminder_hours: number(node, "first_reminder_hours")
            .unwrap_or(NO_PERIODS.first_reminder_hours),
        last_reminder_days: number(node, "last_reminder_days")
            .unwrap_or(NO_PERIODS.last_reminder_days),
        forget_form_days: number(node, "forget_form_days").unwrap_or(NO_PERIODS.forget_form_days),
        objection_days: number(node, "objection_days").unwrap_or(NO_PERIODS.objection_days),
        claim_minutes: number(node, "claim_minutes").unwrap_or(NO_PERIODS.claim_minutes),
        alert_minutes: number(node, "alert_minutes").unwrap_or(NO_PERIODS.alert_minutes),
        reply_minutes: number(node, "reply_minutes").unwrap_or(NO_PERIODS.reply_minutes),
    }
}

fn answer_days(node: &Node) -> BTreeMap<String, u32> {
    let kinds = node.get("answer_days").map_or(&[][..], Node::entries);
    kinds
        .iter()
        .filter_map(|(kind, days)| Some((kind.text.clone(), days.scalar()?.parse().ok()?)))
        .collect()
}

fn help_line(place: &Place, node: &Node) -> Option<HelpLine> {
    let title = place.text(node, "title");
    Some(HelpLine {
        number: owned(node, "line")?,
        ar: title.ar,
        en: title.en,
    })
}

/// How words of words.yaml are compared with what a person wrote: folded; signs of which folding leaves
/// nothing (👍) stay as they are.
pub fn comparable(text: &str) -> String {
    let folded = fold(text);
    if folded.is_empty() {
        text.trim().to_owned()
    } else {
        folded
    }
}

pub fn words(node: &Node) -> Words {
    let folded = |key: &str| {
        names(node, key)
            .iter()
            .map(|word| comparable(word))
            .collect()
    };
    let mut controls = BTreeMap::new();
    for (meaning, phrases) in node.get("controls").map_or(&[][..], Node::entries) {
        for phrase in phrases.list().iter().filter_map(Node::scalar) {
            controls
                .entry(fold(phrase))
                .or_insert_with(|| meaning.text.clone());
        }
    }
    Words {
        controls,
        distress: folded("distress"),
        yes: folded("yes"),
        no: folded("no"),
        question_words: folded("question_words"),
    }
}

pub fn phrases(node: &Node) -> BTreeMap<String, Text> {
    let place = Place {
        file: "phrases".to_owned(),
        step: String::new(),
    };
    node.entries()
        .iter()
        .map(|(key, text)| (key.text.clone(), place.text_of(text, &key.text)))
        .collect()
}

pub fn templates(node: &Node) -> BTreeMap<String, MessageTemplate> {
    let one = |item: &Node| {
        let (name, at, place) = named(item, "templates", "template")?;
        let category = owned(item, "category").unwrap_or_default();
        Some((
            name.clone(),
            MessageTemplate {
                name,
                category,
                text: place.text(item, "text"),
                parameters: names(item, "parameters"),
                at,
            },
        ))
    };
    items(node, "templates").filter_map(one).collect()
}

pub fn cases(node: &Node) -> Cases {
    let kind = |item: &Node| {
        let (name, at, place) = named(item, "cases", "kind")?;
        let first = owned(item, "first").unwrap_or_default();
        Some((
            name.clone(),
            CaseKind {
                name,
                at,
                title: place.text(item, "title"),
                first,
                committee: flag(item, "committee"),
                answer_by_days: number(item, "answer_by_days"),
            },
        ))
    };
    let state = |item: &Node| {
        let (name, at, place) = named(item, "cases", "state")?;
        let (title, text) = (place.text(item, "title"), place.text(item, "text"));
        Some((
            name.clone(),
            CaseState {
                name,
                at,
                title,
                text,
                moves: names(item, "to"),
                waits: flag(item, "waits"),
                contestable: flag(item, "contestable"),
                decided: flag(item, "decided"),
                decision: flag(item, "decision"),
                registered: flag(item, "registered"),
                silent: flag(item, "silent"),
                by: names(item, "by"),
            },
        ))
    };
    let reason = |item: &Node| {
        let (name, at, place) = named(item, "cases", "reason")?;
        let (title, text) = (place.text(item, "title"), place.text(item, "text"));
        Some(BackReason {
            name,
            at,
            title,
            text,
        })
    };
    let check = |item: &Node| {
        let (name, at, place) = named(item, "cases", "check")?;
        let title = place.text(item, "title");
        Some(RegistrationCheck { name, at, title })
    };
    let place = Place {
        file: "cases".to_owned(),
        step: String::new(),
    };
    Cases {
        reasons: items(node, "reasons").filter_map(reason).collect(),
        checks: items(node, "checks").filter_map(check).collect(),
        sign_off: place.maybe(node, "sign_off"),
        kinds: items(node, "kinds").filter_map(kind).collect(),
        states: items(node, "states").filter_map(state).collect(),
    }
}

pub fn services(node: &Node) -> Vec<Service> {
    items(node, "services").filter_map(service).collect()
}

fn service(item: &Node) -> Option<Service> {
    let (name, at, place) = named(item, "services", "service")?;
    Some(Service {
        name,
        at,
        title: place.text(item, "title"),
        text: place.text(item, "text"),
        asks: names(item, "asks"),
        needs: names(item, "needs"),
        open: scalar(item, "open") != Some("false"),
        closed: place.maybe(item, "closed"),
        quota: number(item, "quota"),
        waiting_list: flag(item, "waiting_list"),
        example: flag(item, "example"),
    })
}

pub fn documents(node: &Node) -> Vec<Document> {
    items(node, "documents").filter_map(document).collect()
}

fn document(item: &Node) -> Option<Document> {
    let (name, at, place) = named(item, "documents", "document")?;
    Some(Document {
        name,
        at,
        title: place.text(item, "title"),
        file: owned(item, "file"),
        public: flag(item, "public"),
    })
}

/// What staff wrote, then the charity's own entries, then the common ones, each name once and none that was
/// retired; those of a capability only where it is on.
pub fn faq(
    edited: Option<&Node>,
    shipped: [(Option<&Node>, &'static str); 2],
    charity: &Charity,
) -> Vec<FaqEntry> {
    let retired = edited.map_or_else(Vec::new, |node| names(node, "retired"));
    let mut entries: Vec<FaqEntry> = Vec::new();
    for (node, file) in [(edited, EDITED)].into_iter().chain(shipped) {
        let items = node
            .map(|node| items(node, "entries"))
            .into_iter()
            .flatten();
        let read: Vec<FaqEntry> = items
            .filter_map(|item| faq_entry(item, file))
            .filter(|entry| !retired.contains(&entry.name))
            .filter(|entry| entries.iter().all(|one| one.name != entry.name))
            .collect();
        entries.extend(read);
    }
    let is_on = |entry: &FaqEntry| {
        let mut wanted = entry.capability.iter();
        wanted.all(|capability| charity.capabilities.contains(capability))
    };
    entries.retain(is_on);
    entries
}

fn faq_entry(item: &Node, file: &'static str) -> Option<FaqEntry> {
    let (name, at, place) = named(item, file, "entry")?;
    let shows = item.get("shows").map_or(&[][..], Node::list).iter();
    let shows = shows.enumerate();
    Some(FaqEntry {
        name,
        at,
        file,
        title: place.text(item, "title"),
        questions: names(item, "questions"),
        answer: place.text(item, "answer"),
        misconception: flag(item, "misconception"),
        source: place.maybe(item, "source"),
        leads: names(item, "leads"),
        shows: shows
            .filter_map(|(n, shown)| kind::show(&place, n, shown))
            .collect(),
        capability: owned(item, "capability"),
    })
}

pub fn agencies(node: &Node) -> Agencies {
    Agencies {
        needs: items(node, "needs").filter_map(need).collect(),
        agencies: items(node, "agencies").filter_map(agency).collect(),
    }
}

fn need(item: &Node) -> Option<Need> {
    let (name, at, place) = named(item, "agencies", "need")?;
    let title = place.text(item, "title");
    Some(Need { name, at, title })
}

fn agency(item: &Node) -> Option<Agency> {
    let (name, at, place) = named(item, "agencies", "agency")?;
    Some(Agency {
        name,
        at,
        title: place.text(item, "title"),
        text: place.maybe(item, "text"),
        serves: names(item, "serves"),
        regions: names(item, "regions"),
        city: place.maybe(item, "city"),
        address: place.maybe(item, "address"),
        pin: number(item, "latitude").zip(number(item, "longitude")),
        phones: names(item, "phones"),
        hours: place.maybe(item, "hours"),
        bring: place.maybe(item, "bring"),
        verified: scalar(item, "verified").and_then(hours::date),
        example: flag(item, "example"),
    })
}

pub(super) fn items<'n>(node: &'n Node, key: &str) -> impl Iterator<Item = &'n Node> + use<'n> {
    node.get(key).map_or(&[][..], Node::list).iter()
}

/// Name and place of `- verb: name`, and where its texts stand: two kinds of one file may share a name.
pub(super) fn named(
    node: &Node,
    file: &str,
    verb: &str,
) -> Option<(String, crate::dialog::finding::Span, Place)> {
    let found = node.get(verb)?;
    let name = found.scalar()?.to_owned();
    let place = Place {
        file: file.to_owned(),
        step: format!("{verb}.{name}"),
    };
    Some((name, found.at, place))
}
