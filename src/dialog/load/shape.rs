//! What may stand where: the shapes of keys and values. One table of them serves the reading of files, their
//! findings and the JSON Schema, so that these cannot drift apart.

/// The keys of one thing, in the order in which authors write them.
#[derive(Debug)]
pub struct Table {
    /// What it is, for messages: "a question", "a condition".
    pub what: &'static str,
    pub keys: &'static [KeySpec],
}

#[derive(Debug)]
pub struct KeySpec {
    pub name: &'static str,
    pub shape: Shape,
    pub needed: bool,
    /// For the author's editor.
    pub about: &'static str,
}

#[derive(Clone, Copy, Debug)]
pub enum Shape {
    /// Both languages.
    Text,
    /// A line that is no name: a path, an address, a word of a person.
    Words,
    /// Small Latin letters, digits, `_`.
    Name,
    Flag,
    /// A whole number from least to most.
    Whole(i64, i64),
    OneOf(&'static [&'static str]),
    Condition,
    Exit,
    List(&'static Shape),
    Map(&'static Table),
    /// Names of the author's own, each with such a value.
    Named(&'static Shape),
    /// A map whose one key is a name of the author's, with these keys below it.
    NamedItem(&'static Table),
    /// A map that begins with one of these words and a name.
    Verbs(&'static [Verb]),
    /// A text, or a text in both languages.
    Fact,
    /// `places`, or a file or link with its title.
    Show,
    /// A text of a certain form.
    Like(&'static Like),
    /// Written for another room: any YAML.
    Any,
}

/// A text of a certain form: a time of day, a date.
#[derive(Debug)]
pub struct Like {
    pub what: &'static str,
    pub example: &'static str,
    pub fits: fn(&str) -> bool,
}

/// `- verb: name`, with the keys beside it.
#[derive(Debug)]
pub struct Verb {
    pub verb: &'static str,
    /// What its name may be: [`Shape::Name`], or [`Shape::Words`] where it is a number or the like.
    pub name: Shape,
    pub about: &'static str,
    pub tables: &'static [&'static Table],
}

impl Verb {
    /// Every key that may stand beside the verb.
    pub fn keys(&self) -> impl Iterator<Item = &'static KeySpec> + Clone + use<'_> {
        self.tables.iter().flat_map(|table| table.keys)
    }
}

/// The numbers that `least` and `most` may have: readers' own bounds are narrower.
pub const BOUND_MAX: i64 = 100_000_000;
/// Names go into buttons (`instance:step:option`, 64 bytes of ASCII in all).
pub const NAME_CHARS_MAX: usize = 24;

/// Whether it may be a name: it begins with a letter, and has small letters, digits and `_` only.
pub fn is_name(text: &str) -> bool {
    let begins = text.starts_with(|c: char| c.is_ascii_lowercase());
    begins
        && text.len() <= NAME_CHARS_MAX
        && text
            .bytes()
            .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_')
}
