//! Finds what must not lie open in free text: one-time codes, ID numbers, IBANs, card numbers. Finding too much is the safer mistake.

use crate::text::fold::{fold, is_tashkeel};
use crate::text::iban::mod_97;
use crate::text::national_id::luhn;
use crate::text::scan::{self, Chunk, Group};
use serde::{Deserialize, Serialize};
use std::ops::Range;

/// Scalars between a word such as «رمز التحقق» and its code at most: banks write the purchase and amount in between.
pub const CODE_DISTANCE_SCALARS_MAX: usize = 160;
/// What stands where a secret stood.
pub const REDACTED: &str = "•••";
/// Times a text is looked through: what is left after a finding may form another; more rounds than kinds find nothing new.
const ROUNDS_MAX: usize = 4;

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Secret {
    /// A one-time code or password of digits, in a message that calls it so.
    Code,
    NationalId,
    Iban,
    Card,
}

/// A secret and the bytes it takes in the text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    pub kind: Secret,
    pub at: Range<usize>,
}

/// Every secret in a text, in order, none overlapping another.
pub fn find(text: &str) -> Vec<Found> {
    let mut found: Vec<Found> = ibans(text);
    for _ in 0..ROUNDS_MAX {
        let taken: Vec<Range<usize>> = found.iter().map(|secret| secret.at.clone()).collect();
        let new = numbers(text, &taken);
        if new.is_empty() {
            break;
        }
        found.extend(new);
        found.sort_by_key(|secret| secret.at.start);
    }
    found
}

/// The text with `REDACTED` for every secret, and what was found (places in the original text).
pub fn redact(text: &str) -> (String, Vec<Found>) {
    let found = find(text);
    let mut out = String::with_capacity(text.len());
    let mut end = 0;
    for secret in &found {
        out.push_str(&text[end..secret.at.start]);
        out.push_str(REDACTED);
        end = secret.at.end;
    }
    out.push_str(&text[end..]);
    (out, found)
}

/// Whether a text holds any secret.
pub fn is_sensitive(text: &str) -> bool {
    !find(text).is_empty()
}

/// Whether a text is a forwarded message with a one-time code: to be redacted before storing, with a warning to the person.
pub fn is_forwarded_code(text: &str) -> bool {
    find(text).iter().any(|secret| secret.kind == Secret::Code)
}

/// Phrases that call a nearby number a code, folded.
const CODE_WORDS: [&str; 18] = [
    "رمز",
    "الرمز",
    "رمزك",
    "كود",
    "الكود",
    "code",
    "codes",
    "رقم التحقق",
    "كلمه المرور",
    "كلمه مرور",
    "كلمه السر",
    "الرقم السري",
    "رقم سري",
    "لمره واحده",
    "one time",
    "passcode",
    "password",
    "otp",
];

/// Words that make the code beside them a harmless one: after it in Arabic, before it in English.
const HARMLESS: [&str; 24] = [
    "بريدي",
    "البريدي",
    "المنطقه",
    "الدوله",
    "المدينه",
    "الحي",
    "المبني",
    "البنك",
    "المنشاه",
    "الخصم",
    "خصم",
    "الطلب",
    "الحجز",
    "الموعد",
    "postal",
    "zip",
    "post",
    "country",
    "area",
    "promo",
    "discount",
    "bank",
    "swift",
    "building",
];

/// Services whose messages carry codes. A year near them is no code: «سجلت في أبشر سنة 1440».
const SERVICES: [&str; 4] = ["ابشر", "نفاذ", "absher", "nafath"];

/// Where the words of a text call for a code.
struct Calls {
    /// Scalar positions of words that name a code.
    named: Vec<usize>,
    /// Scalar positions of names of services.
    services: Vec<usize>,
}

fn numbers(text: &str, taken: &[Range<usize>]) -> Vec<Found> {
    let calls = calls(text);
    let chunks = scan::chunks(text, taken);
    let mut found = Vec::new();
    // The scalar position of a byte, walked along with the chunks.
    let (mut scalars, mut bytes) = (0, 0);
    for chunk in &chunks {
        let (Some(first), Some(last)) = (chunk.groups.first(), chunk.groups.last()) else {
            continue;
        };
        scalars += text[bytes..first.at.start].chars().count();
        let length = text[first.at.start..last.at.end].chars().count();
        bytes = first.at.start;
        let in_chunk = windows(chunk);
        match in_chunk.is_empty() {
            false => found.extend(in_chunk),
            true => found.extend(code(chunk, &calls, scalars, length)),
        }
    }
    found
}

/// ID and card numbers, and bare IBAN digits, in a run of digit groups: any consecutive groups that together have the length.
fn windows(chunk: &Chunk) -> Vec<Found> {
    let groups = &chunk.groups;
    let mut found: Vec<Found> = Vec::new();
    let mut from = 0;
    while from < groups.len() {
        match secret_from(chunk, from) {
            Some((kind, to)) => {
                found.push(Found {
                    kind,
                    at: groups[from].at.start..groups[to].at.end,
                });
                from = to + 1;
            }
            None => from += 1,
        }
    }
    found
}

/// The longest secret that begins with a group: its kind and last group.
fn secret_from(chunk: &Chunk, from: usize) -> Option<(Secret, usize)> {
    const DIGITS_MAX: usize = 22;
    let mut digits = String::new();
    let mut best = None;
    for (to, group) in chunk.groups.iter().enumerate().skip(from) {
        digits.push_str(&group.digits);
        if digits.len() > DIGITS_MAX {
            break;
        }
        let alone = from == to || from == 0 && to + 1 == chunk.groups.len();
        best = kind(&digits, alone, uniform(&chunk.gaps[from..to]), chunk.plus)
            .map(|kind| (kind, to))
            .or(best);
    }
    best
}

/// What digits are. Groups out of a longer run (`alone` false) must pass the check digit, and be parted alike, to be one number:
/// `15/07/2024 12:30` is none.
fn kind(digits: &str, alone: bool, uniform: bool, plus: bool) -> Option<Secret> {
    let first = digits.bytes().next()?;
    match digits.len() {
        _ if !uniform => None,
        10 if matches!(first, b'1' | b'2') && (alone || luhn(digits)) => Some(Secret::NationalId),
        10 if matches!(first, b'3'..=b'7') && luhn(digits) => Some(Secret::NationalId),
        13..=19 if !plus && matches!(first, b'2'..=b'6' | b'9') && luhn(digits) => {
            Some(Secret::Card)
        }
        22 if mod_97(&format!("SA{digits}")) == 1 => Some(Secret::Iban),
        _ => None,
    }
}

/// Whether all gaps are the same separator.
fn uniform(gaps: &[String]) -> bool {
    gaps.windows(2).all(|pair| pair[0] == pair[1])
}

/// A number of four to eight digits that the words around it call a code.
fn code(chunk: &Chunk, calls: &Calls, start: usize, length: usize) -> Vec<Found> {
    let near = |places: &[usize]| {
        // The nearest call before the end of the number, and the first after its start.
        let next = places.partition_point(|place| *place < start + length);
        let before = next
            .checked_sub(1)
            .is_some_and(|at| start.saturating_sub(places[at]) <= CODE_DISTANCE_SCALARS_MAX);
        before
            || places
                .get(next)
                .is_some_and(|place| place - start - length <= CODE_DISTANCE_SCALARS_MAX)
    };
    let (named, service) = (near(&calls.named), near(&calls.services));
    if !named && !service || is_amount(chunk) {
        return Vec::new();
    }
    let is_code = |digits: &str| (4..=8).contains(&digits.len()) && (named || !is_year(digits));
    let whole = chunk.digits();
    match &chunk.groups[..] {
        [first, .., last] if is_code(&whole) && uniform(&chunk.gaps) => vec![Found {
            kind: Secret::Code,
            at: first.at.start..last.at.end,
        }],
        groups => groups
            .iter()
            .filter(|group| is_code(&group.digits))
            .map(found_code)
            .collect(),
    }
}

/// `150.00`, `1,500.50`: money, such as messages about a purchase tell beside their code.
fn is_amount(chunk: &Chunk) -> bool {
    let (Some(gap), [first, .., last]) = (chunk.gaps.last(), &chunk.groups[..]) else {
        return false;
    };
    matches!(gap.as_str(), "." | "٫") && last.digits.len() <= 2 && first.digits.len() > 1
}

fn found_code(group: &Group) -> Found {
    Found {
        kind: Secret::Code,
        at: group.at.clone(),
    }
}

fn is_year(digits: &str) -> bool {
    matches!(digits.parse(), Ok(1300..=1500 | 1900..=2100)) && digits.len() == 4
}

/// Folds the text word by word, so that places in it can be told in scalars of the original.
fn calls(text: &str) -> Calls {
    let mut words: Vec<(usize, String)> = Vec::new();
    let mut open = String::new();
    for (at, c) in text.chars().enumerate() {
        if c.is_alphabetic() || is_tashkeel(c) || crate::text::fold::is_invisible(c) {
            open.push(c);
        } else if !open.is_empty() {
            words.push((at, fold(&std::mem::take(&mut open))));
        }
    }
    words.push((text.chars().count(), fold(&open)));
    Calls {
        named: places(&words, &CODE_WORDS),
        services: places(&words, &SERVICES),
    }
}

/// Where one of the phrases ends, in rising order. Prefixes such as «و», «ب», «ل» before the first word are tolerated.
fn places(words: &[(usize, String)], phrases: &[&str]) -> Vec<usize> {
    let begins = |at: usize, phrase: &str| {
        let mut wanted = phrase.split(' ').enumerate();
        wanted.all(|(n, part)| {
            words.get(at + n).is_some_and(|(_, word)| {
                word == part || (n == 0 && word.strip_prefix(['و', 'ب', 'ل', 'ف']) == Some(part))
            })
        })
    };
    let harmless = |at: Option<usize>| {
        at.and_then(|at| words.get(at))
            .is_some_and(|(_, word)| HARMLESS.contains(&word.as_str()))
    };
    let found = (0..words.len()).filter(|at| phrases.iter().any(|phrase| begins(*at, phrase)));
    let found = found.filter(|at| !harmless(Some(at + 1)) && !harmless(at.checked_sub(1)));
    found.map(|at| words[at].0).collect()
}

/// `SA` and 22 more, or another country's IBAN whose check digits fit.
fn ibans(text: &str) -> Vec<Found> {
    let glyphs: Vec<scan::Glyph> = scan::glyphs(text).collect();
    let mut found: Vec<Found> = Vec::new();
    let mut at = 0;
    while at + 4 < glyphs.len() {
        match iban_at(&glyphs, at) {
            Some(last) => {
                found.push(Found {
                    kind: Secret::Iban,
                    at: glyphs[at].at..glyphs[last].end,
                });
                at = last + 1;
            }
            None => at += 1,
        }
    }
    found
}

/// The last glyph of an IBAN that begins at a glyph.
fn iban_at(glyphs: &[scan::Glyph], at: usize) -> Option<usize> {
    const LENGTH_MAX: usize = 34;
    let word = |c: char| c.is_ascii_alphanumeric();
    let opens = glyphs[at].c.is_ascii_alphabetic() && glyphs[at + 1].c.is_ascii_alphabetic();
    if !opens
        || at
            .checked_sub(1)
            .is_some_and(|before| word(glyphs[before].c))
            && !is_saudi(glyphs, at)
    {
        return None;
    }
    let mut characters = String::new();
    let mut ends = Vec::new();
    let mut gap = 0;
    for (place, glyph) in glyphs.iter().enumerate().skip(at).take(3 * LENGTH_MAX) {
        match glyph.c {
            c if word(c) && characters.len() < LENGTH_MAX => {
                gap = 0;
                characters.push(c.to_ascii_uppercase());
                ends.push(place);
            }
            c if scan::is_separator(c) && gap < 3 => gap += 1,
            _ => break,
        }
    }
    let digits_from = |from: usize, to: usize| {
        characters
            .get(from..to)
            .is_some_and(|part| part.bytes().all(|b| b.is_ascii_digit()))
    };
    if !digits_from(2, 4) {
        return None;
    }
    let saudi = characters.starts_with("SA") && digits_from(2, 24);
    if saudi {
        return ends.get(23).copied();
    }
    let is_end = |length: usize| {
        ends.get(length)
            .is_none_or(|next| *next > ends[length - 1] + 1)
    };
    let lengths = (15..=characters.len()).rev();
    lengths
        .filter(|length| is_end(*length))
        .find(|length| mod_97(&characters[..*length]) == 1)
        .map(|length| ends[length - 1])
}

/// «IBANSA03…»: the country may be glued to a word before it.
fn is_saudi(glyphs: &[scan::Glyph], at: usize) -> bool {
    let is =
        |n: usize, test: fn(char) -> bool| glyphs.get(at + n).is_some_and(|glyph| test(glyph.c));
    is(0, |c| c.eq_ignore_ascii_case(&'S'))
        && is(1, |c| c.eq_ignore_ascii_case(&'A'))
        && is(2, |c| c.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::spread;
    use proptest::prelude::*;

    fn kinds(text: &str) -> Vec<Secret> {
        find(text).into_iter().map(|secret| secret.kind).collect()
    }

    #[test]
    fn secrets_are_found_by_kind() {
        for (text, expected) in [
            (
                "رمز التحقق الخاص بك هو 482913 لا تشاركه مع أحد",
                vec![Secret::Code],
            ),
            ("‏٤٨٢٩١٣ هو رمز التحقق", vec![Secret::Code]),
            ("Your OTP is 4829", vec![Secret::Code]),
            ("Your verification code: 482-913", vec![Secret::Code]),
            (
                "G-482913 is your Google verification code",
                vec![Secret::Code],
            ),
            ("كلمة المرور: 12345678", vec![Secret::Code]),
            ("أبشر: 482913", vec![Secret::Code]),
            (
                "خصم 150.00 ريال من بطاقتك، رمز الشراء لمرة واحدة 4829",
                vec![Secret::Code],
            ),
            ("482913 is your WhatsApp code", vec![Secret::Code]),
            ("Your code is 123456", vec![Secret::Code]),
            ("نفاذ رمزك 4829", vec![Secret::Code]),
            ("رقم هويتي 1098765439", vec![Secret::NationalId]),
            ("الإقامة ٢٤٥٦ ٧٨٩ ٠١١", vec![Secret::NationalId]),
            ("SA03 8000 0000 6080 1016 7519", vec![Secret::Iban]),
            ("آيبان SA0480000000608010167519", vec![Secret::Iban]),
            ("0380000000608010167519", vec![Secret::Iban]),
            ("GB82 WEST 1234 5698 7654 32", vec![Secret::Iban]),
            ("بطاقتي 4111 1111 1111 1111", vec![Secret::Card]),
            (
                "1098765439 2456789011",
                vec![Secret::NationalId, Secret::NationalId],
            ),
            (
                "هوية 1098765439 وحساب SA0380000000608010167519",
                vec![Secret::NationalId, Secret::Iban],
            ),
        ] {
            assert_eq!(kinds(text), expected, "{text}");
        }
    }

    #[test]
    fn ordinary_talk_is_left_alone() {
        for text in [
            "482913",
            "0512345678",
            "+966512345678",
            "طلبي رقم W-7K3M9-4QXR",
            "الموعد 15/07/2024 12:30",
            "أبشر، من مواليد 1410",
            "راتبي 4500 ريال",
            "الرمز البريدي 12345",
            "postal code 12345",
            "رمز الحجز 123456",
            "عندي 3 أطفال و2 كبار",
            "",
        ] {
            assert!(!is_sensitive(text), "{text} {:?}", find(text));
        }
    }

    #[test]
    fn redacting_leaves_the_rest_as_it_was() {
        let (text, found) = redact("رمز التحقق: ٤٨٢٩١٣، هويتي ١٠٩٨-٧٦٥-٤٣٩.");
        assert_eq!(text, "رمز التحقق: •••، هويتي •••.");
        assert_eq!(
            found.iter().map(|f| f.kind).collect::<Vec<_>>(),
            [Secret::Code, Secret::NationalId]
        );
        assert!(is_forwarded_code("OTP 123456") && !is_forwarded_code("1098765439"));
    }

    #[test]
    fn secrets_are_found_in_every_dress() {
        for (plain, cuts) in [
            ("1098765439", [1, 4, 7]),
            ("4111111111111111", [4, 8, 12]),
            ("SA0380000000608010167519", [4, 8, 12]),
        ] {
            for text in spread::dressed(plain, &cuts) {
                let (redacted, found) = redact(&text);
                assert_eq!(found.len(), 1, "{text:?}");
                assert!(!redacted.chars().any(char::is_numeric), "{redacted:?}");
            }
        }
    }

    proptest! {
        #[test]
        fn nothing_is_left_after_redacting(text in "\\PC*|([0-9٠-٩]{1,12}|[ ./,-]|رمز التحقق|SA|هوية|\\+){0,24}") {
            let (redacted, found) = redact(&text);
            prop_assert!(found.windows(2).all(|pair| pair[0].at.end <= pair[1].at.start));
            prop_assert!(!is_sensitive(&redacted), "{} -> {}", text, redacted);
        }
    }
}
