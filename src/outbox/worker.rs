//! One channel's sender: claims what may leave, keeps the pace, and hands each message to a task of its
//! own. It decides nothing about a message but when.

use std::sync::Arc;

use tokio::task::JoinSet;

use crate::channel::Channel;
use crate::event::Millis;
use crate::inbox::{Attempt, Mark};
use crate::store::Fault;
use crate::store::outbox::{self, Claim, Claimed, Ended, Ending};

use super::House;
use super::fate::{Fate, Try, unknown};
use super::pace::Pace;
use super::send;

/// How long an attempt may take with all its parts; after that another looks after it. Above the sum of
/// the time limits of its calls.
pub const LEASE_MILLIS: Millis = 180_000;

pub struct Worker {
    house: Arc<House>,
    channel: Arc<dyn Channel>,
    at_once: usize,
    pace: Pace,
    sending: JoinSet<Option<Millis>>,
}

impl Worker {
    pub fn new(house: Arc<House>, channel: Arc<dyn Channel>, now: Millis) -> Worker {
        let rates = channel.rates();
        Worker {
            house,
            pace: Pace::new(rates, now),
            channel,
            at_once: rates.at_once,
            sending: JoinSet::new(),
        }
    }

    /// Other rates than its channel's.
    #[cfg(test)]
    pub fn keep_to(&mut self, rates: crate::channel::Rates, now: Millis) {
        self.pace = Pace::new(rates, now);
        self.at_once = rates.at_once;
    }

    pub fn name(&self) -> &'static str {
        self.channel.name()
    }

    /// Begins to send what may leave now, as far as there is room on the wire.
    ///
    /// # Errors
    /// When the database cannot be read or written now.
    pub async fn fill(&mut self, now: Millis) -> Result<(), Fault> {
        self.look_after_strayed(now).await?;
        while self.sending.len() < self.at_once && !self.pace.rests(now) {
            let claimed = self.claim(now).await?;
            if claimed.is_empty() {
                return Ok(());
            }
            let mut early = Vec::new();
            for one in claimed {
                let started = one.reply.proactive.is_some();
                match self.pace.take(&one.identity_id, started, now) {
                    Ok(()) => self.send(one, now),
                    Err(at) => early.push(put_back(&self.house, &one, at, now)),
                }
            }
            if !early.is_empty() {
                self.write(early).await;
            }
        }
        Ok(())
    }

    /// Waits until one message has come to an end; false when none is on the wire.
    pub async fn ended(&mut self, _now: Millis) -> bool {
        match self.sending.join_next().await {
            Some(Ok(Some(until))) => self.pace.rest(until),
            Some(Ok(None)) => {}
            Some(Err(error)) => tracing::error!(%error, channel = self.name(), "sending broke off"),
            None => return false,
        }
        true
    }

    async fn claim(&self, now: Millis) -> Result<Vec<Claimed>, Fault> {
        let claim = Claim {
            by: &self.house.by,
            now,
            until: now + LEASE_MILLIS,
            most: i64::try_from(self.at_once - self.sending.len()).unwrap_or(0),
        };
        // Looking costs no write: mostly nothing is owed.
        let mut reader = self.house.store.reader().await?;
        if !outbox::owes(&mut reader, self.name(), now).await? {
            return Ok(Vec::new());
        }
        drop(reader);
        let mut tx = self.house.store.begin_write().await?;
        let claimed = outbox::claim(&mut tx, &claim, self.name()).await?;
        tx.commit().await?;
        Ok(claimed)
    }

    fn send(&mut self, claimed: Claimed, now: Millis) {
        let (house, channel) = (self.house.clone(), self.channel.clone());
        self.sending.spawn(async move {
            let (fate, mark) = send::attempt(&house, &*channel, &claimed, now).await;
            let end = fate.as_ref().map_or("not_tried", Fate::word);
            metrics::counter!("wasl_outbox_attempts_total", "channel" => channel.name(), "end" => end)
                .increment(1);
            send::settle(&house, &claimed, mark, now).await;
            match fate {
                Some(Fate::Rest { until }) => Some(until),
                Some(_) | None => None,
            }
        });
    }

    /// What somebody began to send and never ended: nobody knows whether it arrived.
    async fn look_after_strayed(&mut self, now: Millis) -> Result<(), Fault> {
        let mut reader = self.house.store.reader().await?;
        if !outbox::strays(&mut reader, self.name(), now).await? {
            return Ok(());
        }
        drop(reader);
        let claim = Claim {
            by: &self.house.by,
            now,
            until: now + LEASE_MILLIS,
            most: i64::try_from(self.at_once).unwrap_or(0),
        };
        let mut tx = self.house.store.begin_write().await?;
        let strayed = outbox::strayed(&mut tx, &claim, self.name()).await?;
        tx.commit().await?;
        for one in strayed {
            let fate = unknown(tried(&one, now), "the sender was cut off".to_owned());
            let mark = send::mark(&self.house, &one, &fate, now);
            send::settle(&self.house, &one, mark, now).await;
        }
        Ok(())
    }

    async fn write(&self, marks: Vec<Mark>) {
        if let Err(refused) = self.house.inbox.mark(marks).await {
            // Their leases end by themselves.
            tracing::debug!(%refused, channel = self.name(), "what was put back waits for its lease to end");
        }
    }
}

pub fn tried(claimed: &Claimed, now: Millis) -> Try {
    Try {
        tries: claimed.attempts,
        unknowns: claimed.unknowns,
        started_by_us: claimed.reply.proactive.is_some(),
        now,
    }
}

/// Nobody was called: it waits as if it had not been touched.
pub fn put_back(house: &House, claimed: &Claimed, due: Millis, now: Millis) -> Mark {
    Mark::Attempt(Box::new(Attempt {
        conversation: claimed.conversation_id.clone(),
        seq: claimed.seq,
        ending: Ending {
            id: claimed.id.clone(),
            by: house.by.clone(),
            state: Ended::Again {
                due,
                unknown: false,
                uncounted: true,
            },
            reason: None,
        },
        provider_id: None,
        alert: false,
        at: now,
    }))
}
