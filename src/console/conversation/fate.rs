//! How far a message of ours came, and why not farther, in plain words of the reader's language.

use crate::console::words::Say;
use crate::store::message::Message;

/// How far a message of ours came.
pub struct Fate {
    /// `good`, `info`, `warn` or `bad`.
    pub tone: &'static str,
    pub words: String,
    /// Why, where it did not come.
    pub reason: Option<String>,
}

/// What the outbox and the channels say, by a part of it, and our words. The first that fits counts.
const REASONS: &[(&str, &str)] = &[
    ("who was asked to", "fate-why-asked-to-write"),
    ("until the person writes", "fate-why-waits"),
    ("instead of", "fate-why-elsewhere"),
    (" parts: ", "fate-why-part"),
    ("no other way", "fate-why-no-way"),
    ("window is closed", "fate-why-window"),
    ("re-engagement", "fate-why-window"),
    ("blocked", "fate-why-blocked"),
    ("account is gone", "fate-why-gone"),
    ("can be reached there", "fate-why-gone"),
    ("no such chat", "fate-why-gone"),
    ("never started", "fate-why-never"),
    ("no mail address", "fate-why-address"),
    ("address moved", "fate-why-moved"),
    ("cut off", "fate-why-unknown"),
    ("no answer", "fate-why-unknown"),
    ("a human speaks", "fate-why-human"),
    ("opted out", "fate-why-opted-out"),
    ("consent withdrawn", "fate-why-consent"),
    ("expired", "fate-why-late"),
    ("erased", "fate-why-erased"),
];

pub fn of(message: &Message, say: Say) -> Fate {
    let (tone, words) = match message.status.as_str() {
        "waiting" | "sending" => ("info", "fate-waiting"),
        "parked" => ("warn", "fate-parked"),
        "sent" => ("good", "fate-sent"),
        "delivered" => ("good", "fate-delivered"),
        "read" => ("good", "fate-read"),
        "failed" => ("bad", "fate-failed"),
        "cancelled" => ("warn", "fate-cancelled"),
        "superseded" => ("warn", "fate-superseded"),
        "expired" => ("warn", "fate-expired"),
        _ => ("warn", "fate-flagged"),
    };
    Fate {
        tone,
        words: say.say(words),
        reason: message.status_reason.as_deref().map(|why| reason(why, say)),
    }
}

fn reason(why: &str, say: Say) -> String {
    let known = REASONS.iter().find(|(part, _)| why.contains(part));
    known.map_or_else(
        || say.with("fate-why-other", "why", why),
        |(_, words)| say.say(words),
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::lang::Lang;

    #[test]
    fn every_reason_has_words_in_both_languages_and_what_is_new_is_told_as_it_is() {
        for say in [Say(Lang::Ar), Say(Lang::En)] {
            for (part, words) in REASONS {
                assert_eq!(reason(&format!("x {part} y"), say), say.say(words));
            }
            assert!(reason("131999: odd", say).contains("131999: odd"));
        }
    }
}
