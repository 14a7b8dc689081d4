//! Who is offered a conversation that waits: pure rules by load, skill, presence and wish; and the task that asks
//! them again and again. Offering is no claiming: whoever presses first still wins.

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use tokio_util::task::AbortOnDropHandle;

use super::permission::{self, Permission};
use super::{conversation, now};
use crate::event::{Millis, StaffAct};
use crate::inbox::Inbox;
use crate::store::desk::{self, Offered};
use crate::store::duty::{self, Duty};
use crate::store::{Fault, Store, staff};

/// How often we look for who waits: a person does not notice two seconds.
const LOOK_SECS: u64 = 2;

/// Conversations looked at in one step; the most urgent come first.
const OFFERED_MAX: i64 = 200;

/// One decision: this conversation is offered to this member of staff.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Offer {
    pub conversation: String,
    pub to: String,
    /// Two instances that decide the same are one event.
    pub key: String,
}

/// Offers each that waits to the one who suits and holds the fewest; nobody gets more than they take at once. Distress
/// goes to whoever is on call, there or not. Who did not come in time is passed over, and then skills count no more.
pub fn offers(
    waiting: &[Offered],
    staff: &[Duty],
    loads: &BTreeMap<String, i64>,
    now: Millis,
) -> Vec<Offer> {
    let mut loads = loads.clone();
    let mut offers = Vec::new();
    for one in waiting {
        let best = staff
            .iter()
            .filter(|duty| suits(one, duty, load(&loads, duty), now))
            .min_by_key(|duty| (misfit(one, duty), load(&loads, duty), duty.staff.clone()));
        let Some(best) = best else { continue };
        *loads.entry(best.staff.clone()).or_default() += 1;
        offers.push(Offer {
            conversation: one.conversation.clone(),
            to: best.staff.clone(),
            key: format!("offer:{}:{}", one.handover, one.widened),
        });
    }
    offers
}

fn load(loads: &BTreeMap<String, i64>, duty: &Duty) -> i64 {
    loads.get(&duty.staff).copied().unwrap_or_default()
}

fn suits(one: &Offered, duty: &Duty, load: i64, now: Millis) -> bool {
    if one.assigned == duty.staff {
        return false;
    }
    if one.reason == "distress" && duty.on_call {
        return true;
    }
    let there = duty.here_until > now && !duty.away && load < duty.capacity;
    there && (one.widened > 0 || is_able(one, duty))
}

fn is_able(one: &Offered, duty: &Duty) -> bool {
    let has = |skills: &BTreeSet<String>, needed: &str| {
        skills.is_empty() || needed.is_empty() || skills.contains(needed)
    };
    has(&duty.services, &one.service)
        && has(&duty.languages, &one.language)
        && (one.wish.is_empty() || one.wish == duty.gender)
}

/// What suits less comes later: first whoever is on call, of distress; then whoever can what is needed.
fn misfit(one: &Offered, duty: &Duty) -> (bool, bool) {
    let on_call = one.reason == "distress" && duty.on_call;
    (!on_call && one.reason == "distress", !is_able(one, duty))
}

/// Offers what waits until the handle is dropped.
pub fn start(store: Store, inbox: Inbox) -> AbortOnDropHandle<()> {
    AbortOnDropHandle::new(tokio::spawn(async move {
        loop {
            tokio::time::sleep(Duration::from_secs(LOOK_SECS)).await;
            match decide(&store, now()).await {
                Ok(offers) => offer(&inbox, offers).await,
                Err(fault) => tracing::debug!(%fault, "who waits cannot be read now"),
            }
        }
    }))
}

/// What is to be offered to whom, as everything stands now.
///
/// # Errors
/// As the store's.
pub async fn decide(store: &Store, now: Millis) -> Result<Vec<Offer>, Fault> {
    let mut tx = store.reader().await?;
    let waiting = desk::offered(&mut tx, OFFERED_MAX).await?;
    if waiting.is_empty() {
        return Ok(Vec::new());
    }
    let mut present = duty::present(&mut tx, now).await?;
    let answering: BTreeSet<String> = staff::all(&mut tx)
        .await?
        .into_iter()
        .filter(|one| one.is_active() && permission::may(&one.roles, Permission::Answer))
        .map(|one| one.id)
        .collect();
    present.retain(|duty| answering.contains(&duty.staff));
    let loads = desk::loads(&mut tx, now).await?;
    Ok(offers(&waiting, &present, &loads, now))
}

async fn offer(inbox: &Inbox, offers: Vec<Offer>) {
    for one in offers {
        let act = StaffAct::Assigned {
            by: String::new(),
            to: one.to,
        };
        let event = conversation::event(&one.conversation, "", &one.key, act);
        if let Err(refused) = inbox.take(event).await {
            tracing::debug!(%refused, "an offer is made again later");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn waits(id: &str) -> Offered {
        Offered {
            handover: format!("h-{id}"),
            conversation: id.into(),
            reason: "asked".into(),
            at: 0,
            language: "ar".into(),
            service: "food".into(),
            wish: String::new(),
            assigned: String::new(),
            priority: 0,
            widened: 0,
        }
    }

    fn there(staff: &str) -> Duty {
        Duty {
            here_until: 100,
            capacity: 2,
            ..Duty::of(staff)
        }
    }

    fn told(waiting: &[Offered], staff: &[Duty], loads: &[(&str, i64)]) -> Vec<String> {
        let loads = loads
            .iter()
            .map(|(who, n)| ((*who).to_owned(), *n))
            .collect();
        offers(waiting, staff, &loads, 50)
            .into_iter()
            .map(|one| format!("{}>{}", one.conversation, one.to))
            .collect()
    }

    #[test]
    fn the_one_with_the_fewest_gets_the_next_until_all_are_full() {
        let waiting: Vec<_> = ["1", "2", "3", "4"].map(waits).into();
        let staff = [there("huda"), there("saad")];
        assert_eq!(
            told(&waiting, &staff, &[("huda", 1)]),
            ["1>saad", "2>huda", "3>saad"]
        );
    }

    #[test]
    fn who_is_away_gone_or_lacks_the_skill_is_not_asked() {
        let away = Duty {
            away: true,
            ..there("away")
        };
        let gone = Duty {
            here_until: 50,
            ..there("gone")
        };
        let english = Duty {
            languages: ["en".to_owned()].into(),
            ..there("english")
        };
        let other = Duty {
            services: ["rent".to_owned()].into(),
            ..there("other")
        };
        let staff = [away, gone, english, other];
        assert_eq!(told(&[waits("1")], &staff, &[]), [""; 0]);
        let late = Offered {
            widened: 1,
            assigned: "english".into(),
            ..waits("1")
        };
        assert_eq!(
            told(&[late], &staff, &[]),
            ["1>other"],
            "then skills count no more"
        );
    }

    #[test]
    fn whom_they_would_rather_speak_to_is_heard() {
        let woman = Duty {
            gender: "woman".into(),
            ..there("mona")
        };
        let wish = Offered {
            wish: "woman".into(),
            ..waits("1")
        };
        let staff = [there("huda"), woman];
        assert_eq!(
            told(std::slice::from_ref(&wish), &staff, &[("mona", 1)]),
            ["1>mona"]
        );
        assert_eq!(told(&[wish], &staff[..1], &[]), [""; 0]);
    }

    #[test]
    fn distress_goes_to_whoever_is_on_call_wherever_they_are() {
        let on_call = Duty {
            on_call: true,
            here_until: 0,
            ..there("zain")
        };
        let distress = Offered {
            reason: "distress".into(),
            ..waits("1")
        };
        let staff = [there("huda"), on_call];
        assert_eq!(
            told(std::slice::from_ref(&distress), &staff, &[("zain", 9)]),
            ["1>zain"]
        );
        assert_eq!(told(&[distress], &staff[..1], &[]), ["1>huda"]);
    }
}
