//! The picture of one dialog: a node a step, a link a way on, with the words by which a way is taken.

use super::Undrawable;
use super::condition::Scope;
use super::picture::{Flow, Line, Link, Mark, Node, Picture};
use super::plain::{LABEL_CHARS_MAX, TEXT_CHARS_MAX, WHOLE_CHARS_MAX, one_line, plain, shortened};
use crate::dialog::check::{Way, on, question, recorded_fields, ways};
use crate::dialog::load::Loaded;
use crate::dialog::model::{ActName, Dialog, Exit, Kind, OptionSpec, Options, Step, Text};
use crate::dialog::near;
use crate::dialog::printed::{filled, one_of, words};
use crate::dialog::record::is_sensitive;
use crate::text::lang::Lang;

use super::charity::opening_words;

/// The dialog of that name, as far as its file could be read.
///
/// # Errors
/// When there is none; it names those that there are.
pub fn dialog(loaded: &Loaded, name: &str, lang: Lang) -> Result<Picture, Undrawable> {
    let Some(dialog) = loaded.dialogs.get(name) else {
        let names = loaded.dialogs.keys().map(String::as_str);
        return Err(Undrawable::NoDialog {
            name: name.to_owned(),
            remedy: near::remedy(name, "There are", names),
        });
    };
    let mut drawing = Drawing::of(loaded, dialog, lang);
    drawing.start();
    for step in &dialog.steps {
        drawing.step(step);
    }
    for (number, step) in dialog.steps.iter().enumerate() {
        drawing.ways(number, step);
    }
    Ok(drawing.picture)
}

/// The start stands before the steps.
const FIRST_STEP: usize = 1;

struct Drawing<'a> {
    scope: Scope<'a>,
    /// Names of the steps whose answers belong into the record of processing.
    recorded: Vec<&'a str>,
    picture: Picture,
}

impl<'a> Drawing<'a> {
    fn of(loaded: &'a Loaded, dialog: &'a Dialog, lang: Lang) -> Drawing<'a> {
        let fields = recorded_fields(dialog).into_iter();
        let charity = match lang {
            Lang::Ar => &loaded.charity.title_ar,
            Lang::En => &loaded.charity.title_en,
        };
        Drawing {
            scope: Scope {
                loaded,
                dialog,
                own: "",
                lang,
            },
            recorded: fields.map(|step| step.name.as_str()).collect(),
            picture: Picture {
                lang,
                name: dialog.name.clone(),
                title: shortened(&one_line(dialog.title.source(lang)), TEXT_CHARS_MAX),
                beneath: shortened(
                    &format!("{} · {}", one_line(charity), dialog.file),
                    WHOLE_CHARS_MAX,
                ),
                flow: Flow::Down,
                nodes: Vec::new(),
                links: Vec::new(),
            },
        }
    }

    fn start(&mut self) {
        let Scope {
            loaded,
            dialog,
            lang,
            ..
        } = self.scope;
        let opening = opening_words(loaded, dialog, lang);
        let opening = opening.map(|word| filled("draw.words", lang, &[("word", &word)]));
        self.picture.nodes.push(Node {
            id: "begin".to_owned(),
            what: "start",
            head: words("kind.start", lang).to_owned(),
            text: self.picture.title.clone(),
            notes: opening.into_iter().collect(),
            whole: None,
            conditional: false,
            mark: Mark::None,
        });
        if !dialog.steps.is_empty() {
            self.link(0, FIRST_STEP, None, Line::Way);
        }
    }

    fn step(&mut self, step: &'a Step) {
        let lang = self.scope.lang;
        let (verb, text, whole) = face(self.scope, step);
        let scope = Scope {
            own: &step.name,
            ..self.scope
        };
        let condition = step.when.as_ref().map(|when| scope.step(when));
        self.picture.nodes.push(Node {
            id: format!("s_{}", step.name),
            what: verb,
            head: format!("{} · {}", one_of("kind", verb, lang), step.name),
            text: shortened(&text, TEXT_CHARS_MAX),
            notes: condition
                .iter()
                .map(|told| shortened(told, TEXT_CHARS_MAX))
                .collect(),
            whole: whole.map(|text| shortened(&plain(text.source(lang)), WHOLE_CHARS_MAX)),
            conditional: condition.is_some(),
            mark: self.mark(step),
        });
    }

    fn mark(&self, step: &Step) -> Mark {
        if !self.recorded.contains(&step.name.as_str()) {
            return Mark::None;
        }
        match sensitive(self.scope.loaded, self.scope.dialog, step) {
            true => Mark::Sensitive,
            false => Mark::Personal,
        }
    }

    fn ways(&mut self, number: usize, step: &'a Step) {
        for (way, label) in labelled(self.scope, step) {
            self.way(number, way, label, Line::Way);
        }
        if step.when.is_some() {
            self.over(number);
        }
    }

    /// The way past a step whose condition does not hold. Where another way leads to the same next step, the
    /// broken outline says enough.
    fn over(&mut self, number: usize) {
        let from = FIRST_STEP + number;
        let Some(next) = self.target(number, Way::Next) else {
            return;
        };
        let mut links = self.picture.links.iter();
        if !links.any(|link| link.from == from && link.to == next) {
            let label = words("way.over", self.scope.lang).to_owned();
            self.link(from, next, Some(label), Line::Over);
        }
    }

    fn way(&mut self, number: usize, way: Way<'a>, label: Option<String>, line: Line) {
        let from = FIRST_STEP + number;
        let to = match way {
            Way::Next | Way::To(Exit::Step { .. }) => self.target(number, way),
            Way::To(Exit::Dialog { name, .. }) => Some(self.other(number, name)),
            Way::End => Some(self.end(number)),
        };
        // An exit to a step that there is not was told by `check`.
        if let Some(to) = to {
            self.link(from, to, label, line);
        }
    }

    /// The node of a step that a way leads to.
    fn target(&self, number: usize, way: Way<'_>) -> Option<usize> {
        let steps = &self.scope.dialog.steps;
        let step = match way {
            Way::Next => Some(number + 1).filter(|next| *next < steps.len()),
            Way::To(Exit::Step { name, .. }) => {
                self.scope.dialog.step(name).map(|(number, _)| number)
            }
            Way::To(Exit::Dialog { .. }) | Way::End => None,
        };
        step.map(|step| FIRST_STEP + step)
    }

    /// Each step has its own, so that no line goes through the whole picture.
    fn other(&mut self, number: usize, name: &str) -> usize {
        let Scope {
            loaded,
            dialog,
            lang,
            ..
        } = self.scope;
        let id = format!("d_{}_{name}", dialog.steps[number].name);
        let title = loaded.dialogs.get(name);
        let title = title.map(|dialog| one_line(dialog.title.source(lang)));
        self.terminal(id, "dialog", title.unwrap_or_else(|| name.to_owned()))
    }

    fn end(&mut self, number: usize) -> usize {
        let step = &self.scope.dialog.steps[number];
        let outcome = step.ends.as_deref().unwrap_or_default();
        let text = match outcome {
            "" => words("kind.end", self.scope.lang).to_owned(),
            outcome => one_of("outcome", outcome, self.scope.lang),
        };
        self.terminal(format!("e_{}", step.name), "end", text)
    }

    fn terminal(&mut self, id: String, what: &'static str, text: String) -> usize {
        let there = self.picture.nodes.iter().position(|node| node.id == id);
        there.unwrap_or_else(|| {
            self.picture.nodes.push(Node {
                id,
                what,
                head: one_of("kind", what, self.scope.lang),
                text: shortened(&text, TEXT_CHARS_MAX),
                notes: Vec::new(),
                whole: None,
                conditional: false,
                mark: Mark::None,
            });
            self.picture.nodes.len() - 1
        })
    }

    /// Several answers that lead the same way are one line.
    fn link(&mut self, from: usize, to: usize, label: Option<String>, line: Line) {
        let lang = self.scope.lang;
        let mut links = self.picture.links.iter_mut();
        let same = links.find(|link| (link.from, link.to, link.line) == (from, to, line));
        let label = label.map(|label| shortened(&label, LABEL_CHARS_MAX));
        match (same, label) {
            (None, label) => self.picture.links.push(Link {
                from,
                to,
                label,
                line,
            }),
            (Some(link), Some(label)) => {
                let both = match link.label.take() {
                    Some(before) => format!("{before}{}{label}", words("when.or", lang)),
                    None => label,
                };
                link.label = Some(shortened(&both, LABEL_CHARS_MAX));
            }
            // A way that is taken without a word is taken whatever was said.
            (Some(link), None) => link.label = None,
        }
    }
}

/// Whether what a step asks is sealed and masked, or of a purpose that the law calls sensitive.
pub fn sensitive(loaded: &Loaded, dialog: &Dialog, step: &Step) -> bool {
    let question = question(step);
    let own = question.and_then(|question| question.purpose.as_ref());
    let purpose = own.or(dialog.purpose.as_ref());
    question.is_some_and(|question| question.sensitive)
        || purpose.is_some_and(|purpose| is_sensitive(loaded, purpose))
}

/// The verb of a step, what stands on it, and the text that it says.
fn face<'a>(scope: Scope<'_>, step: &'a Step) -> (&'static str, String, Option<&'a Text>) {
    let lang = scope.lang;
    let said = |text: &Text| plain(text.source(lang));
    // A label is a word or two; where there is none, the question itself.
    let asked =
        |text: &'a Text, label: &Option<Text>| (said(label.as_ref().unwrap_or(text)), Some(text));
    let (verb, (text, whole)) = match &step.kind {
        Kind::Say(say) => ("say", (said(&say.text), Some(&say.text))),
        Kind::Ask(ask) => ("ask", asked(&ask.question.text, &ask.question.label)),
        Kind::Choose(choose) => {
            let question = &choose.question;
            ("choose", asked(&question.text, &question.label))
        }
        Kind::Branch(_) => ("branch", (String::new(), None)),
        Kind::Consent(consent) => {
            let purpose = scope.loaded.processing.purposes.get(&consent.purpose);
            let title = purpose.map_or(consent.purpose.clone(), |one| said(&one.title));
            ("consent", (title, Some(&consent.text)))
        }
        Kind::Attach(attach) => {
            let question = &attach.question;
            ("attach", asked(&question.text, &question.label))
        }
        Kind::Locate(locate) => {
            let question = &locate.question;
            ("locate", asked(&question.text, &question.label))
        }
        Kind::Review(review) => {
            let text = words("part.review", lang).to_owned();
            ("review", (text, Some(&review.text)))
        }
        Kind::Sign(sign) => {
            let text = words("part.declaration", lang).to_owned();
            ("sign", (text, Some(&sign.declaration)))
        }
        Kind::Submit(submit) => {
            let kind = scope.loaded.cases.kinds.get(&submit.case);
            let kind = kind.map_or(submit.case.clone(), |kind| said(&kind.title));
            let text = filled("part.submit", lang, &[("kind", &kind)]);
            ("submit", (text, Some(&submit.text)))
        }
        Kind::LookUp(look_up) => {
            let text = words("part.look_up", lang).to_owned();
            ("look_up", (text, Some(&look_up.found)))
        }
        Kind::Survey(survey) => {
            let text = words("part.survey", lang).to_owned();
            ("survey", (text, Some(&survey.text)))
        }
        Kind::Guide(guide) => {
            let text = words("part.guide", lang).to_owned();
            ("guide", (text, Some(&guide.text)))
        }
        Kind::Call(call) => {
            let dialog = scope.loaded.dialogs.get(&call.dialog);
            let title = dialog.map_or(call.dialog.clone(), |dialog| said(&dialog.title));
            ("call", (title, None))
        }
        Kind::HandOver(hand_over) => ("hand_over", (said(&hand_over.text), Some(&hand_over.text))),
        Kind::Act(act) => (
            "act",
            (one_of("act", act_word(act.act), lang), act.text.as_ref()),
        ),
    };
    (verb, text, whole)
}

/// Its word in files.
fn act_word(act: ActName) -> &'static str {
    match act {
        ActName::Hide => "hide",
        ActName::Unhide => "unhide",
        ActName::OptOut => "opt_out",
        ActName::OptIn => "opt_in",
        ActName::SpeakArabic => "speak_arabic",
        ActName::SpeakEnglish => "speak_english",
        ActName::Resume => "resume",
        ActName::Forget => "forget",
        ActName::Withdraw => "withdraw",
        ActName::OfferLink => "offer_link",
    }
}

/// The ways on from a step, each with the words by which it is taken.
fn labelled<'a>(scope: Scope<'_>, step: &'a Step) -> Vec<(Way<'a>, Option<String>)> {
    let named = |name: &'static str| Some(words(name, scope.lang).to_owned());
    match &step.kind {
        Kind::Choose(choose) => match &choose.options {
            Options::Listed(options) => {
                let free = choose.question.optional || choose.question.later;
                options_of(scope, step, options, free)
            }
            _ => bare(step),
        },
        Kind::Branch(branch) => {
            let cases = branch.cases.iter();
            let cases = cases.map(|(when, exit)| (Way::To(exit), Some(scope.case(when))));
            let otherwise = [(on(step), named("way.else"))];
            otherwise.into_iter().chain(cases).collect()
        }
        Kind::Consent(consent) => beside(
            step,
            &consent.refused,
            named("way.refused"),
            named("way.agreed"),
        ),
        Kind::LookUp(look_up) => beside(
            step,
            &look_up.unknown,
            named("way.unknown"),
            named("way.found"),
        ),
        Kind::Guide(guide) => {
            let unknown = named("way.unknown_agency");
            beside(step, &guide.unknown, unknown, named("way.found"))
        }
        _ => bare(step),
    }
}

fn bare(step: &Step) -> Vec<(Way<'_>, Option<String>)> {
    ways(step).into_iter().map(|way| (way, None)).collect()
}

/// The ordinary way on, and one exit beside it.
fn beside<'a>(
    step: &'a Step,
    exit: &'a Option<Exit>,
    aside: Option<String>,
    along: Option<String>,
) -> Vec<(Way<'a>, Option<String>)> {
    let aside = exit.iter().map(|exit| (Way::To(exit), aside.clone()));
    [(on(step), along)].into_iter().chain(aside).collect()
}

/// The options that lead elsewhere by their titles; those that go on are told only beside them.
fn options_of<'a>(
    scope: Scope<'_>,
    step: &'a Step,
    options: &'a [OptionSpec],
    free: bool,
) -> Vec<(Way<'a>, Option<String>)> {
    let title = |text: &Text| plain(text.source(scope.lang));
    let aside = options
        .iter()
        .filter_map(|option| Some((Way::To(option.to.as_ref()?), Some(title(&option.text)))));
    let along: Vec<String> = options
        .iter()
        .filter(|option| option.to.is_none())
        .map(|option| title(&option.text))
        .collect();
    let all = along.len() == options.len();
    let goes_on = free || !along.is_empty();
    let label = (!all && !along.is_empty()).then(|| along.join(words("when.or", scope.lang)));
    goes_on
        .then(|| (on(step), label))
        .into_iter()
        .chain(aside)
        .collect()
}
