//! What platforms say of us, asked through doors that the house opens: the console itself knows no channel.

use std::collections::BTreeMap;
use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use super::Console;

/// How often it is asked again what was approved: a reviewer takes hours.
const ASK_EVERY_SECS: u64 = 30 * 60;
/// After this when it could not be asked.
const ASK_AGAIN_SECS: u64 = 5 * 60;
/// The platform's own word for a template that may be sent.
const APPROVED: &str = "APPROVED";

/// One finding about a channel, in plain words; no secret.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    pub good: bool,
    pub told: String,
}

type Answer<T> = Pin<Box<dyn Future<Output = T> + Send>>;
/// Asks a platform whether its channel works.
pub type Look = Arc<dyn Fn() -> Answer<Vec<Finding>> + Send + Sync>;
/// By template and language: the platform's own word for the state.
pub type States = BTreeMap<(String, String), String>;
/// Asks what was approved; None: it cannot be asked now.
pub type Ask = Arc<dyn Fn() -> Answer<Option<States>> + Send + Sync>;

/// What the house opened, by channel.
#[derive(Clone, Default)]
pub struct Platforms {
    /// Hours for which one may write freely after the person wrote, where that ends.
    pub windows: BTreeMap<String, u32>,
    pub looks: BTreeMap<String, Look>,
    /// Of channels on which templates are approved.
    pub approvals: BTreeMap<String, Ask>,
}

/// What was approved, as far as it was asked: by channel.
#[derive(Default)]
pub struct Approved(Mutex<BTreeMap<String, States>>);

impl Approved {
    fn note(&self, channel: &str, states: States) {
        let mut known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        known.insert(channel.to_owned(), states);
    }

    /// What a channel's platform said of its templates; None: it was not asked.
    pub fn of(&self, channel: &str) -> Option<States> {
        let known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        known.get(channel).cloned()
    }
}

/// Whether a template may be sent, by what the platform said. What it was not asked may: it will tell.
pub fn may_leave(states: Option<&States>, template: &str, language: &str) -> bool {
    let of = |states: &States| {
        states
            .get(&(template.to_owned(), language.to_owned()))
            .cloned()
    };
    states.is_none_or(|states| of(states).as_deref() == Some(APPROVED))
}

/// Asks now and then what was approved, for as long as the process lives.
pub async fn follow(console: Console) {
    loop {
        let mut rest = ASK_EVERY_SECS;
        let Ok(rooms) = console.rooms() else { return };
        for (channel, ask) in &rooms.platforms.approvals {
            match ask().await {
                Some(states) => console.approved().note(channel, states),
                None => rest = ASK_AGAIN_SECS,
            }
        }
        tokio::time::sleep(Duration::from_secs(rest)).await;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_not_approved_is_not_offered_and_what_was_not_asked_is() {
        let state = |word: &str| States::from([(("a".into(), "ar".into()), word.into())]);
        for (case, states, may) in [
            ("not asked", None, true),
            ("approved", Some(state("APPROVED")), true),
            ("pending", Some(state("PENDING")), false),
            ("rejected", Some(state("REJECTED")), false),
            ("never handed in", Some(States::new()), false),
        ] {
            assert_eq!(may_leave(states.as_ref(), "a", "ar"), may, "{case}");
        }
        assert!(!may_leave(Some(&state("APPROVED")), "a", "en"));
    }
}
