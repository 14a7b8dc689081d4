//! The dialog sets that talks still stand in, by version. It holds what was loaded; it never reads a
//! file or a database itself.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, RwLock, RwLockReadGuard, RwLockWriteGuard};

use crate::dialog::load;
use crate::dialog::model::Dialogs;
use crate::dialog::state::State;
use crate::store::{Fault, Tx, dialog_set};

/// Sets in memory at most, the current one apart. A set is some hundred kilobytes; a house that
/// changes its dialogs daily while forms stay open for weeks needs no more.
const SETS_MAX: usize = 32;

pub struct Registry {
    held: RwLock<Held>,
}

struct Held {
    current: Arc<Dialogs>,
    /// `None`: withdrawn, or not readable by this build. Whoever stands there is moved.
    others: BTreeMap<String, Option<Arc<Dialogs>>>,
}

impl Registry {
    pub fn new(current: Arc<Dialogs>) -> Registry {
        Registry {
            held: RwLock::new(Held {
                current,
                others: BTreeMap::new(),
            }),
        }
    }

    /// The set under which new talks begin.
    pub fn current(&self) -> Arc<Dialogs> {
        self.read().current.clone()
    }

    /// New talks begin under this set from now on; open forms stay where they stand.
    pub fn replace(&self, current: Arc<Dialogs>) {
        let mut held = self.write();
        let before = std::mem::replace(&mut held.current, current);
        held.others.insert(before.version.clone(), Some(before));
    }

    /// The set that this talk goes on under: its own as long as a dialog is open and the set is there. One that
    /// differs from the current set in what staff wrote into the FAQ alone is the current one.
    pub fn of(&self, state: &State) -> Arc<Dialogs> {
        let held = self.read();
        let base = &held.current.base;
        let own = || held.others.get(&state.version)?.clone();
        let own = || own().filter(|own| own.base != *base);
        match state.stack.is_empty() {
            true => held.current.clone(),
            false => own().unwrap_or_else(|| held.current.clone()),
        }
    }

    /// Versions that these talks stand in and nobody has looked up yet.
    pub fn missing<'a>(&self, states: impl Iterator<Item = &'a State>) -> BTreeSet<String> {
        let held = self.read();
        states
            .filter(|state| !state.stack.is_empty())
            .map(|state| &state.version)
            .filter(|version| **version != held.current.version)
            .filter(|version| !held.others.contains_key(*version))
            .cloned()
            .collect()
    }

    /// Keeps what was found for a version; `None` when it is not to be had.
    pub fn keep(&self, version: String, found: Option<Arc<Dialogs>>) {
        let mut held = self.write();
        if held.others.len() >= SETS_MAX {
            // Any of them: whoever still stands there has it looked up again.
            held.others.pop_first();
        }
        held.others.insert(version, found);
    }

    /// These sets were withdrawn: whoever stands there moves to the current one at the next step.
    pub fn withdraw(&self, versions: impl Iterator<Item = String>) {
        let mut held = self.write();
        for version in versions {
            held.others.insert(version, None);
        }
    }

    fn read(&self) -> RwLockReadGuard<'_, Held> {
        // Every change is one call that cannot leave a half: what another thread left is whole.
        self.held
            .read()
            .unwrap_or_else(std::sync::PoisonError::into_inner)
    }

    fn write(&self) -> RwLockWriteGuard<'_, Held> {
        self.held
            .write()
            .unwrap_or_else(std::sync::PoisonError::into_inner)
    }
}

/// Looks up the sets that these talks stand in and nobody has read yet.
///
/// # Errors
/// As the store's. A set that is not there, withdrawn or not readable is no error: people move.
pub async fn load_missing(
    tx: &mut Tx,
    registry: &Registry,
    states: impl Iterator<Item = &State>,
) -> Result<(), Fault> {
    for version in registry.missing(states) {
        let stored = dialog_set::find(tx, &version).await?;
        let found = stored
            .filter(|set| set.withdrawn_at.is_none())
            .and_then(|set| read(&set.files, &registry.current().charity.name));
        if found.is_none() {
            tracing::info!(dialogs.version = %version, "a dialog set is gone: its talks move to the current one");
        }
        registry.keep(version, found);
    }
    Ok(())
}

fn read(files: &str, charity: &str) -> Option<Arc<Dialogs>> {
    let files = serde_json::from_str(files).ok()?;
    load::reload(&files, charity).map(Arc::new)
}
