//! Proves that evidence and audit are what the house wrote: every row, its order, its value, its end,
//! and the ends noted outside. What was erased by the house is told as erased. It never mends.

use std::fmt;

use super::chain::{self, Entry, Head};
use super::sealed::place;
use super::{Fault, Store, Tx, case, heads, statements};
use crate::seal::Seal;

/// The name of the chain of what staff and operators did.
pub const AUDIT: &str = "audit";
/// Every chain there is.
const CHAINS: [&str; 2] = [case::EVIDENCE, AUDIT];
/// Rows read at once.
const PAGE_ROWS: i64 = 500;

statements! {
    STRANGERS = "SELECT DISTINCT name FROM chain ORDER BY name";
    UNVOUCHED = "SELECT c.reference FROM case_file c WHERE c.capacity <> ''
        AND NOT EXISTS (SELECT 1 FROM chain e WHERE e.subject = c.id AND e.name = 'evidence') ORDER BY c.reference";
}

/// What was found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Report {
    /// Rows that are whole.
    pub whole: u64,
    /// Rows whose value the house erased; the rest of them is whole.
    pub erased: u64,
    pub findings: Vec<Finding>,
}

/// Something that the house did not do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Finding {
    /// The row `seq` of a chain is not as it was written: which part.
    Changed {
        chain: String,
        seq: i64,
        part: &'static str,
    },
    /// A row is missing between others.
    Missing { chain: String, seq: i64 },
    /// The chain ends earlier than the house wrote, or its end was changed.
    Cut { chain: String, at: i64 },
    /// Rows under a name that is no chain of ours.
    Stranger { chain: String },
    /// A signed request without its evidence.
    Unvouched { reference: String },
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Finding::Changed { chain, seq, part } => {
                write!(f, "{chain} {seq}: {part} is not as it was written")
            }
            Finding::Missing { chain, seq } => write!(f, "{chain} {seq}: the row is missing"),
            Finding::Cut { chain, at } => {
                write!(
                    f,
                    "{chain}: rows after {at} are missing, or its end was changed"
                )
            }
            Finding::Stranger { chain } => write!(f, "`{chain}` is no chain of the house"),
            Finding::Unvouched { reference } => {
                write!(
                    f,
                    "request {reference} was signed, and its evidence is missing"
                )
            }
        }
    }
}

/// # Errors
/// When the database cannot be read.
pub async fn verify(store: &Store) -> Result<Report, Fault> {
    let noted = heads::read(&store.place().data_dir).unwrap_or_default();
    let mut tx = store.snapshot().await?;
    let mut report = Report::default();
    for name in CHAINS {
        verify_chain(&mut tx, store.seal(), name, noted.get(name), &mut report).await?;
    }
    for row in tx.rows(&STRANGERS, &[]).await? {
        let chain = row.text("name")?;
        if !CHAINS.contains(&chain.as_str()) {
            report.findings.push(Finding::Stranger { chain });
        }
    }
    for row in tx.rows(&UNVOUCHED, &[]).await? {
        let reference = row.text("reference")?;
        report.findings.push(Finding::Unvouched { reference });
    }
    tx.commit().await?;
    Ok(report)
}

async fn verify_chain(
    tx: &mut Tx,
    seal: &Seal,
    name: &str,
    noted: Option<&Head>,
    report: &mut Report,
) -> Result<(), Fault> {
    let mut last = (0, String::new());
    let mut noted_seen = noted.is_none();
    loop {
        let entries = chain::page(tx, name, last.0, PAGE_ROWS).await?;
        if entries.is_empty() {
            break;
        }
        for entry in entries {
            for seq in last.0 + 1..entry.seq {
                report.findings.push(Finding::Missing {
                    chain: name.to_owned(),
                    seq,
                });
            }
            verify_entry(seal, &entry, &last.1, report);
            noted_seen |=
                noted.is_some_and(|head| head.seq == entry.seq && head.digest == entry.digest);
            last = (entry.seq, entry.digest);
        }
    }
    let expected = chain::head_of(seal, name, last.0, &last.1);
    let right = match chain::stored_head(tx, name).await? {
        Some(head) => head.as_ref() == Some(&expected),
        None => last.0 == 0,
    };
    if !right || !noted_seen {
        report.findings.push(Finding::Cut {
            chain: name.to_owned(),
            at: last.0,
        });
    }
    Ok(())
}

fn verify_entry(seal: &Seal, entry: &Entry, prior: &str, report: &mut Report) {
    let changed = if entry.prior != prior {
        Some("what comes before it")
    } else if entry.digest != entry.vouch(seal) {
        Some("a column or its digest")
    } else {
        changed_value(seal, entry)
    };
    match changed {
        Some(part) => report.findings.push(Finding::Changed {
            chain: entry.name.clone(),
            seq: entry.seq,
            part,
        }),
        None if entry.erased_at.is_some() => report.erased += 1,
        None => report.whole += 1,
    }
}

fn changed_value(seal: &Seal, entry: &Entry) -> Option<&'static str> {
    match (entry.erased_at, &entry.erased_mark, &entry.salt) {
        (None, None, Some(salt)) => {
            let row = entry.row_name();
            let open = |value: &String| seal.open_text(place("chain", &row, "value"), value);
            let right = match entry.value.as_ref().map(open) {
                Some(Err(_)) => false,
                Some(Ok(value)) => entry.commitment == chain::commitment(seal, salt, Some(&value)),
                None => entry.commitment == chain::commitment(seal, salt, None),
            };
            (!right).then_some("its value")
        }
        (Some(at), Some(mark), None) if entry.value.is_none() => {
            (*mark != chain::erased_mark(seal, entry, at)).then_some("its erasure")
        }
        _ => Some("its value or its erasure"),
    }
}
