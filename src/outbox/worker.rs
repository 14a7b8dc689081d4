//! One channel's sender: claims what may leave, keeps the pace, and hands each message to a task of its
//! own. It decides nothing about a message but when.

use std::sync::Arc;

use tokio::task::JoinSet;

use crate::channel::Channel;
use crate::event::{Millis, Seed};
use crate::inbox::{Attempt, Mark};
use crate::store::outbox::{self, Claim, Claimed, Ended, Ending, Fence};
use crate::store::{Fault, line};

use super::House;
use super::fate::{Try, unknown};
use super::pace::Pace;
use super::send::{self, Told};

/// How long an attempt may take with all its parts; after that another looks after it. Above the sum of
/// the time limits of its calls.
pub const LEASE_MILLIS: Millis = 180_000;

pub struct Worker {
    house: Arc<House>,
    channel: Arc<dyn Channel>,
    at_once: usize,
    started_per_second: f64,
    pace: Pace,
    sending: JoinSet<Told>,
    /// What became known of the channel and is not yet written where operators and other instances see it.
    news: Option<News>,
    /// The channel rests by what is written; whoever sends may say that it works again.
    troubled: bool,
    /// A predecessor's leases stand in the way, and nobody will ever end them.
    inherits: bool,
}

enum News {
    Rests { until: Millis, reason: String },
    Works,
}

impl Worker {
    pub fn new(house: Arc<House>, channel: Arc<dyn Channel>) -> Worker {
        let rates = channel.rates();
        Worker {
            inherits: house.alone,
            house,
            pace: Pace::new(rates),
            channel,
            at_once: rates.at_once,
            started_per_second: rates.started_per_second,
            sending: JoinSet::new(),
            news: None,
            troubled: false,
        }
    }

    /// Other rates than its channel's.
    #[cfg(test)]
    pub fn keep_to(&mut self, rates: crate::channel::Rates) {
        self.pace = Pace::new(rates);
        self.at_once = rates.at_once;
        self.started_per_second = rates.started_per_second;
    }

    pub fn name(&self) -> &'static str {
        self.channel.name()
    }

    /// Begins to send what may leave now, as far as there is room on the wire.
    ///
    /// # Errors
    /// When the database cannot be read or written now.
    pub async fn fill(&mut self, now: Millis) -> Result<(), Fault> {
        self.tell(now).await?;
        while self.sending.len() < self.pace.room(self.at_once) && !self.pace.rests(now) {
            let claimed = self.claim(now).await?;
            if claimed.is_empty() {
                return Ok(());
            }
            let (mut going, mut waiting) = (Vec::new(), Vec::new());
            for one in claimed {
                let started = one.reply.proactive.is_some();
                match self.pace.take(&one.identity_id, started, now) {
                    Ok(()) => going.push(one),
                    Err(at) => waiting.push(put_back(&self.house, &one, at, now)),
                }
            }
            waiting.extend(self.send_all(going, now).await);
            if !waiting.is_empty() {
                self.write(waiting).await;
            }
        }
        Ok(())
    }

    /// Waits until a message has come to an end, and looks which others have by then: what they make room for is
    /// claimed at once. False when none is on the wire.
    pub async fn ended(&mut self, now: Millis) -> bool {
        let mut next = self.sending.join_next().await;
        let any = next.is_some();
        while let Some(one) = next {
            match one {
                Ok(told) => self.learn(told, now),
                Err(error) => {
                    tracing::error!(%error, channel = self.name(), "sending broke off");
                }
            }
            next = self.sending.try_join_next();
        }
        any
    }

    fn learn(&mut self, told: Told, now: Millis) {
        match told {
            Told::Nothing => {}
            Told::Worked => {
                if self.pace.worked() || self.troubled {
                    self.news = Some(News::Works);
                }
            }
            Told::Failed(reason) => {
                if let Some(until) = self.pace.failed(now) {
                    self.rests(until, reason);
                }
            }
            Told::Rest { until, reason } => {
                self.pace.rest(until);
                self.rests(until, reason);
            }
        }
    }

    fn rests(&mut self, until: Millis, reason: String) {
        tracing::error!(channel = self.name(), %reason, "the channel rests: nothing leaves until it is tried again");
        metrics::gauge!("wasl_channel_rests", "channel" => self.name()).set(1.0);
        self.news = Some(News::Rests { until, reason });
    }

    /// Writes down how the channel is, for operators and for other instances.
    async fn tell(&mut self, now: Millis) -> Result<(), Fault> {
        let Some(news) = &self.news else {
            return Ok(());
        };
        let mut tx = self.house.store.begin_write().await?;
        match news {
            News::Rests { until, reason } => {
                line::rest(&mut tx, self.name(), *until, reason, now).await?;
            }
            News::Works => {
                if line::works(&mut tx, self.name()).await? {
                    tracing::info!(channel = self.name(), "the channel works again");
                }
                metrics::gauge!("wasl_channel_rests", "channel" => self.name()).set(0.0);
            }
        }
        tx.commit().await?;
        self.troubled = matches!(self.news, Some(News::Rests { .. }));
        self.news = None;
        Ok(())
    }

    async fn claim(&mut self, now: Millis) -> Result<Vec<Claimed>, Fault> {
        let room = self.pace.room(self.at_once) - self.sending.len();
        let mut claim = Claim {
            by: &self.house.by,
            now,
            until: now + LEASE_MILLIS,
            most: i64::try_from(room).unwrap_or(0),
        };
        // Looking costs no write: mostly nothing is owed.
        let mut reader = self.house.store.reader().await?;
        let due = outbox::owes(&mut reader, self.channel.name(), now).await?;
        if due == outbox::Due::default() {
            return Ok(Vec::new());
        }
        if let Some(line) = line::find(&mut reader, self.channel.name()).await? {
            self.troubled = line.trouble.is_some();
            self.pace.rest(line.rests_until);
            if self.pace.rests(now) {
                return Ok(Vec::new());
            }
        }
        drop(reader);
        let mut tx = self.house.store.begin_write().await?;
        let mut claimed = match due.answers {
            true => outbox::claim(&mut tx, &claim, self.channel.name()).await?,
            false => Vec::new(),
        };
        claim.most -= i64::try_from(claimed.len()).unwrap_or(claim.most);
        if due.started && claim.most > 0 {
            let name = self.channel.name();
            let rate = self.started_per_second;
            let may = line::start(&mut tx, name, rate, now, claim.most).await?;
            claim.most = may;
            if may > 0 {
                let started = outbox::claim_started(&mut tx, &claim, name).await?;
                let unused = may - i64::try_from(started.len()).unwrap_or(may);
                if unused > 0 {
                    line::give_back(&mut tx, name, unused, now).await?;
                }
                claimed.extend(started);
            }
        }
        tx.commit().await?;
        Ok(claimed)
    }

    /// Looks once more whether each may leave, and hands it to its task; what cannot be known now is put back.
    async fn send_all(&mut self, going: Vec<Claimed>, now: Millis) -> Vec<Mark> {
        if going.is_empty() {
            return Vec::new();
        }
        let read = async {
            let mut reader = self.house.store.reader().await?;
            outbox::fences(&mut reader, &going).await
        };
        match read.await {
            Ok(mut fences) => {
                for one in going {
                    let fence = fences.remove(&one.id);
                    self.send(one, fence, now);
                }
                Vec::new()
            }
            Err(fault) => {
                tracing::debug!(%fault, channel = self.name(), "whether messages may leave cannot be read now");
                let again = now + send::READ_AGAIN_MILLIS;
                let put_back = |one| put_back(&self.house, one, again, now);
                going.iter().map(put_back).collect()
            }
        }
    }

    fn send(&mut self, claimed: Claimed, fence: Option<Result<Fence, Fault>>, now: Millis) {
        let (house, channel) = (self.house.clone(), self.channel.clone());
        self.sending.spawn(async move {
            let (told, mark) = send::attempt(&house, &*channel, &claimed, fence, now).await;
            send::settle(&house, &claimed, mark, now).await;
            told
        });
    }

    /// Takes over at once what a killed predecessor had begun, where there can be no other process.
    async fn inherit(&mut self, now: Millis) -> Result<(), Fault> {
        if !self.inherits {
            return Ok(());
        }
        let mut tx = self.house.store.begin_write().await?;
        let left = outbox::bequeath(&mut tx, self.name(), &self.house.by, now).await?;
        tx.commit().await?;
        self.inherits = false;
        if left > 0 {
            tracing::warn!(
                channel = self.name(),
                count = left,
                "the process before this one was cut off while it sent"
            );
        }
        Ok(())
    }

    /// What somebody began to send and never ended: nobody knows whether it arrived.
    ///
    /// # Errors
    /// When the database cannot be read or written now.
    pub async fn look_after_strayed(&mut self, now: Millis) -> Result<(), Fault> {
        self.inherit(now).await?;
        let mut reader = self.house.store.reader().await?;
        let any = outbox::strays(&mut reader, self.name(), now).await?;
        if !any {
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
        salt: Seed([0; 16]).derive(&claimed.id)[0],
        now,
    }
}

impl Try {
    /// Where only the channel matters.
    pub fn of_channel(now: Millis) -> Try {
        Try {
            tries: 1,
            unknowns: 0,
            started_by_us: false,
            salt: 0,
            now,
        }
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
            elsewhere: None,
            left: None,
        },
        channel: claimed.channel.clone(),
        provider_ids: Vec::new(),
        learned: None,
        alert: false,
        at: now,
    }))
}
