//! Finding conversations, requests and people by words: a portable table of folded tokens, filled behind the turns
//! and never in them. What is sealed elsewhere stands here as a keyed hash or not at all: names by any part, ID
//! and phone by their exact value; words of people only where they are plain in the history too, of staff always.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use super::case::{self, Case};
use super::sealed::{open_text, place};
use super::{Arg, Fault, Tx, identity, item, message, statements};
use crate::dialog::value::{Signature, Value};
use crate::seal::Seal;
use crate::text::{article, fold, name, phone};

statements! {
    DUE = "INSERT INTO search_due (conversation_id, seq)
        SELECT r.conversation_id, r.seq FROM {rows $1 AS r: conversation_id TEXT, seq BIGINT}
        WHERE TRUE ORDER BY r.conversation_id
        ON CONFLICT (conversation_id) DO UPDATE SET seq = excluded.seq";
    AGAIN = "INSERT INTO search_due (conversation_id, seq) SELECT id, seq FROM conversation
        WHERE TRUE ON CONFLICT (conversation_id) DO NOTHING";
    TAKE = "SELECT s.conversation_id, s.seq, c.contact_id, COALESCE(d.mark, 0) AS mark
        FROM search_due s JOIN conversation c ON c.id = s.conversation_id
        LEFT JOIN search_doc d ON d.row_id = s.conversation_id AND d.noun = 'conversation'
        ORDER BY s.conversation_id LIMIT $1 {skip_locked OF s}";
    DONE = "DELETE FROM search_due WHERE conversation_id IN (SELECT r.id FROM {rows $1 AS r: id TEXT})";
    ORPHANS = "DELETE FROM search_due WHERE NOT EXISTS (SELECT 1 FROM conversation c WHERE c.id = search_due.conversation_id)";
    WORDS = "SELECT m.conversation_id, m.seq, m.text, m.sealed FROM {rows $1 AS r: id TEXT, mark BIGINT, most BIGINT}
        JOIN message m ON m.conversation_id = r.id AND m.seq > r.mark AND m.seq <= r.most
        WHERE (m.sealed = 0 OR m.author IS NOT NULL) AND m.text IS NOT NULL";
    DOCS = "SELECT d.n, d.noun, d.row_id, d.mark FROM {rows $1 AS r: id TEXT} JOIN search_doc d ON d.row_id = r.id";
    LAST_DOC = "SELECT COALESCE(MAX(n), 0) AS n FROM search_doc";
    LAST_TOKEN = "SELECT COALESCE(MAX(id), 0) AS n FROM search_token";
    PUT_DOCS = "INSERT INTO search_doc (n, noun, row_id, mark)
        SELECT r.n, r.noun, r.row_id, r.mark FROM {rows $1 AS r: n BIGINT, noun TEXT, row_id TEXT, mark BIGINT}
        WHERE TRUE ON CONFLICT (n) DO UPDATE SET mark = excluded.mark";
    TOKENS = "SELECT t.id, t.token FROM {rows $1 AS r: token TEXT} JOIN search_token t ON t.token = r.token";
    ADD_TOKENS = "INSERT INTO search_token (id, token) SELECT r.id, r.token FROM {rows $1 AS r: id BIGINT, token TEXT}";
    POST = "INSERT INTO search_posting (token, n) SELECT r.token, r.n FROM {rows $1 AS r: token BIGINT, n BIGINT}
        WHERE TRUE ON CONFLICT (token, n) DO NOTHING";
    ALIKE = "SELECT id FROM search_token WHERE token >= $1 AND token < $2 ORDER BY token LIMIT $3";
    NEWEST = "SELECT p.n FROM search_posting p WHERE p.token = $1 AND p.n < $2 ORDER BY p.n DESC LIMIT $3";
    // Both lists are read once by IN; joined, SQLite walks through all of a frequent word for each candidate.
    AMONG = "SELECT DISTINCT p.n FROM search_posting p
        WHERE p.token IN (SELECT t.id FROM {rows $1 AS t: id BIGINT})
            AND p.n IN (SELECT r.n FROM {rows $2 AS r: n BIGINT})";
    COUNT = "SELECT COUNT(*) AS n FROM (SELECT p.n FROM {rows $1 AS r: id BIGINT}
        JOIN search_posting p ON p.token = r.id LIMIT $2) AS some_of_them";
    FOUND = "SELECT d.n, d.noun, d.row_id FROM {rows $1 AS r: n BIGINT} JOIN search_doc d ON d.n = r.n";
    FORGET_POSTINGS = "DELETE FROM search_posting WHERE n IN
        (SELECT d.n FROM {rows $1 AS r: id TEXT} JOIN search_doc d ON d.row_id = r.id)";
    FORGET_DOCS = "DELETE FROM search_doc WHERE row_id IN (SELECT r.id FROM {rows $1 AS r: id TEXT})";
    FORGET_TOKENS = "DELETE FROM search_token
        WHERE NOT EXISTS (SELECT 1 FROM search_posting p WHERE p.token = search_token.id)";
    IS_DUE = "SELECT 1 AS one FROM search_due LIMIT 1";
}

/// The channel whose addresses are hashes of sessions: nobody looks for one.
const WEB: &str = "web";

/// Conversations that one slice takes: with their words some milliseconds of the one writer.
const SLICE: i64 = 48;

/// Messages of one conversation in a slice; a longer one is taken up again.
const MESSAGES_MAX: i64 = 200;

/// Words of a question that count: more than anybody types to find a person.
const WORDS_MAX: usize = 6;

/// Characters of a word that are compared.
const WORD_CHARS_MAX: usize = 30;

/// Letters from which on the beginning of a word finds the whole one.
const PREFIX_LETTERS_MIN: usize = 3;

/// Words that one beginning may stand for.
const ALIKE_MAX: i64 = 24;

/// Candidates that are looked through in one step.
const CANDIDATES: i64 = 1_000;

/// Steps of one search: it ends in good time, and says when there may be more.
const STEPS_MAX: usize = 8;

/// Digits from which on a number may be an ID, a phone, an account: it never stands in clear.
const DIGITS_CLEAR_MAX: usize = 6;

/// Marks conversations in which something was said; the words are found soon after.
///
/// # Errors
/// As the store's.
pub async fn due(tx: &mut Tx, said: &[(String, i64)]) -> Result<(), Fault> {
    #[derive(Serialize)]
    struct Due<'a> {
        conversation_id: &'a str,
        seq: i64,
    }
    if said.is_empty() {
        return Ok(());
    }
    let rows: Vec<_> = said
        .iter()
        .map(|(conversation_id, seq)| Due {
            conversation_id,
            seq: *seq,
        })
        .collect();
    tx.run(&DUE, &[Arg::rows(&rows)?]).await?;
    Ok(())
}

/// Everything is to be indexed again, as after a restore.
///
/// # Errors
/// As the store's.
pub(super) async fn again(tx: &mut Tx) -> Result<(), Fault> {
    tx.run(&AGAIN, &[]).await?;
    Ok(())
}

/// Forgets these rows, and words that stood in them alone. It looks through everything, which erasing may.
///
/// # Errors
/// As the store's.
pub(super) async fn forget(tx: &mut Tx, rows: &Arg) -> Result<(), Fault> {
    tx.run(&FORGET_POSTINGS, std::slice::from_ref(rows)).await?;
    tx.run(&FORGET_DOCS, std::slice::from_ref(rows)).await?;
    tx.run(&FORGET_TOKENS, &[]).await?;
    Ok(())
}

/// A conversation that is due.
struct Due {
    conversation: String,
    contact: String,
    mark: i64,
    most: i64,
    whole: bool,
}

#[derive(Serialize)]
struct Span<'a> {
    id: &'a str,
    mark: i64,
    most: i64,
}

/// What is to be found of one row.
#[derive(Default)]
struct Doc {
    mark: i64,
    tokens: BTreeSet<String>,
}

/// Indexes the next conversations that are due; tells how many.
///
/// # Errors
/// As the store's.
pub async fn follow(tx: &mut Tx) -> Result<usize, Fault> {
    let due = take(tx).await?;
    if due.is_empty() {
        tx.run(&ORPHANS, &[]).await?;
        return Ok(0);
    }
    let mut docs: BTreeMap<(&'static str, String), Doc> = BTreeMap::new();
    words(tx, &due, &mut docs).await?;
    addresses(tx, &due, &mut docs).await?;
    cases(tx, &due, &mut docs).await?;
    put(tx, docs).await?;
    let done = due.iter().filter(|one| one.whole);
    tx.run(
        &DONE,
        &[Arg::ids(done.map(|one| one.conversation.as_str()))?],
    )
    .await?;
    Ok(due.len())
}

async fn take(tx: &mut Tx) -> Result<Vec<Due>, Fault> {
    let rows = tx.rows(&TAKE, &[SLICE.into()]).await?;
    rows.iter()
        .map(|row| {
            let (seq, mark) = (row.int("seq")?, row.int("mark")?);
            let most = seq.min(mark + MESSAGES_MAX);
            Ok(Due {
                conversation: row.text("conversation_id")?,
                contact: row.text("contact_id")?,
                mark,
                most,
                whole: most == seq,
            })
        })
        .collect()
}

async fn words(
    tx: &mut Tx,
    due: &[Due],
    docs: &mut BTreeMap<(&'static str, String), Doc>,
) -> Result<(), Fault> {
    let spans: Vec<_> = due
        .iter()
        .map(|one| Span {
            id: &one.conversation,
            mark: one.mark,
            most: one.most,
        })
        .collect();
    for one in due {
        let doc = docs
            .entry(("conversation", one.conversation.clone()))
            .or_default();
        doc.mark = one.most;
    }
    let seal = tx.seal();
    for row in tx.rows(&WORDS, &[Arg::rows(&spans)?]).await? {
        let key = ("conversation", row.text("conversation_id")?);
        let text = row.text("text")?;
        let tokens = match row.flag("sealed")? {
            true => {
                let name = message::row_name(&key.1, row.int("seq")?);
                sealed(
                    &seal,
                    &open_text(&seal, place("message", &name, "text"), &text)?,
                )
            }
            false => plain(&seal, &text),
        };
        if let Some(doc) = docs.get_mut(&key) {
            doc.tokens.extend(tokens);
        }
    }
    Ok(())
}

/// Phones and addresses from which somebody writes, as exact values.
async fn addresses(
    tx: &mut Tx,
    due: &[Due],
    docs: &mut BTreeMap<(&'static str, String), Doc>,
) -> Result<(), Fault> {
    let contacts: Vec<&str> = due.iter().map(|one| one.contact.as_str()).collect();
    let seal = tx.seal();
    for identity in identity::of_contacts(tx, &contacts).await? {
        let of = due.iter().find(|one| one.contact == identity.contact);
        let Some(one) = of.filter(|_| identity.address.channel != WEB) else {
            continue;
        };
        if let Some(doc) = docs.get_mut(&("conversation", one.conversation.clone())) {
            doc.tokens.extend(exact(&seal, &identity.address.id));
        }
    }
    Ok(())
}

/// Requests that changed since they were indexed, and the people in them.
async fn cases(
    tx: &mut Tx,
    due: &[Due],
    docs: &mut BTreeMap<(&'static str, String), Doc>,
) -> Result<(), Fault> {
    let contacts: Vec<&str> = due.iter().map(|one| one.contact.as_str()).collect();
    let cases = case::all_of_contacts(tx, &contacts).await?;
    let ids: Vec<&str> = cases.iter().map(|case| case.id.as_str()).collect();
    let known = known(tx, &ids).await?;
    let changed: Vec<&Case> = cases
        .iter()
        .filter(|case| {
            known
                .get(&("case".to_owned(), case.id.clone()))
                .is_none_or(|(_, mark)| *mark < case.updated_at)
        })
        .collect();
    let ids: Vec<&str> = changed.iter().map(|case| case.id.as_str()).collect();
    let seal = tx.seal();
    let mut told: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    if !ids.is_empty() {
        for item in item::of(tx, &ids).await? {
            told.entry(item.case).or_default().extend(of_answer(
                &seal,
                &item.value,
                item.sensitive,
            ));
        }
    }
    for case in changed {
        let mut tokens = told.remove(&case.id).unwrap_or_default();
        tokens.insert(reference(&case.reference));
        let conversation = due.iter().find(|one| one.contact == case.contact);
        if let Some(doc) =
            conversation.and_then(|one| docs.get_mut(&("conversation", one.conversation.clone())))
        {
            doc.tokens.extend(tokens.iter().cloned());
        }
        if let Some(person) = &case.person {
            let doc = docs.entry(("person", person.clone())).or_default();
            doc.tokens.extend(tokens.iter().cloned());
        }
        let doc = docs.entry(("case", case.id.clone())).or_default();
        doc.mark = case.updated_at;
        doc.tokens.extend(tokens);
    }
    Ok(())
}

async fn known(tx: &mut Tx, ids: &[&str]) -> Result<BTreeMap<(String, String), (i64, i64)>, Fault> {
    let mut known = BTreeMap::new();
    for row in tx.rows(&DOCS, &[Arg::ids(ids.iter().copied())?]).await? {
        let key = (row.text("noun")?, row.text("row_id")?);
        known.insert(key, (row.int("n")?, row.int("mark")?));
    }
    Ok(known)
}

async fn put(tx: &mut Tx, docs: BTreeMap<(&'static str, String), Doc>) -> Result<(), Fault> {
    #[derive(Serialize)]
    struct NewDoc<'a> {
        n: i64,
        noun: &'a str,
        row_id: &'a str,
        mark: i64,
    }
    #[derive(Serialize)]
    struct Posting {
        token: i64,
        n: i64,
    }
    let ids: Vec<&str> = docs.keys().map(|(_, id)| id.as_str()).collect();
    let known = known(tx, &ids).await?;
    let mut next = last(tx, &LAST_DOC).await?;
    let tokens = token_ids(tx, docs.values().flat_map(|doc| &doc.tokens)).await?;
    let (mut rows, mut postings) = (Vec::new(), Vec::new());
    for ((noun, id), doc) in &docs {
        let n = match known.get(&((*noun).to_owned(), id.clone())) {
            Some((n, _)) => *n,
            None => {
                next += 1;
                next
            }
        };
        rows.push(NewDoc {
            n,
            noun,
            row_id: id,
            mark: doc.mark,
        });
        let of = doc.tokens.iter().filter_map(|token| tokens.get(token));
        postings.extend(of.map(|token| Posting { token: *token, n }));
    }
    tx.run(&PUT_DOCS, &[Arg::rows(&rows)?]).await?;
    tx.run(&POST, &[Arg::rows(&postings)?]).await?;
    Ok(())
}

async fn last(tx: &mut Tx, sql: &'static super::Sql) -> Result<i64, Fault> {
    tx.row(sql, &[]).await?.map_or(Ok(0), |row| row.int("n"))
}

async fn token_ids<'a>(
    tx: &mut Tx,
    tokens: impl Iterator<Item = &'a String>,
) -> Result<BTreeMap<String, i64>, Fault> {
    #[derive(Serialize)]
    struct Looked<'a> {
        token: &'a str,
    }
    #[derive(Serialize)]
    struct New<'a> {
        id: i64,
        token: &'a str,
    }
    let wanted: BTreeSet<&String> = tokens.collect();
    let looked: Vec<_> = wanted.iter().map(|token| Looked { token }).collect();
    let mut ids = BTreeMap::new();
    for row in tx.rows(&TOKENS, &[Arg::rows(&looked)?]).await? {
        ids.insert(row.text("token")?, row.int("id")?);
    }
    let mut next = last(tx, &LAST_TOKEN).await?;
    let mut new = Vec::new();
    for token in wanted {
        if !ids.contains_key(token) {
            next += 1;
            ids.insert(token.clone(), next);
            new.push(New { id: next, token });
        }
    }
    if !new.is_empty() {
        tx.run(&ADD_TOKENS, &[Arg::rows(&new)?]).await?;
    }
    Ok(ids)
}

/// The words of a plain text. A long number among them stands as a keyed hash.
fn plain(seal: &Seal, text: &str) -> Vec<String> {
    bare_words(text)
        .into_iter()
        .map(|word| match digits(&word) > DIGITS_CLEAR_MAX {
            true => hashed(seal, "number", &word),
            false => word,
        })
        .collect()
}

/// The words of a text of staff's, which stands sealed in the history: each as a keyed hash, found by the whole word.
fn sealed(seal: &Seal, text: &str) -> Vec<String> {
    let kind = |word: &String| match digits(word) > DIGITS_CLEAR_MAX {
        true => "number",
        false => "said",
    };
    bare_words(text)
        .iter()
        .map(|word| hashed(seal, kind(word), word))
        .collect()
}

fn bare_words(text: &str) -> Vec<String> {
    article::without(&fold::fold(text))
        .split(' ')
        .filter(|word| !word.is_empty() && word.chars().count() <= WORD_CHARS_MAX)
        .map(str::to_owned)
        .collect()
}

fn digits(word: &str) -> usize {
    word.chars().filter(char::is_ascii_digit).count()
}

fn hashed(seal: &Seal, kind: &str, value: &str) -> String {
    format!("#{}", seal.index(&format!("search.{kind}"), value))
}

fn reference(reference: &str) -> String {
    format!("@{}", fold::fold(reference).replace(' ', ""))
}

/// What of an answer is found: a name by its parts, a number whole, words of its own only where they are plain.
fn of_answer(seal: &Seal, value: &Value, sensitive: bool) -> Vec<String> {
    match value {
        Value::NationalId(number) | Value::OtherDocument(number) => vec![whole(seal, number)],
        Value::Phone(number) => vec![whole(seal, number)],
        Value::Email(address) => vec![hashed(seal, "address", &address.to_lowercase())],
        Value::Signature(Signature::TypedName(name)) => parts(seal, name),
        Value::Text(text) if name::read(text).is_ok() => parts(seal, text),
        Value::Text(text) if !sensitive => plain(seal, text),
        _ => Vec::new(),
    }
}

fn parts(seal: &Seal, name: &str) -> Vec<String> {
    let parts = bare_words(name);
    parts
        .iter()
        .map(|part| hashed(seal, "name", part))
        .collect()
}

/// A number as it is compared: its digits or letters alone.
fn whole(seal: &Seal, number: &str) -> String {
    let bare: String = fold::fold(number).replace(' ', "");
    hashed(seal, "number", &bare)
}

/// An address of a channel: a phone by its digits, a mail address as it is.
fn exact(seal: &Seal, address: &str) -> Vec<String> {
    match address.contains('@') {
        true => vec![hashed(seal, "address", &address.to_lowercase())],
        false => match phone::read(address) {
            Ok(read) => vec![whole(seal, read.phone.digits())],
            Err(_) => vec![whole(seal, address)],
        },
    }
}

/// What was found, the newest first.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Found {
    pub conversations: Vec<String>,
    pub cases: Vec<String>,
    pub persons: Vec<String>,
    /// The search goes on below this number; None: that was all.
    pub more: Option<i64>,
}

/// The conversations, requests and people in whom every word of a question stands, at most some `most` of them all,
/// below a number where an earlier search ended.
///
/// # Errors
/// As the store's.
pub async fn search(
    tx: &mut Tx,
    question: &str,
    below: Option<i64>,
    most: usize,
) -> Result<Found, Fault> {
    let seal = tx.seal();
    let mut words = Vec::new();
    for alternatives in asked(&seal, question) {
        let ids = alike(tx, &alternatives).await?;
        if ids.is_empty() {
            return Ok(Found::default());
        }
        words.push((count(tx, &ids).await?, ids));
    }
    if words.is_empty() {
        return Ok(Found::default());
    }
    words.sort_by_key(|(count, _)| *count);
    let (mut below, mut hits, mut more) = (below.unwrap_or(i64::MAX), Vec::new(), false);
    for step in 0..STEPS_MAX {
        let mut candidates = newest(tx, &words[0].1, below).await?;
        let full = candidates.len() == usize::try_from(CANDIDATES).unwrap_or_default();
        below = candidates.last().copied().unwrap_or(below);
        for (_, ids) in &words[1..] {
            candidates = among(tx, ids, &candidates).await?;
        }
        hits.extend(candidates);
        more = full;
        if !full || hits.len() >= most || step + 1 == STEPS_MAX {
            break;
        }
    }
    if hits.len() > most {
        hits.truncate(most);
        (below, more) = (hits.last().copied().unwrap_or(below), true);
    }
    let mut found = found(tx, &hits).await?;
    found.more = more.then_some(below);
    Ok(found)
}

/// A word as it may stand in the index.
enum Alternative {
    Exactly(String),
    Beginning(String),
}

/// Each word of a question, in every form in which it may stand. A number that was typed with spaces is one word.
fn asked(seal: &Seal, question: &str) -> Vec<Vec<Alternative>> {
    let question = question.trim();
    if question.contains('@') && !question.contains(' ') {
        let address = hashed(seal, "address", &question.to_lowercase());
        return vec![vec![Alternative::Exactly(address)]];
    }
    let compact = fold::compact(question);
    let reference = Alternative::Exactly(reference(question));
    if digits(&compact) > DIGITS_CLEAR_MAX
        && compact.chars().all(|c| c.is_ascii_digit() || c == '+')
    {
        return vec![numbers(seal, &compact, reference)];
    }
    let words = bare_words(question);
    if let [word] = &words[..] {
        let mut forms = of_word(seal, word);
        forms.push(reference);
        return vec![forms];
    }
    // A reference is written with a dash, which parts it into words.
    if question.contains('-') && !question.contains(' ') {
        return vec![vec![reference]];
    }
    let words = words.iter().take(WORDS_MAX);
    words.map(|word| of_word(seal, word)).collect()
}

fn numbers(seal: &Seal, compact: &str, reference: Alternative) -> Vec<Alternative> {
    let mut forms = vec![reference, Alternative::Exactly(whole(seal, compact))];
    if let Ok(read) = phone::read(compact) {
        forms.push(Alternative::Exactly(whole(seal, read.phone.digits())));
    }
    forms
}

fn of_word(seal: &Seal, word: &str) -> Vec<Alternative> {
    let name = Alternative::Exactly(hashed(seal, "name", word));
    let said = Alternative::Exactly(hashed(seal, "said", word));
    let plain = match word.chars().count() >= PREFIX_LETTERS_MIN {
        true => Alternative::Beginning(word.to_owned()),
        false => Alternative::Exactly(word.to_owned()),
    };
    vec![name, said, plain]
}

/// The ids of the tokens that a word may be.
async fn alike(tx: &mut Tx, alternatives: &[Alternative]) -> Result<Vec<i64>, Fault> {
    let mut ids = BTreeSet::new();
    for alternative in alternatives {
        let (from, to, most) = match alternative {
            Alternative::Exactly(token) => (token, format!("{token}\u{1}"), 1),
            Alternative::Beginning(word) => (word, format!("{word}\u{10FFFF}"), ALIKE_MAX),
        };
        let args = [from.as_str().into(), to.as_str().into(), most.into()];
        for row in tx.rows(&ALIKE, &args).await? {
            ids.insert(row.int("id")?);
        }
    }
    Ok(ids.into_iter().collect())
}

#[derive(Serialize)]
struct Id {
    id: i64,
}

#[derive(Serialize)]
struct Number {
    n: i64,
}

fn ids(ids: &[i64]) -> Result<Arg, Fault> {
    Arg::rows(&ids.iter().map(|id| Id { id: *id }).collect::<Vec<_>>())
}

fn numbers_of(ns: &[i64]) -> Result<Arg, Fault> {
    Arg::rows(&ns.iter().map(|n| Number { n: *n }).collect::<Vec<_>>())
}

/// How many hold a word, counted no further than it matters.
async fn count(tx: &mut Tx, tokens: &[i64]) -> Result<i64, Fault> {
    let row = tx
        .row(&COUNT, &[ids(tokens)?, (CANDIDATES * 4).into()])
        .await?;
    row.map_or(Ok(0), |row| row.int("n"))
}

/// The newest rows below a number that hold one of these tokens.
async fn newest(tx: &mut Tx, tokens: &[i64], below: i64) -> Result<Vec<i64>, Fault> {
    let mut newest = BTreeSet::new();
    for token in tokens {
        let args = [(*token).into(), below.into(), CANDIDATES.into()];
        for row in tx.rows(&NEWEST, &args).await? {
            newest.insert(row.int("n")?);
        }
    }
    let most = usize::try_from(CANDIDATES).unwrap_or_default();
    Ok(newest.into_iter().rev().take(most).collect())
}

/// Those of the candidates that hold one of these tokens, in their order.
async fn among(tx: &mut Tx, tokens: &[i64], candidates: &[i64]) -> Result<Vec<i64>, Fault> {
    if candidates.is_empty() {
        return Ok(Vec::new());
    }
    let args = [ids(tokens)?, numbers_of(candidates)?];
    let mut held = BTreeSet::new();
    for row in tx.rows(&AMONG, &args).await? {
        held.insert(row.int("n")?);
    }
    Ok(held.into_iter().rev().collect())
}

async fn found(tx: &mut Tx, hits: &[i64]) -> Result<Found, Fault> {
    let mut rows = BTreeMap::new();
    if !hits.is_empty() {
        for row in tx.rows(&FOUND, &[numbers_of(hits)?]).await? {
            rows.insert(row.int("n")?, (row.text("noun")?, row.text("row_id")?));
        }
    }
    let mut found = Found::default();
    for (_, (noun, id)) in rows.into_iter().rev() {
        match noun.as_str() {
            "conversation" => found.conversations.push(id),
            "case" => found.cases.push(id),
            _ => found.persons.push(id),
        }
    }
    Ok(found)
}

/// Whether words wait to be found.
///
/// # Errors
/// As the store's.
pub async fn is_due(tx: &mut Tx) -> Result<bool, Fault> {
    Ok(tx.row(&IS_DUE, &[]).await?.is_some())
}
