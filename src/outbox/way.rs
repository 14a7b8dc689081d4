//! By which way a message may leave: freely, as a template, later, or by another channel of the person's. It
//! is decided in the moment of sending, and decides nothing about what is said.

use crate::event::Millis;
use crate::inbox::Registry;
use crate::reply::{Class, ClosedWindow, Proactive, Reply, free_until};
use crate::store::outbox::{Claimed, Fence};
use crate::store::{Fault, reach};
use crate::text::lang::Lang;

use super::House;
use super::approval::{self, May};

const HOUR_MILLIS: Millis = 3_600_000;

/// How long one request to write counts: a second one on the same day is a nuisance.
pub const NUDGE_MILLIS: Millis = 24 * HOUR_MILLIS;

/// The template that asks somebody to write, so that what waits for them can leave.
const NUDGE: &str = "message_waiting";

/// What may be done with a message now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    Send,
    /// It waits until the person writes.
    Park,
    OtherChannel,
    GiveUp,
}

/// Whether the platform lets us write freely to who was last heard then.
pub fn is_open(hours: Option<u32>, heard_at: Option<Millis>, now: Millis) -> bool {
    hours.is_none_or(|hours| now < free_until(hours, heard_at))
}

/// Free words never leave outside the window.
pub fn of(reply: &Reply, open: bool) -> Way {
    if open {
        return Way::Send;
    }
    match reply.proactive.as_ref().map(|one| one.closed_window) {
        Some(ClosedWindow::Template) => Way::Send,
        Some(ClosedWindow::NudgeAndPark) | None => Way::Park,
        Some(ClosedWindow::OtherChannel) => Way::OtherChannel,
        Some(ClosedWindow::GiveUp) => Way::GiveUp,
    }
}

/// The request to write; None where the dialogs have none.
pub fn nudge(registry: &Registry, language: Lang) -> Option<Reply> {
    let dialogs = registry.current();
    dialogs.templates.get(NUDGE)?;
    Some(Reply {
        class: Class::Notice,
        language,
        texts: Vec::new(),
        choices: None,
        wants: None,
        shows: Vec::new(),
        asks: None,
        sensitive: false,
        proactive: Some(Proactive {
            template: NUDGE.to_owned(),
            parameters: Vec::new(),
            purpose: None,
            expires: None,
            quiet: false,
            owed: true,
            closed_window: ClosedWindow::Template,
        }),
    })
}

/// Another identity of the person's by which the message could leave now, and its channel.
///
/// # Errors
/// When the database cannot be read now.
pub async fn another(
    house: &House,
    claimed: &Claimed,
    fence: &Fence,
    now: Millis,
) -> Result<Option<(String, String)>, Fault> {
    let mut reader = house.store.reader().await?;
    let others = reach::others(&mut reader, &fence.contact, &claimed.identity_id).await?;
    let template = claimed.reply.proactive.is_some() && of(&claimed.reply, false) == Way::Send;
    for other in others {
        let channel = other.address.channel;
        let Some(hours) = house.ways.get(channel.as_str()) else {
            continue;
        };
        let leads = is_open(*hours, other.heard_at, now)
            || template
                && matches!(
                    approval::may(&mut reader, &channel, &claimed.reply).await?,
                    May::In(_)
                );
        if leads {
            return Ok(Some((other.id, channel)));
        }
    }
    Ok(None)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_window_closes_ten_minutes_before_the_platform_closes_it() {
        let minute = 60_000;
        for (case, hours, heard, after, open) in [
            ("no window", None, None, 0, true),
            ("just heard", Some(24), Some(0), 0, true),
            (
                "nearly",
                Some(24),
                Some(0),
                (23 * 60 + 50) * minute - 1,
                true,
            ),
            (
                "too near",
                Some(24),
                Some(0),
                (23 * 60 + 50) * minute,
                false,
            ),
            ("never heard", Some(24), None, 0, false),
        ] {
            assert_eq!(is_open(hours, heard, after), open, "{case}");
        }
    }
}
