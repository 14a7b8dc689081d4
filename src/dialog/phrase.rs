//! The names of the sentences that the machine says by itself: `phrases.yaml` must have every one of them.
//! The words are content's; here stand only name, occasion and the variables that it may use.

/// Every phrase: its name in `phrases.yaml`, and when it is said with which variables (beside
/// [`super::fill::VARIABLES`], which every phrase may use).
pub const PHRASES: &[(&str, &str)] = &[
    // Greeting and rest.
    (
        "salam",
        "their salam returned in full, in the middle of something or soon after the first words; the question follows",
    ),
    (
        "hello",
        "their other greeting returned, soon after the first words; the menu follows",
    ),
    ("thanks", "they thanked us"),
    (
        "unclear",
        "what came could not be understood and the step has no `again`; the question follows",
    ),
    (
        "unclear_at_rest",
        "at rest, words that we do not understand; the menu follows",
    ),
    (
        "offer_human",
        "third failure at one question: a human can be asked for, by the button below",
    ),
    (
        "misunderstood",
        "repeated misunderstanding: a human will take over; `human.waiting` or `human.noted` follows",
    ),
    (
        "too_long",
        "the message is longer than we read. `most`: characters",
    ),
    (
        "nothing_readable",
        "only emoji or signs came; the question follows",
    ),
    (
        "help",
        "help asked for where the step has none: what can be written at any step",
    ),
    ("fault", "something of ours failed; a human will see to it"),
    // A human.
    (
        "human.waiting",
        "handed over to staff. `open_now`, `next_open`",
    ),
    (
        "human.already",
        "asked again while waiting. `open_now`, `next_open`",
    ),
    (
        "human.late",
        "in working time nobody has come yet: an apology, and that the request stands",
    ),
    (
        "human.noted",
        "no staff account exists: the wish is noted, and when somebody works. `open_now`, `next_open`",
    ),
    (
        "human.returned",
        "a member of staff gave the talk back to the bot; the very question follows",
    ),
    (
        "human.returned_at_rest",
        "the same when no form is open; the menu follows",
    ),
    (
        "case.update",
        "staff did something to a request: only that there is news, and how to learn it. `reference`",
    ),
    // The FAQ.
    (
        "faq.answer_or_question",
        "the words could be the answer or a question that we can answer: which is it? The buttons follow",
    ),
    (
        "faq.offer",
        "we are not sure what is asked: is it one of these? Titles of entries follow, and none of these",
    ),
    (
        "faq.languages",
        "written in a language that we do not speak: the two that we do, in both of them; they and a human follow as buttons",
    ),
    (
        "faq.none",
        "none of the guesses was meant: another way to ask, or a human, by the button below",
    ),
    (
        "faq.human",
        "a second question in a row was not understood; `human.waiting` or `human.noted` follows",
    ),
    (
        "faq.misconception",
        "before an answer that sets right what many believe",
    ),
    ("faq.source", "where an answer stands. `source`"),
    ("faq.helped", "behind a guess that was picked: did it help?"),
    ("faq.helped_yes", "it did"),
    (
        "faq.helped_no",
        "it did not: another way to ask, or a human, by the button below",
    ),
    ("button.asked", "a question was meant"),
    ("button.answered", "an answer was meant"),
    ("button.none_of_these", "none of the guesses"),
    // Agencies, and a talk without a name.
    (
        "guide.agency",
        "one agency that suits. `title`, `what`, `city`, `address`, `times`, `bring`; each line is left out when it is not known",
    ),
    (
        "anonymous.elsewhere",
        "in a talk without a name something was asked for that needs one",
    ),
    // Distress and secrets.
    (
        "distress",
        "distress words: help lines at once, and that staff were alerted. `help_lines`",
    ),
    (
        "continue_when_able",
        "after distress: the form waits and its question follows; no hurry",
    ),
    (
        "secret.code",
        "a one-time code was forwarded: we deleted it, never send codes to anybody",
    ),
    (
        "secret.card",
        "a bank card number was written: we deleted it, never send it to anybody",
    ),
    // Information in the middle.
    (
        "hours",
        "the working hours. `hours`, `open_now`, `next_open`",
    ),
    (
        "status.case",
        "state of one own case. `reference`, `service`, `state`, `opened_at`, `missing`, `answer_from`, `answer_by`",
    ),
    ("status.none", "no case of theirs is known on this address"),
    (
        "language.changed",
        "the language was changed (said in the new one)",
    ),
    // Choosing.
    (
        "choose.by_number",
        "a voice note or file came where one of the options is to be picked: by button or number",
    ),
    (
        "choose.several",
        "how to pick several and finish with done. `picked`: what is picked so far, a list",
    ),
    ("choose.none", "done was pressed with nothing picked"),
    (
        "choose.unknown",
        "none of the options. `count`: how many there are",
    ),
    (
        "choose.closed",
        "the picked service is closed and has no text of its own. `label`: its title",
    ),
    (
        "choose.nothing",
        "there is nothing to choose from here any more",
    ),
    // Messages that do not fit.
    (
        "sticker",
        "a sticker, poll or unknown kind; the question follows",
    ),
    (
        "voice.kept",
        "a voice note was taken as the answer, staff type it up. `label`",
    ),
    (
        "voice.not_here",
        "a voice note cannot answer here; the question follows",
    ),
    (
        "file.not_here",
        "a photo or file where something else is asked and no slot waits; the question follows",
    ),
    (
        "file.kept",
        "a photo or file before its question: kept for that slot. `label`; the question follows",
    ),
    (
        "file.received",
        "files arrived for the slot. `label`, `count`",
    ),
    (
        "file.more",
        "behind it, when the slot takes more: send them, or press done",
    ),
    (
        "file.enough",
        "more files than the slot takes; the first ones are kept. `label`, `most`",
    ),
    ("file.too_big", "a file over the limit. `most`: MB"),
    (
        "file.wrong_kind",
        "a kind of file that the slot does not take. `label`",
    ),
    (
        "file.lost",
        "a file that was sent cannot be had or used: sent once more, please",
    ),
    (
        "file.lost_of_request",
        "the same of a file that belongs to a request already",
    ),
    ("file.empty", "a file without content"),
    (
        "file.wanted",
        "words came where a file is asked; a photo, later, or a human",
    ),
    ("location.not_here", "a pin where something else is asked"),
    (
        "contact.not_here",
        "a contact card where something else is asked",
    ),
    (
        "contact.no_phone",
        "a contact card without a readable phone",
    ),
    (
        "contact.which",
        "a contact card with several phones: which one",
    ),
    (
        "edited.corrected",
        "an edited message corrected that answer. `label`, `value`",
    ),
    (
        "edited.noted",
        "an edited message could not correct anything any more; how to correct",
    ),
    // Buttons of earlier.
    (
        "old.corrected",
        "an old button of this form corrected that answer. `label`, `value`",
    ),
    ("old.finished", "a button of a finished form. `form`"),
    (
        "old.inactive",
        "an old button of submitting, signing or cancelling does nothing",
    ),
    (
        "old.unknown",
        "a button that we do not know (forged, or of a build long gone)",
    ),
    // Moving about in a form.
    ("back.first", "nothing to go back to"),
    (
        "correct.which",
        "which answer to correct: answer with its number. `answers`",
    ),
    ("correct.nothing", "nothing has been given yet"),
    ("show", "what was given so far. `answers`"),
    (
        "pause.done",
        "the form was put aside, nothing is lost, how to go on. `form`",
    ),
    ("pause.nothing", "no form is open"),
    (
        "switched",
        "the open form was put aside by itself, another dialog follows. `form`",
    ),
    ("resume", "the form goes on where it stopped. `form`"),
    (
        "resume.changed",
        "the form changed meanwhile: given answers are kept, this is what is to be asked. `form`",
    ),
    (
        "resume.or_new",
        "a form of this dialog is put aside already: go on with it, or begin a new one? `form`",
    ),
    ("resume.nothing", "no form is put aside"),
    ("later.noted", "to be sent later, we will remind. `label`"),
    (
        "later.not_here",
        "this one cannot be sent later; the question follows",
    ),
    (
        "skip.not_here",
        "this one cannot be passed over; the question follows",
    ),
    ("recall", "what we know, to be confirmed. `label`, `value`"),
    (
        "read_back",
        "a date that could be read two ways, read back in words. `label`, `value`",
    ),
    (
        "accepted_unverified",
        "a number whose check digit fails was taken at the second identical entry. `label`",
    ),
    // Cancel, stop, hide.
    ("cancel.confirm", "really throw the form away? `form`"),
    (
        "cancel.done",
        "the form and its answers were thrown away. `form`",
    ),
    (
        "cancel.kept",
        "nothing was thrown away; the question follows",
    ),
    ("cancel.nothing", "nothing is open that could be cancelled"),
    (
        "cancel_or_stop",
        "«إلغاء» can mean two things: the form, or all our messages",
    ),
    (
        "stop.confirm",
        "really stop messages that we start? answers in an open request still come",
    ),
    (
        "stop.done",
        "messages that we start are stopped; how to have them again",
    ),
    ("stop.kept", "nothing was stopped"),
    ("start.done", "messages that we start come again"),
    (
        "hide.confirm",
        "really hide this conversation? how it comes back",
    ),
    ("hide.done", "the conversation is hidden"),
    ("hide.kept", "nothing was hidden"),
    (
        "unhide.how",
        "how a hidden talk comes back (reference and last four digits), when no dialog `unhide` exists",
    ),
    // Review, signing, handing in.
    (
        "review.how",
        "below the review: confirm, or the number of the answer to correct",
    ),
    ("review.number", "no answer has this number. `count`"),
    ("sign.not_here", "this way of signing is not offered"),
    (
        "sign.too_short",
        "the name as signature is too short to be one",
    ),
    (
        "submit.failed",
        "no number could be given; staff were told, nothing is lost",
    ),
    (
        "submit.waiting",
        "the service's quota is used up: the request stands in its waiting list. `count`",
    ),
    (
        "supplement.received",
        "a missing document arrived for a case. `label`, `reference`, `missing`",
    ),
    (
        "supplement.complete",
        "the last missing one arrived. `reference`, `answer_from`, `answer_by`",
    ),
    (
        "supplement.which",
        "a file at rest: which of several missing documents is it?",
    ),
    (
        "supplement.extra",
        "a file at rest that no case misses: put to the newest case, where staff see it. `reference`",
    ),
    (
        "supplement.none",
        "a file at rest, and no case of theirs misses one; the menu follows",
    ),
    (
        "supplement.reminder",
        "proactive: a case misses documents. `reference`, `missing`",
    ),
    // What staff sent back.
    (
        "mend.needed",
        "proactive: something of a request was sent back; what, is said when they go on. `reference`",
    ),
    ("mend.reminder", "proactive: it still waits. `reference`"),
    (
        "mend.begin",
        "they go on: what follows are these items. `reference`, `count`",
    ),
    (
        "mend.item",
        "one of them and its reason; its question follows. `label`, `why`",
    ),
    (
        "mend.twice",
        "the answer to the item before came once more; the question follows",
    ),
    (
        "mend.later",
        "they leave it for later, or something else begins. `reference`",
    ),
    (
        "mend.done",
        "everything came. `reference`, `answer_from`, `answer_by`",
    ),
    (
        "mend.no_longer",
        "staff settled it meanwhile: nothing is wanted any more. `reference`",
    ),
    // What we start.
    ("reminder.first", "proactive: a form waits. `form`"),
    (
        "reminder.last",
        "proactive: the last reminder of a form. `form`, `days`: until it is erased",
    ),
    (
        "reminder.forgotten",
        "proactive: the form was erased as announced. `form`",
    ),
    // Readers' reasons.
    ("reader.full_name.empty", "no name in it"),
    (
        "reader.full_name.one_word",
        "one word: at least two parts of the name",
    ),
    (
        "reader.full_name.length",
        "too short or too long for a name",
    ),
    (
        "reader.full_name.characters",
        "digits, links or signs in a name",
    ),
    ("reader.national_id.empty", "no number in it"),
    (
        "reader.national_id.length",
        "not ten digits. `count`: how many came",
    ),
    ("reader.national_id.characters", "letters among the digits"),
    ("reader.national_id.two_numbers", "two numbers: which one"),
    (
        "reader.national_id.check_digit",
        "the number does not seem right: look at the card and write it again; the same again is accepted",
    ),
    (
        "reader.national_id.entity",
        "an establishment's number (7…), not a person's",
    ),
    (
        "reader.national_id.not_accepted",
        "a kind of number that this charity does not serve, or no ID at all",
    ),
    ("reader.document_number.empty", "no document number in it"),
    (
        "reader.document_number.length",
        "too short or too long for a document number",
    ),
    (
        "reader.contact_means.empty",
        "neither a phone nor an email nor \"here\"",
    ),
    ("reader.phone.empty", "no phone number in it"),
    (
        "reader.phone.length",
        "too few or too many digits for a phone",
    ),
    ("reader.phone.invalid", "not a phone number that exists"),
    ("reader.phone.two_numbers", "two numbers: which one"),
    (
        "reader.phone.unsuitable",
        "a unified or toll-free number cannot be a person's",
    ),
    ("reader.email.empty", "no email address in it"),
    ("reader.email.invalid", "not an email address"),
    ("reader.date.empty", "no date in it"),
    ("reader.date.invalid", "no such day in the calendar"),
    ("reader.date.two_digit_year", "the year needs four digits"),
    ("reader.date.incomplete", "day, month and year are needed"),
    ("reader.birth_date.future", "a birth date in the future"),
    ("reader.birth_date.too_old", "a birth date too long ago"),
    (
        "reader.expiry_date.out_of_range",
        "an end date too far away",
    ),
    ("reader.yes_no.unclear", "neither yes nor no"),
    ("reader.number.empty", "no number in it"),
    ("reader.number.two_numbers", "two numbers: which one"),
    ("reader.number.too_small", "less than the least. `least`"),
    ("reader.number.too_big", "more than the most. `most`"),
    ("reader.number.not_whole", "a whole number is needed"),
    ("reader.iban.empty", "no IBAN in it"),
    ("reader.iban.length", "not 24 characters. `count`"),
    ("reader.iban.country", "does not begin with SA"),
    (
        "reader.iban.check_digits",
        "the check digits do not fit: copy it again",
    ),
    ("reader.iban.characters", "signs that no IBAN has"),
    (
        "reader.rating.out_of_range",
        "a rating outside `least` to `most`",
    ),
    ("reader.reference.invalid", "not a reference number"),
    ("reader.last_four.length", "exactly four digits"),
    ("reader.free_text.empty", "nothing in it"),
    (
        "reader.free_text.too_short",
        "shorter than `least` characters",
    ),
    ("reader.free_text.too_long", "longer than `most` characters"),
    ("reader.residence.empty", "no place in it"),
    (
        "reader.residence.short_address",
        "looks like a National Address, but has not four letters and four digits",
    ),
    // How a value is shown.
    ("value.yes", "yes, as an answer shown"),
    ("value.no", "no"),
    ("value.later", "to be sent later"),
    ("value.skipped", "passed over"),
    ("value.voice", "a voice note"),
    ("value.files", "files. `count`"),
    ("value.pin", "a pin on the map"),
    ("value.here", "contact by this very talk"),
    ("value.signed_by_voice", "signed by voice"),
    ("value.signed_by_scan", "signed by a picture"),
    // Going on elsewhere.
    (
        "link.code",
        "the code for going on elsewhere, as its own line. `code`, `channels` (may be empty), `minutes`",
    ),
    (
        "link.confirm",
        "a code was entered: go on here with that talk? `channel`",
    ),
    ("link.asked", "the other side is asked now. `channel`"),
    (
        "link.join",
        "the code was entered there: go on there? `channel`",
    ),
    (
        "link.joined",
        "the talk goes on there, and how that is undone. `channel`",
    ),
    ("link.here", "the talk goes on here; the question follows"),
    ("link.either", "one channel or another. `first`, `second`"),
    (
        "link.open",
        "on a link that opens another channel. `channel`",
    ),
    ("link.kept", "nothing was joined or parted"),
    (
        "link.part",
        "really let every channel stand for itself again?",
    ),
    ("link.parted", "every channel stands for itself again"),
    ("link.none", "no channels are joined"),
    ("link.unknown", "never said, too old, or used"),
    (
        "link.own",
        "the code of this very talk: it is for another channel",
    ),
    ("link.limited", "too many wrong codes"),
    ("link.busy", "a human speaks there: later"),
    ("link.late", "the time for it is over"),
    (
        "link.anonymous",
        "a talk without a name goes on nowhere else",
    ),
    ("channel.web", "the web chat, in a sentence"),
    ("channel.telegram", "Telegram"),
    ("channel.whatsapp", "WhatsApp"),
    ("channel.email", "email"),
    // Buttons, at most 20 characters.
    ("button.yes", "yes"),
    ("button.no", "no"),
    ("button.agree", "consent: agree"),
    ("button.disagree", "consent: do not agree"),
    ("button.back", "back"),
    ("button.correct", "correct an answer"),
    ("button.pause", "save and go on later"),
    ("button.later", "send it later"),
    ("button.skip", "pass over"),
    ("button.done", "done picking or sending"),
    ("button.more", "further options, where not all fit at once"),
    ("button.options", "opens a list of options"),
    ("button.human", "a human"),
    ("button.arabic", "speak Arabic, in Arabic letters"),
    ("button.english", "speak English, in Latin letters"),
    ("button.menu", "the menu"),
    ("button.here", "contact means: this very talk"),
    ("button.right", "review, recall: it is right"),
    ("button.change", "recall: change it"),
    ("button.cancel_form", "cancel the form"),
    ("button.stop_messages", "stop the messages"),
    ("button.keep", "keep everything as it is"),
    ("button.continue", "go on"),
    ("button.new", "begin a new one"),
];

/// Message templates that the machine uses for what it starts by itself, with their parameters in order;
/// `templates.yaml` must have them.
pub const TEMPLATES: &[(&str, &[&str])] = &[
    ("form_reminder", &["form"]),
    ("message_waiting", &[]),
    ("form_last_reminder", &["form", "days"]),
    ("form_forgotten", &["form"]),
    ("missing_reminder", &["reference"]),
    ("case_update", &["reference"]),
    ("items_needed", &["reference"]),
];

/// Meanings of control words (`words.yaml`, `controls:`) that the machine acts upon by itself. A word whose
/// meaning is none of these opens the dialog that names it in `starts`.
pub const CONTROLS: &[(&str, &str)] = &[
    ("back", "to the question before"),
    ("correct", "correct an earlier answer"),
    ("show", "show what was given"),
    ("help", "help at this question"),
    ("human", "a human"),
    ("bot", "the bot again, while waiting for a human"),
    ("language", "the other language"),
    ("arabic", "speak Arabic"),
    ("english", "speak English"),
    ("pause", "put the form aside"),
    ("resume", "take up the form put aside"),
    ("cancel", "cancel the form (confirmed)"),
    (
        "cancel_or_stop",
        "words that could mean cancel or stop: «إلغاء»",
    ),
    ("stop", "stop what we start (confirmed)"),
    ("start", "have it again"),
    ("menu", "the menu"),
    ("status", "state of my requests"),
    ("hours", "working hours"),
    ("hide", "hide this conversation (confirmed)"),
    (
        "unhide",
        "show the hidden conversation again: opens the dialog `unhide`",
    ),
    ("elsewhere", "a code with which this talk goes on elsewhere"),
    (
        "part",
        "let every joined channel stand for itself again (confirmed)",
    ),
    ("later", "send it later"),
    ("skip", "pass over"),
    ("done", "done picking or sending"),
    ("repeat", "say the question again"),
    (
        "salam",
        "a greeting; also taken from the beginning of a longer message",
    ),
    ("thanks", "thanks"),
];

/// Dialogs that the machine opens by name. `menu` must exist: a talk comes to rest there. `welcome` greets
/// who comes for the first time or opens the chat (it leads to the menu); the others are used where they exist.
pub const DIALOGS: &[&str] = &["menu", "welcome", "status", "human", "unhide", "anonymous"];

#[cfg(test)]
mod tests {
    use super::PHRASES;
    use std::path::Path;

    /// Everything below `src/dialog` but this file, its tests included.
    fn sources(folder: &Path, into: &mut String) {
        for entry in std::fs::read_dir(folder).expect("our own sources are there") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                sources(&path, into);
            } else if path.extension().is_some_and(|ending| ending == "rs")
                && !path.ends_with("phrase.rs")
            {
                into.push_str(&std::fs::read_to_string(&path).expect("a source file"));
            }
        }
    }

    #[test]
    fn every_phrase_that_is_said_is_listed_and_every_one_listed_is_said() {
        let mut text = String::new();
        sources(
            &Path::new(env!("CARGO_MANIFEST_DIR")).join("src/dialog"),
            &mut text,
        );
        for (name, _) in PHRASES {
            let bare = name.strip_prefix("button.").unwrap_or(name);
            assert!(
                text.contains(&format!("\"{bare}\"")),
                "nobody says `{name}`"
            );
        }
        let said = regex::Regex::new(
            r#"(?:phrase|phrase_with|phrase_text|Reason::new|again|counting|bad)\(\s*"([a-z_.]+)""#,
        );
        let said = said.expect("a pattern of ours");
        for name in said.captures_iter(&text).map(|found| found[1].to_owned()) {
            assert!(
                PHRASES.iter().any(|(known, _)| *known == name),
                "`{name}` is not listed"
            );
        }
    }
}
