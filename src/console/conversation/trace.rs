//! "Why did the bot say this?": the notes of a turn in words for whoever has never seen a dialog file.

use crate::console::words::{Given, Say};
use crate::dialog::model::Dialogs;
use crate::text::lang::Lang;

/// The notes of a message, in order, each a sentence.
pub fn sentences(trace: &str, dialogs: &Dialogs, say: Say) -> Vec<String> {
    let pairs: Vec<(String, String)> = serde_json::from_str(trace).unwrap_or_default();
    let mut told: Vec<String> = pairs
        .iter()
        .map(|(rule, detail)| sentence(rule, detail, dialogs, say))
        .collect();
    told.dedup();
    told
}

fn sentence(rule: &str, detail: &str, dialogs: &Dialogs, say: Say) -> String {
    match (rule, detail) {
        ("order", "button") => say.say("why-button"),
        ("order", "distress") => say.say("why-distress"),
        ("order", "secret") => say.say("why-secret"),
        ("order", "file" | "closes_album") => say.say("why-file"),
        ("order", "pending") | ("pending", _) => say.say("why-pending"),
        ("order", "at_rest") => say.say("why-rest"),
        ("order", "old_finished") => say.say("why-old-button"),
        ("control", "human") => say.say("why-human"),
        ("control", word) => say.with("why-control", "word", word),
        ("faq", "offered") => say.say("why-faq-offered"),
        ("faq", "none") => say.say("why-faq-none"),
        ("faq", "low_confidence") => say.say("why-faq-low"),
        ("faq", "answer_or_question") => say.say("why-faq-ask"),
        ("faq", entry) => say.with("why-faq", "entry", entry),
        ("enter", place) => entered(place, dialogs, say),
        ("again" | "misfit", why) => say.with("why-again", "why", why),
        ("hand_over", _) => say.say("why-hand-over"),
        ("timer", _) => say.say("why-timer"),
        ("staff", _) => say.say("why-staff"),
        ("start", _) => say.say("why-start"),
        ("end", _) => say.say("why-end"),
        ("submit" | "supplement", _) => say.say("why-submit"),
        ("look_up" | "guide", _) => say.say("why-look-up"),
        ("fault", _) => say.say("why-fault"),
        (rule, detail) => say.with("why-other", "what", format!("{rule}: {detail}")),
    }
}

/// `dialog.step` by the titles that the dialogs give them.
fn entered(place: &str, dialogs: &Dialogs, say: Say) -> String {
    let name = place.split_once('.').map_or("", |(_, step)| step);
    let (dialog, step) = step_words(place, dialogs, say.lang());
    if step == name {
        return say.with("why-enter-dialog", "dialog", dialog);
    }
    let given = [("dialog", Given::Text(dialog)), ("step", Given::Text(step))];
    say.all("why-enter", &given)
}

/// A place in the dialogs in one line; of a step without a label only the dialog.
pub fn place_words(place: &str, dialogs: &Dialogs, lang: Lang) -> String {
    let name = place.split_once('.').map_or("", |(_, step)| step);
    match step_words(place, dialogs, lang) {
        (dialog, step) if step == name => dialog,
        (dialog, step) => format!("{dialog} · {step}"),
    }
}

/// The titles of a dialog and of a step in it; their names where they have none.
pub fn step_words(place: &str, dialogs: &Dialogs, lang: Lang) -> (String, String) {
    let (dialog, step) = place.split_once('.').unwrap_or((place, ""));
    let Some(found) = dialogs.dialogs.get(dialog) else {
        return (dialog.to_owned(), step.to_owned());
    };
    let label = found
        .step(step)
        .and_then(|(_, step)| step.kind.question()?.label.as_ref())
        .map(|label| label.source(lang).to_owned());
    (
        found.title.source(lang).to_owned(),
        label.unwrap_or_else(|| step.to_owned()),
    )
}
