//! Labels as pages show them: by the names that the catalogue gives them in the reader's language.

use crate::store::label::{self, Label, Tone};
use crate::store::{Fault, Tx};
use crate::text::lang::Lang;

pub struct Tag {
    pub id: String,
    pub title: String,
    pub tone: &'static str,
}

/// Every label that ever was, and which can be given now.
pub struct Catalogue {
    lang: Lang,
    every: Vec<Label>,
    given: Vec<Label>,
}

impl Catalogue {
    /// # Errors
    /// As the store's.
    pub async fn read(tx: &mut Tx, lang: Lang) -> Result<Catalogue, Fault> {
        Ok(Catalogue {
            lang,
            every: label::every(tx).await?,
            given: label::all(tx).await?,
        })
    }

    /// A label that a conversation has; one that nobody named stands for itself.
    pub fn tag(&self, id: &str) -> Tag {
        match self.every.iter().find(|one| one.id == id) {
            Some(label) => self.of(label),
            None => Tag {
                id: id.to_owned(),
                title: id.to_owned(),
                tone: Tone::default().word(),
            },
        }
    }

    pub fn tags(&self, ids: &[String]) -> Vec<Tag> {
        ids.iter().map(|id| self.tag(id)).collect()
    }

    /// Those that can be given.
    pub fn given(&self) -> Vec<Tag> {
        self.given.iter().map(|one| self.of(one)).collect()
    }

    fn of(&self, label: &Label) -> Tag {
        let title = match self.lang {
            Lang::Ar => &label.ar,
            Lang::En => &label.en,
        };
        Tag {
            id: label.id.clone(),
            title: title.clone(),
            tone: label.tone.word(),
        }
    }
}
