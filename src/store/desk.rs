//! The desk: which conversations staff deal with, and how they are listed, counted, set aside and labelled. One
//! row for each conversation that ever came to staff; who speaks stands with the conversation alone.

use std::collections::BTreeMap;

use serde::Serialize;

use super::conversation::control_of;
use super::sealed::{open_json, open_text, place};
use super::{Arg, Fault, Row, Sql, Tx, message, statements};
use crate::dialog::value::Value;
use crate::event::{Control, Millis};

/// The field in which forms ask for the name.
const NAME: &str = "full_name";

/// What every list shows of a conversation. Its last words stand sealed in the row where they are sensitive.
macro_rules! shown {
    ($from:literal) => {
        concat!(
            "SELECT c.id, c.contact_id, c.control, c.control_by, c.seq, c.updated_at, i.channel AS spoke_on, i.heard_at,
                COALESCE(t.language, '') AS speaks, COALESCE(d.language, '') AS desk_language,
                COALESCE(d.service, '') AS service, COALESCE(d.wish, '') AS wish, COALESCE(d.branch, '') AS branch, COALESCE(d.assigned, '') AS assigned,
                COALESCE(d.priority, 0) AS priority, COALESCE(d.snoozed_until, 0) AS snoozed_until,
                COALESCE(d.unanswered_since, 0) AS unanswered_since, COALESCE(d.widened, 0) AS widened,
                h.reason, h.step, h.at AS waiting_since, h.claimed_at,
                m.direction AS last_direction, m.kind AS last_kind, m.text AS last_text, m.sealed AS last_sealed, ",
            $from,
            "
            LEFT JOIN desk d ON d.conversation_id = c.id
            LEFT JOIN contact t ON t.id = c.contact_id
            LEFT JOIN identity i ON i.id = c.identity_id
            LEFT JOIN message m ON m.conversation_id = c.id AND m.seq = c.seq "
        )
    };
}

/// Open handovers that a list shows. One step of urgency outweighs any waiting (its weight is more milliseconds than
/// three thousand years have): `$1` who asks, `$2` the list, `$3` now, `$4`…`$9` filters, `$10` branch.
macro_rules! open_list {
    () => {
        " WHERE h.ended_at IS NULL
            AND (($2 = 'mine' AND ((c.control = 'human' AND c.control_by = $1) OR (c.control = 'waiting' AND d.assigned = $1)))
                OR ($2 = 'unassigned' AND c.control = 'waiting')
                OR ($2 = 'for_us' AND (c.control = 'waiting' OR (c.control = 'human' AND d.unanswered_since > 0)))
                OR ($2 = 'for_them' AND c.control = 'human' AND d.unanswered_since = 0)
                OR ($2 = 'snoozed' AND c.control IN ('waiting', 'human')))
            AND (($2 = 'snoozed') = (COALESCE(d.snoozed_until, 0) > $3))
            AND ($4 = '' OR d.channel = $4)
            AND ($5 = '' OR d.language = $5)
            AND ($6 = '' OR d.service = $6)
            AND ($7 = '' OR EXISTS (SELECT 1 FROM conversation_label l WHERE l.conversation_id = c.id AND l.label = $7))
            AND ($8 = 0 OR (d.unanswered_since > 0 AND d.unanswered_since <= $8))
            AND ($9 = '' OR c.control = $9)
            AND ($10 = '' OR d.branch = $10 OR c.control_by = $1) "
    };
}

statements! {
    MEET = "INSERT INTO desk (conversation_id, channel, language, service, wish, branch, assigned, priority,
            snoozed_until, unanswered_since, widened)
        SELECT r.conversation_id, '', '', '', '', '', '', 0, 0, 0, 0 FROM {rows $1 AS r: conversation_id TEXT}
        WHERE TRUE ON CONFLICT (conversation_id) DO NOTHING";
    CHANGE = "UPDATE desk SET
            channel = COALESCE(r.channel, desk.channel), language = COALESCE(r.language, desk.language),
            service = COALESCE(r.service, desk.service), wish = COALESCE(r.wish, desk.wish),
            assigned = COALESCE(r.assigned, desk.assigned), priority = COALESCE(r.priority, desk.priority),
            snoozed_until = COALESCE(r.snoozed_until, desk.snoozed_until),
            unanswered_since = CASE
                WHEN r.unanswered_since IS NOT NULL THEN r.unanswered_since
                WHEN r.heard_at IS NOT NULL AND desk.unanswered_since = 0 THEN r.heard_at
                ELSE desk.unanswered_since END,
            widened = CASE WHEN r.anew = 1 THEN r.widened ELSE desk.widened + r.widened END
        FROM {rows $1 AS r: conversation_id TEXT, channel TEXT, language TEXT, service TEXT, wish TEXT, assigned TEXT,
            priority BIGINT, snoozed_until BIGINT, unanswered_since BIGINT, heard_at BIGINT, anew BIGINT, widened BIGINT}
        WHERE desk.conversation_id = r.conversation_id";
    LABEL = "INSERT INTO conversation_label (conversation_id, label)
        SELECT r.conversation_id, r.label FROM {rows $1 AS r: conversation_id TEXT, label TEXT}
        WHERE TRUE ON CONFLICT (conversation_id, label) DO NOTHING";
    UNLABEL = "DELETE FROM conversation_label WHERE (conversation_id, label) IN
        (SELECT r.conversation_id, r.label FROM {rows $1 AS r: conversation_id TEXT, label TEXT})";
    LABELS = "SELECT l.conversation_id, l.label FROM {rows $1 AS r: id TEXT}
        JOIN conversation_label l ON l.conversation_id = r.id ORDER BY l.conversation_id, l.label";
    OPEN = concat!(shown!("CASE WHEN c.control = 'waiting' THEN h.at
                WHEN d.unanswered_since > 0 THEN d.unanswered_since ELSE c.updated_at END
                - COALESCE(d.priority, 0) * 100000000000000 AS rank
            FROM handover h JOIN conversation c ON c.id = h.conversation_id"), open_list!(),
        " AND (CASE WHEN c.control = 'waiting' THEN h.at
                WHEN d.unanswered_since > 0 THEN d.unanswered_since ELSE c.updated_at END
                - COALESCE(d.priority, 0) * 100000000000000 > $11
            OR (CASE WHEN c.control = 'waiting' THEN h.at
                WHEN d.unanswered_since > 0 THEN d.unanswered_since ELSE c.updated_at END
                - COALESCE(d.priority, 0) * 100000000000000 = $11 AND c.id > $12))
        ORDER BY rank, c.id LIMIT $13");
    ALL = concat!(shown!("c.updated_at AS rank
            FROM (SELECT * FROM conversation w
                WHERE w.control = $9 AND (w.updated_at < $11 OR (w.updated_at = $11 AND w.id < $12))
                ORDER BY w.updated_at DESC, w.id DESC LIMIT $14) c
            LEFT JOIN handover h ON h.conversation_id = c.id AND h.ended_at IS NULL"),
        " WHERE ($4 = '' OR i.channel = $4)
            AND ($5 = '' OR COALESCE(t.language, 'ar') = $5)
            AND ($6 = '' OR d.service = $6 OR EXISTS (SELECT 1 FROM case_file f
                WHERE f.contact_id = c.contact_id AND f.service = $6))
            AND ($7 = '' OR EXISTS (SELECT 1 FROM conversation_label l WHERE l.conversation_id = c.id AND l.label = $7))
            AND ($8 = 0 OR (d.unanswered_since > 0 AND d.unanswered_since <= $8))
            AND ($10 = '' OR d.branch = $10 OR c.control_by = $1)
            AND $2 = 'all' AND $3 > 0
        ORDER BY c.updated_at DESC, c.id DESC LIMIT $13");
    LOOKED_THROUGH = "SELECT w.updated_at AS rank, w.id FROM conversation w
        WHERE w.control = $1 AND (w.updated_at < $2 OR (w.updated_at = $2 AND w.id < $3))
        ORDER BY w.updated_at DESC, w.id DESC LIMIT 1 OFFSET $4";
    THESE = concat!(shown!("c.updated_at AS rank
            FROM {rows $1 AS r: id TEXT} JOIN conversation c ON c.id = r.id
            LEFT JOIN handover h ON h.conversation_id = c.id AND h.ended_at IS NULL"), " ORDER BY c.updated_at DESC, c.id");
    COUNT = "SELECT
            COALESCE(SUM(CASE WHEN aside = 0 AND (mine = 1) THEN 1 ELSE 0 END), 0) AS mine,
            COALESCE(SUM(CASE WHEN aside = 0 AND control = 'waiting' THEN 1 ELSE 0 END), 0) AS unassigned,
            COALESCE(SUM(CASE WHEN aside = 0 AND (control = 'waiting' OR since > 0) THEN 1 ELSE 0 END), 0) AS for_us,
            COALESCE(SUM(CASE WHEN aside = 0 AND control = 'human' AND since = 0 THEN 1 ELSE 0 END), 0) AS for_them,
            COALESCE(SUM(aside), 0) AS snoozed
        FROM (SELECT c.control, COALESCE(d.unanswered_since, 0) AS since,
                CASE WHEN COALESCE(d.snoozed_until, 0) > $2 THEN 1 ELSE 0 END AS aside,
                CASE WHEN (c.control = 'human' AND c.control_by = $1) OR (c.control = 'waiting' AND d.assigned = $1)
                    THEN 1 ELSE 0 END AS mine
            FROM handover h JOIN conversation c ON c.id = h.conversation_id
            LEFT JOIN desk d ON d.conversation_id = c.id
            WHERE h.ended_at IS NULL AND c.control IN ('waiting', 'human')
                AND ($3 = '' OR d.branch = $3 OR c.control_by = $1)) AS open_ones";
    UNSEEN = "SELECT (SELECT COUNT(*) FROM alert WHERE seen_at IS NULL) AS alerts,
            (SELECT COUNT(*) FROM mention WHERE staff_id = $1 AND seen_at IS NULL) AS mentions";
    LOADS = "SELECT c.control_by AS staff_id, COUNT(*) AS n FROM handover h JOIN conversation c ON c.id = h.conversation_id
        LEFT JOIN desk d ON d.conversation_id = c.id
        WHERE h.ended_at IS NULL AND c.control = 'human' AND COALESCE(d.snoozed_until, 0) <= $1
        GROUP BY c.control_by
        UNION ALL SELECT d.assigned AS staff_id, COUNT(*) AS n FROM handover h JOIN conversation c ON c.id = h.conversation_id
        JOIN desk d ON d.conversation_id = c.id
        WHERE h.ended_at IS NULL AND c.control = 'waiting' AND d.assigned <> '' GROUP BY d.assigned";
    OFFERED = "SELECT h.id AS handover_id, h.reason, h.at, c.id, d.language, d.service, d.wish, d.assigned, d.priority, d.widened
        FROM handover h JOIN conversation c ON c.id = h.conversation_id JOIN desk d ON d.conversation_id = c.id
        WHERE h.ended_at IS NULL AND c.control = 'waiting' AND (d.assigned = '' OR d.widened > 0)
        ORDER BY d.priority DESC, h.at, c.id LIMIT $1";
    FACTS = "SELECT c.id, c.facts FROM {rows $1 AS r: id TEXT} JOIN contact c ON c.id = r.id WHERE c.facts IS NOT NULL";
    ALERTS = "SELECT kind, at FROM alert WHERE conversation_id = $1 AND seen_at IS NULL ORDER BY at, id LIMIT 20";
    ALERTED = "SELECT conversation_id, MIN(at) AS at FROM alert WHERE seen_at IS NULL
        GROUP BY conversation_id ORDER BY MIN(at) LIMIT $1";
    SEE = "UPDATE alert SET seen_at = r.at, seen_by = r.by_whom
        FROM {rows $1 AS r: conversation_id TEXT, by_whom TEXT, at BIGINT}
        WHERE alert.conversation_id = r.conversation_id AND alert.seen_at IS NULL";
    BRANCH = "UPDATE desk SET branch = $2 WHERE conversation_id = $1";
}

/// What changes at the desk with a turn; what is `None` stays.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Change<'a> {
    pub conversation_id: &'a str,
    pub channel: Option<String>,
    pub language: Option<&'static str>,
    pub service: Option<String>,
    pub wish: Option<String>,
    pub assigned: Option<&'a str>,
    pub priority: Option<i64>,
    pub snoozed_until: Option<Millis>,
    /// 0: nobody waits for an answer any more.
    pub unanswered_since: Option<Millis>,
    /// The person wrote: they wait from here, unless they wait already.
    pub heard_at: Option<Millis>,
    /// 1: what was counted before counts no more.
    pub anew: i64,
    /// How often nobody came in time.
    pub widened: i64,
}

impl Change<'_> {
    /// The person wrote.
    pub fn heard(&mut self, at: Millis) {
        self.snoozed_until = Some(0);
        match self.unanswered_since {
            Some(0) => self.unanswered_since = Some(at),
            Some(_) => {}
            None => self.heard_at = self.heard_at.or(Some(at)),
        }
    }

    /// They were answered, or nobody owes them an answer.
    pub fn answered(&mut self) {
        self.unanswered_since = Some(0);
        self.heard_at = None;
    }
}

/// # Errors
/// As the store's.
pub async fn change(tx: &mut Tx, changes: &[Change<'_>]) -> Result<(), Fault> {
    if changes.is_empty() {
        return Ok(());
    }
    let rows = Arg::rows(changes)?;
    tx.run(&MEET, std::slice::from_ref(&rows)).await?;
    tx.run(&CHANGE, &[rows]).await?;
    Ok(())
}

/// A label that is put on a conversation, or taken off.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Labelled<'a> {
    pub conversation_id: &'a str,
    pub label: &'a str,
}

/// # Errors
/// As the store's.
pub async fn label(tx: &mut Tx, on: &[Labelled<'_>], off: &[Labelled<'_>]) -> Result<(), Fault> {
    if !off.is_empty() {
        tx.run(&UNLABEL, &[Arg::rows(off)?]).await?;
    }
    if !on.is_empty() {
        tx.run(&LABEL, &[Arg::rows(on)?]).await?;
    }
    Ok(())
}

/// The labels of these conversations.
///
/// # Errors
/// As the store's.
pub async fn labels(tx: &mut Tx, ids: &[&str]) -> Result<BTreeMap<String, Vec<String>>, Fault> {
    let mut labels: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for row in tx.rows(&LABELS, &[Arg::ids(ids.iter().copied())?]).await? {
        let of = labels.entry(row.text("conversation_id")?).or_default();
        of.push(row.text("label")?);
    }
    Ok(labels)
}

/// Somebody has looked at the alerts of a conversation.
#[derive(Clone, Debug, Serialize)]
pub struct Looked<'a> {
    pub conversation_id: &'a str,
    pub by_whom: &'a str,
    pub at: Millis,
}

/// # Errors
/// As the store's.
pub async fn see(tx: &mut Tx, looked: &[Looked<'_>]) -> Result<(), Fault> {
    if !looked.is_empty() {
        tx.run(&SEE, &[Arg::rows(looked)?]).await?;
    }
    Ok(())
}

/// The branch that a conversation belongs to.
///
/// # Errors
/// As the store's.
pub async fn belongs(tx: &mut Tx, conversation: &str, branch: &str) -> Result<(), Fault> {
    #[derive(Serialize)]
    struct One<'a> {
        conversation_id: &'a str,
    }
    let row = [One {
        conversation_id: conversation,
    }];
    tx.run(&MEET, &[Arg::rows(&row)?]).await?;
    tx.run(&BRANCH, &[conversation.into(), branch.into()])
        .await?;
    Ok(())
}

/// The lists of the inbox.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum List {
    Mine,
    #[default]
    Unassigned,
    /// They wait for us.
    ForUs,
    /// We wait for them.
    ForThem,
    Snoozed,
    All,
}

impl List {
    pub const EVERY: [List; 6] = [
        List::Mine,
        List::Unassigned,
        List::ForUs,
        List::ForThem,
        List::Snoozed,
        List::All,
    ];

    pub fn word(self) -> &'static str {
        match self {
            List::Mine => "mine",
            List::Unassigned => "unassigned",
            List::ForUs => "for_us",
            List::ForThem => "for_them",
            List::Snoozed => "snoozed",
            List::All => "all",
        }
    }

    pub fn read(word: &str) -> Option<List> {
        List::EVERY.into_iter().find(|list| list.word() == word)
    }
}

/// Who asks for a list, and what of it they want.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Asked {
    pub staff: String,
    /// Only this branch, and what they hold themself; empty: all.
    pub branch: String,
    pub list: List,
    pub now: Millis,
    /// Empty, and 0: any.
    pub channel: String,
    pub language: String,
    pub service: String,
    pub label: String,
    pub unanswered_before: Millis,
    /// A word of [`Control`].
    pub state: String,
    /// Goes on behind this one.
    pub after: Option<(i64, String)>,
}

/// A conversation in a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Listed {
    pub conversation: String,
    pub contact: String,
    pub control: Control,
    /// Where they last wrote, and when, where the channel's rules ask for it.
    pub channel: String,
    pub heard_at: Option<Millis>,
    pub language: String,
    pub service: String,
    pub wish: String,
    pub branch: String,
    pub assigned: String,
    pub priority: i64,
    pub snoozed_until: Millis,
    pub unanswered_since: Millis,
    pub widened: i64,
    /// The word of `HandOverReason`, and the step at which it was.
    pub reason: Option<String>,
    pub step: Option<String>,
    pub waiting_since: Option<Millis>,
    pub claimed_at: Option<Millis>,
    pub seq: i64,
    pub updated_at: Millis,
    pub last: Option<Last>,
    /// With the id the place in the list.
    pub rank: i64,
}

/// The last words of a conversation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Last {
    pub from_person: bool,
    pub kind: String,
    pub text: Option<String>,
    pub sensitive: bool,
}

/// Conversations of one state that a page of "all" looks through: what a filter leaves of more is the next page's.
const LOOKED_THROUGH_MAX: i64 = 4_000;

/// A page of a list.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Page {
    pub rows: Vec<Listed>,
    /// Where the list goes on; None: that was all. A page of a rare filter may hold nothing and still go on.
    pub after: Option<(i64, String)>,
}

/// A page of a list, at most `most`.
///
/// # Errors
/// As the store's.
pub async fn list(tx: &mut Tx, asked: &Asked, most: usize) -> Result<Page, Fault> {
    if asked.list == List::All {
        return all(tx, asked, most, LOOKED_THROUGH_MAX).await;
    }
    let begin = (i64::MIN, String::new());
    let rows = page(tx, &OPEN, asked, &asked.state, begin, most, &[]).await?;
    let after = (rows.len() == most)
        .then(|| rows.last().map(place_of))
        .flatten();
    Ok(Page { rows, after })
}

fn place_of(one: &Listed) -> (i64, String) {
    (one.rank, one.conversation.clone())
}

/// "All", state by state, so that one index serves them; each looked through so far. What lies beyond the nearest of
/// these ends is left to the next page.
///
/// # Errors
/// As the store's.
pub async fn all(
    tx: &mut Tx,
    asked: &Asked,
    most: usize,
    looked_through: i64,
) -> Result<Page, Fault> {
    let begin = (i64::MAX, "~".to_owned());
    let states = ["waiting", "human", "bot", "closed"];
    let asked_for = |state: &&str| asked.state.is_empty() || asked.state == *state;
    let (mut rows, mut end) = (Vec::new(), None);
    for state in states.into_iter().filter(asked_for) {
        let through = [looked_through.into()];
        rows.extend(page(tx, &ALL, asked, state, begin.clone(), most, &through).await?);
        let (rank, id) = asked.after.as_ref().unwrap_or(&begin);
        let args = [
            state.into(),
            (*rank).into(),
            id.as_str().into(),
            (looked_through - 1).into(),
        ];
        if let Some(row) = tx.row(&LOOKED_THROUGH, &args).await? {
            end = end.max(Some((row.int("rank")?, row.text("id")?)));
        }
    }
    rows.sort_by(|a, b| (b.rank, &b.conversation).cmp(&(a.rank, &a.conversation)));
    if let Some(end) = &end {
        rows.retain(|one| place_of(one) >= *end);
    }
    let full = rows.len() >= most;
    rows.truncate(most);
    let after = match full {
        true => rows.last().map(place_of),
        false => end,
    };
    Ok(Page { rows, after })
}

async fn page(
    tx: &mut Tx,
    sql: &'static Sql,
    asked: &Asked,
    state: &str,
    begin: (i64, String),
    most: usize,
    more: &[Arg],
) -> Result<Vec<Listed>, Fault> {
    let (rank, id) = asked.after.clone().unwrap_or(begin);
    let mut args = vec![
        asked.staff.as_str().into(),
        asked.list.word().into(),
        asked.now.into(),
        asked.channel.as_str().into(),
        asked.language.as_str().into(),
        asked.service.as_str().into(),
        asked.label.as_str().into(),
        asked.unanswered_before.into(),
        state.into(),
        asked.branch.as_str().into(),
        rank.into(),
        id.as_str().into(),
        i64::try_from(most).unwrap_or(i64::MAX).into(),
    ];
    args.extend(more.iter().cloned());
    let rows = tx.rows(sql, &args).await?;
    rows.iter().map(|row| read(tx, row)).collect()
}

/// These conversations as lists show them, what changed last first.
///
/// # Errors
/// As the store's.
pub async fn these(tx: &mut Tx, ids: &[&str]) -> Result<Vec<Listed>, Fault> {
    let rows = tx.rows(&THESE, &[Arg::ids(ids.iter().copied())?]).await?;
    rows.iter().map(|row| read(tx, row)).collect()
}

fn read(tx: &Tx, row: &Row) -> Result<Listed, Fault> {
    let conversation = row.text("id")?;
    let spoken = row.text("speaks")?;
    Ok(Listed {
        contact: row.text("contact_id")?,
        control: control_of(row)?,
        channel: row.opt_text("spoke_on")?.unwrap_or_default(),
        heard_at: row.opt_int("heard_at")?,
        language: match spoken.is_empty() {
            true => row.text("desk_language")?,
            false => spoken,
        },
        service: row.text("service")?,
        wish: row.text("wish")?,
        branch: row.text("branch")?,
        assigned: row.text("assigned")?,
        priority: row.int("priority")?,
        snoozed_until: row.int("snoozed_until")?,
        unanswered_since: row.int("unanswered_since")?,
        widened: row.int("widened")?,
        reason: row.opt_text("reason")?,
        step: row.opt_text("step")?,
        waiting_since: row.opt_int("waiting_since")?,
        claimed_at: row.opt_int("claimed_at")?,
        seq: row.int("seq")?,
        updated_at: row.int("updated_at")?,
        last: last(tx, row, &conversation)?,
        rank: row.int("rank")?,
        conversation,
    })
}

fn last(tx: &Tx, row: &Row, conversation: &str) -> Result<Option<Last>, Fault> {
    let Some(direction) = row.opt_text("last_direction")? else {
        return Ok(None);
    };
    let sensitive = row.flag("last_sealed")?;
    let open = |text: String| match sensitive {
        true => {
            let name = message::row_name(conversation, row.int("seq")?);
            open_text(&tx.seal(), place("message", &name, "text"), &text)
        }
        false => Ok(text),
    };
    Ok(Some(Last {
        from_person: direction == "in",
        kind: row.text("last_kind")?,
        text: row.opt_text("last_text")?.map(open).transpose()?,
        sensitive,
    }))
}

/// What these contacts have said their names are.
///
/// # Errors
/// As the store's.
pub async fn names(tx: &mut Tx, contacts: &[&str]) -> Result<BTreeMap<String, String>, Fault> {
    let seal = tx.seal();
    let mut names = BTreeMap::new();
    for row in tx
        .rows(&FACTS, &[Arg::ids(contacts.iter().copied())?])
        .await?
    {
        let (id, sealed) = (row.text("id")?, row.text("facts")?);
        let facts: BTreeMap<String, Value> =
            open_json(&seal, place("contact", &id, "facts"), &sealed)?;
        if let Some(Value::Text(name)) = facts.get(NAME) {
            names.insert(id, name.clone());
        }
    }
    Ok(names)
}

/// What is known of a contact by their own words.
///
/// # Errors
/// As the store's.
pub async fn facts(tx: &mut Tx, contact: &str) -> Result<BTreeMap<String, Value>, Fault> {
    let Some(row) = tx.row(&FACTS, &[Arg::ids([contact])?]).await? else {
        return Ok(BTreeMap::new());
    };
    let (id, sealed) = (row.text("id")?, row.text("facts")?);
    open_json(&tx.seal(), place("contact", &id, "facts"), &sealed)
}

/// Alerts of a conversation that nobody has looked at: kind and time.
///
/// # Errors
/// As the store's.
pub async fn alerts(tx: &mut Tx, conversation: &str) -> Result<Vec<(String, Millis)>, Fault> {
    let rows = tx.rows(&ALERTS, &[conversation.into()]).await?;
    rows.iter()
        .map(|row| Ok((row.text("kind")?, row.int("at")?)))
        .collect()
}

/// Conversations with alerts that nobody has looked at, the oldest first.
///
/// # Errors
/// As the store's.
pub async fn alerted(tx: &mut Tx, most: i64) -> Result<Vec<String>, Fault> {
    let rows = tx.rows(&ALERTED, &[most.into()]).await?;
    rows.iter().map(|row| row.text("conversation_id")).collect()
}

/// How many stand in each list, and what nobody has looked at.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Counts {
    pub mine: i64,
    pub unassigned: i64,
    pub for_us: i64,
    pub for_them: i64,
    pub snoozed: i64,
    pub alerts: i64,
    pub mentions: i64,
}

impl Counts {
    /// Of one list; all conversations are not counted.
    pub fn of(&self, list: List) -> Option<i64> {
        match list {
            List::Mine => Some(self.mine),
            List::Unassigned => Some(self.unassigned),
            List::ForUs => Some(self.for_us),
            List::ForThem => Some(self.for_them),
            List::Snoozed => Some(self.snoozed),
            List::All => None,
        }
    }
}

/// # Errors
/// As the store's.
pub async fn counts(tx: &mut Tx, staff: &str, branch: &str, now: Millis) -> Result<Counts, Fault> {
    let mut counts = Counts::default();
    if let Some(row) = tx
        .row(&COUNT, &[staff.into(), now.into(), branch.into()])
        .await?
    {
        counts.mine = row.int("mine")?;
        counts.unassigned = row.int("unassigned")?;
        counts.for_us = row.int("for_us")?;
        counts.for_them = row.int("for_them")?;
        counts.snoozed = row.int("snoozed")?;
    }
    if let Some(row) = tx.row(&UNSEEN, &[staff.into()]).await? {
        counts.alerts = row.int("alerts")?;
        counts.mentions = row.int("mentions")?;
    }
    Ok(counts)
}

/// Somebody who waits and may be offered to a member of staff.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Offered {
    pub handover: String,
    pub conversation: String,
    pub reason: String,
    pub at: Millis,
    pub language: String,
    pub service: String,
    pub wish: String,
    pub assigned: String,
    pub priority: i64,
    pub widened: i64,
}

/// Who waits and is offered to nobody, or to somebody who did not come in time: the most urgent first.
///
/// # Errors
/// As the store's.
pub async fn offered(tx: &mut Tx, most: i64) -> Result<Vec<Offered>, Fault> {
    let rows = tx.rows(&OFFERED, &[most.into()]).await?;
    rows.iter()
        .map(|row| {
            Ok(Offered {
                handover: row.text("handover_id")?,
                conversation: row.text("id")?,
                reason: row.text("reason")?,
                at: row.int("at")?,
                language: row.text("language")?,
                service: row.text("service")?,
                wish: row.text("wish")?,
                assigned: row.text("assigned")?,
                priority: row.int("priority")?,
                widened: row.int("widened")?,
            })
        })
        .collect()
}

/// How many conversations everybody holds or is offered.
///
/// # Errors
/// As the store's.
pub async fn loads(tx: &mut Tx, now: Millis) -> Result<BTreeMap<String, i64>, Fault> {
    let mut loads = BTreeMap::new();
    for row in tx.rows(&LOADS, &[now.into()]).await? {
        *loads
            .entry(row.opt_text("staff_id")?.unwrap_or_default())
            .or_default() += row.int("n")?;
    }
    Ok(loads)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_wrote_first_and_was_not_answered_waits_since_then() {
        let mut change = Change::default();
        change.heard(5);
        change.heard(7);
        assert_eq!((change.unanswered_since, change.heard_at), (None, Some(5)));
        change.answered();
        assert_eq!((change.unanswered_since, change.heard_at), (Some(0), None));
        change.heard(9);
        change.heard(11);
        assert_eq!((change.unanswered_since, change.heard_at), (Some(9), None));
    }
}
