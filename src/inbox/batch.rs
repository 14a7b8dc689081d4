//! One transaction of many events: who they are from, which are new, what the dialogs make of them, and
//! everything that follows written at once. Statements are set-based: their number does not grow with
//! the batch.

use std::collections::{BTreeMap, HashMap};

use crate::dialog::state::State;
use crate::dialog::turn::Ask;
use crate::event::{Control, Event, EventKey, Known, Origin, StaffAct, What};
use crate::store::conversation::{self, Conversation};
use crate::store::event::Claim;
use crate::store::identity::{self, Arrival, Spoken};
use crate::store::media::Media;
use crate::store::{Fault, Tx, attachment, event, media, timer};

use super::asks;
use super::fold::{How, Talk};
use super::mark;
use super::rows::Rows;
use super::save;
use super::{House, Outcome, Taken, Work};

/// A batch that is committed.
#[derive(Default)]
pub struct Done {
    /// One for each entry, in their order.
    pub outcomes: Vec<Outcome>,
    /// Conversations in which something was said, and up to which number.
    pub said: Vec<(String, i64)>,
    /// Something is owed to a provider.
    pub owes: bool,
}

/// One conversation of the batch: as it was read, and what became of it.
pub struct Held {
    pub was: Conversation,
    pub talk: Talk,
    /// Places of its events in the batch, in their order, each with the identity that spoke.
    pub places: Vec<(usize, Option<Spoken>)>,
}

/// # Errors
/// Nothing of the batch counts; what to do about it is the writer's matter.
pub async fn run(house: &House, works: &[&Work]) -> Result<Done, Fault> {
    let mut tx = house.store.begin_write().await?;
    match write(&mut tx, house, works).await {
        Ok(done) => {
            tx.commit().await?;
            Ok(done)
        }
        Err(fault) => {
            // A refused value is no reason to close the connection; when this fails it closes itself.
            if !fault.waits() {
                tx.rollback().await.ok();
            }
            Err(fault)
        }
    }
}

async fn write(tx: &mut Tx, house: &House, works: &[&Work]) -> Result<Done, Fault> {
    let (mut events, mut marks) = (Vec::new(), Vec::new());
    for work in works {
        match work {
            Work::Event(event) => events.push(&**event),
            Work::Mark(mark) => marks.push(mark),
        }
    }
    let mut done = take(tx, house, &events).await?;
    mark::write(tx, &marks).await?;
    let mut taken = std::mem::take(&mut done.outcomes).into_iter();
    done.outcomes = works
        .iter()
        .map(|work| match work {
            Work::Event(_) => taken.next().unwrap_or(Outcome::Marked),
            Work::Mark(_) => Outcome::Marked,
        })
        .collect();
    Ok(done)
}

/// Makes the events facts; their outcomes stand in their order.
async fn take(tx: &mut Tx, house: &House, events: &[&Event]) -> Result<Done, Fault> {
    if events.is_empty() {
        return Ok(Done::default());
    }
    let spoken = meet(tx, events).await?;
    let mut held = lock(tx, events, &spoken).await?;
    let stood: HashMap<String, (i64, Control)> = held
        .values()
        .map(|one| (one.was.id.clone(), (one.was.seq, one.was.control.clone())))
        .collect();
    let fresh = claim(tx, events, &spoken, &held).await?;
    for (at, event) in events.iter().enumerate().filter(|(at, _)| fresh[*at]) {
        if let Some(one) = held.get_mut(conversation_of(event, &spoken[at])) {
            one.places.push((at, spoken[at].clone()));
            one.talk.events.push_back((*event).clone());
        }
    }
    load(tx, house, &mut held).await?;
    turn(tx, house, &mut held).await?;
    let mut rows = Rows::default();
    for one in held.values() {
        rows.gather(one, &house.at_commit);
    }
    save::all(tx, &rows).await?;
    Ok(Done {
        outcomes: outcomes(events, &spoken, &held, stood, &rows),
        owes: !rows.owed.is_empty(),
        said: rows.said,
    })
}

/// Who the events are from: each address once, known or new.
async fn meet(tx: &mut Tx, events: &[&Event]) -> Result<Vec<Option<Spoken>>, Fault> {
    let mut arrivals: Vec<Arrival> = Vec::new();
    let mut places = HashMap::new();
    for event in events {
        let Origin::Address(address) = &event.from else {
            continue;
        };
        // With an alias in one event and none in another, the one that tells more is who is meant.
        if let (Some(at), Some(also)) = (places.get(address), &event.also) {
            let known: &mut Arrival = &mut arrivals[*at];
            known.also = Some(also.clone());
        }
        places.entry(address).or_insert_with(|| {
            arrivals.push(Arrival {
                address: address.clone(),
                also: event.also.clone(),
                at: event.received_at,
                seed: event.seed,
            });
            arrivals.len() - 1
        });
    }
    if arrivals.is_empty() {
        return Ok(vec![None; events.len()]);
    }
    let met = identity::meet(tx, &arrivals).await?;
    Ok(events
        .iter()
        .map(|event| match &event.from {
            Origin::Address(address) => places.get(address).map(|at| met[*at].clone()),
            Origin::Conversation(_) => None,
        })
        .collect())
}

fn conversation_of<'a>(event: &'a Event, spoken: &'a Option<Spoken>) -> &'a str {
    match (&event.from, spoken) {
        (_, Some(spoken)) => &spoken.conversation,
        (Origin::Conversation(id), None) => id,
        (Origin::Address(_), None) => "",
    }
}

/// The conversations of the batch, locked in the order of their ids before anything else is asked.
async fn lock(
    tx: &mut Tx,
    events: &[&Event],
    spoken: &[Option<Spoken>],
) -> Result<BTreeMap<String, Held>, Fault> {
    let mut ids: Vec<&str> = events
        .iter()
        .zip(spoken)
        .map(|(event, spoken)| conversation_of(event, spoken))
        .collect();
    ids.sort_unstable();
    ids.dedup();
    let locked = conversation::lock(tx, &ids).await?;
    Ok(locked
        .into_iter()
        .map(|was| {
            let held = Held {
                talk: Talk::new(state_of(&was), Known::default(), Vec::new()),
                places: Vec::new(),
                was,
            };
            (held.was.id.clone(), held)
        })
        .collect())
}

fn state_of(was: &Conversation) -> State {
    let read = |json: &String| serde_json::from_str(json).ok();
    was.state.as_ref().and_then(read).unwrap_or_default()
}

/// Which events are the first of their key: against everything before, and within the batch.
async fn claim(
    tx: &mut Tx,
    events: &[&Event],
    spoken: &[Option<Spoken>],
    held: &BTreeMap<String, Held>,
) -> Result<Vec<bool>, Fault> {
    let mut first: HashMap<&EventKey, usize> = HashMap::new();
    let mut claims = Vec::new();
    for (at, event) in events.iter().enumerate() {
        let conversation = conversation_of(event, &spoken[at]);
        if !held.contains_key(conversation) || first.contains_key(&event.key) {
            continue;
        }
        first.insert(&event.key, at);
        claims.push(Claim {
            channel: &event.key.channel,
            account: &event.key.account,
            key: &event.key.key,
            conversation_id: Some(conversation),
            at: event.received_at,
        });
    }
    let mut fresh = vec![false; events.len()];
    if claims.is_empty() {
        return Ok(fresh);
    }
    for key in event::claim(tx, &claims).await? {
        if let Some(at) = first.get(&key) {
            fresh[*at] = true;
        }
    }
    Ok(fresh)
}

/// Everything that the turns may need to know, for all of them at once.
async fn load(tx: &mut Tx, house: &House, held: &mut BTreeMap<String, Held>) -> Result<(), Fault> {
    held.retain(|_, one| !one.places.is_empty());
    if held.is_empty() {
        return Ok(());
    }
    settled(tx, held).await?;
    let contacts: Vec<&str> = held.values().map(|one| one.was.contact.as_str()).collect();
    let on = house.on.borrow().clone();
    let mut known = crate::store::known::load(tx, &contacts).await?;
    for one in held.values_mut() {
        let mut known = known.remove(&one.was.contact).unwrap_or_default();
        known.conversation = one.was.id.clone();
        known.control = one.was.control.clone();
        known.on.clone_from(&on);
        one.talk.known = known;
        speaking_first(one);
    }
    files(tx, held).await?;
    arrived(tx, held).await?;
    ringing(tx, held).await?;
    super::registry::load_missing(
        tx,
        &house.registry,
        held.values().map(|one| &one.talk.state),
    )
    .await
}

/// The channel that speaks is the first of those on which the person can be reached.
fn speaking_first(one: &mut Held) {
    let speaks = match &one.talk.events.front().map(|event| &event.from) {
        Some(Origin::Address(address)) => Some(address.channel.clone()),
        Some(Origin::Conversation(_)) | None => one.was.channel.clone(),
    };
    if let Some(speaks) = speaks {
        let channels = &mut one.talk.known.channels;
        channels.retain(|channel| *channel != speaks);
        channels.insert(0, speaks);
    }
}

/// What became of files that were fetched is known before what a request misses is loaded.
async fn settled(tx: &mut Tx, held: &BTreeMap<String, Held>) -> Result<(), Fault> {
    let (mut here, mut gone) = (Vec::new(), Vec::new());
    for event in held.values().flat_map(|one| &one.talk.events) {
        match &event.what {
            What::Fetched { attachment } => here.push(attachment),
            What::FetchFailed { id } => gone.push(id.as_str()),
            _ => {}
        }
    }
    attachment::fetched(tx, &here).await?;
    attachment::failed(tx, &gone).await
}

/// Requests on whose files staff act are known whole, however old they are; only those of the conversation's own
/// contact.
async fn files(tx: &mut Tx, held: &mut BTreeMap<String, Held>) -> Result<(), Fault> {
    let acted = |event: &Event| match &event.what {
        What::Staff(StaffAct::Case { reference, .. }) => Some(reference.clone()),
        _ => None,
    };
    let events = held.values().flat_map(|one| &one.talk.events);
    let mut references: Vec<String> = events.filter_map(acted).collect();
    if references.is_empty() {
        return Ok(());
    }
    references.sort_unstable();
    references.dedup();
    let references: Vec<&str> = references.iter().map(String::as_str).collect();
    for (contact, case) in crate::store::case::files(tx, &references).await? {
        let own = held.values_mut().filter(|one| one.was.contact == contact);
        for one in own {
            let cases = &mut one.talk.known.cases;
            match cases
                .iter_mut()
                .find(|known| known.reference == case.reference)
            {
                Some(known) => *known = case.clone(),
                None => cases.push(case.clone()),
            }
        }
    }
    Ok(())
}

/// Files that came are known before any turn may put them into a request.
async fn arrived(tx: &mut Tx, held: &BTreeMap<String, Held>) -> Result<(), Fault> {
    let mut files = Vec::new();
    let mut owed = Vec::new();
    for one in held.values() {
        for event in &one.talk.events {
            let came = match &event.what {
                What::Sent { attachment, .. } => std::slice::from_ref(attachment),
                What::Staff(StaffAct::Replied { beside, .. }) => &beside.files,
                _ => &[],
            };
            let fetch = match &event.what {
                What::Sent { fetch, .. } => fetch.as_ref(),
                _ => None,
            };
            let pictures = match &event.what {
                What::Staff(StaffAct::Case { act, .. }) => act.pictures(),
                _ => Vec::new(),
            };
            let came: Vec<_> = came.iter().chain(pictures).collect();
            files.extend(came.iter().map(|attachment| attachment::Arrived {
                attachment,
                contact: &one.was.contact,
                conversation: &one.was.id,
                fetching: fetch.is_some(),
                at: event.received_at,
            }));
            owed.extend(fetch.iter().flat_map(|reference| {
                came.iter().map(|attachment| Media {
                    id: attachment.id.clone(),
                    conversation: one.was.id.clone(),
                    channel: event.key.channel.clone(),
                    reference: (*reference).clone(),
                    kind: attachment::kind_word(attachment.kind).to_owned(),
                    attempts: 0,
                })
            }));
        }
    }
    attachment::add(tx, &files).await?;
    let at = held.values().flat_map(|one| &one.talk.events);
    let at = at.map(|event| event.received_at).max().unwrap_or(0);
    media::owe(tx, &owed, at).await
}

/// The timers of conversations for which one rings: only as it stands now does a ring mean anything.
async fn ringing(tx: &mut Tx, held: &mut BTreeMap<String, Held>) -> Result<(), Fault> {
    let rings = |one: &&Held| {
        let is_ring = |event: &Event| matches!(event.what, What::Rang { .. });
        one.talk.events.iter().any(is_ring)
    };
    let owners: Vec<String> = held
        .values()
        .filter(rings)
        .map(|one| one.was.id.clone())
        .collect();
    if owners.is_empty() {
        return Ok(());
    }
    let owners: Vec<&str> = owners.iter().map(String::as_str).collect();
    for timer in timer::of(tx, &owners).await? {
        if let Some(one) = held.get_mut(&timer.owner) {
            one.talk.timers.insert(timer.name, timer.due);
        }
    }
    Ok(())
}

/// Folds all conversations, round by round, until none asks any more.
async fn turn(tx: &mut Tx, house: &House, held: &mut BTreeMap<String, Held>) -> Result<(), Fault> {
    loop {
        let mut asking: Vec<(&mut Held, Vec<Ask>)> = Vec::new();
        for one in held.values_mut() {
            let asks = one.talk.advance(&mut |state, event| {
                (house.step)(&house.registry.of(&state), state, event)
            });
            if !asks.is_empty() {
                asking.push((one, asks));
            }
        }
        if asking.is_empty() {
            return Ok(());
        }
        asks::answer(tx, &house.registry, asking).await?;
    }
}

fn outcomes(
    events: &[&Event],
    spoken: &[Option<Spoken>],
    held: &BTreeMap<String, Held>,
    mut stands: HashMap<String, (i64, Control)>,
    rows: &Rows<'_>,
) -> Vec<Outcome> {
    for saved in &rows.saves {
        let control = saved.held.talk.known.control.clone();
        stands.insert(saved.held.was.id.clone(), (saved.seq, control));
    }
    let mut taken: Vec<Taken> = events
        .iter()
        .zip(spoken)
        .map(|(event, spoken)| Taken {
            fresh: false,
            applied: false,
            conversation: conversation_of(event, spoken).to_owned(),
            last_seq: 0,
            control: Control::Bot,
        })
        .collect();
    for one in held.values() {
        for ((at, _), ended) in one.places.iter().zip(&one.talk.ended) {
            taken[*at].fresh = true;
            taken[*at].applied = matches!(ended.how, How::Turned(_));
        }
    }
    for one in &mut taken {
        match stands.get(&one.conversation) {
            Some((seq, control)) => (one.last_seq, one.control) = (*seq, control.clone()),
            None => one.conversation.clear(),
        }
    }
    taken.into_iter().map(Outcome::Taken).collect()
}
