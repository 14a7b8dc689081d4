//! Writes what a batch leaves behind, each kind of row with one statement. It decides nothing.

use std::collections::BTreeMap;

use crate::config::mutant;
use crate::event::Millis;
use crate::event::casework::EXTRA_SLOT;
use crate::store::case::{self, Case, Filling, Later, Move};
use crate::store::conversation::{self, Save};
use crate::store::handover::{self, Taken};
use crate::store::message::{self, Fate};
use crate::store::outbox::{self, At};
use crate::store::{
    Fault, Tx, attachment, casework, chain, consent, desk, faq, identity, item, known, link, note,
    rating, reach, search, timer,
};

use super::rows::{Moved, Rows, Supplement};

/// The chain in which acts of staff are logged.
const AUDIT: &str = "audit";

/// Hints in one notice to other instances: PostgreSQL takes 8,000 bytes, and a hint has some 45.
const HINTS_PER_NOTICE: usize = 150;

/// # Errors
/// As the store's.
pub async fn all(tx: &mut Tx, rows: &Rows<'_>) -> Result<(), Fault> {
    if rows.saves.is_empty() {
        return Ok(());
    }
    conversations(tx, rows).await?;
    message::add(tx, &rows.messages).await?;
    if mutant::is(mutant::EFFECTS_SECOND_TRANSACTION) {
        tx.split().await?;
    }
    owed(tx, rows).await?;
    timers(tx, rows).await?;
    people(tx, rows).await?;
    humans(tx, rows).await?;
    cases(tx, rows).await?;
    desk_of(tx, rows).await?;
    search::due(tx, &rows.said).await?;
    chain::append(tx, AUDIT, &rows.audit).await?;
    tell_others(tx, rows).await
}

async fn conversations(tx: &mut Tx, rows: &Rows<'_>) -> Result<(), Fault> {
    let saves: Vec<_> = rows
        .saves
        .iter()
        .map(|saved| Save {
            id: &saved.held.was.id,
            version: saved.held.was.version,
            state: Some(&saved.state),
            control: &saved.held.talk.known.control,
            seq: saved.seq,
            hidden_before_seq: saved.hidden_before_seq,
            identity: saved.identity,
            at: saved.at,
        })
        .collect();
    conversation::save(tx, &saves).await
}

async fn owed(tx: &mut Tx, rows: &Rows<'_>) -> Result<(), Fault> {
    let at = rows.saves.iter().map(|saved| saved.at).max().unwrap_or(0);
    if !rows.taken_over.is_empty() {
        let cancelled = outbox::cancel(tx, &rows.taken_over).await?;
        ended(tx, &cancelled, "cancelled", at).await?;
    }
    if !rows.asked_again.is_empty() {
        let superseded = outbox::supersede(tx, &rows.asked_again).await?;
        ended(tx, &superseded, "superseded", at).await?;
    }
    if !rows.owed.is_empty() {
        outbox::owe(tx, &rows.owed).await?;
    }
    Ok(())
}

/// The history shows the fate of what is never sent.
async fn ended(tx: &mut Tx, ended: &[At], status: &str, at: Millis) -> Result<(), Fault> {
    let fates: Vec<_> = ended
        .iter()
        .map(|one| Fate {
            conversation_id: &one.conversation_id,
            seq: one.seq,
            status,
            reason: None,
            at,
            provider_id: None,
        })
        .collect();
    message::fate(tx, &fates).await
}

async fn timers(tx: &mut Tx, rows: &Rows<'_>) -> Result<(), Fault> {
    let set: Vec<_> = rows.timers.values().flatten().cloned().collect();
    let cleared: Vec<_> = rows
        .timers
        .iter()
        .filter(|(_, timer)| timer.is_none())
        .map(|(name, _)| *name)
        .collect();
    timer::set(tx, &set).await?;
    timer::clear(tx, &cleared).await
}

async fn people(tx: &mut Tx, rows: &Rows<'_>) -> Result<(), Fault> {
    consent::add(tx, &rows.consents).await?;
    let opts: Vec<_> = rows.opts.values().cloned().collect();
    consent::opt(tx, &opts).await?;
    let languages: Vec<_> = rows
        .languages
        .iter()
        .map(|(id, lang)| (*id, *lang))
        .collect();
    identity::speak(tx, &languages).await?;
    reach::heard(tx, &rows.heard).await?;
    let heard: Vec<_> = rows
        .heard
        .values()
        .map(|one| (one.identity, one.at))
        .collect();
    let woken = outbox::wake(tx, &heard).await?;
    ended(tx, &woken, "waiting", latest(rows)).await?;
    link::offer(tx, &rows.links, latest(rows)).await?;
    known::remember(tx, &rows.facts).await?;
    attachment::erase(tx, &rows.forgotten, latest(rows)).await
}

fn latest(rows: &Rows<'_>) -> Millis {
    rows.saves.iter().map(|saved| saved.at).max().unwrap_or(0)
}

async fn humans(tx: &mut Tx, rows: &Rows<'_>) -> Result<(), Fault> {
    for wave in &rows.waves {
        let (mut opened, mut claimed, mut ended) = (Vec::new(), Vec::new(), Vec::new());
        for moved in wave {
            match moved {
                Moved::Opened(handover) => opened.push(handover.clone()),
                Moved::Claimed {
                    conversation,
                    by,
                    at,
                } => claimed.push(taken(conversation, by, *at)),
                Moved::Ended {
                    conversation,
                    by,
                    at,
                } => ended.push(taken(conversation, by, *at)),
            }
        }
        handover::add(tx, &opened).await?;
        handover::claim(tx, &claimed).await?;
        handover::end(tx, &ended).await?;
    }
    handover::alert(tx, &rows.alerts).await?;
    handover::unanswered(tx, &rows.unanswered).await?;
    rating::add(tx, &rows.ratings).await?;
    faq::answered(tx, &rows.answered).await?;
    faq::helped(tx, &rows.helped).await
}

async fn desk_of(tx: &mut Tx, rows: &Rows<'_>) -> Result<(), Fault> {
    let changes: Vec<_> = rows.desk.values().cloned().collect();
    desk::change(tx, &changes).await?;
    let labels = |on: bool| -> Vec<_> {
        let those = rows.labels.iter().filter(|(_, is_on)| **is_on == on);
        those.map(|(label, _)| label.clone()).collect()
    };
    desk::label(tx, &labels(true), &labels(false)).await?;
    let looked: Vec<_> = rows.looked.values().cloned().collect();
    desk::see(tx, &looked).await?;
    note::add(tx, &rows.notes, &rows.mentions).await
}

fn taken<'a>(conversation_id: &'a str, by_whom: &'a str, at: Millis) -> Taken<'a> {
    Taken {
        conversation_id,
        by_whom,
        at,
    }
}

async fn cases(tx: &mut Tx, rows: &Rows<'_>) -> Result<(), Fault> {
    let acts = rows.casework.len() + rows.supplements.len();
    if acts == 0 && rows.moved.is_empty() && rows.postponed.is_empty() {
        return Ok(());
    }
    let mut references: Vec<&str> = rows
        .supplements
        .iter()
        .map(|one| one.reference)
        .chain(rows.moved.iter().map(|one| one.reference))
        .chain(rows.postponed.iter().map(|one| one.reference))
        .chain(rows.casework.iter().map(|one| one.reference))
        .collect();
    references.sort_unstable();
    references.dedup();
    let cases: BTreeMap<String, Case> = case::lock(tx, &references)
        .await?
        .into_iter()
        .map(|case| (case.reference.clone(), case))
        .collect();
    supplement(tx, rows, &cases).await?;
    let done: Vec<_> = rows
        .casework
        .iter()
        .filter_map(|one| {
            Some(casework::Done {
                case: &cases.get(one.reference)?.id,
                reference: one.reference,
                by: one.by,
                act: one.act,
                at: one.at,
            })
        })
        .collect();
    casework::write(tx, &done).await?;
    // The last move of each counts: one row is written once in a statement.
    let moves: BTreeMap<&str, Move<'_>> = rows
        .moved
        .iter()
        .filter_map(|one| {
            let id = cases.get(one.reference)?.id.as_str();
            let moved = Move {
                id,
                state: one.to,
                told: one.told,
                closed_at: one.closed.then_some(one.at),
                at: one.at,
            };
            Some((id, moved))
        })
        .collect();
    case::moves(tx, &moves.into_values().collect::<Vec<_>>()).await?;
    let later: BTreeMap<&str, Later<'_>> = rows
        .postponed
        .iter()
        .filter_map(|one| {
            let id = cases.get(one.reference)?.id.as_str();
            let later = Later {
                id,
                answer_by: one.answer_by,
                told: one.told,
                at: one.at,
            };
            Some((id, later))
        })
        .collect();
    case::postpone(tx, &later.into_values().collect::<Vec<_>>()).await
}

/// The last word on each slot counts.
async fn supplement(
    tx: &mut Tx,
    rows: &Rows<'_>,
    cases: &BTreeMap<String, Case>,
) -> Result<(), Fault> {
    let mut slots: BTreeMap<(&str, &str), &Supplement<'_>> = BTreeMap::new();
    let mut missing: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    for one in &rows.supplements {
        let Some(case) = cases.get(one.reference) else {
            continue;
        };
        slots.insert((&case.id, one.slot), one);
        missing
            .entry(&case.id)
            .or_insert_with(|| case.missing.clone())
            .retain(|slot| slot != one.slot);
    }
    let answers: Vec<_> = slots
        .iter()
        .map(|((case, slot), one)| item::Supplement {
            case,
            name: slot,
            given: one.given,
            sensitive: true,
        })
        .collect();
    item::put(tx, &answers).await?;
    let at = |case: &str| {
        let of_case = rows.supplements.iter();
        let of_case =
            of_case.filter(|one| cases.get(one.reference).is_some_and(|it| it.id == case));
        of_case.map(|one| one.at).max().unwrap_or(0)
    };
    let answered: BTreeMap<&str, Millis> = slots
        .keys()
        .filter(|(_, slot)| *slot != EXTRA_SLOT)
        .map(|(case, _)| (*case, at(case)))
        .collect();
    casework::answered(tx, &answered.into_iter().collect::<Vec<_>>()).await?;
    let files: Vec<_> = slots
        .iter()
        .flat_map(|((case, slot), one)| {
            attachment::within(&one.given.value)
                .into_iter()
                .map(move |id| attachment::Belonging {
                    id,
                    case_id: case,
                    slot,
                })
        })
        .collect();
    attachment::belong(tx, &files).await?;
    let fillings: Vec<_> = rows
        .supplements
        .iter()
        .filter_map(|one| filling(one, cases.get(one.reference)?, &missing))
        .collect();
    case::fill(tx, &last_of_each(fillings)).await
}

fn filling<'a>(
    one: &Supplement<'_>,
    case: &'a Case,
    missing: &'a BTreeMap<&str, Vec<String>>,
) -> Option<Filling<'a>> {
    let complete = one.complete;
    Some(Filling {
        id: &case.id,
        missing: missing.get(case.id.as_str())?,
        complete_at: complete.map_or(case.complete_at, |done| Some(done.complete_at)),
        answer_from: complete.map_or(case.answer_from, |done| done.answer_from),
        answer_by: complete.map_or(case.answer_by, |done| done.answer_by),
        at: one.at,
    })
}

fn last_of_each<'a>(fillings: Vec<Filling<'a>>) -> Vec<Filling<'a>> {
    let by_case: BTreeMap<&str, Filling<'a>> = fillings
        .into_iter()
        .map(|filling| (filling.id, filling))
        .collect();
    by_case.into_values().collect()
}

/// A hint for the pages that hang on other instances.
async fn tell_others(tx: &mut Tx, rows: &Rows<'_>) -> Result<(), Fault> {
    for hints in rows.said.chunks(HINTS_PER_NOTICE) {
        let hints: Vec<_> = hints
            .iter()
            .map(|(conversation, seq)| format!("{conversation}:{seq}"))
            .collect();
        tx.notify(&hints.join(",")).await?;
    }
    Ok(())
}
