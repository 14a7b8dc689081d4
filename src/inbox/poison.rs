//! An event that breaks its turn every time, alone and on a healthy connection: kept for staff,
//! acknowledged, and the person handed over, so that nobody behind it has to wait.

use crate::dialog::turn::{AlertKind, HandOverReason};
use crate::event::{Control, Event, Origin};
use crate::store::conversation::{self, Conversation, Save};
use crate::store::desk::{self, Change};
use crate::store::event::{Claim, FailedEvent};
use crate::store::handover::{Alert, Handover};
use crate::store::identity::{self, Arrival};
use crate::store::{Fault, Tx, event, handover, id};

use super::batch::Done;
use super::{House, Outcome, Taken, Work, said};
use crate::event::control;

/// # Errors
/// When this cannot be written either: then the database is to blame, and everything waits.
pub async fn set_aside(house: &House, work: &Work, fault: &Fault) -> Result<Done, Fault> {
    let event = match work {
        Work::Event(event) => event,
        Work::Mark(_) => {
            tracing::error!(%fault, "a mark cannot be written and is dropped");
            return Ok(done(Outcome::Marked));
        }
    };
    metrics::counter!("wasl_events_set_aside_total").increment(1);
    tracing::error!(%fault, channel = event.key.channel, "an event breaks its turn and is set aside for staff");
    let taken = match whole(house, event, fault).await {
        // Even the conversation cannot be read: the event is kept by itself.
        Err(worse) if !worse.waits() && !worse.retries() => bare(house, event, &worse).await?,
        taken => taken?,
    };
    Ok(done(Outcome::Taken(taken)))
}

async fn whole(house: &House, event: &Event, fault: &Fault) -> Result<Taken, Fault> {
    let mut tx = house.store.begin_write().await?;
    let conversation = of(&mut tx, event).await?;
    let id = conversation.as_ref().map(|one| one.id.as_str());
    let fresh = keep(&mut tx, event, id, fault).await?;
    if let Some(conversation) = conversation.as_ref().filter(|_| fresh) {
        hand_over(&mut tx, event, conversation).await?;
    }
    tx.commit().await?;
    Ok(Taken {
        fresh,
        applied: false,
        last_seq: conversation.as_ref().map_or(0, |one| one.seq),
        control: conversation
            .as_ref()
            .map_or(Control::Waiting, |one| control::handed_over(&one.control)),
        conversation: conversation.map(|one| one.id).unwrap_or_default(),
    })
}

async fn bare(house: &House, event: &Event, fault: &Fault) -> Result<Taken, Fault> {
    let mut tx = house.store.begin_write().await?;
    let id = named(&mut tx, event).await?;
    let fresh = keep(&mut tx, event, Some(&id), fault).await?;
    if fresh {
        alert(&mut tx, event, &id).await?;
    }
    tx.commit().await?;
    Ok(Taken {
        fresh,
        applied: false,
        last_seq: 0,
        control: Control::Waiting,
        conversation: id,
    })
}

/// Whether the event is new; then it is kept for staff.
async fn keep(
    tx: &mut Tx,
    event: &Event,
    conversation: Option<&str>,
    fault: &Fault,
) -> Result<bool, Fault> {
    let claim = Claim {
        channel: &event.key.channel,
        account: &event.key.account,
        key: &event.key.key,
        conversation_id: conversation,
        at: event.received_at,
    };
    if event::claim(tx, &[claim]).await?.is_empty() {
        return Ok(false);
    }
    let failed = FailedEvent {
        id: id_of(event, "failed"),
        conversation: conversation.map(str::to_owned),
        channel: event.key.channel.clone(),
        body: said::json(event).unwrap_or_default(),
        reason: fault.to_string(),
        at: event.received_at,
    };
    event::fail(tx, &failed).await?;
    Ok(true)
}

fn done(outcome: Outcome) -> Done {
    Done {
        outcomes: vec![outcome],
        said: Vec::new(),
        owes: false,
    }
}

/// The conversation, locked; None when it is not there.
async fn of(tx: &mut Tx, event: &Event) -> Result<Option<Conversation>, Fault> {
    let id = named(tx, event).await?;
    Ok(conversation::lock(tx, &[&id]).await?.pop())
}

async fn named(tx: &mut Tx, event: &Event) -> Result<String, Fault> {
    let address = match &event.from {
        Origin::Conversation(id) => return Ok(id.clone()),
        Origin::Address(address) => address.clone(),
    };
    let arrival = Arrival {
        address,
        also: event.also.clone(),
        at: event.received_at,
        seed: event.seed,
    };
    let met = identity::meet(tx, &[arrival]).await?.pop();
    Ok(met.map(|spoken| spoken.conversation).unwrap_or_default())
}

async fn hand_over(tx: &mut Tx, event: &Event, was: &Conversation) -> Result<(), Fault> {
    let control = control::handed_over(&was.control);
    if control != was.control {
        let opened = Handover {
            id: id_of(event, "handover"),
            conversation_id: was.id.clone(),
            reason: super::rows::word(&HandOverReason::Fault),
            step: None,
            at: event.received_at,
            claimed_by: None,
            claimed_at: None,
        };
        handover::add(tx, &[opened]).await?;
        let change = Change {
            conversation_id: &was.id,
            channel: was.channel.clone(),
            unanswered_since: Some(event.received_at),
            ..Change::default()
        };
        desk::change(tx, &[change]).await?;
    }
    alert(tx, event, &was.id).await?;
    let save = Save {
        id: &was.id,
        version: was.version,
        state: None,
        control: &control,
        seq: was.seq,
        hidden_before_seq: was.hidden_before_seq,
        identity: None,
        at: event.received_at,
    };
    conversation::save(tx, &[save]).await
}

async fn alert(tx: &mut Tx, event: &Event, conversation: &str) -> Result<(), Fault> {
    let alert = Alert {
        id: id_of(event, "alert"),
        conversation_id: conversation.to_owned(),
        kind: super::rows::word(&AlertKind::Fault),
        at: event.received_at,
    };
    handover::alert(tx, &[alert]).await
}

fn id_of(event: &Event, purpose: &str) -> String {
    id::at(event.received_at, event.seed.derive(purpose))
}
