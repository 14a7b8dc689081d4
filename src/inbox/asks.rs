//! Answers what the turns of a batch ask: all questions of a kind with one set-based call. A claim that
//! is lost is an answer, not an error.

use crate::dialog::turn::{Answer, Ask, Entered, Submission};
use crate::store::case::{self, Opening, Question};
use crate::store::{Fault, Tx, link};

use super::batch::Held;
use super::known::Opened;
use super::registry::Registry;

/// A request with what its opening needs beside it.
struct Opens<'a> {
    held: &'a Held,
    submission: &'a Submission,
    /// The state in which a case of its kind begins.
    state: String,
}

/// Answers everything, and hands each answer to the talk that asked.
///
/// # Errors
/// As the store's.
pub async fn answer(
    tx: &mut Tx,
    registry: &Registry,
    mut asking: Vec<(&mut Held, Vec<Ask>)>,
) -> Result<(), Fault> {
    let opened = open(tx, registry, &asking).await?;
    let stand = status(tx, &asking).await?;
    let (mut opened, mut stand) = (opened.into_iter(), stand.into_iter());
    for (held, asks) in &mut asking {
        let mut answers = Vec::new();
        let mut kept = Vec::new();
        for ask in asks {
            match ask {
                Ask::Submit(submission) => {
                    let (answer, case) = opened.next().unwrap_or((lost(submission), None));
                    answers.push(answer);
                    kept.extend(case);
                }
                Ask::Status { reference, .. } => answers.push(Answer::Status {
                    reference: reference.clone(),
                    case: stand.next().flatten().map(Box::new),
                }),
                Ask::Link { code, sure } => answers.push(Answer::Link(match who(held) {
                    Some(who) => link::enter(tx, who, code, *sure).await?,
                    None => Entered::Unknown,
                })),
                Ask::Join { link } => answers.push(Answer::Joined(match who(held) {
                    Some(who) => link::join(tx, who, link).await?,
                    None => None,
                })),
                Ask::Part => answers.push(Answer::Parted(match who(held) {
                    Some(who) => link::part(tx, who).await?,
                    None => None,
                })),
            }
        }
        held.talk.answer(answers, kept);
    }
    Ok(())
}

/// Who the running turn hears; None when it is the clock or staff.
fn who(held: &Held) -> Option<link::Who<'_>> {
    let event = held.talk.running()?;
    let (_, spoken) = held.places.get(held.talk.ended.len())?;
    Some(link::Who {
        contact: &held.was.contact,
        conversation: &held.was.id,
        identity: &spoken.as_ref()?.identity,
        at: event.received_at,
        seed: event.seed,
    })
}

fn lost(submission: &Submission) -> Answer {
    Answer::Submitted {
        reference: submission.reference.clone(),
        duplicate: false,
        waiting: None,
        taken: true,
        attempt: submission.attempt,
    }
}

async fn open(
    tx: &mut Tx,
    registry: &Registry,
    asking: &[(&mut Held, Vec<Ask>)],
) -> Result<Vec<(Answer, Option<Opened>)>, Fault> {
    let mut opens = Vec::new();
    for (held, asks) in asking {
        let dialogs = registry.of(&held.talk.state);
        for ask in asks {
            if let Ask::Submit(submission) = ask {
                let kind = dialogs.cases.kinds.get(&submission.kind);
                opens.push(Opens {
                    held,
                    submission,
                    state: kind.map(|kind| kind.first.clone()).unwrap_or_default(),
                });
            }
        }
    }
    let openings: Vec<_> = opens.iter().filter_map(opening).collect();
    let outcomes = case::open(tx, &openings).await?;
    Ok(opens
        .iter()
        .zip(outcomes)
        .map(|(opens, outcome)| answered(opens, &outcome))
        .collect())
}

/// None never happens: whoever asks runs a turn, and a turn is about an event.
fn opening<'a>(opens: &'a Opens<'a>) -> Option<Opening<'a>> {
    let event = opens.held.talk.running()?;
    Some(Opening {
        submission: opens.submission,
        contact: &opens.held.was.contact,
        conversation: &opens.held.was.id,
        state: &opens.state,
        seed: event.seed,
        source: event.source,
        channel: &event.key.channel,
    })
}

fn answered(opens: &Opens<'_>, outcome: &case::Opened) -> (Answer, Option<Opened>) {
    let submission = opens.submission;
    if outcome.case.is_none() {
        return (lost(submission), None);
    }
    let answer = Answer::Submitted {
        reference: submission.reference.clone(),
        duplicate: outcome.duplicate,
        waiting: outcome.waiting,
        taken: false,
        attempt: submission.attempt,
    };
    let in_line = outcome.waiting.is_some();
    (answer, Some(Opened::new(submission, &opens.state, in_line)))
}

async fn status(
    tx: &mut Tx,
    asking: &[(&mut Held, Vec<Ask>)],
) -> Result<Vec<Option<crate::event::KnownCase>>, Fault> {
    let mut questions = Vec::new();
    for (held, asks) in asking {
        for ask in asks {
            if let Ask::Status {
                reference,
                last_four,
            } = ask
            {
                questions.push(Question {
                    reference,
                    last_four: last_four.as_deref(),
                    contact: &held.was.contact,
                });
            }
        }
    }
    case::status(tx, &questions).await
}
