//! What is heard before anything else: secrets that must not be kept, and distress. It decides nothing about
//! the question that waits.

use super::answer;
use super::exit;
use super::kind::{self, Said, Taken};
use super::model::{Ask, Kind, ReaderName};
use super::order::{TEXT_SCALARS_MAX, hear, misfit};
use super::rang;
use super::read::Reason;
use super::talk::Talk;
use super::turn::{AlertKind, Effect, HandOverReason};
use super::words;
use crate::text::fold::fold;
use crate::text::graphemes;
use crate::text::secret::{self, Found, Secret};

/// A forwarded code or a card number: redacted before anything is stored, and warned of. A bare value that
/// the step waits for is none.
pub(super) fn secret(talk: &mut Talk, typed: &str) -> bool {
    let found: Vec<Found> = secret::find(typed)
        .into_iter()
        .filter(|found| is_told_off(talk, found))
        .collect();
    let Some(first) = found.first() else {
        return false;
    };
    talk.note("order", "secret");
    talk.heard.redacted = Some(redacted(typed, &found));
    talk.heard.sensitive = true;
    let phrase = match first.kind {
        Secret::Card => "secret.card",
        Secret::Code | Secret::NationalId | Secret::Iban => "secret.code",
    };
    misfit(talk, Reason::new(phrase));
    true
}

fn is_told_off(talk: &Talk, found: &Found) -> bool {
    match found.kind {
        Secret::Code => true,
        Secret::Card => !waits_for_numbers(talk),
        Secret::NationalId | Secret::Iban => false,
    }
}

/// A step whose answer may look like a card number.
fn waits_for_numbers(talk: &Talk) -> bool {
    let reader = talk
        .here()
        .and_then(|(dialog, index)| match &dialog.steps[index].kind {
            Kind::Ask(Ask { read, .. }) => Some(*read),
            _ => None,
        });
    matches!(reader, Some(ReaderName::DocumentNumber | ReaderName::Iban))
}

fn redacted(text: &str, found: &[Found]) -> String {
    let mut out = String::with_capacity(text.len());
    let mut end = 0;
    for secret in found {
        out.push_str(&text[end..secret.at.start]);
        out.push_str(secret::REDACTED);
        end = secret.at.end;
    }
    out.push_str(&text[end..]);
    out
}

/// Help lines at once, staff alerted, a human asked for. The form waits; what was written where anything
/// may be written is kept as the answer, so that nobody has to tell it twice.
pub(super) fn distress(talk: &mut Talk, typed: &str) {
    talk.note("order", "distress");
    talk.phrase("distress");
    talk.effects.push(Effect::Alert {
        kind: AlertKind::Distress,
    });
    let step = talk
        .frame()
        .map(|frame| format!("{}.{}", frame.dialog, frame.step));
    talk.effects.push(Effect::HandOver {
        reason: HandOverReason::Distress,
        step,
    });
    rang::wait_for_human(talk);
    talk.heard.sensitive = true;
    if talk.form().is_none() {
        return;
    }
    talk.phrase("continue_when_able");
    if let Some((dialog, index)) = talk.here()
        && let Kind::Ask(Ask {
            read: ReaderName::FreeText,
            ..
        }) = &dialog.steps[index].kind
        && let Taken::Answer(given) = kind::take(talk, &dialog, index, Said::Text(typed))
    {
        return answer::take(talk, given);
    }
    exit::ask_again(talk);
}

/// Distress heard while a human speaks: only the alert, no word of ours.
pub(super) fn overhear(talk: &mut Talk, text: &str) {
    hear(talk, text);
    let found: Vec<Found> = secret::find(text)
        .into_iter()
        .filter(|found| matches!(found.kind, Secret::Code | Secret::Card))
        .collect();
    if !found.is_empty() {
        talk.heard.redacted = Some(redacted(text, &found));
    }
    if words::distress(talk, &fold(graphemes::cut(text, TEXT_SCALARS_MAX))) {
        talk.effects.push(Effect::Alert {
            kind: AlertKind::Distress,
        });
    }
}
