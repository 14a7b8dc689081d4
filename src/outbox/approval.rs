//! Which templates a platform lets us send: asked for again and again, kept for all instances, and looked at
//! before a message leaves as one.

use std::sync::Arc;
use std::time::Duration;

use crate::channel::{Approval, Channel};
use crate::event::Millis;
use crate::reply::Reply;
use crate::store::template::{self, Kept};
use crate::store::{Fault, Store, Tx};
use crate::text::lang::Lang;

/// Reviewers take minutes to days; a platform allows 200 such calls an hour.
const ASK_SECS: u64 = 10 * 60;

/// Until it could be asked a first time.
const ASK_AGAIN_SECS: u64 = 60;

/// Asks the platform for as long as it lives. Ends at once where a channel has no templates.
pub async fn watch(store: Store, channel: Arc<dyn Channel>, clock: impl Fn() -> Millis) {
    loop {
        let Some(said) = channel.approvals().await else {
            return;
        };
        let wait = match said {
            Ok(approvals) => match keep(&store, channel.name(), &approvals, clock()).await {
                Ok(()) => ASK_SECS,
                Err(fault) => {
                    tracing::debug!(%fault, "what a platform says of templates cannot be kept now");
                    ASK_AGAIN_SECS
                }
            },
            Err(seen) => {
                tracing::info!(channel = channel.name(), "{}", seen.told);
                ASK_SECS
            }
        };
        tokio::time::sleep(Duration::from_secs(wait)).await;
    }
}

/// # Errors
/// When the database cannot be written now.
pub async fn keep(
    store: &Store,
    channel: &str,
    approvals: &[Approval],
    now: Millis,
) -> Result<(), Fault> {
    let kept = |one: &Approval| Kept {
        name: one.name.clone(),
        language: one.language.clone(),
        state: one.state.clone(),
        category: one.category.clone(),
        good: one.good,
        seen_at: now,
    };
    let all: Vec<Kept> = approvals.iter().map(kept).collect();
    let mut tx = store.begin_write().await?;
    template::keep(&mut tx, channel, &all).await?;
    tx.commit().await
}

/// How a message may leave as a template.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum May {
    /// In this language; also where the platform could never be asked.
    In(Lang),
    /// Why it may not, in words for operators.
    Not(String),
}

/// # Errors
/// When the database cannot be read now.
pub async fn may(tx: &mut Tx, channel: &str, reply: &Reply) -> Result<May, Fault> {
    let Some(proactive) = &reply.proactive else {
        return Ok(May::In(reply.language));
    };
    let kept = template::of(tx, channel).await?;
    Ok(judge(&kept, &proactive.template, reply.language))
}

/// In the person's language, else in Arabic.
fn judge(kept: &[Kept], name: &str, language: Lang) -> May {
    if kept.is_empty() {
        return May::In(language);
    }
    let of = |language: Lang| {
        let is_it = |one: &&Kept| one.name == name && one.language == language.code();
        kept.iter().find(is_it)
    };
    for language in [language, Lang::Ar] {
        if of(language).is_some_and(|one| one.good) {
            return May::In(language);
        }
    }
    May::Not(match of(language).or_else(|| of(Lang::Ar)) {
        Some(one) => format!("the template {name} is not approved: {}", one.state),
        None => format!("the platform does not know the template {name}"),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_is_approved_is_sent() {
        let kept = |name: &str, language: &str, good| Kept {
            name: name.to_owned(),
            language: language.to_owned(),
            state: if good { "APPROVED" } else { "PENDING" }.to_owned(),
            category: "utility".to_owned(),
            good,
            seen_at: 0,
        };
        let all = [
            kept("both", "ar", true),
            kept("both", "en", true),
            kept("arabic", "ar", true),
            kept("arabic", "en", false),
            kept("waiting", "ar", false),
        ];
        let not = |why: &str| May::Not(why.to_owned());
        for (case, kept, name, language, expected) in [
            (
                "never asked",
                &all[..0],
                "both",
                Lang::En,
                May::In(Lang::En),
            ),
            ("approved", &all, "both", Lang::En, May::In(Lang::En)),
            (
                "in Arabic alone",
                &all,
                "arabic",
                Lang::En,
                May::In(Lang::Ar),
            ),
            (
                "not yet",
                &all,
                "waiting",
                Lang::Ar,
                not("the template waiting is not approved: PENDING"),
            ),
            (
                "never handed in",
                &all,
                "new",
                Lang::Ar,
                not("the platform does not know the template new"),
            ),
        ] {
            assert_eq!(judge(kept, name, language), expected, "{case}");
        }
    }
}
