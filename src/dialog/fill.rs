//! Fills texts with answers and facts; minijinja, strict, with fuel. What a person wrote is only ever
//! inserted as a value and never read as a template, and no text decides anything.
//!
//! A known name without a value (a fact that the charity has not told, a question that was passed over)
//! omits the line of the text that names it; in `{% if … %}` it is false.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::sync::Arc;

use minijinja::value::{Object, ObjectRepr};
use minijinja::{Environment, UndefinedBehavior, Value};

use super::model::Text;
use crate::text::lang::Lang;

mod filters;

/// Instructions that one text may run: the longest of ours takes some hundreds, a runaway loop never ends.
const FUEL: u64 = 20_000;

/// Stands where a known name had no value; a line that holds it is omitted. Private use, stripped from
/// everything that people write.
const MISSING: char = '\u{E000}';

/// The filters that a text may use.
pub const FILTERS: &[&str] = &[
    "plural", "isolate", "date", "time", "masked", "list", "length",
];

/// Names that a text may use beside the fields of its own dialog and `charity.<fact>`: name and what it holds.
pub const VARIABLES: &[(&str, &str)] = &[
    (
        "charity",
        "the charity: `charity.title`, and each printed fact as `charity.phone`, `charity.email` …",
    ),
    ("lang", "the language of the text: `ar` or `en`"),
    ("now", "when this is said; with `| date` or `| time`"),
    (
        "greeted",
        "true when the person greeted with the salam in this message",
    ),
    (
        "services",
        "titles of the services that people are shown, in one line",
    ),
    ("service", "title of the chosen service"),
    (
        "service_text",
        "what the chosen service is and who qualifies",
    ),
    ("reference", "number of the request"),
    ("kind", "what kind of request it is, as cases.yaml calls it"),
    ("state", "state of the request, in a word or two"),
    (
        "state_text",
        "what that state means, as its text in cases.yaml says",
    ),
    (
        "told",
        "what staff wrote to the person about where the request stands",
    ),
    ("opened_at", "when the request was handed in; with `| date`"),
    (
        "missing",
        "what is still missing on the person's side; with `| list` or `| length`",
    ),
    (
        "answer_from",
        "from when an answer is expected; with `| date`",
    ),
    ("answer_by", "by when an answer is promised; with `| date`"),
    ("open_now", "true within the working hours"),
    (
        "next_open",
        "when somebody works next; with `| date` or `| time`",
    ),
    (
        "objection_days",
        "how many days a decision may be objected to",
    ),
    ("hours", "the working hours of the week, a line a span"),
    ("help_lines", "the help lines, a line each: number and name"),
    (
        "form",
        "title of the open dialog, or of the form a phrase is about",
    ),
    ("answers", "the answers given so far, numbered, a line each"),
];

/// What is wrong with a text as a template. Never holds a value.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{what}")]
pub struct FillProblem {
    pub what: String,
    /// Line within the text, from 1.
    pub line: Option<usize>,
}

/// Every name that a text looks up, dotted where it is plain (`charity.phone`). Refuses what cannot be
/// read, and filters that we do not have.
pub fn variables_of(source: &str) -> Result<BTreeSet<String>, FillProblem> {
    if !source.contains('{') {
        return Ok(BTreeSet::new());
    }
    let env = environment();
    let template = env.template_from_str(source).map_err(problem)?;
    if let Some(filter) = unknown_filter(source) {
        let what = format!(
            "there is no filter `{filter}`; there are {}",
            FILTERS.join(", ")
        );
        return Err(FillProblem { what, line: None });
    }
    let names: BTreeSet<String> = template.undeclared_variables(true).into_iter().collect();
    try_out(&env, source, &names)?;
    Ok(names)
}

/// Renders with every name missing, so that a wrong argument of a filter shows before a person meets it.
fn try_out(
    env: &Environment<'static>,
    source: &str,
    names: &BTreeSet<String>,
) -> Result<(), FillProblem> {
    let roots = names.iter().filter_map(|name| name.split('.').next());
    let context: BTreeMap<&str, Value> = roots.map(|name| (name, missing())).collect();
    env.render_str(source, Value::from(context))
        .map(drop)
        .map_err(problem)
}

/// The names and values that a text is filled with.
#[derive(Clone, Debug, Default)]
pub struct Context(BTreeMap<String, Value>);

impl Context {
    /// A text of ours, or of a person: inserted as it is, one value.
    pub fn text(&mut self, name: &str, text: &str) {
        self.0.insert(name.to_owned(), Value::from(plain(text)));
    }

    pub fn number(&mut self, name: &str, number: i64) {
        self.0.insert(name.to_owned(), Value::from(number));
    }

    pub fn flag(&mut self, name: &str, flag: bool) {
        self.0.insert(name.to_owned(), Value::from(flag));
    }

    pub fn list(&mut self, name: &str, items: &[String]) {
        let items: Vec<Value> = items.iter().map(|item| Value::from(plain(item))).collect();
        self.0.insert(name.to_owned(), Value::from(items));
    }

    /// All that another context holds, over what is here.
    pub fn take(&mut self, other: Context) {
        self.0.extend(other.0);
    }

    /// A name that a text may use although it has no value: its line is omitted.
    pub fn unknown(&mut self, name: &str) {
        self.0.entry(name.to_owned()).or_insert_with(missing);
    }
}

fn plain(text: &str) -> String {
    text.replace(MISSING, "")
}

/// The texts of one set of dialogs, compiled once.
pub struct Filler {
    env: Environment<'static>,
}

impl fmt::Debug for Filler {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Filler({} texts)", self.env.templates().count())
    }
}

impl Default for Filler {
    fn default() -> Self {
        Filler { env: environment() }
    }
}

impl Filler {
    /// Compiles both languages of a text. Texts without `{` need no compiling and are not kept.
    pub fn add(&mut self, text: &Text) -> Result<(), FillProblem> {
        for lang in [Lang::Ar, Lang::En] {
            let source = text.source(lang);
            if source.contains('{') {
                self.env
                    .add_template_owned(key(text, lang), source.to_owned())
                    .map_err(problem)?;
            }
        }
        Ok(())
    }

    /// Makes the charity's title and printed facts known to every text, as `charity.<fact>`; facts per
    /// language (`address.ar`) go by their bare name.
    pub fn know(&mut self, charity: &crate::charity::Charity) {
        self.env.add_global(
            "charity_ar",
            Value::from_object(Facts::of(charity, Lang::Ar)),
        );
        self.env.add_global(
            "charity_en",
            Value::from_object(Facts::of(charity, Lang::En)),
        );
    }

    /// The text in a language, filled. A line that names something without a value is omitted.
    pub fn fill(&self, text: &Text, lang: Lang, context: &Context) -> Result<String, FillProblem> {
        let source = text.source(lang);
        if !source.contains('{') {
            return Ok(source.trim().to_owned());
        }
        let mut values = context.0.clone();
        values.insert("lang".to_owned(), Value::from(lang.code()));
        values.insert("charity".to_owned(), self.charity(lang));
        let values = Value::from(values);
        let filled = match self.env.get_template(&key(text, lang)) {
            Ok(template) => template.render(values),
            Err(_) => self.env.render_str(source, values),
        };
        Ok(without_missing_lines(&filled.map_err(problem)?))
    }

    fn charity(&self, lang: Lang) -> Value {
        let name = match lang {
            Lang::Ar => "charity_ar",
            Lang::En => "charity_en",
        };
        self.env
            .globals()
            .find(|(key, _)| *key == name)
            .map_or_else(missing, |(_, facts)| facts)
    }
}

fn key(text: &Text, lang: Lang) -> String {
    format!("{}@{}", text.id, lang.code())
}

/// Drops the lines that could not be told, and the empty lines that this leaves beside each other.
fn without_missing_lines(filled: &str) -> String {
    let mut kept: Vec<&str> = Vec::new();
    for line in filled.lines().filter(|line| !line.contains(MISSING)) {
        let twice_empty =
            line.trim().is_empty() && kept.last().is_none_or(|last| last.trim().is_empty());
        if !twice_empty {
            kept.push(line.trim_end());
        }
    }
    kept.join("\n").trim().to_owned()
}

fn environment() -> Environment<'static> {
    let mut env = Environment::empty();
    env.set_undefined_behavior(UndefinedBehavior::Strict);
    env.set_fuel(Some(FUEL));
    // Debug output of an error prints the values, which are people's.
    env.set_debug(false);
    filters::add(&mut env);
    env
}

fn problem(error: minijinja::Error) -> FillProblem {
    let detail = error.detail().map(str::to_owned);
    let what = detail.map_or_else(
        || error.kind().to_string(),
        |detail| format!("{}: {detail}", error.kind()),
    );
    FillProblem {
        what,
        line: error.line(),
    }
}

/// The first filter in a tag that is none of ours, in any branch.
fn unknown_filter(source: &str) -> Option<String> {
    let mut rest = source;
    while let Some(open) = rest.find("{{").into_iter().chain(rest.find("{%")).min() {
        let inside = &rest[open + 2..];
        let end = inside
            .find("}}")
            .into_iter()
            .chain(inside.find("%}"))
            .min()
            .unwrap_or(inside.len());
        let found = filters_in(&inside[..end]).find(|name| !FILTERS.contains(&name.as_str()));
        if found.is_some() {
            return found;
        }
        rest = &inside[end..];
    }
    None
}

fn filters_in(tag: &str) -> impl Iterator<Item = String> {
    let mut quote = None;
    let bare: String = tag
        .chars()
        .filter(|c| outside_quotes(*c, &mut quote))
        .collect();
    let names: Vec<String> = bare
        .split('|')
        .skip(1)
        .map(first_word)
        .filter(|word| !word.is_empty())
        .collect();
    names.into_iter()
}

fn outside_quotes(c: char, quote: &mut Option<char>) -> bool {
    match *quote {
        Some(open) if open == c => *quote = None,
        Some(_) => {}
        None if c == '"' || c == '\'' => *quote = Some(c),
        None => return true,
    }
    false
}

fn first_word(text: &str) -> String {
    text.trim_start()
        .chars()
        .take_while(|c| c.is_alphanumeric() || *c == '_')
        .collect()
}

/// A known name without a value: false, empty, and everything asked of it is missing too.
#[derive(Debug)]
struct Missing;

impl Object for Missing {
    fn repr(self: &Arc<Self>) -> ObjectRepr {
        ObjectRepr::Plain
    }

    fn get_value(self: &Arc<Self>, _key: &Value) -> Option<Value> {
        Some(missing())
    }

    fn is_true(self: &Arc<Self>) -> bool {
        false
    }

    fn render(self: &Arc<Self>, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{MISSING}")
    }
}

fn missing() -> Value {
    Value::from_object(Missing)
}

fn is_missing(value: &Value) -> bool {
    value.downcast_object_ref::<Missing>().is_some()
}

/// The charity's facts in one language.
#[derive(Debug)]
struct Facts(BTreeMap<String, String>);

impl Facts {
    fn of(charity: &crate::charity::Charity, lang: Lang) -> Facts {
        let suffix = format!(".{}", lang.code());
        let title = match lang {
            Lang::Ar => &charity.title_ar,
            Lang::En => &charity.title_en,
        };
        let bare = charity.facts.iter().filter(|(name, _)| !name.contains('.'));
        let own = charity
            .facts
            .iter()
            .filter_map(|(name, fact)| Some((name.strip_suffix(&suffix)?, fact)));
        let mut facts: BTreeMap<String, String> = bare
            .map(|(name, fact)| (name.clone(), fact.clone()))
            .collect();
        facts.extend(own.map(|(name, fact)| (name.to_owned(), fact.clone())));
        facts.insert("title".to_owned(), title.clone());
        Facts(facts)
    }
}

impl Object for Facts {
    fn get_value(self: &Arc<Self>, key: &Value) -> Option<Value> {
        let fact = self.0.get(key.as_str()?);
        Some(fact.map_or_else(missing, Value::from))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(source: &str) -> Text {
        Text {
            id: "test".to_owned(),
            ar: source.to_owned(),
            en: source.to_owned(),
            ..Text::default()
        }
    }

    fn filled(source: &str, context: &Context) -> String {
        let mut filler = Filler::default();
        filler.add(&text(source)).unwrap();
        filler.fill(&text(source), Lang::Ar, context).unwrap()
    }

    #[test]
    fn what_people_write_is_never_read_as_a_template() {
        let mut context = Context::default();
        context.text("name", "{{7*7}}{% for x in y %}\u{E000}");
        assert_eq!(
            filled("حياكم الله {{ name }}", &context),
            "حياكم الله {{7*7}}{% for x in y %}"
        );
    }

    #[test]
    fn a_line_about_something_unknown_is_omitted() {
        let mut context = Context::default();
        context.unknown("answer_by");
        context.unknown("missing");
        let source = "أول\nحتى {{ answer_by | date }}\n{% if missing %}ينقص{% endif %}\nآخر";
        assert_eq!(filled(source, &context), "أول\n\nآخر");
        assert_eq!(filled("{{ charity.phone }}\nنص", &context), "نص");
    }

    #[test]
    fn counted_nouns_take_the_six_arabic_forms() {
        let source = r##"{{ n | plural(zero="لا شيء", one="وثيقة", two="وثيقتان", few="# وثائق", many="# وثيقةً", other="# وثيقة") }}"##;
        for (n, expected) in [
            (0, "لا شيء"),
            (1, "وثيقة"),
            (2, "وثيقتان"),
            (3, "3 وثائق"),
            (11, "11 وثيقةً"),
            (100, "100 وثيقة"),
        ] {
            let mut context = Context::default();
            context.number("n", n);
            assert_eq!(filled(source, &context), expected, "{n}");
        }
    }

    #[test]
    fn names_are_listed_and_what_cannot_be_read_is_refused() {
        let names =
            variables_of("{{ name }} {% if charity.phone %}{{ missing | list }}{% endif %}")
                .unwrap();
        assert_eq!(
            names.into_iter().collect::<Vec<_>>(),
            ["charity.phone", "missing", "name"]
        );
        assert_eq!(variables_of("لا شيء").unwrap().len(), 0);
        for wrong in [
            "{{ name",
            "{{ name | shout }}",
            "{% if x %}",
            "{% if x %}{{ y | e }}{% endif %}",
            "{{ n | plural }}",
        ] {
            assert!(variables_of(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn a_runaway_text_ends() {
        let mut context = Context::default();
        context.list("l", &vec!["x".to_owned(); 1_000]);
        let source = text("{% for a in l %}{% for b in l %}{{ b }}{% endfor %}{% endfor %}");
        assert!(Filler::default().fill(&source, Lang::En, &context).is_err());
    }
}
