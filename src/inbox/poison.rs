//! An event that breaks its turn every time, alone and on a healthy connection: kept for staff,
//! acknowledged, and the person handed over, so that nobody behind it has to wait.

use crate::dialog::turn::{AlertKind, HandOverReason};
use crate::event::{Event, Origin};
use crate::store::conversation::{self, Conversation, Save};
use crate::store::event::{Claim, FailedEvent};
use crate::store::handover::{Alert, Handover};
use crate::store::identity::{self, Arrival};
use crate::store::{Fault, Tx, event, handover, id};

use super::batch::Done;
use super::{House, Outcome, Taken, Work, control, said};

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
    tracing::error!(%fault, channel = event.key.channel, "an event breaks its turn and is set aside for staff");
    let mut tx = house.store.begin_write().await?;
    let taken = write(&mut tx, event, fault).await?;
    tx.commit().await?;
    Ok(done(Outcome::Taken(taken)))
}

fn done(outcome: Outcome) -> Done {
    Done {
        outcomes: vec![outcome],
        said: Vec::new(),
        owes: false,
    }
}

async fn write(tx: &mut Tx, event: &Event, fault: &Fault) -> Result<Taken, Fault> {
    let conversation = of(tx, event).await?;
    let claim = Claim {
        channel: &event.key.channel,
        account: &event.key.account,
        key: &event.key.key,
        conversation_id: conversation.as_ref().map(|one| one.id.as_str()),
        at: event.received_at,
    };
    let fresh = !event::claim(tx, &[claim]).await?.is_empty();
    if fresh {
        let failed = FailedEvent {
            id: id_of(event, "failed"),
            conversation: conversation.as_ref().map(|one| one.id.clone()),
            channel: event.key.channel.clone(),
            body: said::json(event).unwrap_or_default(),
            reason: fault.to_string(),
            at: event.received_at,
        };
        event::fail(tx, &failed).await?;
        if let Some(conversation) = &conversation {
            hand_over(tx, event, conversation).await?;
        }
    }
    Ok(Taken {
        fresh,
        applied: false,
        last_seq: conversation.as_ref().map_or(0, |one| one.seq),
        conversation: conversation.map(|one| one.id).unwrap_or_default(),
    })
}

/// The conversation, locked; None when it is not there, or cannot even be read.
async fn of(tx: &mut Tx, event: &Event) -> Result<Option<Conversation>, Fault> {
    let id = match &event.from {
        Origin::Conversation(id) => id.clone(),
        Origin::Address(address) => {
            let arrival = Arrival {
                address: address.clone(),
                at: event.received_at,
                seed: event.seed,
            };
            let met = identity::meet(tx, &[arrival]).await?;
            met.into_iter()
                .next()
                .map(|spoken| spoken.conversation)
                .unwrap_or_default()
        }
    };
    Ok(conversation::lock(tx, &[&id]).await?.pop())
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
    }
    let alert = Alert {
        id: id_of(event, "alert"),
        conversation_id: was.id.clone(),
        kind: super::rows::word(&AlertKind::Fault),
        at: event.received_at,
    };
    handover::alert(tx, &[alert]).await?;
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

fn id_of(event: &Event, purpose: &str) -> String {
    id::at(event.received_at, event.seed.derive(purpose))
}
