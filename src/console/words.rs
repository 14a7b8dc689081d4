//! What the console says, in Arabic and English: Fluent files of `locales`, embedded. It holds no text itself.

use std::sync::LazyLock;

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};
use include_dir::{Dir, include_dir};
use unic_langid::langid;

use crate::text::lang::Lang;

static FOLDER: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/src/console/locales");

static ARABIC: LazyLock<FluentBundle<FluentResource>> = LazyLock::new(|| bundle(Lang::Ar));
static ENGLISH: LazyLock<FluentBundle<FluentResource>> = LazyLock::new(|| bundle(Lang::En));

/// Speaks one language.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Say(pub Lang);

/// What stands in a sentence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Given {
    Text(String),
    /// Chooses among the plural forms.
    Count(i64),
}

impl Say {
    pub fn lang(self) -> Lang {
        self.0
    }

    /// The words of this name. A name that is missing stands for itself, and fails every test.
    pub fn say(self, name: &str) -> String {
        self.all(name, &[])
    }

    /// The words of this name with one thing in them.
    pub fn with(self, name: &str, key: &str, given: impl Into<Given>) -> String {
        self.all(name, &[(key, given.into())])
    }

    /// The words of this name with these things in them.
    pub fn all(self, name: &str, given: &[(&str, Given)]) -> String {
        let bundle = bundle_of(self.0);
        let pattern = bundle.get_message(name).and_then(|found| found.value());
        debug_assert!(pattern.is_some(), "no words called `{name}`");
        let Some(pattern) = pattern else {
            return name.to_string();
        };
        let mut args = FluentArgs::new();
        for (key, value) in given {
            args.set(*key, fluent(value));
        }
        let mut wrong = Vec::new();
        let said = bundle.format_pattern(pattern, Some(&args), &mut wrong);
        debug_assert!(wrong.is_empty(), "`{name}`: {wrong:?}");
        said.into_owned()
    }

    /// Whether there are words of this name.
    pub fn knows(self, name: &str) -> bool {
        bundle_of(self.0).has_message(name)
    }
}

fn fluent(given: &Given) -> FluentValue<'_> {
    match given {
        Given::Text(text) => FluentValue::from(text.as_str()),
        Given::Count(count) => FluentValue::from(*count),
    }
}

fn bundle_of(lang: Lang) -> &'static FluentBundle<FluentResource> {
    match lang {
        Lang::Ar => &ARABIC,
        Lang::En => &ENGLISH,
    }
}

fn bundle(lang: Lang) -> FluentBundle<FluentResource> {
    let mut bundle = FluentBundle::new_concurrent(vec![match lang {
        Lang::Ar => langid!("ar"),
        Lang::En => langid!("en"),
    }]);
    for (_, text) in files(lang) {
        // What cannot be read is left out here, and fails the test of these files.
        let resource = match FluentResource::try_new(text.to_string()) {
            Ok(resource) | Err((resource, _)) => resource,
        };
        bundle.add_resource_overriding(resource);
    }
    bundle
}

/// Name and text of each file.
fn files(lang: Lang) -> Vec<(&'static str, &'static str)> {
    let Some(folder) = FOLDER.get_dir(lang.code()) else {
        return Vec::new();
    };
    folder
        .files()
        .filter_map(|file| Some((file.path().file_name()?.to_str()?, file.contents_utf8()?)))
        .collect()
}

macro_rules! given {
    ($($kind:ty => $variant:ident $how:expr;)*) => {
        $(impl From<$kind> for Given {
            fn from(value: $kind) -> Given { Given::$variant($how(value)) }
        })*
    };
}

// A count that does not fit is never reached; a reference is what templates give.
given! {
    &str => Text str::to_string;
    &&str => Text |text: &&str| (*text).to_string();
    String => Text std::convert::identity;
    &String => Text String::clone;
    i64 => Count std::convert::identity;
    &i64 => Count |n: &i64| *n;
    usize => Count |n| i64::try_from(n).unwrap_or(i64::MAX);
    &usize => Count |n: &usize| i64::try_from(*n).unwrap_or(i64::MAX);
    u64 => Count |n| i64::try_from(n).unwrap_or(i64::MAX);
    &u64 => Count |n: &u64| i64::try_from(*n).unwrap_or(i64::MAX);
}

#[cfg(test)]
mod tests;
